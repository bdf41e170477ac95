"""Effects on series: what they show before, what they refuse, what is in conflict, how they are taken back."""

from datetime import UTC, date, datetime

import pytest

from committees import ACTOR, body, committee
from gatherings import two_cities
from meetings.series_to_test import MEXICO, series, terms
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.meetings.models import Meeting, Series
from tequio.meetings.operations.planning import move_meeting
from tequio.meetings.operations.series import change_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_rules")]
AT = datetime(2016, 2, 1, 12, tzinfo=UTC)
ON = date(2016, 2, 1)
CHANGE = kind_of(name="series.change")
CREATE = kind_of(name="series.create")


@pytest.fixture
def lc(db):
    """A committee of two with a series, and another body."""
    made, _ = committee(2, code="lc")
    body("campaign")
    two_cities()
    series("lc", at=AT, name="Leadership")
    return made


def change(**data):
    return CHANGE.checked(data={"series": "leadership", "from": "2016-04-01", **data}, on=ON)


def test_meetings_are_listed_before_and_after_in_both_cities_and_one_moved_by_hand_stays(lc):
    may = Meeting.objects.get(occurrence_on=date(2016, 5, 7))
    by_hand = datetime(2016, 5, 10, 18, tzinfo=UTC)
    move_meeting(meeting=may, starts_at=by_hand, zone=MEXICO, by_hand=True, actor=ACTOR, at=AT)
    kept = change(recurrence={"kind": "weekday_of_month", "which": "second", "weekday": "sunday"}, hour="18:00")
    found = CHANGE.consequences(data=kept, on=ON)
    rows = [tuple(cell.en for cell in row) for row in found.tables[0].rows]
    assert rows[:2] == [
        (
            "Saturday 2 April 2016, 14:00 New York / 12:00 Mexico City",
            "Sunday 10 April 2016, 19:00 New York / 18:00 Mexico City",
        ),
        ("Tuesday 10 May 2016, 14:00 New York / 13:00 Mexico City", "stays: a person moved it"),
    ]
    assert len(rows) == 7
    assert "none" not in {cell for row in rows for cell in row}
    assert found.sentences[0].en == "18:00 in Mexico City is 19:00 in New York."


def test_deadlines_too_late_for_review_and_hours_that_are_taken_are_said(lc):
    series("campaign", code="campaigns", at=AT, hour=datetime(2016, 1, 1, 13, tzinfo=UTC).time())
    due = [{"kind": "proposals_close", "days": 2}]
    bodies = [{"body": "lc", "minutes": 60}, {"body": "campaign", "minutes": 60}]
    said = [line.en for line in CHANGE.consequences(data=change(bodies=bodies, deadlines=due), on=ON).sentences]
    assert any("the rule wants 72 hours" in line for line in said)
    assert any(line == "campaign has another sitting at that hour on 2016-04-02." for line in said)


def test_a_change_written_against_terms_that_moved_on_stops_and_shows_both(lc):
    kept = change(hour="18:00", recurrence={"kind": "weekday", "weekday": "monday"})
    base = CHANGE.base(data=kept)
    assert CHANGE.conflict(data=kept, base=base) is None
    there = Series.objects.get(code="leadership")
    change_series(
        series=there,
        terms=terms("lc", recurrence={"which": "third"}),
        valid_from=date(2016, 3, 1),
        decision=None,
        actor=ACTOR,
        at=AT,
    )
    said = CHANGE.conflict(data=kept, base=base)
    assert "third Saturday of each month" in said.en
    assert "every Monday" in said.en
    assert "tercer sábado de cada mes" in said.es


def test_taken_back_a_new_series_ends_and_a_changed_or_ended_one_runs_as_before(lc):
    decision = Decision.objects.get(code="2013-lc")
    made = {"decision": decision, "actor": ACTOR, "at": AT}
    data = CREATE.checked(
        data={**CREATE.example, "bodies": [{"body": "lc", "minutes": 30}], "from": "2016-03-01"}, on=ON
    )
    plan = CREATE.plan(data=data, on=ON)
    result = CREATE.apply(plan=plan, **made)
    [back] = CREATE.inverse(data=data, plan=dict(plan.data), result=result, on=date(2016, 5, 1))
    assert back == Effect(kind="series.change", data={"series": "international", "from": "2016-05-01", "ends": True})
    before = list(Series.objects.get(code="leadership").terms.values_list("hour", "recurrence"))
    kept = change(ends=True)
    plan = CHANGE.plan(data=kept, on=ON)
    result = CHANGE.apply(plan=plan, **made)
    [back] = CHANGE.inverse(data=kept, plan=dict(plan.data), result=result, on=date(2016, 5, 1))
    again = CHANGE.checked(data=back.data, on=ON)
    CHANGE.apply(plan=CHANGE.plan(data=again, on=ON), **made)
    after = Series.objects.get(code="leadership").terms.order_by("-valid_from").values_list("hour", "recurrence")
    assert after[0] == before[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"ends": True, "hour": "18:00"},
        {"series": "nobody", "hour": "18:00"},
        {"from": "2016-01-01", "hour": "18:00"},
        {"bodies": [{"body": "nobody", "minutes": 60}]},
        {"bodies": [{"body": "lc", "minutes": 60}, {"body": "lc", "minutes": 60}]},
        {"bodies": [{"body": "lc", "minutes": 1000}, {"body": "campaign", "minutes": 1000}]},
        {"places": ["moon"]},
        {"places": []},
        {"zone": "../etc/passwd"},
        {"hour": "25:00"},
        {"recurrence": {"kind": "weekday_of_month", "which": "fifth", "weekday": "monday"}},
        {"deadlines": [{"kind": "lunch", "days": 1}]},
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(lc, wrong):
    with pytest.raises(Refusal) as refused:
        change(**wrong)
    assert refused.value.text.en != refused.value.text.es
