"""Which invoices a text names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.dues.references import iso_reference, short_reference
from tequio.rules.payment_references import Named, luhn_holds, mod97_holds, named_in

NUMBERS = st.builds("{}-{:06d}".format, st.sampled_from(["US", "MX"]), st.integers(1, 9_999_999))


def named(text, codes=("us", "mx"), *, short=True):
    return named_in(text=text, codes=codes, short=short)


@given(number=NUMBERS, before=st.sampled_from(["", "PAGO ", "SPEI/072/", "Zelle from Ana, "]), lower=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_printed_reference_names_its_invoice_however_it_is_written(number, before, lower):
    printed = iso_reference(number=number)
    for shape in (printed, printed.replace(" ", ""), printed.replace(" ", "-"), printed.replace(" ", " - ")):
        text = f"{before}{shape} thanks"
        assert named(text.lower() if lower else text, short=False).checked == (number,)


def test_what_is_glued_on_after_a_reference_does_not_matter():
    reference = iso_reference(number="US-000123").replace(" ", "")
    assert named(f"{reference}CUOTA ANUAL").checked == ("US-000123",)
    assert named(f"EREF+{reference}SVWZ+2016").checked == ("US-000123",)


def test_a_reference_wrapped_by_the_bank_is_found():
    assert named("RF95US0 00123 danke").checked == ("US-000123",)


@given(number=NUMBERS, place=st.integers(2, 30), digit=st.sampled_from("0123456789"))
@settings(max_examples=100, deadline=None)
def test_one_wrong_digit_names_nobody(number, place, digit):
    compact = iso_reference(number=number).replace(" ", "")
    place = place % (len(compact) - 2) + 2
    if compact[place].isdigit() and compact[place] != digit:
        assert named(compact[:place] + digit + compact[place + 1 :], short=False).checked == ()


def test_an_opening_balance_is_named_too():
    assert named(iso_reference(number="MX-OPEN-00007")).checked == ("MX-OPEN-00007",)


def test_a_reference_of_another_center_is_none_of_ours():
    assert named(iso_reference(number="MX-000007"), codes=["us"]).checked == ()


@given(serial=st.integers(1, 999_999))
@settings(max_examples=60, deadline=None)
def test_a_short_reference_is_found_alone_glued_or_with_zeros_before_it(serial):
    short = short_reference(number=f"MX-{serial:06d}")
    for text in (f"SPEI {short} CUOTA", f"072 {short}CUOTA", f"000{short}", f"REF:{short}."):
        assert f"{serial:06d}" in named(text).short


def test_a_short_reference_is_not_looked_for_where_none_is_printed():
    assert named("SPEI 0001230", short=False).short == ()


def test_one_that_lost_its_zeros_proves_little_and_is_told_apart():
    short = short_reference(number="MX-000123")
    found = named(f"ref {short.lstrip('0')}")
    assert (found.short, found.clipped) == ((), ("000123",))


def test_a_number_without_check_digits_is_told_apart():
    assert named("invoice us-000123, US 000124 and US-OPEN-00003") == Named(
        bare=("US-000123", "US-000124", "US-OPEN-00003")
    )


@pytest.mark.parametrize("text", ["", "RF", "RF95", "RF95US", "BUS-000123", "CLABE 012345678901234567", "RF" * 2000])
def test_what_is_no_reference_is_none(text):
    assert named(text, short=False) == Named()


@given(text=st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_asked(text):
    named(text)


def test_check_digits_of_the_standards():
    assert mod97_holds("RF18539007547034")
    assert not mod97_holds("RF19539007547034")
    assert luhn_holds("79927398713")
    assert not luhn_holds("79927398710")
