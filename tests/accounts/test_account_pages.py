"""Pages of one's own account and of the people who sign in, in both languages."""

import json
import re

import pytest
from django.core.cache import caches

from tequio.accounts.models import Grant, User

PASSWORD = "un-tequio-largo"  # noqa: S105 - CONFIG: of a person a test invents


@pytest.fixture
def administrator(person, app_of, signed_in):
    user = person("alma@example.org", ("administrator", None))
    app_of(user)
    return signed_in(user)


def test_my_account_says_what_there_is(person, signed_in, sample_rules, app_of):
    from tequio.centers.models import Center

    user = person("alma@example.org", ("treasurer", Center.objects.get(code="mx")), language="es", password="x" * 12)
    app_of(user)
    page = signed_in(user).get("/account/").content.decode()
    for said in (
        "Alma Ríos",
        "alma@example.org",
        "tesorería: ",
        "Segundo paso puesto",
        "Tiene contraseña.",
        '<html lang="es">',
    ):
        assert said in page
    assert page.count('class="act"') == 1


def test_the_file_of_what_is_held_has_everything_but_the_secrets(person, signed_in, app_of):
    user = person("alma@example.org")
    app_of(user)
    answer = signed_in(user).get("/account/data/")
    held = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="tequio-my-data.json"'
    assert {name: held[name] for name in ("name", "email", "language", "roles")} == {
        "name": "Alma Ríos",
        "email": "alma@example.org",
        "language": "en",
        "roles": [],
    }
    assert [factor["kind"] for factor in held["second_factors"]] == ["totp", "recovery_codes"]
    assert "gAAAA" not in answer.content.decode()


def test_choosing_a_language_changes_pages_and_letters(person, signed_in):
    user = person("alma@example.org")
    client = signed_in(user)
    assert client.post("/account/language/", {"language": "es"})["Location"] == "/account/"
    assert "Esta es su cuenta" in client.get("/account/").content.decode()
    assert User.objects.get().language == "es"
    client.post("/account/language/", {"language": "fr"})
    assert User.objects.get().language == "es"


def test_an_account_is_opened_from_the_page_and_a_letter_says_so(administrator, own_outbox, mailoutbox):
    answer = administrator.post("/account/people/add/", {"name": "Beto", "email": "b@example.org", "language": "es"})
    beto = User.objects.get(email="b@example.org")
    assert (answer.status_code, answer["Location"]) == (303, f"/account/people/{beto.pk}/")
    [letter] = mailoutbox
    assert (letter.to, letter.subject) == (["b@example.org"], "Ya puede entrar a Tequio")
    assert "http://testserver/account/login/code/" in letter.body
    assert re.search(r"\d{4}-\d{4}", letter.body) is None


def test_what_is_wrong_with_a_new_account_stands_on_top_and_at_its_field(administrator):
    answer = administrator.post("/account/people/add/", {"name": "<b>", "email": "no", "language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_email">E-mail address</a>: Enter a valid email address.' in page
    assert 'aria-describedby="id_email_fault"' in page
    assert 'value="&lt;b&gt;"' in page


def test_roles_are_given_and_taken_on_the_page_of_a_person(administrator, person, sample_rules):
    beto = person("b@example.org", name="Beto")
    url = f"/account/people/{beto.pk}/"
    caches["memory"].clear()
    assert administrator.post(url, {"act": "give", "role": "treasurer", "center": ""}).status_code == 422
    assert administrator.post(url, {"act": "give", "role": "treasurer", "center": "mx"}).status_code == 303
    assert list(beto.grants.values_list("role", "center__code")) == [("treasurer", "mx")]
    assert administrator.post(url, {"act": "take", "role": "treasurer", "center": "mx"}).status_code == 303
    assert beto.grants.count() == 0


def test_an_account_is_closed_on_a_page_of_its_own_and_only_there(administrator, person):
    beto = person("b@example.org", name="Beto")
    url = f"/account/people/{beto.pk}/"
    assert administrator.post(url, {"act": "close"}).status_code == 422
    assert User.objects.get(pk=beto.pk).is_active is True
    assert "You are about to close an account" in administrator.get(f"{url}close/").content.decode()
    assert User.objects.get(pk=beto.pk).is_active is True
    assert administrator.post(f"{url}close/")["Location"] == "/account/people/"
    assert User.objects.get(pk=beto.pk).is_active is False


def test_the_last_administrator_is_told_why_the_account_stays(administrator):
    me = User.objects.get(email="alma@example.org")
    answer = administrator.post(f"/account/people/{me.pk}/close/")
    assert answer.status_code == 409
    assert "Somebody has to be administrator: name another one first." in answer.content.decode()
    assert Grant.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/account/people/", "/account/people/add/", "/account/people/1/", "/account/people/1/close/"]
)
@pytest.mark.parametrize(("role", "reads"), [(None, False), ("auditor", True)])
def test_who_signs_in_is_no_business_of_others(person, signed_in, app_of, path, role, reads):
    user = person("beto@example.org", *([(role, None)] if role else []))
    app_of(user)
    expected = 200 if reads and path == "/account/people/" else 403
    assert signed_in(user).get(path).status_code == expected


def test_a_person_nobody_is_is_not_there(administrator):
    assert administrator.get("/account/people/999999/").status_code == 404


def test_every_page_of_signing_in_is_in_words_of_this_program_in_both_languages(person, signed_in, app_of, client):
    """No page of the sign-in library's own: theirs have a menu and no masthead."""
    user = person("alma@example.org", password=PASSWORD)
    pages = ["login/", "login/code/", "signup/", "inactive/"]
    inside = ["", "logout/", "password/change/", "second-factor/", "second-factor/app/", "passkeys/", "passkeys/add/"]
    shown = {}
    for language in ("en", "es"):
        client.logout()
        client.cookies["tequio_language"] = language
        shown[language] = [client.get(f"/account/{page}").content.decode() for page in pages]
        signed_in(user)
        shown[language] += [client.get(f"/account/{page}").content.decode() for page in inside]
    for en, es in zip(shown["en"], shown["es"], strict=True):
        assert 'class="masthead"' in en
        assert '<html lang="en">' in en
        assert '<html lang="es">' in es
        heads = [re.search(r"<h1>(.*?)</h1>", page).group(1) for page in (en, es)]
        assert heads[0] != heads[1]
        assert en.count('class="act"') <= 1


def test_a_password_is_set_changed_and_asked_for_in_the_language_of_the_page(person, signed_in, client, mailoutbox):
    user = person("alma@example.org", language="es")
    signed_in(user)
    short = client.post("/account/password/set/", {"password1": "corta", "password2": "corto"}).content.decode()
    assert "La contraseña es demasiado corta. Debe contener por lo menos 10 caracteres." in short
    unequal = client.post("/account/password/set/", {"password1": "un-tequio-largo", "password2": "otro-tequio-largo"})
    assert (unequal.status_code, "No es la misma que arriba." in unequal.content.decode()) == (422, True)
    done = client.post("/account/password/set/", {"password1": "un-tequio-largo", "password2": "un-tequio-largo"})
    assert (done.status_code, done["Location"]) == (302, "/account/")
    assert client.get("/account/").status_code == 200
    assert [letter.subject for letter in mailoutbox] == ["Tequio: Se estableció una contraseña para usted"]
    wrong = client.post(
        "/account/password/change/", {"oldpassword": "no", "password1": "x" * 12, "password2": "x" * 12}
    )
    assert (wrong.status_code, "Esa no es su contraseña." in wrong.content.decode()) == (422, True)
