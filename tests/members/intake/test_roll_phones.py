"""Phones: what is brought up to date, what is kept as it is, what is a warning."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.members.intake.phones import _parsed, read_phone, region_of


def seen(text, region="MX"):
    phone = read_phone(text=text, region=region)
    return phone.text, phone.usable, phone.doubtful, phone.normalized


@pytest.mark.parametrize(
    "old",
    ["+52 1 55 5123 4567", "+5215551234567", "+52155 5123 4567", "+52  1\t5 5 5 1 2 3 4 5 6 7", "+52 1 ٥٥ 5123 4567"],
)
def test_an_old_mexican_mobile_loses_its_one(old):
    assert seen(old) == ("+525551234567", True, False, True)


@pytest.mark.parametrize(
    "other", ["+52 1 55 5123 456", "+52 1 55 5123 45678", "52 1 55 5123 4567", "+52 1 55-5123-4567"]
)
def test_other_spellings_are_not_counted_as_normalized(other):
    assert not read_phone(text=other, region="MX").normalized


@pytest.mark.parametrize(
    ("text", "region", "kept"),
    [
        ("+52 55 5123 4567", None, "+525551234567"),
        ("55 5123 4567", "MX", "+525551234567"),
        ("(55) 5123-4567", "MX", "+525551234567"),
        ("(212) 555-0134", "US", "+12125550134"),
        ("001 212 555 0134", "MX", "+12125550134"),
        ("+34 912 34 56 78", "US", "+34912345678"),
        ("212 555 0134 ext. 12", "US", "+12125550134;ext=12"),
    ],
)
def test_a_number_is_kept_in_the_international_form(text, region, kept):
    assert seen(text, region) == (kept, True, False, False)
    assert read_phone(text=kept, region=None).text == kept


@pytest.mark.parametrize("text", ["ask at the office", "pregunte en la oficina", "n/a", "?", "+", "+999 123", "1"])
def test_text_that_is_no_number_is_kept_and_flagged(text):
    assert seen(text) == (text, False, False, False)


def test_a_number_without_country_code_needs_a_region():
    assert seen("55 5123 4567", None) == ("55 5123 4567", False, False, False)


def test_a_number_nobody_is_given_is_a_warning():
    assert seen("+1 212 155 0134") == ("+12121550134", True, True, False)
    assert seen("(212) 155-0134", "US") == ("+12121550134", True, True, False)


@pytest.mark.parametrize("text", ["066", "5123 45", "+52 1 55-5123-4567"])
def test_a_number_no_phone_can_have_is_kept_as_written(text):
    assert seen(text) == (text, True, True, False)


@pytest.mark.parametrize(
    ("country", "currency", "region"),
    [("MX", "USD", "MX"), ("us", "MXN", "US"), ("", "MXN", "MX"), ("México", "MXN", "MX"), ("", "EUR", None)],
)
def test_the_region_is_the_contacts_else_the_centers(country, currency, region):
    assert region_of(country=country, currency=currency) == region


@settings(max_examples=300, deadline=None)
@given(
    code=st.sampled_from(["1", "52"]), number=st.from_regex(r"\A[2-9][0-9]{9}\Z"), gap=st.sampled_from(["", " ", "-"])
)
def test_the_short_way_says_what_the_parser_says(code, number, gap):
    text = f"+{code}{gap}{number[:3]}{gap}{number[3:6]}{gap}{number[6:]}"
    assert read_phone(text=text, region="MX") == _parsed(text=text, region="MX")


@settings(max_examples=200, deadline=None)
@given(text=st.text(min_size=1, max_size=100), region=st.sampled_from(["US", "MX", None]))
def test_any_text_is_kept_in_one_form_or_the_other(text, region):
    phone = read_phone(text=text, region=region)
    assert phone.text == text or phone.text.startswith("+")
    assert not (phone.doubtful and not phone.usable)


def test_phones_are_counted_on_kept_rows_only(read_rows):
    old = {"phone": "+52 1 55 5123 4567"}
    words = {"phone": "en la oficina"}
    doubtful = {"phone": "+1 212 155 0134"}
    roll = read_rows(
        old, words, doubtful, {}, {**old, "kind": ""}, {**words, "email": "x"}, {**doubtful, "language": "x"}
    )
    assert (roll.phones_normalized, roll.phones_unusable, roll.phones_doubtful) == (1, 1, 1)
    assert [contact.phone_usable for contact in roll.contacts] == [True, False, True, True]
    assert [contact.phone_doubtful for contact in roll.contacts] == [False, False, True, False]
