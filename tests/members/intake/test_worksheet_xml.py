"""A worksheet's XML as it comes by: what its cells show, in every way programs write them, and nothing they declare."""

import io

import pytest
from openpyxl.utils.datetime import WINDOWS_EPOCH

from tequio.kernel.errors import Refusal
from tequio.members.intake.grids import Typed
from tequio.members.intake.worksheet_xml import CellFormats, SheetXml, shared_texts

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FORMATS = CellFormats(
    dates={1, 2}, spans={2}, epoch=WINDOWS_EPOCH, number_format={0: "General", 3: "00000", 4: "0.00"}.get
)


def sheet(rows, *, before="", after="", texts=("uno", "dos")):
    xml = f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"
    return SheetXml(part=io.BytesIO(xml.encode()), texts=texts, formats=FORMATS, columns_at_most=5)


def cells(*written):
    [row] = sheet(f'<row r="1">{"".join(written)}</row>').rows()
    return row.cells


def test_every_kind_of_cell_is_what_it_shows():
    read = cells(
        '<c r="A1" t="s"><v>1</v></c>',
        '<c r="B1" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>',
        '<c r="C1" t="str"><f>A1</f><v> shown\r\n so </v></c>',
        '<c t="b"><v>1</v></c>',
        '<c t="d"><v>2016-02-01</v></c>',
    )
    assert read == ["dos", "a b", "shown\n so", "yes", "2016-02-01"]
    assert [isinstance(cell, Typed) for cell in read] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("style", "value", "said"),
    [
        (0, "12", "12"),
        (0, "1.50", "1.5"),
        (0, "1E3", "1000"),
        (0, "0.30000000000000004", "0.3"),
        (0, "1234567890123456789", "1234567890123460000"),
        (3, "6300", "06300"),
        (4, "7", "7"),
        (1, "42401", "2016-02-01"),
        (1, "42401.5", "2016-02-01 12:00:00"),
        (2, "1.25", "1 day, 6:00:00"),
    ],
)
def test_a_number_is_its_digits_or_the_day_its_cell_shows(style, value, said):
    assert cells(f'<c r="A1" s="{style}"><v>{value}</v></c>', f'<c s="{style}"><v>{value}</v></c>') == [said, said]


def test_gaps_errors_merged_cells_and_formulas_without_a_value_are_known():
    read = sheet(
        '<row><c r="C1"><v>1</v></c></row><row r="9"><c r="A9" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c><v>5</v></c></row><row r="12"><c><f>B2</f><v/></c><c r="ZZ12"><v>1</v></c></row>'
        '<row r="13"><c s="1"><v>1e300</v></c></row><row r="1048577"><c><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="A1:C1"/></mergeCells><f>no cell</f>',
    )
    assert list(read.rows()) == [(1, ["", "", "1"], 0), (9, [], 1), (13, [], 1)]
    assert read.without_value == 1


def test_merged_cells_are_known_once_all_has_come_by():
    read = sheet("<row><c><v>1</v></c></row>", after='<mergeCell ref="B2:C4"/><mergeCell ref="A1:C1"/>')
    assert (list(read.rows()), read.merged) == ([(1, ["1"], 0)], {(1, 2, 4)})


def test_a_prefix_before_the_names_of_elements_does_not_matter():
    xml = f"<x:worksheet {MAIN.replace('xmlns', 'xmlns:x')}><x:row><x:c><x:v>1</x:v></x:c></x:row></x:worksheet>"
    read = SheetXml(part=io.BytesIO(xml.encode()), texts=(), formats=FORMATS, columns_at_most=5)
    assert [row.cells for row in read.rows()] == [["1"]]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("before", [BOMB, f"<!-- {'x' * 200_000} -->{BOMB}"], ids=["at once", "far in"])
def test_what_declares_a_document_type_is_refused_wherever_it_stands(before):
    with pytest.raises(Refusal):
        list(sheet('<row><c t="str"><v>&b;</v></c></row>', before=before).rows())
    with pytest.raises(Refusal):
        shared_texts(part=io.BytesIO(f"{before}<sst {MAIN}><si><t>&b;</t></si></sst>".encode()))


def test_shared_texts_are_put_together_from_their_pieces_and_cut():
    rich = "<si><r><t>b</t></r><r><t>c</t></r><rPh><t>no</t></rPh></si>"
    xml = f"<sst {MAIN}><si><t> a </t></si>{rich}<si><t>{'x' * 9_000}</t></si></sst>"
    assert shared_texts(part=io.BytesIO(xml.encode())) == ["a", "bc", "x" * 4_000]
