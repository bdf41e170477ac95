"""Notes as paragraphs: what one is, how it is known again, and which paragraphs of a translation are older than it.

Every line that says something is a paragraph; a bullet hangs as deep as it is indented. A paragraph is known again by
the fingerprint of its words: spaces, indentation and the mark of a bullet do not make it another one, since a
translation does not become old by them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from tequio.rules.differences import Run, word_runs
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

LONGEST: Final = 200_000  # characters of the notes one place keeps of one item
DEEPEST: Final = 8  # bullets that hang deeper are shown as deep as this
_BULLET = re.compile(r"(?:[-*+•◦‣–]|\d{1,3}[.)])\s+(?=\S)")
_LENGTH: Final = 16  # hexadecimal digits of a fingerprint; two paragraphs of a meeting never share them by accident
_TAB: Final = "  "
_MOST_PAIRS: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph: its words, its line in the text from 1, whether it is a bullet and how deep it hangs (0: not).

    `written` is its whole line, and `apart` whether an empty line stands before it.
    """

    words: str
    line: int
    bullet: bool
    depth: int
    written: str
    apart: bool = False

    @property
    def fingerprint(self) -> str:
        """By what it is known again: of its words alone."""
        return fingerprint(words=self.words)

    @property
    def linked(self) -> tuple[tuple[str, str], ...]:
        """Its words in runs, each with the address it leads to or none."""
        return with_links(words=self.words)


def tidied(text: str, /) -> str:
    """Notes as they are kept: one way to write each letter, no invisible marks, at most one empty line in a row.

    Indentation stays, a tab as two spaces. What no Spanish or English needs is left out, as in rules/wording.py.
    """
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        said = _said(line)
        if said:
            kept.append(_indent(line) + said)
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept).rstrip("\n")


def _said(line: str) -> str:
    # Most lines are plain, and looking at each letter of them would take longer than all the rest.
    return " ".join(line.split()) if line.isascii() and line.isprintable() else cleaned_line(line)


def _indent(line: str) -> str:
    blank = line[: len(line) - len(line.lstrip(" \t\u00a0"))]
    return blank.replace("\t", _TAB).replace("\u00a0", " ")[: 2 * len(_TAB) * DEEPEST]


def paragraphs(*, text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a tidied text, in order. Each names its line, so that a mark finds it."""
    found: list[Paragraph] = []
    hanging: list[int] = []  # the indents of the bullets above this one
    apart = False
    for number, line in enumerate(text.split("\n"), start=1):
        said = line.strip()
        if not said:
            apart = bool(found)
            continue
        mark = _BULLET.match(said)
        depth = 0
        if mark:
            indent = len(line) - len(line.lstrip())
            while hanging and indent <= hanging[-1]:
                hanging.pop()
            hanging.append(indent)
            depth = min(len(hanging), DEEPEST)
        else:
            hanging.clear()
        words = said[mark.end() :] if mark else said
        found.append(
            Paragraph(words=words, line=number, bullet=bool(mark), depth=depth, written=line.rstrip(), apart=apart)
        )
        apart = False
    return tuple(found)


def joined(found: Sequence[Paragraph], /) -> str:
    """The text of paragraphs in a row, those that stood apart apart."""
    return "\n".join("\n" * (one.apart and number > 0) + one.written for number, one in enumerate(found))


def fingerprint(*, words: str) -> str:
    """By what words are known again: 16 hexadecimal digits that spaces do not change."""
    return sha256(" ".join(words.split()).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def aligned(old: Sequence[Any], new: Sequence[Any], /) -> Sequence[tuple[str, int, int, int, int]]:
    """How one list became another, as difflib tells it. In very long ones what comes again and again is not matched.

    Nothing depends on the best match: what is not matched stands as changed, and is put together all the same. But
    ten thousand lines of which each stands there a thousand times would take minutes to compare.
    """
    return SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > _MOST_PAIRS).get_opcodes()


class Beside(StrEnum):
    """How a paragraph of a text and one of its translation stand to each other."""

    SAME = "same"  # made of these very words
    OLDER = "older"  # made of words that were changed since
    MISSING = "missing"  # not translated yet
    GONE = "gone"  # its original was taken out


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A paragraph beside its translation; either may be missing. `made_of` is what the translation was made of."""

    state: Beside
    original: Paragraph | None
    translation: str
    made_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abreast:
    """A text and its translation, paragraph by paragraph, in the order of the text."""

    pairs: tuple[Pair, ...]

    @property
    def concerned(self) -> tuple[Pair, ...]:
        """The pairs by which the translation is older than the text."""
        return tuple(pair for pair in self.pairs if pair.state is not Beside.SAME)

    @property
    def is_older(self) -> bool:
        """Whether anything was changed, added or taken out since it was made."""
        return bool(self.concerned)

    def why(self) -> Text:
        """How they stand to each other, in a sentence."""
        counts = {state: sum(pair.state is state for pair in self.pairs) for state in Beside}
        if not self.is_older:
            return Text(en="The translation is of this very text.", es="La traducción es de este mismo texto.")
        parts = [(counts[state], words) for state, words in _CONCERNED.items() if counts[state]]
        en = "; ".join(f"{count} {words.en}" for count, words in parts)
        es = "; ".join(f"{count} {words.es}" for count, words in parts)
        return Text(
            en=f"The translation is older than the text. Paragraphs: {en}.",
            es=f"La traducción es anterior al texto. Párrafos: {es}.",
        )


_CONCERNED: Final = {
    Beside.OLDER: Text(en="changed since", es="cambiados desde entonces"),
    Beside.MISSING: Text(en="not translated", es="sin traducir"),
    Beside.GONE: Text(en="taken out of the text", es="quitados del texto"),
}


def abreast(*, text: str, translation: Sequence[str], made_of: Sequence[str]) -> Abreast:
    """A text beside its translation. `made_of` has, for each paragraph of the translation, the fingerprint of its own.

    Paragraphs that stand where others stood are their later words; what is left over is new, or was taken out.
    """
    originals = paragraphs(text=text)
    prints = [one.fingerprint for one in originals]
    sources = list(made_of)[: len(translation)]
    pairs: list[Pair] = []
    for tag, first, last, start, end in aligned(sources, prints):
        state = Beside.SAME if tag == "equal" else Beside.OLDER
        common = min(last - first, end - start)
        for step in range(common):
            at = first + step
            pairs.append(
                Pair(state=state, original=originals[start + step], translation=translation[at], made_of=sources[at])
            )
        pairs.extend(
            Pair(state=Beside.GONE, original=None, translation=translation[at], made_of=sources[at])
            for at in range(first + common, last)
        )
        pairs.extend(
            Pair(state=Beside.MISSING, original=originals[at], translation="") for at in range(start + common, end)
        )
    return Abreast(pairs=tuple(pairs))


def in_its_place(*, original: Paragraph, translated: str) -> str:
    """The line of a translated paragraph: it hangs as its original does."""
    return original.written[: original.written.find(original.words)] + translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A paragraph that differs between two revisions (None: it was not there, or is not any more), word by word."""

    before: str | None
    after: str | None
    runs: tuple[Run, ...]


def changes(*, before: str, after: str) -> tuple[Change, ...]:
    """What differs between two revisions of a text, paragraph by paragraph; nothing where they say the same."""
    old = [one.words for one in paragraphs(text=before)]
    new = [one.words for one in paragraphs(text=after)]
    found: list[Change] = []
    for tag, first, last, start, end in aligned(old, new):
        if tag == "equal":
            continue
        for step in range(max(last - first, end - start)):
            was = old[first + step] if first + step < last else None
            now = new[start + step] if start + step < end else None
            found.append(Change(before=was, after=now, runs=word_runs(before=was or "", after=now or "")))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A paragraph with the bullets that hang below it."""

    paragraph: Paragraph
    below: tuple["Node", ...]


def tree(found: Sequence[Paragraph], /) -> tuple[Node, ...]:
    """Paragraphs with the bullets that hang below each, in order. A bullet hangs below a bullet, never below text."""
    top: list[tuple[Paragraph, list[Any]]] = []
    path: list[tuple[int, list[Any]]] = []
    for one in found:
        while path and (not one.bullet or path[-1][0] >= one.depth):
            path.pop()
        here: tuple[Paragraph, list[Any]] = (one, [])
        (path[-1][1] if path else top).append(here)
        if one.bullet:
            path.append((one.depth, here[1]))
    return _nodes(top)


def _nodes(rows: Sequence[tuple[Paragraph, list[Any]]]) -> tuple[Node, ...]:
    return tuple(Node(paragraph=one, below=_nodes(below)) for one, below in rows)


_LINK = re.compile(r"https?://[^\s<>\"'“”«»]+", re.IGNORECASE)
_AFTER_A_LINK: Final = ".,;:!?)]}…"


def with_links(*, words: str) -> tuple[tuple[str, str], ...]:
    """Words in runs, each with the address it leads to or none. Only http and https are addresses."""
    runs: list[tuple[str, str]] = []
    done = 0
    for match in _LINK.finditer(words):
        address = match.group().rstrip(_AFTER_A_LINK)
        if match.start() > done:
            runs.append((words[done : match.start()], ""))
        runs.append((address, address))
        done = match.start() + len(address)
    if done < len(words):
        runs.append((words[done:], ""))
    return tuple(runs)
