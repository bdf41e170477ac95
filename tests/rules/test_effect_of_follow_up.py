"""What followed on what was said: each amount once."""

from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.effect_of_follow_up import (
    Contact,
    Followed,
    Received,
    chance_of,
    compared,
    followed_by,
    last_contacts,
)

DAY_0 = date(2016, 8, 1)


def contact(day, *, member=1, step="reminder", channel="mail", by=""):
    return Contact(member=member, step=step, channel=channel, by=by, on=DAY_0 + timedelta(days=day))


def money(day, amount=100, *, member=1):
    return Received(member=member, on=DAY_0 + timedelta(days=day), amount=amount)


def followed(contacts, received, sort=lambda c: c.step, within_days=30):
    return followed_by(contacts=contacts, received=received, within_days=within_days, sort=sort)


@pytest.mark.parametrize(("day", "counts"), [(-1, False), (0, True), (30, True), (31, False)])
def test_money_counts_from_the_day_of_the_contact_through_the_last_of_the_days(day, counts):
    found = followed([contact(0)], [money(day)])

    assert found["reminder"].amount == (100 if counts else 0)


def test_money_counts_for_the_last_contact_before_it_and_for_no_other():
    found = followed([contact(0), contact(10, step="call")], [money(12)])

    assert found == {
        "reminder": Followed(contacts=1, members=1, paid=0, amount=0, median_days=None),
        "call": Followed(contacts=1, members=1, paid=1, amount=100, median_days=2),
    }


def test_money_of_another_member_counts_for_nobody():
    assert followed([contact(0)], [money(1, member=2)])["reminder"].amount == 0


def test_a_member_that_pays_twice_is_one_that_paid():
    found = followed([contact(0), contact(0, member=2)], [money(1), money(5)])["reminder"]

    assert (found.contacts, found.members, found.paid, found.amount, found.median_days) == (2, 2, 1, 200, 3)


def test_contacts_are_told_apart_by_whatever_is_asked():
    contacts = [contact(0, channel="call", by="Ana"), contact(1, channel="call", by="Beto")]

    assert {name: row.amount for name, row in followed(contacts, [money(3)], sort=lambda c: c.by).items()} == {
        "Ana": 0,
        "Beto": 100,
    }


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 3), st.sampled_from("abc")), max_size=8),
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 3), st.integers(1, 500)), max_size=8),
    st.integers(0, 40),
)
def test_no_more_followed_than_was_received_and_every_amount_counts_once(contacts, received, within):
    said = [contact(day, member=member, step=step) for day, member, step in contacts]
    came = [money(day, amount, member=member) for day, member, amount in received]

    by_step = followed(said, came, within_days=within)

    told = sum(
        amount.amount for amount, last in last_contacts(contacts=said, received=came, within_days=within) if last
    )
    assert sum(row.amount for row in by_step.values()) == told <= sum(amount.amount for amount in came)


def test_fishers_test_equals_the_numbers_of_a_table_worked_out_by_hand():
    # The lady tasting tea: four of four right, by chance 1 in 70, and 1 in 70 the other way round.
    assert isclose(chance_of(paid=4, of=4, other_paid=0, other_of=4), 2 / 70)
    assert isclose(chance_of(paid=3, of=4, other_paid=1, other_of=4), 34 / 70)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(12, 15), st.integers(12, 15))
def test_a_chance_is_a_chance_and_the_same_seen_from_either_side(paid, other_paid, of, other_of):
    one = chance_of(paid=paid, of=of, other_paid=other_paid, other_of=other_of)
    other = chance_of(paid=other_paid, of=other_of, other_paid=paid, other_of=of)

    assert 0 < one <= 1
    assert isclose(one, other)


@pytest.mark.parametrize(
    ("called", "held", "said"),
    [
        ((9, 9), (0, 9), "That is too few to tell anything."),
        ((6, 12), (5, 12), "it may be only a coincidence in time"),
        ((20, 20), (2, 20), "By chance alone such a difference is rare (under 5%)."),
    ],
)
def test_the_comparison_says_when_a_figure_may_be_a_coincidence(called, held, said):
    text = compared(called_paid=called[0], called=called[1], held_paid=held[0], held=held[1], within_days=30)

    assert said in text.en
    assert f"De {called[1]} a las que se llamó pagaron {called[0]}" in text.es
