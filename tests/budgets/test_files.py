"""A budget goes out as CSV and XLSX and comes back the same; what is wrong in a file is named by its row."""

import io

import pytest

from budgets.planning import LINES, written
from tequio.budgets.files import COLUMNS, as_csv, as_xlsx, read
from tequio.kernel.errors import Refusal


def from_rows(*rows, header=COLUMNS):
    text = "\n".join(",".join(row) for row in [header, *rows])
    return read(file=io.BytesIO(text.encode()), year=2016, currency="USD")


def row(**given):
    values = {"what": "line", "code": "a", "side": "income", "account": "income-other", "name_en": "A", "name_es": "A"}
    return [{**values, **given}.get(column, "") for column in COLUMNS]


def test_a_budget_comes_back_from_csv_as_it_went_out():
    text = "".join(as_csv(budget=written()))
    assert read(file=io.BytesIO(text.encode()), year=2016, currency="USD") == written()


def test_a_budget_comes_back_from_a_workbook_as_it_went_out():
    assert read(file=io.BytesIO(as_xlsx(budget=written())), year=2016, currency="USD") == written()


def test_the_months_are_worked_out_beside_each_line():
    lines = "".join(as_csv(budget=written(lines=LINES[4:], assumptions=()))).splitlines()
    assert lines[1] == (
        "line,travel,expense,expense-travel,general,Travel,Travel (es),5200.00,,3 9,even,,,5200.00,"
        "0.00,0.00,2600.00,0.00,0.00,0.00,0.00,0.00,2600.00,0.00,0.00,0.00"
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"what": "row"}, "Row 2: the column “what” says “row”"),
        ({"amount": "12.345"}, "Row 2: “12.345” is not an amount"),
        ({"amount": "1.234\t50"}, "Row 2: "),
        ({"months": "1 x"}, "Row 2: “months” holds numbers from 1 to 12"),
        ({"months": "13"}, "Row 2: “months” is a list of numbers from 1 to 12"),
        ({"side": "in"}, "Row 2: “side” is one of: income, expense"),
        ({"code": "Ä"}, "Row 2: “code” is “Ä”"),
        ({"name_es": ""}, "Row 2: “name” is empty in one of the languages"),
        ({"what": "assumption", "formula": ""}, "Row 2: “value” is a number or a formula"),
    ],
)
def test_what_is_wrong_is_named_by_its_row(given, says):
    with pytest.raises(Refusal) as refused:
        from_rows(row(**given))
    assert refused.value.text.en.startswith(says)
    assert refused.value.text.es.startswith("Fila 2: ")


def test_a_file_without_its_columns_is_refused():
    with pytest.raises(Refusal, match="The first row has no column what, name_es"):
        from_rows(header=("code", "name_en"))
    with pytest.raises(Refusal, match="The first row has code more than once"):
        from_rows(header=("what", "code", "code", "name_en", "name_es"))


def test_amounts_with_thousands_are_read():
    assert from_rows(row(amount='"1,234.50"')).lines[0].amount == 1_234_50


def test_a_pdf_and_an_empty_file_are_refused():
    for content, says in ((b"%PDF-1.4", "This is a PDF"), (b"", "The file is empty")):
        with pytest.raises(Refusal, match=says):
            read(file=io.BytesIO(content), year=2016, currency="USD")
