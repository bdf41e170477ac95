#!/usr/bin/env python3
"""Learn the points of `src/tequio/rules/notes/points.toml` again, from notes in which what decides is marked.

    python -m venv /tmp/learn && /tmp/learn/bin/pip install scikit-learn pytest
    PYTHONPATH=src:. /tmp/learn/bin/python tools/weigh_notes.py [FOLDER ...]

Reads the marked notes of tests/rules/notes/written but the rounds nobody learns from (tests/rules/notes/marked.py), the
sentences of the tests, and notes in further folders, one a file, marked in the same way: of real meetings, that may not
be kept here. Each sentence is read as the program reads it; its cues are those of rules/notes/weighing.py. What is
learnt is a logistic regression; its weights, times ten and rounded, are the points. docs/decisions/0019 says why.
"""

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from tests.rules.notes import test_notes_decisions, test_notes_implied, test_notes_terse
from tests.rules.notes.examples import EXAMPLES
from tests.rules.notes.marked import UNLEARNT, Mark, Note, compared, written_notes

from tequio.rules.notes import candidates, paragraphs
from tequio.rules.notes.reading import read_notes
from tequio.rules.notes.weighing import cues_of, is_stated, may_decide_by_words
from tequio.rules.notes.words import folded, word_set

CUES = 2500  # kept, of those that decide most
LEAST_NOTES = 6  # in which a cue has to stand
THRESHOLD, IN_TALK = -1.4, -0.6  # from where on a sentence decides: more found and more false the lower it is
MOST = 14  # points of one word or pair: more of them came from the ways of a few writers
BY_HAND = {"said:by_noted": 2}  # of real minutes fewer such finds were right than of the notes learnt from
ROUNDS = 3  # of learning which sentence of a marked line it is that decides
WEIGHTS = {"early": 0.5, "real": 2.0, "test": 2.0, "plain": 1.0}
POINTS = Path(__file__).parents[1] / "src/tequio/rules/notes/points.toml"
WIDTH = 110
# Words so frequent that they only tell how long a sentence is.
FREQUENT = word_set(
    "a an and are as at be been by for from had has have he in is it its of on or our she that the their they this to "
    "was were with i now de que en el la los las un una y o con por para del al su es fue ha han le les lo se como mas "
    "esta este eso esto ser si me my his her you mr mrs ms dr : # d s"
)


@dataclass
class Said:
    """A sentence as it was read, and what is known of it."""

    note: str
    kind: str
    text: str
    cues: frozenset[str]
    mark: int | None  # which mark of its note it may be
    decides: bool
    found: bool  # whether another rule read a decision out of it


def read(note: Note, *, kind: str) -> Iterator[Said]:
    """Every sentence of a note that is weighed."""
    weighed: list[tuple[int, Any, Any, Any]] = []
    line = [0]

    def remember(sentence: Any, *, verdict: Any, setting: Any, bare: Any = None) -> Any:  # noqa: ARG001 - CONFIG: as it is called
        if verdict is not None and is_stated(verdict):
            return verdict
        if verdict is not None or may_decide_by_words(sentence, setting=setting):
            weighed.append((line[0], sentence, verdict, setting))
        return verdict

    def on_line_of(method: Any) -> Any:
        def called(self: Any, *given: Any, **named: Any) -> Any:
            line[0] = next(one.line for one in given if hasattr(one, "line"))
            return method(self, *given, **named)

        return called

    reader, finder = paragraphs.Paragraphs, candidates._Finder  # noqa: SLF001 - CONFIG: learns from inside
    with (
        patch.object(paragraphs, "weighed", remember),
        patch.object(paragraphs, "is_beyond_grammar", lambda _: False),
        patch.object(candidates, "weighed", remember),
        patch.object(reader, "_remember", lambda *_: None),
        patch.object(reader, "read", on_line_of(reader.read)),
        patch.object(finder, "_heading", on_line_of(finder._heading)),  # noqa: SLF001 - CONFIG: learns from inside
    ):
        read_notes(text=note.text)
    marks = note.marks()
    for at, sentence, verdict, setting in weighed:
        text = compared(sentence.text)
        mark = next((number for number, one in enumerate(marks) if _is_in(text, at, one, note)), None)
        cues = frozenset(f"{sort}:{cue}" for sort, cue in cues_of(sentence, verdict=verdict, setting=setting))
        if text:
            decides = mark is not None and marks[mark].decides
            yield Said(note.name, kind, sentence.text, cues, mark, decides, verdict is not None)


def notes_of_tests() -> Iterator[Note]:
    """The sentences of the tests, some to a note among paragraphs that tell of talk: what has to stay as it is."""
    deciding = {**test_notes_decisions.DECIDING, **test_notes_implied.DECIDING}
    telling = [*test_notes_decisions.NOT_DECIDING, *test_notes_implied.TELLING]
    lines = [f"* {line} @@D" for line in deciding] + [f"* {line}" for line in telling]
    random.Random(1).shuffle(lines)
    for number in range(0, len(lines), 20):
        text = "\n".join(["Notes\n", test_notes_implied.LONG * 3, *lines[number : number + 20], ""])
        yield Note(f"test-{number}", text)
    terse = [f"* {line} @@D" for line in test_notes_terse.NOTED] + [f"* {line}" for line in test_notes_terse.TOLD]
    random.Random(1).shuffle(terse)
    for number in range(0, len(terse), 12):
        yield Note(f"terse-{number}", "\n".join(["Shed\n", *terse[number : number + 12], "* Who has a ladder?\n"]))
    for number, example in enumerate(EXAMPLES):
        if "flat" not in example.form:
            lines = [
                line + (" @@D" if at in example.decisions else "")
                for at, line in enumerate(example.text.split("\n"), 1)
            ]
            yield Note(f"example-{number}", "\n".join(lines))


def _worth(cue: str, weight: float) -> int:
    """The points of a cue, in tenths."""
    worth = round(weight * 10)
    return worth if cue.startswith("said:") else min(worth, MOST)


def _is_in(text: str, line: int, mark: Mark, note: Note) -> bool:
    same = note.is_one_line or mark.line == line
    if not same and abs(mark.line - line) > 10:  # noqa: PLR2004 - WONTFIX: lines of a paragraph
        return False
    end = " ".join(mark.text.split()[-6:])
    return (text in mark.text and (same or len(text) > 12)) or (len(end) > 8 and end in text)  # noqa: PLR2004 - WONTFIX: letters that tell


def learnt(said: Sequence[Said], *, keep: Iterable[str]) -> tuple[dict[str, float], float]:
    """The weight of each cue, and the base."""
    kept = frozenset(keep)
    shaped = DictVectorizer()
    rows = shaped.fit_transform([dict.fromkeys(one.cues & kept, 1) for one in said])
    groups = defaultdict(list)
    for number, one in enumerate(said):
        if one.decides:
            groups[one.note, one.mark].append(number)
    others = [number for number, one in enumerate(said) if one.mark is None]
    deciding = [next((number for number in some if said[number].found), some[-1]) for some in groups.values()]
    for _ in range(ROUNDS):
        chosen = others + deciding
        model = LogisticRegression(C=1, max_iter=400, solver="liblinear")
        weights = [WEIGHTS[said[number].kind] for number in chosen]
        model.fit(rows[chosen], [0] * len(others) + [1] * len(deciding), sample_weight=weights)
        score = model.decision_function(rows)
        deciding = [max(some, key=lambda number: score[number]) for some in groups.values()]
    return dict(zip(shaped.get_feature_names_out(), model.coef_[0], strict=True)), float(model.intercept_[0])


def candidates_for_points(said: Sequence[Said]) -> set[str]:
    """The cues worth points: in enough notes, no names, no words that only tell how long a sentence is."""
    notes, small, capital = defaultdict(set), Counter[str](), Counter[str]()
    for one in said:
        for cue in one.cues:
            notes[cue].add(one.note)
        for number, word in enumerate(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", one.text)):
            if word[0].islower():
                small[folded(word)] += 1
            elif number:
                capital[folded(word)] += 1

    def is_good(cue: str) -> bool:
        kind, _, words = cue.partition(":")
        if kind == "said":
            return True
        if kind == "words" and words in FREQUENT:
            return False
        return all(word in "#:" or small[word] > capital[word] for word in words.split())

    return {cue for cue, some in notes.items() if len(some) >= LEAST_NOTES and is_good(cue)}


def written(points: dict[str, int], *, base: int, in_talk: int) -> str:
    """The file of the points."""
    lines = [
        "# The points of what may make a sentence a decision, in tenths; weighing.py adds them up. Learnt, not written",
        "# by hand: docs/decisions/0019 says how and why, tools/weigh_notes.py does it.",
        f"\nbase = {base}\nin_talk = {in_talk}",
    ]
    for kind in ("said", "words", "first", "last", "pairs"):
        lines.append(f"\n[{kind}]")
        by_worth = defaultdict(list)
        for cue, worth in points.items():
            if cue.startswith(f"{kind}:"):
                by_worth[worth].append(cue.partition(":")[2])
        for worth in sorted(by_worth, reverse=True):
            lines += _entry(worth, sorted(by_worth[worth]), quoted=kind == "pairs")
    return "\n".join(lines) + "\n"


def _entry(worth: int, cues: Sequence[str], *, quoted: bool) -> list[str]:
    rows = [""]
    for cue in cues:
        word = f'"{cue}", ' if quoted else f"{cue} "
        if len(rows[-1]) + len(word) > WIDTH:
            rows.append("")
        rows[-1] += word
    rows = [row.rstrip() for row in rows]
    opens, closes = ("[", "]") if quoted else ('"""', '"""')
    if len(rows) == 1:
        opens, closes = (opens, closes) if quoted else ('"', '"')
        return [f'"{worth:+d}" = {opens}{rows[0].rstrip(",")}{closes}']
    return [f'"{worth:+d}" = {opens}', *(f"  {row}" for row in rows), closes]


def main(folders: Sequence[str]) -> None:
    """Learn and write."""
    said: list[Said] = []
    for note in written_notes():
        if note.round not in UNLEARNT:
            said += read(note, kind="plain" if note.round > 9 else "early")  # noqa: PLR2004 - CONFIG: rules were mended on 1 to 9
    for note in notes_of_tests():
        said += read(note, kind="test")
    for path in sorted(path for folder in folders for path in Path(folder).iterdir()):
        name = f"{'flat' if path.suffix == '.flat' else path.parent.name}-{path.stem}"
        said += read(Note(name, path.read_text("utf-8")), kind="real")
    good = candidates_for_points(said)
    count = Counter(cue for one in said for cue in one.cues)
    weights, _ = learnt(said, keep=good)
    most = sorted(weights, key=lambda cue: -abs(weights[cue]) * count[cue] ** 0.5)[:CUES]
    weights, intercept = learnt(said, keep=[*most, *(cue for cue in good if cue.startswith("said:"))])
    points = {cue: _worth(cue, weight) for cue, weight in weights.items() if _worth(cue, weight)}
    points |= BY_HAND
    base, in_talk = round((intercept - THRESHOLD) * 10), round((THRESHOLD - IN_TALK) * 10)
    POINTS.write_text(written(points, base=base, in_talk=in_talk), "utf-8")
    print(f"{len(said)} sentences, {len(points)} cues")


if __name__ == "__main__":
    main(sys.argv[1:])
