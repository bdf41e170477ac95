"""Which encoding a roll is written in, found out from its bytes before a single row is believed."""

import codecs
import re
from dataclasses import dataclass, field
from typing import BinaryIO

from tequio.kernel.errors import Refusal

_CHUNK = 1 << 18
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zip archives, .xls is an OLE file
_UNREADABLE = re.compile("[\udc80-\udcff]")  # how surrogateescape marks bytes that are not UTF-8
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What the bytes looked like when read as UTF-8."""

    letters: int = 0  # characters beyond ASCII that are proper UTF-8
    strays: int = 0  # bytes that are not
    first_stray_line: int = 0
    lines: int = 1
    outside_cp1252: bool = False
    blank: bool = True
    decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
    )

    def add(self, *, chunk: bytes, final: bool) -> None:
        text = self.decoder.decode(chunk, final)
        if self.blank:
            self.blank = not text.strip()
        if not text.isascii():
            strays = len(_UNREADABLE.findall(text))
            if strays and not self.strays:
                first = _UNREADABLE.search(text)
                self.first_stray_line = self.lines + text.count("\n", 0, first.start() if first else 0)
            self.strays += strays
            self.letters += len(text) - len(text.encode("ascii", "ignore")) - strays
            self.outside_cp1252 = self.outside_cp1252 or bool(_NOT_IN_CP1252.search(chunk))
        self.lines += text.count("\n")


def detect_encoding(*, file: BinaryIO) -> str:
    """The codec that reads `file` (at its beginning, and left there): utf-8-sig, utf-8, cp1252 or latin-1.

    Refuses an empty file, one with NUL bytes, a spreadsheet, UTF-16, and UTF-8 that is damaged: to read the latter as
    Latin-1 would spoil every accented letter in silence. cp1252 is Latin-1 with the marks Windows adds.
    """
    head = file.read(4)
    file.seek(0)
    _refuse_other_formats(head=head)
    tally = _Tally()
    while chunk := file.read(_CHUNK):
        if b"\0" in chunk:
            raise _binary()
        tally.add(chunk=chunk, final=False)
    tally.add(chunk=b"", final=True)
    file.seek(0)
    if tally.blank:
        raise Refusal(en="The file is empty.", es="El archivo está vacío.")
    marked = head.startswith(codecs.BOM_UTF8)
    if not tally.strays:
        return "utf-8-sig" if marked else "utf-8"
    if marked or tally.letters > tally.strays:
        line = tally.first_stray_line
        raise Refusal(
            en=f"The file is written in UTF-8, but line {line} is damaged or comes from a file in another encoding. "
            "Correct that line, or save the whole file again as CSV UTF-8.",
            es=f"El archivo está en UTF-8, pero la línea {line} está dañada o viene de un archivo con otra "
            "codificación. Corrija esa línea o vuelva a guardar todo el archivo como CSV UTF-8.",
        )
    return "latin-1" if tally.outside_cp1252 else "cp1252"


def _refuse_other_formats(*, head: bytes) -> None:
    if head.startswith(_UTF16_MARKS):
        raise Refusal(
            en="The file is written in UTF-16 (“Unicode text”). Save it again as CSV UTF-8.",
            es="El archivo está en UTF-16 («texto Unicode»). Guárdelo otra vez como CSV UTF-8.",
        )
    if head.startswith(_SPREADSHEETS):
        raise Refusal(
            en="The file is a spreadsheet, not CSV. Open it and save it as CSV UTF-8, with commas.",
            es="El archivo es una hoja de cálculo, no un CSV. Ábralo y guárdelo como CSV UTF-8, separado por comas.",
        )


def _binary() -> Refusal:
    return Refusal(
        en="The file contains NUL bytes, so it is not text: it may be damaged, in UTF-16 or of another kind. "
        "Save the roll again as CSV UTF-8.",
        es="El archivo contiene bytes nulos, así que no es texto: puede estar dañado, en UTF-16 o ser de otro tipo. "
        "Vuelva a guardar el padrón como CSV UTF-8.",
    )
