"""`tequio bench notes --hostile`: files nobody wrote at a meeting, each of a shape that makes a reader slow."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from tequio.project.bench.measuring import Stopwatch

_SHAPES: dict[str, Callable[[random.Random], str]] = {
    "headings that decide": lambda _: "## approved\n",
    "proposals": lambda _: "Proposal: a\n",
    "numbered proposals": lambda chance: f"Proposal: {chance.randrange(10**6)}\n",
    "money": lambda _: "$5\n",
    "money of each amount": lambda chance: f"${chance.randrange(10**5)}\n",
    "money in one line": lambda chance: f"${chance.randrange(10**5)} ",
    "percentages": lambda chance: f"{chance.randrange(100)}%\n",
    "lines that end in a lone CR": lambda _: "we agreed to go\r",
    "empty lines that end in a lone CR": lambda _: "a\r",
    "underlined letters": lambda _: "a\n---\n",
    "labels": lambda _: "Responsable:\n",
    "two bytes": lambda _: "a\n",
    "agreements": lambda chance: f"We agreed {chance.randrange(10**6)}.\n",
    "agreements in one line": lambda chance: f"We agreed {chance.randrange(10**6)}. ",
    "tasks": lambda chance: f"Ana will write {chance.randrange(10**6)}\n",
    "boxes": lambda chance: f"- [ ] {chance.randrange(10**5)}\n",
    "motions and their votes": lambda _: "Motion: a\nIn favor: 3\nAgainst: 2\n",
    "proposals that pass": lambda _: "Proposal: a\nPassed.\n",
    "rows of motions": lambda chance: f"| Motion | For | Against |\n| {chance.randrange(10**5)} | 1 | 2 |\n",
    "speakers": lambda chance: f"Ana: agreed {chance.randrange(10**6)}\n",
    "paragraphs of a page": lambda _: "<p>a</p>",
    "headings in one line": lambda _: "= a = b ",
    "bullets in one line": lambda _: "* a ",
    "accents": lambda chance: "".join(chance.choices("áéíóúñüàèç", k=5)) + "\n",
    "commands": lambda chance: f"#agreed {chance.randrange(10**6)}\n",
}


def measure(*, megabytes: int, seed: int) -> dict[str, Any]:
    """Read a file of each shape, from bytes to the JSON of the answer; megabytes a second of this process's core.

    The floor is what the same machine takes, in the same run, to cut the same files into lines and words and to write
    those as JSON: other programs on the machine slow both alike.
    """
    from tequio.rules.notes.decoding import decoded
    from tequio.rules.notes.reading import read_notes
    from tequio.rules.notes.words import folded, tokens

    read_notes(text="A first meeting, to have the phrases read.\n")
    chance = random.Random(seed)
    triggers = _triggers()
    shapes = _SHAPES | {
        "words that mean something": lambda some: " ".join(some.choices(triggers, k=12)) + "\n",
        "one such word a line": lambda some: some.choice(triggers) + "\n",
    }
    speeds: dict[str, float] = {}
    floors: dict[str, float] = {}
    unread: dict[str, int] = {}
    for name, write in shapes.items():
        raw = _file(write=write, size=megabytes * 1_000_000, chance=chance)
        watch, floor = Stopwatch(), Stopwatch()
        with watch:
            found = read_notes(text=decoded(raw=raw))
            json.dumps(found.as_dict(language="en"), ensure_ascii=False)
        with floor:
            json.dumps([tokens(folded(line)) for line in raw.decode().splitlines()], ensure_ascii=False)
        size = len(raw) / 1_000_000
        speeds[name], floors[name] = round(size / watch.cpu, 2), round(size / floor.cpu, 2)
        if found.unread:
            unread[name] = found.unread.items
    return {
        "megabytes_each": megabytes,
        "slowest": min(speeds.values()),
        "megabytes_per_second_of_cpu": speeds,
        "floor": floors,
        "not_searched": unread,
    }


def _triggers() -> Sequence[str]:
    from tequio.rules.notes.phrases import book

    return sorted(book().triggers)


def _file(*, write: Callable[[random.Random], str], size: int, chance: random.Random) -> bytes:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(write(chance))
        length += len(parts[-1].encode())
    return "".join(parts).encode()
