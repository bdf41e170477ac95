"""Who says what: chats and calls as programs of many kinds export them, in both languages and every style of clock."""

import pytest
from tests.rules.notes.reading_it import kept_letters, letters, sentences_found

from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.transcript import speaker

TALK = [
    ("Ines", "hello, are we all here?"),
    ("Bo", "yes"),
    ("Ines", "the roof leaks again"),
    ("Cleo", "oh no"),
    ("Bo", "I would mend it"),
    ("Ines", "we agreed to mend it in May"),
]
CHARLA = [
    ("Inés", "hola, ¿ya estamos?"),
    ("Beto", "sí"),
    ("Inés", "el techo gotea otra vez"),
    ("Chayo", "ay no"),
    ("Beto", "yo lo arreglaría"),
    ("Inés", "se acordó arreglarlo en mayo"),
]
INLINE = [
    "{name}: {said}",
    "**{name}:** {said}",
    "{name} (Unit 4): {said}",
    "Dra. {name} (piso 2, letra B): {said}",
    "{name} [00:0{n}:10]: {said}",
    "{name} (0{n}:10): {said}",
    "00:0{n}:10 {name}: {said}",
    "[10/03 20:3{n}] Dra. {name} recepción: {said}",
    "[8:3{n} PM] {name}: {said}",
    "12/5/21, 20:3{n} - {name}: {said}",
    "12/05/21, 8:3{n} p. m. - {name}: {said}",
    "\u200e[12/05/21, 8:3{n}:22 p.\u00a0m.] ~ {name}: {said}",
    "[2021-05-12 20:3{n}:00] {name} 🌻: {said}",
    "20:3{n}:02 From {name} Ruiz to Everyone : {said}",
    "20:3{n}:02 De {name} a Todos: {said}",
    "(0:0{n}) {name}: {said}",
    "20:3{n} <{name}> {said}",
    "[20:3{n}] <@{name}> {said}",
]  # fmt: skip
BLOCKS = [
    "{name} Ruiz 0:0{n}\n{said}",
    "{name}  00:0{n}:10\n{said}\n",
    "{name} — Today at 8:3{n} PM\n{said}",
    "{name} — 12/05/2021 20:3{n}\n{said}",
    "{name} — hoy a las 20:3{n}\n{said}",
    "{name}, [12.05.21 20:3{n}]\n{said}\n",
    "{name}, [12/5/2021 8:3{n} PM]\n{said}\n",
    "{name} Ruiz  8:3{n} PM\n{said}",
    "{name} 8:3{n} p. m.\n{said}\n",
    "[11/3 8:3{n} PM] {name} Ruiz\n{said}\n",
    "00:0{n}:10 {name}\n{said}",
    "{name}:\n{said}\n",
    "{name} (0:0{n})\n{said}\n",
]


def written(form, talk):
    return "\n".join(form.format(name=name, said=said, n=number) for number, (name, said) in enumerate(talk, 1)) + "\n"


@pytest.mark.parametrize("talk", [TALK, CHARLA], ids=["English", "Spanish"])
@pytest.mark.parametrize("form", [*INLINE, *BLOCKS])
def test_who_speaks_is_known_and_what_they_say_is_theirs(form, talk):
    text = written(form, talk)
    notes = read_notes(text=text)
    items = [item for section in notes.sections for item in section.items]
    said = [speaker(item.text) for item in items]
    assert notes.format == "transcript"
    assert [(one[0].removeprefix("Dra. ").split()[0], one[1]) for one in said] == talk
    assert sorted(kept_letters(notes)) == sorted(letters(text))


@pytest.mark.parametrize("form", BLOCKS)
def test_a_speech_below_its_speaker_is_at_the_line_where_its_words_begin(form):
    text = written(form, TALK)
    line = text.split("\n").index("we agreed to mend it in May") + 1
    assert sentences_found(text) == [(line, "approved")]


def test_a_title_above_a_chat_stays_its_title_and_later_lines_of_a_speech_are_kept():
    said = "Ida Moe 0:04\nOne.\nTwo.\nUlf 0:10\nThree.\nIda Moe 0:20\nFour.\nUlf 0:31\n"
    text = f"Harbour choir, call of 3 May 2021\n\n{said}"
    notes = read_notes(text=text)
    assert (notes.title, str(notes.date)) == ("Harbour choir, call of 3 May 2021", "2021-05-03")
    assert [(item.line, item.text) for item in notes.sections[0].items] == [
        (4, "Ida Moe 0:04\nOne."),
        (5, "Two."),
        (7, "Ulf 0:10\nThree."),
        (9, "Ida Moe 0:20\nFour."),
        (10, "Ulf 0:31"),
    ]


def test_captions_put_a_sentence_together_that_was_cut_into_seconds():
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Ida Moe>Hello, so the</v>\n\n"
        "2\n00:00:04.000 --> 00:00:06.500\nroof is next.\n\n3\n00:00:06.500 --> 00:00:09.000\n"
        "<v Ulf>We agreed to mend it.\n"
    )
    notes = read_notes(text=text)
    said = [(item.line, item.text) for item in notes.sections[0].items if not item.quiet]
    assert (notes.format, said) == (
        "transcript",
        [(5, "<v Ida Moe>Hello, so the</v> roof is next."), (13, "<v Ulf>We agreed to mend it.")],
    )
    assert sentences_found(text) == [(13, "approved")]
    assert sorted(kept_letters(notes)) == sorted(letters(text))


def test_captions_of_another_kind_with_names_before_colons():
    text = "".join(
        f"{number}\n00:00:{number:02},000 --> 00:00:{number + 1:02},000\n{name}: {said}\n\n"
        for number, (name, said) in enumerate(CHARLA, 1)
    )
    notes = read_notes(text=text)
    said = [speaker(item.text) for item in notes.sections[0].items if not item.quiet]
    assert (notes.format, said) == ("transcript", CHARLA)


@pytest.mark.parametrize(
    "text",
    [
        "Agenda\n\nWelcome 7:00\nBudget 7:10\nElection 7:30\nLunch 8:00\nEnd 9:00\n",
        "Item 3: dogs\nItem 4: mice\nItem 5: rent\nItem 6: roof\nItem 3: dogs again\nItem 4: more mice\n",
        "Minutes\n\nFees:\n- up\n\nRoof:\n- mended\n\nDogs:\n- no\n",
    ],
)
def test_hours_points_and_headings_are_nobody_who_speaks(text):
    assert read_notes(text=text).format == "plain"


def test_whoever_has_a_title_in_brackets_leads_under_either_name():
    text = (
        "Vocal (Sra. Mari): A ver, ¿empezamos?\nPapá de Leo: Sí.\nAbuela de Iris: Sí, ya.\nSra. Mari: Antes el piso.\n"
        "Papá de Leo: Está roto.\nSra. Mari: ¿Se compra uno? Sí. Se compra.\nAbuela de Iris: Bueno.\n"
        "Sra. Mari: ¿Y la puerta?\nPapá de Leo: Luego.\nVocal (Sra. Mari): Luego, entonces.\n"
    )
    assert 6 in [line for line, _ in sentences_found(text)]
