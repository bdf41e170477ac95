"""What a payment settles, what a refund takes back, which credit pays which charge."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.payments import OpenCharge, Share, settle, take_back, use_credits

OLD = OpenCharge(id=7, due_on=date(2014, 3, 1), rest=200)
MID = OpenCharge(id=3, due_on=date(2015, 3, 1), rest=100)
NEW = OpenCharge(id=1, due_on=date(2016, 3, 1), rest=50)

CHARGES = st.lists(
    st.builds(
        OpenCharge,
        id=st.integers(1, 30),
        due_on=st.integers(0, 5).map(lambda n: date(2016, 1, 1) + timedelta(days=n)),
        rest=st.integers(0, 300),
    ),
    max_size=6,
    unique_by=lambda c: c.id,
)


@pytest.mark.parametrize(
    ("amount", "shares", "credit"),
    [
        (0, [], 0),
        (1, [Share(7, 1)], 0),
        (199, [Share(7, 199)], 0),
        (200, [Share(7, 200)], 0),
        (201, [Share(7, 200), Share(3, 1)], 0),
        (300, [Share(7, 200), Share(3, 100)], 0),
        (350, [Share(7, 200), Share(3, 100), Share(1, 50)], 0),
        (351, [Share(7, 200), Share(3, 100), Share(1, 50)], 1),
    ],
)
@pytest.mark.parametrize("charges", [(OLD, MID, NEW), (NEW, MID, OLD), (MID, NEW, OLD)])
def test_a_payment_settles_the_oldest_debt_first_and_the_rest_is_credit(charges, amount, shares, credit):
    assert settle(amount=amount, charges=charges) == (shares, credit)


def test_a_payment_without_a_debt_is_credit():
    assert settle(amount=500, charges=[]) == ([], 500)


def test_of_two_debts_due_on_one_day_the_first_made_is_settled_first():
    twins = [OpenCharge(id=n, due_on=date(2016, 1, 1), rest=100) for n in (9, 4)]
    assert settle(amount=150, charges=twins) == ([Share(4, 100), Share(9, 50)], 0)


def test_a_charge_with_nothing_left_gets_no_share():
    paid = OpenCharge(id=2, due_on=date(2013, 1, 1), rest=0)
    assert settle(amount=50, charges=[paid, OLD]) == ([Share(7, 50)], 0)


@MANY
@given(amount=st.integers(0, 1_500), charges=CHARGES)
def test_nothing_of_a_payment_is_lost(amount, charges):
    shares, credit = settle(amount=amount, charges=charges)
    assert sum(share.amount for share in shares) + credit == amount
    assert credit == max(0, amount - sum(c.rest for c in charges))


@MANY
@given(amount=st.integers(0, 1_500), charges=CHARGES)
def test_a_debt_is_touched_only_when_all_older_ones_are_paid(amount, charges):
    shares, _ = settle(amount=amount, charges=charges)
    given_ = {share.charge_id: share.amount for share in shares}
    rests = [c.rest - given_.get(c.id, 0) for c in sorted(charges, key=lambda c: (c.due_on, c.id))]
    touched = [given_.get(c.id, 0) > 0 for c in sorted(charges, key=lambda c: (c.due_on, c.id))]
    assert min(rests, default=0) >= 0
    last = max((position for position, yes in enumerate(touched) if yes), default=0)
    assert rests[:last] == [0] * last


@MANY
@given(one=st.integers(0, 700), other=st.integers(0, 700), charges=CHARGES)
def test_two_payments_settle_what_one_of_their_sum_settles(one, other, charges):
    first, credit = settle(amount=one, charges=charges)
    paid = Counter({share.charge_id: share.amount for share in first})
    left = [OpenCharge(id=c.id, due_on=c.due_on, rest=c.rest - paid[c.id]) for c in charges]
    second, rest = settle(amount=other, charges=left)
    paid.update({share.charge_id: share.amount for share in second})
    together, credit_together = settle(amount=one + other, charges=charges)
    assert (+paid, credit + rest) == (Counter({s.charge_id: s.amount for s in together}), credit_together)


SETTLED = [Share(7, 200), Share(3, 100)]


@pytest.mark.parametrize(
    ("amount", "credit", "result"),
    [
        (0, 50, (0, [])),
        (49, 50, (49, [])),
        (50, 50, (50, [])),
        (51, 50, (50, [Share(3, 1)])),
        (150, 50, (50, [Share(3, 100)])),
        (151, 50, (50, [Share(3, 100), Share(7, 1)])),
        (350, 50, (50, [Share(3, 100), Share(7, 200)])),
        (100, 0, (0, [Share(3, 100)])),
    ],
)
def test_a_refund_takes_the_credit_first_and_then_the_debt_paid_last(amount, credit, result):
    assert take_back(amount=amount, credit=credit, shares=SETTLED) == result


@pytest.mark.parametrize(("amount", "credit", "shares"), [(351, 50, SETTLED), (1, 0, []), (301, 0, SETTLED)])
def test_no_more_is_given_back_than_was_paid(amount, credit, shares):
    with pytest.raises(ValueError, match="more is asked back"):
        take_back(amount=amount, credit=credit, shares=shares)


@MANY
@given(amount=st.integers(0, 1_500), charges=CHARGES, part=st.integers(0, 100))
def test_a_refund_reopens_exactly_what_it_gives_back(amount, charges, part):
    shares, credit = settle(amount=amount, charges=charges)
    back = amount * part // 100
    from_credit, reopened = take_back(amount=back, credit=credit, shares=shares)
    assert from_credit + sum(share.amount for share in reopened) == back
    # What stays settled is what the smaller payment would have settled.
    kept = Counter({s.charge_id: s.amount for s in shares})
    kept.subtract({s.charge_id: s.amount for s in reopened})
    smaller, rest = settle(amount=amount - back, charges=charges)
    assert (+kept, credit - from_credit) == (Counter({s.charge_id: s.amount for s in smaller}), rest)


@pytest.mark.parametrize(
    ("unused", "used"),
    [
        ([], []),
        ([(1, 0)], []),
        ([(1, 200)], [(1, 7, 200)]),
        ([(1, 120), (2, 120)], [(1, 7, 120), (2, 7, 80), (2, 3, 40)]),
        ([(2, 120), (1, 120)], [(2, 7, 120), (1, 7, 80), (1, 3, 40)]),
        ([(1, 400), (2, 10)], [(1, 7, 200), (1, 3, 100), (1, 1, 50)]),
    ],
)
def test_the_oldest_credit_pays_the_oldest_debt(unused, used):
    assert use_credits(credits=unused, charges=[NEW, OLD, MID]) == used


@MANY
@given(amounts=st.lists(st.integers(0, 300), max_size=5), charges=CHARGES)
def test_credits_never_pay_more_than_there_is_or_than_is_owed(amounts, charges):
    unused = list(enumerate(amounts))
    used = use_credits(credits=unused, charges=charges)
    from_, to = Counter(), Counter()
    for payment, charge, amount in used:
        assert amount > 0
        from_[payment] += amount
        to[charge] += amount
    assert [from_[payment] <= amount for payment, amount in unused] == [True] * len(unused)
    assert [to[c.id] <= c.rest for c in charges] == [True] * len(charges)
    assert sum(to.values()) == min(sum(amounts), sum(c.rest for c in charges))


@MANY
@given(amounts=st.lists(st.integers(0, 300), max_size=5), charges=CHARGES)
def test_using_up_credits_pays_what_one_payment_of_their_sum_would(amounts, charges):
    to = Counter()
    for _, charge, amount in use_credits(credits=list(enumerate(amounts)), charges=charges):
        to[charge] += amount
    shares, _ = settle(amount=sum(amounts), charges=charges)
    assert to == Counter({share.charge_id: share.amount for share in shares})


def test_a_person_may_say_which_charge_a_payment_is_meant_for():
    assert settle(amount=150, charges=[OLD, MID, NEW], first=MID.id) == ([Share(3, 100), Share(7, 50)], 0)
