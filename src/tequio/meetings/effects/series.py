# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""Effects on series of meetings: beginning one; changing or ending one from a day on."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tequio.decisions.effects import written
from tequio.decisions.effects.in_order import NOTHING, Foreseen, Made, refuse_earlier
from tequio.decisions.effects.quiet import Quiet, dated
from tequio.decisions.effects.registry import Change, Consequences, Effect, Plan, Table
from tequio.decisions.models import Decision
from tequio.decisions.queries.hours import Hours, city_of, hours
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.meetings.models import Series
from tequio.meetings.operations.series import AHEAD, change_series, create_series
from tequio.meetings.queries.series import (
    before_and_after,
    bodies_said,
    collisions,
    hours_said,
    last_terms,
    places_said,
    series_by_code,
    terms_warned,
)
from tequio.meetings.series_terms import KEYS, Terms, checked, terms_of, whole
from tequio.rules.deadlines import said as deadline_said
from tequio.rules.reasons import Text, long_date
from tequio.rules.recurrence import said

_LONGEST_CODE = 40
_MOST_ROWS = 40
_NAME, _WHEN = Text(en="Name", es="Nombre"), Text(en="When", es="Cuándo")
_HOUR, _BODIES = Text(en="Hour", es="Hora"), Text(en="Who meets", es="Quién se reúne")
_PLACES, _DUE = Text(en="Where", es="Dónde"), Text(en="What is due before", es="Qué se entrega antes")
_NO_MORE = Text(en="it ends", es="termina")


class CreateSeries(Quiet):
    """Meetings that come again, from a day on: who, when, where, and what is due before each."""

    name = "series.create"
    title = Text(en="Begin a series of meetings", es="Empezar una serie de reuniones")
    ahead = True
    example: Mapping[str, Any] = {
        "code": "international",
        "name": {"en": "Internationalization", "es": "Internacionalización"},
        "from": "2031-07-01",
        "recurrence": {"kind": "weekday_of_month", "every": 3, "which": "second", "weekday": "sunday"},
        "hour": "12:00",
        "zone": "America/Mexico_City",
        "bodies": [{"body": "leadership-committee", "minutes": 60}],
        "places": ["new-york", "mexico-city"],
        "deadlines": [{"kind": "proposals_close", "days": 25}, {"kind": "documents_out", "days": 11}],
    }
    _needed = KEYS - {"deadlines"}

    def __init__(self, *, foreseen: Foreseen = NOTHING) -> None:
        self._foreseen = foreseen

    def after(self, foreseen: Foreseen, /) -> "CreateSeries":
        """This method will return the kind as it stands behind other effects: a body may be one they found."""
        return CreateSeries(foreseen=foreseen)

    def makes(self, *, data: Mapping[str, Any]) -> Made:
        """This method will say which series it begins."""
        code = data.get("code")
        return Made(series=frozenset({code} if isinstance(code, str) else ()))

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the series as it is kept, or refuse a code that is taken and what is missing."""
        written.refuse_unknown(keys=data, known=KEYS | {"code", "from"}, where=self.name)
        code = written.code(data=data, longest=_LONGEST_CODE)
        _refuse_taken(code)
        day = written.day_from(data=data, key="from", on=on)
        missing = sorted(self._needed - set(data))
        if missing:
            raise Refusal(en=f"It lacks: {', '.join(missing)}.", es=f"Le falta: {', '.join(missing)}.")
        kept = checked(data={"deadlines": [], **data}, start=day, foreseen=self._foreseen)
        refuse_earlier(data=kept, day=day, foreseen=self._foreseen)
        return {"code": code, "from": day.isoformat(), **kept}

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say what meets, and when."""
        terms, day = whole(data=data), date.fromisoformat(data["from"])
        when = _when(terms)
        frame = Text(
            en=f"“{terms.name.en}” meets: {when.en}, {_wall(terms.hour, terms.zone).en}",
            es=f"«{terms.name.es}» se reúne: {when.es}, {_wall(terms.hour, terms.zone).es}",
        )
        return dated(frame, day)

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the terms of the series."""
        day = max(on, date.fromisoformat(data["from"]))
        terms = whole(data=data)
        return Plan(
            effective_on=day,
            changes=_changes(before=None, after=terms, foreseen=self._foreseen),
            data={**data, "from": day.isoformat()},
        )

    def consequences(
        self, *, data: Mapping[str, Any], on: date, assumptions: Mapping[str, int] | None = None
    ) -> Consequences:
        """This method will list its first meetings in the hours of every city, and what does not fit."""
        day = _begins(data, on)
        return _consequences(before=None, after=whole(data=data), series=None, day=day, foreseen=self._foreseen)

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will begin the series and plan its meetings of half a year."""
        data = plan.data
        create_series(
            code=data["code"],
            terms=whole(data=data),
            valid_from=date.fromisoformat(data["from"]),
            decision=decision,
            actor=actor,
            at=at,
        )
        return {"series": data["code"]}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the series, and the decision it cites."""
        there = Series.objects.filter(code=result.get("series"), decision=decision).exists()
        return "" if there else f"there is no series {result.get('series')} that cites it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will end the series."""
        day = max(on, date.fromisoformat(plan["from"]) + timedelta(days=1))
        return [
            Effect(kind=ChangeSeries.name, data={"series": result["series"], "from": day.isoformat(), "ends": True})
        ]


class ChangeSeries(Quiet):
    """A series runs otherwise from a day on, or ends. What the effect does not name stays as it is."""

    name = "series.change"
    title = Text(en="Change or end a series of meetings", es="Cambiar o terminar una serie de reuniones")
    ahead = True
    example: Mapping[str, Any] = {
        "series": "leadership",
        "from": "2031-07-01",
        "recurrence": {"kind": "weekday_of_month", "which": "second", "weekday": "sunday"},
        "bodies": [{"body": "leadership-committee", "minutes": 60}, {"body": "assembly", "minutes": 60}],
    }

    def __init__(self, *, foreseen: Foreseen = NOTHING) -> None:
        self._foreseen = foreseen

    def after(self, foreseen: Foreseen, /) -> "ChangeSeries":
        """This method will return the kind as it stands behind other effects: a body may be one they found."""
        return ChangeSeries(foreseen=foreseen)

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the change as it is kept, or refuse one of nothing, and a series that ended."""
        written.refuse_unknown(keys=data, known=KEYS | {"series", "from", "ends"}, where=self.name)
        code = data.get("series")
        if not isinstance(code, str):
            raise written.wrong(key="series", en="is the code of a series", es="es el código de una serie")
        series = series_by_code(code=code)
        day = written.day_from(data=data, key="from", on=on)
        last = last_terms(series=series)
        if last is not None and last.valid_from >= day:
            raise Refusal(
                en=f"The series has terms from {long_date(day=last.valid_from, language='en')}; others begin later.",
                es=f"La serie tiene condiciones desde el {long_date(day=last.valid_from, language='es')}; otras "
                "empiezan después.",
            )
        ends = written.flag(data=data, key="ends", default=False)
        kept = checked(data=data, start=day, foreseen=self._foreseen)
        refuse_earlier(data=kept, day=day, foreseen=self._foreseen)
        if ends == bool(kept):
            raise Refusal(
                en="Say what changes, or that it ends; not both and not nothing.",
                es="Diga qué cambia, o que termina; no las dos cosas ni ninguna.",
            )
        if not ends and "recurrence" not in kept and (last is None or not last.recurrence):
            raise Refusal(
                en="That series has ended: say when it meets again.",
                es="Esa serie ya terminó: diga cuándo se vuelve a reunir.",
            )
        if ends and (last is None or not last.recurrence):
            raise Refusal(en="That series has ended.", es="Esa serie ya terminó.")
        return {"series": code, "from": day.isoformat(), **({"ends": True} if ends else {}), **kept}

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will name the series and what changes."""
        name, day = _name_of(data["series"]), date.fromisoformat(data["from"])
        if data.get("ends"):
            return dated(Text(en=f"“{name.en}” meets no more", es=f"«{name.es}» deja de reunirse"), day)
        after = _after(data)
        when, who = _when(after), bodies_said(after, foreseen=self._foreseen)
        frame = Text(
            en=f"“{name.en}” meets otherwise: {when.en}, {_wall(after.hour, after.zone).en}, {who.en}",
            es=f"«{name.es}» se reúne de otro modo: {when.es}, {_wall(after.hour, after.zone).es}, {who.es}",
        )
        return dated(frame, day)

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the terms that are last on the list, by their day."""
        return {"terms": _last_day(series_by_code(code=data["series"]))}

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that the series got other terms since, and show both."""
        series = series_by_code(code=data["series"])
        if "terms" not in base or base["terms"] == _last_day(series):
            return None
        row = last_terms(series=series)
        now = _NO_MORE if row is None or not row.recurrence else _when(terms_of(row))
        wanted = _NO_MORE if data.get("ends") else _when(_after(data))
        since = _last_day(series)
        name = _name_of(data["series"])
        return Text(
            en=f"“{name.en}” has other terms by now, from {since}: {now.en}. This would make it: {wanted.en}. Nothing "
            "is overwritten.",
            es=f"«{name.es}» ya tiene otras condiciones, desde {since}: {now.es}. Con esto sería: {wanted.es}. No "
            "se sobrescribe nada.",
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the terms before and after. Confirmed late, they begin on `on`."""
        day = _begins(data, on)
        row = last_terms(series=series_by_code(code=data["series"]))
        before = terms_of(row) if row is not None else None
        after = _after(data)
        return Plan(
            effective_on=day,
            changes=_changes(before=before, after=after, foreseen=self._foreseen),
            data={
                "series": data["series"],
                "from": day.isoformat(),
                "terms": after.as_json(),
                "before": before.as_json() if before else None,
            },
        )

    def consequences(
        self, *, data: Mapping[str, Any], on: date, assumptions: Mapping[str, int] | None = None
    ) -> Consequences:
        """This method will list the meetings before and after in the hours of every city, and what does not fit."""
        series = series_by_code(code=data["series"])
        row = last_terms(series=series)
        before = terms_of(row) if row is not None else None
        day = _begins(data, on)
        return _consequences(before=before, after=_after(data), series=series, day=day, foreseen=self._foreseen)

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will put the terms on the list and bring the planned meetings to them."""
        data = plan.data
        change_series(
            series=series_by_code(code=data["series"]),
            terms=whole(data=data["terms"]),
            valid_from=date.fromisoformat(data["from"]),
            decision=decision,
            actor=actor,
            at=at,
        )
        return {"series": data["series"], "from": data["from"]}

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will look for the terms, and the decision they cite."""
        there = Series.objects.filter(code=result.get("series"), terms__decision=decision).exists()
        return "" if there else f"{result.get('series')} has no terms that cite it"

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will give the series back the terms it had."""
        day = max(on, date.fromisoformat(result["from"]) + timedelta(days=1)).isoformat()
        before = plan["before"]
        if not before["recurrence"]:
            return [Effect(kind=self.name, data={"series": result["series"], "from": day, "ends": True})]
        return [Effect(kind=self.name, data={"series": result["series"], "from": day, **before})]


def _refuse_taken(code: str) -> None:
    if Series.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a series “{code}” already.", es=f"Ya existe la serie «{code}».")


def _last_day(series: Series) -> str | None:
    row = last_terms(series=series)
    return row.valid_from.isoformat() if row else None


def _name_of(code: str) -> Text:
    row = last_terms(series=series_by_code(code=code))
    return text_of(row=row, name="name") if row else Text(en=code, es=code)


def _begins(data: Mapping[str, Any], on: date) -> date:
    return max(on, date.fromisoformat(data["from"]))


def _after(data: Mapping[str, Any]) -> Terms:
    """The terms that follow: those there are, with what the effect names."""
    row = last_terms(series=series_by_code(code=data["series"]))
    kept = terms_of(row).as_json() if row is not None else {}
    changed = {key: value for key, value in data.items() if key in KEYS}
    if data.get("ends"):
        changed["recurrence"] = {}
    return whole(data={**kept, **changed})


def _when(terms: Terms) -> Text:
    return said(recurrence=terms.recurrence) if terms.recurrence else _NO_MORE


def _wall(hour: time, zone: str) -> Text:
    city = city_of(zone=zone)
    return Text(en=f"{hour:%H:%M} in {city.en}", es=f"{hour:%H:%M} en {city.es}")


def _lines(terms: Terms, *, foreseen: Foreseen) -> list[tuple[Text, Text]]:
    if terms.recurrence is None:
        return [(_NAME, terms.name), (_WHEN, _NO_MORE)]
    due = [deadline_said(due=one) for one in terms.deadlines]
    nothing = Text(en="nothing", es="nada")
    return [
        (_NAME, terms.name),
        (_WHEN, _when(terms)),
        (_HOUR, _wall(terms.hour, terms.zone)),
        (_BODIES, bodies_said(terms, foreseen=foreseen)),
        (_PLACES, places_said(terms.places)),
        (
            _DUE,
            Text(en=" ".join(one.en for one in due), es=" ".join(one.es for one in due)) if due else nothing,
        ),
    ]


def _changes(*, before: Terms | None, after: Terms, foreseen: Foreseen) -> tuple[Change, ...]:
    then = dict(_lines(before, foreseen=NOTHING)) if before else {}
    now = dict(_lines(after, foreseen=foreseen))
    found = [Change(what=what, before=then.get(what), after=value) for what, value in now.items()]
    if not before:
        return tuple(found)
    changed = [one for one in found if one.before != one.after]
    return tuple(changed or found[1:2])


def _consequences(
    *, before: Terms | None, after: Terms, series: Series | None, day: date, foreseen: Foreseen
) -> Consequences:
    clocks, last = hours(), day + AHEAD
    days = after.days(first=day, last=last)
    at = datetime.combine(day, time.min, tzinfo=ZoneInfo(after.zone))
    sentences = [
        *hours_said(terms=after, days=days, clocks=clocks),
        *terms_warned(terms=after, on=day, foreseen=foreseen),
        *collisions(terms=after, days=days, series=series, at=at),
    ]
    rows = before_and_after(old=before, new=after, series=series, first=day, last=last)
    return Consequences(
        sentences=tuple(sentences),
        tables=(_table(rows=rows, clocks=clocks, fresh=before is None),) if rows else (),
        totals={
            "meetings_before": sum(1 for row in rows if row.before),
            "meetings_after": sum(1 for r in rows if r.after),
        },
    )


def _table(*, rows: list[Any], clocks: Hours, fresh: bool) -> Table:
    none = Text(en="none", es="ninguna")
    stays = Text(en="stays: a person moved it", es="queda igual: la movió una persona")

    def at(moment: datetime | None) -> Text:
        return clocks.moment(moment).said if moment else none

    cells: list[tuple[Text, ...]] = []
    for row in rows[:_MOST_ROWS]:
        after = stays if row.stays else at(row.after)
        cells.append((after,) if fresh else (at(row.before), after))
    heads = (Text(en="Will be", es="Será"),) if fresh else (Text(en="Is", es="Es"), Text(en="Will be", es="Será"))
    return Table(
        title=Text(en="The meetings of half a year", es="Las reuniones de medio año"),
        heads=heads,
        rows=tuple(cells),
    )
