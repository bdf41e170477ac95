"""What a line decides by its grammar, where no word says so; and what only tells how things are."""

import pytest
from tests.rules.notes.reading_it import decided, sentences_found

LONG = (
    "Talk of the evening, in which somebody tells at length what happened to the roof and to those who sat under it.\n"
)
DECIDING = {
    # English
    "Headsets: buy four, used.": "approved",
    "Stickers: yes, 500.": "approved",
    "Old stove stays for one more winter.": "approved",
    "The kitchen will close at ten.": "approved",
    "All members will have a key.": "approved",
    "No visitors will stay after midnight.": "not_approved",
    "Lisbon it is.": "approved",
    "We'll skip the raffle.": "approved",
    "Anybody who breaks a cup pays for it.": "approved",
    "Keys will be handed out, even if it rains.": "approved",
    "Ana +1, Bo +1, Cy +1, Dee +1": "approved",
    "May minutes approved without changes.": "approved",
    "No exceptions, passed by consensus.": "approved",
    "Okay to pay the plumber.": "approved",
    "Parking was referred to the grounds committee.": "assigned",
    "Turned down, nobody liked it.": "not_approved",
    "Consensus not to meet the landlord.": "not_approved",
    "Let's not buy a second one.": "not_approved",
    # Spanish
    "Acuerdo 2. Nadie presta la escalera.": "approved",
    "Se repara la puerta.": "approved",
    "No se almidona el mantel.": "not_approved",
    "Se va por la tela usada.": "approved",
    "Renovamos por un año.": "approved",
    "La cooperación será de 50 pesos.": "approved",
    "Los que tienen horno pagarán doble.": "approved",
    "Quedan Rufina e Isidro para la feria.": "approved",
    "Se les quitará la llave si no pagan.": "approved",
    "Le pareció bien a todas.": "approved",
    "Se instruyó a la comisión para que recoja el sello.": "assigned",
    "Firmar con otras: de acuerdo, menos con bancos.": "approved",
}
TELLING = [
    "Option A: stay at the mill.",
    "Marisol: buy paint.",
    "The landlord approved the new lock.",
    "Rosa thinks the stove stays.",
    "The tenants will be heard when the judge has time.",
    "What time it is.",
    "We'll see.",
    "Let's start.",
    "All in favor of the lamp, say aye.",
    "Go ahead.",
    "El dueño ya aprobó la obra.",
    "Se habló de la barda.",
    "Dice que se repara la puerta.",
    "La compañera Inés traerá la olla.",
    "Quedan 3 sillas.",
    "Se abre la sesión a las cinco.",
    "Tenemos dos bancas.",
]


@pytest.mark.parametrize(("sentence", "outcome"), DECIDING.items(), ids=lambda value: value[:40])
def test_what_a_line_decides_by_its_grammar(sentence, outcome):
    assert sentences_found(LONG * 3 + f"* {sentence}\n")[-1:] == [(4, outcome)]


@pytest.mark.parametrize("sentence", TELLING, ids=lambda value: value[:40])
def test_what_only_tells_how_things_are_decides_nothing(sentence):
    assert sentences_found(LONG * 3 + f"* {sentence}\n") == []


def test_who_was_there_speaks_for_himself():
    assert decided("Awning: keep it until May") == "approved"
    assert sentences_found("Present: Dani, Sol\n\n* Dani: keep it until May\n") == []


def test_a_decision_by_grammar_says_so():
    from tequio.rules.notes.reading import read_notes

    (one,) = [one for one in read_notes(text="* Se almidona el mantel.\n").candidates if one.kind == "decision"]
    assert (one.confidence, one.why.to("en")) == (0.5, "It says “se almidona”, as one writes down what is to be.")


def test_whoever_leads_asks_who_is_against_and_nobody_is():
    text = "Chair: The awning, on Monday. Any objections? None.\nAna: Good.\nBo: I like awnings.\n"
    text += "Ana: So do I.\nBo: Since May.\n"
    assert sentences_found(text) == [(1, "approved")]
    assert sentences_found(text.replace("Any objections?", "Any questions?")) == []
