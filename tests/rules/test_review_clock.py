"""When a proposal may be voted."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.deciding import RuleOfDecision, Share
from tequio.rules.reasons import Text
from tequio.rules.review_clock import Delay, Sitting, may_delay, ready_at, slot_of

RULE = RuleOfDecision(
    code="committee-2013",
    title=Text(en="x", es="x"),
    decision="2013-rules",
    valid_from=date(2013, 1, 1),
    quorum=Share(of=Fraction(1, 2)),
    majority=Share(of=Fraction(2, 3), more_than=True),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHANGED = datetime(2016, 2, 1, 18, tzinfo=UTC)
FIRST = Sitting(code="february", starts_at=datetime(2016, 2, 6, 18, tzinfo=UTC))
NEXT = Sitting(code="march", starts_at=datetime(2016, 3, 5, 18, tzinfo=UTC))


def slot(changed_at, **given):
    return slot_of(rule=RULE, changed_at=changed_at, sittings=[NEXT, FIRST], now=changed_at, **given)


def test_a_proposal_is_ready_seventy_two_hours_after_its_last_change():
    assert ready_at(rule=RULE, changed_at=CHANGED) == CHANGED + 72 * HOUR


@pytest.mark.parametrize(
    ("before", "sitting"), [(73 * HOUR, FIRST), (72 * HOUR, FIRST), (72 * HOUR - timedelta(seconds=1), NEXT)]
)
def test_in_time_to_the_second_it_comes_before_the_next_sitting(before, sitting):
    assert slot(FIRST.starts_at - before).sitting == sitting


def test_too_late_it_goes_to_the_one_after_with_both_hours_stated():
    came_at = FIRST.starts_at - 10 * HOUR

    found = slot(came_at)

    assert (found.sitting, found.missed) == (NEXT, FIRST)
    assert found.should_have_come_at == FIRST.starts_at - 72 * HOUR
    assert found.ready_at == came_at + 72 * HOUR


def test_a_recorded_vote_lets_it_in_all_the_same():
    assert slot(FIRST.starts_at - HOUR, overridden=frozenset({"february"})).sitting == FIRST


def test_without_a_sitting_to_come_it_has_none_and_says_when_it_is_ready():
    found = slot_of(rule=RULE, changed_at=CHANGED, sittings=[], now=CHANGED)

    assert (found.sitting, found.missed, found.ready_at) == (None, None, CHANGED + 72 * HOUR)


def test_a_sitting_that_is_past_is_none_to_come():
    assert slot_of(rule=RULE, changed_at=CHANGED, sittings=[FIRST, NEXT], now=FIRST.starts_at + HOUR).sitting == NEXT


def test_each_person_delays_once_and_five_days_at_most():
    delays = [
        Delay(by="ana", at=CHANGED + HOUR, days=3),
        Delay(by="ana", at=CHANGED + 2 * HOUR, days=5),
        Delay(by="beto", at=CHANGED + HOUR, days=30),
    ]

    assert ready_at(rule=RULE, changed_at=CHANGED, delays=delays) == CHANGED + 72 * HOUR + 8 * DAY


def test_a_delay_from_before_the_last_change_is_spent():
    delays = [Delay(by="ana", at=CHANGED - HOUR, days=5)]

    assert ready_at(rule=RULE, changed_at=CHANGED, delays=delays) == CHANGED + 72 * HOUR
    assert not may_delay(by="ana", days=2, delays=delays, rule=RULE)


def test_what_has_been_ready_for_long_is_held_back_from_the_hour_somebody_asks():
    delays = [Delay(by="ana", at=CHANGED + 100 * HOUR, days=2)]

    assert ready_at(rule=RULE, changed_at=CHANGED, delays=delays) == CHANGED + 100 * HOUR + 2 * DAY


def test_one_that_came_in_time_and_was_held_back_should_have_come_no_earlier():
    came_at = FIRST.starts_at - 100 * HOUR

    found = slot(came_at, delays=[Delay(by="ana", at=came_at + HOUR, days=5)])

    assert (found.sitting, found.missed) == (NEXT, FIRST)
    assert came_at < found.should_have_come_at == FIRST.starts_at - 72 * HOUR


@pytest.mark.parametrize(("days", "may"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_delay_has_at_most_the_days_of_the_rule(days, may):
    assert may_delay(by="ana", days=days, delays=[], rule=RULE) is may


def test_hours_are_hours_also_where_the_clock_changes_in_one_of_the_two_cities():
    # In 2016 New York's clocks went forward on 13 March, Mexico City's on 3 April.
    new_york, mexico = ZoneInfo("America/New_York"), ZoneInfo("America/Mexico_City")
    changed = datetime(2016, 3, 11, 12, tzinfo=new_york)

    found = ready_at(rule=RULE, changed_at=changed.astimezone(UTC))

    assert (found - changed.astimezone(UTC)) == 72 * HOUR
    assert found.astimezone(new_york).hour == 13
    assert found.astimezone(mexico).hour == 11


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-50, 50), st.integers(-2, 9)), max_size=8),
    st.integers(0, 40),
)
def test_a_delay_never_makes_it_ready_sooner_and_a_later_change_never_either(given_delays, hours):
    delays = [Delay(by=by, at=CHANGED + n * HOUR, days=days) for by, n, days in given_delays]
    plain = ready_at(rule=RULE, changed_at=CHANGED)
    last = max([plain, *(delay.at for delay in delays)])

    assert plain <= ready_at(rule=RULE, changed_at=CHANGED, delays=delays) <= last + 3 * RULE.delay_days * DAY
    assert ready_at(rule=RULE, changed_at=CHANGED + hours * HOUR) == plain + hours * HOUR
