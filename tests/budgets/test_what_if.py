"""The forecast's page: what is tried there, what is kept, and which figures it takes for what they are."""

import re

import pytest
from django.urls import reverse

from budgets.planning import presented
from tequio.budgets.models import Scenario

pytestmark = pytest.mark.usefixtures("two_centers", "now")
WHERE = {"code": "us", "year": 2016}


def test_what_if_is_tried_without_saving_and_kept_on_request(signed_in, at):
    presented(at=at)
    page = reverse("budget_forecast", kwargs=WHERE)
    tried = signed_in.get(page + "?assume=fewer%3D10+%25%3B+expense%3D120")
    assert tried.status_code == 200
    assert "with what you assume below" in tried.content.decode()
    wrong = signed_in.get(page + "?assume=luck%3D1")
    assert (wrong.status_code, "There is no assumption “luck”" in wrong.content.decode()) == (422, True)
    kept = {"assume": "fewer=10 %", "code": "fewer", "name_en": "Fewer", "name_es": "Menos", "said_by": "Ana"}
    assert signed_in.post(page, kept).status_code == 303
    assert Scenario.objects.get().budget_values == {"fewer": "10 %"}
    assert "Scenarios side by side" in signed_in.get(page).content.decode()


def test_each_assumption_has_a_field_of_its_own_and_what_is_typed_stays_in_it(signed_in, at):
    presented(at=at)
    page = reverse("budget_forecast", kwargs=WHERE)
    as_it_stands = signed_in.get(page).content.decode()
    assert "Here dues count when they come in" in as_it_stands
    tried = signed_in.get(
        page, {"try_late": "12.5", "try_expense": "", "assume": "late=3; fewer=10 %"}
    ).content.decode()
    assert re.search(r'name="try_late"[^>]* value="12.5"', tried)
    assert re.search(r'id="assume"[^>]* value="fewer=10 %"', tried)
    assert 'name="assume" value="fewer=10 %; late=12.5"' in tried  # what would be kept
    assert "Here dues count when they come in" not in tried


@pytest.mark.parametrize("written", ["2,5", "1,00", "nan", "1e3", "5 % 5", "-1", "%"])
def test_a_value_that_may_mean_another_number_is_refused_not_guessed(signed_in, at, written):
    presented(at=at)
    page = reverse("budget_forecast", kwargs=WHERE)
    assert signed_in.get(page, {"try_late": written}).status_code == 422


def test_thousands_may_be_parted_by_commas(signed_in, at):
    presented(at=at)
    page = reverse("budget_forecast", kwargs=WHERE)
    assert "3,826.50" in signed_in.get(page, {"try_new_dues": "3,826.50"}).content.decode()
