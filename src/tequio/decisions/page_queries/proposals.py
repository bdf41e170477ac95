"""A proposal's page: the stage and the clock that rules it, both texts, what it would do, what people say of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tequio.decisions.effects.previewing import Preview, preview_of
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.decisions.models import (
    Amendment,
    AmendmentState,
    Attachment,
    Comment,
    Decision,
    Delay,
    Position,
    Proposal,
    Question,
    Slot,
    Stage,
    Stance,
    Version,
    Vote,
)
from tequio.decisions.queries.hours import Hours, Moment, hours
from tequio.decisions.queries.in_force import rule_of
from tequio.decisions.queries.proposal_clock import Place, place_of
from tequio.decisions.queries.proposal_page import division_lapsed
from tequio.decisions.queries.votes import review_over_at
from tequio.decisions.wordings import marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.dividing import End, Return, may_come_back
from tequio.rules.motions import END_NAMES
from tequio.rules.reasons import Language, Text
from tequio.rules.translations import STATE_NAMES, State, Translation, state_of
from tequio.rules.wording import FIELD_NAMES, Field, paragraphs_of

STAGE_NAMES = {
    Stage.DRAFT: Text(en="draft", es="borrador"),
    Stage.REVIEW: Text(en="review", es="en revisión"),
    Stage.VOTE: Text(en="vote", es="en votación"),
    Stage.DECIDED: Text(en="decided", es="decidida"),
    Stage.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}
STAGE_STATES = {
    Stage.DRAFT: "ended",
    Stage.REVIEW: "told",
    Stage.VOTE: "open",
    Stage.DECIDED: "done",
    Stage.WITHDRAWN: "ended",
}
AMENDMENT_NAMES = {
    AmendmentState.OPEN: Text(en="open", es="pendiente"),
    AmendmentState.ACCEPTED: Text(en="accepted by the sponsor", es="aceptada por quien propone"),
    AmendmentState.ADOPTED: Text(en="adopted by vote", es="aprobada en votación"),
    AmendmentState.REJECTED: Text(en="not taken", es="no aceptada"),
    AmendmentState.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}
AMENDMENT_STATES = {
    AmendmentState.OPEN: "open",
    AmendmentState.ACCEPTED: "done",
    AmendmentState.ADOPTED: "done",
    AmendmentState.REJECTED: "refused",
    AmendmentState.WITHDRAWN: "ended",
}
STANCE_NAMES = {
    Stance.FOR: Text(en="for it", es="a favor"),
    Stance.AGAINST: Text(en="against it", es="en contra"),
    Stance.CONCERN: Text(en="has a worry", es="con una preocupación"),
    Stance.OTHER: Text(en="something else", es="otra cosa"),
}
STANCE_STATES = {Stance.FOR: "done", Stance.AGAINST: "refused", Stance.CONCERN: "open", Stance.OTHER: "told"}
END_STATES = {
    End.APPROVED: "done",
    End.WITH_MODIFICATIONS: "done",
    End.IN_PRINCIPLE: "told",
    End.CONTINUE_DEVELOPING: "open",
    End.NOT_APPROVED: "refused",
    End.NO_QUORUM: "ended",
    End.DEFERRED: "open",
    End.WITHDRAWN: "ended",
    End.PUT_IN_WRITING: "open",
}
LANGUAGES: tuple[Language, Language] = ("en", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """One proposal of the list."""

    code: str
    ask: Text
    body: Text
    sponsor: str
    stage: Text
    state: str
    moment: Moment | None
    what_then: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One language of a text: its paragraphs, and how it stands to the other."""

    language: Language
    name: Text
    word: Text
    state: str
    passages: Sequence[tuple[Text, Sequence[str]]]
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """A question: the whole or a part, what belongs to it, how it ended."""

    pk: int
    number: int
    title: Text
    paragraphs: Sequence[int]
    effects: Sequence[int]
    outcome: End | None
    end: Text | None
    state: str
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentShown:
    """An amendment of the list: its number, why, who asked, what became of it, on how many places it touches."""

    number: int
    why: Text
    by: str
    when: Moment
    word: Text
    state: str
    version: int
    into: int | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionShown:
    """How somebody stands to a question, in their own words."""

    name: str
    part: str
    word: Text
    state: str
    words: str
    language: str
    when: Moment
    earlier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What rules a proposal now: since when it circulates, until when it is reviewed, where it comes up."""

    changed: Moment | None
    review_over: Moment | None
    review_hours: int
    is_over: bool
    vote: int | None
    vote_closes: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalShown:
    """A proposal with all its page shows."""

    proposal: Proposal
    version: Version
    stage: Stage
    stage_now: int
    columns: Sequence[Column]
    translation: Translation
    clock: Clock
    place: Place | None
    lapsed: Text | None
    may_come_back: bool
    questions: Sequence[QuestionShown]
    whole_end: Text | None
    whole_state: str
    preview: Preview | None
    preview_refused: Text | None
    effects: Sequence[Text]
    amendments: Sequence[AmendmentShown]
    positions: Sequence[PositionShown]
    comments: Sequence[Any]
    delays: Sequence[Any]
    files: Sequence[Attachment]
    votes: Sequence[Any]
    versions: int
    priority: Text | None
    came_back: Sequence[str]


def proposals_listed(*, bodies: frozenset[int] | None, body: str = "", stage: str = "") -> list[ProposalRow]:
    """The proposals before the bodies a person may read (None: all), the newest first. Five queries."""
    rows = Proposal.objects.select_related("body", "sponsor").order_by("-created_at", "-pk")
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    if body:
        rows = rows.filter(body__code=body)
    if stage:
        rows = rows.filter(stage=stage)
    found = list(rows)
    pks = [row.pk for row in found]
    asks = _asks(pks=pks)
    slots = {
        slot.proposal_id: slot
        for slot in Slot.objects.filter(proposal__in=pks, ended_at__isnull=True).select_related("sitting")
    }
    votes = {vote.proposal_id: vote for vote in Vote.objects.filter(proposal__in=pks, closed_at__isnull=True)}
    clocks = hours()
    listed = []
    for row in found:
        at: datetime | None = None
        then = Text(en="", es="")
        if row.pk in votes:
            at, then = votes[row.pk].closes_at, Text(en="closes", es="cierra el")
        elif row.pk in slots and row.stage == Stage.REVIEW:
            at, then = slots[row.pk].sitting.starts_at, Text(en="comes up", es="se verá el")
        listed.append(
            ProposalRow(
                code=row.code,
                ask=asks[row.pk],
                body=text_of(row=row.body, name="name"),
                sponsor=row.sponsor.name,
                stage=STAGE_NAMES[Stage(row.stage)],
                state=STAGE_STATES[Stage(row.stage)],
                moment=clocks.moment_or_none(at),
                what_then=then,
            )
        )
    return listed


def _asks(*, pks: Sequence[int]) -> dict[int, Text]:
    """The newest ask of each proposal, in the other language where one lacks it."""
    asks: dict[int, Text] = {}
    for pk, english, spanish in (
        Version.objects.filter(proposal__in=pks).order_by("number").values_list("proposal_id", "ask_en", "ask_es")
    ):
        asks[pk] = Text(en=english or spanish, es=spanish or english)
    return asks


def proposal_shown(
    *, proposal: Proposal, on: date, at: datetime, assumptions: Mapping[str, int] | None = None
) -> ProposalShown:
    """A proposal's page; a constant number of queries but for what each effect asks for its consequences."""
    version = Version.objects.filter(proposal=proposal).order_by("-number")[0]
    words, stage = words_of(version=version), Stage(proposal.stage)
    translation = state_of(words=words, marks=marks_of(version=version))
    questions = _questions(version=version)
    ends = [one.outcome for one in questions if one.number] or [one.outcome for one in questions]
    preview, refused = _preview(version=version, on=on, assumptions=assumptions, stage=stage)
    return ProposalShown(
        proposal=proposal,
        version=version,
        stage=stage,
        stage_now=_stage_now(stage=stage, proposal=proposal),
        columns=[_column(version=version, language=language, translation=translation) for language in LANGUAGES],
        translation=translation,
        clock=_clock(proposal=proposal, at=at),
        place=place_of(proposal=proposal, clocks=hours()),
        lapsed=division_lapsed(version=version),
        may_come_back=stage in (Stage.DECIDED, Stage.WITHDRAWN) and any(_may_return(one) for one in ends),
        questions=[one for one in questions if one.number] or questions,
        whole_end=questions[0].end if questions else None,
        whole_state=questions[0].state if questions else "",
        preview=preview,
        preview_refused=refused,
        effects=[effect_said(written) for written in version.effects],
        amendments=_amendments(proposal=proposal),
        positions=_positions(proposal=proposal),
        comments=list(
            Comment.objects.filter(version__proposal=proposal).select_related("user", "version").order_by("pk")
        ),
        delays=list(Delay.objects.filter(proposal=proposal).select_related("user").order_by("pk")),
        files=list(
            Attachment.objects.filter(proposal=proposal, removed_at__isnull=True).defer("content").order_by("pk")
        ),
        votes=_votes(proposal=proposal),
        versions=version.number,
        priority=_priority(proposal=proposal),
        came_back=list(proposal.came_back.order_by("pk").values_list("code", flat=True)),
    )


def _may_return(end: End | None) -> bool:
    """Whether what ended so may come back; a draft that was withdrawn has no end."""
    return end is None or may_come_back(end=end) is not Return.NOT


def effect_said(written: Mapping[str, Any], /) -> Text:
    """An effect in a sentence; its kind where it cannot be said any more."""
    try:
        return kind_of(name=written["kind"]).said(data=written["data"])
    except (Refusal, KeyError, ValueError, TypeError):
        return Text(en=str(written.get("kind", "?")), es=str(written.get("kind", "?")))


def _preview(
    *, version: Version, on: date, assumptions: Mapping[str, int] | None, stage: Stage
) -> tuple[Preview | None, Text | None]:
    """What it would do if it were decided today; while it is not decided, since afterwards the decision says so."""
    if not version.effects or stage in (Stage.DECIDED, Stage.WITHDRAWN):
        return None, None
    try:
        effects = [Effect.of(written) for written in version.effects]
        return preview_of(effects=effects, on=on, assumptions=assumptions), None
    except Refusal as refusal:
        return None, refusal.text


def _stage_now(*, stage: Stage, proposal: Proposal) -> int:
    if stage is Stage.DECIDED:
        waiting = Decision.objects.filter(proposal=proposal, effects__state="waiting").exists()
        applied = Decision.objects.filter(proposal=proposal, effects__state="applied").exists()
        return 6 if applied and not waiting else 4
    return {Stage.DRAFT: 1, Stage.REVIEW: 2, Stage.VOTE: 3, Stage.WITHDRAWN: 4}[stage]


def _column(*, version: Version, language: Language, translation: Translation) -> Column:
    words = words_of(version=version)
    is_original = language == version.original
    passages = [
        (FIELD_NAMES[field], paragraphs_of(text=words.of(field).to(language)))
        for field in (Field.TEXT, Field.RESOURCES, Field.FOR, Field.AGAINST)
        if words.of(field).to(language)
    ]
    name = Text(en="English", es="Inglés") if language == "en" else Text(en="Spanish", es="Español")
    word = Text(en="original", es="original") if is_original else STATE_NAMES[translation.state]
    state = "done" if is_original or translation.state is State.CURRENT else "open"
    if not is_original and translation.state is State.MISSING:
        state = "refused"
    return Column(language=language, name=name, word=word, state=state, passages=passages, ask=words.ask.to(language))


def _questions(*, version: Version) -> list[QuestionShown]:
    taken = Decision.objects.filter(question__version=version).order_by("pk").values_list("question_id", "code")
    ended: dict[int | None, str] = dict(taken)
    shown = []
    for row in Question.objects.filter(version=version).order_by("number"):
        end = End(row.end) if row.end else None
        shown.append(
            QuestionShown(
                pk=row.pk,
                number=row.number,
                title=text_of(row=row, name="title"),
                paragraphs=row.paragraphs,
                effects=row.effects,
                outcome=end,
                end=END_NAMES[end] if end else None,
                state=END_STATES[end] if end else "",
                decision=ended.get(row.pk),
            )
        )
    return shown


def _clock(*, proposal: Proposal, at: datetime) -> Clock:
    from tequio.decisions.models import DecisionRule

    clocks = hours()
    row = (
        DecisionRule.objects.select_related("decision")
        .filter(body=proposal.body_id, valid_from__lte=at.date())
        .order_by("-valid_from")
        .first()
    )
    over: datetime | None = None
    if row is not None and proposal.changed_at is not None:
        over = review_over_at(proposal=proposal, rule=rule_of(row))
    vote = Vote.objects.filter(proposal=proposal, closed_at__isnull=True).first()
    return Clock(
        changed=clocks.moment_or_none(proposal.changed_at),
        review_over=clocks.moment_or_none(over),
        review_hours=rule_of(row).review_hours if row else 0,
        is_over=over is not None and over <= at,
        vote=vote.pk if vote else None,
        vote_closes=clocks.moment_or_none(vote.closes_at if vote else None),
    )


def _amendments(*, proposal: Proposal) -> list[AmendmentShown]:
    clocks = hours()
    rows = Amendment.objects.filter(proposal=proposal).select_related("made_by", "version", "into").order_by("number")
    return [amendment_row(row, clocks=clocks) for row in rows]


def amendment_row(row: Amendment, /, *, clocks: Hours | None = None) -> AmendmentShown:
    """One amendment, ready to print."""
    state = AmendmentState(row.state)
    return AmendmentShown(
        number=row.number,
        why=Text(en=row.why_en or row.why_es, es=row.why_es or row.why_en),
        by=row.made_by.name,
        when=(clocks or hours()).moment(row.made_at),
        word=AMENDMENT_NAMES[state],
        state=AMENDMENT_STATES[state],
        version=row.version.number,
        into=row.into.number if row.into else None,
        is_open=state is AmendmentState.OPEN,
    )


def _positions(*, proposal: Proposal) -> list[PositionShown]:
    """The last word of each person to each part; how many there were before it."""
    clocks = hours()
    by: dict[tuple[int, int | None, str], list[Position]] = defaultdict(list)
    rows = Position.objects.filter(question__proposal=proposal).select_related("user", "question").order_by("pk")
    for row in rows:
        by[row.question.number, row.user_id, row.said_by].append(row)
    shown = []
    for (number, _, said_by), listed in by.items():
        last = listed[-1]
        shown.append(
            PositionShown(
                name=last.user.name if last.user else said_by,
                part=str(number) if number else "",
                word=STANCE_NAMES[Stance(last.stance)],
                state=STANCE_STATES[Stance(last.stance)],
                words=last.words,
                language=last.language,
                when=clocks.moment(last.at),
                earlier=len(listed) - 1,
            )
        )
    return shown


def _votes(*, proposal: Proposal) -> list[Any]:
    return list(
        Vote.objects.filter(proposal=proposal)
        .order_by("pk")
        .only("pk", "motion_en", "motion_es", "verdict", "closed_at", "closes_at", "opened_at", "about")
    )


def _priority(*, proposal: Proposal) -> Text | None:
    if proposal.priority is not None:
        row = proposal.priority
        return Text(en=f"{row.year}, {row.number}: {row.text_en}", es=f"{row.year}, {row.number}: {row.text_es}")
    if proposal.no_priority_because:
        because = proposal.no_priority_because
        return Text(en=f"none, because {because}", es=f"ninguna, porque {because}")
    return None
