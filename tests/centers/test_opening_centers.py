"""Centers: opened once, found by code, numbered in series, and refused where something is not right."""

import pytest

from tequio.centers.models import Center
from tequio.centers.operations import next_numbers, open_center
from tequio.centers.queries import all_centers, center_by_code
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

GOOD = {
    "code": "us",
    "name": Text(en="Center in New York", es="Centro en Nueva York"),
    "currency": "USD",
    "language": "en",
    "zone": "America/New_York",
    "actor": "test",
}
pytestmark = pytest.mark.django_db


def test_a_center_is_opened_and_written_down(at):
    center = open_center(**GOOD, at=at)
    row = Center.objects.values().get()
    assert row == {
        "id": center.pk,
        "code": "us",
        "name_en": "Center in New York",
        "name_es": "Centro en Nueva York",
        "currency": "USD",
        "language": "en",
        "zone": "America/New_York",
        "short_references": False,
        "last_invoice": 0,
        "last_opening": 0,
        "last_payment": 0,
        "postal_address": "",
        "pay_to_en": "",
        "pay_to_es": "",
        "letter_email": "",
    }
    assert list(Event.objects.values_list("kind", "subject", "actor", "at", "payload")) == [
        ("center.opened", "center:us", "test", at, {"currency": "USD"})
    ]


def test_opened_again_it_is_the_same_and_stays_as_it_was(at):
    first = open_center(**GOOD, at=at)
    again = open_center(**{**GOOD, "currency": "MXN", "language": "es"}, at=at)
    assert again == first
    assert (Center.objects.get().currency, Event.objects.count()) == ("USD", 1)


REFUSALS = {
    "no such currency": (
        {"currency": "PESOS"},
        "“PESOS” is not a currency: use a code like USD or MXN.",
        "«PESOS» no es una moneda: use un código como USD o MXN.",
    ),
    "a currency in small letters": (
        {"currency": "usd"},
        "“usd” is not a currency: use a code like USD or MXN.",
        "«usd» no es una moneda: use un código como USD o MXN.",
    ),
    "no currency": (
        {"currency": ""},
        "“” is not a currency: use a code like USD or MXN.",
        "«» no es una moneda: use un código como USD o MXN.",
    ),
    "no such zone": (
        {"zone": "America/Nowhere"},
        "“America/Nowhere” is not a time zone: use a name like America/Mexico_City.",
        "«America/Nowhere» no es un huso horario: use un nombre como America/Mexico_City.",
    ),
    "a zone that is a path": (
        {"zone": "../../etc/passwd"},
        "“../../etc/passwd” is not a time zone: use a name like America/Mexico_City.",
        "«../../etc/passwd» no es un huso horario: use un nombre como America/Mexico_City.",
    ),
    "a third language": (
        {"language": "fr"},
        "The program does not speak “fr”: use en or es.",
        "El programa no habla «fr»: use en o es.",
    ),
    **{
        f"the code {code!r}": (
            {"code": code},
            f"“{code}” cannot be a center's code: use a few small letters, like us or mx.",
            f"«{code}» no puede ser el código de un centro: use unas letras minúsculas, como us o mx.",
        )
        for code in ("", "US", "u-s", "u s", "mé", "us\n", "12", "abcdefghijklm")
    },
}


@pytest.mark.parametrize(("change", "en", "es"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_is_not_right_is_refused_in_both_languages(at, change, en, es):
    with pytest.raises(Refusal) as refusal:
        open_center(**{**GOOD, **change}, at=at)
    assert refusal.value.text.as_dict() == {"en": en, "es": es}
    assert (Center.objects.count(), Event.objects.count()) == (0, 0)


def test_a_code_of_the_greatest_length_is_taken(at):
    assert open_center(**{**GOOD, "code": "abcdefghijkl"}, at=at).code == "abcdefghijkl"


def test_centers_are_listed_by_code_and_found_by_it(at):
    for code in ("us", "mx"):
        open_center(**{**GOOD, "code": code}, at=at)
    assert [c.code for c in all_centers()] == ["mx", "us"]
    assert center_by_code(code="mx").code == "mx"


def test_an_unknown_code_is_refused_with_those_there_are(at):
    for code in ("us", "mx"):
        open_center(**{**GOOD, "code": code}, at=at)
    with pytest.raises(Refusal) as refusal:
        center_by_code(code="fr")
    assert refusal.value.text.as_dict() == {
        "en": "There is no center “fr”. Centers here: mx, us.",
        "es": "No hay ningún centro «fr». Centros: mx, us.",
    }


@pytest.mark.parametrize("ask", [all_centers, lambda: center_by_code(code="us")])
def test_without_any_center_the_refusal_says_how_to_get_one(ask):
    with pytest.raises(Refusal) as refusal:
        ask()
    assert "tequio rules load FILE" in refusal.value.text.en
    assert "tequio rules load ARCHIVO" in refusal.value.text.es


def test_each_series_of_a_center_is_numbered_without_gaps_for_itself(at):
    us, mx = (open_center(**{**GOOD, "code": code}, at=at) for code in ("us", "mx"))
    assert next_numbers(center_id=us.pk, series="last_invoice", count=3) == 1
    assert next_numbers(center_id=us.pk, series="last_invoice", count=2) == 4
    assert next_numbers(center_id=us.pk, series="last_payment", count=1) == 1
    assert next_numbers(center_id=mx.pk, series="last_invoice", count=1) == 1
    us.refresh_from_db()
    assert (us.last_invoice, us.last_payment, us.last_opening) == (5, 1, 0)
