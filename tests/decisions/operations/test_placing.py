"""The sitting a proposal comes before: review, delays, lateness with both hours, votes that let it in."""

from datetime import timedelta

import pytest

from committees import ACTOR, AT, DAY, HOUR, fresh, person, proposal, said_in, sitting, words
from committees import committee as committee_of
from tequio.decisions.models import Delay, Slot, SlotReason
from tequio.decisions.operations import placing, proposing
from tequio.decisions.operations.closing import close
from tequio.decisions.operations.founding import cancel_sitting
from tequio.decisions.operations.preliminary import open_let_in_vote
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
FIRST, NEXT, THIRD = AT, AT + 28 * DAY, AT + 56 * DAY


@pytest.fixture
def made():
    """A committee of six with three sittings to come: noon of 15 July, and four and eight weeks later."""
    body, people = committee_of()
    for starts_at in (FIRST, NEXT, THIRD):
        sitting(body, starts_at=starts_at)
    return body, people


def stands(of):
    """Where a proposal stands: the sitting's hour, why, and for one that came too late the three hours."""
    slot = Slot.objects.filter(proposal=of, ended_at__isnull=True).select_related("sitting", "missed").first()
    if slot is None:
        return None
    missed = slot.missed and slot.missed.starts_at
    return slot.sitting.starts_at, slot.reason, missed, slot.came_at, slot.should_have_come_at


def change(of, *, at, text="First why.\n\nThen how."):
    latest = of.versions.order_by("-number")[0]
    new = words()
    return proposing.change(
        proposal=of,
        against=latest.number,
        words=type(new)(original="en", ask=new.ask, text=Text(en=text, es=new.text.es), resources=new.resources),
        effects=[],
        by=of.sponsor,
        actor=ACTOR,
        at=at,
    )


def hold_back(of, who, *, at, days=2, reason="I have to ask at home."):
    return placing.delay(proposal=of, days=days, reason=reason, by=who, actor=who.actor, at=at)


def test_in_time_to_the_second_it_comes_before_the_next_sitting_and_a_second_later_before_the_one_after(made):
    body, people = made
    in_time = proposal(body, people[0], ask="A", at=FIRST - 72 * HOUR)
    late_at = FIRST - 72 * HOUR + timedelta(seconds=1)
    late = proposal(body, people[0], ask="B", at=late_at)

    assert stands(in_time) == (FIRST, SlotReason.READY, None, None, None)
    assert stands(late) == (NEXT, SlotReason.LATE, FIRST, late_at, FIRST - 72 * HOUR)
    assert Event.objects.order_by("-id").values_list("kind", "subject")[0] == (
        "proposal.placed",
        f"proposal:{late.code}",
    )


def test_a_change_starts_the_hours_anew_and_it_may_miss_its_sitting(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 100 * HOUR)
    before = stands(of)

    change(of, at=FIRST - 10 * HOUR)

    assert (before[:2], stands(of)) == (
        (FIRST, SlotReason.READY),
        (NEXT, SlotReason.LATE, FIRST, FIRST - 10 * HOUR, FIRST - 72 * HOUR),
    )
    assert Slot.objects.count() == 2


def test_one_that_was_too_late_keeps_both_hours_when_the_sitting_it_missed_is_over(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 10 * HOUR)
    before = stands(of)

    placing.place(proposal=of, actor=ACTOR, at=FIRST + DAY)

    assert (stands(of), Slot.objects.count()) == (before, 1)


def test_without_a_sitting_to_come_it_stands_nowhere_until_one_is_planned():
    body, people = committee_of()
    of = proposal(body, people[0])
    before = stands(of)

    sitting(body, starts_at=FIRST, at=AT - DAY)

    assert (before, stands(of)) == (None, (FIRST, SlotReason.READY, None, None, None))


def test_in_a_body_without_a_rule_of_decision_it_stands_nowhere(circulated, committee):
    sitting(committee, starts_at=NEXT)

    assert stands(circulated()) is None


def test_what_a_sitting_did_not_come_to_goes_on_to_the_next_a_day_later(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 100 * HOUR)

    moved = [placing.place_all(actor=ACTOR, at=FIRST + hours * HOUR) for hours in (1, 23, 24, 25)]

    assert (moved, stands(of)[:2]) == ([0, 0, 1, 0], (NEXT, SlotReason.READY))


def test_when_its_sitting_is_cancelled_it_comes_before_the_one_after(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 100 * HOUR)

    cancel_sitting(sitting=sitting(body, starts_at=FIRST), actor=ACTOR, at=FIRST - DAY)

    assert stands(of)[:2] == (NEXT, SlotReason.READY)


def test_where_a_vote_deferred_it_to_it_does_not_come_before_an_earlier_sitting(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 100 * HOUR)
    Slot.objects.filter(proposal=of).update(sitting=sitting(body, starts_at=NEXT), reason=SlotReason.DEFERRED)

    placing.place(proposal=of, actor=ACTOR, at=FIRST - 90 * HOUR)
    kept = stands(of)[:2]
    change(of, at=NEXT - HOUR)

    assert kept == (NEXT, SlotReason.DEFERRED)
    assert stands(of) == (THIRD, SlotReason.LATE, NEXT, NEXT - HOUR, NEXT - 72 * HOUR)


def test_a_recorded_vote_lets_it_into_a_sitting_until_it_is_changed(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 10 * HOUR)
    here = sitting(body, starts_at=FIRST)
    vote = open_let_in_vote(proposal=of, into=here, by=people[0], actor=ACTOR, at=FIRST)
    said_in(vote, people, *["favor"] * 6)
    close(vote=vote, actor=ACTOR, at=FIRST)

    placing.place(proposal=of, actor=ACTOR, at=FIRST + HOUR)
    let_in = stands(of)
    change(of, at=FIRST + 2 * HOUR)

    assert let_in == (FIRST, SlotReason.LET_IN, None, None, None)
    assert stands(of)[:2] == (NEXT, SlotReason.READY)


def test_a_person_holds_it_back_once_and_it_misses_its_sitting_though_it_came_in_time(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 100 * HOUR)

    hold_back(of, people[1], at=FIRST - 20 * HOUR)

    assert stands(of) == (NEXT, SlotReason.LATE, FIRST, FIRST - 100 * HOUR, FIRST - 72 * HOUR)
    assert Delay.objects.values_list("user", "days", "reason").get() == (people[1].pk, 2, "I have to ask at home.")
    with pytest.raises(Refusal, match="a person may do so once"):
        hold_back(of, people[1], at=FIRST - 19 * HOUR)
    hold_back(of, people[2], at=FIRST - 19 * HOUR)
    assert Delay.objects.count() == 2


def test_a_delay_is_spent_by_a_change_and_may_not_be_asked_for_again(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 200 * HOUR)
    hold_back(of, people[1], at=FIRST - 199 * HOUR, days=5)

    change(of, at=FIRST - 80 * HOUR)

    assert stands(of)[:2] == (FIRST, SlotReason.READY)
    with pytest.raises(Refusal, match="once"):
        hold_back(of, people[1], at=FIRST - 79 * HOUR)


@pytest.mark.parametrize("days", [0, -1, 6])
def test_nobody_holds_it_back_for_longer_than_the_rule_says(made, days):
    body, people = made

    with pytest.raises(Refusal, match="for 5 days at most"):
        hold_back(proposal(body, people[0]), people[1], at=AT - DAY, days=days)


def test_only_who_sits_on_the_body_holds_back_what_circulates_and_says_why(made):
    body, people = made
    of = proposal(body, people[0])

    with pytest.raises(Refusal, match="Only who sits on committee"):
        hold_back(of, person("Zoe"), at=AT - DAY)
    with pytest.raises(Refusal, match="in a sentence why"):
        hold_back(of, people[1], at=AT - DAY, reason=" ")
    proposing.withdraw(proposal=of, by=people[0], actor=ACTOR, at=AT - DAY)
    with pytest.raises(Refusal, match="was withdrawn"):
        hold_back(of, people[1], at=AT - DAY)
    assert stands(fresh(of)) is None, "what is withdrawn stands on no agenda"


def test_placed_again_it_changes_nothing_and_writes_nothing(made):
    body, people = made
    of = proposal(body, people[0])
    before = Event.objects.count()

    placing.place(proposal=of, actor=ACTOR, at=AT - DAY)

    assert (Event.objects.count(), Slot.objects.count()) == (before, 1)


def test_one_that_came_too_late_and_is_changed_again_came_when_it_was_changed(made):
    body, people = made
    of = proposal(body, people[0], at=FIRST - 10 * HOUR)

    change(of, at=FIRST - 5 * HOUR)

    assert stands(of) == (NEXT, SlotReason.LATE, FIRST, FIRST - 5 * HOUR, FIRST - 72 * HOUR)
