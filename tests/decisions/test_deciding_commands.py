"""Commands about votes, decisions, bodies and tasks."""

import json

import pytest

from committees import ACTOR, AT, DAY, committee, person, proposal, seat, voted, whole
from decisions.made_up_effect import sign
from tequio.decisions.models import ActionItem, Decision, Sitting, Term, Vote
from tequio.decisions.operations.opening import open_vote
from tequio.kernel import clock

pytestmark = pytest.mark.django_db
SEPTEMBER = AT.replace(month=9, day=1)


@pytest.fixture
def now(monkeypatch):
    """A function that sets the clock."""

    def at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    at(AT)
    return at


@pytest.fixture
def decided(signs, now):
    made, people = committee(4)
    before = proposal(made, people[0], effects=[sign()])
    voted(before, people, *["favor"] * 4)
    return Decision.objects.get(proposal=before), people


def test_apply_confirms_in_somebodys_name_and_carries_out_once(decided, cli, now, signs):
    decision, people = decided
    now(SEPTEMBER)

    said = f"Decision {decision.code}: 1 effects carried out, 0 wait for their day.\n"
    assert cli("decisions", "apply", decision.code, "--by", people[1].email)[:2] == (0, said)
    assert (signs.stands["door"], decision.effects.get().confirmed_by) == ("open", people[1])

    code, out, said = cli("decisions", "apply", decision.code)
    assert (code, out, said) == (1, "", f"Nothing of decision {decision.code} waits to be carried out.")


def test_without_a_name_the_user_of_the_machine_has_confirmed_it(decided, cli, now):
    decision, _ = decided
    now(SEPTEMBER)

    assert cli("decisions", "apply", decision.code)[0] == 0
    row = decision.effects.get()
    assert (row.confirmed_by, row.confirmed_as.startswith("cli:")) == (None, True)


def test_what_waits_for_a_person_is_listed(decided, cli):
    decision, _ = decided
    code, out, _ = cli("decisions", "waiting", "--json")

    assert (code, json.loads(out)) == (
        0,
        [
            {
                "decision": decision.code,
                "title": {"en": "Do it", "es": "Do it (es)"},
                "effects": 1,
                "first_day": "2016-09-01",
                "is_due": False,
            }
        ],
    )


def test_taking_back_drafts_a_proposal(decided, cli, now):
    decision, people = decided
    now(SEPTEMBER)
    cli("decisions", "apply", decision.code)

    code, out, _ = cli("decisions", "take-back", decision.code, "--sponsor", people[2].email)
    assert (code, out) == (0, "Drafted: proposal 2016-2.\n")


def test_a_decision_taken_elsewhere_is_recorded(decided, cli):
    words = ("--title-en", "A", "--title-es", "B", "--source-en", "Minutes", "--source-es", "Minuta")
    given = ("decisions", "record", "2016-old", "--body", "committee", "--on", "2016-02-06", *words)

    assert cli(*given, "--end", "approved", "--in-favor", "84", "--against", "2")[0] == 0
    decision = Decision.objects.get(code="2016-old")
    assert (decision.recorded, decision.end, decision.in_favor, decision.source_es) == (True, "approved", 84, "Minuta")
    assert cli(*given, "--in-favor", "84")[0] == 2


def test_votes_are_listed_told_line_by_line_and_closed(signs, now, cli):
    made, people = committee(4)
    before = proposal(made, people[0])
    vote = open_vote(body=made, proposal=before, question=whole(before), by=people[0], actor=ACTOR, at=AT)

    [row] = json.loads(cli("votes", "list", "--json")[1])
    assert (row["vote"], row["body"], row["proposal"], row["verdict"]) == (vote.pk, "committee", before.code, None)
    assert cli("votes", "close", vote.pk)[0] == 1
    now(AT + 8 * DAY)
    code, out, _ = cli("votes", "close", vote.pk)
    assert (code, "no quorum" in out, "Present: 0 of 4" in out) == (0, True, True)
    told = json.loads(cli("votes", "show", vote.pk, "--json")[1])
    assert (told["verdict"], told["counts"]["electorate"], told["seen_hash"]) == ("no_quorum", 4, vote.seen_hash)
    assert Vote.objects.get().closed_at == AT + 8 * DAY


def test_bodies_their_seats_and_who_takes_one(now, cli):
    made, _ = committee(2)
    empty = seat(made, office="chair", votes=False)
    ana = person("Ana")

    [row] = json.loads(cli("bodies", "list", "--json")[1])
    assert (row["body"], row["seats_held"], row["seats_open"], row["rule"]) == (
        "committee",
        2,
        1,
        "committee-rules-2013",
    )
    given = ("bodies", "appoint", empty.code, ana.email, "--from", "2016-07-15", "--decision")
    assert cli(*given, "gone")[0] == 1
    assert cli(*given, "2013-committee")[:2] == (0, f"Ana has the seat {empty.code}.\n")
    assert Term.objects.get(user=ana).decision.code == "2013-committee"
    rows = json.loads(cli("bodies", "seats", "committee", "--json")[1])
    assert [one["holder"] for one in rows if one["seat"] == empty.code] == ["Ana"]


def test_a_sitting_is_planned_at_an_hour_of_a_zone_and_told_in_every_center(now, cli, sample_rules):
    given = ("bodies", "sitting", "leadership-committee", "--on", "2016-08-06", "--hour", "12:00", "--zone")

    code, out, _ = cli(*given, "America/Mexico_City")
    assert (code, out) == (
        0,
        "Leadership Committee sits on Saturday 6 August 2016, 13:00 New York / 12:00 Mexico City.\n",
    )
    assert Sitting.objects.get().zone == "America/Mexico_City"
    assert cli(*given, "Nowhere")[0] == 1
    assert cli(*given[:5], "--hour", "noon", "--zone", "UTC")[0] == 2


def test_open_tasks_are_listed_and_closed(decided, cli):
    _, people = decided
    task = ActionItem.objects.create(
        title_en="Write it",
        title_es="Escribirlo",
        body=people[0].terms.get().seat.body,
        owner=people[0],
        opened_at=AT,
        opened_by=ACTOR,
    )

    [row] = json.loads(cli("tasks", "list", "--json")[1])
    assert (row["task"], row["owner"], row["due_on"]) == (task.pk, people[0].name, None)
    assert cli("tasks", "close", task.pk, "--note", "done")[0] == 0
    assert cli("tasks", "close", task.pk)[:2] == (0, f"Task {task.pk} was closed before.\n")
    assert cli("tasks", "close", 999_999)[0] == 1
    assert json.loads(cli("tasks", "list", "--json")[1]) == []


def test_the_daily_work_closes_votes_and_carries_out_what_was_confirmed(decided, cli, now, signs, sample_rules):
    decision, people = decided
    cli("decisions", "apply", decision.code, "--by", people[1].email)
    second = proposal(people[0].terms.get().seat.body, people[0], ask="Another", at=AT)
    body = second.body
    vote = open_vote(body=body, proposal=second, question=whole(second), by=people[0], actor=ACTOR, at=AT + 4 * DAY)
    now(SEPTEMBER)

    code, out, _ = cli("tick", "--json")
    assert (code, json.loads(out)["decisions"]) == (
        0,
        {
            "votes_closed": [vote.pk],
            "terms_ended": 0,
            "carried_out": [decision.code],
            "stopped": [],
            "to_confirm": [],
        },
    )
    assert signs.stands["door"] == "open"
    assert json.loads(cli("tick", "--json")[1])["decisions"]["carried_out"] == []
