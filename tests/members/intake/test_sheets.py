"""Files that are no table, tables that are hardly one, and what is too large: a sentence each, or read all the same."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from tests.members.intake.messy_files import good_rows, in_spanish, separated, workbook

from tequio.kernel.errors import Refusal
from tequio.members.intake import workbooks
from tequio.members.intake.reasons import RowFault
from tequio.members.intake.sheets import column_letters, read_sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = "Clave;Nombre;Correo\n"


def zipped(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def inside(path, name, change):
    """Write the workbook again with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[name] = change(parts[name])
    path.write_bytes(zipped(**parts))
    return path


def refused(path):
    with pytest.raises(Refusal) as refusal:
        read_sheet(path=path)
    assert refusal.value.text.en != refusal.value.text.es
    return refusal.value.text.en


def handed_in(tmp_path, content):
    path = tmp_path / "file.bin"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(sheet):
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "The file is empty"),
        (b";;;\n;;;\n", "The file is empty"),
        (OLE + b"\0" * 600, "This is an older Excel file (.xls)"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "The spreadsheet is protected with a password"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "This is an OpenDocument file"),
        (zipped(**{"xl/workbook.bin": "x", "[Content_Types].xml": "x"}), "This is a binary workbook (.xlsb)"),
        (zipped(**{"word/document.xml": "x", "[Content_Types].xml": "x"}), "The file is an archive or document"),
        (zipped(**{"xl/workbook.xml": "x", "[Content_Types].xml": "x"}), "The spreadsheet is damaged"),
        (b"PK\x03\x04 and then nothing", "The spreadsheet is damaged"),
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "This is a picture"),
        (b"\0\0\0\x18ftypheic", "This is a picture"),
        (b"<html><table><tr><td>Nombre</td></tr></table></html>", "The file is a web page or XML"),
        (b"{\\rtf1 hola}", "This is a text document"),
        (b"Clave;Nombre\n1;a\0b\n", "The file contains NUL bytes"),
        (b"Just a letter.\nDear all,\n", "No row of headings was found"),
        (b"A1;ana@example.org;03/04/2015\nA2;eva@example.org;03/05/2015\n", "No row of headings was found"),
        (";".join(f"c{n}" for n in range(500)).encode(), "The file has more than 200 columns"),
        (
            b"Clave;Nombre\n" + "ñandú;España\n".encode() * 3 + b"caf\xe9;x\n",
            "The file is written in UTF-8, but line 5",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path, content, begins):
    said = refused(handed_in(tmp_path, content))
    assert said[: len(begins)] == begins


def test_a_folder_and_an_absent_file_are_refused(tmp_path):
    assert refused(tmp_path) == f"{tmp_path} is a folder. Name the CSV file in it."
    assert refused(tmp_path / "no") == f"There is no file {tmp_path / 'no'}."


def test_a_workbook_of_500_columns_is_refused(tmp_path):
    row = {f"c{n}": n for n in range(500)}
    assert refused(workbook(tmp_path / "w.xlsx", [row]))[:36] == "The file has more than 200 columns. "


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tequio.members.intake.delimited.ROWS_AT_MOST", 5)
    monkeypatch.setattr("tequio.members.intake.workbooks.ROWS_AT_MOST", 5)
    rows = [{"Clave": str(n), "Nombre": "Red"} for n in range(8)]
    for path in (handed_in(tmp_path, separated(rows)), workbook(tmp_path / "w.xlsx", rows)):
        assert refused(path)[:30] == "The file has more than 200,000"


def test_a_file_larger_than_any_roll_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("tequio.members.intake.formats.FILE_AT_MOST", 10)
    assert refused(handed_in(tmp_path, HEAD))[:23] == "The file is larger than"


def test_a_workbook_that_unpacks_into_far_more_is_refused_before_it_is_parsed(tmp_path, monkeypatch):
    path = workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": "Red"}])
    monkeypatch.setattr(workbooks, "UNPACKED_AT_MOST", 5_000_000)
    huge = inside(path, "xl/worksheets/sheet1.xml", lambda part: part + b" " * (workbooks.UNPACKED_AT_MOST + 1))
    monkeypatch.setattr(workbooks, "_Reader", None)
    assert (huge.stat().st_size < 1_000_000, refused(huge)[:48]) == (
        True,
        "The spreadsheet unpacks into far more than its r",
    )


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    path = workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": "Red"}])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert (
        refused(inside(path, "xl/worksheets/sheet1.xml", lambda part: bomb + part))[:26] == "The spreadsheet is damaged"
    )


def test_a_row_number_beyond_any_workbook_does_not_count_up_to_it(tmp_path):
    path = workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": "Red", "Correo": "a@b.org"}])
    far = inside(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b'<row r="2"', b'<row r="99999999999"'))
    assert cells(read_sheet(path=far)) == []


def test_damaged_parts_of_a_workbook_are_refused_whichever_it_is(tmp_path):
    path = workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": "Red"}])
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/") and not n.startswith("xl/theme")]
    for name in names:
        path.write_bytes(whole)
        assert refused(inside(path, name, lambda part: part[: len(part) // 2]))[:26] == "The spreadsheet is damaged"


def test_title_lines_blank_rows_and_totals_keep_the_numbers_of_the_file(tmp_path):
    text = "Padrón;;\n\nActualizado;2016;\nClave;Nombre;Correo\n1;Red;\n\n;;\n2;Sol;\nTOTAL:;2;\n"
    sheet = read_sheet(path=handed_in(tmp_path, text))
    assert [(row.number, row.cells) for row in sheet.rows] == [(5, ("1", "Red", "")), (8, ("2", "Sol", ""))]
    assert (sheet.heading_row, [note.es for note in sheet.notes]) == (
        4,
        [
            "Los encabezados están en la fila 4; se pasaron por alto 2 filas de arriba.",
            "La fila 9 parece de totales y no se tomó en cuenta.",
        ],
    )


def test_a_member_called_total_is_no_row_of_totals(tmp_path):
    sheet = read_sheet(path=handed_in(tmp_path, "Nombre;Clave;Sede;Correo\nTotal;1;mx;total@example.org\n"))
    assert cells(sheet) == [("Total", "1", "mx", "total@example.org")]


def test_headings_repeated_or_missing_get_names_of_their_own(tmp_path):
    text = "Clave,Correo,correo,,Correo (2),,\n1,a,b,c,d,,\n"
    sheet = read_sheet(path=handed_in(tmp_path, text))
    assert (sheet.headings, cells(sheet)) == (
        ("Clave", "Correo", "correo (2)", "(D)", "Correo (2)"),
        [("1", "a", "b", "c", "d")],
    )


def test_the_line_that_names_the_separator_is_no_row(tmp_path):
    sheet = read_sheet(path=handed_in(tmp_path, "sep=;\nClave;Nombre, apellido\n1;a,b,c,d\n"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("1", "a,b,c,d"))]


def test_a_row_with_values_too_many_or_open_quotation_marks_is_lost_alone(tmp_path):
    text = HEAD + '1;Red;a@b.org\n2;Sol;b@b.org;more\n3;"Mar;c@b.org\n4;Luz\n5;"Río\nAzul";e@b.org\n'
    sheet = read_sheet(path=handed_in(tmp_path, text))
    told = [(r.number, r.cells.code if isinstance(r.cells, RowFault) else r.cells) for r in sheet.rows]
    assert told == [
        (2, ("1", "Red", "a@b.org")),
        (3, "row_malformed"),
        (4, "row_malformed"),
        (5, ("4", "Luz", "")),
        (6, ("5", "Río\nAzul", "e@b.org")),
    ]


def test_a_cell_of_ten_thousand_characters_is_cut_and_no_more(tmp_path):
    long = "x" * 10_000
    for path in (
        handed_in(tmp_path, f"{HEAD}1;{long};\n"),
        workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": long, "Correo": ""}]),
    ):
        assert [len(cell) for cell in cells(read_sheet(path=path))[0]] == [1, 4_000, 0]


def test_formulas_are_never_run_and_unsaved_ones_are_told_of(tmp_path):
    rows = [{"Clave": "1", "Nombre": "=cmd|' /C calc'!A0", "Correo": "=1+1"}]
    sheet = read_sheet(path=workbook(tmp_path / "w.xlsx", rows))
    assert (cells(sheet), sheet.notes[0].en[:41]) == ([("1", "", "")], "Formulas whose value was not saved: 2. Th")
    text = read_sheet(path=handed_in(tmp_path, "Clave;Nombre\n1;=cmd|' /C calc'!A0\n2;'=SUM(1)\n3;'+52 55\n"))
    assert [row[1] for row in cells(text)] == ["=cmd|' /C calc'!A0", "=SUM(1)", "+52 55"]


def test_a_formula_is_read_as_the_value_it_showed(tmp_path):
    path = workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": "=A2", "Correo": ""}])
    shown = inside(
        path,
        "xl/worksheets/sheet1.xml",
        lambda p: p.replace(b"</f><v />", b"</f><v>7.50</v>").replace(b"</f><v></v>", b"</f><v>7.50</v>"),
    )
    sheet = read_sheet(path=shown)
    assert (cells(sheet), sheet.notes) == ([("1", "7.5", "")], ())


def test_cells_that_show_an_error_are_empty_and_told_of(tmp_path):
    sheet = read_sheet(path=workbook(tmp_path / "w.xlsx", [{"Clave": "1", "Nombre": "#REF!", "Correo": "a@b.org"}]))
    assert (cells(sheet), len(sheet.notes)) == ([("1", "", "a@b.org")], 1)


def test_cells_merged_downwards_say_the_same_in_each_row(tmp_path):
    rows = [{"Clave": "A", "Nombre": "Red", "Correo": f"{n}@b.org"} for n in range(3)]
    for row in rows[1:]:
        row["Clave"] = row["Nombre"] = None

    def merge(sheet):
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B2:B4")

    assert cells(read_sheet(path=workbook(tmp_path / "w.xlsx", rows, change=merge))) == [
        ("A", "Red", "0@b.org"),
        ("A", "Red", "1@b.org"),
        ("A", "Red", "2@b.org"),
    ]


def test_zeros_in_front_that_a_cell_shows_are_kept(tmp_path):
    def zeros(sheet):
        sheet["B2"].number_format = "00000"

    path = workbook(tmp_path / "w.xlsx", [{"Clave": 1234567890123, "C. P.": 6300, "Saldo": 0.1 + 0.2}], change=zeros)
    assert cells(read_sheet(path=path)) == [("1234567890123", "06300", "0.3")]


def test_the_worksheet_that_looks_like_a_roll_is_read_and_the_others_named(tmp_path):
    book = Workbook()
    book.active.title = "Instrucciones"
    book.active.append(["Llene la otra hoja", "por favor"])
    roll = book.create_sheet("Datos")
    roll.append(["Clave", "Nombre"])
    roll.append(["1", "Red"])
    hidden = book.create_sheet("Vieja")
    hidden.append(["Clave", "Nombre", "Correo"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Vacía")
    book.save(tmp_path / "w.xlsx")
    sheet = read_sheet(path=tmp_path / "w.xlsx")
    assert (sheet.worksheet, cells(sheet), [note.es for note in sheet.notes]) == (
        "Datos",
        [("1", "Red")],
        ["Se leyó la hoja «Datos», no «Instrucciones»."],
    )


def test_a_size_a_workbook_claims_and_does_not_have_is_not_believed(tmp_path):
    path = workbook(tmp_path / "w.xlsx", [in_spanish(row) for row in good_rows()])
    last = get_column_letter(21).encode()
    for claim in (b"A1:XFD1048576", b"A1:B2"):
        changed = inside(
            path,
            "xl/worksheets/sheet1.xml",
            lambda part, claim=claim: part.replace(
                b'<dimension ref="A1:' + last + b'5"', b'<dimension ref="' + claim + b'"'
            ),
        )
        assert [len(row) for row in cells(read_sheet(path=changed))] == [21] * 4


def test_a_list_of_names_alone_is_a_table(tmp_path):
    sheet = read_sheet(path=handed_in(tmp_path, "Nombre\nRed\nSol\n"))
    assert (sheet.headings, cells(sheet)) == (("Nombre",), [("Red",), ("Sol",)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=400), st.text(alphabet=';,\t"\n\rañ1@=', max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    path = handed_in(tmp_path, b"Clave;Nombre;Correo\n" + content)
    with suppress(Refusal):
        sheet = read_sheet(path=path)
        widths = {len(row.cells) for row in sheet.rows if not isinstance(row.cells, RowFault)}
        assert widths <= {len(sheet.headings)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(min_value=0, max_value=20_000), by=st.integers(min_value=1, max_value=255), part=st.integers(0, 20)
)
def test_a_workbook_with_any_byte_changed_is_read_or_refused(tmp_path, at, by, part):
    path = workbook(tmp_path / "w.xlsx", [in_spanish(row) for row in good_rows()])
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: bytearray(archive.read(info)) for info in archive.infolist()}
    content = list(parts.values())[part % len(parts)]
    content[at % len(content)] ^= by
    path.write_bytes(zipped(**{name: bytes(content) for name, content in parts.items()}))
    with suppress(Refusal):
        assert len(read_sheet(path=path).headings) <= 21


def test_columns_without_a_heading_are_called_by_their_letters():
    assert [column_letters(position=at) for at in range(200)] == [get_column_letter(at + 1) for at in range(200)]
