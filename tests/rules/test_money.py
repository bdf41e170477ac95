"""Amounts: read exactly, shared out without losing a cent, printed with their currency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.money import AmountError, minor_units, printed, share_of, split_evenly, whole_units

AMOUNTS = st.integers(-(10**12), 10**12)
SHARES = st.integers(0, 50_000)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("200", 20_000),
        ("200.00", 20_000),
        ("1234.5", 123_450),
        ("1234.50", 123_450),
        ("0.01", 1),
        ("0", 0),
        ("-0", 0),
        ("-20.00", -2_000),
        ("-0.50", -50),
        ("-0.05", -5),
        ("  75 ", 7_500),
        ("007", 700),
        ("9999999999999.99", 999_999_999_999_999),
    ],
)
def test_an_amount_is_read_exactly(text, minor):
    assert minor_units(amount=text) == minor


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "abc", "1,234.50", "12,50", "1.234", "0.001", "1.", ".5", "+5", "--5", "1e3", "1_000", "0x10", "NaN",
        "Infinity", "1 000", "$20", "20 USD", "٣٤", "２０", "−5", "1.2.3", "1\x00", "12345678901234", "9" * 5000,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(AmountError):
        minor_units(amount=text)


def test_the_refusal_shows_the_text_in_both_languages():
    with pytest.raises(AmountError) as caught:
        minor_units(amount="twelve")
    assert caught.value.text.as_dict() == {
        "en": "“twelve” is not an amount. Write it like 200 or 1234.50.",
        "es": "«twelve» no es una cantidad. Escríbala como 200 o 1234.50.",
    }


def test_the_refusal_of_a_huge_text_is_short():
    with pytest.raises(AmountError) as caught:
        minor_units(amount="x" * 100_000)
    assert len(caught.value.text.en) < 120


@pytest.mark.parametrize(
    ("minor", "whole"),
    [(20_000, "200"), (1_234_550, "12345.5"), (1, "0.01"), (0, "0"), (-1_950, "-19.5"), (-2_000, "-20"), (-1, "-0.01")],
)
def test_json_output_has_whole_units_without_a_needless_point(minor, whole):
    assert repr(whole_units(minor=minor)) == whole


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (123_450, "USD", "USD 1,234.50"),
        (123_450, "MXN", "MXN 1,234.50"),
        (5, "USD", "USD 0.05"),
        (0, "MXN", "MXN 0.00"),
        (-50, "USD", "USD -0.50"),
        (-123_456_789, "MXN", "MXN -1,234,567.89"),
        (99_999, "USD", "USD 999.99"),
        (100_000, "USD", "USD 1,000.00"),
    ],
)
def test_an_amount_for_people_begins_with_its_currency(minor, currency, text):
    assert printed(minor=minor, currency=currency) == text


@pytest.mark.parametrize(
    ("minor", "basis_points", "share"),
    [
        (20_000, 10_000, 20_000),
        (20_000, 5_000, 10_000),
        (20_000, 0, 0),
        (20_000, 15_000, 30_000),
        (2_500, 7_500, 1_875),
        (1, 5_000, 1),
        (1, 4_999, 0),
        (3, 5_000, 2),
        (-1, 5_000, -1),
        (-3, 5_000, -2),
        (-1, 4_999, 0),
        (333, 3_333, 111),
    ],
)
def test_a_share_is_rounded_to_the_nearest_cent_and_half_a_cent_away_from_nothing(minor, basis_points, share):
    assert share_of(minor=minor, basis_points=basis_points) == share


@MANY
@given(minor=st.integers(0, 10**12), less=SHARES, more=SHARES)
def test_a_larger_share_is_never_a_smaller_amount(minor, less, more):
    less, more = sorted((less, more))
    assert share_of(minor=minor, basis_points=less) <= share_of(minor=minor, basis_points=more)


@MANY
@given(one=AMOUNTS, other=AMOUNTS, basis_points=SHARES)
def test_a_share_of_more_is_never_less(one, other, basis_points):
    one, other = sorted((one, other))
    assert share_of(minor=one, basis_points=basis_points) <= share_of(minor=other, basis_points=basis_points)


@MANY
@given(minor=AMOUNTS, basis_points=SHARES)
def test_a_share_is_half_a_cent_off_at_most(minor, basis_points):
    assert abs(share_of(minor=minor, basis_points=basis_points) * 10_000 - minor * basis_points) <= 5_000


@MANY
@given(minor=AMOUNTS)
def test_the_whole_share_is_the_amount(minor):
    assert share_of(minor=minor, basis_points=10_000) == minor


@pytest.mark.parametrize(
    ("minor", "parts", "split"),
    [
        (12_000, 12, [1_000] * 12),
        (100, 3, [34, 33, 33]),
        (200, 3, [67, 67, 66]),
        (2, 4, [1, 1, 0, 0]),
        (0, 3, [0, 0, 0]),
        (7, 1, [7]),
        (20_000, 12, [1_667] * 8 + [1_666] * 4),
    ],
)
def test_an_even_split_puts_the_larger_parts_first(minor, parts, split):
    assert split_evenly(minor=minor, parts=parts) == split


@pytest.mark.parametrize("parts", [0, -1])
def test_an_amount_is_not_split_into_no_parts(parts):
    with pytest.raises(ValueError, match="at least one part"):
        split_evenly(minor=100, parts=parts)


@MANY
@given(minor=AMOUNTS, parts=st.integers(1, 400))
def test_an_even_split_adds_up_and_differs_by_a_cent_at_most(minor, parts):
    split = split_evenly(minor=minor, parts=parts)
    assert (len(split), sum(split), split) == (parts, minor, sorted(split, reverse=True))
    assert split[0] - split[-1] in {0, 1}


@MANY
@given(minor=st.integers(-999_999_999_999_999, 999_999_999_999_999))
def test_what_is_printed_can_be_read_back(minor):
    assert minor_units(amount=printed(minor=minor, currency="USD").removeprefix("USD ").replace(",", "")) == minor
