"""The effects on budgets written on a page, without JSON."""

from datetime import date

import pytest

from budgets.planning import CALLER, DRIVE, presented
from budgets.test_planning import amend, ask
from tequio.decisions import effect_forms
from tequio.decisions.effects.registry import kind_of

pytestmark = pytest.mark.usefixtures("two_centers")
FEBRUARY = date(2016, 2, 6)


def filled(kind, **typed):
    form = effect_forms.offered_as(slug=kind.replace(".", "-")).make(data=typed, on=FEBRUARY)
    assert form.is_valid(), form.errors
    return form.to_data()


def test_a_version_is_chosen_with_its_first_day(at):
    presented(at=at)
    data = filled("budget.adopt_version", **{"version": "us/2016/1", "from": "2016-02-06"})
    assert kind_of(name="budget.adopt_version").checked(data=data, on=FEBRUARY) == data


def test_amendments_are_taken_and_not_taken_by_their_numbers(at):
    budget = presented(at=at)
    ask(budget, CALLER)
    ask(budget, DRIVE)
    typed = {"version": "us/2016/1", "from": "2016-02-06", "accepted": ["us/2016/2"], "rejected": ["us/2016/1"]}
    data = filled("budget.amend", **typed)
    assert data == amend(accepted=[2], rejected=[1])
    assert kind_of(name="budget.amend").checked(data=data, on=FEBRUARY) == data
