"""What a proposal says, in two languages and in paragraphs; and how text that people paste becomes text that is kept.

A paragraph is what stands between two empty lines. It is the unit in which amendments are asked for and a question is
divided, so both languages count theirs from 0 and should have as many.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from tequio.rules.reasons import LANGUAGES, Language, Text

NOTHING: Final = Text(en="", es="")
LONGEST_ASK: Final = 300
LONGEST_TEXT: Final = 20_000
LONGEST_PART: Final = 8_000  # of resources, for, against
MOST_PARAGRAPHS: Final = 200

_JOINERS = {"\u200c", "\u200d"}  # letters and signs that are one picture are held together by them
_NO_CHARACTERS = {0xFFFE, 0xFFFF}  # in each plane
_SPACES = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r"\n\s*\n")


class Field(StrEnum):
    """A part of what a proposal says."""

    ASK = "ask"
    TEXT = "text"
    RESOURCES = "resources"
    FOR = "for"
    AGAINST = "against"


FIELD_NAMES: Final[Mapping[Field, Text]] = {
    Field.ASK: Text(en="the ask", es="lo que se pide"),
    Field.TEXT: Text(en="the text", es="el texto"),
    Field.RESOURCES: Text(en="resources", es="recursos"),
    Field.FOR: Text(en="for", es="a favor"),
    Field.AGAINST: Text(en="against", es="en contra"),
}
LANGUAGE_NAMES: Final[Mapping[str, Text]] = {
    "en": Text(en="English", es="inglés"),
    "es": Text(en="Spanish", es="español"),
}
LONGEST: Final[Mapping[Field, int]] = {
    Field.ASK: LONGEST_ASK,
    Field.TEXT: LONGEST_TEXT,
    Field.RESOURCES: LONGEST_PART,
    Field.FOR: LONGEST_PART,
    Field.AGAINST: LONGEST_PART,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a version says. Either language may be empty; `original` is the one it was written in."""

    original: Language
    ask: Text
    text: Text = NOTHING
    resources: Text = NOTHING
    in_favor: Text = NOTHING
    against: Text = NOTHING

    def of(self, field: Field) -> Text:
        """What one of its parts says, in both languages."""
        return {
            Field.ASK: self.ask,
            Field.TEXT: self.text,
            Field.RESOURCES: self.resources,
            Field.FOR: self.in_favor,
            Field.AGAINST: self.against,
        }[field]

    @property
    def translation(self) -> Language:
        """The language that is not the original."""
        return "es" if self.original == "en" else "en"

    @classmethod
    def made_of(cls, *, original: Language, fields: Mapping[Field, Text]) -> "Words":
        """Words from their parts, cleaned; a part that is not named is empty."""
        given = {field: cleaned_text(field=field, text=fields.get(field, NOTHING)) for field in Field}
        return cls(
            original=original,
            ask=given[Field.ASK],
            text=given[Field.TEXT],
            resources=given[Field.RESOURCES],
            in_favor=given[Field.FOR],
            against=given[Field.AGAINST],
        )

    def cleaned(self) -> "Words":
        """The same words as they are kept."""
        return Words.made_of(original=self.original, fields={field: self.of(field) for field in Field})

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {"original": self.original} | {field.value: self.of(field).as_dict() for field in Field}


def paragraphs_of(*, text: str) -> tuple[str, ...]:
    """The paragraphs of a cleaned text."""
    return tuple(text.split("\n\n")) if text else ()


def cleaned_text(*, field: Field, text: Text) -> Text:
    """Both languages of a part as they are kept: the ask in one line, everything else in paragraphs."""
    clean = cleaned_line if field is Field.ASK else cleaned
    return Text(en=clean(text.en), es=clean(text.es))


def cleaned(text: str, /) -> str:
    """Text as it is kept: one way to write each letter, no invisible marks, paragraphs parted by one empty line.

    Control characters, marks that turn the direction of writing and halves of letters are left out: no Spanish or
    English needs them, and they can make a text read otherwise than it is.
    """
    lines = "".join(map(_kept, unicodedata.normalize("NFC", text.replace("\r\n", "\n")))).split("\n")
    tidy = "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()
    return unicodedata.normalize("NFC", _BREAK.sub("\n\n", tidy))


def cleaned_line(text: str, /) -> str:
    """Text as it is kept where one line is asked for."""
    return " ".join(cleaned(text).split())


def _kept(character: str) -> str:
    """What is kept of a character: itself, a blank or a new line in its place, or nothing."""
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if character == "\t":
        return " "
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    return "" if category in {"Cc", "Cf", "Cs", "Co"} or ord(character) % 0x10000 in _NO_CHARACTERS else character


class Fault(NamedTuple):
    """What is wrong with words, and where."""

    field: Field
    language: Language
    says: Text


def faults_of(*, words: Words) -> list[Fault]:
    """What keeps cleaned words from being written down: parts too long, too many paragraphs, no ask in the original."""
    found = []
    for field in Field:
        for language in LANGUAGES:
            text, longest = words.of(field).to(language), LONGEST[field]
            name, tongue = FIELD_NAMES[field], LANGUAGE_NAMES[language]
            if len(text) > longest:
                found.append(
                    Fault(
                        field,
                        language,
                        Text(
                            en=f"{tongue.en}, {name.en}: {len(text):,} characters are too many; it takes {longest:,}.",
                            es=f"{tongue.es}, {name.es}: {len(text):,} caracteres son demasiados; caben {longest:,}.",
                        ),
                    )
                )
            many = len(paragraphs_of(text=text))
            if many > MOST_PARAGRAPHS:
                found.append(
                    Fault(
                        field,
                        language,
                        Text(
                            en=f"{tongue.en}, {name.en}: {many} paragraphs are too many; it takes {MOST_PARAGRAPHS}.",
                            es=f"{tongue.es}, {name.es}: {many} párrafos son demasiados; caben {MOST_PARAGRAPHS}.",
                        ),
                    )
                )
    if not words.ask.to(words.original):
        tongue = LANGUAGE_NAMES[words.original]
        found.append(
            Fault(
                Field.ASK,
                words.original,
                Text(
                    en=f"Say in one sentence what is asked, in the language of the original ({tongue.en}).",
                    es=f"Diga en una frase qué se pide, en el idioma del original ({tongue.es}).",
                ),
            )
        )
    return found
