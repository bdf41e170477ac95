"""From bytes to text, whatever the file says of its own encoding: what cannot be read is marked, never guessed."""

import codecs
import re

from tequio.members.intake.formats import utf16_of

UNREADABLE = "\ufffd"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FEW = 4  # letters of UTF-8 for each byte that is none


def decoded(raw: bytes, /) -> tuple[str, str]:
    """The text and the codec that read it: UTF-8, UTF-16, cp1252 or Latin-1.

    A few damaged bytes among proper UTF-8 and every control character become U+FFFD, so that a row with one of them
    is still a row.
    """
    utf16 = utf16_of(head=raw[:4096])
    if utf16:
        return _CONTROLS.sub(UNREADABLE, raw.decode(utf16, errors="replace").removeprefix("\ufeff")), utf16
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return _CONTROLS.sub(UNREADABLE, body.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    lossy = body.decode("utf-8", errors="replace")
    damaged = lossy.count(UNREADABLE)
    proper = sum(1 for character in lossy if ord(character) > 127) - damaged  # noqa: PLR2004 - CONFIG: beyond ASCII
    if len(body) != len(raw) or proper > _FEW * damaged:
        return _CONTROLS.sub(UNREADABLE, lossy), "utf-8"
    try:
        return _CONTROLS.sub(UNREADABLE, body.decode("cp1252")), "cp1252"
    except UnicodeDecodeError:
        return _CONTROLS.sub(UNREADABLE, body.decode("latin-1")), "latin-1"
