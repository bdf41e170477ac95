"""A budget as a table in a file, CSV or XLSX, out and in: one row a line and one an assumption, then its months.

The months are worked out and only there to be read; what comes in is read from the other columns.
"""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from tequio.budgets.writing import assumption_of, line_of, units
from tequio.kernel.errors import Refusal
from tequio.kernel.spreadsheets import csv_lines, guarded
from tequio.members.intake.delimited import read_delimited
from tequio.members.intake.files import opened_file
from tequio.members.intake.formats import format_of
from tequio.members.intake.grids import Grid
from tequio.members.intake.reasons import RowFault
from tequio.rules import budget as rule
from tequio.rules.budget import ALL_MONTHS, MONTHS, amounts
from tequio.rules.formulas import shown

COLUMNS = (
    *("what", "code", "side", "account", "fund", "name_en", "name_es", "amount", "formula", "months", "spread"),
    *("note", "said_by"),
)
COMPUTED = ("year", *(f"month_{month:02d}" for month in ALL_MONTHS))
_NEEDED = ("what", "code", "name_en", "name_es")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?", re.ASCII)
_MOST_ROWS = 1_000


def table(*, budget: rule.Budget) -> Iterator[list[str | float]]:
    """The rows of a budget's table, headings left out: assumptions first, then its lines with their months."""
    found = amounts(budget=budget)
    for assumption in budget.assumptions:
        yield [
            *("assumption", assumption.name, "", "", "", assumption.label.en, assumption.label.es, ""),
            *(assumption.value, "", "", "", assumption.said_by, shown(value=found.values[assumption.name])),
            *([""] * MONTHS),
        ]
    for line in budget.lines:
        yield [
            *("line", line.code, line.side.value, line.account, line.fund, line.name.en, line.name.es),
            "" if line.amount is None else units(minor=line.amount),
            *(line.formula, " ".join(map(str, line.months)), line.spread.value, line.note, ""),
            units(minor=found.year(line.code)),
            *(units(minor=month) for month in found.months[line.code]),
        ]


def as_csv(*, budget: rule.Budget) -> Iterator[str]:
    """A budget as lines of CSV."""
    yield from csv_lines(header=[*COLUMNS, *COMPUTED], rows=table(budget=budget))


def as_xlsx(*, budget: rule.Budget) -> bytes:
    """A budget as a workbook: amounts are numbers, and no cell runs as a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{budget.year} {budget.currency}")
    sheet.append([*COLUMNS, *COMPUTED])
    numbers = {COLUMNS.index("amount"), *range(len(COLUMNS), len(COLUMNS) + len(COMPUTED))}
    for row in table(budget=budget):
        is_line = row[0] == "line"
        sheet.append([_cell(value, number=is_line and at in numbers) for at, value in enumerate(row)])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(value: str | float, *, number: bool) -> str | float:
    return float(value) if number and value != "" else guarded(value)


def read(*, file: BinaryIO, year: int, currency: str) -> rule.Budget:
    """A budget from a table in a file. Refuses what is none, naming the row and what is wrong in it; all or nothing."""
    grid = _grid(file=file)
    headings, rows = _rows(grid=grid)
    if len(rows) > _MOST_ROWS:
        raise Refusal(
            en=f"The file has more than {_MOST_ROWS} rows; no budget has.",
            es=f"El archivo tiene más de {_MOST_ROWS} filas; ningún presupuesto las tiene.",
        )
    lines: list[rule.Line] = []
    assumptions: list[rule.Assumption] = []
    for number, cells in rows:
        values = {name: cells[at] if at < len(cells) else "" for name, at in headings.items()}
        if not any(values.values()):
            continue
        try:
            thing = _thing(values)
        except Refusal as refusal:
            raise Refusal(en=f"Row {number}: {refusal.text.en}", es=f"Fila {number}: {refusal.text.es}") from refusal
        if isinstance(thing, rule.Line):
            lines.append(thing)
        else:
            assumptions.append(thing)
    return rule.Budget(year=year, currency=currency, lines=tuple(lines), assumptions=tuple(assumptions))


def read_path(*, path: Path | str, year: int, currency: str) -> rule.Budget:
    """A budget from the file at a path."""
    with opened_file(path=path) as file:
        return read(file=file, year=year, currency=currency)


def _grid(*, file: BinaryIO) -> Grid:
    if format_of(file=file) != "xlsx":
        return read_delimited(file=file)
    from tequio.members.intake.workbooks import read_workbook

    return read_workbook(file=file)


def _rows(*, grid: Grid) -> tuple[dict[str, int], list[tuple[int, Sequence[str]]]]:
    """Where each column stands, and the rows below the headings with their numbers."""
    taken: list[tuple[int, Sequence[str]]] = []
    for row in grid.rows:
        if isinstance(row.cells, RowFault):
            raise Refusal(en=f"Row {row.number}: {row.cells.text.en}", es=f"Fila {row.number}: {row.cells.text.es}")
        taken.append((row.number, row.cells))
    names = [cell.strip().lower() for cell in taken[0][1]] if taken else []
    missing = [column for column in _NEEDED if column not in names]
    doubled = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if missing or doubled:
        said = ", ".join(missing or doubled)
        raise Refusal(
            en=f"The first row has no column {said}." if missing else f"The first row has {said} more than once.",
            es=f"En la primera fila falta la columna {said}." if missing else f"La primera fila repite {said}.",
        )
    return {name: names.index(name) for name in COLUMNS if name in names}, taken[1:]


def _thing(values: dict[str, str]) -> rule.Line | rule.Assumption:
    if values["what"] == "line":
        return line_of(data=_line_data(values))
    if values["what"] == "assumption":
        return assumption_of(data=_assumption_data(values))
    said = values["what"][:20]
    raise Refusal(
        en=f"the column “what” says “{said}”; it says line or assumption.",
        es=f"la columna «what» dice «{said}»; debe decir line o assumption.",
    )


def _line_data(values: dict[str, str]) -> dict[str, Any]:
    months = values.get("months", "").replace(",", " ").split()
    if not all(month.isascii() and month.isdigit() for month in months):
        raise Refusal(
            en="“months” holds numbers from 1 to 12, with spaces between them.",
            es="«months» lleva números del 1 al 12, separados por espacios.",
        )
    amount = values.get("amount", "")
    return {
        "code": values["code"],
        "side": values.get("side", ""),
        "account": values.get("account", ""),
        "fund": values.get("fund", ""),
        "name": {"en": values["name_en"], "es": values["name_es"]},
        "amount": amount.replace(",", "") if _GROUPED.fullmatch(amount) else amount,
        "formula": values.get("formula", ""),
        "months": [int(month) for month in months] or list(ALL_MONTHS),
        "spread": values.get("spread", "") or "even",
        "note": values.get("note", ""),
    }


def _assumption_data(values: dict[str, str]) -> dict[str, Any]:
    return {
        "name": values["code"],
        "label": {"en": values["name_en"], "es": values["name_es"]},
        "value": values.get("formula", "") or values.get("amount", ""),
        "said_by": values.get("said_by", ""),
    }
