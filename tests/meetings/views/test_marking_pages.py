"""The pages on which a line of the notes becomes a record."""

import re

import pytest

from committees import ACTOR, AT, DAY, committee, proposal, sits
from gatherings import item, meeting, two_cities
from signing_in import sign_in
from tequio.decisions.models import Office
from tequio.kernel import clock
from tequio.meetings.models import NoteMark
from tequio.meetings.operations.notes import write_note
from tequio.meetings.operations.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)


@pytest.fixture
def held(sample_rules):
    """Notes with three lines, the first of them translated, of a committee with a chair."""
    body, people = committee(3)
    sits(body, people[0], office=Office.CHAIR, votes=False)
    york, _ = two_cities()
    met = meeting(body, places=[york], starts_at=AT + DAY)
    one = item(met.parts.get())
    made = {"by": people[0], "actor": ACTOR, "at": AT}
    note = write_note(item=one, place=york, text="- Taken\n- Ana: no\n- Write it", base=0, **made).note
    translate(note=note, of=1, said=["Se toma", "", ""], base=0, **made)
    return {"body": body, "people": people, "meeting": met, "note": note}


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_chair_makes_a_line_a_decision_and_both_lead_to_each_other(client, held):
    sign_in(client, held["people"][0])
    stem = f"/notes/{held['note'].pk}/lines/1/"
    assert "how somebody stands" in said(client.get(stem))
    form = client.get(f"{stem}decision/").content.decode()
    assert ">\nTaken</textarea>" in form
    assert ">\nSe toma</textarea>" in form
    sent = {"title_en": "Taken", "title_es": "Se toma", "end": "approved", "in_favor": "11"}
    answer = client.post(f"{stem}decision/", sent)
    assert (answer.status_code, "how many against" in said(answer)) == (422, True)
    assert client.post(f"{stem}decision/", sent | {"against": "0"}).status_code == 303
    mark = NoteMark.objects.get()
    page = client.get(f"/meetings/{held['meeting'].pk}/notes/")
    assert f"/decisions/{mark.decision.code}/" in page.content.decode()
    back = client.get(f"/decisions/{mark.decision.code}/")
    assert "notes of York, 16 July 2016" in said(back)
    client.logout()
    assert "notes of York" not in said(client.get(f"/decisions/{mark.decision.code}/"))


def test_who_only_sits_there_makes_tasks_and_proposals_and_speaks_for_nobody_else(client, held):
    sign_in(client, held["people"][1])
    stem = f"/notes/{held['note'].pk}/lines/3/"
    assert "how somebody stands" not in said(client.get(stem))
    assert client.get(f"{stem}decision/").status_code == client.post(f"{stem}decision/").status_code == 403
    assert client.get(f"{stem}nonsense/").status_code == client.get(f"/notes/{held['note'].pk}/lines/9/").status_code
    assert client.post(f"{stem}task/", {"title_en": "Write", "title_es": "Escribir"}).status_code == 303
    mark = NoteMark.objects.get()
    assert "notes of York, 16 July 2016" in said(client.get("/tasks/"))
    undo = f"/notes/marks/{mark.pk}/undo/"
    assert "The record itself stays" in said(client.get(undo))
    assert client.post(undo).status_code == 303
    assert client.get(undo).status_code == 404
    assert "notes of York" not in said(client.get("/tasks/"))


def test_every_kind_has_its_form_and_an_amendment_asks_first_of_what(client, held):
    sign_in(client, held["people"][0])
    stem = f"/notes/{held['note'].pk}/lines/2/"
    assert "first a proposal has to circulate" in said(client.get(f"{stem}position/"))
    asked = proposal(held["body"], held["people"][0])
    kinds = [
        "decision",
        "vote",
        "task",
        "deferral",
        "amendment",
        "position",
        "election",
        "proposal",
        "budget-change",
        "there",
    ]
    assert {kind: client.get(f"{stem}{kind}/").status_code for kind in kinds} == dict.fromkeys(kinds, 200)
    form = client.get(f"{stem}amendment/?proposal={asked.pk}").content.decode()
    assert "First what." in form
    sent = {"proposal": asked.pk, "against": 1, "title_en": "why", "title_es": "por qué"}
    sent |= {"text_en": "First who.\n\nThen how.", "text_es": "Primero quién.\n\nLuego cómo."}
    assert client.post(f"{stem}amendment/", sent).status_code == 303
    assert asked.amendments.get().why_es == "por qué"
    question = asked.questions.get().pk
    sent = {"question": question, "said_by": "Ana", "stance": "against", "words": "no"}
    assert client.post(f"{stem}position/", sent).status_code == 303
    assert client.post(f"{stem}there/", {"record": f"proposal:{asked.pk}"}).status_code == 303
    assert "Ana, on" in said(client.get(f"/meetings/{held['meeting'].pk}/notes/"))
