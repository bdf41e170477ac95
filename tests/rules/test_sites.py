"""One server site or several: the model by hand in simple cases, and what would change its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.sites import (
    ASSUMED,
    MEASURES,
    ONE,
    SEVERAL,
    RangeError,
    answered,
    checked,
    guessed,
    measured,
)

VALUES = {guess.name: guess.likely for guess in ASSUMED}


def sure(name, value):
    return guessed(name=name, low=value, likely=value, high=value, said_by="Ana")


def test_one_site_that_is_lost_once_in_ten_years_without_a_backup_loses_all_with_that_chance():
    values = {**VALUES, "site_lost": 10, "order": 0, "restore_fails": 100, "slow": 100}
    assert measured(option=ONE, values=values, drilled=False).data == pytest.approx(1 - 0.9**10)
    assert measured(option=ONE, values=values, drilled=False).week == pytest.approx(1 - 0.9**10)


def test_two_sites_are_lost_together_by_chance_or_by_one_order():
    values = {**VALUES, "site_lost": 10, "order": 0, "restore_fails": 100, "sites": 2}
    assert measured(option=SEVERAL, values=values, drilled=False).data == pytest.approx(1 - 0.99**10)
    ordered = {**values, "site_lost": 0, "order": 5}
    one, several = (measured(option=option, values=ordered, drilled=False) for option in (ONE, SEVERAL))
    assert one.data == several.data == pytest.approx(1 - 0.95**10)


def test_a_drilled_backup_is_what_saves_data_wherever_it_stands():
    undrilled, drilled = answered(drilled=False), answered(drilled=True)
    for option in (ONE, SEVERAL):
        assert drilled.found[option]["data"].likely < undrilled.found[option]["data"].likely


def test_an_attack_stops_one_and_several_for_as_long():
    calm, attacked = ({**VALUES, "attack_hours": hours} for hours in (0, 50))
    for option in (ONE, SEVERAL):
        difference = (
            measured(option=option, values=attacked, drilled=False).hours
            - measured(option=option, values=calm, drilled=False).hours
        )
        assert difference == 50


def test_what_would_change_the_answer_is_named_with_its_end():
    dear = guessed(name="one_cost", low=14_000, likely=16_000, high=30_000, said_by="Ana")
    turns = [(turn.guess.name, turn.measure, turn.at) for turn in answered(guesses=[dear]).turns]
    assert ("one_cost", "cost", 30_000) in turns
    assert answered().better == {"cost": ONE, "hours": SEVERAL, "data": SEVERAL, "week": SEVERAL}


def test_certain_guesses_leave_nothing_that_could_change():
    found = answered(guesses=[sure(guess.name, guess.likely) for guess in ASSUMED])
    assert found.turns == ()
    for option in (ONE, SEVERAL):
        for measure in MEASURES:
            spread = found.found[option][measure]
            assert spread.best == spread.likely == spread.worst


def test_dots_are_out_of_a_hundred():
    spread = answered(guesses=[sure("site_lost", 10), sure("order", 0), sure("restore_fails", 100)]).found[ONE]["data"]
    assert spread.dots == 65


@MANY
@given(drilled=st.booleans(), data=st.data())
def test_chances_are_chances_and_more_sites_never_lose_more_data(drilled, data):
    values = {
        guess.name: data.draw(st.floats(2, 5) if guess.name == "sites" else st.floats(0, 100)) for guess in ASSUMED
    }
    one, several = (measured(option=option, values=values, drilled=drilled) for option in (ONE, SEVERAL))
    for found in (one, several):
        assert 0 <= found.data <= 1
        assert 0 <= found.week <= 1
    assert several.data <= one.data + 1e-12
    assert several.hours <= one.hours + 1e-9


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (("luck", 0, 0, 0), "Nobody knows a guess “luck”"),
        (("slow", 5, 4, 6), "in this order"),
        (("slow", -1, 4, 6), "none below nothing"),
        (("slow", 1, 4, 101), "at most 100 percent"),
        (("sites", 1, 2, 3), "two or more"),
    ],
)
def test_guesses_that_cannot_be_are_refused(given_, says):
    name, low, likely, high = given_
    with pytest.raises(RangeError, match=says):
        guessed(name=name, low=low, likely=likely, high=high, said_by="x")


def test_guesses_are_told_with_who_guessed_them_and_the_others_stay_assumed():
    others = checked(guesses=[sure("slow", 50)])
    by = {guess.name: guess.said_by for guess in others}
    assert (by["slow"], by["order"]) == ("Ana", "")
