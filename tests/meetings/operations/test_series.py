"""Series: meetings planned ahead once, brought to other terms, left alone where a person moved or cancelled them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from committees import ACTOR, DAY, body, fresh, sitting
from gatherings import item, place, two_cities
from meetings.series_to_test import FIRST_SATURDAY, MEXICO, YORK, series, terms
from tequio.decisions.models import ActionItem, Sitting
from tequio.decisions.operations.founding import cancel_sitting
from tequio.kernel.errors import Refusal
from tequio.meetings.models import Meeting
from tequio.meetings.operations.planning import cancel_meeting, move_meeting
from tequio.meetings.operations.series import change_series, end_series, foresee_all
from tequio.rules.deadlines import DueBefore

pytestmark = pytest.mark.django_db
AT = datetime(2016, 2, 1, 12, tzinfo=UTC)
CHANGED = date(2016, 4, 1)


@pytest.fixture
def leadership(db):
    """The leadership committee's series, planned on 1 February: February to July."""
    body("lc")
    two_cities()
    return series("lc", at=AT)


def days(*, of=None, cancelled=False):
    """The days of meetings, by the clock of Mexico City."""
    rows = Meeting.objects.filter(cancelled_at__isnull=not cancelled).order_by("starts_at")
    rows = rows.filter(series=of) if of else rows
    return [row.starts_at.astimezone(ZoneInfo(MEXICO)).strftime("%m-%d") for row in rows]


def changed(of, new, *, on=CHANGED, at=AT):
    return change_series(series=of, terms=new, valid_from=on, decision=None, actor=ACTOR, at=at)


def test_half_a_year_is_planned_and_running_again_changes_nothing(leadership):
    assert days() == ["02-06", "03-05", "04-02", "05-07", "06-04", "07-02"]
    assert {row.starts_at.astimezone(ZoneInfo(MEXICO)).hour for row in Meeting.objects.all()} == {12}
    before = list(Meeting.objects.values())
    done = foresee_all(actor=ACTOR, at=AT)
    assert (done.planned, done.changed, done.given_up, done.refused) == (0, 0, 0, [])
    assert list(Meeting.objects.values()) == before
    assert foresee_all(actor=ACTOR, at=AT + 31 * DAY).planned == 1
    assert days()[-1] == "08-06"


def test_it_is_the_same_hour_on_its_own_clock_and_another_one_elsewhere_while_only_one_country_has_changed(leadership):
    hours = [row.starts_at.astimezone(ZoneInfo(YORK)).hour for row in Meeting.objects.order_by("starts_at")]
    # New York changed its clocks on 13 March, Mexico on 3 April.
    assert hours == [13, 13, 14, 13, 13, 13]


def test_other_terms_move_what_is_planned_after_their_day_and_nothing_before(leadership):
    uids = list(Meeting.objects.order_by("starts_at").values_list("uid", flat=True))
    done = changed(leadership, terms("lc", recurrence={"weekday": "sunday"}, hour=time(18), name="Sundays"))
    assert (done.planned, done.changed, done.given_up) == (0, 4, 0)
    assert days() == ["02-06", "03-05", "04-03", "05-01", "06-05", "07-03"]
    rows = list(Meeting.objects.order_by("starts_at"))
    assert [row.uid for row in rows] == uids
    assert [(row.sequence, row.title_en) for row in rows] == [(0, "Monthly")] * 2 + [(1, "Sundays")] * 4
    assert [row.parts.get().sitting.starts_at for row in rows] == [row.starts_at for row in rows]
    assert foresee_all(actor=ACTOR, at=AT).changed == 0


def test_what_a_person_moved_or_cancelled_stays_as_it_is_and_stands_for_its_day(leadership):
    rows = {row.occurrence_on: row for row in Meeting.objects.all()}
    elsewhere = datetime(2016, 5, 9, 20, tzinfo=UTC)
    move_meeting(meeting=rows[date(2016, 5, 7)], starts_at=elsewhere, zone=YORK, by_hand=True, actor=ACTOR, at=AT)
    cancel_meeting(meeting=rows[date(2016, 6, 4)], because="a strike", actor=ACTOR, at=AT)
    assert foresee_all(actor=ACTOR, at=AT).planned == 0
    changed(leadership, terms("lc", recurrence={"which": "second"}))
    assert days() == ["02-06", "03-05", "04-09", "05-09", "06-11", "07-09"]
    assert days(cancelled=True) == ["06-04"]
    assert fresh(rows[date(2016, 5, 7)]).starts_at == elsewhere
    assert foresee_all(actor=ACTOR, at=AT).planned == 0


def test_two_bodies_join_in_one_meeting_of_an_hour_each_and_the_agenda_stays(leadership):
    body("campaign")
    other = series("campaign", code="campaign", at=AT, recurrence={"which": "third"})
    kept = Meeting.objects.get(series=leadership, occurrence_on=date(2016, 5, 7)).parts.get()
    point = item(kept)
    end_series(series=other, on=CHANGED, decision=None, actor=ACTOR, at=AT)
    changed(leadership, terms("lc", "campaign", name="Leadership and campaign"))
    met = Meeting.objects.get(series=leadership, occurrence_on=date(2016, 5, 7))
    assert met.minutes == 120
    assert [(part.body.code, part.minutes) for part in met.parts.order_by("position")] == [("lc", 60), ("campaign", 60)]
    hours = [part.sitting.starts_at for part in met.parts.order_by("position")]
    assert hours == [met.starts_at, met.starts_at + timedelta(hours=1)]
    assert fresh(point).part == kept
    assert days(of=other) == ["02-20", "03-19"]
    assert days(of=other, cancelled=True) == ["04-16", "05-21", "06-18", "07-16"]
    # And apart again, the other one first.
    changed(leadership, terms("campaign", "lc"), on=date(2016, 6, 1))
    later = Meeting.objects.get(series=leadership, occurrence_on=date(2016, 6, 4))
    assert [part.body.code for part in later.parts.order_by("position")] == ["campaign", "lc"]
    changed(leadership, terms("lc"), on=date(2016, 7, 1))
    assert Meeting.objects.get(series=leadership, occurrence_on=date(2016, 7, 2)).parts.get().body.code == "lc"
    assert Sitting.objects.filter(body__code="campaign", starts_at__month=7, cancelled_at__isnull=True).count() == 0


def test_a_body_left_out_takes_its_items_to_its_next_meeting_or_the_meeting_waits(leadership):
    body("campaign")
    changed(leadership, terms("lc", "campaign"), on=date(2016, 6, 1))
    june = Meeting.objects.get(occurrence_on=date(2016, 6, 4)).parts.get(body__code="campaign")
    july = Meeting.objects.get(occurrence_on=date(2016, 7, 2)).parts.get(body__code="campaign")
    first, last = item(june), item(july)
    done = changed(leadership, terms("lc"), on=date(2016, 6, 2))
    assert fresh(first).part == july
    assert fresh(last).part == july
    assert [line.en[:11] for line in done.refused] == ["2 July 2016"]
    assert foresee_all(actor=ACTOR, at=AT).refused == done.refused
    assert Meeting.objects.get(occurrence_on=date(2016, 7, 2)).parts.count() == 2


def test_a_series_that_ended_can_meet_again_on_the_same_days(leadership):
    end_series(series=leadership, on=CHANGED, decision=None, actor=ACTOR, at=AT)
    assert days() == ["02-06", "03-05"]
    with pytest.raises(Refusal, match="has ended"):
        end_series(series=leadership, on=date(2016, 5, 1), decision=None, actor=ACTOR, at=AT)
    changed(leadership, terms("lc"), on=date(2016, 4, 2))
    assert days() == ["02-06", "03-05", "04-02", "05-07", "06-04", "07-02"]
    assert days(cancelled=True) == ["04-02", "05-07", "06-04", "07-02"]


def test_an_hour_that_is_taken_is_told_and_tried_again(leadership):
    campaign = body("campaign")
    taken = sitting(campaign, starts_at=datetime(2016, 5, 7, 18, tzinfo=UTC), at=AT)
    done = changed(leadership, terms("lc", "campaign"))
    assert [line.en for line in done.refused] == ["7 May 2016: campaign has a sitting at that hour already."]
    may = Meeting.objects.get(occurrence_on=date(2016, 5, 7))
    assert (may.parts.count(), may.sequence) == (1, 0)
    cancel_sitting(sitting=taken, actor=ACTOR, at=AT)
    again = foresee_all(actor=ACTOR, at=AT)
    assert (again.changed, again.refused, may.parts.count()) == (1, [], 2)


def test_terms_are_frozen_and_others_begin_later(leadership):
    with pytest.raises(Refusal, match="others begin later"):
        changed(leadership, terms("lc"), on=date(2016, 1, 1))
    row = leadership.terms.get()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(hour=time(9))


def test_deadlines_are_tasks_that_follow_the_meeting(db):
    body("lc")
    place("york")
    due = (DueBefore(kind="proposals_close", days=10), DueBefore(kind="documents_out", days=3))
    series("lc", places=["york"], at=AT, deadlines=due)
    met = Meeting.objects.get(occurrence_on=date(2016, 3, 5))

    def tasks():
        rows = ActionItem.objects.filter(deadline__meeting=met).order_by("due_on")
        return [(row.title_en, str(row.due_on), row.closed_at is not None) for row in rows]

    documents = "All documents out in both languages: Monthly"
    assert tasks() == [
        ("Proposals close: Monthly, 5 March 2016", "2016-02-24", False),
        (f"{documents}, 5 March 2016", "2016-03-02", False),
    ]
    # The one of the first meeting was over when it was planned: due at once.
    early = ActionItem.objects.filter(deadline__meeting__occurrence_on=date(2016, 2, 6)).order_by("due_on")
    assert [str(row.due_on) for row in early] == ["2016-02-01", "2016-02-03"]
    move_meeting(meeting=met, starts_at=met.starts_at + 7 * DAY, zone=MEXICO, by_hand=True, actor=ACTOR, at=AT)
    assert tasks() == [
        ("Proposals close: Monthly, 12 March 2016", "2016-03-02", False),
        (f"{documents}, 12 March 2016", "2016-03-09", False),
    ]
    cancel_meeting(meeting=fresh(met), because="a storm", actor=ACTOR, at=AT)
    assert [closed for _, _, closed in tasks()] == [True, True]


def test_a_series_without_an_end_is_planned_however_long_nobody_looked(leadership):
    later = datetime(2019, 1, 1, tzinfo=UTC)
    assert foresee_all(actor=ACTOR, at=later).planned == 6
    assert FIRST_SATURDAY["which"] == "first"
