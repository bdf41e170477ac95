"""Letters as pages. What people wrote reaches the typesetter as data and is never part of a template."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

import segno

from tequio.dues.paper.letters import Letter
from tequio.dues.paper.window import FOLD_IN_THREE, FOLD_IN_TWO, SECOND_FOLD, address_area
from tequio.kernel.paper.compiling import TypesettingError, compiled, compiled_apart
from tequio.kernel.paper.glyphs import drawable, latin_only
from tequio.rules.reasons import Text

STANDARD = "ua-1"  # tagged and readable aloud: ISO 14289-1
_TEMPLATES = ("main.typ", "letter.typ", "bulletin.typ")
_DARK, _LIGHT = 0, 255
# Every reader takes every mask. The diagonal one leaves no large plain areas in codes as small as these, and trying
# all eight for each code takes as long as a quarter of its page.
_MASK = 3
_FEW = 25  # letters that are set in this process; more of them apart
_ROOM = 106  # millimetres between the address and the part to tear off


def typeset(*, letters: Sequence[Letter], **how: Any) -> bytes:
    """One PDF of all letters, each beginning a page: tagged, dated by the letters, the same bytes for the same letters.

    Its title, language and date are the letter's; of several, a count, the commonest language and the latest date.
    `how` goes to the typesetter (a picture instead of a PDF, for looking at).
    """
    latest = max(letter.on for letter in letters)
    # Noon, so that no zone moves the day.
    moment = int(datetime.combine(latest, time(12), UTC).timestamp())
    data = json.dumps(_said(letters=letters, latest=latest), ensure_ascii=False, default=_fields)
    try:
        return _compiled(data=drawable(data), moment=moment, pages=len(letters), **how)
    except TypesettingError:
        # Characters that can be drawn one by one and not as they stand together. Nobody goes without a letter.
        return _compiled(data=latin_only(data), moment=moment, pages=len(letters), **how)


def code_matrix(*, text: str) -> tuple[tuple[int, ...], ...]:
    """The modules of the QR code of a text, 1 for dark, without its quiet zone."""
    code = segno.make_qr(text, error="m", mask=_MASK)
    return tuple(tuple(1 if module else 0 for module in row) for row in code.matrix)


def _said(*, letters: Sequence[Letter], latest: date) -> dict[str, Any]:
    language, country = Counter((x.language, x.country.lower()) for x in letters).most_common(1)[0][0]
    count = len(letters)
    return {
        "title": letters[0].title if count == 1 else Text(en=f"{count} letters", es=f"{count} cartas").to(language),
        "author": letters[0].sender,
        "language": language,
        "country": country,
        "date": [latest.year, latest.month, latest.day],
        "window": address_area(),
        "folds": [FOLD_IN_THREE, FOLD_IN_TWO, SECOND_FOLD],
        "letters": [_page(letter=letter) for letter in letters],
    }


def _fields(value: Any) -> Any:
    """What JSON makes of a dataclass, and of a day, which no template prints."""
    return value.isoformat() if isinstance(value, date) else {f.name: getattr(value, f.name) for f in fields(value)}


def _page(*, letter: Letter) -> dict[str, Any]:
    page = {**_fields(letter), "close": _height(letter=letter) > _ROOM}
    if letter.online is not None:
        page["online"] = {**_fields(letter.online), **_pixels(text=letter.online.code)}
    if letter.stub is not None:
        page["stub"] = {**_fields(letter.stub), **_pixels(text=letter.stub.code)}
    return page


def _pixels(*, text: str) -> dict[str, Any]:
    """A code as grey pixels: two hundred little shapes would take the typesetter longer than the rest of the page."""
    matrix = code_matrix(text=text)
    return {"pixels": [_DARK if module else _LIGHT for row in matrix for module in row], "width": len(matrix)}


def _height(*, letter: Letter) -> float:
    """About how many millimetres the body of a letter takes at its usual size. Letters without figures are short."""
    table = letter.table
    if table is None:
        return 0
    rows = sum(10.1 if row.note else 6.1 for row in table.rows)
    sums = 6.1 * (len(table.lowered) + (table.subtotal is not None))
    said = [sum(1 + len(line) // 46 for line in passage.lines) for passage in letter.passages]
    noted = sum(1 + len("".join((x.head, *x.lines))) // 118 for x in letter.notes)
    banner = 16 if letter.banner or letter.lead else 0
    others = banner + (24 if letter.online else 0) + len(letter.notes) * 3.5
    return others + 33 + rows + sums + max(said, default=-2) * 4.7 + noted * 3.7


def _compiled(*, data: str, moment: int, pages: int, **how: Any) -> bytes:
    # Every letter is text inside a JSON string here, and stays text: no template evaluates any of it.
    written = {name: (files("tequio.dues.paper") / name).read_text(encoding="utf-8") for name in _TEMPLATES}
    main = written.pop("main.typ")
    sources = {"main": main, **written, "letters.json": data}
    if pages > _FEW and not how:
        return compiled_apart(files=sources, standard=STANDARD, timestamp=moment)
    return compiled(files=sources, standard=STANDARD, timestamp=moment, **how)
