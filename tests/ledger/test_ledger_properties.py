"""Whatever legs somebody thinks of: posted if every currency and fund adds up to nothing, else refused."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.ledger.models import Account, Entry, EntryKind, Fund, Leg
from tequio.ledger.operations import post
from tequio.ledger.queries import unbalanced

FIXED = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ROLES = ("bank", "cash", "receivable", "income-membership")
groups = st.tuples(st.sampled_from(["general", "garden"]), st.sampled_from(["USD", "MXN"]))
amounts = st.one_of(st.integers(-3, 3), st.integers(-(10**15), 10**15)).filter(bool)
legs = st.lists(st.tuples(st.sampled_from(ROLES), groups, amounts), max_size=8)


def sums(rows):
    found = Counter()
    for _, group, amount in rows:
        found[group] += amount
    return {group: amount for group, amount in found.items() if amount}


def try_to_post(us, rows):
    """Whether the database lets a draft with these legs be posted; nothing of it stays."""
    accounts = dict(Account.objects.filter(center=us).values_list("role", "pk"))
    funds = dict(Fund.objects.filter(center=us).values_list("code", "pk"))
    with transaction.atomic():
        entry = Entry.objects.create(center=us, on=date(2016, 7, 15), kind=EntryKind.OPENING)
        Leg.objects.bulk_create(
            Leg(entry=entry, account_id=accounts[role], fund_id=funds[fund], currency=currency, amount=amount)
            for role, (fund, currency), amount in rows
        )
        try:
            with transaction.atomic():
                post(entry_pks=[entry.pk])
            assert list(unbalanced()) == []
        except IntegrityError:
            went = False
        else:
            went = True
        transaction.set_rollback(True)
    return went


@pytest.fixture
def center(us, garden):
    return us


@FIXED
@given(rows=legs)
def test_legs_are_posted_exactly_when_they_balance(center, rows):
    assert try_to_post(center, rows) is (len(rows) >= 2 and not sums(rows))


@FIXED
@given(rows=legs.filter(bool), role=st.sampled_from(ROLES))
def test_any_legs_are_posted_once_they_are_evened_out(center, rows, role):
    rows = [*rows, *((role, group, -amount) for group, amount in sums(rows).items())]
    assert try_to_post(center, rows) is True


@FIXED
@given(rows=legs, role=st.sampled_from(ROLES), group=groups, amount=amounts)
def test_one_leg_too_many_is_refused_whatever_the_others_are(center, rows, role, group, amount):
    rows = [*rows, *((role, g, -a) for g, a in sums(rows).items()), (role, group, amount)]
    assert try_to_post(center, rows) is False
