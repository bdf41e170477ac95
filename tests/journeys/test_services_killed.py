"""A real `tequio services reconcile`, killed before or after it wrote on a server; another one carries on from there.

The clock is moved by the file a demonstration keeps how far behind it is in, so that nobody waits out a lease.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tequio.kernel import clock
from tequio.kernel.instance import DEMO_MARK

DAY = timedelta(days=1)
BEGAN = datetime(2016, 7, 15, 18, tzinfo=UTC)
RECONCILE = ("services", "reconcile", "--json")
PANEL = Path(__file__).parents[1] / "services" / "connectors" / "panel.py"
NAME = "ana@example.org"
LATER = BEGAN + 3 * DAY  # whatever time this test takes, the lease is over by then
FINE = ("open", "open", "open", False)


class Served:
    """An instance whose mailboxes stand in a panel, and one member of it that owes."""

    def __init__(self, *, instance):
        self.instance = instance
        self.file, self.mark = instance.home / "panel.json", instance.home / "kill"
        command = [sys.executable, str(Path(__file__).with_name("paneled.py"))]
        whole = json.dumps([*command, str(self.mark), str(PANEL), str(self.file), "mailbox"])
        (instance.home / "connectors.toml").write_text(
            f'[panel]\ntype = "command"\nservices = ["mailbox"]\ncommand = {whole}\n', encoding="utf-8"
        )
        debts = (
            "SELECT code FROM members_member WHERE opening_balance > 0 AND code LIKE 'NY-%' "
            "AND merged_into_id IS NULL ORDER BY code LIMIT 1"
        )
        self.member = instance.value(debts)

    def at(self, moment):
        """Let the program's clock stand at a moment from now on."""
        behind = (clock.now() - moment).total_seconds()
        (self.instance.home / DEMO_MARK).write_text(f"{behind:.0f}\n", encoding="ascii")
        self.today = moment.date()

    def done(self, *commands):
        """Run commands that have to succeed in one process; what the last one said."""
        answers = self.instance.several(*commands)
        assert [(answer.code, answer.err) for answer in answers] == [(0, "")] * len(commands), answers
        return json.loads(answers[-1].out) if answers[-1].out.startswith(("{", "[")) else None

    def tried(self):
        """Somebody tries to reach the member, which works its standing out again."""
        given = ("--on", self.today, "--by", "Noé", "--outcome", "attempted")
        return ("contact-log", "add", "--member", self.member, *given)

    def paid(self):
        """The member pays more than it owes."""
        given = ("--amount", 9000, "--currency", "USD", "--on", self.today, "--method", "cash")
        return ("payments", "add", "--member", self.member, *given)

    def quietly(self, *commands):
        """Run commands by which nothing is begun on a server at once: it is left to whoever reconciles."""
        connectors = self.instance.home / "connectors.toml"
        aside = connectors.rename(connectors.with_suffix(".aside"))
        self.done(*commands, ("services", "list", "--json"))
        aside.rename(connectors)

    def reconciled(self, *before):
        """Another reconciler, after other commands: what the server has, how it is wanted, seen, and under way."""
        return self.looked(*before, RECONCILE)

    def looked(self, *before):
        """The same without a reconciler."""
        [row] = self.done(*before, ("services", "list", "--service", "mailbox", "--json"))
        return self.on_server(), row["wanted"], row["seen"], row["under_way"]

    def killed(self, when):
        """A reconciler that is killed before or after the panel wrote down what it was asked."""
        self.mark.write_text(when, encoding="ascii")
        answer = self.instance.run(*RECONCILE)
        assert (answer.code, self.mark.exists()) == (-9, False), answer

    def on_server(self):
        return json.loads(self.file.read_text(encoding="utf-8"))[NAME]["state"]

    def jobs(self):
        rows = "SELECT generation, wanted, state FROM services_job ORDER BY generation"
        return [tuple(row) for row in self.instance.rows(rows)]


@pytest.fixture
def served(copies, enrolled):
    """A member that owes has a mailbox while it is on hold, open on the server."""
    one = Served(instance=copies(enrolled))
    one.at(BEGAN)
    hold = ("members", "hold", one.member, "--until", "2016-07-16", "--reason", "a flood")
    opening = ("services", "open", "--member", one.member, "--service", "mailbox", "--name", NAME)
    assert one.reconciled(hold, one.tried(), opening) == ("open", "open", "open", False)
    return one


@pytest.fixture
def shut(served):
    """The hold is over and nothing came: it is suspended, on the server too."""
    served.at(BEGAN + 2 * DAY)
    assert served.reconciled(served.tried()) == ("suspended", "suspended", "suspended", False)
    return served


def test_killed_after_it_opened_a_door_the_door_stays_open_and_the_next_one_confirms_it_once(shut):
    shut.quietly(shut.paid())
    shut.killed("after")
    in_and_not_called_fine = ("open", "open", "suspended", True)
    assert shut.looked() == in_and_not_called_fine
    assert shut.reconciled() == in_and_not_called_fine  # the lease holds: nothing is asked twice at once
    shut.at(LATER)
    assert shut.reconciled() == FINE
    assert shut.jobs() == [(1, "open", "done"), (2, "suspended", "done"), (3, "open", "done")]


def test_killed_before_it_opened_a_door_the_next_one_opens_it_when_the_lease_is_over(shut):
    shut.quietly(shut.paid())
    shut.killed("before")
    assert shut.looked() == ("suspended", "open", "suspended", True)
    shut.at(LATER)
    assert shut.reconciled() == FINE


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_it_shut_a_door_whoever_pays_then_is_in_at_once_without_waiting_for_any_lease(served, when):
    served.at(BEGAN + 2 * DAY)
    served.done(served.tried(), ("services", "list", "--json"))
    served.killed(when)
    assert served.looked()[1] == "suspended"
    served.quietly(served.paid())
    assert served.reconciled() == FINE
    served.at(LATER)
    assert served.reconciled() == FINE  # the killed one's order was passed: nobody carries it out any more
    assert served.jobs() == [(1, "open", "done"), (2, "suspended", "passed"), (3, "open", "done")]


def test_a_payment_on_the_command_line_has_opened_the_door_when_the_command_ends(shut):
    shut.done(shut.paid())
    assert shut.looked() == FINE
