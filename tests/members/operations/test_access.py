"""Who signs in for a member: given and taken by operation and by command, each with its line in the journal."""

import pytest

from tequio.accounts.operations import add_person, close_account
from tequio.accounts.viewers import viewer_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.models import Member, MemberAccess
from tequio.members.operations import give_access, merge_members, take_access
from tequio.members.queries import names_of_members_of

BY = {"actor": "test"}


@pytest.fixture
def alma(db, at):
    return add_person(email="alma@example.org", name="Alma", language="en", at=at, **BY)


def lines():
    found = Event.objects.filter(kind__startswith="member.access").order_by("pk")
    return [(event.kind, event.subject, event.payload) for event in found]


def test_access_is_given_once_and_taken_once(members, alma, at):
    members({}, {})
    member = Member.objects.get(code="M1")
    assert [give_access(user=alma, member=member, at=at, **BY) for _ in range(2)] == [True, False]
    assert viewer_of(user=alma).members == frozenset({member.pk})
    assert names_of_members_of(alma.pk) == [(member.pk, "Member 1")]
    assert [take_access(user=alma, member=member, at=at, **BY) for _ in range(2)] == [True, False]
    assert viewer_of(user=alma).members == frozenset()
    said = {"person": f"user:{alma.pk}"}
    assert lines() == [("member.access_given", "member:M1", said), ("member.access_taken", "member:M1", said)]


def test_access_given_before_a_merge_reaches_the_member_that_stayed_and_is_taken_with_either(members, alma, at):
    members({}, {})
    first, second = Member.objects.get(code="M1"), Member.objects.get(code="M2")
    give_access(user=alma, member=second, at=at, **BY)
    merge_members(kept="M1", merged="M2", at=at, **BY)
    assert names_of_members_of(alma.pk) == [(first.pk, "Member 1")]
    second.refresh_from_db()
    assert take_access(user=alma, member=second, at=at, **BY) is True
    assert names_of_members_of(alma.pk) == []


def test_access_for_a_merged_member_is_access_for_the_one_it_counts_as(members, alma, at):
    members({}, {})
    merge_members(kept="M1", merged="M2", at=at, **BY)
    give_access(user=alma, member=Member.objects.get(code="M2"), at=at, **BY)
    assert list(MemberAccess.objects.values_list("member__code", flat=True)) == ["M1"]


def test_a_closed_account_gets_no_access(members, alma, at):
    members({})
    close_account(user=alma, at=at, **BY)
    alma.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        give_access(user=alma, member=Member.objects.get(), at=at, **BY)
    assert refused.value.text.en == "The account of alma@example.org is closed."
    assert lines() == []


def test_the_command_gives_and_takes(members, alma, cli):
    members({})
    given = ("people", "access", "ALMA@example.org", "--member", "M1")
    assert cli(*given) == (0, "alma@example.org signs in for Member 1.\n", "")
    assert cli(*given) == (0, "It was so already.\n", "")
    assert cli(*given, "--remove") == (0, "alma@example.org no longer signs in for Member 1.\n", "")
    assert cli("people", "access", "none@example.org", "--member", "M1") == (
        1,
        "",
        "There is no account for none@example.org.",
    )
    assert cli("people", "access", "alma@example.org", "--member", "M9") == (1, "", "There is no member “M9”.")
