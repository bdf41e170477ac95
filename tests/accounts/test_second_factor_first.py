"""Whoever has a role needs a second factor before anything else; no address gets around that."""

import re

import pytest
from django.urls import get_resolver, reverse

from accounts.codes import totp

FIRST = "/account/second-factor/first/"
AGAIN = "/account/second-factor/again/"
OPEN_TO_SET_UP = {
    *("second_factor_first", "account_logout", "account_reauthenticate", "language"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"),
    *("mfa_edit_webauthn", "mfa_login_webauthn"),
}
OPEN_TO_SHOW = {"account_logout", "language", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}

PASSWORD = "un-tequio-largo"  # noqa: S105 - CONFIG: of a person a test invents


def addresses():
    """Every address of the site by its name, words of it filled with what fits anything."""
    found = {}
    for name, ways in get_resolver().reverse_dict.lists():
        if isinstance(name, str):
            [(pattern, words)] = ways[0][0][:1]
            kinds = ways[0][3]
            found[name] = "/" + pattern % {word: "en" if name == "language" else _any(kinds[word]) for word in words}
    return found


def _any(converter):
    return "1" if type(converter).__name__ == "IntConverter" else "a"


@pytest.fixture
def administrator(person):
    return person("alma@example.org", ("administrator", None))


def test_without_one_nothing_but_setting_it_up_is_open(administrator, signed_in):
    client = signed_in(administrator, shown=False)
    opened = {
        name
        for name, url in addresses().items()
        if not ((answer := client.get(url)).status_code == 303 and answer["Location"].startswith(FIRST))
        and name != "account_logout"
    }
    assert opened == OPEN_TO_SET_UP - {"account_logout"}


def test_with_one_that_this_session_has_not_shown_nothing_but_showing_it_is_open(administrator, signed_in, app_of):
    app_of(administrator)
    client = signed_in(administrator, shown=False)
    opened = {
        name
        for name, url in addresses().items()
        if not ((answer := client.get(url)).status_code == 303 and answer["Location"].startswith(AGAIN))
    }
    assert opened == OPEN_TO_SHOW


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_other_method_gets_around_it(administrator, signed_in, method):
    from tequio.accounts.models import User

    client = signed_in(administrator, shown=False)
    answer = getattr(client, method)(
        "/account/people/add/", {"name": "Beto", "email": "b@example.org", "language": "en"}
    )
    assert answer.status_code in (303, 403)
    assert User.objects.count() == 1


def test_what_was_typed_is_kept_when_a_role_came_meanwhile(administrator, signed_in):
    client = signed_in(administrator, shown=False)
    typed = {"name": "Beto <b>", "email": "b@example.org"}
    answer = client.post("/account/people/add/", typed, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert 'name="name" value="Beto &lt;b&gt;"' in answer.content.decode()


def test_showing_it_leads_back_to_where_one_was(administrator, signed_in, app_of):
    code = app_of(administrator)
    client = signed_in(administrator, shown=False)
    there = client.get("/account/people/")["Location"]
    assert there == f"{AGAIN}?next=%2Faccount%2Fpeople%2F"
    answer = client.post(there, {"code": code(), "next": "/account/people/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/people/")
    assert client.get("/account/people/").status_code == 200


def test_one_that_was_removed_again_counts_no_longer(administrator, signed_in, app_of):
    app_of(administrator)
    client = signed_in(administrator)
    assert client.get("/account/people/").status_code == 200
    administrator.authenticator_set.all().delete()
    assert client.get("/account/people/")["Location"].startswith(FIRST)


def test_recovery_codes_alone_are_no_second_factor(administrator, signed_in, app_of):
    app_of(administrator)
    administrator.authenticator_set.filter(type="totp").delete()
    assert signed_in(administrator).get("/account/people/")["Location"].startswith(FIRST)


def test_a_password_does_not_replace_it_before_it_is_changed(person, signed_in, app_of, client):
    user = person("alma@example.org", password=PASSWORD)
    app_of(user)
    client = signed_in(user, shown=False)
    remove = reverse("mfa_deactivate_totp")
    assert client.get(remove)["Location"].startswith(AGAIN)
    by_password = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": remove})
    assert by_password["Location"].startswith(AGAIN)
    assert client.post(remove)["Location"].startswith(AGAIN)
    assert user.authenticator_set.filter(type="totp").count() == 1


def test_a_person_without_a_role_needs_none(person, signed_in):
    assert signed_in(person("beto@example.org"), shown=False).get("/account/").status_code == 200


def test_setting_it_up_is_asked_once_and_leads_to_the_recovery_codes(administrator, signed_in, commits):
    client = signed_in(administrator, shown=False)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", page).group(1).split())
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 422
    assert "This code is not right, or was used already." in wrong.content.decode()
    right = client.post(reverse("mfa_activate_totp"), {"code": totp(secret)})
    assert right["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(right["Location"])
    assert len(re.findall(r"<li>\d{4}-\d{4}</li>", codes.content.decode())) == 10
    assert codes["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert re.findall(r"<li>\d{4}-\d{4}</li>", client.get(right["Location"]).content.decode()) == []
    assert client.get("/account/people/").status_code == 200
