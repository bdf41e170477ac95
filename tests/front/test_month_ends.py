"""Standings counted at the ends of months: by the daily work, by hand, and from the rule of the day."""

from datetime import UTC, date, datetime

import pytest
from tests.dues.doing import moment, pay, tried

from tequio.centers.models import Center
from tequio.front.models import StandingCount
from tequio.front.operations import last_month_end, month_ends, record_history, record_month_ends, standings_on
from tequio.kernel.journal.models import Event
from tequio.members.operations import merge_members
from tequio.members.operations.staying import leave
from tequio.project.daily import tick


@pytest.fixture
def late(members):
    """A member that is late since 10 January 2016, one that is not, one in Mexico."""
    members(
        {"member_id": "N1", "paid_until": "2016-01-10", "balance_due": "200.00"},
        {"member_id": "N2", "paid_until": "2017-01-01"},
        {"member_id": "X1", "center": "mx", "paid_until": "2017-01-01"},
    )


def _counted(center="us"):
    """What is on file of a center: the members at risk and in good standing at each month's end."""
    found = {}
    rows = StandingCount.objects.filter(center__code=center).order_by("on", "standing")
    for on, standing, members in rows.values_list("on", "standing", "members"):
        if members:
            found.setdefault(on.isoformat(), {})[standing] = members
    return found


def _on(day, center="us"):
    found = standings_on(center=Center.objects.get(code=center), days=[date.fromisoformat(day)])
    return {standing: count for standing, count in found[date.fromisoformat(day)].items() if count}


def test_the_last_days_of_thirteen_months_are_those_of_the_calendar():
    assert [d.isoformat() for d in month_ends(last=date(2016, 2, 29), months=3)] == [
        "2015-12-31",
        "2016-01-31",
        "2016-02-29",
    ]
    assert last_month_end(before=date(2016, 3, 1)) == date(2016, 2, 29)
    assert last_month_end(before=date(2016, 3, 31)) == date(2016, 2, 29)


def test_the_first_daily_work_counts_the_month_before_and_no_other(late):
    assert record_month_ends(at=moment("2016-07-15")) == [date(2016, 6, 30)]
    assert _counted() == {"2016-06-30": {"at_risk": 1, "good": 1}}
    assert _counted("mx") == {"2016-06-30": {"good": 1}}


def test_a_second_time_in_a_month_nothing_is_counted(late, django_assert_num_queries):
    record_month_ends(at=moment("2016-07-15"))
    with django_assert_num_queries(1 + 2):
        assert record_month_ends(at=moment("2016-07-31")) == []


def test_months_nobody_ran_the_daily_work_in_are_caught_up(late):
    record_month_ends(at=moment("2016-07-15"))
    assert record_month_ends(at=moment("2016-10-02")) == [date(2016, 7, 31), date(2016, 8, 31), date(2016, 9, 30)]
    assert list(_counted()) == ["2016-06-30", "2016-07-31", "2016-08-31", "2016-09-30"]


def test_at_most_thirteen_months_are_caught_up(late):
    record_month_ends(at=moment("2016-07-15"))
    made = record_month_ends(at=moment("2018-07-15"))
    assert (len(made), made[0], made[-1]) == (13, date(2017, 6, 30), date(2018, 6, 30))


def test_the_daily_work_counts(late):
    tick(actor="test", at=moment("2016-07-15"))
    assert list(_counted()) == ["2016-06-30"]


def test_a_month_ends_where_the_center_is(late):
    """00:30 on 1 August in New York is still 31 July in Mexico City."""
    record_month_ends(at=datetime(2016, 8, 1, 4, 30, tzinfo=UTC))
    assert (list(_counted()), list(_counted("mx"))) == (["2016-07-31"], ["2016-06-30"])


def test_counted_anew_later_facts_replace_what_was_counted(late):
    record_history(months=2, at=moment("2016-07-15"))
    assert _counted() == {d: {"at_risk": 1, "good": 1} for d in ("2016-05-31", "2016-06-30")}
    pay("N1", 200, on="2016-06-20")
    record_history(months=2, at=moment("2016-07-15"))
    assert _counted() == {"2016-05-31": {"at_risk": 1, "good": 1}, "2016-06-30": {"good": 2}}
    assert StandingCount.objects.count() == 2 * 2 * 5


def test_each_day_counts_what_was_so_on_it(late):
    """Good to day 30, at risk to day 91; disabled the day after the first attempt past it; three months on inactive."""
    tried("N1", "2016-05-01")
    days = ["2016-02-09", "2016-02-10", "2016-05-01", "2016-05-02", "2016-08-01", "2016-08-02"]
    standings = [next(s for s in ("disabled", "at_risk", "inactive", "good") if _on(d).get(s)) for d in days]
    assert standings == ["good", "at_risk", "at_risk", "disabled", "disabled", "inactive"]


def test_only_who_belonged_on_the_day_is_counted(late, at):
    leave(code="N2", on=date(2016, 7, 1), actor="test", at=at)
    assert (_on("2016-06-30"), _on("2016-07-01")) == ({"at_risk": 1, "good": 1}, {"at_risk": 1})
    assert _on("2010-02-28") == {}
    assert sum(_on("2010-03-01").values()) == 2


def test_merged_entries_are_one_member(late, at):
    merge_members(kept="N1", merged="N2", actor="test", at=at)
    assert _on("2016-06-30") == {"at_risk": 1}


def test_counting_is_no_event(late):
    before = Event.objects.count()
    record_history(months=13, at=moment("2016-07-15"))
    assert Event.objects.count() == before


def test_many_days_cost_no_more_queries_than_one(late, django_assert_max_num_queries):
    center = Center.objects.get(code="us")
    with django_assert_max_num_queries(15):
        standings_on(center=center, days=month_ends(last=date(2016, 6, 30), months=13))


def test_the_command_says_what_it_counted(late, cli, monkeypatch):
    from tequio.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: moment("2016-07-15"))
    assert cli("standing", "history", "--months", "13") == (
        0,
        "Standings counted for 13 month ends, 2015-06-30 to 2016-06-30.\n",
        "",
    )
    assert len(_counted("mx")) == 13
    code, said, _ = cli("--lang", "es", "standing", "history", "--months", "1")
    assert (code, said) == (0, "Situaciones contadas al 2016-06-30.\n")


def test_an_instance_without_centers_counts_nothing(db, cli):
    assert cli("standing", "history") == (0, "There is no center to count.\n", "")
