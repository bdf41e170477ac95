"""Signing in with a code by mail, with a password, with the second step; nothing shows whether an address is known."""

import pytest
from django.urls import reverse

ASK, CONFIRM, LOGIN = "/account/login/code/", "/account/login/code/confirm/", "/account/login/"
APP = "/account/second-factor/show/"

PASSWORD = "un-tequio-largo"  # noqa: S105 - CONFIG: of a person a test invents


def ask(client, address, **more):
    return client.post(ASK, {"email": address, **more})


def test_a_code_by_mail_signs_in_and_the_session_gets_a_new_key(client, person, last_code):
    person("alma@example.org")
    answer = ask(client, "ALMA@example.org")
    assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    before = client.session.session_key
    answer = client.post(CONFIRM, {"code": last_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session.session_key != before
    assert client.get("/account/").status_code == 200


def test_the_letter_is_in_the_language_of_the_person_not_of_the_page(client, person, letters):
    person("alma@example.org", language="es")
    ask(client, "alma@example.org")
    [letter] = letters()
    assert letter["Subject"].startswith("Su código para entrar: ")
    assert letter["Content-Language"] == "es"
    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_an_address_nobody_has_gets_the_same_page_and_no_letter(client, person, letters):
    person("alma@example.org")
    pages = []
    for address in ("alma@example.org", "none@example.org"):
        answer = ask(client, address)
        assert answer["Location"] == CONFIRM
        pages.append(client.get(CONFIRM).content.decode().replace(address, "..."))
        client.post("/account/logout/", {"next": LOGIN})
    strip = [__import__("re").sub(r'csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]
    assert strip[0] == strip[1]
    assert [letter["To"] for letter in letters()] == ["alma@example.org"]


@pytest.mark.parametrize("address", ["alma@example.org", "none@example.org"])
def test_where_no_mail_leaves_whoever_asks_for_a_code_is_told_known_or_not(
    client, person, address, monkeypatch, tmp_path
):
    from tequio.kernel.mail import transport

    person("alma@example.org")
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(transport, "outbox", lambda: tmp_path / "file" / "outbox")
    answer = client.post(ASK, {"email": address}, headers={"accept-language": "es"})
    assert answer.status_code == 503
    assert "Por ahora no se pueden enviar correos" in answer.content.decode()


def test_a_closed_account_gets_no_code(client, person, letters, at):
    from tequio.accounts.operations import close_account

    close_account(user=person("alma@example.org"), actor="test", at=at)
    assert ask(client, "alma@example.org")["Location"] == CONFIRM
    assert letters() == []


def test_a_wrong_code_says_so_in_the_language_of_the_page(client, person):
    person("alma@example.org")
    ask(client, "alma@example.org")
    answer = client.post(CONFIRM, {"code": "0000-0000"}, headers={"accept-language": "es"})
    assert answer.status_code == 422
    assert "Ese no es el código. Vea el correo más reciente." in answer.content.decode()


def test_after_three_wrong_codes_another_has_to_be_asked_for_and_the_page_says_why(client, person, last_code):
    person("alma@example.org")
    ask(client, "alma@example.org")
    code = last_code()
    for _ in range(3):
        answer = client.post(CONFIRM, {"code": "0000-0000"})
    assert answer["Location"] == ASK
    assert "Too many tries" in client.get(ASK).content.decode()
    assert "Too many tries" not in client.get(ASK).content.decode()
    assert client.post(CONFIRM, {"code": code})["Location"] == ASK


def test_a_password_signs_in_and_a_wrong_one_says_what_else_there_is(client, person):
    person("alma@example.org", password=PASSWORD)
    wrong = client.post(LOGIN, {"login": "alma@example.org", "password": "otra-cosa-larga"})
    assert wrong.status_code == 422
    assert "You can have a code sent to you instead." in wrong.content.decode()
    assert "otra-cosa-larga" not in wrong.content.decode()
    right = client.post(LOGIN, {"login": "alma@example.org", "password": PASSWORD})
    assert (right.status_code, right["Location"]) == (302, "/")


@pytest.mark.parametrize("first", ["code", "password"])
def test_the_second_step_is_asked_for_after_either_first_one(client, person, app_of, last_code, first):
    user = person("alma@example.org", password=PASSWORD)
    code = app_of(user)
    if first == "code":
        ask(client, "alma@example.org")
        answer = client.post(CONFIRM, {"code": last_code()})
    else:
        answer = client.post(LOGIN, {"login": "alma@example.org", "password": PASSWORD})
    assert answer["Location"] == APP
    assert client.get("/account/")["Location"] == "/account/login/?next=%2Faccount%2F"
    assert client.post(APP, {"code": "000000"}).status_code == 422
    assert client.post(APP, {"code": code()})["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_a_code_of_the_app_opens_nothing_twice_even_when_the_library_has_forgotten_it(client, person, app_of):
    from django.core.cache import cache

    user = person("alma@example.org", password=PASSWORD)
    code = app_of(user)(1)  # of the next half minute: good for a minute and a half from now
    for answer in (302, 422):
        client.post(LOGIN, {"login": "alma@example.org", "password": PASSWORD})
        assert client.post(APP, {"code": code}).status_code == answer
        client.logout()
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")


def test_a_recovery_code_opens_the_second_step_once(client, person, app_of):
    from allauth.mfa.models import Authenticator

    user = person("alma@example.org", password=PASSWORD)
    app_of(user)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for answer in (302, 422):
        client.post(LOGIN, {"login": "alma@example.org", "password": PASSWORD})
        assert client.post(APP, {"code": f"{code[:4]}-{code[4:]}"}).status_code == answer
        client.logout()


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/account/?a=1", "/account/?a=1"),
        ("http://testserver/account/", "http://testserver/account/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("http://localhost:9999/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\elsewhere.example", "/"),
    ],
)
def test_next_leads_to_this_very_site_only(client, person, asked, leads):
    person("alma@example.org", password=PASSWORD)
    answer = client.post(LOGIN, {"login": "alma@example.org", "password": PASSWORD, "next": asked})
    assert answer["Location"] == leads


def test_next_is_kept_through_a_code_by_mail_and_the_second_step(client, person, app_of, last_code):
    code = app_of(person("alma@example.org"))
    ask(client, "alma@example.org", next="/account/?a=1")
    client.post(CONFIRM, {"code": last_code(), "next": "/account/?a=1"})
    assert client.post(APP, {"code": code()})["Location"] == "/account/?a=1"


def test_another_persons_code_signs_nobody_else_in(client, person, letters):
    person("alma@example.org")
    person("beto@example.org", name="Beto")
    ask(client, "beto@example.org")
    theirs = letters()[-1]["Subject"][-9:]
    client.post("/account/logout/", {"next": LOGIN})
    ask(client, "alma@example.org")
    assert client.post(CONFIRM, {"code": theirs}).status_code == 422


def test_nobody_opens_an_account_alone(client, db):
    for send in (client.get, client.post):
        answer = send(reverse("account_signup"), headers={"accept-language": "es"})
        assert "Las cuentas se abren por invitación" in answer.content.decode()
