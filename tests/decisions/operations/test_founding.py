"""Bodies, their mandates, rules of decision, sittings, and the priorities of a year."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from committees import ACTOR, AT, DAY, HOUR, body, both, committee, person, proposal, seat, sits, sitting, voted
from tequio.decisions.models import Decision, DecisionRule, Mandate, Priority, Slot
from tequio.decisions.operations.founding import (
    adopt_mandate,
    adopt_rule,
    cancel_sitting,
    change_body,
    end_body,
    plan_sitting,
    rank_priorities,
)
from tequio.decisions.queries.in_force import mandate_on, rule_on
from tequio.decisions.queries.sittings import next_sitting
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

pytestmark = pytest.mark.django_db
ON = date(2016, 7, 15)


@pytest.fixture
def made():
    return body()


def decision():
    return Decision.objects.first()


def adopts(of, *, code="r-2016", valid_from=ON, terms=None):
    return adopt_rule(
        body=of,
        code=code,
        title=both("Rules"),
        valid_from=valid_from,
        decision=decision(),
        terms=terms or {"quorum": "1/3", "majority": ">1/2"},
        actor=ACTOR,
        at=AT,
    )


def test_each_day_has_the_rule_that_was_adopted_last(made):
    adopts(made)

    assert rule_on(body=made, on=date(2016, 7, 14)).code == "committee-rules-2013"
    assert rule_on(body=made, on=ON).code == "r-2016"


def test_a_rule_in_force_is_never_changed(made):
    with pytest.raises(IntegrityError, match="in force is frozen"), transaction.atomic():
        DecisionRule.objects.update(terms={})
    assert adopts(made, code="committee-rules-2013").terms["majority"] == ">2/3"


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"quorum": "1/2"}, "lacks its “majority”"),
        ({"quorum": "1/2", "majority": "1/2"}, "a tie or less would pass"),
        ({"quorum": "1/2", "majority": ">1/2", "weights": {"organization": 2, "individual": 1}}, "Where members vote"),
    ],
    ids=str,
)
def test_terms_that_make_no_rule_for_this_body_are_refused(made, terms, said):
    with pytest.raises(Refusal, match=said):
        adopts(made, terms=terms)
    assert DecisionRule.objects.count() == 1


def test_two_rules_do_not_begin_on_one_day(made):
    with pytest.raises(Refusal, match="committee-rules-2013 is in force in committee from 1 January 2013 already"):
        adopts(made, valid_from=date(2013, 1, 1))


def mandate(of, words="Answer tickets.", *, valid_from=ON):
    return adopt_mandate(body=of, text=both(words), valid_from=valid_from, decision=decision(), actor=ACTOR, at=AT)


def test_a_mandate_holds_from_its_day_and_the_next_one_replaces_it(made):
    mandate(made)
    mandate(made, "Keep servers.", valid_from=date(2016, 8, 1))

    assert mandate_on(body=made, on=date(2016, 7, 14)) is None
    assert mandate_on(body=made, on=date(2016, 7, 31)).text_en == "Answer tickets."
    assert mandate_on(body=made, on=date(2016, 8, 1)).text_en == "Keep servers."


def test_the_same_mandate_again_is_the_one_there_is_and_another_for_its_day_is_refused(made):
    assert mandate(made) == mandate(made)
    with pytest.raises(Refusal, match="has a mandate from 15 July 2016 already"):
        mandate(made, "Something else.")
    assert Mandate.objects.count() == 1


def test_what_a_body_is_called_and_may_reach_changes_and_is_in_the_journal(made):
    change_body(body=made, name=both("Maintenance"), access_scopes=["root"], actor=ACTOR, at=AT)
    change_body(body=made, name=both("Maintenance"), access_scopes=["root"], actor=ACTOR, at=AT)

    made.refresh_from_db()
    assert (made.name_en, made.access_scopes) == ("Maintenance", ["root"])
    assert list(Event.objects.filter(kind="body.changed").values_list("payload", flat=True)) == [
        {"access_scopes": ["root"]}
    ]


def test_a_body_ends_with_the_terms_and_seats_of_those_who_sit_on_it(made):
    term = sits(made, person("Ana"))
    seat(made, office="co_chair", search=True)

    end_body(body=made, on=ON, decision=decision(), actor=ACTOR, at=AT)

    made.refresh_from_db()
    term.refresh_from_db()
    assert (made.ended_on, term.ended_on, term.ended_by) == (ON, ON, decision())
    assert set(made.seats.values_list("closed_on", flat=True)) == {ON}
    assert made.action_items.filter(closed_at__isnull=True).count() == 0
    with pytest.raises(Refusal, match="has ended already"):
        end_body(body=made, on=ON, decision=decision(), actor=ACTOR, at=AT)


def plans(of, *, starts_at=AT + DAY, zone="America/New_York"):
    return plan_sitting(body=of, starts_at=starts_at, zone=zone, actor=ACTOR, at=AT)


def test_coming_sittings_are_a_plain_list(made):
    later, sooner = plans(made, starts_at=AT + 2 * DAY), plans(made)

    assert next_sitting(body=made, after=AT) == sooner
    assert next_sitting(body=made, after=AT + DAY) == later


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"zone": "Mexico"}, "is no zone"),
        ({"zone": "../etc/passwd"}, "is no zone"),
        ({"starts_at": AT - HOUR}, "That hour is over"),
    ],
    ids=str,
)
def test_a_sitting_that_cannot_be_is_refused(made, given, said):
    with pytest.raises(Refusal, match=said):
        plans(made, **given)


def test_two_sittings_at_one_hour_are_one_too_many_unless_one_was_cancelled(made):
    first = plans(made)
    with pytest.raises(Refusal, match="at that hour already"):
        plans(made)
    assert cancel_sitting(sitting=first, actor=ACTOR, at=AT)
    assert not cancel_sitting(sitting=first, actor=ACTOR, at=AT)
    assert plans(made).pk != first.pk


def test_what_stood_on_the_agenda_of_a_cancelled_sitting_comes_before_the_one_after():
    made, people = committee(3)
    there = plans(made)
    proposal(made, people[0])

    cancel_sitting(sitting=there, actor=ACTOR, at=AT)
    alone = list(Slot.objects.values_list("sitting", "ended_at"))
    after = plans(made, starts_at=AT + 30 * DAY)

    assert alone == [(there.pk, AT)]
    assert list(Slot.objects.filter(ended_at__isnull=True).values_list("sitting", "reason")) == [(after.pk, "ready")]


def test_a_sitting_in_which_was_voted_is_not_cancelled():
    made, people = committee(3)
    voted(proposal(made, people[0]), people, "favor")

    with pytest.raises(Refusal, match="A vote was taken"):
        cancel_sitting(sitting=sitting(made), actor=ACTOR, at=AT)


def test_the_priorities_of_a_year_are_put_down_once(made):
    texts = [both("Roots"), both("Branches")]

    def rank(some):
        return rank_priorities(year=2016, texts=some, decision=decision(), actor=ACTOR, at=AT)

    assert rank(texts) == rank(texts)
    with pytest.raises(Refusal, match="2016 has its priorities already"):
        rank(texts[::-1])
    assert list(Priority.objects.values_list("year", "number", "text_en")) == [
        (2016, 1, "Roots"),
        (2016, 2, "Branches"),
    ]
