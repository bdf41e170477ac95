"""Who was there, as notes say it: after a label, below one, below a heading, or in a sentence of the first lines."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from tequio.rules.notes.contexts import context_of
from tequio.rules.notes.meeting_day import label_of
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Section
from tequio.rules.notes.words import folded, visible, word_set

_BETWEEN_NAMES: Final = re.compile(r"\s*(?:[,;•·]|\s[-–|+]\s|\n|\s(?:and|y|e|&|und|plus|más)\s|\t)\s*")
_NOTE: Final = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*")
_LINK: Final = re.compile(r"\[\[(?:[^\[\]|]{0,80}\|)?(?:(?:User|Usuario|Usuaria):)?([^\[\]|]{1,80})\]\]", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<=[\w)])\s@[\w.-]{1,39}")
_STOP: Final = re.compile(r"(?:([^\W\d_]{2,20})|\))[.!]\s+(?=[*_']*[A-ZÁÉÍÓÚÑ¿¡])")
_ABBREVIATED: Final = word_set(
    "mr mrs ms dr dra prof sr sra srta srs rev fr hna hno bro sis lic ing arq arch mtro mtra capt cap col "
    "gen gral sgt st sta pres sec tes vp cdr cmdr don doña jr c da ma gpe fco ant jose"
)
_NAME_LENGTH: Final = 48
_NAME_WORDS: Final = 6
_MANY: Final = 300  # names; a list longer than that is no attendance
_HEAD: Final = 14  # items from the top in which "here:" means those present
_FEW_WORDS: Final = 4
_NEAR: Final = 2  # lines: names written one below the other
_LONG: Final = 4_000  # characters of a list of names
_SOME: Final = 3  # names that make a sentence a list of those present
# Labels that say who was there at the top of notes, and mean something else below.
_AT_THE_TOP: Final = word_set(
    "here there who people folks pres gente vinieron vinimos conectados conectadas estan estuvieron acudieron hay "
    "estabamos asistio asiste quienes llegaron"
) | {
    *("who was there", "who were there", "who came", "on call", "in the room", "in the booth", "those here"),
    *("around the table", "here today", "quienes estamos", "quienes vinieron"),
}
_VERB: Final = re.compile(
    r"(?:^|[.·;]\s)[*_'(]{0,3}(?i:asisten|asistimos|asistieron|estamos|estábamos|estuvimos|están|vinieron|vinimos"
    r"|participan|participamos|acuden|here|present|attending):?[*_']{0,3}\s+(?P<rest>(?:l[ao]s? |el )?[A-ZÁÉÍÓÚÑ@].*)$"
)
# What ends a list of those present: who was not there.
_AWAY: Final = re.compile(
    r"(?:^|[\s.;·|(])[*_']{0,3}(?:apol(?:ogies|s)?|regrets|absent|missing|excused|sorry|not here|late|falta[n]?|faltó|"
    r"faltaron|excusan?|se disculpan?|disculpas|ausentes?|no vin(?:o|ieron)|no asisten?|justifican?)[*_']{0,3}\.?\s*:",
    re.IGNORECASE,
)


def present_at(*, sections: Sequence[Section]) -> tuple[str, ...]:  # noqa: C901 - WONTFIX: each line is one case
    """The names after a label such as "Present:", below it, or below a heading that says the same."""
    lists = book().lists
    names: list[str] = []
    passed = 0
    for section in (one for one in sections if one.items or ":" in (one.heading or "")):
        label = folded(section.heading or "").strip(" :.*#0123456789)")
        below = label in lists["heading_present"]
        heading_label, rest = label_of(section.heading or "")
        if heading_label in lists["label_present"] and rest:
            names.extend(_names(rest))
        elif heading_label in lists["label_present"]:
            below = True
        depth, last = 0, section.line
        for item in section.items:
            if item.quiet:
                continue
            passed += 1
            label, rest = _labelled(item.text)
            if label in lists["label_present"] or (passed <= _HEAD and label in _AT_THE_TOP):
                some = _names(rest)
                names.extend(some)
                below, depth, last = not some, item.depth, item.line
            elif label in lists["label_absent"]:
                below = False
            elif below:
                some = _names(item.text) if context_of(item.text) is None else []
                short = all(len(name.split()) <= _FEW_WORDS for name in some)
                below = bool(some) and (
                    (item.depth > depth and short) or (item.line - last <= _NEAR and _all_names(item.text, some))
                )
                names.extend(some if below else ())
                last = item.line
            elif passed <= _HEAD and not names:
                names.extend(_within(item.text[:_LONG]))
        if len(names) > _MANY:
            break
    return tuple(dict.fromkeys(names))[:_MANY]


def _labelled(text: str) -> tuple[str, str]:
    """The label of a line and what follows it, also where both are cells of a table."""
    cell, bar, rest = text.partition(" | ")
    if bar and len(cell) <= _NAME_LENGTH:
        return folded(cell).strip(" *_':|"), rest
    return label_of(text)


def _within(text: str) -> list[str]:
    """The names behind a label or a verb that stands later in a line of the head: "Notes: Tao. Here: Ada, Bo"."""
    found = _later_label().search(text)
    if found is not None:
        return _names(text[found.end() :])
    said = _VERB.search(text)
    some = _names(said["rest"]) if said is not None else []
    return some if len(some) >= _SOME and all(len(name.split()) <= _FEW_WORDS for name in some) else []


@lru_cache(maxsize=1)
def _later_label() -> re.Pattern[str]:
    labels = sorted({*book().lists["label_present"], *_AT_THE_TOP} - {"who", "hay", "guests"}, key=len)
    said = "|".join(re.escape(label).replace("a", "[aá]").replace("o", "[oó]") for label in reversed(labels))
    begins = r"(?:[.·|;)]\s{1,2}|\s(?='''|\*\*)|>\s?)[*_']{0,3}"
    return re.compile(rf"{begins}(?:{said})[*_']{{0,3}}:[*_']{{0,3}}", re.IGNORECASE)


def _all_names(text: str, names: Sequence[str]) -> bool:
    """Whether a line is nothing but names: few words each, with capitals."""
    return len(names) * 3 >= len(text.split()) * 0.8 and all(name[0].isupper() for name in names)


def _names(text: str) -> list[str]:
    plain = visible(text[:_LONG])
    plain = plain[: _end(plain)]
    plain = _LINK.sub(r"\1", plain) if "[[" in plain else plain
    if "(" in plain or "[" in plain:
        plain = _NOTE.sub(" , " if "," not in plain else " ", plain)
    if plain.lstrip()[:1] == "@" and "," not in plain:
        plain = plain.replace(" @", ", @")
    plain = _HANDLE.sub(" ", plain) if "@" in plain else plain
    return list(_each(plain))


def _each(plain: str) -> Iterator[str]:
    for part in _BETWEEN_NAMES.split(plain):
        name = _PLUS.sub("", part.rpartition(": ")[2].strip(" .*_'\"|:-–—<>!¡`"))
        if _is_name(name):
            yield name


def _end(text: str) -> int:
    """Where a list of names ends because a sentence begins."""
    for found in _STOP.finditer(text):
        word = found[1] or "(...)"
        inside = text.count("(", 0, found.start()) > text.count(")", 0, found.end())
        if not inside and len(word) > _INITIALS and folded(word) not in _ABBREVIATED:
            end = found.start() + len(found[0].rstrip()) - 1
            break
    else:
        end = len(text)
    away = _AWAY.search(text, 0, end)
    return away.start() if away is not None else end


_INITIALS: Final = 2


def _is_name(name: str) -> bool:
    if not name or len(name) > _NAME_LENGTH or len(name.split()) > _NAME_WORDS or not any(c.isalpha() for c in name):
        return False
    if any(character.isdigit() for character in (name if " " in name else name[:3])) or "=" in name:
        return False
    small = folded(name)
    return small not in _NO_NAMES and small.split()[0] not in _NO_NAME_BEGINS


_PLUS: Final = re.compile(r"^(?:plus|más|also|además|\+)\s")
_NO_NAME_BEGINS: Final = word_set("que then en with con is was from por who unas unos quorum mucho mucha")
_NO_NAMES: Final = word_set(
    "and y others otros otras none all todos quorum n/a tbd guests socios socias vecinos vecinas miembros "
    "members people personas afiliados everyone everybody todas nobody nadie etc ok si no"
)
