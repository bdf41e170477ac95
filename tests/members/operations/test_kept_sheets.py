"""The table of a file that waits is kept as it was read, so that its pages need not read it again."""

from datetime import date

import pytest
from tests.members.intake.messy_files import workbook

from tequio.members.intake.grids import Typed
from tequio.members.intake.sheets import read_sheet
from tequio.members.models import Import
from tequio.members.operations.kept_sheets import keep_sheet, sheet_of
from tequio.members.operations.sealed import forget


@pytest.fixture
def import_(tmp_path, monkeypatch):
    from tequio.kernel import instance

    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path / "instance"))
    instance.create()
    return Import(pk=7)


def kinds(sheet):
    return [[isinstance(cell, Typed) for cell in row.cells] for row in sheet.rows if isinstance(row.cells, tuple)]


def test_a_table_is_had_again_as_it_was_read(import_, tmp_path):
    row = {"Clave": 7, "Nombre": "Ñandú, S. C.", "Fecha de ingreso": date(2016, 2, 1), "Correo": ""}
    sheet = read_sheet(path=workbook(tmp_path / "w.xlsx", [row, row]))
    keep_sheet(import_pk=import_.pk, sheet=sheet)
    again = sheet_of(row=import_, content=b"")
    assert again == sheet
    assert kinds(again) == kinds(sheet) == [[True, False, True, False]] * 2


def test_a_row_set_aside_keeps_its_reason_and_a_table_not_kept_is_read_from_its_file(import_, tmp_path):
    content = b"Clave,Nombre\n1,a\n2,b,c,d\n3,c\n"
    (tmp_path / "roll.csv").write_bytes(content)
    sheet = read_sheet(path=tmp_path / "roll.csv")
    keep_sheet(import_pk=import_.pk, sheet=sheet)
    again = sheet_of(row=import_, content=b"")
    assert [row.cells for row in again.rows if isinstance(row.cells, tuple)] == [("1", "a"), ("3", "c")]
    [fault] = [row.cells for row in again.rows if not isinstance(row.cells, tuple)]
    [read] = [row.cells for row in sheet.rows if not isinstance(row.cells, tuple)]
    assert (fault.code, fault.text) == (read.code, read.text)
    forget(import_pk=import_.pk)
    assert sheet_of(row=import_, content=content).headings == sheet.headings
