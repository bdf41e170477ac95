"""A ladder of notices, letters and calls: its steps, what was sent by it, what holds it still."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tequio.rules.reasons import Text
from tequio.rules.standing import Standing


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
    """One step of a ladder: from `days` after the due date on, by the first of `channels` that reaches the member.

    `days` below 0 come before the due date. `standings` empty: whatever the standing; else it waits for one of them.
    """

    key: str
    days: int
    channels: tuple[Channel, ...]
    standings: frozenset[Standing] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPolicy:
    """A ladder in force from a day on. Days are whole days.

    `apart_days`: the least between two steps about one charge, so that a caught-up night sends one and not three.
    `arrives_after`: how long after it was sent a channel's notice counts as delivered if nothing came back.
    `money_known_days`: no step while the center's money was last entered or read longer ago than this.
    `held_back_days`: how much later a member of the comparison group is called.
    """

    code: str
    title: Text
    decision: str
    valid_from: date
    steps: tuple[Step, ...]
    apart_days: int
    arrives_after: Mapping[Channel, int]
    money_known_days: int
    held_back_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A step that is taken by one channel. `came_back_on`: the bounce, the returned letter, the wrong number.

    `sent_on` None: it was put down as due and has not gone out yet. `days` is the day of its step in the ladder it
    was taken by, which counts where the ladder in force has no step of that name.
    """

    step: str
    channel: Channel
    sent_on: date | None
    came_back_on: date | None = None
    days: int | None = None


class PauseKind(StrEnum):
    """What holds a ladder still."""

    HOLD = "hold"
    PROMISE = "promise"
    CLAIM = "claim"
    MONEY = "money"  # that came, and may be the member's: a person has not said yet
    PLAN = "plan"
    QUIET = "quiet"  # a holiday of the center


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Something that holds the ladder still from a day through a day; without a last day until somebody ends it."""

    kind: PauseKind
    first_day: date
    last_day: date | None
