"""The pages of a meeting: who sees and changes what, both languages, as many queries for many items as for few."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from committees import ACTOR, AT, DAY, HOUR, committee, fresh, person, proposal, sits, voted, whole
from gatherings import item, meeting, place
from meetings.sessions import MINUTE, gathered, here
from signing_in import sign_in
from tequio.decisions.models import Office
from tequio.decisions.operations.opening import open_vote
from tequio.decisions.operations.placing import place_all
from tequio.decisions.operations.tasks import open_task
from tequio.kernel import clock
from tequio.kernel.web.languages import COOKIE
from tequio.meetings.models import AgendaItem, Attendance, Document, Interpreter, QuorumStated, SpeakerTurn
from tequio.meetings.operations.holding import open_meeting
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_hour(monkeypatch):
    """The clock of the pages, at a moment after the meeting's hour."""

    def stand(after=timedelta(0)):
        monkeypatch.setattr(clock, "now", lambda: AT + after)

    stand()
    return stand


def get(client, name, language="en", **words):
    client.cookies[COOKIE] = language
    return client.get(reverse(name, kwargs=words)).content.decode()


def post(client, name, data=None, **words):
    return client.post(reverse(name, kwargs=words), data or {})


def test_the_page_tells_hours_agenda_records_and_who_is_there_in_both_languages(client, sample_rules, at_hour):
    met, part, people, (york, centro) = gathered(3, opened=False)
    coming = meeting(part.body, places=[york, centro], starts_at=AT + 30 * DAY)
    asked = proposal(part.body, people[0], ask="Buy racks")
    proposal(part.body, people[0], ask="Too late", at=AT - DAY)
    place_all(body=part.body, actor=ACTOR, at=AT - DAY)
    item(part, "Treasurer", position=9, minutes=70, presented_by="Ana \u05d0\u202e <b>")
    AgendaItem.objects.create(part=part, position=10, kind="report", title_en="", title_es="Sólo español", made_at=AT)
    open_task(
        title=Text(en="Ask the bank", es="Preguntar al banco"), body=part.body, sitting=part.sitting, actor=ACTOR, at=AT
    )
    Interpreter.objects.create(meeting=met, name="Wen", direction="en-es", signed_up_at=AT)
    here(met, york, people[0]), here(met, centro, people[1])
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    voted(asked, people, "favor", "favor", "against")
    at_hour(HOUR)
    sign_in(client, people[0])
    english, spanish = get(client, "meeting", meeting_pk=met.pk), get(client, "meeting", "es", meeting_pk=met.pk)
    for said in (
        "08:00–09:00 New York / 07:00–08:00 Mexico City",
        "there is a quorum</span>, 2 of 3, needed 2",
        "1 in York, 1 in Centro",
        "Wen</span>, English into Spanish",
        "There is no interpretation from Spanish into English yet.",
        "70 minutes of 60: 10 minutes more than there are.",
        "not approved</span>, 2 in favor, 1 against, 0 abstained",
        "Ask the bank",
        "Came too late for this meeting",
        "it should have come by Tuesday 12 July 2016, 08:00 New York / 07:00 Mexico City.</p>",
        "It comes before the sitting of Sunday 14 August 2016",
        '<span lang="es" dir="auto">Sólo español</span> <span class="note inline">(not in English yet)</span>',
        "Ana \u05d0\u202e &lt;b&gt;",
        "when it was opened",
        "when a vote was opened",
    ):
        assert said in english, said
    for said in (
        "08:00–09:00 Nueva York / 07:00–08:00 Ciudad de México",
        "hay quórum</span>, 2 de 3, se requieren 2",
        "Todavía no hay interpretación de español a inglés.",
        "70 minutos de 60: 10 minutos de más.",
        "no aprobado</span>, 2 a favor, 1 en contra",
        "Preguntar al banco",
        "al abrirse una votación",
    ):
        assert said in spanish, said
    late = get(client, "meeting", meeting_pk=coming.pk)
    assert "Deferred by rule" in late
    assert (
        "It came Thursday 14 July 2016, 08:00 New York / 07:00 Mexico City; for the sitting of Friday 15 July 2016"
        in late
    )
    assert "it should have come by Tuesday 12 July 2016, 08:00 New York / 07:00 Mexico City." in late


def test_who_sits_on_one_of_two_bodies_sees_the_whole_agenda_and_changes_what_its_body_keeps(client, at_hour):
    first, (ana, *_) = committee(2)
    second, (beto, *_) = committee(2, code="campaign")
    sits(first, ana, office=Office.CHAIR, votes=False)
    met = meeting(first, second, places=[place()])
    one, two = met.parts.order_by("position")
    mine, theirs = item(one, "Ours"), item(two, "Theirs")
    sign_in(client, ana)
    shown = get(client, "meeting", meeting_pk=met.pk)
    assert "Ours" in shown
    assert "Theirs" in shown
    assert reverse("change_agenda_item", kwargs={"item_pk": mine.pk}) in shown
    assert reverse("change_agenda_item", kwargs={"item_pk": theirs.pk}) not in shown
    for name in ("change_agenda_item", "withdraw_agenda_item", "move_agenda_item", "progress_agenda_item"):
        assert post(client, name, {"to": "1", "act": "close", "because": "x"}, item_pk=theirs.pk).status_code == 403
    assert post(client, "add_agenda_item", part_pk=two.pk).status_code == 403
    assert post(client, "open_meeting", meeting_pk=met.pk).status_code == 303
    sign_in(client, beto)
    assert "Ours" in get(client, "meeting", meeting_pk=met.pk)
    assert post(client, "close_meeting", meeting_pk=met.pk).status_code == 403
    sign_in(client, person("Stranger"))
    assert client.get(reverse("meeting", kwargs={"meeting_pk": met.pk})).status_code == 403


def test_the_chair_makes_the_agenda_and_leads_through_it_by_its_buttons(client, at_hour):
    met, part, people, _ = gathered(2, opened=False)
    sign_in(client, people[0])
    for title in ("A", "B", "C"):
        sent = {"title_en": title, "kind": "report", "minutes": "10"}
        assert post(client, "add_agenda_item", sent, part_pk=part.pk).status_code == 303
    assert post(client, "add_agenda_item", {"kind": "report"}, part_pk=part.pk).status_code == 422
    hostile = {"title_en": "x" * 10_000, "kind": "nothing", "minutes": "-1", "proposal": "999", "presenter": "999"}
    assert post(client, "add_agenda_item", hostile, part_pk=part.pk).status_code == 422
    first, _, last = AgendaItem.objects.order_by("position")
    assert post(client, "move_agenda_item", {"to": "1"}, item_pk=last.pk).status_code == 303
    assert post(client, "move_agenda_item", {"to": "99999999999"}, item_pk=last.pk).status_code == 422
    assert list(AgendaItem.objects.order_by("position").values_list("title_en", flat=True)) == ["C", "A", "B"]
    assert (
        post(client, "change_agenda_item", {"title_es": "A2", "kind": "decision"}, item_pk=first.pk).status_code == 303
    )
    assert (fresh(first).title_en, fresh(first).title_es, fresh(first).minutes) == ("", "A2", None)
    assert post(client, "progress_agenda_item", {"act": "take_up"}, item_pk=first.pk).status_code == 422
    assert post(client, "open_meeting", meeting_pk=met.pk).status_code == 303
    for act in ("take_up", "close", "reopen", "close", "nonsense"):
        assert post(client, "progress_agenda_item", {"act": act}, item_pk=first.pk).status_code == 303
    assert fresh(first).closed_at == AT
    assert post(client, "withdraw_agenda_item", {"because": "later"}, item_pk=last.pk).status_code == 303
    assert post(client, "say_quorum", part_pk=part.pk).status_code == 303
    assert QuorumStated.objects.filter(why="asked").count() == 1
    assert "What is carried over" in get(client, "close_meeting", meeting_pk=met.pk)
    assert post(client, "close_meeting", meeting_pk=met.pk).status_code == 303
    assert "Undo the closing" in get(client, "meeting", meeting_pk=met.pk)
    assert post(client, "undo_meeting", meeting_pk=met.pk).status_code == 303
    assert fresh(met).closed_at is None


def test_people_are_marked_by_one_tap_oneself_or_by_whoever_keeps_the_meeting(client, at_hour):
    met, _, (chair, other, *_), (york, centro) = gathered(3)
    sign_in(client, other)
    assert post(client, "mark_attendance", {"user": other.pk, "place": centro.pk}, meeting_pk=met.pk).status_code == 303
    for forged in ({"user": chair.pk, "place": york.pk}, {"name": "Guest", "place": york.pk}, {"place": york.pk}):
        assert post(client, "mark_attendance", forged, meeting_pk=met.pk).status_code == 403
    mine = Attendance.objects.get()
    sign_in(client, chair)
    twice = [post(client, "mark_attendance", {"user": chair.pk, "place": york.pk}, meeting_pk=met.pk) for _ in "ab"]
    assert [answer.status_code for answer in twice] == [303, 303]
    sent = {"name": f"  {chair.email.upper()} ", "place": york.pk}
    assert post(client, "mark_attendance", sent, meeting_pk=met.pk).status_code == 303
    assert (
        post(client, "mark_attendance", {"name": "Guest \u202e<i>", "place": york.pk}, meeting_pk=met.pk).status_code
        == 303
    )
    for wrong in ({"user": chair.pk, "place": "999"}, {"user": "x", "place": york.pk}):
        assert post(client, "mark_attendance", wrong, meeting_pk=met.pk).status_code == 422
    assert Attendance.objects.count() == 3
    shown = get(client, "attendance", meeting_pk=met.pk)
    assert "Guest &lt;i&gt;" in shown
    assert "there is a quorum</span>, 2 of 3, needed 2" in shown
    at_hour(HOUR)
    assert post(client, "leave_meeting", attendance_pk=mine.pk).status_code == 303
    assert fresh(mine).left_at == AT + HOUR
    correct = {"place": centro.pk, "came": "07:05", "left": "07:30"}
    assert post(client, "correct_attendance", correct, attendance_pk=mine.pk).status_code == 303
    assert (fresh(mine).came_at, fresh(mine).left_at) == (AT + 5 * MINUTE, AT + 30 * MINUTE)
    assert post(client, "correct_attendance", {**correct, "left": "07:01"}, attendance_pk=mine.pk).status_code == 422
    entered = {"name": "Late guest", "place": york.pk, "came": "08:10", "left": "08:20"}
    assert post(client, "enter_attendance", entered, meeting_pk=met.pk).status_code == 303
    assert Attendance.objects.get(name="Late guest").came_at == AT + 10 * MINUTE
    assert post(client, "enter_attendance", {"name": "x", "came": "25:99"}, meeting_pk=met.pk).status_code == 422
    assert post(client, "correct_attendance", {"act": "take_back"}, attendance_pk=mine.pk).status_code == 303
    assert fresh(mine).taken_back_at == AT + HOUR


def test_whoever_is_there_asks_to_speak_and_the_chair_gives_the_word_in_the_order_that_is_explained(client, at_hour):
    met, part, (chair, other, third), (york, centro) = gathered(3)
    on = item(part)
    here(met, york, chair), here(met, centro, other)
    other.language = "es"
    other.save()
    sign_in(client, third)
    assert post(client, "ask_to_speak", {"language": "en"}, item_pk=on.pk).status_code == 422
    sign_in(client, chair)
    assert post(client, "ask_to_speak", {"language": "en"}, item_pk=on.pk).status_code == 303
    sign_in(client, other)
    forged = Attendance.objects.get(user=chair).pk
    assert post(client, "ask_to_speak", {"language": "en", "attendance": forged}, item_pk=on.pk).status_code == 403
    assert post(client, "ask_to_speak", {"language": "fr"}, item_pk=on.pk).status_code == 422
    assert post(client, "ask_to_speak", {"language": "es"}, item_pk=on.pk).status_code == 303
    chairs, mine = SpeakerTurn.objects.order_by("pk")
    for act, turn in (("begin", mine), ("withdraw", chairs), ("end", chairs)):
        assert post(client, "speaker_turn", {"act": act}, turn_pk=turn.pk).status_code == 403
    sign_in(client, chair)
    assert post(client, "speaker_turn", {"act": "begin"}, turn_pk=chairs.pk).status_code == 303
    english, spanish = get(client, "speakers", item_pk=on.pk), get(client, "speakers", "es", item_pk=on.pk)
    assert "sits in another place than whoever speaks before (Centro)." in english
    assert "4 min, with interpretation" in english
    assert "Todavía no ha hablado en esta reunión; está en otro lugar que quien habla antes" in spanish
    assert post(client, "speaker_turn", {"act": "end"}, turn_pk=chairs.pk).status_code == 303
    assert post(client, "speaker_turn", {"act": "withdraw"}, turn_pk=mine.pk).status_code == 303
    assert SpeakerTurn.objects.filter(ended_at=None, withdrawn_at=None).count() == 0


def test_whoever_enters_the_ballots_of_a_sitting_finds_those_who_are_there_first(client, at_hour):
    met, part, people, (york, centro) = gathered(3)
    here(met, centro, people[2])
    asked = proposal(part.body, people[0])
    vote = open_vote(
        body=part.body,
        proposal=asked,
        question=whole(asked),
        how="sitting",
        sitting=part.sitting,
        by=people[0],
        actor=ACTOR,
        at=AT,
    )
    here(met, york, people[0], at=AT + MINUTE)
    sign_in(client, people[0])
    shown = get(client, "enter_ballots", vote_pk=vote.pk)
    places = [shown.index(name) for name in ("committee 3 (Centro)", "committee 1", "committee 2")]
    assert places == sorted(places)
    assert "committee 1 (York)" not in shown
    assert reverse("vote", kwargs={"vote_pk": vote.pk}) in get(client, "close_meeting", meeting_pk=met.pk)


def test_a_document_is_uploaded_handed_out_only_to_be_saved_and_taken_away(client, at_hour):
    met, part, (chair, other), _ = gathered(2)
    on = item(part)
    sign_in(client, other)
    sent = {"file": SimpleUploadedFile("budget.html", b"%PDF-1.4 <script>"), "language": "es", "item": on.pk}
    assert post(client, "add_document", sent, meeting_pk=met.pk).status_code == 303
    for wrong in (b"", b"MZ\x90\0", b"<html>", b"x" * 8_000_001):
        refused = post(client, "add_document", {"file": SimpleUploadedFile("a.pdf", wrong)}, meeting_pk=met.pk)
        assert refused.status_code == 422
    elsewhere = item(meeting(part.body, places=[place("away")], starts_at=AT + DAY).parts.get())
    forged = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1"), "item": elsewhere.pk}
    assert post(client, "add_document", forged, meeting_pk=met.pk).status_code == 422
    made = Document.objects.get()
    assert (made.name, made.item) == ("budget.html.pdf", on)
    answer = client.get(reverse("document", kwargs={"document_pk": made.pk}))
    assert answer.content == b"%PDF-1.4 <script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="budget.html.pdf"'
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == ("sandbox", "nosniff")
    assert "budget.html.pdf" in get(client, "meeting", meeting_pk=met.pk)
    sign_in(client, chair)
    assert post(client, "remove_document", document_pk=made.pk).status_code == 303
    assert client.get(reverse("document", kwargs={"document_pk": made.pk})).status_code in (403, 404)


@pytest.mark.parametrize("name", ["meeting", "attendance", "speakers"])
def test_more_rows_cost_no_more_queries(client, at_hour, django_assert_num_queries, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    met, part, people, (york, _) = gathered(4)
    on = item(part)
    words = {"item_pk": on.pk} if name == "speakers" else {"meeting_pk": met.pk}

    def more(number):
        another = item(part, f"Item {number}", position=number, minutes=5)
        here(met, york, people[number])
        here(met, york, name=f"Guest {number}", by=people[0])
        SpeakerTurn.objects.create(item=on, name=f"Guest {number}", place=york, language="en", asked_at=AT)
        Document.objects.create(meeting=met, item=another, name="a", size=1, content="", user=people[0], at=AT)
        asked = proposal(part.body, people[0], ask=f"Ask {number}", at=AT - 9 * DAY)
        AgendaItem.objects.filter(pk=another.pk).update(proposal=asked)
        voted(asked, people, "favor", "favor", "favor", "favor")

    sign_in(client, people[0])
    more(1)
    get(client, name, **words)
    with CaptureQueriesContext(connection) as once:
        get(client, name, **words)
    more(2), more(3)
    with django_assert_num_queries(len(once)):
        get(client, name, **words)
