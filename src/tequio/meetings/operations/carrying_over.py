"""What stands on an agenda by rule: proposals placed before the sitting, and what earlier meetings did not close.

Where a proposal is placed is said by decisions alone, in several places and for many reasons. So an agenda is not told
of every move: it is brought in step with them whenever somebody is about to read or use it (a page, the command line,
opening and closing, the daily work). That finds nothing to do nearly always, and writes nothing then.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from tequio.decisions.models import Decision, Proposal, Slot, Stage, Vote
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting
from tequio.meetings.models import AgendaItem, AgendaKind, Meeting, MeetingPart
from tequio.meetings.operations.agenda import ask_as_title
from tequio.rules import agenda as rule
from tequio.rules.reasons import Text

BY_RULE: Final = "rule"  # who the journal says did it
MOVED_ON: Final = Text(
    en="Its proposal comes before another sitting, or was withdrawn.",
    es="Su propuesta va a otra sesión, o se retiró.",
)


@dataclass(slots=True)
class _Wanted:
    """What the agenda of a part lacks, and what leaves it."""

    part: MeetingPart
    proposals: list[int] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)
    carries: list[AgendaItem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.proposals or self.leaves or self.carries)


def bring_in_step(*, meeting: Meeting, at: datetime) -> int:
    """Put on the agenda of a coming or open meeting what stands there by rule; returns how many came or left.

    A meeting that is over keeps the agenda it had. Asked again, it changes nothing; two at once come one after the
    other.
    """
    if not any(_wanted(meeting=meeting)):
        return 0
    with transaction.atomic():
        held = lock_meeting(pk=meeting.pk)
        changed = 0
        for wanted in _wanted(meeting=held):
            changed += _carry_out(wanted=wanted, at=at)
        if changed:
            journal.append(
                kind=Kind.AGENDA_BY_RULE,
                subject=f"meeting:{held.pk}",
                actor=BY_RULE,
                at=at,
                payload={"items": changed},
            )
    return changed


def bring_all_in_step(*, at: datetime) -> int:
    """The same for every coming meeting, for the daily work; returns how many items came or left.

    Three queries where nothing moved, however many meetings are planned.
    """
    return sum(bring_in_step(meeting=meeting, at=at) for meeting in _maybe_out_of_step(at=at))


def _maybe_out_of_step(*, at: datetime) -> list[Meeting]:
    """The coming meetings whose agenda may lack something or have too much, the earliest first."""
    standing = AgendaItem.objects.filter(withdrawn_at__isnull=True)
    there = standing.filter(part__sitting=OuterRef("sitting"), proposal=OuterRef("proposal"))
    lacking = Slot.objects.filter(ended_at__isnull=True).filter(~Exists(there)).values("sitting")
    elsewhere = Slot.objects.filter(ended_at__isnull=True, proposal=OuterRef("proposal")).exclude(
        sitting=OuterRef("part__sitting")
    )
    leaving = standing.filter(made_by__isnull=True, taken_up_at__isnull=True, closed_at__isnull=True).filter(
        Exists(elsewhere) | Q(proposal__stage=Stage.WITHDRAWN)
    )
    left_over = (
        standing.filter(closed_at__isnull=True, carried_to__isnull=True)
        .filter(Q(part__meeting__closed_at__isnull=False) | Q(part__meeting__cancelled_at__isnull=False))
        .values("part__body")
    )
    coming = MeetingPart.objects.filter(
        meeting__closed_at__isnull=True, meeting__cancelled_at__isnull=True, meeting__starts_at__gte=at
    )
    first: dict[int, int] = {}
    waiting = coming.filter(body__in=left_over).order_by("-meeting__starts_at", "-pk")
    first.update(waiting.values_list("body_id", "meeting_id"))  # the last said is the first held
    pks = {
        *coming.filter(sitting__in=lacking).values_list("meeting_id", flat=True),
        *coming.filter(pk__in=leaving.values("part")).values_list("meeting_id", flat=True),
        *first.values(),
    }
    return list(Meeting.objects.filter(pk__in=pks).order_by("starts_at", "pk"))


def next_meetings(*, meeting: Meeting) -> list[Meeting]:
    """The next meeting of each body of this one that is neither closed nor cancelled, the earliest first."""
    bodies = meeting.parts.values_list("body_id", flat=True)
    found: dict[int, Meeting] = {}
    parts = MeetingPart.objects.filter(
        body__in=list(bodies),
        meeting__starts_at__gt=meeting.starts_at,
        meeting__closed_at__isnull=True,
        meeting__cancelled_at__isnull=True,
    )
    for part in parts.select_related("meeting").order_by("meeting__starts_at", "pk"):
        found.setdefault(part.body_id, part.meeting)
    return sorted({one.pk: one for one in found.values()}.values(), key=lambda one: (one.starts_at, one.pk))


def _wanted(*, meeting: Meeting) -> list[_Wanted]:
    """What every part lacks. A constant number of queries."""
    if meeting.closed_at is not None or meeting.cancelled_at is not None:
        return []
    parts = list(MeetingPart.objects.filter(meeting=meeting).order_by("position"))
    sittings = [part.sitting_id for part in parts]
    items: dict[int, list[AgendaItem]] = defaultdict(list)
    about: set[int] = set()
    standing = AgendaItem.objects.filter(part__in=parts, withdrawn_at__isnull=True, proposal__isnull=False)
    for item in standing.order_by("position", "pk"):
        items[item.part_id].append(item)
        about.add(item.proposal_id or 0)
    here: dict[int, list[int]] = defaultdict(list)
    elsewhere: set[int] = set()
    open_slots = Slot.objects.filter(ended_at__isnull=True).filter(Q(sitting__in=sittings) | Q(proposal__in=about))
    for proposal_pk, sitting_pk in open_slots.order_by("made_at", "pk").values_list("proposal_id", "sitting_id"):
        if sitting_pk in sittings:
            here[sitting_pk].append(proposal_pk)
        else:
            elsewhere.add(proposal_pk)
    elsewhere.update(Proposal.objects.filter(pk__in=about, stage=Stage.WITHDRAWN).values_list("pk", flat=True))
    voted = set(Vote.objects.filter(sitting__in=sittings).values_list("proposal_id", flat=True))
    linked = {item.proposal_id for some in items.values() for item in some if item.carried_from_id is not None}
    carried = _left_over(meeting=meeting, parts=parts, here=here, linked=linked)
    found = []
    for part in parts:
        step = rule.in_step(
            standing=[_standing(item) for item in items[part.pk]],
            here=here[part.sitting_id],
            elsewhere=elsewhere,
            voted=voted,
        )
        found.append(
            _Wanted(part=part, proposals=list(step.adds), leaves=list(step.leaves), carries=carried[part.body_id])
        )
    return found


def _standing(item: AgendaItem) -> rule.Standing:
    return rule.Standing(
        code=item.pk,
        proposal=item.proposal_id or 0,
        by_rule=item.made_by_id is None,
        begun=item.taken_up_at is not None or item.closed_at is not None,
    )


def _left_over(
    *, meeting: Meeting, parts: list[MeetingPart], here: dict[int, list[int]], linked: set[int | None]
) -> dict[int, list[AgendaItem]]:
    """What earlier meetings of each body left open and no other meeting has taken over.

    From meetings that closed or were cancelled; this must be the first of the body that is still to come after them. A
    proposal that comes before another sitting is not carried: it appears there; nor is one that has come (`linked`).
    """
    bodies = [part.body_id for part in parts]
    placed_here = {part.body_id: set(here[part.sitting_id]) for part in parts}
    rows = (
        AgendaItem.objects.filter(
            part__body__in=bodies,
            part__meeting__starts_at__lt=meeting.starts_at,
            closed_at__isnull=True,
            withdrawn_at__isnull=True,
            carried_to__isnull=True,
        )
        .filter(Q(part__meeting__closed_at__isnull=False) | Q(part__meeting__cancelled_at__isnull=False))
        .select_related("part__meeting", "proposal")
        .order_by("part__meeting__starts_at", "part__position", "position", "pk")
    )
    between: dict[int, list[datetime]] = defaultdict(list)
    for body_pk, starts_at in MeetingPart.objects.filter(
        body__in=bodies,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__closed_at__isnull=True,
        meeting__cancelled_at__isnull=True,
    ).values_list("body_id", "meeting__starts_at"):
        between[body_pk].append(starts_at)
    placed = set(
        Slot.objects.filter(ended_at__isnull=True, proposal__agenda_items__in=rows).values_list(
            "proposal_id", flat=True
        )
    )
    found: dict[int, list[AgendaItem]] = defaultdict(list)
    for row in rows:
        body_pk = row.part.body_id
        if any(starts_at > row.part.meeting.starts_at for starts_at in between[body_pk]):
            continue
        gone = row.proposal is not None and (
            row.proposal.stage in (Stage.DECIDED, Stage.WITHDRAWN)
            or row.proposal_id in linked
            or row.proposal_id in placed - placed_here.get(body_pk, set())
        )
        ends = rule.Ends(code=row.pk, proposal=row.proposal_id, closed=False, withdrawn=False)
        if rule.carried_over(items=[ends], gone={row.proposal_id or 0} if gone else ()):
            found[body_pk].append(row)
    return found


def _carry_out(*, wanted: _Wanted, at: datetime) -> int:
    """Write it, the meeting being held: what is carried first, then proposals; where a proposal is both, once."""
    part = wanted.part
    if wanted.leaves:
        AgendaItem.objects.filter(pk__in=wanted.leaves).update(
            withdrawn_at=at, withdrawn_because=f"{MOVED_ON.en} / {MOVED_ON.es}"
        )
    last = AgendaItem.objects.filter(part=part).aggregate(last=Max("position"))["last"] or 0
    there = AgendaItem.objects.filter(part=part, withdrawn_at__isnull=True, proposal__isnull=False)
    stands: dict[int | None, AgendaItem] = {row.proposal_id: row for row in there}
    for source in wanted.carries:
        before = stands.get(source.proposal_id) if source.proposal_id else None
        if before is not None:  # it came by its place already: only say where it comes from
            if before.carried_from_id is None:
                AgendaItem.objects.filter(pk=before.pk).update(carried_from=source)
            continue
        last += 1
        made = AgendaItem.objects.create(
            part=part,
            position=last,
            kind=source.kind,
            title_en=source.title_en,
            title_es=source.title_es,
            minutes=source.minutes,
            presenter_id=source.presenter_id,
            presented_by=source.presented_by,
            proposal_id=source.proposal_id,
            carried_from=source,
            made_by_id=source.made_by_id,
            made_at=at,
        )
        if made.proposal_id:
            stands[made.proposal_id] = made
    for proposal in Proposal.objects.in_bulk(wanted.proposals).values():
        if proposal.pk in stands:
            continue
        last += 1
        title = ask_as_title(proposal)
        AgendaItem.objects.create(
            part=part,
            position=last,
            kind=AgendaKind.DECISION,
            title_en=title.en,
            title_es=title.es,
            proposal=proposal,
            made_at=at,
        )
    return len(wanted.leaves) + len(wanted.carries) + len(wanted.proposals)


def close_what_was_decided(*, meeting: Meeting, at: datetime) -> int:
    """Close the items whose proposal was decided in their sitting, in the caller's transaction; returns how many."""
    decided: dict[int, set[int]] = defaultdict(set)
    for sitting_pk, proposal_pk in Decision.objects.filter(
        sitting__meeting_part__meeting=meeting, proposal__isnull=False
    ).values_list("sitting_id", "proposal_id"):
        decided[sitting_pk].add(proposal_pk)
    done: list[int] = []
    for part in MeetingPart.objects.filter(meeting=meeting):
        ends = [
            rule.Ends(
                code=row.pk,
                proposal=row.proposal_id,
                closed=row.closed_at is not None,
                withdrawn=row.withdrawn_at is not None,
            )
            for row in AgendaItem.objects.filter(part=part)
        ]
        done += rule.closed_by_decision(items=ends, decided=decided[part.sitting_id])
    AgendaItem.objects.filter(pk__in=done).update(closed_at=at)
    return len(done)
