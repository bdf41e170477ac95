"""What a center's letters print of it: said in few lines, checked, and told to the journal without its contents."""

import pytest

from tequio.centers.models import Center
from tequio.centers.operations import describe_center, open_center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

GOOD = {
    "code": "us",
    "postal_address": " P.O.  Box 12 \n\nKingston, NY 12401\n",
    "pay_to": Text(en="By check", es="Con cheque"),
    "letter_email": " dues@example.org ",
    "actor": "test",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def center(at):
    return open_center(
        code="us",
        name=Text(en="Center in New York", es="Centro en Nueva York"),
        currency="USD",
        language="en",
        zone="America/New_York",
        actor="test",
        at=at,
    )


def described():
    return Center.objects.values_list("postal_address", "pay_to_en", "pay_to_es", "letter_email").get()


def told():
    return list(Event.objects.filter(kind="center.changed").order_by("pk").values_list("subject", "payload"))


def test_a_center_is_described_and_the_journal_told_which_words_changed(center, at):
    describe_center(**GOOD, at=at)
    assert described() == ("P.O. Box 12\nKingston, NY 12401", "By check", "Con cheque", "dues@example.org")
    assert told() == [
        ("center:us", {"changed": ["postal_address", "pay_to_en", "pay_to_es", "letter_email"]}),
    ]


def test_the_same_again_changes_nothing_and_tells_nothing(center, at):
    for _ in range(2):
        describe_center(**GOOD, at=at)
    assert len(told()) == 1


def test_what_was_said_can_be_taken_back(center, at):
    describe_center(**GOOD, at=at)
    describe_center(**{**GOOD, "letter_email": "", "pay_to": Text(en="By check", es="")}, at=at)
    assert described() == ("P.O. Box 12\nKingston, NY 12401", "By check", "", "")
    assert told()[1] == ("center:us", {"changed": ["pay_to_es", "letter_email"]})


ROOM = {
    "en": "A letter has room for 5 lines of 50 characters.",
    "es": "En una carta caben 5 líneas de 50 caracteres.",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"postal_address": "\n".join("abcdef")}, ROOM),
        ({"pay_to": Text(en="", es="x" * 51)}, ROOM),
        (
            {"letter_email": "nobody"},
            {"en": "“nobody” is not an e-mail address.", "es": "«nobody» no es una dirección de correo."},
        ),
        (
            {"code": "fr"},
            {"en": "There is no center “fr”. Centers here: us.", "es": "No hay ningún centro «fr». Centros: us."},
        ),
    ],
)
def test_what_a_letter_has_no_room_for_and_what_is_no_address_is_refused(center, at, change, said):
    with pytest.raises(Refusal) as refusal:
        describe_center(**{**GOOD, **change}, at=at)
    assert refusal.value.text.as_dict() == said
    assert (described(), told()) == (("", "", "", ""), [])
