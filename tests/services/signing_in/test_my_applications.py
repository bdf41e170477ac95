"""A person's own page of applications: where it gets in, what each is told, and an end to it."""

import json
import re

import pytest
from allauth.idp.oidc.models import Token
from django.urls import reverse

from dues.doing import moment
from services.having import TODAY, person
from services.signing_in.asking import active, ask, register, shut, tokens, told
from signing_in import sign_in
from tequio.accounts.queries import data_about
from tequio.kernel.journal.models import Event
from tequio.services.models import Subject
from tequio.services.operations.applications import close_application

pytestmark = pytest.mark.django_db
PAGE = "/account/applications/"


def words(client, language="en"):
    client.post(reverse("language", kwargs={"language": language}))
    text = client.get(PAGE).content.decode()
    main = re.sub(r"(?s).*<main|</main>.*", "", text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def end(client, code="cloud-app"):
    return client.post(PAGE, {"act": "leave", "code": code})


def test_it_says_where_a_person_gets_in_before_it_was_ever_there_and_offers_no_end(ana, app):
    said = words(ana)
    assert ("The cloud-app" in said, "not signed in" in said, "End it" in said, "Knows you" in said) == (
        True,
        True,
        False,
        False,
    )
    assert reverse("my_applications") in ana.get(reverse("my_account")).content.decode()


def test_it_says_what_an_application_is_told_in_words_and_in_both_languages(ana, app):
    given = tokens(ana, app)
    claims = json.loads(told(ana, given["access_token"]).content)
    said = words(ana)
    for value in ("signed in", "15 July 2016", claims["name"], "ana", claims["email"], claims["quota"], "Mailbox"):
        assert value in said
    assert "mailbox" not in said  # its name, not its code
    spanish = words(ana, "es")
    for value in ("con la sesión abierta", "15 de julio de 2016", "Su correo electrónico", "Buzón"):
        assert value in spanish


def test_what_was_not_granted_is_not_shown_as_told(ana, app):
    from services.signing_in.asking import code_of, grant, redeem

    redeem(ana, app, code=code_of(grant(ana, ask(ana, app), scopes=["openid", "email"])))
    said = words(ana)
    assert ("Your e-mail address" in said, "How much room" in said, "Which services" in said) == (True, False, False)


def test_ending_it_ends_every_key_at_once_once_in_the_journal_and_the_next_time_it_is_asked_again(ana, app):
    other = register("reader", keeps_secret=True)
    first, second = tokens(ana, app), tokens(ana, other)
    word = Subject.objects.get(application=app.row).word
    assert [end(ana).status_code for _ in range(2)] == [303, 303]
    assert (active(ana, app, first["access_token"]), active(ana, other, second["access_token"])) == (False, True)
    assert active(ana, app, first["refresh_token"]) is False
    left = Event.objects.filter(kind="services.application_left")
    assert list(left.values_list("subject", "actor")) == [("application:cloud-app", ana.user.actor)]
    assert ask(ana, app, prompt="none")["Location"].partition("error=")[2].startswith("interaction_required")
    tokens(ana, app)
    assert Subject.objects.get(application=app.row).word == word


def test_nobody_ends_or_sees_what_is_another_persons(ana, app, client):
    given = tokens(ana, app)
    other = sign_in(type(client)(), person(9))
    assert (end(other).status_code, Token.objects.filter(user=ana.user).count()) == (303, 2)
    assert ("The cloud-app" in words(other), "None yet." in words(other)) == (False, True)
    assert active(ana, app, given["access_token"]) is True
    for code in ("", "no-such", "' or 1=1", "x" * 5000):
        assert end(ana, code).status_code == 303
    assert type(client)().get(PAGE)["Location"].startswith("/account/login/")


def test_a_shut_door_and_a_closed_application_say_so_and_tell_nothing(ana, app, day):
    other = register("reader", keeps_secret=True)
    for made in (app, other):
        tokens(ana, made)
    close_application(code="reader", on=moment(TODAY).date(), actor="test", at=moment(TODAY))
    shut(day)
    said = words(ana)
    assert ("shut" in said, "Nobody signs in to it any more." in said, "End it" in said, "5120" in said) == (
        True,
        True,
        False,
        False,
    )


def test_the_number_of_queries_does_not_grow_with_applications_one_may_enter(ana, app, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ana.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        ana.get(PAGE)
    for number in range(5):
        register(f"more-{number}", keeps_secret=False)
    with django_assert_num_queries(len(few)):
        ana.get(PAGE)


def test_what_is_held_about_a_person_has_its_logins_and_who_knows_it(ana, app):
    tokens(ana, app)
    held = data_about(user=ana.user)
    [login], [known] = held["logins"], held["applications"]
    assert (login["service"], login["name"], known["application"]) == ("cloud", "ana", "cloud-app")
    assert known["known_as"] == Subject.objects.get().word
