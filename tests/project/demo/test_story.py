"""The committee's year in the demonstration: what the scenario of 2016 asks of its rows 7 to 12, 15 and 16."""

from datetime import UTC, date, datetime

import pytest

from tequio.decisions.models import ActionItem, Decision, DecisionEffect, Position, Proposal, Slot, Vote
from tequio.dues.models import DuesPolicy, InvoiceLine
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def year(live_once):
    return live_once(members=100, seed=7)


def ends():
    return {row.title_en: row.end for row in Decision.objects.filter(recorded=False)}


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
