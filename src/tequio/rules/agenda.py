"""What comes up in a meeting: in which order, at which hour, what stands there by rule and what is carried over.

A part of a meeting has its minutes; its items share them. An item without minutes gets an equal share of what the
others leave, and its hour is then an estimate. Nothing is cut: an agenda that wants more time than there is says so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An item as the timetable knows it: its minutes, or None where nobody said."""

    code: int
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """When an item comes up. `estimated`: it or one before it has no minutes of its own."""

    code: int
    begins_at: datetime
    ends_at: datetime
    estimated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The items of a part with their hours, and how their minutes go into its time."""

    items: tuple[Timed, ...]
    stated: int
    left: int
    sentence: Text

    @property
    def overrun(self) -> int:
        """By how many minutes the items want more than there is; 0 where they fit."""
        return max(0, -self.left)


def timetable(*, starts_at: datetime, minutes: int, items: Sequence[Planned]) -> Timetable:
    """The hours of the items of a part, in their order. `minutes` is the time of the part."""
    stated = sum(item.minutes or 0 for item in items)
    unstated = sum(1 for item in items if item.minutes is None)
    left = minutes - stated
    share = max(0, left) // unstated if unstated else 0
    begins, timed, estimated = starts_at, [], False
    for item in items:
        estimated = estimated or item.minutes is None
        ends = begins + timedelta(minutes=share if item.minutes is None else item.minutes)
        timed.append(Timed(code=item.code, begins_at=begins, ends_at=ends, estimated=estimated))
        begins = ends
    return Timetable(items=tuple(timed), stated=stated, left=left, sentence=_sum(minutes, stated, unstated))


def _sum(minutes: int, stated: int, unstated: int) -> Text:
    """How the minutes of the items go into the time of the part."""
    en, es = f"{_minutes(stated, 'en')} of {minutes}", f"{_minutes(stated, 'es')} de {minutes}"
    over = stated - minutes
    if over > 0:
        return Text(en=f"{en}: {_minutes(over, 'en')} more than there are.", es=f"{es}: {_minutes(over, 'es')} de más.")
    if unstated:
        one = unstated == 1
        return Text(
            en=f"{en}; {'one item has' if one else f'{unstated} items have'} no minutes yet and "
            f"{'gets what is left' if one else 'share what is left'}.",
            es=f"{es}; {'un punto aún no tiene' if one else f'{unstated} puntos aún no tienen'} minutos y "
            f"{'usa lo que queda' if one else 'se reparten lo que queda'}.",
        )
    if over < 0:
        return Text(en=f"{en}: {_minutes(-over, 'en')} are left.", es=f"{es}: quedan {_minutes(-over, 'es')}.")
    return Text(en=f"{en}: it fits exactly.", es=f"{es}: cabe justo.")


def _minutes(count: int, language: str) -> str:
    if language == "es":
        return "1 minuto" if count == 1 else f"{count} minutos"
    return "1 minute" if count == 1 else f"{count} minutes"


def moved(*, order: Sequence[int], code: int, to: int) -> list[int]:
    """The order after an item was put at a place counted from 1; beyond either end it stops there.

    Raises ValueError where the item is not in it.
    """
    rest = [one for one in order if one != code]
    if len(rest) == len(order):
        raise ValueError("that item is not on this agenda")
    place = min(max(to, 1), len(order)) - 1
    return [*rest[:place], code, *rest[place:]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What became of an item in its meeting."""

    code: int
    proposal: int | None
    closed: bool
    withdrawn: bool


def closed_by_decision(*, items: Sequence[Ends], decided: Collection[int]) -> list[int]:
    """The items that are done because their proposal was decided in this sitting, whatever the decision was.

    A proposal that was deferred or found no quorum was taken up all the same: by its own rule it comes back.
    """
    return [item.code for item in items if _is_open(item) and item.proposal is not None and item.proposal in decided]


def carried_over(*, items: Sequence[Ends], gone: Collection[int] = ()) -> list[int]:
    """The items that go on to the body's next meeting when this one closes, in their order.

    What was neither closed nor withdrawn is carried, again and again until it is. Not carried is a proposal that no
    longer waits for this body (`gone`: decided elsewhere or withdrawn).
    """
    return [item.code for item in items if _is_open(item) and (item.proposal is None or item.proposal not in gone)]


def _is_open(item: Ends) -> bool:
    return not item.closed and not item.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An item about a proposal as it stands on an agenda: by rule or because a person put it there."""

    code: int
    proposal: int
    by_rule: bool
    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InStep:
    """What an agenda lacks of the proposals that come before its sitting, and which items leave it."""

    adds: tuple[int, ...]
    leaves: tuple[int, ...]


def in_step(
    *, standing: Sequence[Standing], here: Sequence[int], elsewhere: Collection[int], voted: Collection[int]
) -> InStep:
    """Keep an agenda in step with where proposals are placed.

    `here`: proposals whose place is this sitting, in order; each stands on the agenda. `elsewhere`: those that are
    placed before another sitting or were withdrawn; what stands here by rule leaves, unless it was begun or voted on
    in this sitting (`voted`). What a person put there stays until a person takes it off.
    """
    there = {item.proposal for item in standing}
    return InStep(
        adds=tuple(proposal for proposal in here if proposal not in there),
        leaves=tuple(
            item.code
            for item in standing
            if item.by_rule and not item.begun and item.proposal in elsewhere and item.proposal not in voted
        ),
    )


# Why a proposal stands on an agenda by rule, as the agenda says it in few words. Keys are decisions' SlotReason.
WHY_HERE: Mapping[str, Text] = {
    "ready": Text(en="its review is over by then", es="para entonces terminó su revisión"),
    "late": Text(en="it came too late for the meeting before", es="llegó tarde para la reunión anterior"),
    "let_in": Text(
        en="it came too late, and a recorded vote lets it in", es="llegó tarde y una votación registrada la admite"
    ),
    "deferred": Text(en="it was deferred to this meeting", es="se aplazó a esta reunión"),
    "details": Text(
        en="it was approved in principle, and its details are due", es="se aprobó en principio y tocan los detalles"
    ),
    "evaluation": Text(en="how it goes is evaluated", es="toca evaluar cómo va"),
    "no_quorum": Text(
        en="there was no quorum for it, and it comes back unchanged", es="no hubo quórum y vuelve sin cambios"
    ),
}


def late_text(*, came: Text, should_have_come: Text, missed: Text | None) -> Text:
    """The two hours of a proposal that came too late: when it came, and by when it should have come."""
    en = f"It came {came.en}; "
    es = f"Llegó el {came.es}; "
    if missed is None:
        return Text(
            en=f"{en}it should have come by {should_have_come.en}.",
            es=f"{es}debió llegar a más tardar el {should_have_come.es}.",
        )
    return Text(
        en=f"{en}for the sitting of {missed.en} it should have come by {should_have_come.en}.",
        es=f"{es}para la sesión del {missed.es} debió llegar a más tardar el {should_have_come.es}.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Within which hours a meeting is opened, and until when a step is undone."""

    early: timedelta = timedelta(hours=2)
    undo: timedelta = timedelta(hours=24)


LIMITS = Limits()


def may_open(*, starts_at: datetime, at: datetime) -> bool:
    """Whether it is time: from two hours before its hour. There is no end, for meetings that are recorded later."""
    return at >= starts_at - LIMITS.early


def may_undo(*, done_at: datetime, at: datetime) -> bool:
    """Whether opening or closing may still be undone: within a day."""
    return done_at <= at <= done_at + LIMITS.undo
