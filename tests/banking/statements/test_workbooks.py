"""Statements as Excel workbooks: the worksheet that matters, its numbers, and workbooks that are not in order."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from tests.banking import samples
from tests.banking.samples import SOME, moved
from tests.banking.statements.workbooks_broken import SHEET, TEXTS, TYPES, packed, parts_of

from tequio.banking.statements.columns import Mapping_
from tequio.banking.statements.reading import read_bytes
from tequio.kernel.errors import Refusal


def workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MOVES = ("Movimientos", [["Fecha", "Concepto", "Importe"], [date(2016, 7, 1), "cuota", 1234.5], ["x", "", ""]])


def test_of_a_workbook_the_worksheet_with_the_movements_is_read():
    about = ("Resumen", [["Nombre", "Correo", "Teléfono"], ["Ana", "ana@example.org", "5512345678"]])
    found = read_bytes(workbook(about, MOVES))
    assert [(m.on, m.amount) for m in found.statement.movements()] == [(date(2016, 7, 1), 123450)]


def test_a_workbooks_own_numbers_have_a_point_whatever_is_remembered_of_the_banks_csv():
    saved = Mapping_(mark=",")
    numbers = [["Fecha", "Concepto", "Importe"], [date(2016, 7, 1), "a", 200.5], [date(2016, 7, 2), "b", "1.234,50"]]
    found = read_bytes(workbook(("Hoja1", numbers)), saved=saved)
    assert [m.amount for m in found.statement.movements()] == [20_050, 123_450]


BROKEN = {
    "half of it": lambda raw: raw[: len(raw) // 2],
    "texts out of range": lambda raw: inside(raw, SHEET, b"<v>0</v>", b"<v>99999</v>"),
    "texts counted from the end": lambda raw: inside(raw, SHEET, b"<v>0</v>", b"<v>-1</v>"),
    "a column nobody has": lambda raw: inside(raw, SHEET, b'r="C2"', b'r="ZZZZZ2"'),
    "a row beyond the last": lambda raw: inside(raw, SHEET, b'<row r="2"', b'<row r="2e400"'),
    "other content types": lambda raw: inside(raw, TYPES, b"spreadsheetml", b"wordprocessingml"),
    "no content types": lambda raw: packed({n: part for n, part in parts_of(raw).items() if n != TYPES}),
    "entities of its own": lambda raw: inside(raw, SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    "a zip bomb": lambda raw: inside(raw, SHEET, b"</worksheet>", b"</worksheet>" + b" " * 201_000_000),
    "a bomb of texts": lambda raw: inside(raw, TEXTS, b"</sst>", b"<si><t>" + b"0" * 61_000_000 + b"</t></si></sst>"),
}


def inside(raw, part, old, new):
    parts = dict(parts_of(raw))
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new)})


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_workbook_that_is_not_in_order_is_refused_with_a_sentence(name):
    with pytest.raises(Refusal) as refused:
        read_bytes(BROKEN[name](samples.workbook(SOME)))
    assert refused.value.text.en != refused.value.text.es


def test_a_day_no_calendar_has_costs_its_row_alone():
    raw = samples.workbook([moved(line.on, line.amount, line.text) for line in SOME], balances=False)
    first = b"<v>42552</v>"
    statement = read_bytes(inside(raw, SHEET, first, b"<v>99999999</v>")).statement
    assert (len(list(statement.movements())), [row.row for row in statement.aside()]) == (2, [2])
