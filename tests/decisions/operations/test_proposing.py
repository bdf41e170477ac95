"""Drafting a proposal, circulating it, taking it back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from decisions.made_up_effect import sign
from decisions.wording import TWO, words
from tequio.decisions.models import Priority, Proposal, Question, Stage, Version
from tequio.decisions.operations import dividing, proposing
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text
from tequio.rules.wording import Words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def events():
    return list(Event.objects.order_by("id").values_list("kind", "subject", "payload"))


def test_a_draft_has_a_number_of_its_year_a_first_version_and_its_question(drafted, committee, ana, at):
    proposal = drafted()

    version = Version.objects.get()
    assert (proposal.code, proposal.stage, proposal.body, proposal.sponsor) == ("2016-1", "draft", committee, ana)
    assert (proposal.created_at, proposal.submitted_at, proposal.changed_at) == (at, None, None)
    assert (version.number, version.original, version.en_as_of, version.es_as_of) == (1, "es", 1, 1)
    assert (version.ask_en, version.text_es, version.made_by, version.made_at) == ("Keep poultry.", TWO.es, ana, at)
    assert list(Question.objects.values_list("number", "title_en", "title_es", "end")) == [
        (0, "Keep poultry.", "Tener aves.", "")
    ]
    assert events() == [("proposal.drafted", "proposal:2016-1", {"body": "lc", "effects": []})]


def test_numbers_go_on_within_a_year_and_begin_again_with_the_next(drafted):
    codes = [drafted().code for _ in range(11)]
    next_year = drafted(at=datetime(2017, 1, 2, 12, tzinfo=UTC))

    assert (codes[0], codes[9], codes[10], next_year.code) == ("2016-1", "2016-10", "2016-11", "2017-1")


def test_a_year_has_begun_once_it_has_begun_in_every_center(sample_rules, drafted):
    new_years_eve = datetime(2017, 1, 1, 5, 30, tzinfo=UTC)  # half past midnight in New York, not yet in Mexico City

    assert drafted(at=new_years_eve).code == "2016-1"


def test_only_who_sits_on_the_body_sponsors_a_proposal_to_it(drafted, person):
    with pytest.raises(Refusal, match="Carla does not sit on Committee"):
        drafted(sponsor=person("Carla"))
    assert Proposal.objects.count() == 0


def test_where_the_rule_lets_anybody_sponsor_anybody_does_who_has_an_account(drafted, person):
    from committees import body

    anybody = body("assembly", terms={"sponsors": "anybody"})
    carla = person("Carla")

    assert drafted(body=anybody, sponsor=carla).sponsor == carla
    carla.is_active = False
    with pytest.raises(Refusal, match="Carla does not sit on assembly"):
        drafted(body=anybody, sponsor=carla)


def test_nothing_is_put_to_a_body_that_has_ended(drafted, committee):
    committee.ended_on = date(2016, 7, 15)
    committee.save()

    with pytest.raises(Refusal, match="has ended"):
        drafted()


def test_an_ask_in_the_original_is_needed_from_the_start(drafted):
    with pytest.raises(Refusal, match=r"language of the original \(Spanish\)"):
        drafted(words=words(ask=Text(en="Keep poultry.", es=" \u200b ")))


def test_a_text_of_ten_thousand_characters_with_hostile_ones_is_kept_clean(drafted):
    hostile = "<script>\u202ealert\u202c\x00 \ud800ñ n\u0303 \U0001f469\u200d\U0001f33e\r\n\r\n\r\n" + "x" * 10_000

    version = drafted(words=words(text=Text(en=hostile, es=hostile))).versions.get()

    assert version.text_es == "<script>alert ñ ñ \U0001f469\u200d\U0001f33e\n\n" + "x" * 10_000


def test_a_text_that_is_too_long_is_refused_with_both_numbers(drafted):
    with pytest.raises(Refusal, match="English, the text: 20,001 characters are too many; it takes 20,000"):
        drafted(words=words(text=Text(en="x" * 20_001, es="x")))


def test_a_priority_or_a_reason_for_none_but_not_both(drafted):
    priority = Priority.objects.create(year=2016, number=1, text_en="Hens", text_es="Gallinas")

    assert drafted(priority=priority, no_priority_because="").priority == priority
    with pytest.raises(Refusal, match="not both"):
        drafted(priority=priority)


def test_an_effect_is_kept_as_its_kind_checked_it_with_what_stood_in_force(signs, drafted):
    assert drafted(effects=[sign()]).versions.get().effects == [{**sign(), "base": {"says": "closed"}}]


@pytest.mark.parametrize(
    ("effects", "says"),
    [
        ([{"kind": "test.nothing", "data": {}}], "Effect 1: There is no effect “test.nothing”"),
        ([sign(), sign(place="window")], "Effect 2: there is no window"),
        ([sign(day="2016-07-14")], "Effect 1: that day is over"),
        ([sign(), sign()], "Effects 1 and 2 are the same"),
        (["paint it"], "Effect 1: an effect is written as a kind and its data"),
        ([{"kind": 5}], "Effect 1: its kind is a name"),
        ([{"kind": "test.set_sign", "data": [1]}], "Effect 1: its kind is a name"),
        ([{**sign(), "apply": True}], "and nothing else"),
        ([{"kind": "test.set_sign", "data": {"says": 0.1}}], "something else than texts"),
        ([{"kind": "test.set_sign", "data": {"says": "x" * 50_000}}], "too long"),
        ([sign(str(n)) for n in range(51)], "51 effects are too many"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_an_effect_that_no_kind_accepts_is_refused_by_its_number(signs, drafted, effects, says):
    with pytest.raises(Refusal, match=says):
        drafted(effects=effects)
    assert Proposal.objects.count() == 0


def test_data_that_go_too_deep_are_refused(signs, drafted):
    deep = "x"
    for _ in range(50):
        deep = [deep]

    with pytest.raises(Refusal, match="too deep"):
        drafted(effects=[{"kind": "test.set_sign", "data": {"says": deep}}])


def test_what_an_effect_was_written_against_is_never_believed(signs, drafted):
    assert drafted(effects=[{**sign(), "base": {"says": "open"}}]).versions.get().effects[0]["base"] == {
        "says": "closed"
    }


def test_circulating_a_draft_starts_its_hours(drafted, ana, at):
    proposal = proposing.submit(proposal=drafted(), by=ana, actor=ana.actor, at=at + HOUR)

    assert (proposal.stage, proposal.submitted_at, proposal.changed_at) == (Stage.REVIEW, at + HOUR, at + HOUR)
    assert events()[-1] == ("proposal.circulated", "proposal:2016-1", {"version": 1})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"words": words(text=Text(en="Hens.", es=""))}, "needs a text"),
        ({"words": words(resources=Text(en="None.", es=""))}, "estimate of resources"),
        ({"no_priority_because": ""}, "which priority it serves, or why none"),
    ],
    ids=["text", "resources", "priority"],
)
def test_a_draft_that_lacks_something_does_not_circulate(circulated, given, says):
    with pytest.raises(Refusal, match=says):
        circulated(**given)
    assert Proposal.objects.get().stage == Stage.DRAFT


def test_a_draft_circulates_though_its_translation_is_missing(circulated):
    assert circulated(words=words(text=Text(en="", es=TWO.es))).stage == Stage.REVIEW


def test_it_circulates_once_and_by_its_sponsor(circulated, drafted, ana, beto, at):
    proposal = circulated()

    with pytest.raises(Refusal, match="not a draft any more"):
        proposing.submit(proposal=proposal, by=ana, actor=ana.actor, at=at)
    with pytest.raises(Refusal, match="Only its sponsor, Ana"):
        proposing.submit(proposal=drafted(), by=beto, actor=beto.actor, at=at)


@pytest.mark.parametrize("gone", ["kind", "thing", "day", "base"])
def test_an_effect_that_cannot_be_decided_any_more_keeps_a_draft_from_circulating(
    signs, drafted, ana, at, monkeypatch, gone
):
    proposal = drafted(effects=[sign(day="2016-07-20")])
    if gone == "kind":
        from tequio.decisions.effects import registry

        monkeypatch.delitem(registry._kinds, "test.set_sign")
    elif gone == "thing":
        del signs.stands["door"]
    elif gone == "base":
        signs.stands["door"] = "ajar"
    later = at + timedelta(days=30) if gone == "day" else at
    says = {"kind": "no effect “test.set_sign”", "thing": "no door", "day": "over", "base": "said closed and says ajar"}

    with pytest.raises(Refusal, match=f"Effect 1: .*{says[gone]}"):
        proposing.submit(proposal=proposal, by=ana, actor=ana.actor, at=later)


def test_a_proposal_that_is_withdrawn_ends_so_and_stays_as_it_was(circulated, change, ana, beto, at):
    proposal = circulated()
    with pytest.raises(Refusal, match="Only its sponsor"):
        proposing.withdraw(proposal=proposal, by=beto, actor=beto.actor, at=at)

    proposing.withdraw(proposal=proposal, by=ana, actor=ana.actor, at=at + HOUR)

    proposal.refresh_from_db()
    assert (proposal.stage, Question.objects.get().end, Question.objects.get().ended_at) == (
        Stage.WITHDRAWN,
        "withdrawn",
        at + HOUR,
    )
    with pytest.raises(Refusal, match="was withdrawn"):
        change(proposal, words=words(in_favor=Text(en="Eggs.", es="")))
    with pytest.raises(Refusal, match="was withdrawn"):
        proposing.withdraw(proposal=proposal, by=ana, actor=ana.actor, at=at)


def test_what_of_a_divided_question_was_voted_stays_when_the_rest_is_withdrawn(circulated, change, ana, at):
    proposal = circulated()
    parts = [Part(title=Text(en=f"{n}", es=f"{n}"), paragraphs=(n,)) for n in (0, 1)]
    made = dividing.divide(proposal=proposal, against=1, parts=parts, by=ana, actor=ana.actor, at=at)
    Question.objects.filter(pk=made[0].pk).update(end="approved", ended_at=at)

    with pytest.raises(Refusal, match="decided, at least in part"):
        change(proposal, words=words(in_favor=Text(en="Eggs.", es="")))
    proposing.withdraw(proposal=proposal, by=ana, actor=ana.actor, at=at + HOUR)

    proposal.refresh_from_db()
    assert list(Question.objects.order_by("number").values_list("end", flat=True)) == [
        "with_modifications",
        "approved",
        "withdrawn",
    ]
    assert proposal.stage == Stage.DECIDED


def test_words_are_those_of_a_version_and_nothing_else():
    assert replace(words(), original="en") == Words(
        original="en", ask=words().ask, text=TWO, resources=words().resources
    )
