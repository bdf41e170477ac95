"""What a rule of decision says to a person."""

from datetime import date
from fractions import Fraction

import pytest

from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Share, Sponsors
from tequio.rules.decision_sentences import sentences_of
from tequio.rules.reasons import Text


def said(**given):
    """The sentences of a rule by their headings in English: what is told of the committee's rule but for `given`."""
    rule = RuleOfDecision(
        **{
            "code": "r",
            "title": Text(en="x", es="x"),
            "decision": "d",
            "valid_from": date(2013, 1, 1),
            "quorum": Share(of=Fraction(1, 2)),
            "majority": Share(of=Fraction(2, 3), more_than=True),
            **given,
        }
    )
    return {head.en: (sentence.en, sentence.es) for head, sentence in sentences_of(rule)}


def test_the_committees_rule_of_2013_is_told_in_both_languages():
    assert said(consensus_first=True) == {
        "Who may propose": ("Whoever sits on the body.", "Quien forme parte de la instancia."),
        "Review": (
            "72 hours before the vote; any change of words or effects begins them anew.",
            "72 horas antes de votar; cualquier cambio de texto o de efectos las reinicia.",
        ),
        "Delay": (
            "Each person may hold a proposal back once, for 5 days at most.",
            "Cada persona puede aplazar una propuesta una vez, hasta 5 días.",
        ),
        "Too late for a sitting": (
            "It goes to the next one, unless a recorded vote lets it in.",
            "Pasa a la siguiente, salvo que una votación registrada la admita.",
        ),
        "How long a vote online is open": ("7 days at least.", "7 días al menos."),
        "Weights": ("person 1.", "persona 1."),
        "Quorum": ("At least 1/2 of the electorate is present.", "Al menos 1/2 del electorado está presente."),
        "Majority": (
            "Consensus is tried first; else more than 2/3 of those voting are in favor.",
            "Primero se busca consenso; si no, más de 2/3 de quienes votan está a favor.",
        ),
        "Abstentions": (
            "They count for the quorum and not as votes.",
            "Cuentan para el quórum y no como votos.",
        ),
        "Blocks": ("A block counts as a vote against.", "Un bloqueo cuenta como voto en contra."),
    }


@pytest.mark.parametrize(
    ("given", "head", "sentence"),
    [
        ({"sponsors": Sponsors.ANYBODY}, "Who may propose", "Whoever signs in."),
        ({"review_hours": 0}, "Review", "A proposal may be voted at once."),
        ({"delay_days": 0}, "Delay", "Nobody may hold a proposal back."),
        ({"delay_days": 1}, "Delay", "Each person may hold a proposal back once, for 1 day at most."),
        ({"late": Late.NEXT}, "Too late for a sitting", "It goes to the next one."),
        (
            {"closes_early": True},
            "How long a vote online is open",
            "7 days at least, or until no ballot still to come can change it.",
        ),
        ({"weights": {"individual": 1, "organization": 2}}, "Weights", "organization 2, individual 1."),
        ({"member_days": 30}, "Weights", "person 1, if it has belonged for 30 days."),
        (
            {"quorum_per_center": Share(of=Fraction(1, 4))},
            "Quorum",
            "At least 1/2 of the electorate is present, and in each center at least 1/4.",
        ),
        ({"abstentions_count_for_quorum": False}, "Abstentions", "They count for nothing."),
        ({"blocks_count": BlockCounts.STOPS}, "Blocks", "One block stops the question."),
    ],
    ids=str,
)
def test_each_term_has_its_sentence(given, head, sentence):
    english, spanish = said(**given)[head]

    assert english == sentence
    assert spanish != english
