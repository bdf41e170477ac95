"""Sign-in for applications, as a client written by hand: who gets in, what it is told, and how fast a door shuts."""

import base64
import hashlib
import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.idp.oidc.models import Token
from django.urls import reverse
from django.utils.html import escape

from dues.doing import moment, pay
from services.having import TODAY, person
from services.signing_in.asking import (
    BACK,
    SHUT_ON,
    active,
    ask,
    code_of,
    grant,
    redeem,
    register,
    shut,
    tokens,
    told,
)
from signing_in import sign_in
from tequio.dues.models import Invoice
from tequio.members.models import Member, MemberAccess
from tequio.services.models import Application, Job, Subject
from tequio.services.operations import applications, opening

pytestmark = pytest.mark.django_db


def test_a_person_grants_it_and_the_application_is_told_what_follows_from_entitlements(ana, app):
    page = ask(ana, app)
    text = page.content.decode()
    assert ("May The cloud-app know who you are?" in text, "cloud.example.org" in text) == (True, True)
    assert "https://cloud.example.org" in page["Content-Security-Policy"]
    given = tokens(ana, app)
    keys = json.loads(ana.get(reverse("idp:oidc:jwks")).content)["keys"]
    said = json.loads(ana.get(reverse("idp:oidc:configuration")).content)
    assert (said["subject_types_supported"], said["response_types_supported"]) == (["pairwise"], ["code"])
    found = jwt.decode(
        given["id_token"],
        jwt.PyJWK(keys[0]).key,
        algorithms=["RS256"],
        audience=app.row.client_id,
        issuer=said["issuer"],
        options={"verify_exp": False, "verify_iat": False},
    )
    assert (found["nonce"], found["sub"]) == ("n1", Subject.objects.get().word)
    claims = json.loads(told(ana, given["access_token"]).content)
    assert {key: claims[key] for key in ("name", "preferred_username", "email", "quota", "locale")} == {
        "name": "Team 1",
        "preferred_username": "ana",
        "email": "team1@example.org",
        "quota": "5120 MB",
        "locale": "en",
    }
    assert ("cloud" in claims["groups"], "limited" in claims["groups"]) == (True, False)
    assert str(ana.user.pk) != claims["sub"]


def test_only_what_was_granted_is_told(ana, app):
    given = grant(ana, ask(ana, app), scopes=["openid", "quota"])
    answer = json.loads(redeem(ana, app, code=code_of(given)).content)
    assert set(json.loads(told(ana, answer["access_token"]).content)) == {"sub", "quota"}


def test_whoever_says_no_is_taken_back_with_nothing(ana, app):
    answer = grant(ana, ask(ana, app), action="deny")
    assert parse_qs(urlsplit(answer["Location"]).query)["error"] == ["access_denied"]
    assert (Token.objects.count(), Subject.objects.count()) == (0, 0)


def test_the_page_speaks_spanish(ana, app):
    ana.post(reverse("language", kwargs={"language": "es"}))
    assert "¿Puede La cloud-app saber quién es usted?" in ask(ana, app).content.decode()


def test_two_applications_cannot_tell_that_they_know_the_same_person(ana, app):
    other = register("other-app", keeps_secret=True)
    words = {json.loads(told(ana, tokens(ana, made)["access_token"]).content)["sub"] for made in (app, other)}
    assert len(words) == 2
    again = json.loads(told(ana, tokens(ana, app)["access_token"]).content)["sub"]
    assert (again in words, Subject.objects.count()) == (True, 2)


@pytest.mark.parametrize(
    "forged",
    [
        "https://evil.example.org/apps/oidc/callback?x=1",
        "https://cloud.example.org.evil.example.org/apps/oidc/callback?x=1",
        "https://cloud.example.org/apps/oidc/callback/../evil?x=1",
        "http://cloud.example.org/apps/oidc/callback?x=1",
        "https://cloud.example.org@evil.example.org/apps/oidc/callback?x=1",
        "https://cloud.example.org:8443/apps/oidc/callback?x=1",
        "javascript:alert(1)",
        "",
    ],
)
def test_nobody_is_taken_to_a_forged_address(ana, app, forged):
    for more in ({}, {"prompt": "none"}):
        answer = ask(ana, app, redirect_uri=forged, **more)
        assert (answer.status_code, "Location" in answer) == (200, False)
        assert "This sign-in cannot go on" in answer.content.decode()
    assert Token.objects.count() == 0


def test_an_unknown_client_a_wrong_secret_and_a_code_of_another_one_give_nothing(ana, app):
    other = register("other-app", keeps_secret=True)
    unknown = ask(ana, app, client_id="nobody")
    assert "This sign-in cannot go on" in unknown.content.decode()
    code = code_of(grant(ana, ask(ana, app)))
    assert redeem(ana, app, secret=app.secret[::-1], code=code).status_code == 401
    assert redeem(ana, other, code=code).status_code == 400
    assert redeem(ana, app, code=code, redirect_uri="https://evil.example.org/").status_code == 400
    assert redeem(ana, app, code=code).status_code == 200
    assert redeem(ana, app, code=code).status_code == 400  # a code is used once
    assert ask(ana, app, response_type="token")["Location"].count("error=unauthorized_client") == 1


def test_an_application_without_a_secret_proves_itself_by_pkce_and_not_without(ana, late):
    made = register("phone-app", keeps_secret=False)
    assert "error=invalid_request" in ask(ana, made)["Location"]
    proof = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest()).rstrip(b"=").decode()
    asked = ask(ana, made, code_challenge=challenge, code_challenge_method="S256")
    code = code_of(grant(ana, asked))
    given = {"grant_type": "authorization_code", "redirect_uri": BACK, "client_id": made.row.client_id, "code": code}
    assert ana.post(reverse("idp:oidc:token"), {**given, "code_verifier": "w" * 64}).status_code == 400
    asked = ask(ana, made, code_challenge=challenge, code_challenge_method="S256")
    given["code"] = code_of(grant(ana, asked))
    assert ana.post(reverse("idp:oidc:token"), {**given, "code_verifier": proof}).status_code == 200


def test_tokens_die_in_the_transaction_that_shuts_the_door_and_nothing_refreshes_them(ana, app, day):
    given = tokens(ana, app)
    assert (told(ana, given["access_token"]).status_code, active(ana, app, given["access_token"])) == (200, True)
    shut(day)
    assert Token.objects.count() == 0
    assert told(ana, given["access_token"]).status_code == 401
    assert active(ana, app, given["access_token"]) is False
    refresh = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
    assert redeem(ana, app, **refresh).status_code == 400
    page = ask(ana, app)
    assert (page.status_code, "This door is shut" in page.content.decode()) == (403, True)
    assert escape("The standing is: disabled") in page.content.decode()


def test_suspended_in_the_middle_of_signing_in_nobody_gets_in_and_back_after_paying(ana, app, day):
    page = ask(ana, app)
    code = code_of(grant(ana, ask(ana, app)))
    shut(day)
    assert grant(ana, page).status_code == 403
    assert redeem(ana, app, code=code).status_code == 400
    assert Token.objects.count() == 0
    pay("M1", Invoice.objects.get(member__code="M1").rest / 100, on=SHUT_ON)
    assert told(ana, tokens(ana, app)["access_token"]).status_code == 200


def test_even_where_a_token_stayed_behind_its_person_does_not_get_in(ana, app, day):
    given = tokens(ana, app)
    kept = list(Token.objects.values())
    shut(day)
    Token.objects.bulk_create(Token(**row) for row in kept)
    assert told(ana, given["access_token"]).status_code == 401
    assert active(ana, app, given["access_token"]) is False
    refresh = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
    assert redeem(ana, app, **refresh).status_code == 400


def test_a_refresh_token_is_used_once_and_goes_on(ana, app):
    given = tokens(ana, app)
    refresh = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
    again = redeem(ana, app, **refresh)
    assert again.status_code == 200
    assert redeem(ana, app, **refresh).status_code == 400
    assert told(ana, json.loads(again.content)["access_token"]).status_code == 200


def test_whoever_is_handed_an_account_or_leaves_the_member_does_not_keep_it(ana, app):
    for end in (
        lambda: opening.hand_over(account_pk=ana.login_pk, held_by="Beto", actor="test", at=moment(TODAY)),
        lambda: MemberAccess.objects.all().delete(),
    ):
        given = tokens(ana, app)
        end()
        assert told(ana, given["access_token"]).status_code == 401
        assert ask(ana, app).status_code == 403
        applications_again(ana)


def applications_again(ana):
    access, _ = MemberAccess.objects.get_or_create(user=ana.user, member=Member.objects.get(code="M1"))
    made = {"actor": "test", "at": moment(TODAY)}
    applications.name_person(account_pk=ana.login_pk, user_pk=access.user_id, **made)


def test_what_another_application_was_granted_opens_no_other_silently(ana, app):
    other = register("other-app", keeps_secret=True)
    tokens(ana, app)
    assert "error=interaction_required" in ask(ana, other, prompt="none")["Location"]
    assert "code=" in ask(ana, app, prompt="none")["Location"]
    ana.logout()
    assert "error=login_required" in ask(ana, app, prompt="none")["Location"]
    assert ask(ana, app).status_code == 302


def test_a_closed_application_lets_nobody_in_and_a_new_secret_ends_the_old_one(ana, app):
    given = tokens(ana, app)
    secret = applications.renew_secret(code="cloud-app", actor="test", at=moment(TODAY))
    assert told(ana, given["access_token"]).status_code == 401
    code = code_of(grant(ana, ask(ana, app)))
    assert redeem(ana, app, code=code).status_code == 401
    assert redeem(ana, app, secret=secret, code=code_of(grant(ana, ask(ana, app)))).status_code == 200
    applications.close_application(code="cloud-app", on=moment(TODAY).date(), actor="test", at=moment(TODAY))
    assert (ask(ana, app).status_code, Token.objects.count()) == (403, 0)


def test_sign_in_asks_how_an_account_is_wanted_so_nothing_waits_for_a_server(ana, app):
    from tequio.services import at_once

    at_once.work()
    assert set(Job.objects.exclude(state="passed").values_list("state", "verb")) == {("done", "sign-in")}


def test_an_administrator_registers_on_the_page_and_a_wrong_address_is_refused(late, client, day):
    from tequio.accounts.operations import grant_role

    user = person()
    grant_role(user=user, role="administrator", center=None, actor="test", at=moment(TODAY))
    sign_in(client, user)
    page = reverse("applications")
    said = {
        "act": "register",
        "code": "wiki",
        "name_en": "<b>Wiki",
        "name_es": "Wiki",
        "service": "application",
        "keeps_secret": "on",
    }
    for wrong in ("http://wiki.example.org/", "https://*.example.org/", "https://a@b/", "javascript:x", ""):
        assert client.post(page, {**said, "addresses": wrong}).status_code == 422
    answer = client.post(page, {**said, "addresses": "https://wiki.example.org/back"})
    row = Application.objects.get()
    assert ("client_secret" in answer.content.decode(), answer["Cache-Control"]) == (True, "no-store")
    assert ("client_secret" in client.get(page).content.decode(), row.client.skip_consent) == (False, False)
    assert "client_secret" in client.post(page, {"act": "renew-secret", "code": "wiki"}).content.decode()
    assert client.post(page, {"act": "close-application", "code": "wiki"}).status_code == 303
    assert client.post(page, {"act": "close-application", "code": "wiki"}).status_code == 409


def test_the_member_names_who_signs_in_and_nobody_of_another_member(ana, app):
    stranger = person(2)
    page = reverse("service_account", kwargs={"account_pk": ana.login_pk})
    assert "The cloud-app" in ana.get(page).content.decode()
    assert ana.post(page, {"act": "name-person", "person": stranger.pk}).status_code == 409
    assert ana.post(page, {"act": "name-person", "person": ""}).status_code == 303
    assert ask(ana, app).status_code == 403


def test_commands_register_name_renew_and_close(cli, ana):
    register_it = ("--code", "wiki", "--service", "application", "--name-en", "Wiki", "--name-es", "Wiki")
    assert cli("services", "applications", "register", *register_it, "--address", "http://x")[0] == 1
    out = cli("services", "applications", "register", *register_it, "--address", "https://wiki.example.org/")[1]
    assert ("client_id" in out, "client_secret" in out) == (True, True)
    assert "client_secret" in cli("services", "applications", "renew-secret", "--code", "wiki")[1]
    assert [row["code"] for row in json.loads(cli("services", "applications", "list", "--json")[1])] == [
        "cloud-app",
        "wiki",
    ]
    named = ("applications", "name", "--account", ana.login_pk)
    assert [cli("services", *named)[0], cli("services", *named, "--email", "team1@example.org")[0]] == [0, 0]
    assert [cli("services", "applications", "close", "--code", "wiki")[0] for _ in range(2)] == [0, 1]
