"""A member's year: what was given and what was received in return, to the cent."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.rules.yearly import Asked, year_of

TWO = (Asked(part="membership", amount=5_000, table=5_000), Asked(part="operations", amount=15_000, table=15_000))
LINES = st.lists(
    st.builds(
        Asked,
        part=st.sampled_from(["membership", "operations", "opening"]),
        amount=st.integers(1, 50_000),
        table=st.one_of(st.none(), st.integers(1, 50_000)),
    ),
    min_size=1,
    max_size=4,
)


def test_the_membership_part_is_given_and_operations_bring_something_in_return():
    year = year_of(paid=[(20_000, TWO)], credit=0)
    assert (year.gift, year.in_return, year.total) == (5_000, 15_000, 20_000)


def test_a_payment_of_part_covers_the_lines_in_proportion():
    year = year_of(paid=[(10_001, TWO)], credit=700)
    assert (year.gift, year.in_return, year.credit, year.total) == (2_501, 7_500, 700, 10_701)


def test_what_is_above_the_table_is_given_whichever_part_it_belongs_to():
    solidarity = (
        Asked(part="membership", amount=7_500, table=5_000),
        Asked(part="operations", amount=22_500, table=15_000),
    )
    year = year_of(paid=[(30_000, solidarity)], credit=0)
    assert (year.membership, year.above, year.gift, year.in_return) == (5_000, 10_000, 15_000, 15_000)


def test_dues_of_earlier_years_are_neither():
    year = year_of(paid=[(3_000, (Asked(part="opening", amount=3_000, table=None),))], credit=0)
    assert (year.gift, year.in_return, year.earlier) == (0, 0, 3_000)


@given(paid=st.lists(st.tuples(st.integers(0, 90_000), LINES), max_size=5), credit=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_every_cent_of_a_year_is_in_one_part(paid, credit):
    year = year_of(paid=paid, credit=credit)
    assert year.total == sum(amount for amount, _ in paid) + credit
    assert min(year.in_return, year.membership, year.above, year.earlier) >= 0
