"""Whom to contact next about a late charge, how, and why not yet: the ladder of notices, letters and calls.

A ladder is a dated policy of a center, adopted like every rule. Its steps follow one another: a step waits until the
one before was really delivered, so that nobody is called or cut off whom no warning has reached. Nothing here looks at
a clock or remembers a night: whatever is due and not yet sent on a day is due, also when the nights before were missed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tequio.rules.account import Charge
from tequio.rules.reasons import Text, both, long_date

DAY = timedelta(days=1)


class Channel(StrEnum):
    """A way to reach a member."""

    MAIL = "mail"
    LETTER = "letter"
    CALL = "call"


CHANNEL_NAMES = {
    Channel.MAIL: Text(en="e-mail", es="correo"),
    Channel.LETTER: Text(en="letter", es="carta"),
    Channel.CALL: Text(en="call", es="llamada"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a ladder: from `days` after the due date on, by the first of `channels` that reaches the member."""

    key: str
    days: int
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPolicy:
    """A ladder in force from a day on. Days are whole days.

    `apart_days`: the least between two steps about one charge, so that a caught-up night sends one and not three.
    `arrives_after`: how long after it was sent a channel's notice counts as delivered if nothing came back.
    `money_known_days`: no step while the center's money was last entered or read longer ago than this.
    """

    code: str
    title: Text
    decision: str
    valid_from: date
    steps: tuple[Step, ...]
    apart_days: int
    arrives_after: Mapping[Channel, int]
    money_known_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A step that was taken by one channel. `came_back_on`: the bounce, the returned letter, the wrong number."""

    step: str
    channel: Channel
    sent_on: date
    came_back_on: date | None = None


class PauseKind(StrEnum):
    """What holds a ladder still."""

    HOLD = "hold"
    PROMISE = "promise"
    CLAIM = "claim"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Something that holds the ladder still from a day through a day; without a last day until somebody ends it."""

    kind: PauseKind
    first_day: date
    last_day: date | None


class Action(StrEnum):
    """What follows for a charge on a day."""

    SEND = "send"
    WAIT = "wait"
    TASK = "task"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What follows, and why. `until`: the first day on which the answer can be another, None where no day decides."""

    action: Action
    reason: Text
    step: str | None = None
    channel: Channel | None = None
    until: date | None = None


def next_step(
    *,
    charge: Charge,
    day_zero: date,
    policy: FollowUpPolicy | None,
    notices: Sequence[Notice],
    reachable_by: frozenset[Channel],
    pauses: Sequence[Pause],
    attempts: Sequence[date],
    money_known_on: date | None,
    on: date,
) -> Outlook:
    """What follows for one charge on a day: the step to take now, or what it waits for, or why nothing follows.

    `day_zero` is the day the charge counts from (account.counts_from); `attempts` are the days on which a person tried
    to reach the member, which count as a warning; `money_known_on` is the last day the center's money is known for. The
    order of the checks is the order of importance to the member: paid, in order, paused, not sure, only then sent.
    """
    if not charge.is_open(on=on):
        return Outlook(action=Action.DONE, reason=_PAID)
    if policy is None:
        return Outlook(action=Action.DONE, reason=_NO_POLICY)
    last_sent: date | None = None
    warned = any(day >= day_zero for day in attempts if day <= on)
    for step in sorted(policy.steps, key=lambda step: step.days):
        taken = [n for n in notices if n.step == step.key and n.sent_on <= on]
        standing = [n for n in taken if n.came_back_on is None or n.came_back_on > on]
        last_sent = max([n.sent_on for n in taken], default=last_sent)
        if standing:
            arrives = min(n.sent_on + policy.arrives_after[n.channel] * DAY for n in standing)
            if arrives > on:
                return Outlook(action=Action.WAIT, reason=_under_way(notice=standing[0]), step=step.key, until=arrives)
            warned = True
            continue
        return _this_step(
            step=step,
            policy=policy,
            tried=frozenset(n.channel for n in taken),
            reachable_by=reachable_by,
            earliest=_earliest(step=step, policy=policy, day_zero=day_zero, last_sent=last_sent, again=bool(taken)),
            warned=warned,
            pauses=pauses,
            money_known_on=money_known_on,
            on=on,
        )
    return Outlook(action=Action.DONE, reason=_ALL_TAKEN)


def _earliest(*, step: Step, policy: FollowUpPolicy, day_zero: date, last_sent: date | None, again: bool) -> date:
    """The first day a step may be taken; what came back is taken again by another channel at once."""
    earliest = day_zero + step.days * DAY
    return earliest if again or last_sent is None else max(earliest, last_sent + policy.apart_days * DAY)


def _this_step(
    *,
    step: Step,
    policy: FollowUpPolicy,
    tried: frozenset[Channel],
    reachable_by: frozenset[Channel],
    earliest: date,
    warned: bool,
    pauses: Sequence[Pause],
    money_known_on: date | None,
    on: date,
) -> Outlook:
    """What follows for the step whose turn it is."""
    if on < earliest:
        return Outlook(action=Action.WAIT, reason=_not_yet(day=earliest), step=step.key, until=earliest)
    held = [pause for pause in pauses if pause.first_day <= on and (pause.last_day is None or on <= pause.last_day)]
    if held:
        ends = None if any(p.last_day is None for p in held) else max(p.last_day for p in held if p.last_day) + DAY
        return Outlook(action=Action.WAIT, reason=_paused(pause=held[0]), step=step.key, until=ends)
    if money_known_on is None or (on - money_known_on).days > policy.money_known_days:
        return Outlook(action=Action.WAIT, reason=_money(known_on=money_known_on), step=step.key)
    channel = next((c for c in step.channels if c in reachable_by and c not in tried), None)
    if channel is None:
        return Outlook(action=Action.TASK, reason=_NO_WAY, step=step.key)
    if channel is Channel.CALL and not warned:
        return Outlook(action=Action.TASK, reason=_NOT_WARNED, step=step.key)
    return Outlook(action=Action.SEND, reason=_due(channel=channel, day=earliest), step=step.key, channel=channel)


_PAID = Text(en="Nothing of it is open any more.", es="Ya no queda nada por pagar de este cargo.")
_NO_POLICY = Text(
    en="No follow-up policy is in force, so nobody is reminded.",
    es="No hay política de seguimiento vigente, así que a nadie se le recuerda.",
)
_ALL_TAKEN = Text(
    en="Every step was taken and delivered; what follows now is for people to decide.",
    es="Ya se dieron y llegaron todos los pasos; lo que sigue lo deciden las personas.",
)
_NO_WAY = Text(
    en="No way of this step reaches the member: somebody has to find an address or a number.",
    es="Ninguna de las vías de este paso llega a la membresía: alguien tiene que conseguir un domicilio o un número.",
)
_NOT_WARNED = Text(
    en="A call comes only after a warning was delivered, and none was.",
    es="La llamada viene solo después de que llegó una advertencia, y no ha llegado ninguna.",
)
_PAUSES = {
    PauseKind.HOLD: Text(en="a hold", es="una prórroga"),
    PauseKind.PROMISE: Text(en="a promise to pay", es="una promesa de pago"),
    PauseKind.CLAIM: Text(en="a claim that it was paid", es="un aviso de que ya se pagó"),
    PauseKind.PLAN: Text(en="a plan in good order", es="un plan que se está cumpliendo"),
}


def _not_yet(*, day: date) -> Text:
    return both(
        sentence=lambda x: (
            f"Este paso toca a partir del {long_date(day=day, language=x)}."
            if x == "es"
            else f"This step comes from {long_date(day=day, language=x)} on."
        )
    )


def _under_way(*, notice: Notice) -> Text:
    name = CHANNEL_NAMES[notice.channel]
    return both(
        sentence=lambda x: (
            f"Lo enviado por {name.es} el {long_date(day=notice.sent_on, language=x)} todavía puede regresar."
            if x == "es"
            else f"What was sent by {name.en} on {long_date(day=notice.sent_on, language=x)} may still come back."
        )
    )


def _paused(*, pause: Pause) -> Text:
    name, last = _PAUSES[pause.kind], pause.last_day
    if last is None:
        return Text(
            en=f"There is {name.en}; until somebody settles it, nobody is reminded.",
            es=f"Hay {name.es}; mientras alguien lo resuelve, no se recuerda nada.",
        )
    return both(
        sentence=lambda x: (
            f"Hay {name.es} hasta el {long_date(day=last, language=x)}; mientras tanto no se recuerda nada."
            if x == "es"
            else f"There is {name.en} through {long_date(day=last, language=x)}; nobody is reminded meanwhile."
        )
    )


def _money(*, known_on: date | None) -> Text:
    if known_on is None:
        return Text(
            en="No money of the center was ever entered, so it may well have been paid.",
            es="Nunca se ha registrado dinero del centro, así que bien puede estar pagado.",
        )
    return both(
        sentence=lambda x: (
            f"El dinero del centro se conoce solo hasta el {long_date(day=known_on, language=x)}; puede estar pagado."
            if x == "es"
            else f"The center's money is known only up to {long_date(day=known_on, language=x)}; it may have been paid."
        )
    )


def _due(*, channel: Channel, day: date) -> Text:
    name = CHANNEL_NAMES[channel]
    return both(
        sentence=lambda x: (
            f"Toca desde el {long_date(day=day, language=x)}, por {name.es}."
            if x == "es"
            else f"Due since {long_date(day=day, language=x)}, by {name.en}."
        )
    )
