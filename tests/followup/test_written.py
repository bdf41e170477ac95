"""A ladder as somebody wrote it is read whole, or refused with a sentence."""

import json
from datetime import date

import pytest
from tests.followup.ladders import TEXT, ladder_data, step

from tequio.followup.written import ladder_written
from tequio.kernel.errors import Refusal
from tequio.rules.ladder import Channel
from tequio.rules.standing import Standing

ON = date(2016, 7, 15)


def read(**given):
    return ladder_written(data=ladder_data(**given), on=ON)


def test_what_was_written_is_kept_word_by_word_and_reads_the_same_again():
    found = read(terms={"apart_days": 5, "call_on_sundays": True}, postage={"us": "0.49"}, assumed=["steps"])

    kept = json.loads(json.dumps(found.as_data()))
    assert ladder_written(data=kept, on=ON) == found
    assert (kept["terms"]["apart_days"], kept["terms"]["call_tries"], kept["postage"]) == (5, 3, {"us": "0.49"})
    assert found.terms_in(center="us").postage == 49


def test_the_rule_takes_it_as_it_takes_one_in_force():
    rule = read(steps=[step("last", 90, "mail", standings=["disabled"])]).as_rule(center="us")

    assert (rule.code, rule.valid_from) == ("us-ladder-2016", date(2016, 9, 1))
    assert [(s.key, s.days, s.channels, s.standings) for s in rule.steps] == [
        ("last", 90, (Channel.MAIL,), frozenset({Standing.DISABLED}))
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"step": []}, "Nobody knows “step”"),
        ({"code": "Ladder 1"}, "“code” has 1 to 47 small letters"),
        ({"centers": []}, "“centers” names at least one center"),
        ({"title": {"en": "Only this"}}, "“title” needs its text in both languages"),
        ({"valid_from": "2016-07-14"}, "It cannot begin on 14 July 2016"),
        ({"valid_from": "soon"}, "“valid_from” is a day"),
        ({"steps": []}, "“steps” is a list of steps and has one at least"),
        ({"steps": ["call them"]}, "“steps” is a list of tables"),
        ({"steps": [step("a", 10, "pigeon")]}, "needs its channels"),
        ({"steps": [step("a", 10)]}, "needs its channels"),
        ({"steps": [step("a", 10, "mail", "mail")]}, "names something twice"),
        ({"steps": [step("a", "ten", "mail")]}, "“days” is a whole number"),
        ({"steps": [step("a", 10**9, "mail")]}, "“days” is a whole number"),
        ({"steps": [step("a", 10, "mail", standings=["angry"])]}, "names a standing nobody knows"),
        ({"steps": [step("a", 10, "mail"), step("a", 20, "mail")]}, "are not in order"),
        ({"steps": [step("a", 10, "mail"), step("b", 9, "mail")]}, "are not in order"),
        ({"steps": [step("a", 10, "call")]}, "begins with a call"),
        ({"steps": [{**step("a", 10, "mail"), "text": {**TEXT, "es": " "}}]}, "is empty in one of the languages"),
        ({"steps": [{**step("a", 10, "mail"), "colour": "red"}]}, "Nobody knows “colour”"),
        ({"terms": {"kindness": 5}}, "Nobody knows “kindness”"),
        ({"terms": {"apart_days": -1}}, "“apart_days” is a whole number"),
        ({"terms": {"call_on_sundays": 1}}, "“call_on_sundays” is true or false"),
        ({"terms": {"call_from_hour": 21, "call_to_hour": 20}}, "The hours for calls"),
        ({"terms": {"two_people_share": 10_001}}, "more than the whole"),
        ({"terms": [1]}, "“terms” is a table of figures"),
        ({"postage": {"mx": "1.00"}}, "Nobody knows “mx”"),
        ({"postage": {"us": 0.49}}, "“postage” is an amount"),
        ({"postage": {"us": "-1"}}, "“postage” is an amount"),
        ({"assumed": ["everything"]}, "Nobody knows “everything”"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_in_both_languages(given, said):
    with pytest.raises(Refusal) as refused:
        read(**given)

    assert said in refused.value.text.en
    assert refused.value.text.es != refused.value.text.en
