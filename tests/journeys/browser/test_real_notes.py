"""The real notes of February 2016 become records on pages: amendments, amounts with their currency, a decision."""

import pytest

from conftest import SHARED
from journeys.browser.scenario import before, february, real_notes
from journeys.browser.scenario.playing import begun


@pytest.mark.shared
@pytest.mark.parametrize(("language", "width", "javascript"), [("en", 1280, True), ("es", 320, False)])
def test_what_the_real_notes_say_becomes_records_that_a_person_confirmed(
    chromium, tmp_path, language, width, javascript
):
    with begun(chromium, tmp_path, language=language, width=width, javascript=javascript) as told:
        before.the_treasurers_present_their_budgets(told)
        told.at(before.WRITTEN)
        told.at(february.MEETS)
        real_notes.the_notes_are_handed_in(told, path=SHARED / "data" / "notes" / "2016-02-06-us.txt")
        real_notes.four_changes_of_the_budget_become_amendments(told)
        real_notes.amounts_ask_for_their_currency(told)
        real_notes.what_was_not_approved_is_a_decision(told)
