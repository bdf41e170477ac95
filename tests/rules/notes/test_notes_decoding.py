"""Bytes of notes: the encodings they come in, and what is no text."""

import pytest

from tequio.rules.notes.decoding import NotText, decoded

TEXT = "Acta: «año» de la señora\nNotes – “quoted”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_usual_encodings(encoding):
    assert decoded(raw=TEXT.encode(encoding)) == TEXT


def test_lines_in_several_encodings():
    raw = "año\n".encode() + "año\n".encode("cp1252") + b"\x81 caf\xe9\n"
    assert decoded(raw=raw) == "año\naño\n\x81 café\n"


def test_a_single_zero_is_no_reason_to_refuse():
    assert decoded(raw=b"x" * 1000 + b"\0") == "x" * 1000 + "\0"


@pytest.mark.parametrize(
    "raw",
    [b"%PDF-1.7 ...", b"PK\x03\x04 docx", b"\x7fELF\x01\x02", bytes(range(256)) * 8, b"\0" * 500, b"\x89PNG\r\n\x1a\n"],
    ids=["pdf", "docx", "elf", "all bytes", "zeros", "png"],
)
def test_what_is_no_text_is_refused_with_a_sentence(raw):
    with pytest.raises(NotText) as refusal:
        decoded(raw=raw)
    assert refusal.value.text.en.startswith("This file is not text.")
    assert refusal.value.text.es.startswith("Este archivo no es texto.")


def test_nothing_is_nothing():
    assert decoded(raw=b"") == ""
