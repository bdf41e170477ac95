"""Files of notes on their pages: handed in, asked about, put to a meeting, and each find confirmed by a person."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees import AT, committee, sits
from gatherings import two_cities
from signing_in import sign_in
from tequio.decisions.models import Decision, Office
from tequio.kernel import clock
from tequio.meetings.models import Meeting, NotesCandidate, NotesFile

pytestmark = pytest.mark.django_db
NOTES = b"""# Meeting 7/8/13

## Budget
- The budget was approved with modifications.
- We got $4,800 from the foundation.
- Bo will write to the city by 2013-09-01.
"""


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def held(sample_rules, client):
    """The chair of a committee, signed in, and two cities."""
    body, people = committee(3)
    sits(body, people[0], office=Office.CHAIR, votes=False)
    sign_in(client, people[0])
    return {"body": body, "people": people, "places": two_cities()}


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def handed(client, held, raw=NOTES):
    file = SimpleUploadedFile("notes.md", raw)
    return client.post("/notes/", {"body": held["body"].pk, "place": held["places"][0].pk, "file": file})


def test_a_file_goes_from_the_page_to_its_meeting_and_its_finds_to_records(client, held):
    assert "appear here once somebody brings one in" in said(client.get("/notes/"))
    handed(client, held)
    assert handed(client, held).status_code == 303
    file = NotesFile.objects.get()
    stem = f"/notes/files/{file.pk}/"
    assert "not certain" in said(client.get(stem))
    asked = client.get(f"{stem}meeting/")
    assert "7 August 2013" in said(asked)
    assert "8 July 2013" in said(asked)
    assert client.post(f"{stem}meeting/", {"day": "other"}).status_code == 422
    answer = client.post(f"{stem}meeting/", {"day": "2013-08-07"})
    answer = client.post(answer["Location"], {"meeting": "record"})
    assert (answer.status_code, "Nobody can guess this" in said(answer)) == (422, True)
    answer = client.post(f"{stem}meeting/?day=2013-08-07", {"meeting": "record", "hour": "19:00", "minutes": "90"})
    assert Meeting.objects.get().starts_at.isoformat() == "2013-08-07T23:00:00+00:00"
    assert "Budget" in said(client.get(answer["Location"]))
    assert client.post(answer["Location"], {}).status_code == 303
    page = client.get(stem)
    assert "1 to confirm" not in said(page)
    found = NotesCandidate.objects.get(kind="decision")
    form = client.get(f"{stem}finds/{found.pk}/")
    assert '<option value="with_modifications" selected>' in form.content.decode()
    sent = {"title_en": "The budget", "title_es": "El presupuesto", "end": "with_modifications"}
    assert client.post(f"{stem}finds/{found.pk}/", sent).status_code == 303
    found.refresh_from_db()
    assert (found.state, found.mark.decision) == ("confirmed", Decision.objects.get(title_en="The budget"))
    assert client.get(f"{stem}finds/{found.pk}/").status_code == 404
    task = NotesCandidate.objects.get(kind="task")
    assert 'value="2013-09-01"' in client.get(f"{stem}finds/{task.pk}/").content.decode()
    amount = NotesCandidate.objects.get(kind="amount")
    assert "The notes do not say" in said(client.post(f"{stem}finds/{amount.pk}/", {}))
    assert client.post(f"{stem}finds/{amount.pk}/", {"currency": "MXN"}).status_code == 303
    assert client.post(f"{stem}finds/{task.pk}/dismiss/").status_code == 303
    assert "2 confirmed" in said(client.get(stem))


def test_a_wrong_file_is_answered_in_a_sentence(client, held):
    assert "This file is not text" in said(handed(client, held, b"\x89PNG\r\n\x1a\n" + bytes(50)))
    assert "nothing in this file" in said(handed(client, held, b""))
    assert "larger than 2 MB" in said(handed(client, held, b"- x\n" * 600_000))
    assert handed(client, held, b"x" * 11_000_000).status_code == 413
    assert NotesFile.objects.count() == 0


def test_who_sits_there_but_does_not_keep_it_confirms_no_decision(client, held):
    handed(client, held, NOTES.replace(b"7/8/13", b"of 6 February 2013"))
    file = NotesFile.objects.get()
    stem = f"/notes/files/{file.pk}/"
    answer = client.post(f"{stem}meeting/", {"meeting": "record", "hour": "19:00", "minutes": "90"})
    client.post(answer["Location"], {})
    sign_in(client, held["people"][1])
    decision, task = (NotesCandidate.objects.get(kind=kind) for kind in ("decision", "task"))
    page = client.get(stem)
    assert (
        f'{stem}finds/{decision.pk}/"' in page.content.decode(),
        f'{stem}finds/{task.pk}/"' in page.content.decode(),
    ) == (
        False,
        True,
    )
    assert "whoever chairs confirms it" in said(page)
    assert client.get(f"{stem}finds/{decision.pk}/").status_code == 403
    assert client.get(f"{stem}finds/{task.pk}/?as=decision").status_code == 403
    assert client.get(f"{stem}finds/{task.pk}/").status_code == 200
