"""A form sent when the session had ended, or with a token that no longer fits: nothing typed is lost."""

import re

import pytest
from django.test import Client

HERE = {"origin": "http://testserver"}


@pytest.fixture
def administrator(db, at):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from tequio.accounts.operations import add_person, grant_role

    user = add_person(email="alma@example.org", name="Alma", language="en", actor="test", at=at)
    grant_role(user=user, role="administrator", center=None, actor="test", at=at)
    TOTP.activate(user, generate_totp_secret())
    return user


def enter(client, user):
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def fields(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.content.decode()))


ADD = "/account/people/add/?from=home"
TYPED = {"name": 'Beto "<b>" \u202e', "email": "b@example.org", "language": "es"}


def test_what_was_typed_comes_back_escaped_to_the_same_address(client, db):
    answer = client.post(ADD, TYPED, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert 'action="/account/people/add/?from=home"' in page
    assert 'name="name" value="Beto &#34;&lt;b&gt;&#34; \u202e"' in page
    assert "Your session had ended; nothing you typed is lost" in page


def test_every_value_of_a_name_comes_back(client, db):
    answer = client.post(ADD, {"row": ["1", "2"]}, headers=HERE)
    assert re.findall(r'name="row" value="(\d)"', answer.content.decode()) == ["1", "2"]


def test_what_proves_who_somebody_is_is_never_handed_back(client, db):
    names = ("password", "password1", "oldpassword", "code", "credential", "csrfmiddlewaretoken")
    secret = dict.fromkeys(names, "geheim")
    answer = client.post(ADD, {**TYPED, **secret}, headers=HERE)
    assert "geheim" not in answer.content.decode()
    assert "b@example.org" in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "http://testserver.elsewhere.example/"},
    ],
)
def test_a_form_from_elsewhere_gets_nothing_back(client, db, headers):
    answer = client.post(ADD, TYPED, headers=headers)
    assert answer.status_code == 401
    assert "b@example.org" not in answer.content.decode()
    assert "This form came too late, or from elsewhere" in answer.content.decode()


def test_more_than_any_form_holds_is_not_handed_back(client, db):
    answer = client.post(ADD, {"name": "x" * 200_001}, headers=HERE)
    assert "xxx" not in answer.content.decode()


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(client, db):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(ADD, {"name": "a", "file": SimpleUploadedFile("roll.csv", b"a")}, headers=HERE)
    assert "The file has to be chosen again" in answer.content.decode()


def test_signing_in_again_in_another_tab_and_sending_once_more_does_what_was_asked(administrator):
    """The whole way: the session ends, the form is sent, a sign-in changes the token, the form is sent twice more."""
    from tequio.accounts.models import User

    browser = Client(enforce_csrf_checks=True)
    enter(browser, administrator)
    form = fields(browser.get("/account/people/add/"))
    browser.cookies.pop("tequio_session")
    kept = browser.post("/account/people/add/", {**TYPED, **form}, headers=HERE)
    assert kept.status_code == 401
    enter(browser, administrator)
    browser.cookies["tequio_csrf"] = "n" * 32  # a sign-in gives a new one
    again = browser.post(
        "/account/people/add/", {**TYPED, "csrfmiddlewaretoken": fields(kept)["csrfmiddlewaretoken"]}, headers=HERE
    )
    assert again.status_code == 403
    assert "You signed in meanwhile; nothing you typed is lost" in again.content.decode()
    assert "another tab" not in again.content.decode()
    assert User.objects.count() == 1
    done = browser.post(
        "/account/people/add/", {**TYPED, "csrfmiddlewaretoken": fields(again)["csrfmiddlewaretoken"]}, headers=HERE
    )
    assert done.status_code == 303
    assert User.objects.filter(email="b@example.org").count() == 1


def test_it_speaks_the_language_of_the_page(client, db):
    answer = client.post(ADD, TYPED, headers={**HERE, "accept-language": "es-MX"})
    assert "Su sesión había terminado; no se perdió nada de lo que escribió" in answer.content.decode()
    assert answer["Content-Language"] == "es"
