"""The call goes to who sits on its bodies, each in their language; changes are told; interpreters are counted."""

from datetime import timedelta

import pytest

from committees import ACTOR, AT, DAY, FOUNDED, body, fresh, person, sits
from gatherings import item, meeting, two_cities
from tequio.decisions.models import ActionItem
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.models import OutgoingMail
from tequio.meetings.models import Interpreter
from tequio.meetings.operations.calling import call_meeting
from tequio.meetings.operations.interpreting import enter_minutes, sign_up, withdraw
from tequio.meetings.operations.places import set_rooms
from tequio.meetings.operations.planning import cancel_meeting, move_meeting
from tequio.meetings.page_queries.calendar import hours_given
from tequio.rules.deadlines import DueBefore

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_rules")]
BEFORE = AT - 9 * DAY


@pytest.fixture
def met(db):
    """A meeting two bodies share; Ana sits on both, Beto on the second."""
    first, second = body("lc"), body("campaign")
    ana, beto = person("Ana", language="es"), person("Beto")
    sits(first, ana)
    sits(second, ana)
    sits(second, beto)
    due = [DueBefore(kind="call_out", days=7)]
    made = meeting(first, second, places=two_cities(), title="Joined", deadlines=due)
    item(made.parts.order_by("position")[0], "Dues")
    return made


def mails(kind="meeting_call"):
    return {mail.to_address: mail for mail in OutgoingMail.objects.filter(kind=kind).order_by("pk")}


def test_each_gets_it_once_in_their_language_with_hours_places_agenda_and_what_lacks(met):
    set_rooms(meeting=met, rooms={"york": "Room 5", "centro": ""}, actor=ACTOR, at=FOUNDED)
    assert call_meeting(meeting=met, actor=ACTOR, at=BEFORE) == 2
    sent = mails()
    assert sorted(sent) == ["ana@example.org", "beto@example.org"]
    english, spanish = sent["beto@example.org"], sent["ana@example.org"]
    assert english.subject_text == "Call: Joined, Friday 15 July 2016, 08:00 New York / 07:00 Mexico City"
    for words in ("There is no interpretation yet, in either direction.", "Room 5", "- Dues\n", "120 minutes"):
        assert words in english.body_text
    assert "09:00 New York / 08:00 Mexico City" in english.body_text.replace("\n", " ")
    for words in ("Todavía no hay interpretación, en ninguna dirección.", "aún no se dice el lugar", "- Dues (es)\n"):
        assert words in spanish.body_text.replace("aún no se dice el\n", "aún no se dice el ")
    assert fresh(met).called_at == BEFORE
    assert ActionItem.objects.get(deadline__meeting=met).closed_at == BEFORE
    # Again, only who has not got it; after a change of the meeting, everybody.
    sits(met.parts.order_by("position")[0].body, person("Carla"))
    assert call_meeting(meeting=met, actor=ACTOR, at=BEFORE) == 1
    set_rooms(meeting=met, rooms={"york": "Room 6"}, actor=ACTOR, at=BEFORE)
    assert call_meeting(meeting=met, actor=ACTOR, at=BEFORE) == 3


def test_who_was_called_is_told_that_it_was_moved_and_cancelled_and_nobody_before(met):
    move_meeting(meeting=met, starts_at=AT + DAY, zone=met.zone, by_hand=True, actor=ACTOR, at=BEFORE)
    assert mails("meeting_news") == {}
    call_meeting(meeting=fresh(met), actor=ACTOR, at=BEFORE)
    move_meeting(meeting=met, starts_at=AT + 2 * DAY, zone=met.zone, by_hand=True, actor=ACTOR, at=BEFORE)
    told = mails("meeting_news")
    assert len(told) == 2
    assert "cambió de hora" in told["ana@example.org"].body_text
    assert "16 July 2016" in told["beto@example.org"].body_text
    cancel_meeting(meeting=fresh(met), because="a storm", actor=ACTOR, at=BEFORE)
    assert mails("meeting_news")["beto@example.org"].subject_text == "Cancelled: Joined"
    with pytest.raises(Refusal, match="cancelled"):
        call_meeting(meeting=met, actor=ACTOR, at=BEFORE)


def test_nobody_is_called_to_what_began_or_where_nobody_sits(met):
    with pytest.raises(Refusal, match="begun"):
        call_meeting(meeting=met, actor=ACTOR, at=AT)
    empty = meeting(body("empty"), places=[met.meeting_places.first().place], starts_at=AT + 5 * DAY)
    with pytest.raises(Refusal, match="Nobody sits"):
        call_meeting(meeting=empty, actor=ACTOR, at=BEFORE)


def test_interpreters_sign_up_withdraw_and_their_time_is_counted_by_person_and_year(met):
    ana = person("Interpreter")
    made = {"actor": ACTOR, "at": BEFORE}
    own = sign_up(meeting=met, direction="en-es", user=ana, **made)
    assert sign_up(meeting=met, direction="en-es", user=ana, **made) == own
    paid = sign_up(meeting=met, direction="es-en", name=" Paid  person ", paid=True, **made)
    late = sign_up(meeting=met, direction="es-en", user=ana, **made)
    for wrong in (
        {"direction": "fr-en", "user": ana},
        {"direction": "en-es"},
        {"direction": "en-es", "user": ana, "name": "x"},
    ):
        with pytest.raises(Refusal):
            sign_up(meeting=met, **wrong, **made)
    assert withdraw(interpreter=late, **made) is True
    assert withdraw(interpreter=late, **made) is False
    with pytest.raises(Refusal, match="not begun"):
        enter_minutes(interpreter=own, minutes=60, **made)
    after = {"actor": ACTOR, "at": AT + timedelta(hours=3)}
    enter_minutes(interpreter=own, minutes=90, **after)
    enter_minutes(interpreter=paid, minutes=45, **after)
    with pytest.raises(Refusal, match="withdrew"):
        enter_minutes(interpreter=late, minutes=5, **after)
    with pytest.raises(Refusal, match="written down"):
        withdraw(interpreter=fresh(own), **after)
    assert [(one.name, one.year, one.meetings, one.volunteered, one.paid) for one in hours_given()] == [
        ("Interpreter", 2016, 1, 90, 0),
        ("Paid person", 2016, 1, 0, 45),
    ]
    assert [one.name for one in hours_given(user_pk=ana.pk)] == ["Interpreter"]
    assert Interpreter.objects.count() == 3
