"""Notes read from a file; nothing is written."""

from pathlib import Path
from typing import Final

from tequio.kernel.errors import Refusal, fault_of
from tequio.rules.notes.decoding import NotText, decoded
from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.records import Notes

LARGEST: Final = 50 * 1_000_000  # bytes; no meeting was ever so long


def notes_in(*, path: Path) -> Notes:
    """The notes in a file. Refuses what cannot be read, is no ordinary file, no text, or larger than any notes."""
    try:
        raw = _bytes_of(path=path)
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(en=f"{path} cannot be read: {why.en}.", es=f"No se puede leer {path}: {why.es}.") from error
    try:
        return read_notes(text=decoded(raw=raw))
    except NotText as error:
        raise Refusal(en=f"{path}: {error.text.en}", es=f"{path}: {error.text.es}") from error


def _bytes_of(*, path: Path) -> bytes:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise Refusal(
            en=f"{path} is not an ordinary file. Save the notes to a file first.",
            es=f"{path} no es un archivo común. Guarde primero las notas en un archivo.",
        )
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Refusal(
            en=f"{path} is larger than {LARGEST // 1_000_000} MB. Notes of a meeting are not; divide the file.",
            es=f"{path} pasa de {LARGEST // 1_000_000} MB. Las notas de una reunión no son así; divida el archivo.",
        )
    return raw
