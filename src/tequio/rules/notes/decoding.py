"""Bytes to text: the encodings notes come in, also several in one file, and what is no text at all."""

import codecs
from typing import Final

from tequio.rules.reasons import Text

_MAGIC: Final = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 65_536
_CONTROL: Final = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27, 28, 29, 30, 31}) + b"\x7f"
_MOSTLY: Final = 0.3  # of a file's bytes: so many zeros on one side of each pair are UTF-16
_SOME: Final = 0.005  # of a file's bytes: so many zeros are no accident
_TOO_MANY: Final = 0.02  # of a file's bytes: with more control characters it is no text


class NotText(Exception):  # noqa: N818 - WONTFIX: an answer, as kernel.errors.Refusal
    """The bytes are no text; `text` says so."""

    def __init__(self) -> None:
        super().__init__("no text")
        self.text = Text(
            en="This file is not text. Save the notes as plain text, Markdown or a web page and import that.",
            es="Este archivo no es texto. Guarde las notas como texto simple, Markdown o página web e impórtelas así.",
        )


def decoded(*, raw: bytes) -> str:
    """The text of a file. Raises NotText for what is no text.

    A mark at the beginning decides; then UTF-8 if all of it is; else line by line UTF-8 where that fits and Windows
    Latin where it does not, as files put together from several pieces are.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            if encoding == "utf-8":
                return _by_lines(raw=raw[len(mark) :])
            return raw.decode(encoding, errors="replace")
    if raw.startswith(_MAGIC):
        raise NotText
    if raw[:_SAMPLE].count(0) > len(raw[:_SAMPLE]) * _SOME:
        return _without_mark(raw=raw)
    return _by_lines(raw=raw)


def _without_mark(*, raw: bytes) -> str:
    """UTF-16 that lost its mark is known by its zeros, all on the same side; other zeros are no text."""
    sample = raw[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    little = odd > half * _MOSTLY and even <= half * _TOO_MANY
    big = even > half * _MOSTLY and odd <= half * _TOO_MANY
    if not little and not big:
        raise NotText
    text = raw.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    start = text[:_SAMPLE]
    if (
        sum(1 for character in start if not character.isprintable() and not character.isspace())
        > len(start) * _TOO_MANY
    ):
        raise NotText
    return text


def _by_lines(*, raw: bytes) -> str:
    sample = raw[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) * _TOO_MANY:
        raise NotText
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_line(raw=line) for line in raw.split(b"\n"))


def _line(*, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # What Windows Latin leaves open (five bytes) is taken as Latin-1, so that every byte is something.
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")
