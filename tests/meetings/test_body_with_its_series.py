"""One decision founds a body and begins its meetings: shown, checked, carried out and taken back as one."""

import json
from datetime import date

import pytest
from icalendar import Calendar

from committees import ACTOR, AT, DAY, HOUR, both, committee, proposal, voted
from gatherings import two_cities
from meetings.series_to_test import MEXICO
from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect
from tequio.decisions.models import ActionItem, Body, Decision, DecisionEffect, Seat
from tequio.decisions.operations.carrying_out import carry_out_due, confirm, drop_effect
from tequio.decisions.operations.dividing import divide
from tequio.decisions.operations.founding import change_body, found_body
from tequio.decisions.operations.proposing import change
from tequio.decisions.operations.reversing import reversal
from tequio.decisions.page_queries.proposals import effects_said
from tequio.decisions.queries.carrying import carrying_out
from tequio.decisions.wordings import words_of
from tequio.kernel.errors import Refusal
from tequio.meetings.effects.series import CreateSeries
from tequio.meetings.models import Meeting, Series
from tequio.meetings.queries.feed import feed_of
from tequio.rules.dividing import Part

pytestmark = pytest.mark.django_db
DAY_OF_IT = "2016-08-01"
ON = date(2016, 7, 15)
SEPTEMBER = AT.replace(month=9, day=1)


def named(en, es):
    return {"en": en, "es": es}


def found(code="water", *, starts=DAY_OF_IT, **more):
    data = {
        "code": code,
        "name": named("Water committee", "Comité del agua"),
        "mandate": named("Looks after the wells.", "Cuida los pozos."),
        "from": starts,
        **more,
    }
    return {"kind": "body.create", "data": data}


def begin(*bodies, code="wells", starts=DAY_OF_IT, **more):
    data = {
        "code": code,
        "name": named("Wells", "Pozos"),
        "from": starts,
        "recurrence": {"kind": "weekday_of_month", "which": "first", "weekday": "saturday"},
        "hour": "12:00",
        "zone": MEXICO,
        "bodies": [{"body": one, "minutes": 60} for one in bodies],
        "places": ["york", "centro"],
        **more,
    }
    return {"kind": "series.create", "data": data}


def previewed(*effects, on=ON):
    return preview_of(effects=[Effect.of(one) for one in effects], on=on)


@pytest.fixture
def people():
    made = committee(4, code="lc")[1]
    two_cities()
    return made


@pytest.fixture
def lc(people):
    return Body.objects.get(code="lc")


@pytest.fixture
def decided(lc, people):
    """A function: a decision with these effects, waiting for a person."""

    def make(*effects):
        asked = proposal(lc, people[0], effects=list(effects))
        voted(asked, people, *["favor"] * 4)
        return Decision.objects.get(proposal=asked)

    return make


def confirms(decision, people, *, at=SEPTEMBER):
    return confirm(decision=decision, by=people[1], actor=people[1].actor, at=at)


def made():
    """What there is of both: body, series, its meetings, effects carried out."""
    return (
        Body.objects.filter(code="water").count(),
        Series.objects.filter(code="wells").count(),
        Meeting.objects.count(),
        DecisionEffect.objects.filter(state="applied").count(),
    )


def test_the_preview_names_the_body_that_is_not_there_yet_and_says_what_rests_on_what(people):
    first, second = previewed(found(), begin("water", "lc")).effects
    assert first.consequences.sentences == ()
    assert second.consequences.sentences[0].as_dict() == {
        "en": "“Water committee” is founded by effect 1 of the same text; the two are carried out together, or neither "
        "is.",
        "es": "El efecto 1 del mismo texto crea «Comité del agua»; los dos se llevan a cabo juntos, o ninguno.",
    }
    who = next(one for one in second.plan.changes if one.what.en == "Who meets")
    assert who.after.as_dict() == {
        "en": "Water committee, 60 minutes; lc, 60 minutes",
        "es": "Comité del agua, 60 minutos; lc (es), 60 minutos",
    }
    assert len(second.consequences.tables[0].rows) == 6
    assert made() == (0, 0, 0, 0)


def test_the_review_that_the_new_bodys_rule_wants_is_held_against_its_deadlines(people):
    rule = {"quorum": "1/2", "majority": ">1/2", "review_hours": 240}
    meets = begin("water", deadlines=[{"kind": "proposals_close", "days": 2}])
    said = [one.en for one in previewed(found(terms=rule), meets).effects[1].consequences.sentences]
    assert any("240 hours" in one for one in said)
    said = [one.en for one in previewed(found(), meets).effects[1].consequences.sentences]
    assert not any("hours of review" in one for one in said)


def test_carried_out_in_order_both_cite_the_decision_and_the_calendar_has_the_meetings(decided, people):
    decision = decided(found(), begin("water"))
    carried = confirms(decision, people)
    assert carried.applied == (0, 1)
    body = Body.objects.get(code="water")
    assert (body.decision, Series.objects.get(code="wells").decision) == (decision, decision)
    feed = Calendar.from_ical(feed_of(body=body, language="es", at=SEPTEMBER, with_rooms=False))
    begins = [event.start.isoformat() for event in feed.walk("VEVENT")]
    assert begins[:2] == ["2016-09-03T12:00:00-05:00", "2016-10-01T12:00:00-05:00"]
    assert {str(event["SUMMARY"]) for event in feed.walk("VEVENT")} == {"Pozos"}


def test_before_the_bodys_day_its_series_waits_with_it_and_the_daily_work_carries_out_both(decided, people):
    decision = decided(found(starts="2016-09-10"), begin("water", starts="2016-10-01"))
    shown = carrying_out(decision=decision, at=SEPTEMBER)
    assert [(one.is_due, one.waits_for) for one in shown.waiting] == [(False, ()), (False, (1,))]
    assert confirms(decision, people).waiting == (0, 1)
    assert carry_out_due(actor=ACTOR, at=SEPTEMBER + 5 * DAY).applied == ()
    assert made() == (0, 0, 0, 0)
    assert carry_out_due(actor=ACTOR, at=SEPTEMBER + 10 * DAY).applied == (decision.code,)
    assert made()[:2] == (1, 1)
    assert Meeting.objects.order_by("starts_at").first().occurrence_on == date(2016, 10, 1)


def test_in_the_reverse_order_it_is_refused_and_says_which_one_comes_first(lc, people):
    with pytest.raises(Refusal) as refused:
        proposal(lc, people[0], effects=[begin("lc", "water"), found()])
    assert refused.value.text.as_dict() == {
        "en": "Effect 1: It names “water”, which only effect 2 founds. Put that effect before this one.",
        "es": "Efecto 1: Nombra «water», que apenas el efecto 2 crea. Ponga ese efecto antes que este.",
    }


@pytest.mark.parametrize(
    ("effects", "says"),
    [
        ([begin("water")], "There is no body “water”"),
        ([found(), begin("watre")], "There is no body “watre”"),
        ([found(), begin("water", starts="2016-07-20")], "before “Water committee” is there: effect 1"),
        ([found(), found()], "Effects 1 and 2 are the same|makes “water” already"),
        ([found(), found(starts="2016-08-02")], "Effect 1 of the same text makes “water” already"),
        ([begin("lc"), begin("lc", starts="2016-08-02")], "Effect 1 of the same text makes “wells” already"),
        (
            [{"kind": "body.end", "data": {"body": "lc", "from": DAY_OF_IT}}, begin("lc")],
            "effect 1 of the same text ends",
        ),
        ([found(), {"kind": "body.end", "data": {"body": "water", "from": DAY_OF_IT}}], "is founded by effect 1"),
    ],
)
def test_what_does_not_stand_behind_what_is_before_it_is_refused_in_both_languages(lc, people, effects, says):
    with pytest.raises(Refusal, match=says) as refused:
        proposal(lc, people[0], effects=effects)
    assert refused.value.text.en != refused.value.text.es


@pytest.mark.parametrize("odd", [None, [], {"code": 7}, {"code": "water", "name": []}, {"code": ["water"], "from": {}}])
def test_whatever_somebody_wrote_for_the_body_is_no_more_than_a_refusal(lc, people, odd):
    with pytest.raises(Refusal):
        proposal(lc, people[0], effects=[{"kind": "body.create", "data": odd}, begin("water")])
    with pytest.raises(Refusal):
        proposal(lc, people[0], effects=[found(), {"kind": "series.create", "data": odd}])


def test_a_body_that_is_called_otherwise_in_between_is_named_so(decided, people):
    renamed = {
        "kind": "body.change_mandate",
        "data": {
            "body": "lc",
            "name": named("Council", "Consejo"),
            "mandate": named("Decides.", "Decide."),
            "from": DAY_OF_IT,
        },
    }
    shown = previewed(found(), renamed, begin("water", "lc")).effects[2]
    who = next(one for one in shown.plan.changes if one.what.en == "Who meets")
    assert who.after.es == "Comité del agua, 60 minutos; Consejo, 60 minutos"
    decision = decided(found(), renamed, begin("water", "lc"))
    assert confirms(decision, people).applied == (0, 1, 2)
    kept = decision.effects.get(position=2).plan["changes"]
    assert "Council, 60 minutes" in json.dumps(kept)


def test_a_body_renamed_between_the_vote_and_the_day_is_still_the_same_body(decided, people, lc):
    decision = decided(found(), begin("water", "lc"))
    change_body(body=lc, name=both("Council"), access_scopes=[], actor=ACTOR, at=AT + 2 * DAY)
    assert confirms(decision, people).applied == (0, 1)
    parts = Meeting.objects.order_by("starts_at").first().parts.order_by("position")
    assert [part.body.name_en for part in parts] == ["Water committee", "Council"]


def test_a_code_that_was_taken_meanwhile_stops_both_and_what_is_left_rests_on_nothing(decided, people):
    decision = decided(found(), begin("water"))
    found_body(code="water", name=both("Another"), founded_on=ON)
    with pytest.raises(Refusal, match=r"Nothing was carried out\. Effect 1: There is a body “water” already\."):
        confirms(decision, people)
    assert made() == (1, 0, 0, 0)


def test_a_failure_of_the_second_undoes_the_first(decided, people, monkeypatch):
    decision = decided(found(), begin("water"))

    def fails(self, **_):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(CreateSeries, "apply", fails)
        with pytest.raises(RuntimeError):
            confirms(decision, people)
    assert made() == (0, 0, 0, 0)
    assert confirms(decision, people).applied == (0, 1)


def test_taken_back_the_series_ends_before_the_body_does(decided, people):
    decision = decided(found(), begin("water"))
    confirms(decision, people)
    back = reversal(decision=decision, sponsor=people[0], begins_on=date(2016, 11, 1), actor=ACTOR, at=SEPTEMBER + DAY)
    assert [(one["kind"], one["data"].get("ends")) for one in back.versions.get().effects] == [
        ("series.change", True),
        ("body.end", None),
    ]


def test_the_founding_cannot_be_taken_out_of_the_text_while_the_series_stays(lc, people):
    asked = proposal(lc, people[0], effects=[found(), begin("water")])
    version = asked.versions.get()
    kept = [{"kind": one["kind"], "data": one["data"]} for one in version.effects]

    def changed(effects):
        return change(
            proposal=asked,
            against=1,
            words=words_of(version=version),
            effects=effects,
            by=people[0],
            actor=ACTOR,
            at=AT + HOUR,
        )

    with pytest.raises(Refusal, match="Effect 1: There is no body “water”"):
        changed([kept[1]])
    with pytest.raises(Refusal, match="only effect 2 founds"):
        changed(kept[::-1])
    assert len(changed([kept[0]]).effects) == 1


def test_the_question_is_not_divided_between_a_body_and_its_series(lc, people):
    asked = proposal(lc, people[0], effects=[found(), begin("water")])
    parts = [
        Part(title=both("Found it?"), paragraphs=(0,), effects=(0,)),
        Part(title=both("Meet?"), paragraphs=(1,), effects=(1,)),
    ]
    with pytest.raises(Refusal, match="Effect 2 is about what effect 1 founds: both belong to the same part"):
        divide(proposal=asked, against=1, parts=parts, by=people[0], actor=ACTOR, at=AT + HOUR)


def test_the_effects_say_themselves_in_order_also_where_one_of_them_joins_meetings_there_are(decided, people):
    confirms(decided(begin("lc")), people)
    joins = {
        "kind": "series.change",
        "data": {
            "series": "wells",
            "from": "2016-10-01",
            "bodies": [{"body": b, "minutes": 60} for b in ("lc", "water")],
        },
    }
    seat = {"kind": "role.open_seat", "data": {"body": "water", "office": "chair", "from": DAY_OF_IT}}
    task = {"kind": "task.assign", "data": {"body": "water", "title": named("Dig", "Cavar")}}
    shown = previewed(found(), joins, seat, task)
    said = [one.said.en for one in shown.effects]
    assert "lc, 60 minutes; Water committee, 60 minutes" in said[1]
    assert said[2].startswith("A seat on Water committee is opened")
    assert effects_said([one.effect.as_json() for one in shown.effects]) == [one.said for one in shown.effects]


def test_seats_and_tasks_of_the_new_body_are_carried_out_with_it(decided, people):
    seat = {"kind": "role.open_seat", "data": {"body": "water", "office": "chair", "from": DAY_OF_IT}}
    task = {"kind": "task.assign", "data": {"body": "water", "title": named("Dig", "Cavar")}}
    decision = decided(found(), seat, task)
    assert confirms(decision, people).applied == (0, 1, 2)
    assert Seat.objects.get(body__code="water").decision == decision
    assert ActionItem.objects.get(kind="task").body.code == "water"


def test_a_founding_that_is_given_up_leaves_the_series_in_the_way_until_that_is_given_up_too(decided, people):
    decision = decided(found(), begin("water"), begin("lc", code="council"))
    taken = found_body(code="water", name=both("Another"), founded_on=ON)
    drop_effect(effect=decision.effects.get(position=0), why="There is one", by=people[0], actor=ACTOR, at=SEPTEMBER)
    Body.objects.filter(pk=taken.pk).delete()
    shown = carrying_out(decision=decision, at=SEPTEMBER)
    assert [one.in_the_way is not None for one in shown.waiting] == [True, False]
    drop_effect(effect=decision.effects.get(position=1), why="No body", by=people[0], actor=ACTOR, at=SEPTEMBER)
    assert confirms(decision, people).applied == (2,)
