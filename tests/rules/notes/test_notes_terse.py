"""Notes in a few words: what stands there was mostly decided; in notes that tell of talk the same words are talk."""

import pytest
from tests.rules.notes.reading_it import sentences_found

TALK = (
    "We talked for an hour about the roof and the rain, and everybody told of a bucket they once had under their bed.\n"
)
NOTED = {
    "Offer half plots to the first eight": "approved",
    "T-shirts get ordered in May": "approved",
    "Root access limited to four people": "approved",
    "Nadja joins the moderators": "approved",
    "mugs no, shirts yes": "approved",
    "No visitors from June on": "not_approved",
    "Not this year": "not_approved",
    "One person per week on the phone": "approved",
    "theme = borders": "approved",
    "We don't buy it": "not_approved",
    "Ines and Bo form the crew": "approved",
    "OK, two of each size": "approved",
    "Candela lleva la caja": "approved",
    "Las dos primeras, sí": "approved",
    "10 euros al mes": "approved",
    "Será presencial, en febrero": "approved",
    "Sin premio en dinero": "not_approved",
}
TOLD = [
    "There are six chairs",
    "kwame fixed the runners",
    "Some want a cat",
    "The roof is wet",
    "No news from the city",
    "Hay 312 pesos",
    "Faltan dos sillas",
    "Lem said it stays",
]


@pytest.mark.parametrize(("line", "outcome"), NOTED.items(), ids=lambda value: value[:40])
def test_what_terse_notes_say_was_decided(line, outcome):
    assert sentences_found(f"Shed\n\n* {line}\n* Who has a ladder?\n") == [(3, outcome)]


@pytest.mark.parametrize("line", TOLD)
def test_what_terse_notes_tell(line):
    assert sentences_found(f"Shed\n\n* {line}\n* Who has a ladder?\n") == []


def test_in_notes_that_tell_of_talk_the_same_words_are_talk():
    assert sentences_found(TALK * 3 + "* theme = borders\n") == []


def test_offices_below_an_election_are_elections():
    text = "== Elections ==\n\n* Treasurer: Kofi 14, Lin 8\n* Clerk: Bex\n"
    assert sentences_found(text, kinds={"election"}) == [(3, "approved"), (4, "approved")]
    assert sentences_found(text.replace("Elections", "Reports"), kinds={"election"}) == []
