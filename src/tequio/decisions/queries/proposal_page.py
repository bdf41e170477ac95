"""Everything about one proposal, ready to print: words, effects, clock, parts, and what people ask and say."""

from dataclasses import dataclass
from datetime import datetime

from tequio.decisions.models import Decision, Proposal, Stage, Version, Vote
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.queries.hours import Moment, hours
from tequio.decisions.queries.proposal_clock import Clock, clock_of
from tequio.decisions.queries.proposal_talk import (
    AmendmentLine,
    CommentLine,
    FileLine,
    PositionLine,
    amendments_listed,
    comments_listed,
    files_listed,
    positions_listed,
)
from tequio.decisions.queries.proposal_words import (
    DifferenceShown,
    EffectShown,
    FieldShown,
    VersionLine,
    behind,
    effects_shown,
    fields_shown,
    versions_listed,
)
from tequio.decisions.queries.proposals import STAGE_NAMES, ask_of
from tequio.decisions.wordings import marks_of, words_of
from tequio.kernel.texts import text_of
from tequio.rules.dividing import End
from tequio.rules.motions import END_NAMES
from tequio.rules.reasons import Text
from tequio.rules.translations import State, Translation, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """The whole (number 0) or a part: what it is about, counted from 1, how it ended, by which decision."""

    pk: int
    number: int
    title: Text
    paragraphs: tuple[int, ...]
    effects: tuple[int, ...]
    end: str
    end_name: Text | None
    ended: Moment | None
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """One proposal as it is at a moment. `obstacles`: why it could not be put to the vote now, each in a sentence."""

    code: str
    body_code: str
    body: Text
    sponsor: str
    stage: str
    stage_name: Text
    ask: Text
    original: str
    version: int
    priority: Text | None
    comes_back_from: str | None
    came_back_as: tuple[str, ...]
    created: Moment
    submitted: Moment | None
    vote_closes: Moment | None
    fields: tuple[FieldShown, ...]
    effects: tuple[EffectShown, ...]
    translation: Translation
    behind: tuple[DifferenceShown, ...]
    clock: Clock
    questions: tuple[QuestionLine, ...]
    division_lapsed: Text | None
    obstacles: tuple[Text, ...]
    versions: tuple[VersionLine, ...]
    amendments: tuple[AmendmentLine, ...]
    positions: tuple[PositionLine, ...]
    comments: tuple[CommentLine, ...]
    files: tuple[FileLine, ...]

    @property
    def sentences(self) -> tuple[Text, ...]:
        """What it is about and how it stands, a sentence each: what the command line prints."""
        head = Text(
            en=f"{self.code}, {self.body.en}, version {self.version}, {self.stage_name.en}. Sponsor: {self.sponsor}.",
            es=f"{self.code}, {self.body.es}, versión {self.version}, {self.stage_name.es}. Propone: {self.sponsor}.",
        )
        parts = [question for question in self.questions if question.end_name]
        return (
            head,
            self.ask,
            *((self.priority,) if self.priority else ()),
            *(effect.said for effect in self.effects),
            *self.clock.sentences,
            *(obstacle for obstacle in self.obstacles if obstacle not in self.clock.sentences),
            *((self.division_lapsed,) if self.division_lapsed else ()),
            *(_ended(question) for question in parts),
        )


def _ended(question: QuestionLine) -> Text:
    end = question.end_name or Text(en="", es="")
    return Text(en=f"{question.title.en}: {end.en}.", es=f"{question.title.es}: {end.es}.")


def proposal_page(*, proposal: Proposal, at: datetime) -> ProposalPage:
    """Everything about one proposal. Its number of queries grows with its effects alone, which each ask what stands."""
    clocks = hours()
    version = latest_version(proposal=proposal)
    words = words_of(version=version)
    goes_on = proposal.stage in (Stage.DRAFT, Stage.REVIEW)
    effects = effects_shown(version=version, may_move=goes_on)
    translation = state_of(words=words, marks=marks_of(version=version))
    clock = clock_of(proposal=proposal, at=at, clocks=clocks)
    vote = Vote.objects.filter(proposal=proposal, closed_at__isnull=True).first()
    return ProposalPage(
        code=proposal.code,
        body_code=proposal.body.code,
        body=text_of(row=proposal.body, name="name"),
        sponsor=proposal.sponsor.name,
        stage=proposal.stage,
        stage_name=STAGE_NAMES[Stage(proposal.stage)],
        ask=ask_of(version=version)[0],
        original=version.original,
        version=version.number,
        priority=_priority(proposal=proposal),
        comes_back_from=proposal.comes_back_from.code if proposal.comes_back_from else None,
        came_back_as=tuple(proposal.came_back.order_by("pk").values_list("code", flat=True)),
        created=clocks.moment(proposal.created_at),
        submitted=clocks.moment_or_none(proposal.submitted_at),
        vote_closes=clocks.moment_or_none(vote.closes_at if vote else None),
        fields=fields_shown(words=words),
        effects=effects,
        translation=translation,
        behind=behind(version=version),
        clock=clock,
        questions=_questions(version=version),
        division_lapsed=division_lapsed(version=version),
        obstacles=_obstacles(translation=translation, clock=clock, effects=effects) if goes_on else (),
        versions=versions_listed(proposal=proposal, clocks=clocks),
        amendments=amendments_listed(proposal=proposal, latest=version, clocks=clocks),
        positions=positions_listed(proposal=proposal, clocks=clocks),
        comments=comments_listed(proposal=proposal, clocks=clocks),
        files=files_listed(proposal=proposal, clocks=clocks),
    )


def _priority(*, proposal: Proposal) -> Text | None:
    """Which priority it serves, or why none; nothing while nobody has said so."""
    row = proposal.priority
    if row is not None:
        return Text(
            en=f"Priority {row.number} of {row.year}: {row.text_en}",
            es=f"Prioridad {row.number} de {row.year}: {row.text_es}",
        )
    why = proposal.no_priority_because
    return Text(en=f"None, because: {why}", es=f"Ninguna, porque: {why}") if why else None


def _questions(*, version: Version) -> tuple[QuestionLine, ...]:
    """The whole of a version and its parts. Two queries."""
    codes = dict(Decision.objects.filter(question__version=version).order_by("pk").values_list("question_id", "code"))
    clocks = hours()
    return tuple(
        QuestionLine(
            pk=row.pk,
            number=row.number,
            title=text_of(row=row, name="title"),
            paragraphs=tuple(at + 1 for at in row.paragraphs),
            effects=tuple(at + 1 for at in row.effects),
            end=row.end,
            end_name=END_NAMES[End(row.end)] if row.end else None,
            ended=clocks.moment_or_none(row.ended_at),
            decision=codes.get(row.pk),
        )
        for row in version.questions.order_by("number")
    )


def division_lapsed(*, version: Version) -> Text | None:
    """That the version before was divided, and the change of words ended it; None where nothing of that is so."""
    if version.number == 1 or version.questions.filter(number__gt=0).exists():
        return None
    before = Version.objects.filter(proposal=version.proposal_id, number=version.number - 1).first()
    parts = before.questions.filter(number__gt=0).count() if before else 0
    if not parts:
        return None
    old, new = version.number - 1, version.number
    return Text(
        en=f"Version {old} was divided into {parts} parts. With the change of its text that lapsed: whoever wants "
        f"version {new} divided shares it out anew.",
        es=f"La versión {old} se votaría en {parts} partes. Al cambiar el texto eso quedó sin efecto: quien quiera "
        f"votar por partes la versión {new}, la divide de nuevo.",
    )


def _obstacles(*, translation: Translation, clock: Clock, effects: tuple[EffectShown, ...]) -> tuple[Text, ...]:
    found = []
    if clock.changed is None:
        found.append(Text(en="It does not circulate yet.", es="Todavía no circula."))
    elif not clock.is_ready and clock.ready is not None:
        found.append(clock.sentences[0])
    if translation.state is not State.CURRENT:
        found.append(translation.sentence)
    for effect in effects:
        why = effect.said if effect.fault else effect.moved
        if why is not None:
            found.append(Text(en=f"Effect {effect.number}: {why.en}", es=f"Efecto {effect.number}: {why.es}"))
    return tuple(found)
