"""A person's spreadsheet and its mapping, turned into the rows a roll has, each with its number in that spreadsheet."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tequio.kernel.errors import Refusal
from tequio.members.intake import mapping as m
from tequio.members.intake.dates import needs_an_order, read_day
from tequio.members.intake.grids import Typed
from tequio.members.intake.reading import NumberedRow
from tequio.members.intake.reasons import RowFault
from tequio.members.intake.records import COLUMNS, RollRow
from tequio.members.intake.sheets import Sheet
from tequio.members.intake.translating import (
    TRANSLATED,
    CenterNames,
    Translator,
    center_words,
    read_amount,
    with_leading_zeros,
)
from tequio.members.intake.vocabulary import folded
from tequio.rules.reasons import Text

# (center, name) -> id. Keyed, so that an id does not tell the name; the operation that imports brings it along.
Identifier = Callable[[str, str], str]

_DAY_LENGTH = 10
_NAMED_COLUMN = re.compile(rf"\b(column|columna) ({'|'.join(COLUMNS)})\b")


def missing_for_import(*, mapping: m.Mapping, sheet: Sheet | None) -> list[Text]:
    """What has to be decided before a file can be imported with a mapping, a sentence each; empty where nothing."""
    found: list[Text] = []
    lacking = mapping.lacking
    if "member_name" in lacking:
        found.append(
            Text(
                en="Say which heading is the member's name.",
                es="Indique qué encabezado es el nombre del miembro.",
            )
        )
    if "center" in lacking and not mapping.default_of(column="center"):
        found.append(
            Text(
                en="Say which heading is the center, or which center all rows belong to.",
                es="Indique qué encabezado es el centro, o a qué centro pertenecen todas las filas.",
            )
        )
    if "member_id" in lacking and not mapping.id_from_name:
        found.append(
            Text(
                en="Say which heading is the member's id, or let the name stand for it: then the same name in the same "
                "center is the same member, also the next time, and a name written otherwise is another member.",
                es="Indique qué encabezado es el id del miembro, o permita que valga el nombre: así, el mismo nombre "
                "en el mismo centro es el mismo miembro, también la próxima vez, y un nombre escrito de otro modo es "
                "otro miembro.",
            )
        )
    if mapping.dates is None and sheet is not None and (example := _undecided_day(mapping=mapping, sheet=sheet)):
        found.append(
            Text(
                en=f"Say what comes first in dates like {example}: the day (dmy), the month (mdy) or the year (ymd).",
                es=f"Indique qué va primero en fechas como {example}: el día (dmy), el mes (mdy) o el año (ymd).",
            )
        )
    return found


def applied(
    *, sheet: Sheet, mapping: m.Mapping, centers: Sequence[CenterNames], on: date, identify: Identifier
) -> Iterator[NumberedRow]:
    """The rows of the roll the sheet holds; `on` is the day of import, for defaults that follow from it.

    Refuses, before the first row, a mapping that names a heading the sheet lacks or leaves open what must be known.
    What cannot be translated is passed on as it stands, so that the checker sets the row aside with its own reason.
    """
    if reasons := missing_for_import(mapping=mapping, sheet=sheet):
        raise Refusal(en=" ".join(r.en for r in reasons), es=" ".join(r.es for r in reasons))
    translator = Translator(own=mapping.values, centers=center_words(centers=centers))
    positions = _positions(sheet=sheet, mapping=mapping)
    maker = _Maker(
        mapping=mapping,
        positions=positions,
        translator=translator,
        centers={center.code: center for center in centers},
        on=on,
        identify=identify,
    )
    return (
        NumberedRow(row.number, row.cells if isinstance(row.cells, RowFault) else maker.row(cells=row.cells))
        for row in sheet.rows
    )


@dataclass(slots=True, kw_only=True)
class _Maker:
    """Makes rows of a roll from rows of cells."""

    mapping: m.Mapping
    positions: Mapping[str, tuple[int, ...]]
    translator: Translator
    centers: Mapping[str, CenterNames]
    on: date
    identify: Identifier
    _translated: dict[tuple[str, str], str] = field(default_factory=dict)

    def row(self, *, cells: Sequence[str]) -> RollRow:
        said = {column: self._cell(cells=cells, column=column) for column in COLUMNS}
        said["center"] = self._word(column="center", text=said["center"])
        for column in TRANSLATED:
            said[column] = self._word(column=column, text=said[column])
        center = self.centers.get(said["center"])
        if said["currency"] == m.CENTERS_OWN:
            said["currency"] = center.currency if center else ""
        own = self.mapping.values.get("balance_due", {})
        said["balance_due"] = self._amount(text=said["balance_due"], currency=said["currency"], own=own)
        self._days(said)
        said["postal_code"] = with_leading_zeros(
            text=said["postal_code"], country=said["country"] or (center.currency[:2] if center else "")
        )
        if said["contact_name"] == m.MEMBERS_NAME:
            said["contact_name"] = said["member_name"]
        if "member_id" not in self.positions:
            said["member_id"] = self.identify(said["center"], said["member_name"]) if said["member_name"] else ""
        return RollRow(**{column: str(text) for column, text in said.items()})

    def _cell(self, *, cells: Sequence[str], column: str) -> str:
        at = self.positions.get(column)
        if at is None:
            return self.mapping.default_of(column=column)
        return cells[at[0]] if len(at) == 1 else " ".join(cells[position] for position in at if cells[position])

    def _word(self, *, column: str, text: str) -> str:
        if column not in self.positions:
            return text  # a default is in the words of the roll
        known = self._translated.get((column, text))
        if known is None:
            translated = self.translator.known(column=column, text=text)
            known = text if translated is None else translated
            if len(self._translated) < 10_000:  # noqa: PLR2004 - WONTFIX: bounds what a hostile column can fill
                self._translated[column, text] = known
        return known

    def _amount(self, *, text: str, currency: str, own: Mapping[str, str]) -> str:
        if "balance_due" not in self.positions:
            return text
        words = text if text in {"", "-", "–", "—"} else folded(text)
        if words in own:
            return own[words]
        if isinstance(text, Typed):
            return text
        return read_amount(text, self.mapping.decimal, currency) or text

    def _days(self, said: dict[str, str]) -> None:
        """Put the days in order: those the file has first, then the defaults that follow from them."""
        for column in m.DATE_COLUMNS:
            if column in self.positions:
                text = said[column]
                if isinstance(text, Typed):
                    said[column] = text[:_DAY_LENGTH]
                else:
                    said[column] = read_day(text=text, order=self.mapping.dates) or text
            elif said[column] == m.IMPORT_DAY:
                said[column] = self.on.isoformat()
        if said["joined_on"] == m.YEAR_BEFORE_PAID:
            paid = _day(said["paid_until"])
            said["joined_on"] = (_in_year(paid, paid.year - 1) if paid else self.on).isoformat()
        if said["paid_until"] == m.NEXT_ANNIVERSARY:
            said["paid_until"] = _next_anniversary(joined=_day(said["joined_on"]), on=self.on).isoformat()


def _positions(*, sheet: Sheet, mapping: m.Mapping) -> dict[str, tuple[int, ...]]:
    """Where in a row the headings of each column stand. They are compared folded: capitals and accents may change."""
    at: dict[str, int] = {}
    for position, heading in enumerate(sheet.headings):
        at.setdefault(heading, position)
        at.setdefault(folded(heading) or heading, position)
    absent = [
        heading
        for headings in mapping.columns.values()
        for heading in headings
        if heading not in at and folded(heading) not in at
    ]
    if absent:
        names_en = ", ".join(f"“{heading[:60]}”" for heading in dict.fromkeys(absent))
        names_es = ", ".join(f"«{heading[:60]}»" for heading in dict.fromkeys(absent))
        raise Refusal(
            en=f"The mapping needs headings this file does not have: {names_en}. Correct the mapping or the file.",
            es=f"La correspondencia pide encabezados que este archivo no tiene: {names_es}. Corrija una u otro.",
        )
    return {
        column: tuple(at[heading] if heading in at else at[folded(heading)] for heading in headings)
        for column, headings in mapping.columns.items()
        if headings
    }


def _undecided_day(*, mapping: m.Mapping, sheet: Sheet) -> str | None:
    """The first day in the sheet that cannot be read without an order."""
    positions = _positions(sheet=sheet, mapping=mapping)
    for column in m.DATE_COLUMNS:
        for position in positions.get(column, ()):
            for text in sheet.column(position=position):
                if not isinstance(text, Typed) and needs_an_order(text=text):
                    return text
    return None


def in_own_words(*, text: Text, mapping: m.Mapping) -> Text:
    """The sentence with the person's own headings in the place of the roll's column names."""

    def english(found: re.Match[str]) -> str:
        headings = mapping.columns.get(found[2])
        return f"column “{headings[0]}”" if headings else found[0]

    def spanish(found: re.Match[str]) -> str:
        headings = mapping.columns.get(found[2])
        return f"columna «{headings[0]}»" if headings else found[0]

    return Text(en=_NAMED_COLUMN.sub(english, text.en), es=_NAMED_COLUMN.sub(spanish, text.es))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == _DAY_LENGTH else None
    except ValueError:
        return None


def _in_year(day: date, year: int) -> date:
    """The same day in another year; 29 February is the 28th in a year without it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _next_anniversary(*, joined: date | None, on: date) -> date:
    """The first anniversary of joining after a day; where joining is not known, as if it were that day."""
    joined = joined or on
    this_year = _in_year(joined, max(on, joined).year)
    return this_year if this_year > max(on, joined) else _in_year(joined, max(on, joined).year + 1)
