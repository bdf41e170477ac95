"""The stored standing: what the rule says for the day, written after each operation, an event only where it changes."""

import pytest
from tests.dues.doing import day, hold, let_go, moment, pay, plan, rate, refund, run, tried, void

from tequio.dues.operations.standings import refresh_standings
from tequio.dues.queries import standing_counts, standing_of
from tequio.kernel.journal.models import Event
from tequio.members.models import Member
from tequio.members.operations import leave, merge_members, rejoin, undo_merge

LATE = {"paid_until": "2016-03-01", "balance_due": "200.00"}


def stored(code="M1"):
    m = Member.objects.get(code=code)
    return m.standing, m.standing_since.isoformat(), m.standing_on.isoformat()


def by_rule(code="M1", on="2016-07-15"):
    found = standing_of(code=code, on=day(on)).verdict
    return found.standing.value, found.since.isoformat(), on


def changes():
    rows = Event.objects.filter(kind="standing.changed").order_by("id")
    return [(e.subject, e.payload["from"], e.payload["to"], e.payload["since"]) for e in rows]


def refresh(on, **which):
    return refresh_standings(actor="test", at=moment(on), **which)


def test_an_import_works_standing_out(members):
    members({"paid_until": "2017-03-01"}, LATE, {"paid_until": "2016-06-20", "balance_due": "1.00"})
    assert [stored(f"M{n}") for n in (1, 2, 3)] == [
        ("good", "2010-03-01", "2016-07-15"),
        ("at_risk", "2016-04-01", "2016-07-15"),
        ("good", "2010-03-01", "2016-07-15"),
    ]
    assert changes() == [("member:M2", "good", "at_risk", "2016-04-01")]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (lambda: tried("M1", "2016-06-30"), "disabled"),
        (lambda: pay("M1", 200), "good"),
        (lambda: pay("M1", 199.99), "at_risk"),
        (lambda: let_go("US-OPEN-00001"), "good"),
        (lambda: hold("M1", "2016-12-31"), "at_risk"),
        (lambda: plan("M1", "2016-08-15"), "at_risk"),
        (lambda: rate("M1", "comped", 0), "good"),
        (lambda: leave(code="M1", on=day("2016-07-15"), actor="test", at=moment("2016-07-15")), "inactive"),
        (lambda: run("2016-07-15"), "at_risk"),
    ],
    ids=["attempt", "payment", "part", "write-off", "hold", "plan", "waiver", "leaving", "run"],
)
def test_after_each_operation_the_stored_standing_is_the_rule_s(members, action, expected):
    members(LATE)
    action()
    assert stored() == by_rule()
    assert stored()[0] == expected


def test_what_is_taken_back_changes_standing_back(members):
    members(LATE)
    tried("M1", "2016-06-30")
    first = pay("M1", 200)
    assert stored()[0] == "good"
    void(first)
    assert stored()[0] == "disabled"
    second = pay("M1", 200)
    refund(second, 0.01)
    assert stored() == by_rule()
    assert [row[1:3] for row in changes()] == [
        ("good", "at_risk"),
        ("at_risk", "disabled"),
        ("disabled", "good"),
        ("good", "disabled"),
        ("disabled", "good"),
        ("good", "disabled"),
    ]


def test_reaching_a_disabled_member_brings_it_back_for_fourteen_days(members):
    members(LATE)
    tried("M1", "2016-06-30")
    tried("M1", "2016-07-15", outcome="reached")
    assert stored()[0] == "at_risk"
    assert [by_rule(on=on)[0] for on in ("2016-07-14", "2016-07-15", "2016-07-28", "2016-07-29")] == [
        "disabled",
        "at_risk",
        "at_risk",
        "disabled",
    ]


def test_an_operation_that_changes_nothing_gives_no_event(members):
    members(LATE)
    before = changes()
    pay("M1", 1)
    hold("M1", "2016-07-20")
    refresh("2016-07-15")
    assert changes() == before


def test_a_new_since_without_a_new_standing_is_stored_and_is_no_event(members):
    members(LATE)
    tried("M1", "2016-06-30")
    leave(code="M1", on=day("2016-07-10"), actor="test", at=moment("2016-07-15"))
    rejoin(code="M1", on=day("2016-07-15"), actor="test", at=moment("2016-07-15"))
    assert stored() == by_rule()


def test_refreshing_on_a_later_day_finds_what_days_alone_changed(members):
    members(LATE, {"paid_until": "2016-07-01", "balance_due": "10.00"}, {})
    assert refresh("2016-07-15") == 0
    assert refresh("2016-07-31") == 0
    assert refresh("2016-08-01") == 1
    assert changes()[-1] == ("member:M2", "good", "at_risk", "2016-08-01")
    assert {m.standing_on for m in Member.objects.all()} == {day("2016-08-01")}
    assert refresh("2016-08-01") == 0


def test_refreshing_some_leaves_the_others_alone(members):
    members({"paid_until": "2016-07-01", "balance_due": "10.00"}, {"paid_until": "2016-07-01", "balance_due": "10.00"})
    assert refresh("2016-08-01", member_pks=[Member.objects.get(code="M2").pk]) == 1
    assert [stored("M1")[2], stored("M2")[2]] == ["2016-07-15", "2016-08-01"]


def test_each_center_has_its_own_day(members):
    from datetime import UTC, datetime

    late = {"paid_until": "2016-07-01", "balance_due": "10.00"}
    members(late, {**late, "center": "mx"})
    # 00:30 on 1 August in New York, 23:30 on 31 July in Mexico City.
    refresh_standings(actor="test", at=datetime(2016, 8, 1, 4, 30, tzinfo=UTC))
    assert [stored("M1")[::2], stored("M2")[::2]] == [("at_risk", "2016-08-01"), ("good", "2016-07-31")]


def test_a_merge_and_its_undoing_are_worked_out_for_both(members):
    members({"paid_until": "2017-03-01"}, LATE)
    merge_members(kept="M1", merged="M2", actor="test", at=moment("2016-07-15"))
    assert stored("M1") == by_rule("M1")
    assert by_rule("M1")[0] == "at_risk"
    undo_merge(merged="M2", actor="test", at=moment("2016-07-15"))
    assert [stored("M1")[0], stored("M2")[0]] == ["good", "at_risk"]
    assert [stored("M1"), stored("M2")] == [by_rule("M1"), by_rule("M2")]


def test_refreshing_all_costs_the_same_however_many_members_there_are(many, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    many(3, **LATE)
    with CaptureQueriesContext(connection) as few:
        refresh("2016-07-15")
    many(100, **LATE)
    with django_assert_num_queries(len(few)):
        refresh("2016-07-15")
    with CaptureQueriesContext(connection) as moving:
        refresh("2016-07-20")
    many(400, **LATE)
    with django_assert_num_queries(len(moving)):
        refresh("2016-07-21")


def test_counts_leave_out_who_left_and_who_was_merged(members):
    from tequio.centers.models import Center

    members({}, LATE, {"paid_until": "2017-01-01"}, {"paid_until": "2017-01-01"}, {"center": "mx"})
    merge_members(kept="M1", merged="M3", actor="test", at=moment("2016-07-15"))
    leave(code="M4", on=day("2016-07-01"), actor="test", at=moment("2016-07-15"))
    assert standing_counts(center=Center.objects.get(code="us")) == {"at_risk": 1, "good": 1}
