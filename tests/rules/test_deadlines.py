"""What is due before a meeting: read, counted back, and held against the hours of review."""

from datetime import date, time

import pytest

from tequio.rules.deadlines import DeadlinesError, deadlines_from, due_on, hours_between, said, title_of, warnings
from tequio.rules.reasons import Text

# The chain of 2017.
CHAIN = [
    {"kind": "documents_out", "days": 11},
    {"kind": "proposals_open", "days": 45},
    {"kind": "proposals_close", "days": 25},
    {"kind": "to_translators", "days": 25},
    {"kind": "call_out", "days": 10},
]


def test_the_chain_is_read_in_its_order_and_fits():
    read = deadlines_from(data=CHAIN)
    assert [(one.kind, one.days) for one in read] == [
        ("proposals_open", 45),
        ("proposals_close", 25),
        ("to_translators", 25),
        ("documents_out", 11),
        ("call_out", 10),
    ]
    assert warnings(deadlines=read, hour=time(12), review_hours=72) == []
    assert deadlines_from(data=[one.as_json() for one in read]) == read


def test_it_is_counted_back_from_the_day_and_due_at_once_where_that_day_is_over():
    day, planned = date(2017, 5, 20), date(2017, 5, 1)
    assert due_on(days=11, meeting_on=day, today=planned) == date(2017, 5, 9)
    assert due_on(days=25, meeting_on=day, today=planned) == planned
    assert due_on(days=25, meeting_on=day, today=date(2017, 6, 1)) == day


@pytest.mark.parametrize(("days", "hour", "hours"), [(3, time(18), 66), (4, time(0), 72), (0, time(18), 0)])
def test_hours_of_review_are_counted_from_the_end_of_the_last_day(days, hour, hours):
    assert hours_between(days=days, hour=hour) == hours


def test_it_warns_where_proposals_close_too_late_for_review_or_a_step_comes_before_the_one_it_needs():
    read = deadlines_from(data=[{"kind": "proposals_close", "days": 3}, {"kind": "documents_out", "days": 5}])
    found = warnings(deadlines=read, hour=time(18), review_hours=72)
    assert [line.en for line in found] == [
        (
            "Proposals close 66 hours before the meeting, but the rule wants 72 hours of review: what comes on "
            "the last day would go to the next meeting."
        ),
        "“Proposals close” comes after “All documents out in both languages”.",
    ]
    assert all(line.en != line.es for line in found)
    assert len(warnings(deadlines=read, hour=time(18), review_hours=None)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {},
        "x",
        [1],
        [{"kind": "documents_out"}],
        [{"kind": "lunch", "days": 1}],
        [{"kind": ["x"], "days": 1}],
        [{"kind": "call_out", "days": -1}],
        [{"kind": "call_out", "days": True}],
        [{"kind": "call_out", "days": 366}],
        [{"kind": "call_out", "days": 1, "hours": 2}],
        [{"kind": "call_out", "days": 1}, {"kind": "call_out", "days": 2}],
    ],
)
def test_what_makes_no_deadlines_is_refused_in_both_languages(wrong):
    with pytest.raises(DeadlinesError) as refused:
        deadlines_from(data=wrong)
    assert refused.value.text.en != refused.value.text.es


def test_each_is_said_and_its_task_is_called_by_its_meeting():
    read = deadlines_from(data=[{"kind": "documents_out", "days": 11}, {"kind": "call_out", "days": 0}])
    assert [said(due=one).es for one in read] == [
        "Todos los documentos en los dos idiomas 11 días antes.",
        "Sale la convocatoria el mismo día.",
    ]
    title = title_of(kind="call_out", meeting=Text(en="LC", es="CD"), on=Text(en="6 May 2017", es="6 de mayo de 2017"))
    assert title == Text(en="The call goes out: LC, 6 May 2017", es="Sale la convocatoria: CD, 6 de mayo de 2017")
