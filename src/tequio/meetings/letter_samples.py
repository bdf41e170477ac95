"""The letters about meetings with invented facts, to be read before anybody gets one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tequio.decisions.queries.hours import Hours, city_of
from tequio.kernel.mail.composing import Composed
from tequio.meetings.operations.calling import CALL, NEWS, Moved, composed, news
from tequio.meetings.queries.calls import Called, PartCalled
from tequio.rules.interpreting import directions_lacking, said
from tequio.rules.moments import City
from tequio.rules.reasons import LANGUAGES, Text

_ZONES = ("America/New_York", "America/Mexico_City")
_BEGINS = datetime(2016, 4, 2, 17, 0, tzinfo=UTC)
_TITLE = Text(en="Meeting of April", es="Reunión de abril")
_PK = 7


def samples() -> list[tuple[str, str, Composed]]:
    """The kind, the language and the letter: two calls, and a meeting that was moved and one that was cancelled."""
    clocks = Hours(cities=tuple(City(name=city_of(zone=zone), zone=ZoneInfo(zone)) for zone in _ZONES))
    before = clocks.moment(_BEGINS - timedelta(days=7))
    changes = (
        Moved(pk=_PK, title=_TITLE, was=before, now=clocks.moment(_BEGINS), cancelled_because=""),
        Moved(
            pk=_PK,
            title=_TITLE,
            was=before,
            now=before,
            cancelled_because="The workshop is flooded / Se inundó el taller",
        ),
    )
    found: list[tuple[str, str, Composed]] = []
    for language in LANGUAGES:
        found += [(CALL, language, composed(called=called, language=language)) for called in _calls(clocks=clocks)]
        found += [(NEWS, language, news(moved=moved, language=language)) for moved in changes]
    return found


def _calls(*, clocks: Hours) -> list[Called]:
    """The call of two bodies with interpretation one way, and of one body that has nothing on its agenda yet."""
    assembly = PartCalled(
        body=Text(en="Assembly", es="Asamblea"),
        begins=clocks.moment(_BEGINS),
        minutes=60,
        items=[
            Text(en="Report of the treasurers", es="Informe de las tesorerías"),
            Text(en="New table of dues", es="Nueva tabla de cuotas"),
        ],
    )
    support = PartCalled(
        body=Text(en="Support committee", es="Comité de apoyo"),
        begins=clocks.moment(_BEGINS + timedelta(hours=1)),
        minutes=60,
        items=[],
    )
    places = [
        (Text(en="New York", es="Nueva York"), "16 Example St."),
        (Text(en="Mexico City", es="Ciudad de México"), ""),
    ]
    return [
        _call(clocks=clocks, parts=[assembly, support], places=places, signed_up=["en-es"]),
        _call(clocks=clocks, parts=[support], places=places[:1], signed_up=[]),
    ]


def _call(*, clocks: Hours, parts: list[PartCalled], places: list[tuple[Text, str]], signed_up: list[str]) -> Called:
    minutes = sum(part.minutes for part in parts)
    languages = ["en", "es"][: len(places)]
    return Called(
        pk=_PK,
        title=_TITLE,
        when=parts[0].begins,
        ends=clocks.moment(parts[0].begins.at + timedelta(minutes=minutes)),
        minutes=minutes,
        parts=parts,
        places=places,
        interpretation=said(languages=languages, signed_up=signed_up),
        lacks_interpretation=bool(directions_lacking(languages=languages, signed_up=signed_up)),
        cancelled=False,
    )
