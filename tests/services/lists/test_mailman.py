"""Both Mailman connectors keep the promises of every connector, against a real core; and what is theirs alone."""

import pytest

from services.connectors.promises import Promises
from services.lists.mailman import LIST, PASSWORD, USER, Lists, Subscribers, post, until
from tequio.kernel.errors import Refusal
from tequio.rules.entitlement import State
from tequio.services.connectors.contract import Outcome, Seen, Unreachable, Wanted
from tequio.services.connectors.mailman import MailmanLists, MailmanSubscribers

RADIO = "radio@lists.example.org"


class TestLists(Promises):
    passwords = False

    @pytest.fixture
    def server(self, core):
        return Lists(core)


class TestSubscribers(Promises):
    passwords = False

    @pytest.fixture
    def server(self, core):
        return Subscribers(core)


def wanted(state=State.OPEN, generation=1, name=RADIO):
    return Wanted(service="list", name=name, state=state, generation=generation)


def held(core):
    return core.rest.ask("GET", f"/lists/{RADIO}/held")[1]["total_size"]


def test_what_is_written_to_a_list_on_hold_is_kept_and_goes_out_after_it_is_restored(core):
    server = Lists(core)
    server.connector.ensure([wanted()])
    sure = {"pre_verified": True, "pre_confirmed": True, "pre_approved": True, "send_welcome_message": False}
    for name in ("ana@example.org", "beto@example.org"):
        core.rest.ask("POST", "/members", {"list_id": RADIO.replace("@", "."), "subscriber": name, **sure})
    _, member = core.rest.ask("GET", f"/lists/{RADIO}/member/ana@example.org")
    core.rest.ask("PATCH", f"/members/{member['member_id']}", {"moderation_action": "accept"})
    before = core.going_out()
    post(core, RADIO, "one")
    until(core.going_out, before + 1)
    server.connector.suspend([wanted(State.SUSPENDED, 2)])
    post(core, RADIO, "two")
    until(lambda: held(core), 1)
    assert core.going_out() == before + 1
    server.connector.resume([wanted(generation=3)])
    assert held(core) == 1  # nothing of it was lost
    [waiting] = core.rest.ask("GET", f"/lists/{RADIO}/held")[1]["entries"]
    core.rest.ask("POST", f"/lists/{RADIO}/held/{waiting['request_id']}", {"action": "accept"})
    until(core.going_out, before + 2)
    assert core.rest.ask("GET", f"/lists/{RADIO}/roster/member")[1]["total_size"] == 2


def test_what_an_owner_wrote_about_a_list_stays_and_an_older_order_is_stale(core):
    connector = Lists(core).connector
    connector.ensure([wanted(generation=4)])
    core.rest.ask("PATCH", f"/lists/{RADIO}/config", {"info": "Radio by and for.\n\n[tequio open 4]"})
    connector.limit([wanted(State.LIMITED, 5)])
    _, config = core.rest.ask("GET", f"/lists/{RADIO}/config")
    assert config["info"] == "Radio by and for.\n\n[tequio limited 5]"
    assert [a.outcome for a in connector.suspend([wanted(State.SUSPENDED, 3)])] == [Outcome.STALE]
    assert [o.state for o in connector.observe([("list", RADIO)])] == [Seen.LIMITED]


def test_a_subscriber_half_paused_by_hand_is_never_shown_as_fine(core):
    server = Subscribers(core)
    ana = wanted(name="ana@example.org")
    server.connector.ensure([ana])
    _, member = core.rest.ask("GET", f"/lists/{LIST}/member/ana@example.org")
    core.rest.ask("PATCH", f"/members/{member['member_id']}/preferences", {"delivery_status": "by_moderator"})
    assert [o.state for o in server.connector.observe(None)] != [Seen.OPEN]
    server.connector.ensure([ana])
    assert [o.state for o in server.connector.observe(None)] == [Seen.OPEN]


def test_a_wrong_password_is_a_server_that_cannot_be_asked(core):
    settings = {"url": core.url, "user": USER, "password": PASSWORD[::-1]}
    connector = MailmanLists.from_settings(name="x", services=frozenset({"list"}), settings=settings)
    with pytest.raises(Unreachable):
        connector.ensure([wanted()])
    with pytest.raises(Unreachable):
        list(connector.observe(None))


def test_a_table_that_is_wrong_is_refused():
    good = {"url": "http://127.0.0.1:8001", "user": USER, "password": PASSWORD}
    for wrong in ({"url": "ftp://x"}, {"url": 1}, {"surprise": 1}, {"password": None}):
        with pytest.raises(Refusal):
            MailmanLists.from_settings(name="x", services=frozenset({"list"}), settings={**good, **wrong})
    with pytest.raises(Refusal):
        MailmanLists.from_settings(name="x", services=frozenset({"list", "site"}), settings=good)
    for wrong in ("no list", "A@example.org", "a@example.org/../b"):
        with pytest.raises(Refusal):
            MailmanSubscribers.from_settings(name="x", services=frozenset({"list"}), settings={**good, "list": wrong})
