"""What a heading, or a label above bullets, says of everything below it: decisions, tasks, an agenda, attendance."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Item
from tequio.rules.notes.words import folded

_CONTEXTS: Final = ("past", "present", "absent", "agenda", "decision", "task", "budget", "proposal")
_EDGES: Final = re.compile(r"^(?:o\s|[\s\d.()#*_'=-]+)|[\s:.*_'=(-]+$")
_TABLE_RULE: Final = re.compile(r"[|:\s+=-]+$")
_WORD: Final = re.compile(r"\w")
_CLOSING: Final = re.compile(
    r"adjourn|meeting (?:was )?closed|se da por (?:finaliz|termin|conclu)|se levanta la (?:sesion|reunion|asamblea)"
    r"|(?:termina|finaliza|concluye|se cierra) la (?:sesion|reunion|asamblea)"
)
_EMPTY: Final = frozenset(
    {"none", "ninguno", "ninguna", "n/a", "no decisions", "sin acuerdos", "nothing", "nada", "tbd", "-", "no motions"}
)


@dataclass(slots=True)
class Around:
    """What is known of the place a sentence stands in.

    `context` is what the heading or label above says; `top` how deep the entries of its list hang; `owner` whose list
    of tasks it is.
    """

    context: str | None = None
    heading: str = ""
    depth: int = 0
    owner: str | None = None
    top: int = 0


def context_of(heading: str) -> str | None:
    """What a heading says everything below it is: decisions, tasks, an agenda, attendance ...; None for the rest."""
    return _context_of(heading) if len(heading) <= _LONGEST_HEADING else None


_LONGEST_HEADING: Final = 80


@lru_cache(maxsize=8192)
def _context_of(heading: str) -> str | None:
    name = _EDGES.sub("", folded(heading))
    known = _contexts()
    if name in known:
        return known[name]
    return "budget" if name.startswith(tuple(book().lists["heading_budget"])) else None


# "... made the following decisions:", "... se resolvió lo siguiente:", "The following motions were passed:".
_OPENING: Final = re.compile(
    r"\b(?:following|these|siguientes?|estos|estas|lo siguiente) (?:\w+ ){0,2}"
    r"(?:decisions?|agreements?|resolutions?|conclusions?|acuerdos?|decisiones|resoluciones|conclusiones|consensos)\b"
    r"|\b(?:agreed|decided|resolved|approved|adopted|acordo|acuerda|acordamos|decidio|decide|decidimos|resolvio|resuelve"
    r"|resolvimos|aprobo|aprueba|aprobaron|acordaron|decidieron|consensuo|consensua)"
    r"(?: \w+){0,3} (?:(?:the|as) following|follows|lo siguiente|lo que sigue|los siguientes?|las siguientes?|that|to"
    r"|que)\b[^.]{0,40}:$"
    r"|\bfollowing (?:\w+ ){1,4}(?:were|was|are) (?:\w+ ){0,2}"
    r"(?:approved|passed|adopted|agreed|accepted|ratified|carried)\b"
)
_NOT_OPENING: Final = re.compile(r"\b(?:no|not|if|whether|si|proposed?|propone|proponen|questions?|discuss\w*)\b")


def opens_decisions(text: str) -> bool:
    """Whether a sentence that ends with a colon says that decisions follow it."""
    said = folded(text)[-_SENTENCE:].strip(" *_'")
    return bool(_OPENING.search(said)) and not _NOT_OPENING.search(said)


def opens_agenda(text: str) -> bool:
    """Whether a sentence that ends with a colon says that an agenda follows it."""
    return bool(_AGENDA.search(folded(text)[-_SENTENCE:].strip(" *_'")))


_AGENDA: Final = re.compile(
    r"\b(?:orden del dia|agenda|order of business|puntos a tratar|temas a tratar|siguientes (?:puntos|temas)"
    r"|following (?:agenda|topics|items))\b[^.:,]{0,24}:$"
)
_SENTENCE: Final = 240


@cache
def _contexts() -> Mapping[str, str]:
    """What each heading of the lists says; of two lists the one named first counts."""
    lists = book().lists
    return {name: context for context in reversed(_CONTEXTS) for name in lists[f"heading_{context}"]}


def is_frame_of_table(text: str, following: str) -> bool:
    """Whether a line is the head of a table or the line drawn below it."""
    if "|" not in text:
        return False
    return bool(_TABLE_RULE.match(text)) or (
        "|" in following and "--" in following and bool(_TABLE_RULE.match(following))
    )


def is_rule_of_table(text: str) -> bool:
    """Whether a line only draws a table."""
    return bool(_TABLE_RULE.match(text))


def is_empty_entry(text: str) -> bool:
    """Whether an entry of a list says that there is none, or that the meeting ends."""
    said = folded(text).strip(" .")
    return said in _EMPTY or not _WORD.search(said) or bool(_CLOSING.search(said))


LABEL_LENGTH: Final = 60  # characters of a label above others
_LOOKED_AT: Final = 200


def context_below(heading: str) -> str | None:
    """What a heading says of what stands below it, also one that is a sentence ending with a colon."""
    return context_of(heading) or (opened_by(heading) if heading[-1:] == ":" else None)


def opened_by(sentence: str) -> str | None:
    """What a sentence that ends with a colon says of what follows it."""
    return "decision" if opens_decisions(sentence) else "agenda" if opens_agenda(sentence) else None


def short_label(text: str) -> str:
    """The end of a long label, as reasons quote it."""
    return text[-LABEL_LENGTH:].strip(" :*_'")


def top_of(items: Sequence[Item]) -> int:
    """How deep the entries of a section's list hang: as its first item, or as what follows one that introduces it."""
    depths = [item.depth for item in items[:_LOOKED_AT] if not item.quiet and item.text[-1] != ":"]
    if not depths:
        return 0
    rest = depths[1:]
    return min(rest) if depths[0] == 0 and rest and min(rest) > 0 else depths[0]
