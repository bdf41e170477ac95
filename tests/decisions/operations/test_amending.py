"""Amendments: asked for, taken one by one, adopted by a vote, not taken, taken back."""

from datetime import timedelta

import pytest

from decisions.made_up_effect import sign
from decisions.wording import TWO, words
from tequio.decisions.models import Amendment, Version
from tequio.decisions.moved import AmendmentsInTheWay
from tequio.decisions.operations import amending, proposing
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = Text(en="It is better so.", es="")


def text(first="Una gallina.", second="Dos patos.", *, en=TWO.en):
    return words(text=Text(en=en, es=f"{first}\n\n{second}"))


@pytest.fixture
def ask(beto, at):
    """A function: Beto asks for an amendment of a proposal's first version."""

    def make(proposal, wanted=None, **given):
        return amending.ask_amendment(
            **{
                "proposal": proposal,
                "against": 1,
                "words": wanted,
                "why": WHY,
                "by": beto,
                "actor": beto.actor,
                "at": at,
                **given,
            }
        )

    return make


@pytest.fixture
def accept(ana, at):
    """A function: Ana, who sponsors, takes amendments an hour later."""

    def make(proposal, *numbers):
        return amending.accept_amendments(proposal=proposal, numbers=numbers, by=ana, actor=ana.actor, at=at + HOUR)

    return make


def states():
    return list(Amendment.objects.order_by("number").values_list("number", "state"))


def test_an_amendment_is_kept_as_what_it_changes_against_its_version(circulated, ask, beto, at):
    proposal = circulated()

    amendment = ask(proposal, text("Tres gallinas."))

    assert (amendment.number, amendment.version.number, amendment.why_en, amendment.made_by) == (1, 1, WHY.en, beto)
    assert amendment.changes == [{"part": "text", "language": "es", "at": 0, "takes": True, "puts": "Tres gallinas."}]
    assert Event.objects.order_by("-id").values_list("kind", "payload")[0] == (
        "amendment.asked",
        {"amendments": [1], "version": 1},
    )
    proposal.refresh_from_db()
    assert (proposal.changed_at, Version.objects.count()) == (at, 1), "asking restarts nothing"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"words": words()}, "changes nothing"),
        ({"words": text("Tres."), "why": Text(en=" ", es="")}, "in a sentence why"),
        ({"words": text("Tres."), "against": 7}, "no version 7"),
        ({"effects": [{"kind": "test.nothing"}]}, "no effect “test.nothing”"),
        ({"effects": [sign(day="2016-07-01")]}, "that day is over"),
        ({"words": text("x" * 20_001)}, "too many"),
    ],
    ids=["nothing", "why", "version", "kind", "past", "long"],
)
def test_an_amendment_that_makes_no_sense_is_refused(signs, circulated, ask, given, says):
    proposal = circulated()

    with pytest.raises(Refusal, match=says):
        ask(proposal, **given)
    assert Amendment.objects.count() == 0


def test_a_draft_takes_no_amendments(drafted, ask):
    with pytest.raises(Refusal, match="a draft still"):
        ask(drafted(), text("Tres."))


def test_the_sponsor_takes_one_and_leaves_another(circulated, ask, accept, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    ask(proposal, text(second="Cinco patos."))

    version = accept(proposal, 2)

    proposal.refresh_from_db()
    assert (version.number, version.text_es, version.note) == (
        2,
        "Una gallina.\n\nCinco patos.",
        "Amendment 2 · Modificación 2",
    )
    assert (states(), Amendment.objects.get(number=2).into) == ([(1, "open"), (2, "accepted")], version)
    assert proposal.changed_at == at + HOUR, "what is taken starts the hours anew"
    assert accept(proposal, 1).text_es == "Tres gallinas.\n\nCinco patos."


def test_all_at_once_it_is_the_same_text(circulated, ask, accept):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    ask(proposal, text(second="Cinco patos."))

    assert accept(proposal, 2, 1).text_es == "Tres gallinas.\n\nCinco patos."
    assert Version.objects.count() == 2


def test_an_amendment_of_one_language_makes_the_other_older(circulated, ask, accept):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    ask(proposal, text("Una gallina.", "Cinco patos.", en="One hen.\n\nFive ducks."))

    first = accept(proposal, 1)
    second = accept(proposal, 2)

    assert ((first.en_as_of, first.es_as_of), (second.en_as_of, second.es_as_of)) == ((1, 2), (3, 3))


def test_amendments_that_clash_are_not_taken_together_and_both_are_shown(circulated, ask, accept):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    ask(proposal, text("Cuatro gallinas."))

    with pytest.raises(AmendmentsInTheWay) as refused:
        accept(proposal, 1, 2)

    assert refused.value.text == Text(
        en="Amendments 1 and 2 both change paragraph 1 of the text in Spanish, each in another way.",
        es="Las modificaciones 1 y 2 cambian el párrafo 1 del texto en español, cada una a su manera.",
    )
    (clash,) = refused.value.found.clashes
    assert (clash.now, clash.first_wants, clash.second_wants) == ("Una gallina.", "Tres gallinas.", "Cuatro gallinas.")
    assert (states(), Version.objects.count()) == ([(1, "open"), (2, "open")], 1)


def test_where_they_clash_in_very_many_places_a_few_are_said(circulated, ask, accept):
    def rows(mark):
        return words(text=Text(en="", es="\n\n".join(f"{mark} {n}" for n in range(30))))

    proposal = circulated(words=rows("a"))
    ask(proposal, rows("b"))
    ask(proposal, rows("c"))

    with pytest.raises(AmendmentsInTheWay) as refused:
        accept(proposal, 1, 2)

    assert (refused.value.text.es.count("Las modificaciones 1 y 2"), refused.value.text.es[-24:]) == (
        8,
        " Y así en otros lugares.",
    )


def test_when_one_of_two_that_clash_is_taken_the_other_is_told_that_the_text_moved(circulated, ask, accept):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    ask(proposal, text("Cuatro gallinas."))
    accept(proposal, 1)

    with pytest.raises(AmendmentsInTheWay, match="Amendment 2 was asked against an older text: paragraph 1") as refused:
        accept(proposal, 2)

    (moved,) = refused.value.found.moved
    assert (moved.was, moved.now, moved.wanted) == ("Una gallina.", "Tres gallinas.", "Cuatro gallinas.")
    with pytest.raises(AmendmentsInTheWay):
        ask(proposal, text("Cinco gallinas."))
    assert ask(proposal, text("Tres gallinas.", "Sin patos."), against=2).number == 3


def test_an_amendment_changes_effects_and_what_stays_keeps_what_it_was_written_against(signs, circulated, ask, accept):
    proposal = circulated(effects=[sign("a"), sign("b")])
    signs.stands["door"] = "ajar"
    ask(proposal, effects=[sign("a"), sign("c")])

    version = accept(proposal, 1)

    assert [(effect["data"]["says"], effect["base"]["says"]) for effect in version.effects] == [
        ("a", "closed"),
        ("c", "ajar"),
    ]


def test_an_amendment_whose_effect_names_something_gone_by_now_is_not_taken(signs, circulated, ask, accept):
    proposal = circulated()
    ask(proposal, effects=[sign()])
    del signs.stands["door"]

    with pytest.raises(Refusal, match="Effect 1: there is no door"):
        accept(proposal, 1)
    assert states() == [(1, "open")]


def test_only_the_sponsor_takes_or_leaves_and_only_once(circulated, ask, accept, ana, beto, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))

    with pytest.raises(Refusal, match="Only its sponsor, Ana"):
        amending.accept_amendments(proposal=proposal, numbers=[1], by=beto, actor=beto.actor, at=at)
    with pytest.raises(Refusal, match="Only its sponsor, Ana"):
        amending.reject_amendments(proposal=proposal, numbers=[1], by=beto, actor=beto.actor, at=at)
    accept(proposal, 1)
    with pytest.raises(Refusal, match="answered already"):
        accept(proposal, 1)
    with pytest.raises(Refusal, match="no amendment 9"):
        accept(proposal, 9)
    with pytest.raises(Refusal, match="Say which"):
        accept(proposal)


def test_what_the_sponsor_does_not_take_a_vote_may_adopt(circulated, ask, ana, beto, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    amending.reject_amendments(proposal=proposal, numbers=[1], by=ana, actor=ana.actor, at=at)
    rejected = states()

    version = amending.adopt_amendments(proposal=proposal, numbers=[1], actor="test", at=at + HOUR)

    assert (rejected, states()) == ([(1, "rejected")], [(1, "adopted")])
    assert (version.text_es, version.made_by) == ("Tres gallinas.\n\nDos patos.", beto)


def test_what_a_vote_did_not_adopt_is_rejected_by_nobody(circulated, ask, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))

    amending.reject_amendments(proposal=proposal, numbers=[1], by=None, actor="test", at=at)

    assert list(Amendment.objects.values_list("state", "ended_by", "ended_at")) == [("rejected", None, at)]


def test_whoever_asked_takes_it_back(circulated, ask, ana, beto, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))

    with pytest.raises(Refusal, match="Only Beto"):
        amending.withdraw_amendment(proposal=proposal, number=1, by=ana, actor=ana.actor, at=at)
    amending.withdraw_amendment(proposal=proposal, number=1, by=beto, actor=beto.actor, at=at)

    assert states() == [(1, "withdrawn")]
    with pytest.raises(Refusal, match="answered already"):
        amending.adopt_amendments(proposal=proposal, numbers=[1], actor="test", at=at)


def test_an_amendment_that_stands_there_already_is_taken_without_another_version(circulated, ask, accept, ana, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    proposing.change(
        proposal=proposal, against=1, words=text("Tres gallinas."), effects=[], by=ana, actor=ana.actor, at=at
    )

    assert (accept(proposal, 1).number, states(), Version.objects.count()) == (2, [(1, "accepted")], 2)


def test_a_withdrawn_proposal_takes_no_amendment(circulated, ask, accept, ana, at):
    proposal = circulated()
    ask(proposal, text("Tres gallinas."))
    proposing.withdraw(proposal=proposal, by=ana, actor=ana.actor, at=at)

    for refused in (lambda: ask(proposal, text("Cuatro.")), lambda: accept(proposal, 1)):
        with pytest.raises(Refusal, match="was withdrawn"):
            refused()
