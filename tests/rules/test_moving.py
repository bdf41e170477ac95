"""Which step of a move comes next, when it is late, and when somebody is reminded: once before, once after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.moving import Deadlines, Progress, Step, counts_agree, is_late, next_step, reminder_due

DAY = date(2016, 7, 15)
DEADLINES = Deadlines(contact_by=DAY, consent_by=DAY + timedelta(days=14), copy_by=DAY + timedelta(days=30))
STEPS = [
    (Progress(), Step.CONTACT),
    (Progress(contacted_on=DAY), Step.CONSENT),
    (Progress(contacted_on=DAY, consented_on=DAY), Step.COPY),
    (
        Progress(contacted_on=DAY, consented_on=DAY, copied_on=DAY, forward_until=DAY + timedelta(days=60)),
        Step.FORWARD,
    ),
    (Progress(contacted_on=DAY, consented_on=DAY, copied_on=DAY, forward_until=DAY, done_on=DAY), Step.DONE),
]


@pytest.mark.parametrize(("progress", "step"), STEPS)
def test_steps_come_in_their_order(progress, step):
    assert next_step(progress=progress) is step


@pytest.mark.parametrize(
    ("days", "due"),
    [(-8, ""), (-7, "contact:7"), (-2, "contact:7"), (-1, "contact:1"), (0, "contact:1"), (1, "contact:over")],
)
def test_somebody_is_reminded_a_week_before_a_day_before_and_when_it_is_over(days, due):
    on = DAY + timedelta(days=days)
    assert reminder_due(progress=Progress(), deadlines=DEADLINES, on=on) == due
    assert is_late(progress=Progress(), deadlines=DEADLINES, on=on) == (days > 0)


def test_what_forwards_too_long_is_late_and_what_is_done_never_is():
    forwarding, done = STEPS[3][0], STEPS[4][0]
    late = DAY + timedelta(days=61)
    assert (
        is_late(progress=forwarding, deadlines=DEADLINES, on=late),
        reminder_due(progress=forwarding, deadlines=DEADLINES, on=late),
    ) == (True, "forward:over")
    assert (
        is_late(progress=done, deadlines=DEADLINES, on=date(2100, 1, 1)),
        reminder_due(progress=done, deadlines=DEADLINES, on=date(2100, 1, 1)),
    ) == (False, "")


@given(st.sampled_from([progress for progress, _ in STEPS]), st.integers(-100, 200))
def test_the_reminders_of_a_step_never_go_back_from_later_to_earlier(progress, days):
    order = ["", "7", "1", "over"]
    on = DAY + timedelta(days=days)
    first, then = (
        reminder_due(progress=progress, deadlines=DEADLINES, on=day).rpartition(":")[2]
        for day in (on, on + timedelta(days=1))
    )
    assert order.index(first) <= order.index(then)


def test_a_copy_holds_at_least_what_was_counted_before():
    assert counts_agree(before={"inbox": 3, "sent": 1}, after={"inbox": 3, "sent": 2})
    assert not counts_agree(before={"inbox": 3, "sent": 1}, after={"inbox": 9})
