"""Which directions lack somebody who interprets, and how that is said."""

import pytest

from tequio.rules.interpreting import directions_lacking, said

BOTH = ["en", "es"]


@pytest.mark.parametrize(
    ("languages", "signed_up", "words"),
    [
        (BOTH, [], "Nobody had signed up: it was held without interpretation."),
        (BOTH, ["es-en"], "Nobody had signed up to interpret from English into Spanish."),
        (BOTH, ["es-en", "en-es"], "There was interpretation in both directions."),
        (["es"], [], "All its places were of one language; nobody interpreted."),
    ],
)
def test_once_the_meeting_is_over_it_is_said_how_it_was(languages, signed_up, words):
    text = said(languages=languages, signed_up=signed_up, over=True)
    assert text.en == words
    assert text.es != text.en


@pytest.mark.parametrize(
    ("languages", "signed_up", "lacking", "words"),
    [
        (BOTH, [], ["en-es", "es-en"], "There is no interpretation yet, in either direction."),
        (BOTH, ["en-es"], ["es-en"], "There is no interpretation from Spanish into English yet."),
        (BOTH, ["en-es", "es-en", "en-es"], [], "There is interpretation in both directions."),
        (["es", "es"], [], [], "All its places are of one language; there is no interpretation."),
        ([], [], [], "All its places are of one language; there is no interpretation."),
    ],
)
def test_a_direction_lacks_somebody_until_one_signs_up(languages, signed_up, lacking, words):
    assert directions_lacking(languages=languages, signed_up=signed_up) == lacking
    text = said(languages=languages, signed_up=signed_up)
    assert text.en == words
    assert text.es != text.en
