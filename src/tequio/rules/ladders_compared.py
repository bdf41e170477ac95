"""What would another ladder do? Its steps beside those in force, and what each asks of the members that are late.

Nothing is sent or forgotten here: both ladders are asked the same question on the same day, with the same facts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tequio.rules.followup import Action, Outlook
from tequio.rules.ladder import CHANNEL_NAMES, Channel, FollowUpPolicy, Step
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """One step before and after: None where the ladder has none of that key."""

    key: str
    before: Step | None
    after: Step | None

    @property
    def said(self) -> Text:
        """What changes about it, in a sentence."""
        if self.before is None and self.after is not None:
            new = said_of(step=self.after)
            return Text(en=f"New: {new.en}.", es=f"Nuevo: {new.es}.")
        if self.after is None and self.before is not None:
            old = said_of(step=self.before)
            return Text(en=f"Gone: {old.en}.", es=f"Ya no: {old.es}.")
        old, new = (said_of(step=step) for step in (self.before, self.after) if step is not None)
        return Text(en=f"Before: {old.en}. After: {new.en}.", es=f"Antes: {old.es}. Después: {new.es}.")


def steps_compared(*, before: FollowUpPolicy | None, after: FollowUpPolicy) -> tuple[StepChange, ...]:
    """The steps that are not the same in both ladders, by the day they come, those that go included."""
    old = {step.key: step for step in before.steps} if before else {}
    new = {step.key: step for step in after.steps}
    changes = [
        StepChange(key=key, before=old.get(key), after=new.get(key))
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    ]
    return tuple(sorted(changes, key=lambda c: ((c.after or c.before or _NONE).days, c.key)))


def said_of(*, step: Step) -> Text:
    """A step in a few words: its day, its ways, and for whom."""
    names = [CHANNEL_NAMES[channel] for channel in step.channels]
    only = [STANDING_NAMES[standing] for standing in Standing if standing in step.standings]
    en, es = f"from day {step.days} on", f"desde el día {step.days}"
    en += f", by {', else '.join(n.en for n in names)}"
    es += f", por {'; si no, por '.join(n.es for n in names)}"
    if only:
        en += f", only while {' or '.join(s.en for s in only)}"
        es += f", solo estando {' o '.join(s.es for s in only)}"
    return Text(en=en, es=es)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What both ladders say of one late charge of a member on the same day."""

    member: int
    before: Outlook
    after: Outlook


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How many members come to the same: what follows for them now, and what would."""

    before: Text
    after: Text
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two ladders over the members that are late on a day.

    `tonight` are members by the channel they would be reached by at once, before and after; a member reached by two
    counts for each. `sooner` and `later` are members something would come to at once that does not now, and the
    other way round.
    """

    members: int
    tonight_before: dict[Channel, int]
    tonight_after: dict[Channel, int]
    tasks_before: int
    tasks_after: int
    sooner: int
    later: int
    rows: tuple[Row, ...]


def compare(*, asked: Sequence[Asked], names: dict[str, Text]) -> Compared:
    """Count what two ladders would do with the members that are late. `names` are the steps' titles, by key."""
    now, then = _at_once(asked=asked, after=False), _at_once(asked=asked, after=True)
    sending_now, sending_then = {m for m, _ in now}, {m for m, _ in then}
    rows: Counter[tuple[Text, Text]] = Counter()
    for _, before, after in sorted({(a.member, _what(a.before, names), _what(a.after, names)) for a in asked}, key=str):
        rows[(before, after)] += 1
    return Compared(
        members=len({a.member for a in asked}),
        tonight_before=_by_channel(now),
        tonight_after=_by_channel(then),
        tasks_before=len({a.member for a in asked if a.before.action is Action.TASK}),
        tasks_after=len({a.member for a in asked if a.after.action is Action.TASK}),
        sooner=len(sending_then - sending_now),
        later=len(sending_now - sending_then),
        rows=tuple(
            Row(before=before, after=after, members=many)
            for (before, after), many in sorted(rows.items(), key=lambda item: (-item[1], item[0][0].en, item[0][1].en))
        ),
    )


def _at_once(*, asked: Iterable[Asked], after: bool) -> set[tuple[int, Channel]]:
    outlooks = ((a.member, a.after if after else a.before) for a in asked)
    return {(m, o.channel) for m, o in outlooks if o.action is Action.SEND and o.channel is not None}


def _by_channel(found: set[tuple[int, Channel]]) -> dict[Channel, int]:
    counts = Counter(channel for _, channel in found)
    return {channel: counts[channel] for channel in Channel if counts[channel]}


def _what(outlook: Outlook, names: dict[str, Text]) -> Text:
    """What follows, in a few words that many members share."""
    if outlook.action is Action.DONE or outlook.step is None:
        return outlook.reason
    name = names.get(outlook.step, Text(en=outlook.step, es=outlook.step))
    if outlook.action is Action.SEND and outlook.channel is not None:
        way = CHANNEL_NAMES[outlook.channel]
        return Text(en=f"{name.en}: at once, by {way.en}", es=f"{name.es}: de inmediato, por {way.es}")
    if outlook.action is Action.TASK:
        return Text(en=f"{name.en}: needs a person", es=f"{name.es}: necesita a una persona")
    return Text(en=f"{name.en}: waits", es=f"{name.es}: espera")


_NONE = Step(key="", days=0, channels=())
