"""February to June 2016 as one journey, row by row: treasurers, scribes and the committee, on pages alone.

The organization is served as it was in January; its clock is moved from day to day (scenario/playing.py). Each row of
the table is a function of its own, and asserts what it says must be seen.
"""

import pytest

from journeys.browser.scenario import before, february, june, spring
from journeys.browser.scenario.playing import begun


@pytest.mark.parametrize(("language", "width", "javascript"), [("en", 1280, True), ("es", 320, False)])
def test_the_scenario_of_2016_from_its_notes_to_the_next_invoices(chromium, tmp_path, language, width, javascript):
    with begun(chromium, tmp_path, language=language, width=width, javascript=javascript) as told:
        _winter(told)
        _spring(told)
        _june(told)


def _winter(told):
    before.the_treasurers_present_their_budgets(told)
    before.four_changes_are_asked_for(told)
    told.at(before.WRITTEN)
    before.everybody_writes_their_proposals(told)
    before.the_question_of_dues_is_divided_and_people_say_where_they_stand(told)
    told.at(before.LATE)
    before.one_proposal_comes_too_late(told)
    february.the_keeper_puts_what_no_proposal_stands_for_on_the_agenda(told)

    told.at(february.MEETS)
    february.row_1_one_meeting_in_two_cities_with_two_originals(told)
    february.row_2_new_yorks_budget_with_its_assumption(told)
    february.row_3_one_site_and_the_risk_that_it_is_lost(told)
    february.row_4_what_mexico_reported_is_expected_and_nobody_guesses_its_currency(told)
    february.row_5_four_changes_with_who_asked_and_the_total_after_each(told)
    february.row_6_both_budgets_are_approved_with_the_modifications(told)
    february.row_7_the_question_of_dues_is_divided_and_its_parts_end_differently(told)
    february.row_8_people_stand_to_the_parts_in_their_own_words(told)
    february.row_9_the_campaign_is_developed_further(told)
    february.row_10_what_comes_from_abroad_ends_in_three_ways(told)
    february.row_11_what_came_too_late_says_both_hours(told)
    february.row_12_a_chair_is_chosen_and_co_chairs_are_looked_for(told)
    told.at(february.CONFIRMED)
    february.row_12_again_the_chair_has_a_term_and_two_seats_are_open(told)


def _spring(told):
    told.at(spring.IN_WRITING)
    spring.the_meetings_are_put_in_writing(told)
    told.at(spring.MARCH)
    spring.row_13_three_meetings_a_month_in_both_zones(told)
    spring.row_14_the_minutes_of_february_are_approved(told)
    told.at(spring.CORRECTED)
    spring.row_14_again_a_later_correction_is_a_revision_with_its_day(told)
    told.at(spring.APRIL)
    spring.row_13_again_two_meetings_are_joined(told)


def _june(told):
    told.at(june.WRITTEN_OUT)
    june.the_written_structure_comes_back(told)
    told.at(june.AMENDED)
    june.nobody_is_sold_anything(told)
    june.row_15_what_the_structure_would_do(told)
    june.a_team_and_its_meetings_are_proposed_in_one_text(told)
    told.at(june.JUNE)
    june.row_16_it_passes_unanimously(told)
    june.one_vote_founds_the_team(told)
    told.at(june.CONFIRMED)
    june.row_16_again_the_new_policy_cites_the_decision(told)
    june.the_team_is_there_and_so_are_its_meetings(told)
    told.at(june.BILLED)
    june.row_16_at_last_the_next_invoices_have_two_lines(told)
