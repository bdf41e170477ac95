"""The list of speakers of an item: who speaks, who is next and why, who spoke, whoever may still ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tequio.decisions.queries.hours import Moment
from tequio.kernel.texts import text_of
from tequio.meetings.models import AgendaItem, Attendance, MeetingPlace, SpeakerTurn
from tequio.meetings.page_queries.meeting import state_of
from tequio.meetings.queries.clocks import clocks_of
from tequio.meetings.queries.present import follows, present_at
from tequio.rules.reasons import Text
from tequio.rules.speakers import Spoken, Waiting, queue

LANGUAGE_NAMES = {"en": Text(en="English", es="inglés"), "es": Text(en="Spanish", es="español")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnShown:
    """A turn: whose, where, in which language; for one that waits its place, its reason and its times in minutes."""

    pk: int
    user_pk: int | None
    name: str
    place: Text
    language: Text
    number: int
    why: Text | None
    minutes: int
    begins_in: int
    interpreted: bool
    began: Moment | None
    spoke: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MayAsk:
    """Somebody who is there and does not wait yet."""

    attendance_pk: int
    user_pk: int | None
    name: str
    place: Text
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersShown:
    """Everything the page shows. `mine` is the attendance of whoever looks, `my_turn` its turn that waits."""

    item: AgendaItem
    title: Text
    state: str
    is_open: bool
    speaking: TurnShown | None
    elsewhere: str
    waiting: Sequence[TurnShown]
    spoken: Sequence[TurnShown]
    others: Sequence[MayAsk]
    mine: MayAsk | None
    my_turn: TurnShown | None
    languages: Sequence[Text]


def speakers_shown(*, item: AgendaItem, viewer_pk: int | None, at: datetime) -> SpeakersShown:
    """The page at a moment. Constant queries in speakers."""
    meeting = item.part.meeting
    places = [row.place for row in MeetingPlace.objects.filter(meeting=meeting).select_related("place").order_by("pk")]
    clocks = clocks_of(places=places)
    rows = SpeakerTurn.objects.filter(item__part__meeting=meeting, withdrawn_at__isnull=True)
    turns = list(rows.select_related("user", "place").order_by("asked_at", "pk"))
    present = present_at(meeting=meeting, at=at)
    followed = follows(present=present)
    here = [turn for turn in turns if turn.item_id == item.pk]
    asked = {turn.pk: turn for turn in here if turn.began_at is None}
    order = queue(
        waiting=[_waiting(turn) for turn in asked.values()],
        spoken=[
            Spoken(who=_who(turn), place=turn.place.code, here=turn.item_id == item.pk, began_at=turn.began_at)
            for turn in turns
            if turn.began_at is not None
        ],
        follow=followed,
    )
    waiting = [
        _turn(
            asked[one.code],
            number=one.place,
            why=one.why,
            minutes=int(one.lasts.total_seconds() // 60),
            begins_in=int(one.begins_in.total_seconds() // 60),
            interpreted=one.interpreted,
        )
        for one in order
    ]
    running = next((turn for turn in turns if turn.began_at is not None and turn.ended_at is None), None)
    spoken = [turn for turn in here if turn.began_at is not None and turn.ended_at is not None]
    others = _may_ask(present=present, waiting=asked.values())
    return SpeakersShown(
        item=item,
        title=text_of(row=item, name="title"),
        state=state_of(meeting),
        is_open=state_of(meeting) == "open" and item.closed_at is None and item.withdrawn_at is None,
        speaking=_turn(running, began=clocks.moment_or_none(running.began_at))
        if running is not None and running.item_id == item.pk
        else None,
        elsewhere=_name(running) if running is not None and running.item_id != item.pk else "",
        waiting=waiting,
        spoken=[_turn(turn, spoke=_minutes(turn)) for turn in sorted(spoken, key=lambda one: (one.began_at, one.pk))],
        others=others,
        mine=next((one for one in others if viewer_pk is not None and one.user_pk == viewer_pk), None),
        my_turn=next((one for one in waiting if viewer_pk is not None and one.user_pk == viewer_pk), None),
        languages=[LANGUAGE_NAMES[code] for code in sorted(followed)],
    )


def _waiting(turn: SpeakerTurn) -> Waiting:
    return Waiting(
        code=turn.pk,
        who=_who(turn),
        place=turn.place.code,
        place_name=text_of(row=turn.place, name="name"),
        language=turn.language,
        asked_at=turn.asked_at,
    )


def _who(turn: SpeakerTurn) -> str:
    return f"user:{turn.user_id}" if turn.user_id else f"guest:{turn.name.casefold()}"


def _name(turn: SpeakerTurn) -> str:
    return turn.user.name if turn.user else turn.name


def _minutes(turn: SpeakerTurn) -> int | None:
    """How long it was, in minutes rounded up."""
    if turn.began_at is None or turn.ended_at is None:
        return None
    return max(1, -(-int((turn.ended_at - turn.began_at).total_seconds()) // 60))


def _turn(
    turn: SpeakerTurn,
    *,
    number: int = 0,
    why: Text | None = None,
    minutes: int = 0,
    begins_in: int = 0,
    interpreted: bool = False,
    began: Moment | None = None,
    spoke: int | None = None,
) -> TurnShown:
    return TurnShown(
        pk=turn.pk,
        user_pk=turn.user_id,
        name=_name(turn),
        place=text_of(row=turn.place, name="name"),
        language=LANGUAGE_NAMES[turn.language],
        number=number,
        why=why,
        minutes=minutes,
        begins_in=begins_in,
        interpreted=interpreted,
        began=began,
        spoke=spoke,
    )


def _may_ask(*, present: Sequence[Attendance], waiting: object) -> list[MayAsk]:
    """Who is there and does not wait."""
    asked = {_who(turn) for turn in waiting}  # type: ignore[attr-defined]
    found = []
    for row in present:
        who = f"user:{row.user_id}" if row.user_id else f"guest:{row.name.casefold()}"
        if who in asked:
            continue
        found.append(
            MayAsk(
                attendance_pk=row.pk,
                user_pk=row.user_id,
                name=row.user.name if row.user else row.name,
                place=text_of(row=row.place, name="name"),
                language=row.user.language if row.user else row.place.language,
            )
        )
    return found
