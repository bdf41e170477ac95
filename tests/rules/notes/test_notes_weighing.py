"""What the words of a sentence weigh, and how it ended."""

import pytest
from tests.rules.notes.reading_it import sentences_found

from tequio.rules.notes.implied import BY_GRAMMAR
from tequio.rules.notes.points import points
from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.records import Outcome
from tequio.rules.notes.sentence import sentence_of
from tequio.rules.notes.verdicts import Verdict
from tequio.rules.notes.weighing import Setting, cues_of, is_beyond_grammar, weighed, weight_of
from tequio.rules.notes.words import folded
from tequio.rules.reasons import Text

BY_PHRASE = Verdict(Outcome.APPROVED, 0.7, Text(en="It says so.", es="Lo dice."))
ENDED = {
    "We agreed: no kiln this year.": "not_approved",
    "Agreed, we take it up again in October.": "deferred",
    "The board approved the fair on condition that the park agrees.": "approved_with_modifications",
    "Carried, with clause two left out.": "approved_with_modifications",
    "The assembly agreed in principle to the merger.": "approved_in_principle",
    "The members decided that the crew be instructed to write to the mayor.": "assigned",
    "We agreed to paint the hall.": "approved",
    "Acordamos que no se vende el horno.": "not_approved",
    "Se acuerda que el punto se pasa a la asamblea de mayo.": "deferred",
    "La junta aprueba la feria a condición de que haya permiso.": "approved_with_modifications",
    "Se acuerda en principio, falta ver los costos.": "approved_in_principle",
    "La asamblea acordó: queda encargada Irma de hablar con el casero.": "assigned",
    "Se acuerda pintar el salón.": "approved",
    "Agreed, so long as the neighbours do not mind.": "approved_with_modifications",
    "We agreed to have a library, details to follow once Ana has prices.": "approved_in_principle",
    "Agreed to keep working on the map.": "continue",
    "It was agreed that the bylaws say twelve and this cannot be voted on.": "no_quorum",
    "Se acuerda prestarlo, con tal de que lo devuelvan limpio.": "approved_with_modifications",
    "Se acuerda abrir la escuelita; el cómo ya se verá.": "approved_in_principle",
    "Se acuerda que la comisión lo sigue puliendo.": "continue",
}


# Words of how things end, which here tell of something else.
APPROVED = [
    "Se aprueba que Ana se queda como tesorera.",
    "The dues vote passed unanimously: the fee stays where it is.",
    "Approved 7-0 to move the shelf back to the hall.",
    "Por decisión de la asamblea se aprueba la cuota de 50 pesos.",
    "Acordamos pedir prestado porque no alcanza el dinero.",
    "Se aprueba el gasto bajo la propuesta de Ana.",
    "Se aprueba el retiro el sábado.",
    "We agreed to take the sign off the door.",
    "We agreed to keep meeting on Tuesdays.",
    "Agreed to open the park to the public.",
    "Se acordó pintar en cuanto llegue la pintura.",
    "Se acuerda que la lista se pega en la puerta.",
    "Agreed that all members are subject to the same fee.",
    "Se aprueba comprar otra llave porque Luis perdió la suya.",
]
TELLS = [
    "La mesa le da la palabra a Irma.",
    "La asamblea le da la bienvenida a las nuevas.",
    "The landlord handed the keys to the new tenant.",
]


@pytest.mark.parametrize("sentence", APPROVED, ids=lambda value: value[:40])
def test_what_is_approved_stays_approved_where_such_words_tell_of_something_else(sentence):
    assert sentences_found(f"* {sentence}\n") == [(1, "approved")]


@pytest.mark.parametrize("sentence", TELLS, ids=lambda value: value[:40])
def test_what_is_told_in_such_words_decides_nothing(sentence):
    assert sentences_found(f"* {sentence}\n") == []


def test_the_reason_says_which_phrase_told_how_it_ended():
    found = read_notes(text="* We agreed to take it up again in May.\n").candidates[0]
    assert (found.outcome, found.why.en) == (
        "deferred",
        "It says “We agreed”: approved. And “take it up again in”: deferred.",
    )
    assert found.why.es == "Dice «We agreed»: aprobado. Y «take it up again in»: pospuesto."


def test_a_lost_count_is_lost_however_its_sides_are_spelled():
    for line in ("Vote: 4 ayes, 6 no's.", "4 yes and 6 no\u2019s."):
        assert sentences_found(f"* {line}\n") == [(1, "not_approved")]


def test_the_list_of_what_a_robot_knows_decides_nothing_and_numbers_of_tickets_are_no_list():
    known = "<bot> Available commands: #accept #agreed #action #rejected #topic\n"
    assert sentences_found(f"{known}<ana> hi\n<bo> hello\n") == []
    assert sentences_found("<ana> #agreed we close #12, #14, #15 and #18\n<bo> fine\n") == [(1, "approved")]


@pytest.mark.parametrize(("sentence", "outcome"), ENDED.items(), ids=lambda value: value[:40])
def test_how_it_ended_stands_beside_the_words_that_decide(sentence, outcome):
    assert sentences_found(f"* {sentence}\n") == [(1, outcome)]


def test_the_weight_is_the_sum_of_the_points_of_its_cues():
    sentence = sentence_of("The circle consented to the new shelves.")
    cues = set(cues_of(sentence, verdict=BY_PHRASE, setting=Setting()))
    expected = points().base + sum(points().worth(kind, cue) for kind, cue in cues)
    assert weight_of(sentence, verdict=BY_PHRASE, setting=Setting()) == expected


def test_a_sentence_beyond_what_grammar_may_add_is_none_whatever_its_grammar_says():
    light, heavy = (
        weight_of(sentence_of(text), verdict=None, setting=Setting())
        for text in (
            "The landlord reported last year that he has no idea how many tenants there might be.",
            "The circle consented to the new shelves.",
        )
    )
    assert is_beyond_grammar(light)
    assert not is_beyond_grammar(heavy)
    most = max(
        points().worth("said", f"by_{by}") + points().worth("said", f"sure_{sure}")
        for by in BY_GRAMMAR
        for sure in (50, 55, 60)
    )
    assert not is_beyond_grammar(-most)
    assert is_beyond_grammar(-most - 1)


def test_in_talk_everything_weighs_less():
    sentence = sentence_of("Fine, two shelves.")
    written, told = (weight_of(sentence, verdict=None, setting=Setting(in_talk=talk)) for talk in (False, True))
    assert told - written == points().in_talk + points().worth("said", "untold")
    assert points().in_talk < 0


def test_what_is_told_outright_is_not_weighed():
    sentence = sentence_of("The landlord said last year that people might have decided it already, nobody knows why.")
    said = Verdict(Outcome.APPROVED, 0.95, Text(en="It is labelled.", es="Lleva etiqueta."), by="label")
    assert weight_of(sentence, verdict=said, setting=Setting()) < 0
    assert weighed(sentence, verdict=said, setting=Setting()) is said
    assert weighed(sentence, verdict=BY_PHRASE, setting=Setting()) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Does the circle ask Manon to request quotes from both?",
        "If it rains, the circle asks Manon to request quotes from both.",
        "Option 2: the circle asks Manon to request quotes from both.",
        "Bo says the circle asks Manon to request quotes from both.",
    ],
)
def test_words_alone_decide_nothing_in_a_question_a_condition_an_option_or_what_somebody_says(sentence):
    assert weighed(sentence_of(sentence), verdict=None, setting=Setting()) is None


def test_the_reason_names_the_words_that_weigh_most_and_their_points_in_both_languages():
    (found,) = [
        one
        for one in read_notes(text="* Manon was asked by the committee to request quotes from both.\n").candidates
        if one.kind == "decision"
    ]
    assert found.outcome == "assigned"
    said, _, ending = found.why.en.partition(". ")
    assert ending == "And “was asked by”: assigned."
    cues = sorted(said.removeprefix("Words as decisions have them: ").split(", "))
    assert len(cues) == 3
    for cue in cues:
        words, worth = cue.rsplit(" ", 1)
        word = words.strip("“”")
        assert int(worth) == sum(
            points().worth(kind, word) for kind in (["pairs"] if " " in word else ["words", "first", "last"])
        ) or int(worth) == points().worth("words", word)
    assert found.why.es.startswith("Palabras como las de una decisión: «")


def test_where_a_phrase_decides_the_rest_of_the_paragraph_leads_there():
    text = "* Manon was asked by the committee to request quotes from both. We agreed to buy the cheaper one.\n"
    assert sentences_found(text) == [(1, "approved")]


def test_every_cue_is_folded_and_of_its_kind():
    table = points()
    single = [*table.words, *table.first, *table.last]
    assert [word for word in single if word != folded(word) or " " in word] == []
    pairs = [" ".join(pair) for pair in table.pairs]
    assert [pair for pair in pairs if pair != folded(pair) or len(pair.split()) != 2] == []
    assert 0 not in {*table.words.values(), *table.first.values(), *table.last.values(), *table.said.values()}
