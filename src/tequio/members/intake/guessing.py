"""Which heading fills which column of a roll: by what it says, in English or Spanish, and by what stands under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tequio.members.intake.content import LOOKED_AT, LOOKS, TELLING, counts_rows, is_phone_for_sure, share_like
from tequio.members.intake.records import COLUMNS
from tequio.members.intake.sheets import Sheet
from tequio.members.intake.translating import Translator
from tequio.members.intake.vocabulary import FIRST_NAMES, LAST_NAMES, LOOSE_HEADINGS, columns_by_phrase, folded
from tequio.rules.reasons import Text

Confidence = Literal["sure", "likely", "guess", "none"]

# Points. A heading that says a column outweighs any other reason; what stands under it confirms or refutes.
_SAYS_SO: Final = 100
_SAYS_SO_LOOSELY: Final = {"member_name": 95, "contact_name": 90, "member_id": 45}
_HAS_THE_WORDS: Final = 60
_LOOKS_LIKE_IT: Final = 40
_CONFIRMED: Final = 20
_REFUTED: Final = -70
_AT_LEAST: Final = 30
_SURE_FROM: Final = 90
_LIKELY_FROM: Final = 60
_MOSTLY: Final = 0.6
_HARDLY: Final = 0.3
_NEARLY_ALL: Final = 0.8
_FEW: Final = 3  # cells that may differ by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessedHeading:
    """The roll column a heading probably fills, how sure that is, and why; None where nothing tells."""

    heading: str
    column: str | None
    confidence: Confidence
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    points: int
    position: int
    column: str
    by: Literal["heading", "words", "content"]
    share: float | None


def guess_columns(*, sheet: Sheet, translator: Translator) -> tuple[list[GuessedHeading], dict[str, tuple[str, ...]]]:
    """A guess for each heading, and the headings of each column found (Mapping.columns).

    Each column gets the heading with most points, each heading fills one column; a first and a last name fill
    contact_name together, and member_name too where nothing else does.
    """
    cells = [sheet.column(position=position, limit=LOOKED_AT) for position in range(len(sheet.headings))]
    lasts = [position for position, heading in enumerate(sheet.headings) if folded(heading) in LAST_NAMES]
    firsts = [position for position, heading in enumerate(sheet.headings) if folded(heading) in FIRST_NAMES]
    pair = [firsts[0], *lasts] if firsts and lasts else []
    candidates = [
        candidate
        for position, heading in enumerate(sheet.headings)
        if position not in pair
        for candidate in _candidates(position=position, heading=heading, cells=cells[position], translator=translator)
    ]
    candidates.sort(key=lambda c: (-c.points, COLUMNS.index(c.column), c.position))
    taken: dict[str, _Candidate] = {}
    used: dict[int, _Candidate] = {}
    for candidate in candidates:
        if candidate.column not in taken and candidate.position not in used:
            taken[candidate.column] = used[candidate.position] = candidate
    columns: dict[str, tuple[str, ...]] = {c: (sheet.headings[found.position],) for c, found in taken.items()}
    guessed = [_told(heading=heading, found=used.get(at)) for at, heading in enumerate(sheet.headings)]
    if pair:
        _join_names(sheet=sheet, pair=pair, columns=columns, guessed=guessed)
    return guessed, {column: columns[column] for column in COLUMNS if column in columns}


def _join_names(
    *, sheet: Sheet, pair: Sequence[int], columns: dict[str, tuple[str, ...]], guessed: list[GuessedHeading]
) -> None:
    names = tuple(sheet.headings[position] for position in pair)
    if "contact_name" in columns:
        return
    columns["contact_name"] = names
    columns.setdefault("member_name", names)
    for position in pair:
        guessed[position] = GuessedHeading(
            heading=sheet.headings[position],
            column="contact_name",
            confidence="likely",
            why=Text(
                en="Together with the other part of the name it is the contact's name.",
                es="Junto con la otra parte del nombre, es el nombre del contacto.",
            ),
        )


def _candidates(*, position: int, heading: str, cells: Sequence[str], translator: Translator) -> list[_Candidate]:
    found: dict[str, _Candidate] = {}
    for column, (points, by) in _by_heading(heading=heading).items():
        if column == "member_id" and points < _SAYS_SO and counts_rows(cells=cells):
            continue
        share = share_like(column=column, cells=cells, translator=translator)
        agrees = share is not None and share >= _MOSTLY
        if by == "words" and not agrees and column in LOOKS:
            continue  # “Fecha de nacimiento” has the words of a date and is none of ours
        refuted = share is not None and share < _HARDLY and len(cells) >= _FEW
        extra = _CONFIRMED if agrees else _REFUTED if refuted else 0
        found[column] = _Candidate(points=points + extra, position=position, column=column, by=by, share=share)
    for column in TELLING:
        share = share_like(column=column, cells=cells, translator=translator)
        if column in found or share is None or share < _NEARLY_ALL or len(cells) < _FEW:
            continue
        if column == "phone" and not is_phone_for_sure(cells=cells):
            continue
        found[column] = _Candidate(points=_LOOKS_LIKE_IT, position=position, column=column, by="content", share=share)
    return [candidate for candidate in found.values() if candidate.points >= _AT_LEAST]


def _by_heading(*, heading: str) -> dict[str, tuple[int, Literal["heading", "words"]]]:
    """The columns a heading speaks of, with points."""
    words = folded(heading)
    if column := columns_by_phrase().get(words):
        return {column: (_SAYS_SO, "heading")}
    loose: dict[str, tuple[int, Literal["heading", "words"]]] = {
        column: (_SAYS_SO_LOOSELY[column], "heading") for column, phrases in LOOSE_HEADINGS.items() if words in phrases
    }
    if loose:
        return loose
    own = set(words.split())
    found: dict[str, tuple[int, Literal["heading", "words"]]] = {}
    for phrase, column in columns_by_phrase().items():
        parts = set(phrase.split())
        # One word alone says enough only where what stands under it can confirm it.
        if parts <= own and (len(parts) > 1 or column in LOOKS):
            points = _HAS_THE_WORDS + len(parts)
            if points > found.get(column, (0, "words"))[0]:
                found[column] = (points, "words")
    return found


def _told(*, heading: str, found: _Candidate | None) -> GuessedHeading:
    if found is None:
        why = Text(
            en="Neither the heading nor what stands under it tells of a column of the roll.",
            es="Ni el encabezado ni lo que hay debajo corresponde a una columna del padrón.",
        )
        return GuessedHeading(heading=heading, column=None, confidence="none", why=why)
    confidence: Confidence = (
        "sure" if found.points >= _SURE_FROM else "likely" if found.points >= _LIKELY_FROM else "guess"
    )
    return GuessedHeading(heading=heading, column=found.column, confidence=confidence, why=_why(found=found))


def _why(*, found: _Candidate) -> Text:
    looks = LOOKS.get(found.column)
    percent = round((found.share or 0) * 100)
    if found.by == "content" and looks is not None:
        return Text(
            en=f"The heading does not say; {percent} % of what stands under it are {looks.en}.",
            es=f"El encabezado no lo dice; el {percent} % de lo que hay debajo son {looks.es}.",
        )
    says = (
        Text(en="The heading says so", es="El encabezado lo dice")
        if found.by == "heading"
        else Text(en="The heading has the words", es="El encabezado tiene esas palabras")
    )
    if found.share is None or looks is None:
        return Text(en=f"{says.en}.", es=f"{says.es}.")
    return Text(
        en=f"{says.en}, and {percent} % of what stands under it are {looks.en}.",
        es=f"{says.es}, y el {percent} % de lo que hay debajo son {looks.es}.",
    )
