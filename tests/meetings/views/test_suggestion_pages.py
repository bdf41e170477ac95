"""Pages of suggestions: a member's contact suggests and reads the answer, whoever keeps the body answers."""

import pytest
from django.urls import reverse

from committees import ACTOR, AT, DAY, body, person
from gatherings import meeting
from meetings.sessions import gathered, title
from signing_in import sign_in
from tequio.kernel import clock
from tequio.kernel.web.languages import COOKIE
from tequio.meetings.models import AgendaItem, Suggestion
from tequio.meetings.operations.suggesting import suggest
from tequio.members.models import Member, MemberAccess

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming(sample_rules, members, monkeypatch):
    """A planned meeting, who keeps it, and a member's contact, three days before."""
    monkeypatch.setattr(clock, "now", lambda: AT - 3 * DAY)
    members({})
    met, part, people, _ = gathered(opened=False)
    contact = person("Nadia")
    MemberAccess.objects.create(user=contact, member=Member.objects.order_by("pk").first())
    return met, part, people[0], contact


def read(client, address, language="en"):
    client.cookies[COOKIE] = language
    return client.get(address).content.decode()


def test_a_contact_suggests_an_item_and_reads_that_it_waits_then_the_answer(coming, client):
    _, part, chair, contact = coming
    sign_in(client, contact)
    address = reverse("suggest_item", kwargs={"body": part.body.code})
    assert address in read(client, reverse("body", kwargs={"body": part.body.code}))
    answer = client.post(address, {"part": part.pk, "title_es": "El techo que gotea", "why": "Llueve adentro"})
    assert (answer.status_code, answer["Location"]) == (303, address + "#yours")
    assert "waits for an answer" in read(client, address)
    assert "espera respuesta" in read(client, address, "es")
    made = Suggestion.objects.get()
    assert (made.made_by, made.title_en, made.title_es, made.why) == (
        *(contact, "", "El techo que gotea", "Llueve adentro"),
    )
    sign_in(client, chair)
    answered = reverse("answer_suggestion", kwargs={"suggestion_pk": made.pk})
    assert answered in read(client, reverse("meeting", kwargs={"meeting_pk": part.meeting_id}))
    assert client.post(answered, {"act": "decline", "because": ""}).status_code == 422
    assert client.post(answered, {"act": "decline", "because": "Lo paga la casa"}).status_code == 303
    assert answered not in read(client, reverse("meeting", kwargs={"meeting_pk": part.meeting_id}))
    sign_in(client, contact)
    assert "Lo paga la casa" in read(client, address)


def test_accepted_it_stands_on_the_agenda(coming, client):
    met, part, chair, contact = coming
    made = suggest(part=part, title=title("Roof"), why="", by=contact, actor=ACTOR, at=AT - 3 * DAY)
    sign_in(client, chair)
    address = reverse("answer_suggestion", kwargs={"suggestion_pk": made.pk})
    assert client.post(address, {"act": "accept", "kind": "decision", "minutes": "10"}).status_code == 303
    item = AgendaItem.objects.get(part=part)
    assert (item.title_en, item.kind, item.minutes, item.presenter) == ("Roof", "decision", 10, contact)
    assert "Roof" in read(client, reverse("meeting", kwargs={"meeting_pk": met.pk}))
    assert "on the agenda" in read(client, address)


def test_a_meeting_of_another_body_is_no_choice(coming, client):
    met, part, _, contact = coming
    elsewhere = meeting(body("other"), places=[met.meeting_places.first().place], starts_at=AT)
    other = elsewhere.parts.get()
    sign_in(client, contact)
    address = reverse("suggest_item", kwargs={"body": part.body.code})
    assert client.post(address, {"part": other.pk, "title_en": "Roof"}).status_code == 422
    assert not Suggestion.objects.exists()
