"""Proposals in a list: each with its stage, its clock and the sitting it comes before, ready to print."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery

from tequio.decisions.models import AmendmentState, Body, Delay, Proposal, Slot, Stage, Version
from tequio.decisions.queries.hours import Hours, Moment, day_everywhere, hours
from tequio.decisions.queries.review import rule_if_any
from tequio.decisions.wordings import marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules import review_clock
from tequio.rules.deciding import RuleOfDecision
from tequio.rules.reasons import Language, Text
from tequio.rules.review_clock import ready_at
from tequio.rules.translations import Translation, state_of

STAGE_NAMES = {
    Stage.DRAFT: Text(en="draft", es="borrador"),
    Stage.REVIEW: Text(en="in review", es="en revisión"),
    Stage.VOTE: Text(en="being voted", es="en votación"),
    Stage.DECIDED: Text(en="decided", es="decidida"),
    Stage.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """One proposal of a list. `ready` is when its review is over; `is_ready` whether that was by the moment asked.

    `ask_language` is that of the ask where it is there in one language only.
    """

    pk: int
    code: str
    body_pk: int
    body_code: str
    body: Text
    ask: Text
    ask_language: Language | None
    sponsor_pk: int
    sponsor: str
    stage: str
    stage_name: Text
    version: int
    translation: Translation
    changed: Moment | None
    ready: Moment | None
    is_ready: bool
    sitting: Moment | None
    late: bool
    amendments_open: int


def proposal_by_code(*, code: str) -> Proposal:
    """The proposal of a code. Refuses a code that none has."""
    found = Proposal.objects.select_related("body", "sponsor").filter(code=code).first()
    if found is None:
        raise Refusal(en=f"There is no proposal “{code[:40]}”.", es=f"No existe la propuesta «{code[:40]}».")
    return found


def proposals_listed(
    *, at: datetime, bodies: Collection[int] | None = None, body: str = "", stage: str = "", sponsor: int | None = None
) -> list[ProposalLine]:
    """Proposals, the last first: of the bodies somebody may read (None: all), of one body, stage or sponsor.

    Six queries, and two for each body's rule.
    """
    rows = Proposal.objects.select_related("body", "sponsor").order_by("-pk")
    rows = rows.annotate(
        latest=Subquery(Version.objects.filter(proposal=OuterRef("pk")).order_by("-number").values("pk")[:1]),
        amendments_open=Count("amendments", filter=Q(amendments__state=AmendmentState.OPEN)),
    )
    if bodies is not None:
        rows = rows.filter(body__in=list(bodies))
    if body:
        rows = rows.filter(body__code=body)
    if stage:
        rows = rows.filter(stage=stage)
    if sponsor is not None:
        rows = rows.filter(sponsor=sponsor)
    proposals = list(rows)
    versions = Version.objects.in_bulk([row.latest for row in proposals])
    slots = {
        slot.proposal_id: slot
        for slot in Slot.objects.filter(ended_at__isnull=True, proposal__in=proposals).select_related("sitting")
    }
    delays: dict[int, list[review_clock.Delay]] = defaultdict(list)
    for delay in Delay.objects.filter(proposal__in=proposals).order_by("at", "pk"):
        delays[delay.proposal_id].append(review_clock.Delay(by=str(delay.user_id), at=delay.at, days=delay.days))
    day = day_everywhere(at=at)
    rules = {each: rule_if_any(body=each, on=day) for each in {row.body for row in proposals}}
    clocks = hours()
    return [
        _line(
            proposal=row,
            version=versions[row.latest],
            slot=slots.get(row.pk),
            ready=_ready(proposal=row, rule=rules[row.body], delays=delays[row.pk]),
            open_=row.amendments_open,
            clocks=clocks,
            at=at,
        )
        for row in proposals
    ]


def _ready(*, proposal: Proposal, rule: RuleOfDecision | None, delays: list[review_clock.Delay]) -> datetime | None:
    if rule is None or proposal.changed_at is None:
        return None
    return ready_at(rule=rule, changed_at=proposal.changed_at, delays=delays)


def _line(
    *,
    proposal: Proposal,
    version: Version,
    slot: Slot | None,
    ready: datetime | None,
    open_: int,
    clocks: Hours,
    at: datetime,
) -> ProposalLine:
    ask, language = ask_of(version=version)
    body: Body = proposal.body
    return ProposalLine(
        pk=proposal.pk,
        code=proposal.code,
        body_pk=body.pk,
        body_code=body.code,
        body=text_of(row=body, name="name"),
        ask=ask,
        ask_language=language,
        sponsor_pk=proposal.sponsor_id,
        sponsor=proposal.sponsor.name,
        stage=proposal.stage,
        stage_name=STAGE_NAMES[Stage(proposal.stage)],
        version=version.number,
        translation=state_of(words=words_of(version=version), marks=marks_of(version=version)),
        changed=clocks.moment_or_none(proposal.changed_at),
        ready=clocks.moment_or_none(ready),
        is_ready=ready is not None and ready <= at,
        sitting=clocks.moment(slot.sitting.starts_at) if slot else None,
        late=slot is not None and slot.missed_id is not None,
        amendments_open=open_,
    )


def ask_of(*, version: Version) -> tuple[Text, Language | None]:
    """The ask of a version in both languages; where one lacks it, the other's words, and which language they are."""
    words = words_of(version=version)
    if words.ask.en and words.ask.es:
        return words.ask, None
    said = words.ask.to(words.original)
    return Text(en=said, es=said), words.original
