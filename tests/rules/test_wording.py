"""Text as people paste it, made into text that is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.reasons import Text
from tequio.rules.wording import (
    Field,
    Words,
    cleaned,
    cleaned_line,
    faults_of,
    paragraphs_of,
)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("", ""),
        ("  A  b\t c  ", "A b c"),
        ("A\r\nb\rc", "A\nb\nc"),
        ("A\n \n\t\n\nB", "A\n\nB"),
        ("A\u2028B\u2029C\x0cD", "A\nB\nC\nD"),
        ("n\u0303", "ñ"),
        ("caf\u00e9\x00\x07", "café"),
        ("\u202eevil\u202c \u2066x\u2069 \ufeff\u200by", "evil x y"),
        ("\ud83d\ue000\uffff", ""),
        ("\U0001f469\u200d\U0001f33e", "\U0001f469\u200d\U0001f33e"),
        ("¿Año? «Sí» ¡1½!", "¿Año? «Sí» ¡1½!"),
        ("<b>&amp;</b> {{ x }} %s", "<b>&amp;</b> {{ x }} %s"),
    ],
)
def test_what_is_pasted_is_kept_without_invisible_marks(pasted, kept):
    assert cleaned(pasted) == kept


@given(st.text(alphabet=st.characters() | st.sampled_from("\n\r\t \u202e\u200d\u0303n"), max_size=40))
def test_cleaning_twice_is_cleaning_once_and_paragraphs_put_together_are_the_text(text):
    once = cleaned(text)

    assert cleaned(once) == once
    assert "\n\n".join(paragraphs_of(text=once)) == once
    assert all(paragraph.strip() for paragraph in paragraphs_of(text=once))
    assert cleaned_line(cleaned_line(text)) == cleaned_line(text)
    once.encode()


def test_the_ask_is_one_line():
    assert Words.made_of(original="es", fields={Field.ASK: Text(en="A\n\nb", es=" c\td ")}).ask == Text(
        en="A b", es="c d"
    )


@pytest.mark.parametrize(
    ("field", "length", "faults"),
    [(Field.TEXT, 20_000, 0), (Field.TEXT, 20_001, 1), (Field.AGAINST, 8_000, 0), (Field.AGAINST, 8_001, 1)],
)
def test_each_part_has_its_longest(field, length, faults):
    words = Words.made_of(original="en", fields={Field.ASK: Text(en="Do.", es=""), field: Text(en="x" * length, es="")})

    assert len(faults_of(words=words)) == faults


@pytest.mark.parametrize(("number", "faults"), [(200, 0), (201, 1)])
def test_a_text_has_at_most_two_hundred_paragraphs(number, faults):
    words = Words.made_of(
        original="en", fields={Field.ASK: Text(en="Do.", es=""), Field.TEXT: Text(en="x\n\n" * number, es="")}
    )

    assert len(faults_of(words=words)) == faults


def test_the_ask_stands_in_the_language_of_the_original():
    english = Words.made_of(original="en", fields={Field.ASK: Text(en="Do.", es="")})

    assert faults_of(words=english) == []
    assert [fault.field for fault in faults_of(words=Words(original="es", ask=english.ask))] == [Field.ASK]
