"""The pages of notes: two columns, translations with their state, hostile text, who sees what, two scribes at once."""

import re

import pytest

from committees import ACTOR, AT, DAY, committee, person
from gatherings import item, meeting, two_cities
from signing_in import sign_in
from tequio.kernel import clock
from tequio.meetings.models import NoteRevision, TranslationRevision
from tequio.meetings.operations.notes import set_seen, write_note
from tequio.meetings.operations.translating import translate

pytestmark = pytest.mark.django_db
HOSTILE = (
    '- <script>alert(1)</script> ![x](https://evil.example/x.png) <img src="https://evil.example/y.png">\n'
    "- see https://example.org/a?b=1&c=2. and javascript:alert(1) [a](javascript:alert(1))\n"
    "  - {{ 7*7 }} {% raw %}"
)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def held(sample_rules):
    """A meeting of a committee in two cities, noted in both; New York's notes changed after they were translated."""
    body, people = committee(3)
    york, centro = two_cities()
    met = meeting(body, places=[york, centro], starts_at=AT + DAY)
    one = item(met.parts.get())
    made = {"item": one, "by": people[0], "actor": ACTOR, "at": AT}
    note = write_note(place=york, text="- Dana presents\n- Taken", base=0, **made).note
    write_note(place=centro, text="- Se aprueba", base=0, **made)
    translate(note=note, of=1, said=["Dana presenta", "Se toma"], base=0, by=people[1], actor=ACTOR, at=AT)
    write_note(place=york, text="- Dana presents version 1\n- Taken", base=1, **made)
    return {"body": body, "people": people, "meeting": met, "item": one, "note": note, "places": (york, centro)}


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def notes_page(held):
    return f"/meetings/{held['meeting'].pk}/notes/"


def test_both_cities_stand_side_by_side_with_the_stale_translation_and_its_paragraphs(
    client, held, django_assert_max_num_queries
):
    sign_in(client, held["people"][0])
    client.get(notes_page(held))
    with django_assert_max_num_queries(30) as one:
        page = client.get(notes_page(held))
    text = page.content.decode()
    assert text.count("<article lang=") == 2
    words = said(page)
    assert "Translation into Spanish: older than the text" in words
    assert "Paragraphs: 1 changed since." in words
    assert "No English translation yet." in words
    for number in range(6):
        more = item(held["meeting"].parts.get(), f"More {number}", position=number + 2)
        made = {"by": held["people"][0], "actor": ACTOR, "at": AT}
        for place in held["places"]:
            write_note(item=more, place=place, text="- x\n  - y", base=0, **made)
    with django_assert_max_num_queries(len(one)):
        client.get(notes_page(held))


def test_nothing_of_a_hostile_text_runs_or_loads(client, held):
    made = {"by": held["people"][0], "actor": ACTOR, "at": AT}
    write_note(item=held["item"], place=held["places"][0], text=HOSTILE, base=2, **made)
    sign_in(client, held["people"][0])
    for address in (notes_page(held), f"/notes/{held['note'].pk}/history/", f"/notes/{held['note'].pk}/translation/"):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "<img" not in text
        assert 'href="javascript' not in text
    text = client.get(notes_page(held)).content.decode()
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer nofollow">' in text
    assert "{{ 7*7 }}" in text


def test_a_setting_opens_the_notes_to_members_or_to_everybody_and_nothing_else_does(client, held):
    body, outsider = held["body"], person("Outsider")
    from tequio.meetings.operations.notes import set_seen as setting

    made = {"body": body, "by": held["people"][0], "actor": ACTOR, "at": AT}
    address, history = notes_page(held), f"/notes/{held['note'].pk}/history/"
    assert client.get(address).status_code == 303
    sign_in(client, outsider)
    assert client.get(address).status_code == client.get(history).status_code == 403
    setting(notes="members", minutes="members", calendar="body", **made)
    assert client.get(address).status_code == 403  # signs in for no member
    from tequio.accounts.operations import grant_role

    grant_role(user=outsider, role="auditor", center=None, actor=ACTOR, at=AT)
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 303
    set_seen(notes="everybody", minutes="everybody", calendar="body", **made)
    page = client.get(address)
    assert (page.status_code, client.get(history).status_code) == (200, 200)
    assert "Write here" not in said(page)
    assert client.post(f"/meetings/items/{held['item'].pk}/notes/york/", {"text": "x"}).status_code == 401
    assert client.get("/meetings/999999/notes/").status_code == 303


def test_a_joined_meeting_shows_of_each_body_only_what_it_lets_see(client, sample_rules):
    first, people = committee(1)
    second, others = committee(1, code="campaign")
    york, _ = two_cities()
    met = meeting(first, second, places=[york], starts_at=AT + DAY)
    for part in met.parts.all():
        noted = item(part, f"Item of {part.body.code}")
        made = {"by": people[0], "actor": ACTOR, "at": AT}
        write_note(item=noted, place=york, text=f"- secret of {part.body.code}", base=0, **made)
    sign_in(client, others[0])
    words = said(client.get(f"/meetings/{met.pk}/notes/"))
    assert "secret of campaign" in words
    assert "committee" not in words.replace("campaign", "")


def test_minutes_that_are_shut_to_somebody_are_named_and_not_offered(client, sample_rules):
    first, _ = committee(1)
    second, others = committee(1, code="campaign")
    york, _ = two_cities()
    met = meeting(first, second, places=[york], starts_at=AT + DAY)
    shut, own = (met.parts.get(body=body) for body in (first, second))
    sign_in(client, others[0])
    page = client.get(f"/meetings/{met.pk}/notes/")
    assert f"/minutes/{own.pk}/" in page.content.decode()
    assert f"/minutes/{shut.pk}/" not in page.content.decode()
    assert "its minutes are seen by whoever sits on it" in said(page)
    assert client.get(f"/minutes/{shut.pk}/").status_code == 403


def test_the_second_of_two_scribes_is_told_on_the_page_and_sees_both_texts(client, held):
    sign_in(client, held["people"][1])
    address = f"/meetings/items/{held['item'].pk}/notes/york/"
    assert 'name="base" value="2"' in client.get(address).content.decode()
    answer = client.post(address, {"base": "1", "text": "- Dana shows us\n- Taken"})
    words = said(answer)
    assert answer.status_code == 200
    assert "Saved. Somebody else wrote at the same time" in words
    assert "[as committee 1 wrote it] Dana presents version 1" in words
    assert "[as committee 2 wrote it] Dana shows us" in words
    assert 'name="base" value="3"' in answer.content.decode()
    assert client.post(address, {"base": "3", "text": "- chosen\n- Taken"}).status_code == 303
    assert client.post(address, {"base": "3", "text": "x" * 200_001}).status_code == 422
    assert NoteRevision.objects.filter(note=held["note"]).count() == 4


def test_what_was_typed_is_kept_when_the_session_ended(client, held):
    answer = client.post(
        f"/meetings/items/{held['item'].pk}/notes/york/",
        {"base": "2", "text": "- typed for an hour"},
        headers={"origin": "http://testserver"},
    )
    assert answer.status_code == 401
    assert "- typed for an hour" in answer.content.decode()


def test_translating_shows_what_changed_and_a_review_says_whose_it_is(client, held):
    sign_in(client, held["people"][1])
    address = f"/notes/{held['note'].pk}/translation/"
    words = said(client.get(address))
    assert "changed since it was translated" in words
    assert "It was: Dana presents" in words
    sent = {"of": "2", "base": "1", "p0": "Dana presenta la versión 1", "p1": "Se toma"}
    assert client.post(address, sent).status_code == 303
    review = f"{address}review/"
    assert "You translated this yourself" in said(client.get(review))
    assert client.post(review, {"number": "1"}).status_code == 422
    assert client.post(review, {"number": "2"}).status_code == 303
    assert TranslationRevision.objects.order_by("-pk").first().state == "reviewed"
    assert "reviewed by the same person" in said(client.get(notes_page(held)))


def test_earlier_wordings_show_what_each_changed(client, held):
    sign_in(client, held["people"][0])
    text = client.get(f"/notes/{held['note'].pk}/history/").content.decode()
    assert "<ins> version 1</ins>" in text
    assert "Wording 1" in text


def test_settings_are_set_on_their_page(client, held):
    from tequio.accounts.operations import grant_role

    admin = person("Admin")
    grant_role(user=admin, role="administrator", center=None, actor=ACTOR, at=AT)
    sign_in(client, admin)
    address = f"/bodies/{held['body'].code}/notes/"
    answer = client.post(address, {"notes": "members", "minutes": "body", "calendar": "body"})
    assert (answer.status_code, "cannot be seen by fewer" in said(answer)) == (422, True)
    assert client.post(address, {"notes": "body", "minutes": "members", "calendar": "body"}).status_code == 303
