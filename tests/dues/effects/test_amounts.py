"""The amounts of a table as people write them: kept exactly, or refused with a sentence."""

import pytest

from tequio.dues.effects.amounts import as_written, bands_of, cells_of, checked_table, shares_of_bands
from tequio.dues.operations.adopting import TariffLine
from tequio.kernel.errors import Refusal


def checked(bands=(), **table):
    kinds = {"organization": {"membership": 50}, "individual": {"membership": 25}, **table}
    given = {kind: parts for kind, parts in kinds.items() if parts is not None}
    return checked_table(data={"us": given}, center="us", bands=dict(bands))


@pytest.mark.parametrize(
    ("written", "kept"),
    [(50, "50"), ("50", "50"), (" 50.00 ", "50"), (1025.5, "1025.50"), ("0.05", "0.05"), (0, "0"), ("1e3", "1000")],
)
def test_an_amount_is_kept_as_text_without_a_rest_of_nothing(written, kept):
    assert checked(individual={"membership": written})["individual"] == {"membership": kept}


@pytest.mark.parametrize(
    "written",
    [
        -1,
        "-1",
        "",
        "much",
        "1,000",
        "1.005",
        0.001,
        True,
        None,
        [],
        "NaN",
        "Infinity",
        "1e400",
        "9" * 30,
        10**10,
        "1_0",
    ],
)
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(Refusal) as refused:
        checked(individual={"membership": written})
    assert refused.value.text.en.startswith("“us: individual, membership” is an amount like 200 or 1234.50, not “")


def test_what_was_kept_is_kept_again_as_it_is():
    kept = checked(organization={"membership": {"1": 10, "2": 20.5}}, assumed=["membership"])
    assert checked_table(data={"us": kept}, center="us", bands={}) == kept


def test_multipliers_are_written_out():
    shares = shares_of_bands(data={"bands": {"1": 0.5, "2": "1", "3": 2.25}})
    assert checked(bands=shares.items())["organization"]["membership"] == {"1": "25", "2": "50", "3": "112.50"}


@pytest.mark.parametrize("bands", [{}, [], {"x": 1}, {"0": 1}, {"1": -1}, {"1": 0.00001}, {"²": 1}, {"9" * 40: 1}])
def test_multipliers_that_cannot_be_are_refused(bands):
    with pytest.raises(Refusal):
        shares_of_bands(data={"bands": bands})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"individual": None}, "“individual” is a table and has something in it."),
        ({"individual": {"operations": 1}}, "The table for us asks individual for no membership dues"),
        ({"robot": {"membership": 1}}, "Nobody knows “robot” (us)."),
        ({"individual": {"membership": 1, "tax": 1}}, "Nobody knows “tax” (us: individual)."),
        ({"individual": {"membership": {}}}, "“us: individual, membership” has no amount."),
        ({"individual": {"membership": {"x": 1}}}, "“us: individual, membership” has no band “x”."),
        ({"assumed": ["tax"]}, "Nobody knows “tax” (us: assumed)."),
    ],
)
def test_a_table_that_cannot_be_billed_is_refused(table, said):
    with pytest.raises(Refusal) as refused:
        checked(**table)
    assert refused.value.text.en.startswith(said)


def test_who_declared_no_income_has_a_band_of_those_there_are():
    kept = {"us": checked(individual={"membership": {"1": 10, "2": 20}})}
    assert bands_of(kept=kept, default_band=2) == 2
    for wrong in (None, 3, "2", True):
        with pytest.raises(Refusal, match="the band asked of who declared none: one of 1, 2"):
            bands_of(kept=kept, default_band=wrong)


def test_without_bands_there_is_no_band_of_who_declared_none():
    assert bands_of(kept={"us": checked()}, default_band=None) is None
    with pytest.raises(Refusal, match="no amount has bands"):
        bands_of(kept={"us": checked()}, default_band=1)


def test_amounts_of_different_bands_are_refused():
    kept = {"us": checked(individual={"membership": {"1": 10}, "operations": {"2": 10}})}
    with pytest.raises(Refusal, match="needs the same bands"):
        bands_of(kept=kept, default_band=1)


def test_the_cells_are_in_minor_units_in_the_order_of_the_table():
    kept = checked(organization={"operations": {"10": 2, "9": 1.5}, "membership": 3}, assumed=["operations"])
    assert cells_of(kept=kept)[:3] == [
        TariffLine(kind="organization", part="membership", band=None, amount=300),
        TariffLine(kind="organization", part="operations", band=9, amount=150, assumed=True),
        TariffLine(kind="organization", part="operations", band=10, amount=200, assumed=True),
    ]


@pytest.mark.parametrize(("minor", "text"), [(0, "0"), (5, "0.05"), (100, "1"), (102_550, "1025.50")])
def test_minor_units_are_written_as_people_do(minor, text):
    assert as_written(minor=minor) == text
