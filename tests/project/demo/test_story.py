"""The committee's year in the demonstration: what the scenario of 2016 asks of each of its sixteen rows."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tequio.budgets.models import BudgetAmendment, ExpectedIncome
from tequio.budgets.queries.explaining import why_cell
from tequio.budgets.queries.versions import budget_of
from tequio.decisions.models import ActionItem, Body, Decision, DecisionEffect, Position, Proposal, Slot, Vote
from tequio.dues.models import DuesPolicy, InvoiceLine
from tequio.kernel.journal.models import Event
from tequio.meetings.models import Attendance, Meeting, MeetingPart, Minutes, Note, QuorumStated, SeriesTerms
from tequio.rules.notes.reading import read_notes
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
FEBRUARY = date(2016, 2, 6)


def meeting(day):
    return Meeting.objects.get(series__code="committee", occurrence_on=day)


def two_clocks(day):
    moment = meeting(day).starts_at
    return tuple(f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" for zone in ("America/Mexico_City", "America/New_York"))


def notes_of_february(place):
    """What the reader of notes finds in one city's notes of February."""
    texts = Note.objects.filter(item__part__meeting=meeting(FEBRUARY), place__code=place).order_by("item__position")
    return read_notes(text="\n".join(note.revisions.get(number=1).text for note in texts))


def ends():
    return {row.title_en: row.end for row in Decision.objects.filter(recorded=False)}


def test_row_1_one_meeting_with_two_originals_item_by_item_and_a_quorum_per_center(year):
    part = MeetingPart.objects.get(meeting=meeting(FEBRUARY), body__code="leadership-committee")
    sides = Note.objects.filter(item__part=part).order_by("item", "place__code").values_list("place__code", "language")
    assert set(sides) == {("mexico-city", "es"), ("new-york", "en")}
    assert {item.notes.count() for item in part.items.filter(notes__isnull=False)} == {2}
    stated = QuorumStated.objects.filter(part=part).order_by("pk")[0]
    assert (stated.met, stated.here, stated.per_center) == (False, 0, {"mx": [0, 6], "us": [0, 8]})
    voted = QuorumStated.objects.filter(part=part, vote__isnull=False)[0]
    assert (voted.met, voted.here, voted.per_center) == (True, 11, {"mx": [5, 6], "us": [6, 8]})
    assert Attendance.objects.filter(meeting=part.meeting, user__isnull=True).get().name == "Oren Maddox"


def test_row_2_the_budget_was_presented_with_its_assumption_named_and_its_effect_on_dues(year):
    us = budget_of(center="us", year=2016)
    answer = why_cell(budget=us, version=us.versions.get(number=1), code="dues")
    assert [because.figure for because in answer.because if "(fewer)" in because.said.en] == ["5 %"]


def test_row_3_one_site_is_proposed_with_costs_savings_for_and_against_and_what_a_lost_site_means(year):
    version = Proposal.objects.get(versions__ask_en__startswith="Move all servers").versions.get()
    for words, said in (
        (version.resources_en, "3,500 dollars a year saved"),
        (version.for_en, "One rent"),
        (version.against_en, "at once"),
        (version.text_en, "If the only site is lost"),
    ):
        assert said in words
    assert ends()["Move all servers to one site, with addresses we can take along"] == "continue_developing"


def test_row_4_mexico_reported_income_that_was_promised_without_a_currency(year):
    rows = ExpectedIncome.objects.filter(center__code="mx").order_by("pk").values_list("name_en", "amount", "state")
    assert [(amount, state) for _, amount, state in rows] == [(4_800_00, "received"), (3_600_00, "promised")]
    asked = [problem.why.en for problem in notes_of_february("mexico-city").candidates if problem.amount == 4800]
    assert any("currency" in why for why in asked)


def test_rows_5_and_6_four_changes_were_asked_for_and_voted_one_decision_for_each_center(year):
    asked = list(BudgetAmendment.objects.order_by("number").values_list("name", "asked_by", "state"))
    assert [name for name, _, _ in asked] == ["caller", "attacks", "unforeseen", "drive"]
    assert all(by and state == "accepted" for _, by, state in asked)
    found = ends()
    assert found["Adopt New York’s budget of 2016 with the four changes that were asked for"] == "with_modifications"
    assert found["Adopt Mexico City’s budget of 2016"] == "approved"
    assert {"budget.amended", "budget.adopted"} <= set(Event.objects.values_list("kind", flat=True))


def test_row_7_the_question_is_divided_and_its_parts_end_differently(year):
    found = ends()
    assert (found["Raise the dues"], found["Restructure the dues into two parts"]) == ("not_approved", "in_principle")
    task = ActionItem.objects.get(title_en="Write the new structure of the dues")
    # Due in March; it came back at every sitting until it was done, in May.
    assert (task.sitting.starts_at, task.owner.name) == (datetime(2016, 6, 4, 16, tzinfo=UTC), "Ixchel Barrera")
    assert task.closed_at.date() == date(2016, 5, 26)
    assert DecisionEffect.objects.filter(decision__proposal=task.proposal).count() == 0


def test_row_8_people_stand_to_the_parts_in_their_own_words(year):
    rows = Position.objects.order_by("pk").values_list("question__number", "stance", "language")
    assert list(rows) == [(1, "against", "en"), (2, "for", "es"), (2, "concern", "en"), (2, "concern", "es")]


def test_rows_9_and_10_what_is_developed_deferred_left_open_and_assigned(year):
    found = ends()
    campaign = "Hold a year-long campaign for community-run servers, opened by a convening"
    assert found[campaign] == "continue_developing"
    assert Decision.objects.get(title_en=campaign).evaluate_on == date(2016, 5, 31)
    assert found["Invite two sister organizations to found a federation"] == "deferred"
    assert found["Take part in the continental network of community technology"] == "put_in_writing"
    assert "Take the seat we were offered on the board of a network for open infrastructure" not in found


def test_row_11_what_came_too_late_goes_to_the_next_sitting_with_both_hours(year):
    slot = Slot.objects.get(reason="late")
    assert (slot.sitting.starts_at, slot.missed.starts_at, slot.came_at, slot.should_have_come_at) == (
        datetime(2016, 3, 5, 17, tzinfo=UTC),
        datetime(2016, 2, 6, 17, tzinfo=UTC),
        datetime(2016, 2, 5, 18, tzinfo=UTC),
        datetime(2016, 2, 3, 17, tzinfo=UTC),
    )


def test_row_12_a_chair_is_chosen_and_co_chairs_are_looked_for(year):
    from tequio.decisions.models import Seat, Term

    term = Term.objects.get(seat__office="chair")
    assert (term.user.name, term.ends_on) == ("Adaeze Holm", date(2017, 2, 8))
    assert term.decision.title_en == "Adaeze Holm chairs the committee for a year"
    assert Seat.objects.filter(office="co_chair", terms__isnull=True).count() == 2
    assert ActionItem.objects.filter(title_en="Find somebody to co-chair", closed_at__isnull=True).count() == 1


def test_row_13_bodies_and_series_began_and_changed_by_decisions_and_calendars_hear_of_it(year):
    found = [
        (terms.series.code, terms.valid_from, terms.decision.title_en if terms.decision else None)
        for terms in SeriesTerms.objects.select_related("series", "decision").order_by("valid_from", "series__code")
    ]
    three = "Three meetings a month: the committee, campaign and administration"
    joined = "Join the committee and campaign in one meeting of two hours"
    assert found == [
        ("committee", date(2016, 2, 1), None),
        ("administration", date(2016, 3, 7), three),
        ("campaign", date(2016, 3, 7), three),
        ("campaign", date(2016, 4, 4), joined),
        ("committee", date(2016, 4, 4), joined),
        ("international", date(2016, 5, 1), joined),
    ]
    assert (
        Body.objects.get(code="campaign-team").decision.title_en == "Found a campaign team and an administration team"
    )
    june = meeting(date(2016, 6, 4))
    assert list(june.parts.order_by("position").values_list("body__code", "minutes")) == [
        ("leadership-committee", 60),
        ("campaign-team", 60),
    ]
    # Between the weeks in which one country has changed its clocks and the other has not, New York is two hours ahead.
    hours = {day: two_clocks(day) for day in (date(2016, 3, 5), date(2016, 4, 2), date(2016, 11, 5))}
    assert hours == {
        date(2016, 3, 5): ("11:00", "12:00"),
        date(2016, 4, 2): ("11:00", "13:00"),
        date(2016, 11, 5): ("11:00", "13:00"),
    }
    dropped = Meeting.objects.filter(series__code="campaign", cancelled_at__isnull=False)
    assert dropped.count() > 0
    assert set(dropped.values_list("sequence", flat=True)) == {1}
    assert ActionItem.objects.get(title_en__startswith="Put the three kinds of meetings").closed_note.startswith(
        "2016-"
    )


def test_row_14_the_minutes_were_approved_in_march_and_a_later_edit_is_a_revision_with_a_date(year):
    minutes = Minutes.objects.get()
    assert (minutes.approved_by.in_favor, minutes.approved_by.decided_on) == (11, date(2016, 3, 5))
    frozen = minutes.texts.get(revision__note__item__title_en="Reports of both centers", revision__note__language="es")
    later = frozen.revision.note.revisions.order_by("-number")[0]
    assert (later.kind, later.made_at.date(), later.number) == ("corrected", date(2016, 3, 26), 2)
    assert "2,800 pesos" in later.text
    assert "2,800 pesos" not in frozen.revision.text


def test_rows_15_and_16_the_next_invoices_follow_the_vote_of_june_and_say_so(year):
    june = Decision.objects.get(title_en="Dues in two parts: membership, and operations and support")
    assert (june.end, june.in_favor, june.against, june.recorded) == ("approved", 12, 0, False)
    policies = list(DuesPolicy.objects.filter(decision=june).order_by("code").values_list("code", "valid_from"))
    assert policies == [("mx-dues-2016", date(2016, 7, 1)), ("us-dues-2016", date(2016, 7, 1))]
    lines = InvoiceLine.objects.filter(invoice__policy__decision=june)
    assert set(lines.values_list("part", flat=True)) == {"membership", "operations"}
    early = InvoiceLine.objects.filter(invoice__policy__isnull=False, invoice__period_start__lt=date(2016, 7, 1))
    assert set(early.values_list("invoice__policy__decision__code", flat=True)) == {"2010-dues"}


def test_the_second_part_was_renamed_by_an_amendment_that_started_the_hours_anew(year):
    asked = Proposal.objects.get(comes_back_from__isnull=False)
    amendment = asked.amendments.get()
    assert (amendment.state, amendment.into.number) == ("accepted", 3)
    assert "service fee" not in amendment.into.text_en
    assert asked.changed_at == amendment.ended_at


def test_a_vote_is_open_when_somebody_comes_in_by_the_door(year):
    vote = Vote.objects.get(closed_at__isnull=True)
    assert vote.closes_at > datetime(2016, 12, 31, 18, 30, tzinfo=UTC)
    assert vote.electors.filter(ballot__isnull=True).count() == 9


def test_the_journal_knows_what_happened(year):
    kinds = set(Event.objects.values_list("kind", flat=True))
    promised = (
        *("proposal.drafted", "proposal.circulated", "proposal.divided", "proposal.placed", "amendment.accepted"),
        *("vote.opened", "vote.closed", "decision.taken", "proposal.withdrawn"),
    )
    assert [kind for kind in promised if kind not in kinds] == []


def test_who_sits_there_is_named_in_both_languages():
    from tequio.project.demo.people import ROLES

    assert {email for email, text in ROLES.items() if text == Text(en="", es="")} == set()
