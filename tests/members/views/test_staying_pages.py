"""Leaving, coming back, and the log of contacts."""

import re
from datetime import date

import pytest

from tequio.kernel.journal.models import Event
from tequio.members.models import ContactAttempt, Member, Membership


@pytest.fixture
def treasurer(members, signed_in):
    members({"member_id": "A", "member_name": "Casa Maíz"}, {"member_id": "B"})
    return signed_in("treasurer", "us")


@pytest.fixture
def member_pk(treasurer):
    return Member.objects.get(code="A").pk


def _words(client, path, **said):
    text = client.get(path).content.decode()
    key = re.search(r'name="once_key" value="([^"]+)"', text).group(1)
    return {"on": "2016-07-14", "by": "Petra", "outcome": "attempted", "note": "", "once_key": key, **said}


def test_leaving_says_what_stays_and_proposes_today(treasurer, member_pk):
    text = treasurer.get(f"/members/{member_pk}/leave/").content.decode()
    assert "What it owes stays owed when it leaves" in text
    assert 'value="2016-07-15"' in text


def test_leaving_ends_the_period_once_however_often_it_is_sent(treasurer, member_pk):
    for _ in range(2):
        answer = treasurer.post(f"/members/{member_pk}/leave/", {"act": "leave", "on": "2016-07-01"})
        assert (answer.status_code, answer["Location"]) == (303, f"/members/{member_pk}/")
    assert Membership.objects.get(member_id=member_pk).left_on == date(2016, 7, 1)
    assert Event.objects.filter(kind="member.left").count() == 1


def test_coming_back_begins_another_period_once(treasurer, member_pk):
    path = f"/members/{member_pk}/leave/"
    treasurer.post(path, {"act": "leave", "on": "2016-07-01"})
    assert "It can come back on any day since it left" in treasurer.get(path).content.decode()
    for _ in range(2):
        assert treasurer.post(path, {"act": "rejoin", "on": "2016-07-10"}).status_code == 303
    periods = Membership.objects.filter(member_id=member_pk).order_by("joined_on").values_list("joined_on", "left_on")
    assert list(periods) == [(date(2010, 3, 1), date(2016, 7, 1)), (date(2016, 7, 10), None)]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"act": "leave", "on": "2009-01-01"}, "it cannot leave before."),
        ({"act": "leave", "on": "tomorrow"}, "First day out"),
        ({"act": "leave", "on": ""}, "First day out"),
        ({"act": "rejoin", "on": "2016-07-10"}, "is a member already."),
        ({"act": "<script>", "on": "2009-01-01"}, "it cannot leave before."),
    ],
)
def test_a_wrong_day_is_said_and_what_was_typed_stays(treasurer, member_pk, said, sentence):
    answer = treasurer.post(f"/members/{member_pk}/leave/", said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert f'value="{said["on"]}"' in text or not said["on"]
    assert Membership.objects.get(member_id=member_pk).left_on is None


def test_a_merged_entry_leads_to_the_member_it_counts_as(treasurer, member_pk, at):
    from tequio.members.operations import merge_members

    merge_members(kept="A", merged="B", actor="test", at=at)
    merged = Member.objects.get(code="B").pk
    for page in ("leave", "contact", "access"):
        answer = treasurer.get(f"/members/{merged}/{page}/")
        assert (answer.status_code, answer["Location"]) == (303, f"/members/{member_pk}/{page}/")


def test_a_contact_is_logged_with_who_and_how_it_went(treasurer, member_pk):
    path = f"/members/{member_pk}/contact/"
    text = treasurer.get(path).content.decode()
    assert 'value="Petra Nolasco"' in text
    assert "Nobody has tried to reach it yet." in text
    said = _words(treasurer, path, outcome="reached", note="pays on Friday")
    answer = treasurer.post(path, said)
    assert (answer.status_code, answer["Location"]) == (303, f"/members/{member_pk}/#timeline")
    attempt = ContactAttempt.objects.get()
    assert (attempt.on, attempt.by, attempt.outcome, attempt.note) == (
        date(2016, 7, 14),
        "Petra",
        "reached",
        "pays on Friday",
    )
    assert "pays on Friday" in treasurer.get(path).content.decode()


def test_the_same_form_twice_is_one_contact_and_another_form_is_another(treasurer, member_pk):
    path = f"/members/{member_pk}/contact/"
    said = _words(treasurer, path)
    assert [treasurer.post(path, said).status_code for _ in range(2)] == [303, 303]
    assert ContactAttempt.objects.count() == 1
    treasurer.post(path, _words(treasurer, path))
    assert ContactAttempt.objects.count() == 2


def test_a_form_that_was_refused_can_be_sent_again_corrected(treasurer, member_pk):
    path = f"/members/{member_pk}/contact/"
    said = _words(treasurer, path, on="2016-07-16")
    answer = treasurer.post(path, said)
    assert answer.status_code == 422
    assert "2016-07-16 has not come yet" in answer.content.decode()
    assert treasurer.post(path, {**said, "on": "2016-07-15"}).status_code == 303
    assert ContactAttempt.objects.get().on == date(2016, 7, 15)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("by", ""),
        ("by", "x" * 10_000),
        ("note", "n" * 10_000),
        ("outcome", "paid"),
        ("on", "32/13/2016"),
        ("once_key", ""),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(treasurer, member_pk, field, value):
    path = f"/members/{member_pk}/contact/"
    answer = treasurer.post(path, _words(treasurer, path, **{field: value}))
    assert answer.status_code == 422
    assert ContactAttempt.objects.count() == 0


def test_a_hostile_note_is_text(treasurer, member_pk):
    path = f"/members/{member_pk}/contact/"
    treasurer.post(path, _words(treasurer, path, note="<script>x</script>\u202e", by="=1+1"))
    text = treasurer.get(path).content.decode()
    assert "<script>" not in text
    assert '<span class="note" dir="auto">&lt;script&gt;x&lt;/script&gt;' in text


def test_the_pages_are_written_in_spanish_too(treasurer, signed_in, member_pk):
    client = signed_in("administrator", language="es")
    assert "Al irse, lo que debe se sigue debiendo" in client.get(f"/members/{member_pk}/leave/").content.decode()
    text = client.get(f"/members/{member_pk}/contact/").content.decode()
    assert "A nadie se le suspende sin que antes alguien lo busque" in text
