"""What other pages know of meetings: a body's sittings lead to them, and a person's own file tells where they were."""

import json

import pytest
from django.urls import reverse

from committees import AT, DAY, committee, person, sitting
from gatherings import meeting, two_cities
from meetings.sessions import gathered, here
from signing_in import sign_in
from tequio.kernel import clock
from tequio.meetings.models import AgendaItem, Interpreter, SpeakerTurn

pytestmark = pytest.mark.django_db


def test_a_sitting_in_a_meeting_leads_to_its_page_for_those_who_may_read_it(client, sample_rules, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT - DAY)
    body, people = committee(3)
    met = meeting(body, places=two_cities(), starts_at=AT)
    sitting(body, starts_at=AT + DAY)  # in no meeting
    address = reverse("meeting", kwargs={"meeting_pk": met.pk})
    for who, leads in ((people[0], 1), (person("Nadia"), 0)):
        sign_in(client, who)
        page = client.get(reverse("body", kwargs={"body": body.code})).content.decode()
        assert page.count(f'href="{address}"') == leads


def test_a_persons_file_tells_where_they_were_when_they_spoke_and_what_they_interpreted(client, sample_rules):
    met, part, people, (york, _) = gathered()
    who = people[1]
    here(met, york, who)
    item = AgendaItem.objects.create(part=part, position=1, kind="report", title_en="A", made_at=AT)
    SpeakerTurn.objects.create(item=item, user=who, place=york, language="en", asked_at=AT, began_at=AT, ended_at=AT)
    Interpreter.objects.create(meeting=met, user=who, direction="en-es", signed_up_at=AT, minutes_given=45)
    sign_in(client, who)
    held = json.loads(client.get("/account/data/").content)
    assert [(one["meeting"], one["place"]) for one in held["attendances"]] == [(met.pk, "york")]
    assert [(one["item"], one["language"]) for one in held["speaking"]] == [(item.pk, "en")]
    assert [(one["direction"], one["minutes_given"]) for one in held["interpreting"]] == [("en-es", 45)]
    assert held["suggestions"] == []
    assert "1 attendances, 1 turns to speak" in client.get("/account/").content.decode()
    sign_in(client, people[2])
    assert json.loads(client.get("/account/data/").content)["attendances"] == []
