"""Who is there: marked once, moved, corrected, taken back; and the quorum that follows."""

import pytest
from django.db import DatabaseError, transaction

from committees import ACTOR, AT, body, fresh, person, sits
from gatherings import meeting, place
from meetings.sessions import MINUTE, closed, gathered, here
from tequio.decisions.models import Office
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.meetings.models import Attendance
from tequio.meetings.operations.attending import correct_attendance, mark_left, take_back_attendance
from tequio.meetings.queries.present import follows, present_at, quorums_at

pytestmark = pytest.mark.django_db


def quorum(met, *, at=AT + 30 * MINUTE):
    present = {row.user_id for row in present_at(meeting=met, at=at)}
    part = met.parts.select_related("body").get()
    return quorums_at(parts=[part], present=present, at=at)[part.pk].quorum


def test_somebody_marked_twice_is_there_once():
    met, _, people, (york, _) = gathered()
    first = here(met, york, people[0])
    before = Event.objects.count()
    assert here(met, york, people[0], at=AT + MINUTE) == first
    assert (Attendance.objects.count(), Event.objects.count()) == (1, before)
    guests = {here(met, york, name=name, by=people[0]).pk for name in ("Ana Paz", " ana  paz")}
    assert len(guests) == 1


def test_whoever_is_marked_in_another_place_has_moved_there():
    met, _, people, (york, centro) = gathered()
    first = here(met, york, people[0])
    second = here(met, centro, people[0], at=AT + 5 * MINUTE)
    assert (fresh(first).left_at, second.came_at, second.left_at) == (AT + 5 * MINUTE, AT + 5 * MINUTE, None)
    assert [row.place.code for row in present_at(meeting=met, at=AT + MINUTE)] == ["york"]
    assert [row.place.code for row in present_at(meeting=met, at=AT + 6 * MINUTE)] == ["centro"]


def test_the_quorum_follows_who_is_there_by_the_bodys_rule_and_guests_count_for_nothing():
    met, _, people, (york, centro) = gathered(4)
    here(met, york, name="Guest", by=people[0])
    here(met, york, people[0])
    assert (quorum(met).here, quorum(met).met) == (1, False)
    gone = here(met, centro, people[1])
    assert (quorum(met).here, quorum(met).electorate, quorum(met).met) == (2, 4, True)
    assert [mark_left(attendance=gone, actor=ACTOR, at=AT + 10 * MINUTE) for _ in "ab"] == [True, False]
    assert not quorum(met).met
    assert follows(present=present_at(meeting=met, at=AT)) == {"en"}


def test_somebody_on_two_seats_is_counted_once_and_for_its_seats_center(sample_rules):
    from tequio.centers.models import Center

    us, mx = Center.objects.get(code="us"), Center.objects.get(code="mx")
    made = body("twice", terms={"quorum_per_center": "1/2"})
    ana, beto = person("Ana"), person("Beto", language="es")
    sits(made, ana, office=Office.CHAIR, votes=False, center=us)
    sits(made, ana, center=mx), sits(made, beto, center=us)
    york = place(center=us)
    met = meeting(made, places=[york])
    assert here(met, york, ana).center == mx
    assert here(met, york, name="Guest", by=ana).center == us
    found = quorum(met)
    assert (found.here, found.electorate, dict(found.per_center), found.met) == (
        1,
        2,
        {"mx": (1, 1), "us": (0, 1)},
        False,
    )
    here(met, york, beto)
    assert quorum(met).met
    assert follows(present=present_at(meeting=met, at=AT)) == {"en", "es"}


def test_afterwards_hours_and_place_are_put_right_and_what_was_before_is_written():
    met, _, people, (york, centro) = gathered()
    row = here(met, york, people[0])
    met = closed(met)
    assert correct_attendance(
        attendance=row, place=centro, came_at=AT + MINUTE, left_at=AT + 2 * MINUTE, actor=ACTOR, at=AT + 99 * MINUTE
    )
    now = fresh(row)
    assert (now.place, now.came_at, now.left_at) == (centro, AT + MINUTE, AT + 2 * MINUTE)
    assert Event.objects.order_by("-pk").first().payload["before"]["place"] == york.pk
    given = {"came_at": AT + 3 * MINUTE, "left_at": AT + 4 * MINUTE}
    assert here(met, york, people[0], at=AT + 99 * MINUTE, **given).left_at == AT + 4 * MINUTE
    with pytest.raises(Refusal, match="entered already"):
        here(met, york, people[0], at=AT + 99 * MINUTE, came_at=AT, left_at=AT + 2 * MINUTE)
    with pytest.raises(Refusal, match="from when to when"):
        here(met, york, people[1], at=AT + 99 * MINUTE)


@pytest.mark.parametrize(
    ("came", "left", "says"),
    [(9, 8, "before coming"), (30, 31, "still to come"), (-121, 5, "during"), (0, 900, "still to come")],
)
def test_hours_that_cannot_be_are_refused(came, left, says):
    met, _, people, (york, _) = gathered()
    row = here(met, york, people[0])
    with pytest.raises(Refusal, match=says):
        correct_attendance(
            attendance=row,
            place=york,
            came_at=AT + came * MINUTE,
            left_at=AT + left * MINUTE,
            actor=ACTOR,
            at=AT + 20 * MINUTE,
        )


def test_a_mistake_is_taken_back_counts_for_nothing_and_stays_written():
    met, _, people, (york, _) = gathered(2)
    row = here(met, york, people[0])
    assert quorum(met).here == 1
    assert [take_back_attendance(attendance=row, actor=ACTOR, at=AT + MINUTE) for _ in "ab"] == [True, False]
    assert quorum(met).here == 0
    assert here(met, york, people[0], at=AT + 2 * MINUTE).pk != row.pk
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        row.delete()


def test_where_the_meeting_is_not_and_who_nobody_is_are_refused():
    met, _, people, (york, _) = gathered()
    with pytest.raises(Refusal, match="Nobody meets there"):
        here(met, place("elsewhere"), people[0])
    for wrong in ({"name": " \u200b"}, {"user": people[0], "name": "both"}):
        with pytest.raises(Refusal, match="who it is"):
            here(met, york, by=people[0], **wrong)
    people[1].is_active = False
    people[1].save()
    with pytest.raises(Refusal, match="closed"):
        here(met, york, people[1], by=people[0])


def test_a_member_is_there_when_somebody_is_who_would_vote_for_it(members):
    from tequio.decisions.models import Voters
    from tequio.members.models import Member, MemberAccess

    members({"member_id": "A1", "email": "rep@example.org"}, {"member_id": "A2"})
    Member.objects.update(standing="good")
    all_of_us = body("assembly", voters=Voters.MEMBERS, terms={"weights": {"organization": 2, "individual": 1}})
    york = place()
    met = meeting(all_of_us, places=[york])
    rep, other = person("Rep"), person("Other")
    for user in (rep, other):
        MemberAccess.objects.create(user=user, member=Member.objects.get(code="A1"))
    here(met, york, other)
    assert (quorum(met).here, quorum(met).electorate) == (0, 4)
    here(met, york, rep)
    assert quorum(met).here == 2
