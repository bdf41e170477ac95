"""Who signs in for a member."""

import pytest

from tequio.accounts.models import User
from tequio.kernel.journal.models import Event
from tequio.members.models import Member, MemberAccess


@pytest.fixture(autouse=True)
def outbox(tmp_path, monkeypatch):
    """Letters go to a folder of this test's own."""
    from tequio.kernel.mail import transport

    folder = tmp_path / "outbox"
    monkeypatch.setattr(transport, "outbox", lambda: folder)
    return folder


@pytest.fixture
def path(members):
    members({"member_id": "A", "member_name": "Casa Maíz"}, {"member_id": "B"})
    return f"/members/{Member.objects.get(code='A').pk}/access/"


@pytest.fixture
def rosa(db, at):
    from tequio.accounts.operations import add_person

    return add_person(email="rosa@example.org", name="Rosa Ibarra", language="es", actor="test", at=at)


def test_access_is_given_by_the_address_of_an_account_and_taken_again(path, rosa, signed_in):
    client = signed_in("treasurer", "us")
    assert "Nobody signs in for this member yet" in client.get(path).content.decode()
    for _ in range(2):
        assert client.post(path, {"act": "give", "email": " Rosa@Example.org "})["Location"] == path
    access = MemberAccess.objects.get()
    text = client.get(path).content.decode()
    assert "One person signs in for this member" in text
    assert "Rosa Ibarra" in text
    for _ in range(2):
        assert client.post(path, {"act": "take", "access": access.pk})["Location"] == path
    assert MemberAccess.objects.count() == 0
    assert [Event.objects.filter(kind=f"member.access_{done}").count() for done in ("given", "taken")] == [1, 1]


def test_an_address_without_an_account_is_offered_one_by_an_administrator_only(path, signed_in):
    treasurer = signed_in("treasurer", "us")
    answer = treasurer.post(path, {"act": "give", "email": "new@example.org"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no account for new@example.org yet. Ask an administrator" in text
    assert 'value="open"' not in text
    text = signed_in("administrator").post(path, {"act": "give", "email": "new@example.org"}).content.decode()
    assert 'name="act" value="open"' in text
    assert 'value="new@example.org"' in text


def test_an_administrator_opens_the_account_and_gives_access_at_once(path, signed_in, outbox):
    client = signed_in("administrator")
    said = {"act": "open", "email": "new@example.org", "name": "Nora Vidal", "language": "es"}
    for _ in range(2):
        assert client.post(path, said)["Location"] == path
    access = MemberAccess.objects.select_related("user").get()
    assert (access.user.name, access.user.language, access.member.code) == ("Nora Vidal", "es", "A")
    assert User.objects.filter(email="new@example.org").count() == 1


def test_a_treasurer_opens_no_account_whatever_it_sends(path, signed_in):
    client = signed_in("treasurer", "us")
    said = {"act": "open", "email": "new@example.org", "name": "Nora Vidal", "language": "es"}
    assert client.post(path, said).status_code == 422
    assert User.objects.filter(email="new@example.org").count() == 0
    assert MemberAccess.objects.count() == 0


def test_an_account_that_exists_is_not_opened_again(path, rosa, signed_in):
    client = signed_in("administrator")
    said = {"act": "open", "email": "rosa@example.org", "name": "<b>Rosa</b>", "language": "es"}
    answer = client.post(path, said)
    assert answer.status_code == 422
    assert "There is an account for rosa@example.org already." in answer.content.decode()
    assert "<b>Rosa</b>" not in answer.content.decode()
    assert MemberAccess.objects.count() == 0


def test_a_closed_account_gets_no_access(path, rosa, signed_in):
    User.objects.filter(pk=rosa.pk).update(is_active=False)
    answer = signed_in("treasurer", "us").post(path, {"act": "give", "email": "rosa@example.org"})
    assert answer.status_code == 422
    assert "The account of rosa@example.org is closed." in answer.content.decode()


@pytest.mark.parametrize("access", ["", "x", "0", "-1", "9" * 30])
def test_taking_what_is_not_there_changes_nothing(path, rosa, signed_in, access):
    other = MemberAccess.objects.create(user=rosa, member=Member.objects.get(code="B"))
    client = signed_in("treasurer", "us")
    assert client.post(path, {"act": "take", "access": access}).status_code == 303
    assert client.post(path, {"act": "take", "access": other.pk}).status_code == 303
    assert MemberAccess.objects.get() == other


def test_what_was_given_for_a_merged_entry_is_shown_and_can_be_taken(path, rosa, signed_in, at):
    from tequio.members.operations import merge_members

    access = MemberAccess.objects.create(user=rosa, member=Member.objects.get(code="B"))
    merge_members(kept="A", merged="B", actor="test", at=at)
    client = signed_in("treasurer", "us")
    assert "given for <bdi>B</bdi>" in client.get(path).content.decode()
    client.post(path, {"act": "take", "access": access.pk})
    assert MemberAccess.objects.count() == 0


def test_the_page_is_written_in_spanish_too(path, signed_in):
    text = signed_in("administrator", language="es").get(path).content.decode()
    assert "Nadie entra todavía por esta membresía" in text
