"""A decision is carried out by processes at once, and by one that dies at any instant: once, whole or not at all."""

import pytest

from journeys import kills
from journeys.instances import answers_of, decide

APPLY = ("decisions", "apply", "2016-1")
MADE = (
    "SELECT (SELECT count(*) FROM decisions_body WHERE code = 'translators'), "
    "(SELECT count(*) FROM decisions_term t JOIN decisions_seat s ON s.id = t.seat_id "
    "WHERE s.code LIKE 'translators-%'), "
    "(SELECT count(*) FROM decisions_seat WHERE code = 'council-co-chair-1'), "
    "(SELECT count(*) FROM decisions_actionitem WHERE kind = 'task' AND decision_id IS NOT NULL), "
    "(SELECT count(*) FROM decisions_decisioneffect WHERE state = 'applied'), "
    "(SELECT count(*) FROM meetings_series WHERE code = 'translating')"
)
NOTHING, ALL = (0, 0, 0, 0, 0, 0), (1, 2, 1, 1, 4, 1)
AGREE = "Standings, balances, ledger and journal agree.\n"


@pytest.fixture(scope="session")
def decided(workshop, ruled):
    """An instance in which decision 2016-1 waits to be carried out. Copy it."""
    instance = ruled.copy(to=workshop / "decided")
    decide(instance=instance)
    yield instance
    instance.drop()


def made(instance):
    [row] = instance.rows(MADE)
    return tuple(row)


def test_of_four_processes_that_apply_it_at_once_one_does_and_the_others_say_why_not(copies, decided):
    instance = copies(decided)
    processes = [instance.start(commands=[APPLY], wait=True) for _ in range(4)]
    for process in processes:
        assert process.stderr.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [answer for process in processes for answer in answers_of(process=process)]

    assert sorted(answer.code for answer in answers) == [0, 1, 1, 1]
    assert {answer.err for answer in answers if answer.code} == {
        "Nothing of decision 2016-1 waits to be carried out.\n"
    }
    assert made(instance) == ALL
    assert instance.done("check").out == AGREE


@pytest.mark.parametrize("instants", [2, pytest.param(40, marks=pytest.mark.long)])
def test_killed_at_any_instant_nothing_is_half_done_and_the_next_one_does_it_all(copies, decided, instants):
    calm = copies(decided)
    undisturbed = kills.undisturbed(instance=calm, command=APPLY)
    assert made(calm) == ALL
    for fraction, by_count in kills.instants(count=instants):
        instance = copies(decided)
        kills.kill(instance=instance, command=APPLY, calm=undisturbed, fraction=fraction, by_count=by_count)
        there = made(instance)
        assert there in (NOTHING, ALL)
        again, checked = instance.several(APPLY, ("check",))
        assert again.code == (1 if there == ALL else 0), again
        assert made(instance) == ALL
        assert (checked.code, checked.out) == (0, AGREE)
