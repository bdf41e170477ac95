"""The command connector: the promises by a program of its own, and everything a program can do wrong."""

import json
import shutil
import sys
import time
from pathlib import Path

import pytest

from services.connectors.promises import Promises
from tequio.kernel.errors import Refusal
from tequio.rules.entitlement import State
from tequio.services.connectors.command import CommandConnector
from tequio.services.connectors.contract import Unreachable, Wanted
from tequio.services.connectors.credentials import fits

PANEL = Path(__file__).with_name("panel.py")


class Panel:
    """The program beside this file, and what it keeps."""

    service = "mailbox"

    def __init__(self, folder):
        folder.mkdir()
        self.folder, self.path = folder, folder / "panel.json"
        command = [sys.executable, "-S", "-E", str(PANEL), str(self.path), self.service]
        self.connector = CommandConnector(name="panel", services=frozenset({self.service}), command=command)

    def _there(self):
        return json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}

    def lets_in(self, name, typed):
        account = self._there().get(name, {"state": "absent"})
        if account["state"] not in {"open", "limited"}:
            return False
        return any(fits(typed=typed, stored=c["hash"]) for c in account["credentials"])

    def by_hand(self, name):
        there = self._there() | {name: {"state": "open", "generation": 0, "credentials": []}}
        self.path.write_text(json.dumps(there), encoding="utf-8")

    def taken_out(self, name):
        there = self._there()
        del there[name]
        self.path.write_text(json.dumps(there), encoding="utf-8")

    def down(self):
        shutil.rmtree(self.folder)


@pytest.fixture
def server(tmp_path):
    return Panel(tmp_path / "panel")


class TestPromises(Promises):
    pass


def run(code, timeout=20):
    command = [sys.executable, "-S", "-E", "-c", code]
    return CommandConnector(name="x", services=frozenset({"mailbox"}), command=command, timeout=timeout)


ANA = Wanted(service="mailbox", name="ana@example.org", state=State.OPEN, generation=1)


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "print('no JSON')",
        "print('[]')",
        "print('{\"accounts\": 5}')",
        "print('{\"accounts\": []}')",
        'print(\'{"accounts": [{"outcome": "perhaps"}]}\')',
        "print('{\"accounts\": [5]}')",
        "import sys; sys.exit('disk full')",
        "import os; os.kill(os.getpid(), 9)",
        "print('[' * 100000)",
        'print(\'{"accounts": [{"service": 1, "name": [], "state": "open"}]}\')',
    ],
)
def test_whatever_is_not_exactly_an_answer_is_none(code):
    with pytest.raises(Unreachable):
        run(code).ensure([ANA])
    with pytest.raises(Unreachable):
        list(run(code).observe([ANA.key]))


def test_a_program_that_does_not_end_is_killed_with_what_it_started():
    begun = time.monotonic()
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with pytest.raises(Unreachable):
        run(code, timeout=1).ensure([ANA])
    assert time.monotonic() - begun < 30


def test_it_is_told_all_it_needs_in_a_clean_environment(monkeypatch):
    monkeypatch.setenv("TEQUIO_SECRET", "x")
    code = (
        "import json, os, sys; q = json.load(sys.stdin); assert 'TEQUIO_SECRET' not in os.environ; "
        "assert q['version'] == 1 and q['verb'] == 'suspend', q; a = q['accounts'][0]; "
        "assert sorted(a) == ['credentials', 'generation', 'name', 'notice', 'pay_address', 'quota_mb', 'service', "
        '\'state\'], a; print(\'{"accounts": [{"outcome": "done"}]}\')'
    )
    assert [answer.outcome.value for answer in run(code).suspend([ANA])] == ["done"]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"command": []},
        {"command": "rm -rf /"},
        {"command": ["panel"]},
        {"command": ["/bin/true", 5]},
        {"command": ["/bin/true"], "timeout": 0},
        {"command": ["/bin/true"], "shell": True},
    ],
)
def test_settings_that_name_no_program_are_refused(settings):
    with pytest.raises(Refusal):
        CommandConnector.from_settings(name="panel", services=frozenset({"mailbox"}), settings=settings)
