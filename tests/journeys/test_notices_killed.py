"""Kill the nightly work at any instant, run it again, and every notice is put down once and none is missing."""

import pytest

from journeys import canonical, kills

TICK = ("tick", "--json")
# There is a mail server, and it is down: what is put down stays where it can be counted.
DOWN = {"TEQUIO_SMTP_URL": "smtp://127.0.0.1:9", "TEQUIO_MAIL_FROM": "dues@example.org"}


@pytest.fixture(scope="session")
def billed(workshop, enrolled):
    """An instance with all that was billed to this day, and nobody written to."""
    instance = enrolled.copy(to=workshop / "billed")
    instance.done("tick")
    yield instance
    instance.drop()


@pytest.fixture(scope="session")
def calm(workshop, billed):
    instance = billed.copy(to=workshop / "calm-night")
    yield kills.undisturbed(instance=instance, command=TICK, environment=DOWN)
    instance.drop()


def night_killed(*, copies, billed, calm, fraction, by_count):
    instance = copies(billed)
    kills.kill(instance=instance, command=TICK, calm=calm, fraction=fraction, by_count=by_count, environment=DOWN)
    kills.again(instance=instance, command=TICK, environment=DOWN)
    assert canonical.differences(one=calm.contents, other=canonical.contents(instance=instance)) == {}
    instance.drop()


def test_a_night_puts_something_down(calm):
    said = calm.answer.json["follow_up"]
    assert said["mails"] > kills.SLICE  # more than one slice of members
    assert len(calm.contents["followup_dispatch"]) == said["mails"] + said["letters"] + said["calls"]


@pytest.mark.parametrize(("fraction", "by_count"), kills.instants(count=2), ids=["first", "second"])
def test_a_night_killed_at_any_instant_ends_as_if_nothing_had_happened(copies, billed, calm, fraction, by_count):
    night_killed(copies=copies, billed=billed, calm=calm, fraction=fraction, by_count=by_count)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(5))
def test_a_night_killed_at_fifty_instants(copies, billed, calm, batch):
    for fraction, by_count in kills.instants(count=50)[batch * 10 : (batch + 1) * 10]:
        night_killed(copies=copies, billed=billed, calm=calm, fraction=fraction, by_count=by_count)


def test_four_nights_at_once_put_down_every_notice_once(copies, billed, calm):
    instance = copies(billed)
    processes = [instance.start(commands=[TICK], slice=kills.SLICE, environment=DOWN) for _ in range(4)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    kills.again(instance=instance, command=TICK, environment=DOWN)
    found = canonical.contents(instance=instance)
    for table in ("followup_dispatch", "followup_notice", "followup_task", "followup_callitem", "mail_outgoingmail"):
        assert found[table] == calm.contents[table], table
