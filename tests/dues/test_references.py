"""References held to what their standards say, by another implementation than ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649, luhn

from tequio.dues.references import iso_reference, short_reference

NUMBERS = st.builds("{}-{:06d}".format, st.sampled_from(["US", "MX", "MX2"]), st.integers(1, 99_999_999))


@given(number=NUMBERS)
def test_the_long_reference_is_valid_iso_11649_and_holds_the_number(number):
    reference = iso_reference(number=number)
    compact = iso11649.validate(reference)
    assert compact[4:] == number.replace("-", "")
    assert len(compact) <= 25


def test_the_long_reference_is_printed_in_groups_of_four():
    assert iso_reference(number="US-000123") == "RF95 US00 0123"


def test_an_opening_balance_has_a_long_reference_too():
    assert iso11649.is_valid(iso_reference(number="MX-OPEN-00007"))


@given(number=NUMBERS)
def test_the_short_reference_is_seven_digits_with_a_check_digit(number):
    reference = short_reference(number=number)
    assert (len(reference), reference.isdigit(), luhn.is_valid(reference)) == (7, True, True)
    assert int(reference[:6]) == int(number.split("-")[1]) % 1_000_000


@pytest.mark.parametrize("position", range(7))
def test_one_wrong_digit_of_a_short_reference_is_noticed(position):
    right = short_reference(number="MX-004217")
    for digit in "0123456789":
        if digit != right[position]:
            assert not luhn.is_valid(right[:position] + digit + right[position + 1 :])
