"""A proposal's page: the stage and the clock that rules it, both texts, what it would do, what people say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tequio.decisions.effects.in_order import foreseen_by, said_behind
from tequio.decisions.effects.previewing import Preview, preview_of
from tequio.decisions.effects.registry import Effect
from tequio.decisions.models import (
    Attachment,
    Comment,
    Decision,
    Delay,
    Proposal,
    Question,
    Stage,
    Version,
    Vote,
)
from tequio.decisions.page_queries.proposal_debate import AmendmentShown, PositionShown, amendments_of, positions_of
from tequio.decisions.page_queries.proposal_words import END_STATES
from tequio.decisions.queries.hours import Moment, hours
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

LANGUAGES: tuple[Language, Language] = ("en", "es")


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
        effects=effects_said(version.effects),
        amendments=amendments_of(proposal=proposal),
        positions=positions_of(proposal=proposal),
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


def effects_said(effects: Sequence[Mapping[str, Any]], /) -> list[Text]:
    """The effects of a text in a sentence each, naming what those before them will have made."""
    listed = [Effect.of(written) for written in effects]
    pairs = zip(listed, foreseen_by(effects=listed), strict=True)
    return [said_behind(effect=effect, foreseen=foreseen) for effect, foreseen in pairs]


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
