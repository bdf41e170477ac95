"""Whether the two languages say the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.reasons import Text
from tequio.rules.translations import Marks, State, first_marks, marks_after, state_of
from tequio.rules.wording import NOTHING, Field, Words

WORDS = Words(original="es", ask=Text(en="Do.", es="Hacer."), text=Text(en="A", es="B"))


@pytest.mark.parametrize(
    ("words", "marks", "state"),
    [
        (WORDS, Marks(en=1, es=1), State.CURRENT),
        (WORDS, Marks(en=1, es=2), State.OLDER),
        (WORDS, Marks(en=3, es=2), State.CURRENT),
        (replace(WORDS, original="en"), Marks(en=3, es=2), State.OLDER),
        (replace(WORDS, text=Text(en="", es="B")), Marks(en=3, es=2), State.MISSING),
        (replace(WORDS, against=Text(en="", es="No.")), Marks(en=3, es=2), State.MISSING),
        (replace(WORDS, against=Text(en="No.", es="")), Marks(en=3, es=2), State.CURRENT),
    ],
    ids=[
        "written together",
        "text newer",
        "translation newer",
        "other original",
        "no text",
        "lacks a part",
        "has more",
    ],
)
def test_a_translation_is_missing_older_or_current(words, marks, state):
    assert state_of(words=words, marks=marks).state is state


def test_what_a_translation_lacks_is_named_in_both_languages():
    found = state_of(
        words=replace(WORDS, ask=Text(en="", es="Hacer."), text=Text(en="", es="B")), marks=Marks(en=0, es=1)
    )

    assert found.lacks == (Field.ASK, Field.TEXT)
    assert found.sentence == Text(
        en="The translation into English is missing: the ask, the text.",
        es="Falta la traducción al inglés: lo que se pide, el texto.",
    )


@pytest.mark.parametrize(
    ("after", "up_to_date", "marks"),
    [
        (replace(WORDS, text=Text(en="A", es="B2")), None, Marks(en=1, es=2)),
        (replace(WORDS, text=Text(en="A", es="B2")), True, Marks(en=2, es=2)),
        (replace(WORDS, text=Text(en="A2", es="B")), None, Marks(en=2, es=1)),
        (replace(WORDS, text=Text(en="A2", es="B")), False, Marks(en=1, es=1)),
        (replace(WORDS, text=Text(en="A2", es="B2")), None, Marks(en=2, es=2)),
        (replace(WORDS, text=Text(en="A2", es="B2")), False, Marks(en=1, es=2)),
        (WORDS, None, Marks(en=1, es=1)),
        (WORDS, True, Marks(en=2, es=1)),
    ],
    ids=[
        "original written",
        "original written, translation still right",
        "translation written",
        "translation touched, still behind",
        "both written",
        "both written, translation behind",
        "nothing",
        "looked through",
    ],
)
def test_a_language_carries_the_version_it_was_last_written_or_looked_through_in(after, up_to_date, marks):
    assert marks_after(before=WORDS, marks=Marks(en=1, es=1), after=after, number=2, up_to_date=up_to_date) == marks


def test_a_language_in_which_nothing_is_written_has_no_mark():
    assert first_marks(words=Words(original="es", ask=Text(en="", es="Hacer."))) == Marks(en=0, es=1)
    assert first_marks(words=WORDS) == Marks(en=1, es=1)


@given(st.lists(st.tuples(st.sampled_from(["", "x", "y"]), st.sampled_from(["x", "y"])), min_size=1, max_size=6))
def test_whoever_writes_the_translation_last_finds_it_current_and_the_original_alone_makes_it_older(steps):
    words, marks = replace(WORDS, text=NOTHING), Marks(en=1, es=1)
    for number, (en, es) in enumerate(steps, start=2):
        after = replace(words, text=Text(en=en, es=es))
        found = marks_after(before=words, marks=marks, after=after, number=number)
        if en != words.text.en and en:
            assert state_of(words=after, marks=found).state is State.CURRENT
        elif es != words.text.es and en:
            assert state_of(words=after, marks=found).state is State.OLDER
        words, marks = after, found
