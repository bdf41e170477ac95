"""The clock of a proposal, ready to print: until when it is reviewed, who held it back, where it comes up."""

from dataclasses import dataclass
from datetime import datetime

from tequio.decisions.models import Delay, Proposal, Slot
from tequio.decisions.queries.hours import Hours, Moment, day_everywhere
from tequio.decisions.queries.review import delays_of, rule_if_any
from tequio.rules.reasons import Text
from tequio.rules.review_clock import ready_at
from tequio.rules.review_reasons import NO_SITTING, Lateness, place_text, review_text


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayLine:
    """Somebody held it back. `spent`: the text was changed since, and its hours began anew."""

    who: str
    days: int
    reason: str
    asked: Moment
    spent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The sitting a proposal comes before, why, and for one that it missed the three hours; all in a sentence."""

    sitting: Moment
    reason: str
    missed: Moment | None
    came: Moment | None
    should_have_come: Moment | None
    sentence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What rules a proposal that circulates. Without a rule of decision nobody knows when it is ready."""

    rule: str | None
    changed: Moment | None
    ready: Moment | None
    is_ready: bool
    delays: tuple[DelayLine, ...]
    place: Place | None
    sentences: tuple[Text, ...]


def clock_of(*, proposal: Proposal, at: datetime, clocks: Hours) -> Clock:
    """The clock of a proposal at a moment. Five queries."""
    rule = rule_if_any(body=proposal.body, on=day_everywhere(at=at))
    changed = proposal.changed_at
    ready = None
    sentences = []
    if rule is not None and changed is not None:
        ready = ready_at(rule=rule, changed_at=changed, delays=delays_of(proposal=proposal))
        sentences.append(review_text(ready=clocks.moment(ready).said, is_over=ready <= at))
    place = place_of(proposal=proposal, clocks=clocks)
    if changed is not None:
        sentences.append(place.sentence if place else NO_SITTING)
    return Clock(
        rule=rule.code if rule else None,
        changed=clocks.moment_or_none(changed),
        ready=clocks.moment_or_none(ready),
        is_ready=ready is not None and ready <= at,
        delays=tuple(
            DelayLine(
                who=row.user.name,
                days=row.days,
                reason=row.reason,
                asked=clocks.moment(row.at),
                spent=changed is not None and row.at < changed,
            )
            for row in Delay.objects.filter(proposal=proposal).select_related("user").order_by("at", "pk")
        ),
        place=place,
        sentences=tuple(sentences),
    )


def place_of(*, proposal: Proposal, clocks: Hours) -> Place | None:
    """The sitting a proposal stands before; None where there is none."""
    slot = Slot.objects.filter(proposal=proposal, ended_at__isnull=True).select_related("sitting", "missed").first()
    if slot is None:
        return None
    sitting = clocks.moment(slot.sitting.starts_at)
    late = None
    if slot.missed is not None and slot.came_at is not None and slot.should_have_come_at is not None:
        late = Lateness(
            missed=clocks.moment(slot.missed.starts_at).said,
            came=clocks.moment(slot.came_at).said,
            should_have_come=clocks.moment(slot.should_have_come_at).said,
            held_back=slot.came_at <= slot.should_have_come_at,
        )
    return Place(
        sitting=sitting,
        reason=slot.reason,
        missed=clocks.moment_or_none(slot.missed.starts_at if slot.missed else None),
        came=clocks.moment_or_none(slot.came_at),
        should_have_come=clocks.moment_or_none(slot.should_have_come_at),
        sentence=place_text(reason=slot.reason, sitting=sitting.said, late=late),
    )
