"""A whole proposal for a file: its headings with examples, the mapping guessed, and what a person must still say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from tequio.members.intake import mapping as m
from tequio.members.intake.applying import missing_for_import
from tequio.members.intake.content import LOOKED_AT
from tequio.members.intake.dates import ORDERS, DateOrder, evidence_of
from tequio.members.intake.grids import Typed
from tequio.members.intake.guessing import Confidence, GuessedHeading, guess_columns
from tequio.members.intake.reasons import shown
from tequio.members.intake.records import COLUMNS
from tequio.members.intake.sheets import Sheet
from tequio.members.intake.translating import TRANSLATED, CenterNames, Translator, center_words, decimal_shown
from tequio.members.intake.vocabulary import folded
from tequio.rules.reasons import Text

_EXAMPLES: Final = 3
_UNKNOWN_AT_MOST: Final = 20
_WORDS_AT_MOST: Final = 60  # different values of a column that are written into the mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedHeading:
    """A heading of the file, three different values under it, and the column it probably fills."""

    heading: str
    examples: tuple[str, ...]
    column: str | None
    confidence: Confidence
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found out about the whole file, or None, and the evidence for it."""

    value: str | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDefault:
    """What a column says that the file does not have."""

    column: str
    value: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownValue:
    """A value nobody has explained, in how many rows it stands; those rows would be set aside."""

    column: str
    value: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How a file would be read. `missing` holds what must be said before it can be imported; empty: it can be."""

    format: str
    encoding: str
    separator: str
    worksheet: str
    heading_row: int
    rows: int
    headings: tuple[ProposedHeading, ...]
    mapping: m.Mapping
    dates: Finding
    decimal: Finding
    defaults: tuple[StatedDefault, ...]
    unknown_values: tuple[UnknownValue, ...]
    missing: tuple[Text, ...]
    notes: tuple[Text, ...]

    def as_json(self) -> dict[str, Any]:
        """The proposal as JSON output carries it, every sentence in both languages."""
        return {
            "format": self.format,
            "encoding": self.encoding,
            "separator": self.separator,
            "worksheet": self.worksheet,
            "heading_row": self.heading_row,
            "rows": self.rows,
            "headings": [
                {
                    "heading": h.heading,
                    "examples": list(h.examples),
                    "column": h.column,
                    "confidence": h.confidence,
                    "why": h.why.as_dict(),
                }
                for h in self.headings
            ],
            "dates": {"value": self.dates.value, "why": self.dates.why.as_dict()},
            "decimal": {"value": self.decimal.value, "why": self.decimal.why.as_dict()},
            "defaults": [{"column": d.column, "value": d.value, **d.text.as_dict()} for d in self.defaults],
            "unknown_values": [{"column": u.column, "value": u.value, "rows": u.rows} for u in self.unknown_values],
            "missing": [text.as_dict() for text in self.missing],
            "notes": [text.as_dict() for text in self.notes],
            "mapping": self.mapping.as_json(),
        }


def propose_for(
    *,
    sheet: Sheet,
    centers: Sequence[CenterNames],
    center: str | None = None,
    dates: DateOrder | None = None,
    base: m.Mapping | None = None,
) -> Proposal:
    """The proposal for a sheet.

    `center` is the one all rows belong to if the file does not say, `dates` the order a person has chosen. With `base`,
    a mapping a person has corrected or saved, nothing is guessed about columns: it is shown what it would do.
    """
    translator = Translator(own=base.values if base else {}, centers=center_words(centers=centers))
    if base is None:
        guessed, columns = guess_columns(sheet=sheet, translator=translator)
    else:
        columns = {column: headings for column, headings in base.columns.items() if headings}
        guessed = [_chosen(heading=heading, columns=columns) for heading in sheet.headings]
    cells = {column: _cells(sheet=sheet, headings=headings) for column, headings in columns.items()}
    found_dates = _dates(cells=cells)
    found_decimal = _decimal(cells=cells)
    # Days that need no order say nothing about the next file: then the mapping leaves it open, and asks if it has to.
    telling = found_dates.value if found_dates.value != "ymd" else None
    order = dates or (base.dates if base else None) or telling
    mapping = m.Mapping(
        columns=columns,
        dates=next((known for known in ORDERS if known == order), None),
        decimal=(base.decimal if base else None) or found_decimal.value or ".",
        defaults=_defaults(base=base, columns=columns, center=center, centers=centers),
        values=base.values if base else _values(cells=cells, sheet=sheet, columns=columns, translator=translator),
        id_from_name=base.id_from_name if base else False,
    )
    unknown = _unknown(cells=cells, translator=replace(translator, own=mapping.values))
    return Proposal(
        format=sheet.format,
        encoding=sheet.encoding,
        separator=sheet.separator,
        worksheet=sheet.worksheet,
        heading_row=sheet.heading_row,
        rows=len(sheet.rows),
        headings=tuple(
            ProposedHeading(
                heading=guess.heading,
                examples=_examples(sheet=sheet, position=position),
                column=guess.column,
                confidence=guess.confidence,
                why=guess.why,
            )
            for position, guess in enumerate(guessed)
        ),
        mapping=mapping,
        dates=found_dates,
        decimal=found_decimal,
        defaults=tuple(
            StatedDefault(
                column=column,
                value=mapping.default_of(column=column),
                text=m.said_of_default(column=column, value=mapping.default_of(column=column)),
            )
            for column in COLUMNS
            if column in mapping.lacking and (column in m.STANDARD_DEFAULTS or mapping.default_of(column=column))
        ),
        unknown_values=tuple(unknown),
        missing=tuple(missing_for_import(mapping=mapping, sheet=sheet)),
        notes=sheet.notes,
    )


def _chosen(*, heading: str, columns: dict[str, tuple[str, ...]]) -> GuessedHeading:
    """What a mapping takes a heading for."""
    column = next((c for c, headings in columns.items() if folded(heading) in map(folded, headings)), None)
    if column is None:
        why = Text(en="The mapping does not use it.", es="La correspondencia no lo usa.")
        return GuessedHeading(heading=heading, column=None, confidence="none", why=why)
    why = Text(en="The mapping says so.", es="Lo dice la correspondencia.")
    return GuessedHeading(heading=heading, column=column, confidence="sure", why=why)


def _cells(*, sheet: Sheet, headings: Sequence[str]) -> list[str]:
    """All cells under the headings of a column that hold something."""
    wanted = {folded(heading) for heading in headings}
    return [
        cell
        for position, heading in enumerate(sheet.headings)
        if heading in headings or folded(heading) in wanted
        for cell in sheet.column(position=position)
    ]


def _examples(*, sheet: Sheet, position: int) -> tuple[str, ...]:
    different = dict.fromkeys(sheet.column(position=position, limit=LOOKED_AT))
    return tuple(shown(value=str(cell)) for cell in list(different)[:_EXAMPLES])


def _dates(*, cells: dict[str, list[str]]) -> Finding:
    texts = [cell for column in m.DATE_COLUMNS for cell in cells.get(column, ())]
    evidence = evidence_of(texts=(text for text in texts if not isinstance(text, Typed)))
    order = evidence.order
    if not texts:
        return Finding(value=order, why=Text(en="The file has no dates.", es="El archivo no tiene fechas."))
    if evidence.dmy and evidence.mdy:
        return Finding(
            value=None,
            why=Text(
                en=f"The dates contradict each other: {evidence.dmy} can only begin with the day, {evidence.mdy} only "
                "with the month. Choose one; the others will be set aside.",
                es=f"Las fechas se contradicen: {evidence.dmy} solo pueden empezar con el día y {evidence.mdy} solo "
                "con el mes. Elija; las otras quedarán aparte.",
            ),
        )
    if order is None:
        return Finding(
            value=None,
            why=Text(
                en=f"Unsure: {evidence.open} dates like {evidence.example} could begin with the day or the month, and "
                "no date tells. A person must choose.",
                es=f"No es seguro: {evidence.open} fechas como {evidence.example} podrían empezar con el día o con el "
                "mes, y ninguna fecha lo aclara. Debe elegirlo una persona.",
            ),
        )
    if order == "ymd":
        return Finding(
            value="ymd",
            why=Text(
                en="All dates have the year in front, a named month, or come as days from the spreadsheet.",
                es="Todas las fechas tienen el año al principio, el mes con nombre, o vienen como días de la hoja.",
            ),
        )
    telling = evidence.dmy or evidence.mdy
    first = Text(en="day", es="día") if order == "dmy" else Text(en="month", es="mes")
    return Finding(
        value=order,
        why=Text(
            en=f"The {first.en} comes first. Dates that can be read no other way: {telling} of {len(texts)}.",
            es=f"Primero va el {first.es}. Fechas que no se pueden leer de otro modo: {telling} de {len(texts)}.",
        ),
    )


def _decimal(*, cells: dict[str, list[str]]) -> Finding:
    signs = Counter(sign for text in cells.get("balance_due", ()) if (sign := decimal_shown(text=text)))
    if not signs:
        return Finding(
            value=".",
            why=Text(en="No amount has decimals that tell.", es="Ninguna cantidad tiene decimales que lo digan."),
        )
    (sign, times), total = signs.most_common(1)[0], sum(signs.values())
    name = Text(en="point", es="punto") if sign == "." else Text(en="comma", es="coma")
    return Finding(
        value=sign,
        why=Text(
            en=f"Decimal {name.en}: {times} of {total} amounts that tell.",
            es=f"{name.es.capitalize()} decimal: {times} de {total} cantidades que lo muestran.",
        ),
    )


def _defaults(
    *,
    base: m.Mapping | None,
    columns: dict[str, tuple[str, ...]],
    center: str | None,
    centers: Sequence[CenterNames],
) -> dict[str, str]:
    defaults = dict(base.defaults) if base else {}
    if "center" not in columns and "center" not in defaults:
        if center is not None:
            defaults["center"] = center
        elif len(centers) == 1:
            defaults["center"] = centers[0].code
    lacking = [c for c in m.STANDARD_DEFAULTS if c not in columns]
    return {**{column: m.STANDARD_DEFAULTS[column] for column in lacking}, **defaults}


def _values(
    *, cells: dict[str, list[str]], sheet: Sheet, columns: dict[str, tuple[str, ...]], translator: Translator
) -> dict[str, dict[str, str]]:
    """The words of the file that mean something else in a roll, and what an empty cell means where that is plain."""
    found: dict[str, dict[str, str]] = {}
    for column in TRANSLATED:
        words = {folded(cell) for cell in set(cells.get(column, ()))}
        if column == "contact_roles" or not words or len(words) > _WORDS_AT_MOST:
            continue
        known = {word: translator.known(column=column, text=word) for word in sorted(words)}
        own = {word: value for word, value in known.items() if value is not None and value.casefold() != word}
        if own:
            found[column] = own
    if columns.get("operations") and cells["operations"]:
        said = {translator.known(column="operations", text=cell) for cell in set(cells["operations"])}
        if said == {"yes"}:  # a mark for those who do, nothing for those who do not
            found.setdefault("operations", {})[""] = "no"
    if columns.get("balance_due") and (dashes := {"-", "–", "—"} & set(cells["balance_due"])):
        found["balance_due"] = dict.fromkeys(sorted(dashes), "0.00")
    if columns.get("balance_due") and 0 < len(cells["balance_due"]) < len(sheet.rows):
        found.setdefault("balance_due", {})[""] = "0.00"
    return found


def _unknown(*, cells: dict[str, list[str]], translator: Translator) -> list[UnknownValue]:
    unknown: list[UnknownValue] = []
    for column in TRANSLATED:
        counted = Counter(str(cell) for cell in cells.get(column, ()))
        nobody = [cell for cell in counted if translator.known(column=column, text=cell) is None]
        unknown += [
            UnknownValue(column=column, value=shown(value=cell), rows=counted[cell])
            for cell in nobody[:_UNKNOWN_AT_MOST]
        ]
    return unknown
