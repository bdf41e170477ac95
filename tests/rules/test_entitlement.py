"""What a member may have, how much of it, in which state, and why: one function decides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.dues import DuesTable, Part, Tariff
from tequio.rules.entitlement import (
    Exemption,
    Held,
    Lent,
    Service,
    ServiceStanding,
    State,
    entitlements,
    lent,
    parts_taken,
    removable_from,
    wishes,
)
from tequio.rules.reasons import Text
from tequio.rules.standing import Cause, Standing

ON = date(2016, 7, 15)
BECAUSE = Text(en="Because.", es="Porque.")
WORKS = {
    "limited": {"off": ["sites", "lists", "sign_in"]},
    "disabled": {"hold": ["mail"]},
    "inactive": {"removed_after_export": True},
}


def service(code, works_as, membership=0, operations=None):
    return Service(
        code=code,
        name=Text(en=code, es=code),
        works_as=works_as,
        with_membership=membership,
        with_operations=operations,
    )


CATALOG = (service("mailbox", "mail", 1), service("site", "sites"), service("cloud", "sign_in", 1))


def stands(standing=Standing.GOOD, cause=Cause.DAYS, works=WORKS, **more):
    return ServiceStanding(standing=standing, cause=cause, reason=BECAUSE, since=date(2016, 6, 1), works=works, **more)


def may(standing, *, parts=frozenset(Part), exceptions=(), on=ON):
    found = entitlements(catalog=CATALOG, parts=parts, standing=standing, exceptions=exceptions, on=on)
    return {e.service: e for e in found}


def states(standing, **more):
    return {code: e.state for code, e in may(standing, **more).items()}


OPEN, LIMITED, SUSPENDED = State.OPEN, State.LIMITED, State.SUSPENDED


@pytest.mark.parametrize(
    ("standing", "mailbox", "site", "cloud"),
    [
        (Standing.GOOD, OPEN, OPEN, OPEN),
        (Standing.AT_RISK, OPEN, OPEN, OPEN),
        (Standing.LIMITED, LIMITED, SUSPENDED, SUSPENDED),
        (Standing.DISABLED, SUSPENDED, SUSPENDED, SUSPENDED),
        (Standing.INACTIVE, SUSPENDED, SUSPENDED, SUSPENDED),
    ],
)
def test_each_standing_stops_what_the_policy_says_and_a_worse_one_never_less(standing, mailbox, site, cloud):
    assert states(stands(standing)) == {"mailbox": mailbox, "site": site, "cloud": cloud}


def test_mail_on_hold_says_that_what_comes_in_is_kept_and_how_to_be_back():
    mailbox = may(stands(Standing.DISABLED))["mailbox"]
    assert mailbox.on_hold
    assert mailbox.reason == Text(
        en="It is suspended. What comes in is kept and never sent back. It is back at once when what is overdue is "
        "paid or agreed. Because.",
        es="Está suspendido. Lo que llega se guarda y nunca se devuelve. Vuelve de inmediato al pagar o acordar lo "
        "vencido. Porque.",
    )
    assert not may(stands(Standing.LIMITED))["site"].on_hold


@pytest.mark.parametrize("cause", [Cause.HOLD, Cause.PLAN, Cause.RETURNED])
def test_whoever_was_given_time_or_reached_has_everything_whatever_stops_while_at_risk(cause):
    strict = {"at_risk": {"off": ["mail", "sites", "sign_in"]}}
    assert set(states(stands(Standing.AT_RISK, works=strict)).values()) == {SUSPENDED}
    assert set(states(stands(Standing.AT_RISK, cause, works=strict)).values()) == {OPEN}


def test_membership_brings_one_of_some_and_operations_and_support_as_many_as_needed():
    few = may(stands(), parts=frozenset({Part.MEMBERSHIP}))
    assert {code: (e.most, e.state, e.may_open) for code, e in few.items()} == {
        "mailbox": (1, OPEN, True),
        "site": (0, SUSPENDED, False),
        "cloud": (1, OPEN, True),
    }
    assert few["site"].reason.en == "Comes with operations and support, in which this member does not take part."
    assert {e.most for e in may(stands()).values()} == {None}


def test_a_limited_member_keeps_what_works_and_opens_nothing_new():
    assert not may(stands(Standing.LIMITED))["mailbox"].may_open


def test_who_left_has_nothing_that_works_even_where_no_policy_stops_anything():
    assert set(states(stands(Standing.INACTIVE, Cause.LEFT, works={})).values()) == {SUSPENDED}


def test_an_exception_gives_more_or_keeps_open_and_only_on_its_days():
    more = Exemption(service="site", first_day=ON, last_day=ON, reason="archive of a strike", more=2)
    kept = Exemption(service="mailbox", first_day=ON, last_day=ON, reason="hospital", keeps_open=True)
    member = frozenset({Part.MEMBERSHIP})
    today = may(stands(Standing.DISABLED), parts=member, exceptions=[more, kept])
    assert (today["site"].most, today["site"].state) == (2, SUSPENDED)
    assert today["site"].count_reason.en == (
        "0 included and 2 more by an exception through 15 July 2016: “archive of a strike”."
    )
    assert (today["mailbox"].state, today["mailbox"].reason.es) == (
        OPEN,
        "Funciona por excepción hasta el 15 de julio de 2016: «hospital».",
    )
    later = may(stands(Standing.DISABLED), parts=member, exceptions=[more, kept], on=ON + timedelta(days=1))
    assert (later["site"].most, later["mailbox"].state) == (0, SUSPENDED)


def test_before_the_split_everything_came_with_membership():
    cell = Tariff(id=1, kind="individual", part="membership", band=None, amount=1)
    old = DuesTable(tariffs=(cell,))
    split = DuesTable(tariffs=(cell, replace(cell, id=2, part="operations")))
    assert parts_taken(table=old, kind="individual", operations=False) == frozenset(Part)
    assert parts_taken(table=split, kind="individual", operations=False) == {Part.MEMBERSHIP}
    assert parts_taken(table=split, kind="individual", operations=True) == frozenset(Part)
    assert parts_taken(table=None, kind="individual", operations=False) == frozenset(Part)


def test_the_first_accounts_count_and_what_is_beyond_is_suspended_with_its_reason():
    mailbox = may(stands(), parts=frozenset({Part.MEMBERSHIP}))["mailbox"]
    held = [Held(pk=1, closed_on=ON), Held(pk=2), Held(pk=3), Held(pk=4, removed_after=ON)]
    found = wishes(entitlement=mailbox, accounts=held)
    assert [(w.pk, w.state) for w in found] == [(1, SUSPENDED), (2, OPEN), (3, SUSPENDED), (4, State.REMOVED)]
    assert found[2].reason.en == (
        "It may have 1, and those opened first count. Closing another one brings this one back; nothing in it is lost."
    )


def test_what_a_coalition_was_lent_is_open_through_its_last_day():
    loan = Lent(decision="2016-loan", first_day=ON, last_day=ON, counts={"mailbox": 2})
    assert [(e.most, e.state) for e in lent(catalog=CATALOG, lending=loan, on=ON)] == [
        (2, OPEN),
        (0, SUSPENDED),
        (0, SUSPENDED),
    ]
    for day, said in (
        (ON - timedelta(days=1), "Decision 2016-loan lends it from 15 July 2016."),
        (ON + timedelta(days=1), "Decision 2016-loan lends it through 15 July 2016; that is over."),
    ):
        mailbox = lent(catalog=CATALOG, lending=loan, on=day)[0]
        assert (mailbox.state, mailbox.reason.en) == (SUSPENDED, said)


def test_removal_needs_inactive_an_export_offered_since_and_its_days():
    inactive = stands(Standing.INACTIVE)
    offered = date(2016, 6, 10)

    def first(standing=inactive, on=offered):
        return removable_from(standing=standing, export_offered_on=on, export_days=30)

    assert first() == date(2016, 7, 10)
    assert first(on=None) is None
    assert first(on=date(2016, 5, 31)) is None  # offered in an earlier time of trouble
    assert first(stands(Standing.DISABLED)) is None
    assert first(stands(Standing.INACTIVE, works={})) is None  # the policy removes nothing
    left = stands(Standing.INACTIVE, Cause.LEFT, works={}, inactive_after_months=3)
    assert first(left) == date(2016, 9, 1)


@given(
    standing=st.sampled_from(list(Standing)),
    works=st.dictionaries(
        st.sampled_from(["at_risk", "limited", "disabled", "inactive"]),
        st.dictionaries(
            st.sampled_from(["off", "hold"]), st.lists(st.sampled_from(["mail", "sites", "sign_in", "site"]))
        ),
    ),
)
def test_nobody_has_more_in_a_worse_standing_and_everything_has_a_reason_in_both_languages(standing, works):
    order = list(Standing)
    worse = order[min(order.index(standing) + 1, len(order) - 1)]
    rank = list(State)
    here, there = may(stands(standing, works=works)), may(stands(worse, works=works))
    for code, entitlement in here.items():
        assert rank.index(entitlement.state) <= rank.index(there[code].state) or there[code].state is OPEN
        assert entitlement.state is not SUSPENDED or there[code].state is SUSPENDED
        assert entitlement.reason.en
        assert entitlement.reason.es
