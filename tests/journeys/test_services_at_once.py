"""Reconcilers as real processes: four at once, and one killed between writing on a server and writing that down."""

import json

import pytest

ACCOUNTS = 12
HERE = '[mail]\ntype = "htpasswd"\nservices = ["mailbox"]\npath = "{path}"\n'
MEMBER = "NY-0005"  # its dues are waived
RECONCILE = ("services", "reconcile", "--json")


@pytest.fixture
def served(copies, enrolled):
    """An instance with a dozen mailboxes that no server has yet."""
    instance = copies(enrolled)
    (instance.home / "connectors.toml").write_text(HERE.format(path=instance.home / "mail.htpasswd"), encoding="utf-8")
    more = ("--more", ACCOUNTS, "--keep-open", "--until", "2100-01-01", "--reason", "a whole provider moved in")
    opening = [
        ("services", "open", "--member", MEMBER, "--service", "mailbox", "--name", f"m{number}@example.org")
        for number in range(ACCOUNTS)
    ]
    granting = ("services", "exception", "--member", MEMBER, "--service", "mailbox", *more)
    answers = instance.several(granting, *opening)
    assert [(answer.code, answer.err) for answer in answers] == [(0, "")] * (ACCOUNTS + 1)
    yield instance
    instance.drop()


def on_server(instance):
    """The accounts of the file, each once."""
    path = instance.home / "mail.htpasswd"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return sorted(line for line in lines if line.startswith("#tequio "))


def all_is_well(instance):
    rows = instance.done("services", "list", "--service", "mailbox", "--json").json
    seen = {(row["wanted"], row["seen"], row["under_way"]) for row in rows}
    return len(rows), seen, len(on_server(instance)), len(set(on_server(instance)))


WELL = (ACCOUNTS, {("open", "open", False)}, ACCOUNTS, ACCOUNTS)


def test_four_reconcilers_at_once_carry_out_every_change_once(served):
    running = [served.start(commands=[RECONCILE]) for _ in range(4)]
    said = [one.communicate() for one in running]
    assert [one.returncode for one in running] == [0] * 4, said
    served.done(*RECONCILE)
    assert all_is_well(served) == WELL


@pytest.mark.parametrize("die_at", [20, 40, 60])
def test_one_killed_at_any_instant_never_shows_as_done_what_is_not_on_the_server(served, die_at):
    process = served.start(commands=[RECONCILE], die_at=die_at)
    process.communicate()
    assert process.returncode == -9
    for _ in range(2):  # as it was left, and after the next one: what the killed one held waits for its lease
        rows = served.done("services", "list", "--service", "mailbox", "--json").json
        told = {row["name"] for row in rows if row["seen"] == "open" and not row["under_way"]}
        assert told <= {json.loads(line.removeprefix("#tequio "))[0] for line in on_server(served)}
        assert len(on_server(served)) == len(set(on_server(served)))
        served.done(*RECONCILE)
