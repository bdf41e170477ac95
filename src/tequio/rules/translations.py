"""Whether the two languages of a proposal say the same: the translation is missing, older than the text, or current.

Each version carries two marks: the numbers of the versions in which each language was last written or looked through.
A translation whose mark is the smaller one is older than the text. Nobody can see from outside whether a translation
says the same, so a person's word counts: whoever writes it or looks through it brings it up to date.
"""

from dataclasses import dataclass
from enum import StrEnum

from tequio.rules.reasons import Language, Text
from tequio.rules.wording import FIELD_NAMES, LANGUAGE_NAMES, Field, Words


class State(StrEnum):
    """How a translation stands to its original."""

    CURRENT = "current"
    OLDER = "older"
    MISSING = "missing"


STATE_NAMES = {
    State.CURRENT: Text(en="current", es="al día"),
    State.OLDER: Text(en="older than the text", es="anterior al texto"),
    State.MISSING: Text(en="missing", es="falta"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """In which version each language was last written or looked through; 0: never."""

    en: int
    es: int

    def of(self, language: Language) -> int:
        """The mark of a language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The state of a version's translation, and which parts it lacks."""

    language: Language
    state: State
    lacks: tuple[Field, ...] = ()

    @property
    def sentence(self) -> Text:
        """Its state in a sentence."""
        tongue = LANGUAGE_NAMES[self.language]
        if self.state is State.MISSING:
            lacks_en = ", ".join(FIELD_NAMES[field].en for field in self.lacks)
            lacks_es = ", ".join(FIELD_NAMES[field].es for field in self.lacks)
            return Text(
                en=f"The translation into {tongue.en} is missing: {lacks_en}.",
                es=f"Falta la traducción al {tongue.es}: {lacks_es}.",
            )
        if self.state is State.OLDER:
            return Text(
                en=f"The translation into {tongue.en} is older than the text.",
                es=f"La traducción al {tongue.es} es anterior al texto.",
            )
        return Text(en=f"The translation into {tongue.en} is current.", es=f"La traducción al {tongue.es} está al día.")


def state_of(*, words: Words, marks: Marks) -> Translation:
    """How the translation stands. It is missing where it lacks any part that the original has."""
    language = words.translation
    lacks = tuple(field for field in Field if words.of(field).to(words.original) and not words.of(field).to(language))
    if lacks:
        return Translation(language=language, state=State.MISSING, lacks=lacks)
    older = marks.of(language) < marks.of(words.original)
    return Translation(language=language, state=State.OLDER if older else State.CURRENT)


def first_marks(*, words: Words) -> Marks:
    """The marks of a first version: 1 for each language in which something is written."""
    return Marks(en=int(is_written(words=words, language="en")), es=int(is_written(words=words, language="es")))


def marks_after(*, before: Words, marks: Marks, after: Words, number: int, up_to_date: bool | None = None) -> Marks:
    """The marks of the next version, whose number is given.

    A language whose words changed carries that number. `up_to_date` is what a person says of the translation: True,
    it was looked through and is right, whatever changed; False, it was touched and is still behind; None, it is what
    it seems: up to date if it was written.
    """
    written = {language: _says(before, language) != _says(after, language) for language in _BOTH}
    mark = {language: number if written[language] else marks.of(language) for language in _BOTH}
    translation = after.translation
    if up_to_date:
        mark[translation] = number
    elif up_to_date is False:
        mark[translation] = marks.of(translation)
    return Marks(en=mark["en"], es=mark["es"])


_BOTH: tuple[Language, Language] = ("en", "es")


def is_written(*, words: Words, language: Language) -> bool:
    """Whether anything is written in a language."""
    return any(words.of(field).to(language) for field in Field)


def _says(words: Words, language: Language) -> tuple[str, ...]:
    return tuple(words.of(field).to(language) for field in Field)
