"""Who speaks next, and why: whoever has not spoken yet, then the other city, then who asked first.

The order is worked out each time from who asked and who spoke; nothing is stored. So it can be read out: each place in
it comes with its reason. The precedence is that of the organization: first-time speakers in the item, then in the
meeting, then another place than the last speaker's. Somebody who has spoken waits for those who have not, never longer.

A turn is so many minutes; where somebody present follows the other language, interpretation one sentence after the
other takes the same time again, so the turn is planned twice as long.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tequio.rules.reasons import Text

TURN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody who asked to speak: who (a code for the person), where, in which language, when."""

    code: int
    who: str
    place: str
    place_name: Text
    language: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A turn that began before: who, where, and whether it was about this item."""

    who: str
    place: str
    here: bool
    began_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A place in the order, from 1: how long the turn is planned, in how long it begins, and why it is there."""

    code: int
    place: int
    lasts: timedelta
    begins_in: timedelta
    interpreted: bool
    why: Text


def queue(*, waiting: Sequence[Waiting], spoken: Sequence[Spoken], follow: Collection[str]) -> tuple[Queued, ...]:
    """Everybody who waits, in the order in which they speak if nobody else asks.

    `spoken` are the turns of the meeting that began, in any order. `follow` are the languages that those present
    follow: a turn in one of them is interpreted where somebody follows another.
    """
    before = sorted(spoken, key=lambda turn: turn.began_at)
    in_item = {turn.who for turn in before if turn.here}
    in_meeting = {turn.who for turn in before}
    last = before[-1].place if before else None
    left, begins = list(waiting), timedelta(0)
    found: list[Queued] = []
    while left:
        chosen = min(left, key=lambda one: _key(one, in_item=in_item, in_meeting=in_meeting, last=last))
        others = [one for one in left if one is not chosen]
        interpreted = needs_interpretation(language=chosen.language, follow=follow)
        lasts = TURN * 2 if interpreted else TURN
        found.append(
            Queued(
                code=chosen.code,
                place=len(found) + 1,
                lasts=lasts,
                begins_in=begins,
                interpreted=interpreted,
                why=_why(chosen, others=others, in_item=in_item, in_meeting=in_meeting, last=last),
            )
        )
        left, last, begins = others, chosen.place, begins + lasts
        in_item.add(chosen.who)
        in_meeting.add(chosen.who)
    return tuple(found)


def needs_interpretation(*, language: str, follow: Collection[str]) -> bool:
    """Whether somebody present follows another language than the one that is spoken."""
    return any(other != language for other in follow)


def _key(
    one: Waiting, *, in_item: Collection[str], in_meeting: Collection[str], last: str | None
) -> tuple[bool, bool, bool, datetime, int]:
    return (
        one.who in in_item,
        one.who in in_meeting,
        last is not None and one.place == last,
        one.asked_at,
        one.code,
    )


def _why(
    one: Waiting, *, others: Sequence[Waiting], in_item: Collection[str], in_meeting: Collection[str], last: str | None
) -> Text:
    """What puts somebody here: how often it has spoken, the city, and, where that is even, the hour it asked."""
    if one.who in in_item:
        heard = Text(en="has spoken on this item", es="ya habló en este punto")
    elif one.who in in_meeting:
        heard = Text(
            en="has not spoken on this item, only on others before", es="no ha hablado en este punto, solo en otros"
        )
    else:
        heard = Text(en="has not spoken in this meeting yet", es="todavía no ha hablado en esta reunión")
    reasons = [heard]
    other_place = last is not None and one.place != last
    if other_place:
        reasons.append(
            Text(
                en=f"sits in another place than whoever speaks before ({one.place_name.en})",
                es=f"está en otro lugar que quien habla antes ({one.place_name.es})",
            )
        )
    elif last is not None:
        reasons.append(
            Text(
                en=f"sits in the same place as whoever speaks before ({one.place_name.en})",
                es=f"está en el mismo lugar que quien habla antes ({one.place_name.es})",
            )
        )
    mine = _key(one, in_item=in_item, in_meeting=in_meeting, last=last)[:3]
    even = [other for other in others if _key(other, in_item=in_item, in_meeting=in_meeting, last=last)[:3] == mine]
    if even:
        reasons.append(
            Text(en="asked before the others of whom that is true", es="lo pidió antes que las demás en el mismo caso")
        )
    en, es = "; ".join(reason.en for reason in reasons), "; ".join(reason.es for reason in reasons)
    return Text(en=f"{en[:1].upper()}{en[1:]}.", es=f"{es[:1].upper()}{es[1:]}.")
