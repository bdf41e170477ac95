"""Motions and their votes: counted, by names, in tables, moved and seconded."""

import pytest
from tests.rules.notes.reading_it import sentences_found

from tequio.rules.notes.reading import read_notes


def test_numbers_alone_decide_the_motion_above_and_are_no_decision_of_their_own():
    text = "Motion (Rosa): Buy a second wheelbarrow\nSecond (Tam).\n7 Yes; 1 No; 0 Abstain.\n"
    assert sentences_found(text) == [(1, "approved")]
    assert sentences_found(text, kinds={"vote"}) == [(3, "approved")]


def test_a_motion_with_its_result_in_the_same_paragraph_is_one_decision_with_both():
    text = "Reports were read. Rosa moves to buy a kettle. Tam seconds. All others present in favor. Motion passes.\n"
    (decision,) = [one for one in read_notes(text=text).candidates if one.kind == "decision"]
    assert decision.text == "Rosa moves to buy a kettle. Tam seconds. All others present in favor."


def test_a_vote_counted_line_by_line_decides_what_stands_above():
    text = "3. Poner un toldo:\n- Votos a favor: 1\n- Votos en contra: 5\n- Abstenciones: 3\n4. Otro punto\n"
    assert sentences_found(text) == [(1, "not_approved")]
    assert sentences_found(text, kinds={"vote"}) == [(2, "not_approved")]


def test_a_result_below_a_counted_vote_is_no_label_of_what_follows():
    text = "Awning:\n- In favor: 9\n- Against: 0\nApproved\n- Next point: the kettle\n- It is old\n"
    assert sentences_found(text) == [(1, "approved"), (4, "approved")]


def test_votes_of_plus_ones():
    meeting = "* Motion: meet in May\n  * 6 times +1, 1 times +0\n"
    assert sentences_found(meeting) == [(1, "approved")]
    assert sentences_found(meeting, kinds={"vote"}) == [(2, "approved")]
    assert sentences_found("* Meet in June: +1: 2, -1: 5\n") == [(1, "not_approved")]


def test_votes_by_names_line_by_line_decide_what_stands_above():
    text = "Lend the ladder to the school\nFor: Ines\nAgainst: Kofi, Bo, Ruth\nAbstained: none\n"
    assert sentences_found(text) == [(1, "not_approved")]
    (vote,) = [one for one in read_notes(text=text).candidates if one.kind == "vote"]
    assert vote.why.to("en") == "It counts a vote: 1 in favor, 3 against, 0 abstaining."


def test_votes_of_each_as_plus_one_decide_the_motion_and_nothing_where_there_is_none():
    each = "* Ines +1 (moved)\n* Kofi +1\n* Ruth +0\n* Bo -1\n"
    assert sentences_found(f"Weavers\n\nMOT3: print a calendar\n\n{each}") == [(3, "approved")]
    assert sentences_found(f"Shall we have a break\n\n{each}") == []


def test_a_motion_and_below_it_only_how_it_ended():
    text = "A motion was made by Kofi to lay all bills aside until May.\na. Fails: 4-9-1\n"
    assert sentences_found(text) == [(1, "not_approved"), (2, "not_approved")]
    spaced = "The changes below are voted on together:\n* 18 - 5 - 2\n* Motion carries\n"
    assert (3, "approved") in sentences_found(spaced)


MOTIONS = """# Weavers, 4 May 2021

| Motion | Moved | Seconded | For | Against | Abstain | Result |
|---|---|---|---|---|---|---|
| Buy wool from the valley for $90 | Ines | Bo | 7 | 0 | 1 | Carried |
| Open on Sundays | Bo | Ruth | 2 | 6 | 0 | Lost |
| A new sign | Ruth | Bo | 4 | 4 | 0 | Tabled |

| Task | Owner | Due |
|:-----|:------|----:|
| Order the wool | Ines | 2021-06-01 |
| Sweep | | |
"""


def test_a_table_of_motions_and_one_of_tasks():
    candidates = read_notes(text=MOTIONS).candidates
    decisions = [(one.line, one.outcome.value) for one in candidates if one.kind == "decision"]
    assert decisions == [(5, "approved"), (6, "not_approved"), (7, "deferred")]
    assert next(one.why.to("en") for one in candidates if one.kind == "vote") == (
        "It counts a vote: 7 in favor, 0 against, 1 abstaining."
    )
    assert [(one.line, one.owner, one.due) for one in candidates if one.kind == "task"] == [(11, "Ines", "2021-06-01")]
    assert [(one.line, one.amount) for one in candidates if one.kind == "amount"] == [(5, 90)]


def test_tables_of_other_formats_and_languages():
    page = (
        "<table><tr><th>Punto</th><th>A favor</th><th>En contra</th></tr>\n<tr><td>Abrir los lunes</td><td>9</td><td>"
    )
    page += "1</td></tr>\n<tr><td>Subir la cuota</td><td>3</td><td>8</td></tr></table>\n"
    assert sentences_found(f"<html><body>{page}</body></html>") == [(2, "approved"), (3, "not_approved")]
    wiki = "== Acta ==\n{|\n! Acuerdo !! Responsable !! Fecha\n|-\n| Pintar la reja || Saúl || 3 de mayo\n|-\n"
    wiki += "| - || ||\n|}\n"
    assert sentences_found(wiki) == [(5, "approved")]
    typed = "Type | Description | Owner\n--- | --- | ---\nD | We meet in the yard | all\nT | Sweep it | Bo\n"
    assert sentences_found(typed) == [(3, "approved")]
    people = "| Name | Role |\n|---|---|\n| Ines | keeps the keys |\n"
    assert sentences_found(people) == []


@pytest.mark.parametrize(
    "movers",
    [
        "- Moved by K. Odhiambo, Seconded by R. O'Dell",
        "- Proposed: Ruth\n- Seconded: Kofi Odhiambo",
        "- Ruth moved, Kofi seconded",
        "- Propone Saúl\n- Secunda Inés de la Cruz",
    ],
)
def test_who_moved_is_no_motion_and_what_stands_above_is(movers):
    text = f"- The old stove:\n- Leave the stove to the school\n{movers}\n- Motion carried\n"
    decisions = sentences_found(text)
    assert (decisions[0], len(decisions)) == ((2, "approved"), 2)


def test_what_only_begins_like_who_moved_is_read():
    assert sentences_found("- Motion: buy soap\n- Seconded by Ruth\n- Motion Carried\n") == [
        (1, "approved"),
        (3, "approved"),
    ]
    assert sentences_found("- Second Reading\n- Proposed Budget approved\n") == [(2, "approved")]
