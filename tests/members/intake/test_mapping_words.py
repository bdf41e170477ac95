"""Days, amounts and words as people write them: read one way or not at all."""

import pytest
from tests.members.intake.messy_files import CENTERS

from tequio.members.intake.dates import evidence_of, read_day
from tequio.members.intake.grids import Typed
from tequio.members.intake.translating import Translator, center_words, decimal_shown, read_amount
from tequio.members.intake.vocabulary import HEADINGS, columns_by_phrase


@pytest.mark.parametrize(
    ("text", "dmy", "mdy", "ymd"),
    [
        ("03/04/2015", "2015-04-03", "2015-03-04", None),
        ("3-4-15", "2015-04-03", "2015-03-04", "2003-04-15"),
        ("31.12.1998", "1998-12-31", None, None),
        ("12/31/98", None, "1998-12-31", None),
        ("31/02/2015", None, None, None),
        ("29/02/2016", "2016-02-29", None, None),
        ("2015-03-04", "2015-03-04", "2015-03-04", "2015-03-04"),
        ("2015/3/4 00:00:00", "2015-03-04", "2015-03-04", "2015-03-04"),
        ("04/03/2015 12:30", "2015-03-04", "2015-04-03", None),
        ("3 de marzo de 2015", "2015-03-03", "2015-03-03", "2015-03-03"),
        ("3-mar-15", "2015-03-03", "2015-03-03", "2015-03-03"),
        ("March 3, 2015", "2015-03-03", "2015-03-03", "2015-03-03"),
        ("15 SEPT 2015", "2015-09-15", "2015-09-15", "2015-09-15"),
        ("3 marzos 2015", None, None, None),
        ("42005", None, None, None),
        ("03/04-2015", None, None, None),
        ("", None, None, None),
        ("01/01/49", "2049-01-01", "2049-01-01", None),
        ("01/01/50", "1950-01-01", "1950-01-01", None),
        ("٠٣/٠٤/٢٠١٥", None, None, None),
    ],
)
def test_a_day_is_read_in_the_order_it_is_written(text, dmy, mdy, ymd):
    assert [read_day(text=text, order=order) for order in ("dmy", "mdy", "ymd")] == [dmy, mdy, ymd]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2015", "25/12/2015"], "dmy"),
        (["03/04/2015", "12/25/2015"], "mdy"),
        (["03/04/2015", "04/03/2015"], None),
        (["25/12/2015", "12/25/2015"], None),
        (["05/05/2015"], "dmy"),
        (["2015-03-04", "3 mar 2015"], "ymd"),
        (["2015-03-04", "31/02/2015"], "ymd"),
        (["14-03-09"], None),
        ([], "ymd"),
    ],
)
def test_the_order_is_known_only_where_a_day_tells(texts, order):
    assert evidence_of(texts=texts).order == order


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1234.50", "1234.50", "1234.50"),
        ("1234,5", "1234.50", "1234.50"),
        ("1.234,50", None, "1234.50"),
        ("1,234.50", "1234.50", None),
        ("1.234", None, "1234"),
        ("1,234", "1234", None),
        ("1,234,567", "1234567", None),
        ("1 234,50", "1234.50", "1234.50"),
        ("1'234.50", "1234.50", "1234.50"),
        ("$ 1,234.50 MXN", "1234.50", None),
        ("MX$200", "200", "200"),
        ("200 pesos", "200", "200"),
        ("USD 200", None, None),
        ("(50.00)", "-50.00", "-50.00"),
        ("-50", "-50", "-50"),
        ("0,125", None, None),
        ("1.2.3", None, None),
        ("12,34,567", None, None),
        ("1.234.56", None, None),
        ("12.345,6.7", None, None),
        ("", None, None),
        ("doscientos", None, None),
        ("1e3", None, None),
    ],
)
def test_an_amount_is_read_by_its_decimal_sign(text, point, comma):
    assert [read_amount(text, sign, "MXN") for sign in ".,"] == [point, comma]


@pytest.mark.parametrize(
    ("text", "sign"),
    [("1.234,50", ","), ("1,234.50", "."), ("12,5", ","), ("1.234", ","), ("1,234", "."), ("1 234", None), ("9", None)],
)
def test_an_amount_gives_its_decimal_sign_away(text, sign):
    assert decimal_shown(text=text) == sign


def test_a_number_of_a_workbook_says_nothing_about_decimal_signs():
    assert decimal_shown(text=Typed("12.5")) is None


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("kind", "ORGANIZACIÓN", "organization"),
        ("kind", "Persona física", "individual"),
        ("kind", "A.C.", "organization"),
        ("operations", "✓", "yes"),
        ("operations", "SÍ", "yes"),
        ("operations", "quizá", None),
        ("contact_roles", "Tesorera / técnico", "billing;technical"),
        ("contact_roles", "representante y cobranza, Cobranza", "representative;billing"),
        ("contact_roles", "representante, vocera", None),
        ("contact_roles", "", ""),
        ("center", "México", "mx"),
        ("center", "MX", "mx"),
        ("center", "EE. UU.", "us"),
        ("center", "Guatemala", None),
        ("country", "Estados Unidos de América", "US"),
        ("country", "Perú", "PE"),
        ("country", "Germany", "DE"),
        ("country", "Narnia", None),
        ("language", "Español", "es"),
        ("language", "en-US", "en"),
        ("currency", "M.N.", "MXN"),
        ("kind", "x" * 5_000, None),
    ],
)
def test_words_are_translated_or_left_to_a_person(column, text, said):
    translator = Translator(own={}, centers=center_words(centers=CENTERS))
    assert translator.known(column=column, text=text) == said


def test_the_mappings_own_words_go_before_ours():
    own = {
        "kind": {"colectivo": "individual", "": "organization"},
        "contact_roles": {"vocera": "", "enlace": "billing"},
    }
    translator = Translator(own=own, centers={})
    assert [
        translator.known(column="kind", text="Colectivo"),
        translator.known(column="kind", text=""),
        translator.known(column="contact_roles", text="Vocera; enlace"),
    ] == ["individual", "organization", "billing"]


def test_two_centers_of_one_country_are_not_told_apart_by_it():
    twins = [CENTERS[0], CENTERS[0].__class__(code="oax", names=("Oaxaca",), currency="MXN", language="es")]
    words = center_words(centers=twins)
    assert (words.get("mejico"), words["oaxaca"], words["mexico"]) == (None, "oax", "mx")


def test_no_phrase_stands_for_two_columns():
    from tequio.members.intake.vocabulary import folded

    said = [(folded(phrase), column) for column, phrases in HEADINGS.items() for phrase in phrases]
    assert [pair for pair in said if columns_by_phrase()[pair[0]] != pair[1]] == []
