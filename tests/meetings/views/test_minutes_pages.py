"""Minutes on their pages, and notes and minutes to take along as Markdown and PDF."""

import re

import pytest

from committees import ACTOR, AT, DAY, committee, sits
from gatherings import item, meeting, two_cities
from signing_in import sign_in
from tequio.decisions.models import Office
from tequio.kernel import clock
from tequio.meetings.operations.notes import set_seen, write_note
from tequio.meetings.operations.translating import translate

pytestmark = pytest.mark.django_db
NOTES = "- # We *approve* <b>it</b> [x](http://a.example)\n  - 1. below ☃ שלום\n- third"


@pytest.fixture
def held(sample_rules, client, monkeypatch):
    """A noted meeting, a later one, and the chair signed in a month on."""
    monkeypatch.setattr(clock, "now", lambda: AT + 31 * DAY)
    body, people = committee(3)
    sits(body, people[0], office=Office.CHAIR, votes=False)
    york, centro = two_cities()
    part = meeting(body, places=[york, centro], starts_at=AT + DAY).parts.get()
    meeting(body, places=[york], starts_at=AT + 30 * DAY)
    one = item(part)
    made = {"item": one, "by": people[0], "actor": ACTOR, "at": AT}
    note = write_note(place=york, text=NOTES, base=0, **made).note
    write_note(place=centro, text="- Se aprueba", base=0, **made)
    translate(note=note, of=1, said=["Aprobamos", "abajo", ""], base=0, by=people[1], actor=ACTOR, at=AT)
    sign_in(client, people[0])
    return {"body": body, "people": people, "part": part, "item": one}


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_chair_puts_minutes_forward_enters_the_approval_and_corrects_them(client, held):
    stem = f"/minutes/{held['part'].pk}/"
    assert "Not put forward yet" in said(client.get(stem))
    assert client.post(f"{stem}put-forward/").status_code == 303
    page = client.get(f"{stem}approve/").content.decode()
    later = re.search(r'<option value="(\d+)">', page).group(1)
    answer = client.post(f"{stem}approve/", {"part": later, "in_favor": "5"})
    assert (answer.status_code, "how many against" in said(answer)) == (422, True)
    assert client.post(f"{stem}approve/", {"part": later}).status_code == 303
    words = said(client.get(stem))
    assert "committee-2016-08-14-1" in words
    assert "Corrected" not in words
    write = f"/meetings/items/{held['item'].pk}/notes/york/"
    assert "what was approved can still be read" in said(client.post(write, {"base": "1", "text": "- other"}))
    sent = {"base": "1", "text": NOTES.replace("third", "fourth"), "why": "a slip"}
    assert client.post(write, sent).status_code == 303
    page = client.get(stem).content.decode()
    assert "a slip" in page
    assert "<del>third</del><ins>fourth</ins>" in page
    assert "third" in said(client.get(f"{stem}both.md"))
    assert "As it was approved; corrected since" in said(client.get(f"/meetings/{held['part'].meeting_id}/notes/"))


def test_minutes_are_seen_by_whom_the_body_says_also_where_its_notes_are_not(client, held):
    stem = f"/minutes/{held['part'].pk}/"
    client.post(f"{stem}put-forward/")
    later = re.search(r'<option value="(\d+)">', client.get(f"{stem}approve/").content.decode()).group(1)
    client.post(f"{stem}approve/", {"part": later})
    made = {"body": held["body"], "by": held["people"][0], "actor": ACTOR, "at": AT}
    set_seen(notes="body", minutes="everybody", calendar="body", **made)
    back = f'href="/meetings/{held["part"].meeting_id}/"'
    assert back in client.get(stem).content.decode()
    client.logout()
    assert "Se aprueba" in said(client.get(stem))
    assert back not in client.get(stem).content.decode()
    assert client.get(f"{stem}en.md").status_code == client.get(f"{stem}en.pdf").status_code == 200
    assert client.get(f"/meetings/{held['part'].meeting_id}/notes/").status_code == 303
    assert client.get(f"{stem}approve/").status_code == 303


def test_what_is_taken_along_is_words_in_one_language_or_both(client, held):
    stem = f"/meetings/{held['part'].meeting_id}/notes/"
    both = client.get(f"{stem}both.md").content.decode()
    assert "- \\# We \\*approve\\* \\<b\\>it\\</b\\> \\[x\\](http://a.example)" in both
    assert "  - 1\\. below" not in both  # only what a line begins with would become a list
    assert "  - \\1. below" in both
    assert "### York / York (es) (English / inglés, original)" in both
    assert "translation, older than the text" in both
    spanish = client.get(f"{stem}es.md").content.decode()
    assert "- Aprobamos" in spanish
    assert "We" not in spanish
    assert "(español, original)" in spanish
    english = client.get(f"{stem}en.md").content.decode()
    assert "original, not translated yet" in english
    for which in ("en", "es", "both"):
        answer = client.get(f"{stem}{which}.pdf")
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        assert answer.content == client.get(f"{stem}{which}.pdf").content
    assert client.get(f"{stem}fr.md").status_code == 404
