"""Tasks: who is to do something, and until when."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tequio.rules.notes.dates import dates_in
from tequio.rules.notes.phrases import book
from tequio.rules.notes.words import folded, word_set

_NAME: Final = r"[A-ZÁÉÍÓÚÑ][\w.'’áéíóúñ-]{0,24}(?:\s(?:[A-ZÁÉÍÓÚÑ][\w.'’áéíóúñ-]{0,24}|de|del|la)){0,3}"
_AND: Final = r"\s?(?:,|&|/|\+|\band\b|\by\b|\be\b)\s?"
_NAMES: Final = rf"(?P<owner>{_NAME}(?:{_AND}(?:{_NAME}|I\b)){{0,4}})"
_LEAD: Final = r"(?:^|[;:–—]\s|\s-\s|,\s(?:and|y)\s)(?:\d{1,2}[.)]\s)?(?:\[ \]\s)?[*_']{0,3}"
_BETWEEN_CLAUSES: Final = re.compile(r"[;:–—,-]\s(?:(?<!,\s)|(?:and|y)\s)")
_ENGLISH: Final = re.compile(
    rf"{_LEAD}@?{_NAMES}[*_']{{0,3}}\s(?:(?:also|both)\s)?(?P<how>will|'ll|’ll|to|should|shall|can|could"
    r"|(?:is|are) (?:going )?to|(?:agreed|agrees|volunteered|volunteers|offered|offers|committed|promised) to)\s"
    r"(?:also\s|both\s|then\s)?(?P<verb>[a-z]+)"
)
_SPANISH: Final = re.compile(
    rf"{_LEAD}@?{_NAMES}[*_']{{0,3}}\s(?:(?:también|nos|lo|la|les|le)\s)?"
    r"(?P<how>se (?:encargan?|compromete[n]?|comprometi(?:ó|eron)|ofrecen?|ofreció|ocupan?|responsabilizan?)"
    r"|van? a|queda[n]? (?:de|encargad[oa]s? de|responsables? de|en)|debe|deberán?"
    r"|(?:se\s)?[a-záéíóúñ]{2,18}(?:[aei]rán?|drán?))\b"
)
_AT_CHARGE: Final = re.compile(
    r"(?:a cargo de|se encargan?(?:rá|rán)?(?: de)?|[Rr]esponsables?\s?:|responsable de|[Ee]ncargad[oa]s?\s?:"
    r"|assigned to|[Oo]wner\s?:|responsible\s?:|[Aa]ssignee\s?:|[Ll]o hacen?:?)\s(?:(?:el|la|los|las|the)\s)?@?"
    rf"(?P<owner>{_NAME}(?:{_AND}{_NAME}){{0,4}})"
)
_MENTION: Final = re.compile(r"(?<![\w@])@(?P<owner>[A-Za-z][\w-]{1,38})")
_SMALL: Final = r"[a-z][\w-]{1,20}"  # as people are called in chats
_IN_BRACKETS: Final = re.compile(rf"[(\[](?P<owner>@?(?:{_NAME}|{_SMALL})(?:{_AND}(?:{_NAME}|{_SMALL})){{0,4}})[)\]]")
_LEADING: Final = re.compile(
    rf"^(?:\[ \]\s)?(?:\d{{1,2}}[.)]\s)?[*_']{{0,3}}@?(?P<owner>{_NAME}(?:{_AND}{_NAME}){{0,4}}|{_SMALL})"
    r"[*_']{0,3}\s?(?::|\s[-–—]\s|[-–—]\s)[*_']{0,3}\s?\S"
)
_WEAK_VERBS: Final = word_set(
    "be have not need never probably likely also only still take remain become seem mean require get happen"
)
_WEEKDAYS: Final = (
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado"
    r"|domingo"
)
_TIMES: Final = (
    r"next (?:lc |board |general |regular |monthly |weekly |council )?(?:meeting|week|month|call|session|assembly|time)"
    r"|end of (?:the )?(?:month|week|year|day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|fin(?:al|ales)? del? (?:mes|semana|año)|pr[óo]xim[oa] (?:reuni[óo]n|asamblea|semana|mes"
    rf"|sesi[óo]n|junta|encuentro|{_WEEKDAYS})|siguiente (?:reuni[óo]n|asamblea|sesi[óo]n|junta)|tomorrow|ma[ñn]ana"
    rf"|(?:next |this )?(?:{_WEEKDAYS})"
)
_DUE: Final = re.compile(
    r"\b(?:by|before|due(?: date)?(?: on| by)?:?|no later than|until|for|antes del?|para(?: el| la)?"
    r"|a más tardar(?: el)?|hasta el|fecha límite:?|el próximo|este|next|on)\s"
    rf"(?P<when>(?:the\s|el\s|la\s|our\s|this\s)?(?:{_TIMES}))\b",
    re.IGNORECASE,
)
_DATE_BEFORE: Final = re.compile(
    r"(?:\b(?:by|before|due|on|until|than|para|antes|tardar|hasta|limite|deadline|fecha|for|el|del|de|date|vence|dia)\b"
    r"|[(:\[,])[\s:,.]*(?:the|el|la|del?|on|dia)?\s*$"
)
_HINTS: Final = (
    (_ENGLISH, word_set("will to should shall can could going i'll we'll")),
    (_SPANISH, word_set("se va van queda quedan debe debera deberan")),
)
_CHARGED: Final = word_set(
    "cargo encarga encargan encargara encargaran responsable responsables encargado encargada encargados encargadas "
    "assigned owner responsible assignee hace hacen"
)


def owner_of(text: str, *, words: Sequence[str], in_list: bool, speaker: str | None = None) -> tuple[str | None, bool]:
    """Who is to do what a sentence says, and whether the sentence itself says that it is to be done.

    `in_list`: the sentence stands in a list of tasks, where a name before a colon or in brackets is whose it is.
    """
    start = text[:_READ]
    for found in _sayings(text=start, words=words):
        owner = speaker if found["owner"] == "I" else _person(found["owner"])
        if owner is None:
            continue
        if found.re is _ENGLISH and not _is_task(how=found["how"], verb=found["verb"], in_list=in_list):
            continue
        return owner, True
    charged = None if _CHARGED.isdisjoint(words) else _AT_CHARGE.search(start)
    if charged:
        owner = _person(charged["owner"])
        if owner is not None:
            return owner, True
    if in_list:
        for pattern in (_LEADING, _MENTION, _IN_BRACKETS):
            named = pattern.search(start)
            owner = _person(named["owner"].lstrip("@"), small=True) if named else None
            if owner is not None:
                return owner, True
    return None, False


_READ: Final = 600  # characters of a sentence in which its owner is looked for


def _sayings(*, text: str, words: Sequence[str]) -> Iterator[re.Match[str]]:
    """Where somebody is said to be going to do something."""
    alone = _BETWEEN_CLAUSES.search(text) is None  # so only whoever it begins with can be said to do something
    for pattern, hints in _HINTS:
        if not hints.isdisjoint(words) or (pattern is _SPANISH and "rá" in text):
            if not alone:
                yield from pattern.finditer(text)
            elif (found := pattern.match(text)) is not None:
                yield found


def _is_task(*, how: str, verb: str, in_list: bool) -> bool:
    if verb in _WEAK_VERBS:
        return False
    if how in {"to", "is to", "are to", "should", "can", "could"}:
        return verb in book().lists["verbs"] and (in_list or how != "can")
    return True


def _person(name: str, *, small: bool = False) -> str | None:
    """A name as it stands, if it is one: no month, no body, no word that merely begins a sentence."""
    lists = book().lists
    name = name.strip(" .,:'’*_")
    words = folded(name).replace("’", "'").split()
    if not words or (not small and not name[0].isupper()):
        return None
    first = words[0].strip(".'")
    if first in lists["no_name"] or (first in lists["bodies"] and len(words) == 1) or first.isdigit():
        return None
    return None if first in lists["speakers_no"] or first.endswith("'s") else name


def due_of(text: str) -> str | None:
    """Until when, as an ISO date where the sentence gives a whole one, else in its words; None if it does not say."""
    for written in dates_in(text[:_READ]):
        before = folded(text[max(0, written.start - 24) : written.start])
        if written.days and len(written.days) == 1 and _DATE_BEFORE.search(before):
            return written.days[0].isoformat()
        if not written.days and written.yearless and _DATE_BEFORE.search(before):
            return text[written.start : written.start + len(written.text)].strip()
    found = _DUE.search(text[:_READ])
    return found["when"].strip() if found else None
