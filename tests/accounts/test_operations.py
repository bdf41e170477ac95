"""Opening and closing accounts, giving and taking roles, each with its line in the journal."""

import pytest

from tequio.accounts import operations
from tequio.accounts.models import Grant, User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

BY = {"actor": "test"}

PASSWORD = "un-tequio-largo"  # noqa: S105 - CONFIG: of a person a test invents


def events():
    return [(e.kind, e.subject, e.payload) for e in Event.objects.order_by("pk") if e.kind.startswith("person.")]


def test_an_account_is_opened_with_its_address_in_small_letters_and_its_name_in_one_line(db, at):
    user = operations.add_person(email=" Alma@Example.ORG ", name=" Alma \n Ríos ", language="es", at=at, **BY)
    assert (user.email, user.name, user.language) == ("alma@example.org", "Alma Ríos", "es")
    assert events() == [("person.added", f"user:{user.pk}", {})]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "alma"}, "“alma” is not an e-mail address."),
        ({"email": ""}, "“” is not an e-mail address."),
        ({"name": "  "}, "Give a name of up to 120 letters."),
        ({"name": "x" * 121}, "Give a name of up to 120 letters."),
        ({"language": "fr"}, "The language is en or es."),
        ({"email": "ALMA@example.org"}, "There is an account for alma@example.org already."),
    ],
)
def test_what_cannot_be_an_account_is_refused(person, at, given, said):
    person("alma@example.org")
    with pytest.raises(Refusal) as refused:
        operations.add_person(**{"email": "b@example.org", "name": "B", "language": "en", **given}, at=at, **BY)
    assert refused.value.text.en == said
    assert User.objects.count() == 1


def test_a_role_is_given_once_and_taken_and_both_stand_in_the_journal(person, sample_rules, at):
    from tequio.centers.models import Center

    mx, user = Center.objects.get(code="mx"), person()
    given = [operations.grant_role(user=user, role="treasurer", center=mx, at=at, **BY) for _ in range(2)]
    assert given == [True, False]
    for _ in range(2):
        operations.take_role(user=user, role="treasurer", center=mx, at=at, **BY)
    reach = {"role": "treasurer", "center": "mx"}
    subject = f"user:{user.pk}"
    assert events()[1:] == [("person.role_granted", subject, reach), ("person.role_taken", subject, reach)]
    assert Grant.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "with_center"), [("treasurer", False), ("auditor", True), ("administrator", True), ("king", False)]
)
def test_a_role_without_its_reach_is_refused(person, sample_rules, at, role, with_center):
    from tequio.centers.models import Center

    center = Center.objects.get(code="us") if with_center else None
    with pytest.raises(Refusal):
        operations.grant_role(user=person(), role=role, center=center, at=at, **BY)


def test_the_last_administrator_stays_one(person, at):
    alma, beto = person("a@example.org", ("administrator", None)), person("b@example.org")
    for act in (operations.take_role, operations.close_account):
        words = {"role": "administrator", "center": None} if act is operations.take_role else {}
        with pytest.raises(Refusal) as refused:
            act(user=alma, at=at, **words, **BY)
        assert refused.value.text.en == "Somebody has to be administrator: name another one first."
    operations.grant_role(user=beto, role="administrator", center=None, at=at, **BY)
    operations.take_role(user=alma, role="administrator", center=None, at=at, **BY)
    assert list(Grant.objects.values_list("user", flat=True)) == [beto.pk]


def test_closing_an_account_ends_its_roles_password_second_factors_and_sessions(person, app_of, client, at):
    from django.test import Client

    person("keeps@example.org", ("administrator", None))
    user = person("alma@example.org", ("auditor", None), password=PASSWORD)
    other = person("beto@example.org")
    app_of(user)
    client.force_login(user)
    elsewhere = Client()
    elsewhere.force_login(other)
    operations.close_account(user=user, at=at, **BY)
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password(), user.grants.count(), user.authenticator_set.count()) == (
        False,
        False,
        0,
        0,
    )
    assert client.get("/account/")["Location"] == "/account/login/?next=%2Faccount%2F"
    assert elsewhere.get("/account/").status_code == 200
    assert [kind for kind, subject, _ in events() if subject == f"user:{user.pk}"] == [
        "person.added",
        "person.role_granted",
        "person.role_taken",
        "person.account_closed",
    ]
    before = len(events())
    operations.close_account(user=user, at=at, **BY)
    assert len(events()) == before


def test_a_closed_account_is_opened_again_with_nothing_but_its_number(person, app_of, at):
    user = person("alma@example.org", password=PASSWORD)
    app_of(user)
    operations.close_account(user=user, at=at, **BY)
    with pytest.raises(Refusal):
        operations.grant_role(user=User.objects.get(pk=user.pk), role="auditor", center=None, at=at, **BY)
    again = operations.add_person(email="alma@example.org", name="Alma", language="es", at=at, **BY)
    assert (again.pk, again.is_active, again.has_usable_password(), again.authenticator_set.count()) == (
        user.pk,
        True,
        False,
        0,
    )
