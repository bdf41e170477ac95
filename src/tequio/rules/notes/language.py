"""Whether a paragraph is English or Spanish, by the little words each language cannot do without."""

from collections.abc import Iterable
from typing import Final

from tequio.rules.notes.words import word_set

_ENGLISH: Final = word_set(
    "the and of to is was were are we will that this for with on it be have has not by from as at they our an there "
    "should would do did does can if but what which who about next meeting all been or their he she you i"
)
_SPANISH: Final = word_set(
    "el la los las de del que se en por con para una un es y no su al lo como mas fue son hay esta este ser si pero "
    "sobre tambien muy ya entre sin todos nos le reunion ha han o cuando porque desde asi cada proxima les sus"
)


def language_of(words: Iterable[str]) -> str | None:
    """`en` or `es`, or None where the words do not tell."""
    found = frozenset(words)
    english, spanish = len(found & _ENGLISH), len(found & _SPANISH)
    if english == spanish:
        return None
    return "en" if english > spanish else "es"
