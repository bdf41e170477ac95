"""The terms of a series as data: read from what somebody wrote, kept in a table, read back.

{"name": {"en": ..., "es": ...}, "recurrence": {...}, "hour": "18:00", "zone": "America/Mexico_City",
 "bodies": [{"body": "leadership-committee", "minutes": 60}], "places": ["new-york"], "deadlines": [...]}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tequio.decisions.effects import written
from tequio.decisions.effects.in_order import NOTHING, Foreseen
from tequio.decisions.effects.reading import body_code_from
from tequio.decisions.operations.founding import is_zone
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.meetings.models import Place, SeriesTerms
from tequio.meetings.operations.planning import LONGEST
from tequio.rules.clocks import OnTheClock, moment_of
from tequio.rules.deadlines import DeadlinesError, DueBefore, deadlines_from
from tequio.rules.reasons import Text
from tequio.rules.recurrence import Recurrence, RecurrenceError, occurrences, recurrence_from

KEYS = frozenset({"name", "recurrence", "hour", "zone", "bodies", "places", "deadlines"})
LONGEST_NAME = 120
BEYOND = timedelta(days=31)  # past the half year that is planned: looked at so that a meeting may move over its edge
_MOST_BODIES, _MOST_PLACES = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The time of one body in each meeting of a series, in minutes."""

    body: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a series runs. Without a recurrence it has ended."""

    name: Text
    recurrence: Recurrence | None
    hour: time
    zone: str
    bodies: tuple[Share, ...]
    places: tuple[str, ...]
    deadlines: tuple[DueBefore, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form in which an effect and a table keep them."""
        return {
            "name": self.name.as_dict(),
            "recurrence": self.recurrence.as_json() if self.recurrence else {},
            "hour": f"{self.hour:%H:%M}",
            "zone": self.zone,
            "bodies": [{"body": one.body, "minutes": one.minutes} for one in self.bodies],
            "places": list(self.places),
            "deadlines": [one.as_json() for one in self.deadlines],
        }

    @property
    def minutes(self) -> int:
        """How long a meeting lasts, all bodies together."""
        return sum(one.minutes for one in self.bodies)

    def days(self, *, first: date, last: date) -> list[date]:
        """The days from one to another on which it meets."""
        return [] if self.recurrence is None else occurrences(recurrence=self.recurrence, first=first, last=last)

    def begins(self, day: date, /) -> OnTheClock:
        """The moment a meeting of a day begins; and what is to be told of its hour, where clocks are changed then."""
        return moment_of(day=day, hour=self.hour, zone=self.zone)


def checked(*, data: Mapping[str, Any], start: date, foreseen: Foreseen = NOTHING) -> dict[str, Any]:
    """What was written of terms (any of KEYS), as it is kept. Refuses what cannot be, with a sentence.

    A recurrence that names no start is counted from `start`. A body may be one that is `foreseen`.
    """
    readers: dict[str, Callable[[], Any]] = {
        "name": lambda: written.bilingual(data=data, key="name", longest=LONGEST_NAME).as_dict(),
        "recurrence": lambda: _recurrence(data, start=start).as_json(),
        "hour": lambda: f"{_hour(data):%H:%M}",
        "zone": lambda: _zone(data),
        "bodies": lambda: [{"body": one.body, "minutes": one.minutes} for one in _bodies(data, foreseen)],
        "places": lambda: _places(data),
        "deadlines": lambda: [one.as_json() for one in _deadlines(data)],
    }
    return {key: read() for key, read in readers.items() if key in data}


def whole(*, data: Mapping[str, Any]) -> Terms:
    """Terms from data that were checked before."""
    recurrence = data["recurrence"]
    return Terms(
        name=Text(**data["name"]),
        recurrence=recurrence_from(data=recurrence) if recurrence else None,
        hour=time.fromisoformat(data["hour"]),
        zone=data["zone"],
        bodies=tuple(Share(body=one["body"], minutes=one["minutes"]) for one in data["bodies"]),
        places=tuple(data["places"]),
        deadlines=tuple(deadlines_from(data=data.get("deadlines", []))),
    )


def terms_of(row: SeriesTerms, /) -> Terms:
    """The terms that a row keeps."""
    return whole(
        data={
            "name": text_of(row=row, name="name").as_dict(),
            "recurrence": row.recurrence,
            "hour": f"{row.hour:%H:%M}",
            "zone": row.zone,
            "bodies": row.bodies,
            "places": row.places,
            "deadlines": row.deadlines,
        }
    )


def near(terms: Terms) -> int:
    """How many days a meeting may move and still be the same one: half the time to the next, a fortnight at most."""
    recurrence = terms.recurrence
    if recurrence is None or recurrence.kind != "weekday":
        return 15
    return min(15, 7 * recurrence.every // 2)


def _recurrence(data: Mapping[str, Any], *, start: date) -> Recurrence:
    value = data.get("recurrence")
    if not isinstance(value, Mapping):
        raise written.wrong(
            key="recurrence",
            en='is a table like {"kind": "weekday_of_month", "which": "first", "weekday": "saturday"}',
            es='es una tabla como {"kind": "weekday_of_month", "which": "first", "weekday": "saturday"}',
        )
    try:
        return recurrence_from(data={"start": start.isoformat(), **value})
    except RecurrenceError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error


def _hour(data: Mapping[str, Any]) -> time:
    value = data.get("hour")
    try:
        return datetime.strptime(value if isinstance(value, str) else "", "%H:%M").time()  # noqa: DTZ007 - CONFIG: the zone stands beside it
    except ValueError as error:
        raise written.wrong(key="hour", en="is an hour like 18:30", es="es una hora como 18:30") from error


def _zone(data: Mapping[str, Any]) -> str:
    value = data.get("zone")
    if not isinstance(value, str) or len(value) > 60 or not is_zone(value):  # noqa: PLR2004 - CONFIG: its column
        raise written.wrong(
            key="zone", en="is a zone like America/Mexico_City", es="es una zona como America/Mexico_City"
        )
    return value


def _bodies(data: Mapping[str, Any], foreseen: Foreseen) -> list[Share]:
    value = data.get("bodies")
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_BODIES:
        raise written.wrong(
            key="bodies",
            en='is a list like [{"body": "leadership-committee", "minutes": 60}]',
            es='es una lista como [{"body": "leadership-committee", "minutes": 60}]',
        )
    found = []
    for one in value:
        if not isinstance(one, Mapping) or set(one) != {"body", "minutes"}:
            raise written.wrong(
                key="bodies",
                en="names a body and its minutes, each time",
                es="lleva cada vez una instancia y sus minutos",
            )
        minutes = written.number(data=one, key="minutes", least=1, most=LONGEST)
        found.append(Share(body=body_code_from(data=one, foreseen=foreseen), minutes=minutes))
    if len({one.body for one in found}) < len(found):
        raise Refusal(en="A body is named twice.", es="Una instancia aparece dos veces.")
    if sum(one.minutes for one in found) > LONGEST:
        raise Refusal(en="A meeting lasts a day at most.", es="Una reunión dura un día cuando más.")
    return found


def _places(data: Mapping[str, Any]) -> list[str]:
    codes = written.words(data=data, key="places")
    if not 1 <= len(codes) <= _MOST_PLACES:
        raise written.wrong(key="places", en="names where people meet", es="dice dónde se reúnen")
    known = set(Place.objects.filter(closed_on__isnull=True).values_list("code", flat=True))
    for code in codes:
        if code not in known:
            there = ", ".join(sorted(known)) or "-"
            raise Refusal(
                en=f"There is no place “{written.shown(code)}”. There are: {there}.",
                es=f"No existe el lugar «{written.shown(code)}». Existen: {there}.",
            )
    return codes


def _deadlines(data: Mapping[str, Any]) -> list[DueBefore]:
    try:
        return deadlines_from(data=data.get("deadlines"))
    except DeadlinesError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
