"""Transcripts and chat logs: who says what, line by line, with or without the time before it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tequio.rules.notes.marked_lines import Line
from tequio.rules.notes.pieces import bullet, looks_like_heading
from tequio.rules.notes.records import Item
from tequio.rules.notes.words import folded, is_blank

# "10:04", "[10/03 20:31]", "12/5/21, 8:31:22 p. m. -", "00:01:02.500": as programs for chats and calls put them down.
_CLOCK: Final = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?(?:\s?[APap]\.?\s?[Mm]\b\.?)?"
_DAY: Final = r"(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{2,4})?,?[T\s]\s?)?"
_HIDDEN: Final = "[\u200e\u200f\u202a\u202c\ufeff]?"
_STAMP: Final = rf"[\[(]?{_DAY}{_CLOCK}[\])]?"
_TIME: Final = rf"(?:{_STAMP}:?\s{{1,3}}(?:[-–]\s)?)?"
_NICK: Final = re.compile(
    rf"\s*{_TIME}(?:\d\d:\d\d:\d\d\s)?<\s?(?P<nick>[@+%&~]?[\w\[\]\\`_^{{|}}.-]{{1,32}})>\s?(?P<said>.*)$", re.DOTALL
)
_CAPTION: Final = re.compile(r"\s*<v(?:\.[\w.]{1,20})?\s(?P<nick>[^<>]{1,40})>\s?(?P<said>.*)$", re.DOTALL)
_WORD: Final = r"[A-ZÁÉÍÓÚÑÜ][\w.'’-]{0,24}"
# "Ingrid (Unit 4)", "Unit 19", "Sec. de Trabajo": a name with more behind it; not "Item 3", "Punto 4", which head one.
_MORE: Final = (
    rf"(?:\s(?:{_WORD}|\d{{1,4}}[A-Za-z]?|(?:de|del|of)(?:\s(?:la|las|los|the))?\s{_WORD}|\([^()\n:]{{1,40}}\)))"
)
_POINT: Final = (
    r"(?:Acuerdo|Decisi|Punto|Propuesta|Motion|Moción|Resol|Proposal|Item|Vot[eo]|Votaci|Orden|Tema|Asunto|Next|Action"
    r"|Note|Nota|Resul|Agenda|Agreement|Topic|Fecha|Date|Page|Línea|Line|Fin|End)"
)
_NAME: Final = re.compile(
    rf"\s*{_HIDDEN}(?:[*•-]\s)?{_TIME}(?:\*\*|'''|__)?"
    rf"(?P<nick>{_WORD}(?:\s[A-ZÁÉÍÓÚÑ(][\w.'’()-]{{0,24}}){{0,3}}|[a-z][\w-]{{1,20}}|(?!{_POINT}){_WORD}{_MORE}{{1,4}})"
    rf"(?:\*\*|'''|__)?(?:\s?[\[(]{_CLOCK}[\])])?\s?:(?:\*\*|'''|__)?\s+(?P<said>\S.*)$",
    re.DOTALL,
)
_TIMED_NAME: Final = re.compile(
    rf"\s*{_HIDDEN}(?=[\[(\d]){_TIME}(?:(?:From|De)\s)?(?P<nick>[^\s:<>\[\](][^:<>\n]{{0,39}}?)"
    r"(?:\s(?:to|a|para)\s(?:everyone|todos|all|hosts?)[^:\n]{0,30})?\s?:\s{1,3}(?P<said>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
# A line of its own says who speaks, and when: "Kath Brody 0:04", "[8:31 PM] Ana", "Ana — hoy a las 20:31".
_SAID_WHEN: Final = (
    rf"(?:(?:today|yesterday|hoy|ayer|last \w{{3,9}}day)(?:\sat|\sa\slas?)?,?\s)?[\[(]?{_DAY}{_CLOCK}[\])]?"
)
_CALLED: Final = r"(?P<nick>[^\W\d_][^\[\]()<>|:\n]{0,38}?(?:\([^()\n]{1,30}\))?)"
_HEAD: Final = re.compile(rf"\s*{_HIDDEN}{_CALLED}[\s,:—–-]{{1,4}}{_SAID_WHEN}$", re.IGNORECASE)
_HEAD_TIMED: Final = re.compile(rf"\s*{_HIDDEN}{_STAMP}\s{{1,3}}(?:[-–]\s)?{_CALLED}:?$")
_HEAD_ALONE: Final = re.compile(rf"\s*(?:\*\*)?(?P<nick>(?!{_POINT}){_WORD}{_MORE}{{0,3}}):(?:\*\*)?$")
_LONGEST_HEAD: Final = 90
_TOPIC: Final = re.compile(
    r"(?:#topic|#subtopic|\[TOPIC\]|TOPIC:|#meetingtopic|#startmeeting|#tema)\s+\S", re.IGNORECASE
)
_SAMPLE: Final = 600
_NEAR: Final = 90  # characters in which a name ends


def speaker(text: str) -> tuple[str, str] | None:
    """Who speaks in a line and what they say, or None; in what spans two lines, the first may say only who speaks."""
    if "\n" in text[:_LONGEST_HEAD]:
        head, _, said = text.partition("\n")
        name = _head(head)
        if name is not None:
            return name, said
    found = ((_NICK.match(text) or _CAPTION.match(text)) if "<" in text[:40] else None) or (
        (_NAME.match(text) or _TIMED_NAME.match(text)) if ":" in text[:_NEAR] else None
    )
    return (found["nick"].lstrip("@+%&~ ").strip(), found["said"]) if found else None


def _head(line: str) -> str | None:
    """Who speaks in the lines below, if that is all a line says."""
    line = line.rstrip()
    if not line or len(line) > _LONGEST_HEAD or (line[-1] not in ":])" and ":" not in line):
        return None
    found = _HEAD.match(line) or _HEAD_TIMED.match(line) or _HEAD_ALONE.match(line)
    return found["nick"].strip(" ,:*—–-~") or None if found else None


def leaders_of(*, texts: Iterable[str], titles: frozenset[str]) -> frozenset[str]:
    """The names, folded, of who leads a meeting: who has the title, else who speaks most by far."""
    spoke: Counter[str] = Counter()
    for text in texts:
        said = speaker(text)
        if said:
            spoke[folded(said[0])] += 1
    heard = spoke.total()
    titled: set[str] = set()
    for name in list(spoke):
        title, _, called = name.partition(" (")
        called = called.strip(" )")
        if title in titles or name in titles:
            titled |= {name, called} - {""}
        elif called and (title in spoke or called in spoke):  # "Chair (Ana)" and later "Ana", or "Ana (Unit 4)"
            spoke[called if called in spoke else title] += spoke[name]
    if titled or not spoke:
        return frozenset(titled)
    (name, lines), *_ = spoke.most_common(1)
    return frozenset({name}) if lines >= _LINES_OF_LEADER and lines * _SHARE_OF_LEADER >= heard else frozenset()


_LINES_OF_LEADER: Final = 4
_SHARE_OF_LEADER: Final = 5  # a fifth of what is said


def is_chat(*, lines: Sequence[str]) -> bool:
    """Whether most lines are <nick> lines of a chat log."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    return len(sample) > 2 and sum(1 for line in sample if _NICK.match(line)) * 2 >= len(sample)  # noqa: PLR2004 - WONTFIX: a few


def is_transcript(*, lines: Sequence[str], no_speakers: frozenset[str]) -> bool:
    """Whether most lines say who speaks, and the same people speak again and again."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    names = [said[0].lower() for line in sample if (said := speaker(line)) and said[0].lower() not in no_speakers]
    return len(names) >= 4 and len(names) * 2 >= len(sample) and _come_again(names)  # noqa: PLR2004 - WONTFIX: more than chance


def is_in_blocks(*, lines: Sequence[str], no_speakers: frozenset[str]) -> bool:
    """Whether who speaks stands on lines of their own, above what they say."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    names = [name.lower() for line in sample if (name := _head(line)) and name.lower() not in no_speakers]
    return len(names) >= _HEADS and len(names) * 5 >= len(sample) and _come_again(names)


_HEADS: Final = 3  # lines that say who speaks


def _come_again(names: Sequence[str]) -> bool:
    return len(set(names)) * 3 <= len(names) * 2


def read_transcript(*, lines: Sequence[Line], in_blocks: bool = False) -> Iterator[Item]:
    """A piece for each line, as written; a new topic is a heading.

    `in_blocks`: lines that only say who speaks are put before what is said below them, at the line where that begins.
    """
    first = blank = True
    head = ""  # who speaks, not yet put before what they say
    where = 0
    for index, (number, line) in enumerate(lines):
        if is_blank(line):
            blank = True
            continue
        if in_blocks and _head(line) is not None:
            if head:
                yield Item(where, head, 0)
            head, where, first, blank = line.strip(), number, False, False
            continue
        text = line.strip()
        if head:
            yield Item(number, f"{head}\n{text}", 0)
            head, first, blank = "", False, False
            continue
        said = speaker(line)
        if _TOPIC.match(said[1] if said else text):
            yield Item(number, text, 2, heading=True)
        elif said is None and _stands_alone(lines=lines, index=index, blank=blank, first=first, in_blocks=in_blocks):
            hashes = len(text) - len(text.lstrip("#="))
            yield Item(number, text.strip("#= ") or text, hashes or (1 if first else 2), heading=True)
        else:
            marked = bullet(line) if said is None or text[:2] in {"* ", "- ", "• "} else None
            yield Item(number, marked[0] if marked else text, 1 if marked else 0)
        first = blank = False
    if head:
        yield Item(where, head, 0)


def _stands_alone(*, lines: Sequence[Line], index: int, blank: bool, first: bool, in_blocks: bool) -> bool:
    line = lines[index][1]
    if line[:2] in {"# ", "##"} or (line[0] == "=" and line.rstrip()[-1] == "="):
        return True
    if in_blocks and not first:
        return False  # what somebody says is short and stands alone, and heads nothing
    below = lines[index + 1][1] if index + 1 < len(lines) else ""
    after = is_blank(below) or first
    return bullet(line) is None and looks_like_heading(line=line, before_blank=blank, after_blank=after, first=first)
