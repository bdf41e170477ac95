"""What another ladder would do with the members that are late."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.followup.ladders import ladder_data, step

from nights import noon
from tequio.centers.models import Center
from tequio.dues.operations import agreeing
from tequio.followup.models import Dispatch, FollowUpPolicy, Notice
from tequio.followup.operations.adopting import adopt
from tequio.followup.queries.ladder_preview import ladder_preview
from tequio.followup.written import ladder_written
from tequio.rules.ladder import Channel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def preview(on, **given):
    ladder = ladder_written(data=ladder_data(**given), on=date(2016, 7, 15))
    return ladder_preview(center=Center.objects.get(code="us"), ladder=ladder, on=on)


def rows(found):
    return [(row.before.en, row.after.en, row.members) for row in found.compared.rows]


def test_who_would_be_written_to_at_once_is_counted_beside_who_would_be_now(late):
    due = late({}, {}, {"email": ""}, {"center": "mx"})

    found = preview(due + 6 * DAY)

    assert (found.before_code, found.compared.members) == ("us-follow-up-2016", 3)
    assert (found.compared.tonight_before, found.compared.tonight_after) == ({}, {Channel.MAIL: 2})
    assert (found.compared.sooner, found.compared.later) == (2, 0)
    assert (found.compared.tasks_before, found.compared.tasks_after) == (0, 1)
    assert rows(found) == [("x: waits", "x: at once, by e-mail", 2), ("x: waits", "x: needs a person", 1)]


def test_the_steps_that_change_are_told_with_what_they_were(late):
    due = late({})

    said = [(c.key, c.said.en) for c in preview(due).changes]

    assert said[:2] == [
        (
            "reminder",
            "Before: from day 10 on, by e-mail, else letter. After: from day 5 on, by e-mail, else letter.",
        ),
        ("call", "Before: from day 60 on, by call. After: from day 20 on, by call."),
    ]
    assert ("paused", "Gone: from day 92 on, by e-mail, else letter, only while disabled.") in said


def test_who_was_reminded_already_is_not_reminded_again_and_who_asked_for_time_waits_under_both(late, nights):
    due = late({}, {})
    nights(due, 10)
    agreeing.grant_hold(code="M2", until=due + 60 * DAY, reason="x", actor="test", at=noon(due + 11 * DAY))

    found = preview(due + 21 * DAY, steps=[step("first", 3, "mail"), step("second", 21, "mail")])

    assert (found.compared.tonight_after, found.compared.sooner) == ({Channel.MAIL: 1}, 1)


def test_it_is_what_the_night_does_once_the_ladder_is_in_force(late, night):
    due = late({}, {}, {"email": ""})
    on = due + 60 * DAY
    data = ladder_data(valid_from=on.isoformat())
    expected = preview(on, valid_from=on.isoformat()).compared
    adopt(
        ladder=ladder_written(data=data, on=on),
        decision=FollowUpPolicy.objects.first().decision,
        actor="test",
        at=noon(on),
    )

    made = night(on)

    assert ({Channel.MAIL: made.mails}, made.tasks) == (expected.tonight_after, expected.tasks_after)


def test_it_writes_nothing_and_its_queries_do_not_grow_with_the_members(late):
    due = late({})
    with CaptureQueriesContext(connection) as few:
        preview(due + 12 * DAY)
    late(*({"member_id": f"N{n}"} for n in range(30)))
    with CaptureQueriesContext(connection) as more:
        preview(due + 12 * DAY)

    assert len(more) == len(few)
    assert (Dispatch.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_center_without_a_ladder_is_told_what_would_begin(late):
    due = late({})

    found = preview(date(2016, 2, 1))

    assert (found.before, found.compared.members) == (None, 0)
    assert {change.before for change in found.changes} == {None}
    assert due.year == 2016
