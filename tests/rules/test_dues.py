"""What a member owes for a period: the tables of 2010, 2016 and 2022, the parts, the member's own rate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import DAY, MANY
from tequio.rules.dues import (
    PART_NAMES,
    DuesTable,
    DuesTableError,
    Kind,
    Line,
    Part,
    RateKind,
    Tariff,
    due_on,
    lines_for,
    share_on,
)
from tequio.rules.reasons import Text

MULTIPLES = {1: 5_000, 2: 7_500, 3: 10_000, 4: 15_000, 5: 25_000}  # of the amounts of 2016, in basis points


def table(amounts: dict, *, default_band: int | None = None) -> DuesTable:
    """A table from {(kind, part): minor} or {(kind, part, band): minor}, its cells numbered from 1."""
    tariffs = [
        Tariff(id=number, kind=key[0], part=key[1], band=key[2] if len(key) > 2 else None, amount=amount)
        for number, (key, amount) in enumerate(amounts.items(), start=1)
    ]
    return DuesTable(tariffs=tariffs, default_band=default_band)


US_2016 = {
    ("individual", "membership"): 2_500,
    ("individual", "operations"): 7_500,
    ("organization", "membership"): 5_000,
    ("organization", "operations"): 15_000,
}
MX_2016 = {
    ("individual", "membership"): 82_000,
    ("individual", "operations"): 246_000,
    ("organization", "membership"): 102_500,
    ("organization", "operations"): 307_500,
}
BEFORE = table({("individual", "membership"): 10_000, ("organization", "membership"): 20_000})
BANDS = table(
    {(*key, band): amount * bp // 10_000 for key, amount in US_2016.items() for band, bp in MULTIPLES.items()}
)


def amounts(found) -> list[tuple[str, int]]:
    return [(line.part, line.amount) for line in found]


@pytest.mark.parametrize(
    ("cells", "kind", "operations", "lines"),
    [
        (US_2016, "individual", False, [("membership", 2_500)]),
        (US_2016, "individual", True, [("membership", 2_500), ("operations", 7_500)]),
        (US_2016, "organization", False, [("membership", 5_000)]),
        (US_2016, "organization", True, [("membership", 5_000), ("operations", 15_000)]),
        (MX_2016, "individual", False, [("membership", 82_000)]),
        (MX_2016, "individual", True, [("membership", 82_000), ("operations", 246_000)]),
        (MX_2016, "organization", False, [("membership", 102_500)]),
        (MX_2016, "organization", True, [("membership", 102_500), ("operations", 307_500)]),
    ],
)
def test_the_split_dues_of_2016_in_both_centers(cells, kind, operations, lines):
    assert amounts(lines_for(table=table(cells), kind=kind, band=None, operations=operations)) == lines


@pytest.mark.parametrize(("kind", "amount"), [("individual", 10_000), ("organization", 20_000)])
@pytest.mark.parametrize("operations", [False, True])
def test_before_the_split_everything_is_one_line(kind, amount, operations):
    found = lines_for(table=BEFORE, kind=kind, band=None, operations=operations)
    assert amounts(found) == [("membership", amount)]


@pytest.mark.parametrize(("band", "membership", "operations"), [
    (1, 1_250, 3_750), (2, 1_875, 5_625), (3, 2_500, 7_500), (4, 3_750, 11_250), (5, 6_250, 18_750),
])  # fmt: skip
def test_an_individual_in_each_income_band(band, membership, operations):
    found = lines_for(table=BANDS, kind="individual", band=band, operations=True)
    assert amounts(found) == [("membership", membership), ("operations", operations)]


def test_a_table_without_bands_asks_the_same_of_every_band():
    found = [lines_for(table=table(US_2016), kind="individual", band=band, operations=True) for band in (None, 1, 5)]
    assert [amounts(f) for f in found] == [[("membership", 2_500), ("operations", 7_500)]] * 3


def test_who_has_declared_no_income_is_asked_the_default_band():
    usual = DuesTable(tariffs=BANDS.tariffs, default_band=3)
    assert lines_for(table=usual, kind="individual", band=None, operations=True) == lines_for(
        table=usual, kind="individual", band=3, operations=True
    )


def test_a_declared_band_goes_before_the_default():
    usual = DuesTable(tariffs=BANDS.tariffs, default_band=3)
    assert amounts(lines_for(table=usual, kind="individual", band=1, operations=False)) == [("membership", 1_250)]


def test_each_line_names_the_cell_it_came_from():
    found = lines_for(table=table(US_2016), kind="organization", band=None, operations=True)
    assert found == (Line("membership", 5_000, 3), Line("operations", 15_000, 4))


@pytest.mark.parametrize(
    ("share", "lines"),
    [
        (10_000, [("membership", 2_500), ("operations", 7_500)]),
        (5_000, [("membership", 1_250), ("operations", 3_750)]),
        (15_000, [("membership", 3_750), ("operations", 11_250)]),
        (3_333, [("membership", 833), ("operations", 2_500)]),
        (0, [("membership", 0), ("operations", 0)]),
    ],
)
def test_a_member_of_its_own_rate_is_asked_its_share_of_each_part(share, lines):
    found = lines_for(table=table(US_2016), kind="individual", band=None, operations=True, share=share)
    assert amounts(found) == lines


@pytest.mark.parametrize(
    ("found_in", "kind", "band", "message"),
    [
        (table({}), "individual", None, ("no", "cero")),
        (BEFORE, "foundation", None, ("no", "cero")),
        (BANDS, "individual", 6, ("no", "cero")),
        (BANDS, "individual", None, ("no", "cero")),
        (table({("individual", "membership", band): 1 for band in (1, 2)}, default_band=3), "individual", None,
         ("no", "cero")),
    ],
)  # fmt: skip
def test_a_table_with_a_hole_is_refused_in_both_languages(found_in, kind, band, message):
    with pytest.raises(DuesTableError) as caught:
        lines_for(table=found_in, kind=kind, band=band, operations=False)
    assert caught.value.text == Text(
        en=f"The dues table has {message[0]} amounts for {kind}, membership, income band {band}.",
        es=f"La tabla de cuotas tiene {message[1]} montos para {kind}, membership, rango {band}.",
    )


def test_a_banded_table_with_a_hole_in_operations_is_refused():
    holed = table({**{("individual", "membership", b): 1 for b in (1, 2)}, ("individual", "operations", 1): 1})
    with pytest.raises(DuesTableError, match="no amounts for individual, operations, income band 2"):
        lines_for(table=holed, kind="individual", band=2, operations=True)


def test_a_table_with_two_cells_for_a_member_is_refused():
    cell = Tariff(id=1, kind="individual", part="membership", band=None, amount=1)
    twice = DuesTable(tariffs=[cell, Tariff(id=2, kind="individual", part="membership", band=None, amount=2)])
    with pytest.raises(DuesTableError, match="has 2 amounts"):
        lines_for(table=twice, kind="individual", band=None, operations=False)


@pytest.mark.parametrize(
    ("start", "invoiced", "notice", "due"),
    [
        (date(2016, 8, 1), date(2016, 7, 15), 14, date(2016, 8, 1)),
        (date(2016, 7, 30), date(2016, 7, 15), 14, date(2016, 7, 30)),
        (date(2016, 7, 29), date(2016, 7, 15), 14, date(2016, 7, 29)),
        (date(2016, 7, 28), date(2016, 7, 15), 14, date(2016, 7, 29)),
        (date(2016, 7, 15), date(2016, 7, 15), 14, date(2016, 7, 29)),
        (date(2014, 7, 15), date(2016, 7, 15), 14, date(2016, 7, 29)),
        (date(2016, 7, 15), date(2016, 7, 15), 0, date(2016, 7, 15)),
        (date(2016, 1, 1), date(2016, 2, 15), 14, date(2016, 2, 29)),
    ],
)
def test_an_invoice_is_due_at_the_start_of_the_period_or_the_end_of_the_notice(start, invoiced, notice, due):
    assert due_on(period_start=start, invoiced_on=invoiced, notice_days=notice) == due


JANUARY, JUNE = date(2016, 1, 1), date(2016, 6, 30)


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (JANUARY - DAY, (None, 10_000)),
        (JANUARY, ("reduced", 5_000)),
        (JUNE, ("reduced", 5_000)),
        (JUNE + DAY, (None, 10_000)),
    ],
)
def test_a_rate_of_its_own_lasts_from_its_first_day_through_its_last(on, share):
    assert share_on(rates=[("reduced", 5_000, JANUARY, JUNE)], on=on) == share


def test_a_rate_without_an_end_lasts():
    assert share_on(rates=[("solidarity", 15_000, JANUARY, None)], on=date(2030, 1, 1)) == ("solidarity", 15_000)


def test_a_comped_member_owes_nothing_whatever_the_row_says():
    assert share_on(rates=[("comped", 10_000, JANUARY, None)], on=JUNE) == ("comped", 0)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_rates_the_one_that_began_last_counts(turned):
    rates = [("reduced", 5_000, JANUARY, None), ("solidarity", 15_000, date(2016, 3, 1), JUNE)]
    rates = rates[::-1] if turned else rates
    assert [share_on(rates=rates, on=on) for on in (date(2016, 2, 29), date(2016, 3, 1), JUNE, JUNE + DAY)] == [
        ("reduced", 5_000),
        ("solidarity", 15_000),
        ("solidarity", 15_000),
        ("reduced", 5_000),
    ]


def test_without_a_rate_of_its_own_the_table_counts():
    assert share_on(rates=[], on=JUNE) == (None, 10_000)


def test_the_words_for_parts_kinds_and_rates():
    assert [part.value for part in Part] == ["membership", "operations"]
    assert [kind.value for kind in Kind] == ["organization", "individual"]
    assert [rate.value for rate in RateKind] == ["reduced", "solidarity", "comped"]
    assert {
        Part.MEMBERSHIP: Text(en="Membership dues", es="Cuota de membresía"),
        Part.OPERATIONS: Text(en="Operations and support", es="Operación y soporte"),
    } == PART_NAMES


@MANY
@given(band=st.integers(1, 5), share=st.integers(0, 30_000), kind=st.sampled_from(list(Kind)))
def test_who_uses_operations_pays_membership_as_everyone_and_never_less(band, share, kind):
    without, with_ = (
        lines_for(table=BANDS, kind=kind, band=band, operations=operations, share=share) for operations in (False, True)
    )
    assert with_[:1] == without
    assert [line.part for line in with_] == ["membership", "operations"]
    assert all(line.amount >= 0 for line in with_)
