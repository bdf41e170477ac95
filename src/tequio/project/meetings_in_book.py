"""What a rule book says of meetings: the places where people sit, and the series that are older than the program.

A series of a book has the terms it has. Its meetings are planned by whoever loads the book (`foresee_all`), and from
then on by the daily work.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tequio.centers.queries import center_by_code
from tequio.meetings.models import Place, Series
from tequio.meetings.operations.planning import open_place
from tequio.meetings.operations.series import put_down_series
from tequio.meetings.queries.series import terms_said
from tequio.meetings.series_terms import KEYS, checked, terms_of, whole
from tequio.project import reading
from tequio.project.bodies_in_book import Loader
from tequio.rules.reasons import Text

PLACE = frozenset({"code", "name", "zone", "language", "center", "online"})
SERIES = KEYS | {"code", "valid_from", "decision"}


def _place(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    code = reading.code(row, longest=40)
    if Place.objects.filter(code=code).exists():
        return
    language = reading.need(row, "language", str)
    if language not in ("en", "es"):
        raise reading.wrong("“language” is en or es", "«language» es en o es")
    open_place(
        code=code,
        name=reading.text(row, "name", longest=120),
        zone=reading.need(row, "zone", str),
        language=language,
        center=center_by_code(code=reading.need(row, "center", str)) if "center" in row else None,
        online=reading.flag(row, "online", default=False),
        actor=actor,
        at=at,
    )


def _series(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    code, valid_from = reading.code(row, longest=40), reading.day(row, "valid_from")
    if Series.objects.filter(code=code).exists():
        return
    missing = sorted((KEYS - {"deadlines"}) - set(row))
    if missing:
        raise reading.wrong(f"it lacks: {', '.join(missing)}", f"le falta: {', '.join(missing)}")
    written: dict[str, Any] = {"deadlines": [], **{key: value for key, value in row.items() if key in KEYS}}
    put_down_series(
        code=code,
        terms=whole(data=checked(data=written, start=valid_from)),
        valid_from=valid_from,
        decision=reading.decision_of(reading.need(row, "decision", str)) if "decision" in row else None,
        actor=actor,
        at=at,
    )


def series_said(*, row: dict[str, Any]) -> Text | None:
    """A series of a book that is loaded, in a sentence: when and where who meets, and what is due before."""
    terms = Series.objects.get(code=row["code"]).terms.order_by("valid_from").first()
    if terms is None or not terms.recurrence:
        return None
    return terms_said(terms_of(terms))


LOADERS: Mapping[str, Loader] = {"places": _place, "series": _series}
