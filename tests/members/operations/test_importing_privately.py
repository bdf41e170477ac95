"""What is personal in a roll: encrypted where it must be, and never in the journal."""

from django.db import connection
from tests.dues.doing import everything, pay, run, tried

from tequio.kernel.journal.models import Event
from tequio.members.models import Contact

LATE = {"paid_until": "2015-03-01", "balance_due": "80.00"}


def test_phones_and_streets_are_nowhere_in_clear(members):
    phone, street, odd = "+1 212 555 0123", "12 Elm Street", "ask old Mrs. Quill"
    members({"phone": phone, "street": street}, {"phone": odd})
    run()
    kept = repr(
        [
            [bytes(c) if isinstance(c, memoryview) else c for c in row]
            for rows in everything(without=()).values()
            for row in rows
        ]
    )
    for secret in (phone, "2125550123", "555 0123", street, "Elm Street", odd, "Quill"):
        assert secret not in kept
    assert [(c.phone, c.street, c.phone_usable) for c in Contact.objects.order_by("pk")] == [
        ("+12125550123", street, True),
        (odd, "", False),
    ]


def test_the_same_phone_is_stored_as_another_cipher_text_each_time(members):
    members({"phone": "+1 212 555 0123"}, {"phone": "+1 212 555 0123"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM members_contact")
        assert len({row[0] for row in cursor.fetchall()}) == 2


def test_the_journal_has_no_personal_value(members):
    members({"phone": "+1 212 555 0123", "street": "12 Elm Street", **LATE})
    members({"member_name": "Casa Roja", "contact_name": "Rosa Paz", "email": "rosa@example.net", **LATE})
    tried("M1", "2016-07-01")
    pay("M1", 100, note="from Rosa's sister")
    told = " ".join(f"{e.subject} {e.actor} {e.payload}" for e in Event.objects.all())
    for value in ("Casa", "Member 1", "Alma", "Ríos", "Rosa", "sister", "Noé", "example", "2125550123", "Elm"):
        assert value not in told
