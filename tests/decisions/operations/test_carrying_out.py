"""Carrying a decision out: once, whole or not at all, from its day, confirmed by a named person."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from committees import ACTOR, AT, DAY, HOUR, committee, fresh, proposal, voted
from decisions.made_up_effect import SetSign, sign
from tequio.decisions.effects import registry
from tequio.decisions.effects.registry import Consequences
from tequio.decisions.models import Decision, DecisionEffect, Proposal, Version
from tequio.decisions.operations.carrying_out import FactsMoved, InTheWay, carry_out_due, confirm, drop_effect
from tequio.decisions.operations.reversing import reversal
from tequio.decisions.queries.carrying import carrying_out
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
SEPTEMBER = AT.replace(month=9, day=1)


@pytest.fixture
def people():
    return committee(4)[1]


@pytest.fixture
def decided(people, signs):
    """A function: a decision of the committee with these effects."""
    signs.stands |= {"gate": "closed", "wall": "closed"}

    def make(*effects):
        before = proposal(people[0].terms.get().seat.body, people[0], effects=effects)
        voted(before, people, *["favor"] * 4)
        return Decision.objects.get(proposal=before)

    return make


def confirms(decision, people, *, at=SEPTEMBER, **given):
    return confirm(decision=decision, by=people[1], actor=people[1].actor, at=at, **given)


def states(decision):
    return list(decision.effects.order_by("position").values_list("state", flat=True))


def test_confirmed_by_a_named_person_it_is_carried_out_with_its_plan_kept(decided, people, signs):
    decision = decided(sign())

    carried = confirms(decision, people)

    row = decision.effects.get()
    assert (carried.applied, carried.waiting, signs.stands["door"]) == ((0,), (), "open")
    assert (row.state, row.applied_at, row.confirmed_by, row.confirmed_as) == (
        "applied",
        SEPTEMBER,
        people[1],
        people[1].actor,
    )
    assert row.plan["changes"][0]["after"]["en"] == "The door says open."
    assert list(Event.objects.order_by("pk").values_list("kind", "subject", "payload"))[-2:] == [
        ("decision.effects_confirmed", f"decision:{decision.code}", {"effects": [0]}),
        ("decision.effects_applied", f"decision:{decision.code}", {"effects": [0]}),
    ]


def test_it_is_carried_out_once(decided, people, signs):
    decision = decided(sign())
    confirms(decision, people)
    signs.stands["door"] = "moved by hand"

    with pytest.raises(Refusal, match=r"Nothing of decision \S+ waits"):
        confirms(decision, people)
    assert signs.stands["door"] == "moved by hand"


def test_the_database_itself_carries_an_effect_out_once_and_keeps_it_as_it_was_decided(decided, people):
    decision = decided(sign())
    confirms(decision, people)

    for change in ({"state": "waiting", "applied_at": None}, {"data": {}}, {"kind": "other"}, {"base": {"x": 1}}):
        with pytest.raises(IntegrityError, match="as it was decided"), transaction.atomic():
            DecisionEffect.objects.filter(decision=decision).update(**change)


def test_before_its_day_it_is_confirmed_and_waits_and_the_daily_work_carries_it_out(decided, people, signs):
    decision = decided(sign())

    assert confirms(decision, people, at=AT + DAY).waiting == (0,)
    assert carry_out_due(actor=ACTOR, at=SEPTEMBER - DAY).applied == ()
    assert signs.stands["door"] == "closed"

    assert carry_out_due(actor=ACTOR, at=SEPTEMBER).applied == (decision.code,)
    assert (signs.stands["door"], decision.effects.get().confirmed_by) == ("open", people[1])
    assert carry_out_due(actor=ACTOR, at=SEPTEMBER).applied == ()


def test_what_is_dated_by_itself_is_carried_out_at_once(decided, people, signs, monkeypatch):
    monkeypatch.setattr(SetSign, "ahead", True, raising=False)
    decision = decided(sign())

    assert confirms(decision, people, at=AT + DAY).applied == (0,)
    assert signs.stands["door"] == "open"


def test_nobody_has_to_remember_the_day_comes_and_the_daily_work_says_what_waits_for_a_person(decided):
    decision = decided(sign())

    assert carry_out_due(actor=ACTOR, at=SEPTEMBER - DAY).waiting == ()
    done = carry_out_due(actor=ACTOR, at=SEPTEMBER)
    assert (done.applied, done.waiting) == ((), (decision.code,))


def test_when_the_base_moved_all_of_it_stops_and_both_are_shown(decided, people, signs):
    decision = decided(sign(), sign(place="gate"))
    signs.stands["gate"] = "ajar"

    with pytest.raises(InTheWay, match=r"Nothing was carried out. Effect 2: it said closed and says ajar."):
        confirms(decision, people)
    assert (states(decision), signs.stands["door"]) == (["waiting", "waiting"], "closed")


def test_an_effect_about_something_gone_stops_all_of_it(decided, people, signs):
    decision = decided(sign(), sign(place="gate"))
    del signs.stands["gate"]

    with pytest.raises(InTheWay, match="there is no gate"):
        confirms(decision, people)


def test_a_kind_nobody_knows_any_more_is_an_error_and_never_silently_nothing(decided, people, signs, monkeypatch):
    decision = decided(sign())
    monkeypatch.delitem(registry._kinds, signs.name)

    with pytest.raises(InTheWay, match=r"There is no effect “test\.set_sign”"):
        confirms(decision, people)
    assert states(decision) == ["waiting"]


def test_a_day_that_passed_before_it_was_confirmed_is_no_reason_not_to_carry_it_out(decided, people, signs):
    decision = decided(sign(day="2016-08-01"))

    assert confirms(decision, people).applied == (0,)


class CrashError(Exception):
    """The process dies."""


def test_a_crash_between_two_effects_leaves_nothing_half(decided, people, signs, monkeypatch):
    decision = decided(sign(), sign(place="gate"))
    written = []

    def half(self, *, plan, decision, actor, at):
        if written:
            raise CrashError
        written.append(Decision.objects.filter(pk=decision.pk).values_list("code", flat=True)[0])
        Proposal.objects.update(no_priority_because="half done")
        return {}

    monkeypatch.setattr(SetSign, "apply", half)
    with pytest.raises(CrashError), transaction.atomic():
        confirms(decision, people)

    assert (states(decision), decision.effects.exclude(confirmed_as="").count()) == (["waiting", "waiting"], 0)
    assert not Proposal.objects.filter(no_priority_because="half done").exists()
    assert not Event.objects.filter(kind__startswith="decision.effects").exists()


def test_of_two_of_a_day_where_the_second_is_refused_none_is_carried_out(decided, people, signs, monkeypatch):
    decision = decided(sign(), sign(place="gate"))
    apply = SetSign.apply

    def refuses(self, *, plan, decision, actor, at):
        if plan.data["place"] == "gate":
            raise Refusal(en="No.", es="No pues.")
        return apply(self, plan=plan, decision=decision, actor=actor, at=at)

    monkeypatch.setattr(SetSign, "apply", refuses)
    with pytest.raises(Refusal, match=r"No\."), transaction.atomic():
        confirms(decision, people)
    assert states(decision) == ["waiting", "waiting"]


def test_when_something_is_in_the_way_on_its_day_the_confirmation_lapses_and_a_person_has_to_look(
    decided, people, signs
):
    decision = decided(sign())
    confirms(decision, people, at=AT + DAY)
    signs.stands["door"] = "ajar"

    done = carry_out_due(actor=ACTOR, at=SEPTEMBER)

    assert [(code, text.en) for code, text in done.stopped] == [
        (decision.code, "Nothing was carried out. Effect 1: it said closed and says ajar.")
    ]
    assert done.waiting == (decision.code,)
    assert (states(decision), decision.effects.get().confirmed_as) == (["waiting"], "")
    assert Event.objects.filter(kind="decision.effects_stopped").count() == 1


@pytest.fixture
def members_count(monkeypatch):
    """What the sign's preview tells: how many members it is about; tolerance 5 %."""
    facts = {"members": 100}

    def consequences(self, *, data, on, assumptions=None):
        said = Text(en=f"{facts['members']} members", es=f"{facts['members']} membresías")
        return Consequences(facts=dict(facts), facts_said={"members": said}, tolerance=5)

    monkeypatch.setattr(SetSign, "consequences", consequences)
    return facts


def test_within_the_tolerance_nothing_is_asked(decided, people, members_count):
    decision = decided(sign())
    members_count["members"] = 105

    assert confirms(decision, people).applied == (0,)


def test_beyond_the_tolerance_whoever_confirms_is_told_and_confirms_what_was_seen(decided, people, members_count):
    decision = decided(sign())
    members_count["members"] = 106

    with pytest.raises(FactsMoved, match=r"When the vote opened: 100 members. Now: 106 members.") as told:
        confirms(decision, people)
    assert states(decision) == ["waiting"]

    members_count["members"] = 120
    with pytest.raises(FactsMoved, match="Now: 120 members"):
        confirms(decision, people, key=told.value.found.key)

    seen = carrying_out(decision=decision, at=SEPTEMBER)
    assert confirms(decision, people, key=seen.key).applied == (0,)


def test_what_moved_before_the_confirmation_was_seen_then_and_only_what_moves_after_stops_it(
    decided, people, members_count
):
    decision = decided(sign())
    members_count["members"] = 200
    key = carrying_out(decision=decision, at=AT + DAY).key
    confirms(decision, people, at=AT + DAY, key=key)

    assert carry_out_due(actor=ACTOR, at=SEPTEMBER).applied == (decision.code,)


def test_what_moves_between_confirmation_and_day_is_not_carried_out_unseen(decided, people, members_count):
    decision = decided(sign())
    confirms(decision, people, at=AT + DAY)
    members_count["members"] = 200

    done = carry_out_due(actor=ACTOR, at=SEPTEMBER)
    assert ([code for code, _ in done.stopped], states(decision)) == ([decision.code], ["waiting"])


def test_what_cannot_be_carried_out_is_dropped_with_a_reason_and_the_rest_goes_on(decided, people, signs):
    decision = decided(sign(), sign(place="gate"))
    del signs.stands["gate"]
    first, second = decision.effects.order_by("position")

    with pytest.raises(Refusal, match="Nothing is in the way"):
        drop_effect(effect=first, why="I like it not", by=people[1], actor=ACTOR, at=SEPTEMBER)
    with pytest.raises(Refusal, match="Say why"):
        drop_effect(effect=second, why=" ", by=people[1], actor=ACTOR, at=SEPTEMBER)
    drop_effect(effect=second, why="the gate is gone", by=people[1], actor=ACTOR, at=SEPTEMBER)

    assert confirms(decision, people).applied == (0,)
    assert (states(decision), fresh(second).why_dropped) == (["applied", "dropped"], "the gate is gone")


def test_a_decision_that_does_nothing_has_nothing_to_confirm(decided, people):
    with pytest.raises(Refusal, match="Nothing of decision"):
        confirms(decided(), people)


def test_taking_a_decision_back_is_a_draft_with_the_inverse_effects_the_last_first(decided, people):
    decision = decided(sign(), sign(place="gate"))
    confirms(decision, people)

    draft = reversal(decision=decision, sponsor=people[2], actor=ACTOR, at=SEPTEMBER)

    version = Version.objects.get(proposal=draft)
    assert (draft.stage, draft.reverses, draft.sponsor) == ("draft", decision, people[2])
    assert [(e["data"]["place"], e["data"]["says"]) for e in version.effects] == [
        ("gate", "closed"),
        ("door", "closed"),
    ]
    assert {e["data"]["from"] for e in version.effects} == {"2016-09-12"}  # three days of review, seven of voting
    assert version.ask_en == f"To take back decision {decision.code}: Do it"
    assert version.ask_es.startswith("Revertir el acuerdo")
    assert "The door says open." in version.text_en


def test_what_was_not_carried_out_is_not_taken_back(decided, people):
    with pytest.raises(Refusal, match="nothing to take back"):
        reversal(decision=decided(sign()), sponsor=people[0], actor=ACTOR, at=SEPTEMBER)


def test_when_the_other_decision_is_carried_out_the_first_ones_effects_are_reversed(decided, people, signs):
    from tequio.decisions.operations.proposing import submit

    decision = decided(sign())
    confirms(decision, people)
    draft = reversal(decision=decision, sponsor=people[0], actor=ACTOR, at=SEPTEMBER)
    submit(proposal=draft, by=people[0], actor=ACTOR, at=SEPTEMBER)
    voted(draft, people, *["favor"] * 4, at=SEPTEMBER + 4 * DAY)
    back = Decision.objects.get(proposal=draft)

    assert states(decision) == ["applied"]
    confirms(back, people, at=SEPTEMBER + 60 * DAY)

    assert (signs.stands["door"], states(decision), states(back)) == ("closed", ["reversed"], ["applied"])
    assert back.effects.get().reverses == decision.effects.get()


def test_the_numbers_of_a_day_are_those_of_the_latest_zone(decided, people, signs, sample_rules):
    decision = decided(sign())
    evening = SEPTEMBER.replace(hour=3)  # still August in Mexico City and New York

    assert confirms(decision, people, at=evening).waiting == (0,)
    assert carry_out_due(actor=ACTOR, at=evening + HOUR).applied == ()
    assert carry_out_due(actor=ACTOR, at=SEPTEMBER).applied == (decision.code,)
    assert decision.effects.get().effective_on == date(2016, 9, 1)
