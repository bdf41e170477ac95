"""Proposals from a file: texts in both languages and effects as JSON, taken in whole or not at all.

{"proposals": [{"body": "lc", "sponsor": "ana@example.org", "original": "es", "ask": {"en": "...", "es": "..."},
"text": {"en": ["a paragraph", ...] or "...", "es": ...}, "resources": {...}, "for": {...}, "against": {...},
"priority": {"year": 2016, "number": 1} or "no_priority_because": "...", "effects": [{"kind": ..., "data": {...}}],
"circulate": true}]}, or one such proposal alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_bodies
from tequio.decisions.models import Body, Priority, Proposal, Stage
from tequio.decisions.operations.proposing import draft, submit
from tequio.decisions.operations.versions import clean_words, latest_version
from tequio.decisions.queries.in_force import body_by_code
from tequio.decisions.wordings import bare, words_of
from tequio.kernel.errors import Refusal, fault_of
from tequio.rules.reasons import Language, Text
from tequio.rules.wording import NOTHING, Field, Words

LARGEST: Final = 5_000_000  # bytes
MOST: Final = 200
_NO_YEAR: Final = 10_000
_BILINGUAL: Final = {field.value for field in Field}
_KEYS: Final = _BILINGUAL | {
    *("body", "sponsor", "original", "priority", "no_priority_because", "effects", "circulate")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The codes of the proposals a file made, and of those that were there already as it has them."""

    made: tuple[str, ...]
    there: tuple[str, ...]


def import_proposals(*, path: Path, actor: str, at: datetime) -> Imported:
    """Draft the proposals of a file, and circulate those it says so of; each is its sponsor's.

    The same file again changes nothing: a proposal of the same sponsor to the same body with the same words and effects
    is there. Refuses a file that is no JSON or holds a key nobody reads, and whatever drafting and circulating refuse,
    naming the proposal by its place in the file.
    """
    rows = _rows(_read(path))
    made: list[str] = []
    there: list[str] = []
    with transaction.atomic():
        lock_bodies()
        for number, row in enumerate(rows, start=1):
            try:
                proposal, is_new = _taken_in(row=row, actor=actor, at=at)
            except Refusal as refusal:
                why = refusal.text
                raise Refusal(en=f"Proposal {number}: {why.en}", es=f"Propuesta {number}: {why.es}") from refusal
            (made if is_new else there).append(proposal.code)
    return Imported(made=tuple(made), there=tuple(there))


def _read(path: Path) -> Any:
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(en=f"{path} cannot be read: {why.en}.", es=f"{path} no se puede leer: {why.es}.") from error
    if content is None:
        raise Refusal(en="The file is too large; it takes 5 MB.", es="El archivo es demasiado grande; caben 5 MB.")
    try:
        # 37.5 stays the text it is written as: an amount is never a float.
        return json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number, parse_float=str
        )
    except (ValueError, RecursionError) as error:
        raise Refusal(
            en=f"{path.name} is not JSON as this reads it: {error}.", es=f"{path.name} no es JSON legible: {error}."
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand there once: of two values for one name nobody knows which is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _rows(read: Any) -> list[Mapping[str, Any]]:
    rows = read["proposals"] if isinstance(read, dict) and set(read) == {"proposals"} else [read]
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refusal(
            en="The file holds a proposal, or “proposals” with a list of them.",
            es="El archivo contiene una propuesta, o «proposals» con una lista de ellas.",
        )
    if len(rows) > MOST:
        raise Refusal(
            en=f"{len(rows)} proposals are too many for one file; it takes {MOST}.",
            es=f"{len(rows)} propuestas son demasiadas para un archivo; caben {MOST}.",
        )
    return rows


def _taken_in(*, row: Mapping[str, Any], actor: str, at: datetime) -> tuple[Proposal, bool]:
    unknown = ", ".join(sorted(set(row) - _KEYS))
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise Refusal(
            en=f"nobody reads “{unknown}”. There are: {known}.", es=f"nadie lee «{unknown}». Existen: {known}."
        )
    body = body_by_code(code=_text(row, "body"))
    sponsor = _person(_text(row, "sponsor"))
    words = clean_words(words=_words(row))
    effects = row.get("effects", [])
    if not isinstance(effects, list):
        raise _wrong("effects")
    circulate = row.get("circulate", False)
    if not isinstance(circulate, bool):
        raise _wrong("circulate")
    there = _there(body=body, sponsor=sponsor, words=words, effects=effects)
    if there is not None:
        return there, False
    proposal = draft(
        body=body,
        sponsor=sponsor,
        words=words,
        effects=effects,
        priority=_priority(row.get("priority")),
        no_priority_because=_text(row, "no_priority_because", needed=False),
        actor=actor,
        at=at,
    )
    if circulate:
        submit(proposal=proposal, by=sponsor, actor=actor, at=at)
    return proposal, True


def _there(*, body: Body, sponsor: User, words: Words, effects: list[Any]) -> Proposal | None:
    """The proposal that a row has made before, if it is as it was then."""
    for proposal in Proposal.objects.filter(body=body, sponsor=sponsor).exclude(stage=Stage.WITHDRAWN).order_by("pk"):
        version = latest_version(proposal=proposal)
        if words_of(version=version) == words and _same(version.effects, effects):
            return proposal
    return None


def _same(kept: list[dict[str, Any]], given: list[Any]) -> bool:
    return list(bare(effects=kept)) == [
        {"kind": effect.get("kind"), "data": effect.get("data", {})} if isinstance(effect, dict) else effect
        for effect in given
    ]


def _words(row: Mapping[str, Any]) -> Words:
    original = _text(row, "original")
    if original not in ("en", "es"):
        raise _wrong("original")
    fields = {field: _bilingual(row.get(field.value), name=field.value) for field in Field}
    return Words.made_of(original=cast("Language", original), fields=fields)


def _bilingual(value: Any, *, name: str) -> Text:
    """A text in one or both languages, each a string or a list of paragraphs."""
    if value is None:
        return NOTHING
    if not isinstance(value, dict) or set(value) - {"en", "es"}:
        raise Refusal(en=f"“{name}” is written in “en” and “es”.", es=f"«{name}» se escribe en «es» y «en».")
    said = {}
    for language in ("en", "es"):
        text = value.get(language, "")
        paragraphs = text if isinstance(text, list) else [text]
        if not all(isinstance(paragraph, str) for paragraph in paragraphs):
            raise _wrong(name)
        said[language] = "\n\n".join(paragraphs)
    return Text(**said)


def _text(row: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name)
    if needed and not value:
        raise Refusal(en=f"it lacks “{name}”.", es=f"le falta «{name}».")
    return value


def _person(email: str) -> User:
    found = User.objects.filter(email=email.strip().casefold(), is_active=True).first()
    if found is None:
        raise Refusal(
            en=f"nobody signs in here as {email[:120]}; add the person first (tequio people add).",
            es=f"nadie entra aquí como {email[:120]}; primero agregue a la persona (tequio people add).",
        )
    return found


def _priority(value: Any) -> Priority | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"year", "number"} or not all(map(_is_small, value.values())):
        raise Refusal(
            en='“priority” is a year and a number: {"year": 2016, "number": 1}.',
            es='«priority» es un año y un número: {"year": 2016, "number": 1}.',
        )
    found = Priority.objects.filter(**value).first()
    if found is None:
        raise Refusal(
            en=f"{value['year']} has no priority {value['number']}.",
            es=f"{value['year']} no tiene prioridad {value['number']}.",
        )
    return found


def _is_small(value: Any) -> bool:
    return type(value) is int and 0 < value < _NO_YEAR


def _wrong(name: str) -> Refusal:
    return Refusal(en=f"“{name}” is not as it should be.", es=f"«{name}» no está como debe.")
