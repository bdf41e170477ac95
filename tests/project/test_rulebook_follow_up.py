"""Ladders in a rule book: loaded whole, or refused in words with nothing kept."""

import pytest

from project.rule_books import BOOK, loader
from tequio.followup.models import FollowUpPolicy, FollowUpStep
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

pytestmark = pytest.mark.django_db

LADDER = """
[[follow_up_policies]]
code = "chase"
decision = "first"
valid_from = 2020-03-01
centers = ["br"]
title = { en = "Following up", es = "Seguimiento" }
call_from_hour = 10
call_to_hour = 20
two_people_share = 500
postage = { br = 1.5 }

[[follow_up_policies.steps]]
key = "reminder"
days = 10
channels = ["mail", "letter"]
title = { en = "A reminder", es = "Recordatorio" }
text = { en = "Perhaps it was forgotten.", es = "Tal vez se pasó." }

[[follow_up_policies.steps]]
key = "call"
days = 60
channels = ["call"]
standings = ["at_risk"]
title = { en = "A call", es = "Una llamada" }
text = { en = "How are you?", es = "¿Cómo están?" }
"""
WHOLE = BOOK + LADDER


@pytest.fixture
def load(tmp_path, at):
    return loader(folder=tmp_path, at=at)


def test_a_ladder_is_loaded_with_its_steps_its_figures_and_its_decision(load):
    assert load(WHOLE)["follow_up_policies"] == 1

    policy = FollowUpPolicy.objects.get()
    assert (policy.code, policy.decision.code, policy.postage, policy.apart_days) == ("br-chase", "first", 150, 7)
    steps = FollowUpStep.objects.order_by("days").values_list("key", "days", "channels", "standings")
    assert list(steps) == [("reminder", 10, ["mail", "letter"], []), ("call", 60, ["call"], ["at_risk"])]


def test_the_same_book_again_changes_nothing(load):
    load(WHOLE)
    events = Event.objects.count()

    load(WHOLE)

    assert (FollowUpPolicy.objects.count(), Event.objects.count()) == (1, events)


def test_what_is_in_force_is_not_changed_by_a_changed_book(load):
    load(WHOLE)

    load(WHOLE.replace("days = 10\n", "days = 11\n"))

    assert FollowUpStep.objects.order_by("days").first().days == 10


@pytest.mark.parametrize(
    ("old", "new", "en", "es"),
    [
        (
            'channels = ["mail", "letter"]',
            'channels = ["pigeon"]',
            "Step “reminder” of br-chase needs its channels",
            "Al paso «reminder» de br-chase le faltan sus vías",
        ),
        ('channels = ["mail", "letter"]', "channels = []", "needs its channels", "le faltan sus vías"),
        ('channels = ["mail", "letter"]', 'channels = ["mail", "mail"]', "each once", "cada una una vez"),
        ('["at_risk"]', '["sleepy"]', "a standing nobody knows", "una situación desconocida"),
        ("days = 60", "days = 10", "are not in order", "no están en orden"),
        ("days = 60", "days = 5", "are not in order", "no están en orden"),
        ('key = "call"', 'key = "reminder"', "are not in order", "no están en orden"),
        (
            'channels = ["mail", "letter"]',
            'channels = ["call"]',
            "begins with a call: a warning has to be delivered before",
            "empieza con una llamada: antes tiene que llegar una advertencia",
        ),
        ("two_people_share = 500", "two_people_share = 10001", "more than the whole", "más que el total"),
        ("call_from_hour = 10", "call_from_hour = 20", "hours for calls", "horas para llamar"),
        ("call_to_hour = 20", "call_to_hour = 25", "hours for calls", "horas para llamar"),
        ('code = "chase"\ndecision = "first"', 'code = "chase"\ndecision = "never"', "no decision “never”", "«never»"),
        ('decision = "first"\nvalid_from = 2020-03-01\ncenters', "valid_from = 2020-03-01\ncenters", "decision", "dec"),
        ("call_from_hour = 10", 'call_from_hour = "ten"', "call_from_hour", "call_from_hour"),
        ("call_from_hour = 10", "call_form_hour = 10", "call_form_hour", "call_form_hour"),
        ("postage = { br = 1.5 }", "postage = { br = -1 }", "“-1” is not an amount", "«-1» no es una cantidad"),
    ],
)
def test_a_ladder_with_anything_wrong_in_it_is_refused_and_nothing_is_kept(load, old, new, en, es):
    assert old in LADDER

    with pytest.raises(Refusal) as refused:
        load(BOOK + LADDER.replace(old, new, 1))

    assert en in refused.value.text.en
    assert es in refused.value.text.es
    assert (FollowUpPolicy.objects.count(), Event.objects.count()) == (0, 0)


def test_two_ladders_of_one_day_in_one_center_are_refused(load):
    second = LADDER.replace('"chase"', '"other"')

    with pytest.raises(Refusal, match="br-chase is in force in br from 2020-03-01 already"):
        load(WHOLE + second)


def test_a_policy_in_force_is_never_changed_or_taken_away(load):
    from django.db import DatabaseError, transaction

    load(WHOLE)
    for change in (
        lambda: FollowUpPolicy.objects.update(apart_days=1),
        lambda: FollowUpStep.objects.update(days=1),
        lambda: FollowUpStep.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
