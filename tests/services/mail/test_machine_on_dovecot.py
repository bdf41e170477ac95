"""Any order of paying, owing, calling and holding, on the real Dovecot: after every step it lets in who may come in.

IMAP, submission and LMTP are asked after each step, and a session that was open goes on while the door is open and ends
when it shuts. What comes in is kept whatever happens (services/living.py has the model).
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.having import moment, wanted
from services.living import ACTIONS, FIRST, NAME, Life
from services.mail.on_dovecot import OnDovecot
from tequio.services.operations import passwords
from tequio.services.wanted_of import NOTICE

pytestmark = pytest.mark.django_db


class Door:
    """Who knocks after every step: signs in to read and to send, writes, and holds a session open."""

    def __init__(self, server):
        self.server, self.dovecot = server, server.dovecot
        self.typed, self.session, self.mails = "", None, 0

    def agrees(self, should):
        is_open = should == "open"
        if self.session is not None:
            if not is_open:
                assert self.dovecot.ended(self.session), "a session that was open goes on"
                self.session = None
            else:
                assert self.session.noop()[0] == "OK", "a session ended while the door was open"
        elif is_open:
            self.session = self.dovecot.imap(NAME, self.typed)
        reads, said = self.dovecot.reads(NAME, self.typed)
        assert (reads, self.dovecot.sends(NAME, self.typed)[0]) == (is_open, is_open)
        if not is_open:
            assert "[CONTACTADMIN]" in said
        assert self.dovecot.delivers(NAME)[0] == 250
        self.mails += 1
        assert self.dovecot.kept(NAME) == self.mails

    def close(self):
        if self.session is not None:
            self.session.logout()


def lived(dovecot, actions):
    dovecot.forget()
    server = OnDovecot(dovecot)
    door = Door(server)
    with transaction.atomic():
        life = Life(server.connector, door.agrees)
        made = passwords.make_password(
            account_pk=life.account.pk, device="phone", protocol="", actor="test", at=moment(FIRST)
        )
        door.typed = made.typed

        def by_hand():
            (server.by_hand if wanted()[NAME] == "suspended" else server.taken_out)(NAME)

        try:
            for action in ("look again", *actions):
                life.step(action, by_hand if action == "by hand" else None)
        finally:
            door.close()
        transaction.set_rollback(True)  # each example begins with the same organization


ORDERS = st.sampled_from([*ACTIONS, "by hand"])
PLAIN = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def test_the_way_everybody_goes_tried_shut_called_paid_and_back(late, dovecot):
    lived(dovecot, ["try", "day", "call", "days", "days", "days", "pay", "owe", "day", "hold", "by hand", "close"])


def test_what_is_said_is_the_sentence_of_dues_and_the_pay_address(late, dovecot):
    server = OnDovecot(dovecot)
    with transaction.atomic():
        door = Door(server)
        life = Life(server.connector, lambda _: None)
        made = passwords.make_password(
            account_pk=life.account.pk, device="phone", protocol="", actor="test", at=moment(FIRST)
        )
        for action in ("try", "day"):
            life.step(action)
        _, said = door.dovecot.reads(NAME, made.typed)
        transaction.set_rollback(True)
    assert NOTICE.en.split(".")[0] in said
    assert "Este servicio esta suspendido" in said
    assert "/pay/" in said


@settings(max_examples=4, derandomize=True, **PLAIN)
@given(actions=st.lists(ORDERS, min_size=3, max_size=7))
def test_whatever_happens_dovecot_lets_in_who_may_come_in(late, dovecot, actions):
    lived(dovecot, actions)


@pytest.mark.long
@settings(max_examples=60, **PLAIN)
@given(actions=st.lists(ORDERS, min_size=3, max_size=25))
def test_whatever_happens_for_long_dovecot_lets_in_who_may_come_in(late, dovecot, actions):
    lived(dovecot, actions)
