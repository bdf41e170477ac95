"""A meeting from the command line: its agenda, who is there, the quorum."""

import json

import pytest

from committees import ACTOR, AT, DAY, proposal
from gatherings import item
from meetings.sessions import gathered, here
from tequio.decisions.operations.placing import place_all
from tequio.kernel import clock
from tequio.meetings.operations.holding import open_meeting

pytestmark = pytest.mark.django_db


def test_a_meeting_is_shown_with_agenda_presence_and_quorum(sample_rules, cli, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    met, part, people, (york, _) = gathered(2, opened=False)
    item(part, "Reports", minutes=15, kind="report")
    proposal(part.body, people[0])
    place_all(body=part.body, actor=ACTOR, at=AT - DAY)
    here(met, york, people[0])
    open_meeting(meeting=met, actor=ACTOR, at=AT)
    code, said, _ = cli("meetings", "show", met.pk)
    assert (code, said.splitlines()) == (
        0,
        [
            "Monthly meeting: Friday 15 July 2016, 08:00 New York / 07:00 Mexico City (open now).",
            "Present: York 1, Centro 0.",
            "committee, 08:00–09:00 New York / 07:00–08:00 Mexico City",
            "Present: 1 of 2, needed at least 1/2, which is 1: there is a quorum.",
            "  1. 08:00–08:15 New York / 07:00–07:15 Mexico City: Reports, report",
            "  2. 08:15–09:00 New York / 07:15–08:00 Mexico City: Do it [2016-1], decision",
            "15 minutes of 60; one item has no minutes yet and gets what is left.",
        ],
    )
    shown = json.loads(cli("meetings", "show", met.pk, "--json")[1])
    assert (shown["state"], shown["present"], shown["parts"][0]["quorum"]) == (
        "open",
        1,
        {"met": True, "here": 1, "electorate": 2, "needed": 1},
    )
    assert [(one["proposal"], one["by_rule"]) for one in shown["parts"][0]["items"]][-1] == ("2016-1", True)
    assert cli("meetings", "show", 999_999)[2] == "There is no meeting 999999."
