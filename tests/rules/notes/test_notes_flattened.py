"""Notes that lost their line breaks: headings and bullets found again in whatever marks they were written."""

import pytest
from tests.rules.notes.reading_it import kept_letters, letters

from tequio.rules.notes.reading import read_notes

LONG = (
    "Nobody knew what to say about the old boat in the yard, so the talk went on until it was dark outside and the "
    "neighbours, who wanted to sleep, asked for quiet for the second time."
)


def outline(text):
    """(rank of a heading or None, depth of an item or None, text) of everything."""
    rows = []
    for section in read_notes(text=text).sections:
        if section.heading is not None:
            rows.append((section.level, None, section.heading))
        rows.extend((None, item.depth, item.text) for item in section.items)
    return rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            f"==Club - meeting of 5/6/2017== Present: Ada, Bo * one ==Boat== * {LONG} * {LONG} * two",
            [
                (2, None, "Club - meeting of 5/6/2017"),
                (None, 0, "Present: Ada, Bo"),
                (None, 1, "one"),
                (2, None, "Boat"),
                (None, 1, LONG),
                (None, 1, LONG),
                (None, 1, "two"),
            ],
        ),
        (
            f"== Junta == '''Están:''' Ada, Bo '''1. Bote''' * {LONG} * {LONG} * Se vende. '''2. Red''' * 3 ** 4",
            [
                (2, None, "Junta"),
                (None, 0, "'''Están:''' Ada, Bo"),
                (4, None, "1. Bote"),
                (None, 1, LONG),
                (None, 1, LONG),
                (None, 1, "Se vende."),
                (4, None, "2. Red"),
                (None, 1, "3"),
                (None, 2, "4"),
            ],
        ),
        (
            f"'''CLUB, 6 de mayo de 2006''' Vinimos nueve. * BOTE ** {LONG} ** {LONG} ** Se vende.",
            [
                (1, None, "CLUB, 6 de mayo de 2006"),
                (None, 0, "Vinimos nueve."),
                (None, 1, "BOTE"),
                (None, 2, LONG),
                (None, 2, LONG),
                (None, 2, "Se vende."),
            ],
        ),
        (
            f"Minutes of the club 1. Boat. {LONG} 2. Net. {LONG} It costs 40. 3. End. {LONG}",
            [
                (None, 0, "Minutes of the club"),
                (None, 1, f"1. Boat. {LONG}"),
                (None, 1, f"2. Net. {LONG} It costs 40."),
                (None, 1, f"3. End. {LONG}"),
            ],
        ),
        (
            f"{{{{Minutes}}}} == Club == '''1.''' Boat. {LONG} '''2.''' Net. {LONG} '''3.''' End. {LONG}",
            [
                (None, 0, "{{Minutes}}"),
                (2, None, "Club"),
                (None, 1, f"'''1.''' Boat. {LONG}"),
                (None, 1, f"'''2.''' Net. {LONG}"),
                (None, 1, f"'''3.''' End. {LONG}"),
            ],
        ),
        (
            f"== Club == # {LONG} # {LONG} # buy a net ## with floats ## and cork",
            [
                (2, None, "Club"),
                (None, 1, LONG),
                (None, 1, LONG),
                (None, 1, "buy a net"),
                (None, 2, "with floats"),
                (None, 2, "and cork"),
            ],
        ),
        (
            f"== Club == ;Boat : {LONG} : {LONG} ;Net : mended ;End : at ten",
            [
                (2, None, "Club"),
                (None, 1, "Boat"),
                (None, 1, LONG),
                (None, 1, LONG),
                (None, 1, "Net"),
                (None, 1, "mended"),
                (None, 1, "End"),
                (None, 1, "at ten"),
            ],
        ),
        (
            f"== Club == *boat *{LONG} *{LONG} *net",
            [(2, None, "Club"), (None, 1, "boat"), (None, 1, LONG), (None, 1, LONG), (None, 1, "net")],
        ),
    ],
)
def test_headings_and_bullets_are_found_again(text, rows):
    assert outline(text) == rows
    assert read_notes(text=text).format == "flattened"
    assert kept_letters(read_notes(text=text)) == letters(text)


@pytest.mark.parametrize(
    "text",
    [
        f"We met. {LONG} The fee is *not* 40 but *about* 50 : so we *think*. {LONG} {LONG}",
        f"In 1. March it rained. {LONG} The year before was 3. Nobody came. {LONG} {LONG}",
    ],
)
def test_sentences_of_one_line_without_marks_are_one_paragraph(text):
    assert outline(text) == [(None, 0, text)]
