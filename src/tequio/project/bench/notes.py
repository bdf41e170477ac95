"""`tequio bench notes`: notes of invented meetings in every format, read as the command reads a file."""

import html
import json
import random
from collections.abc import Callable
from typing import Any

from tequio.project.bench.measuring import Stopwatch

_NAMES = ("Ana", "Berta", "Chucho", "Dolores", "Emma", "Farid", "Grace", "Hugo", "Inés", "Jo", "Karla", "Luis")
_THINGS = (
    "the kitchen budget", "the new server", "the autumn assembly", "the lease of the workshop", "the bylaws",
    "el presupuesto de la cocina", "el servidor nuevo", "la asamblea de otoño", "la renta del taller", "los estatutos",
)  # fmt: skip
_SAYINGS = (
    "{name} reported on {thing}: {n} people came and the costs were about ${m}.",
    "{name} asked whether {thing} could wait until spring; nobody knew.",
    "We agreed to move {thing} to the second week of the month.",
    "{name} will write to {other} about {thing} before the next meeting.",
    "The proposal about {thing} passed {n}-{k} after a long discussion.",
    "Some worry that {thing} costs {p}% more than last year, others think it is worth it.",
    "{name} informó sobre {thing}: vinieron {n} personas y se gastaron {m} pesos.",
    "Se acordó que {name} y {other} revisen {thing} antes de la próxima reunión.",
    "No se aprobó el aumento para {thing}; se sigue platicando en la lista.",
    "{name} preguntó si {thing} puede esperar; hubo muchas opiniones y poco tiempo.",
    "Votación sobre {thing}: {n} a favor, {k} en contra, 2 abstenciones.",
    "It rained, and {name} told the story of how {thing} came to be, which everybody had heard before.",
)
_PER_SECTION = 9


def measure(*, megabytes: int, seed: int) -> dict[str, Any]:
    """Read so many megabytes of notes, an equal part in each format: from bytes to the JSON of the answer.

    Seconds of the wall clock; the seconds at work tell what other programs took of the core. The floor is what the same
    machine takes, in the same run, to cut the same files into lines and words and to write those as JSON.
    """
    from tequio.rules.notes.decoding import decoded
    from tequio.rules.notes.reading import read_notes
    from tequio.rules.notes.words import folded, tokens

    read_notes(text="A first meeting, to have the phrases read.\n")
    chance = random.Random(seed)
    share = megabytes * 1_000_000 // len(_FORMATS)
    whole, floor, size, items, candidates = Stopwatch(), Stopwatch(), 0, 0, 0
    speeds: dict[str, float] = {}
    for name, write in _FORMATS.items():
        raw = _file(write=write, size=share, chance=chance)
        watch = Stopwatch()
        with whole, watch:
            found = read_notes(text=decoded(raw=raw))
            json.dumps(found.as_dict(language="en"), ensure_ascii=False)
        with floor:
            json.dumps([tokens(folded(line)) for line in raw.decode().splitlines()], ensure_ascii=False)
        size += len(raw)
        items += sum(len(section.items) for section in found.sections)
        candidates += len(found.candidates)
        speeds[name] = round(len(raw) / 1_000_000 / watch.wall, 2)
    return {
        "megabytes": round(size / 1_000_000, 2),
        "seconds": round(whole.wall, 3),
        "cpu_seconds": round(whole.cpu, 3),
        "megabytes_per_second": round(size / 1_000_000 / whole.wall, 2),
        "floor": round(size / 1_000_000 / floor.wall, 2),
        "times_floor": round(whole.cpu / floor.cpu, 1),
        "slowest": min(speeds.values()),
        "by_format": speeds,
        "items": items,
        "candidates": candidates,
    }


def _file(*, write: Callable[[str, list[str]], str], size: int, chance: random.Random) -> bytes:
    parts: list[str] = []
    length = 0
    while length < size:
        heading = chance.choice(_THINGS).capitalize() + f" {chance.randrange(1000)}"
        said = [_saying(chance=chance) for _ in range(_PER_SECTION)]
        parts.append(write(heading, said))
        length += len(parts[-1].encode())
    return "".join(parts).encode()


def _saying(*, chance: random.Random) -> str:
    return chance.choice(_SAYINGS).format(
        name=chance.choice(_NAMES),
        other=chance.choice(_NAMES),
        thing=chance.choice(_THINGS),
        n=chance.randrange(3, 90),
        k=chance.randrange(0, 9),
        m=chance.randrange(20, 9000),
        p=chance.randrange(2, 40),
    )


def _marked(before: str, after: str, bullet: str) -> Callable[[str, list[str]], str]:
    def write(heading: str, said: list[str]) -> str:
        lines = [f"{before}{heading}{after}", "", *(f"{bullet}{line}" for line in said), "", ""]
        return "\n".join(lines)

    return write


def _page(heading: str, said: list[str]) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>\n" for line in said)
    return f"<h2>{html.escape(heading)}</h2>\n<ul>\n{items}</ul>\n"


def _one_line(heading: str, said: list[str]) -> str:
    return f"== {heading} == " + " ".join(f"* {line}" for line in said) + " "


def _differences(heading: str, said: list[str]) -> str:
    rows = [f"== {heading} ==", "", *(f" * {line}" for line in said)]
    return "\n".join(f"| {number} | {row} |" for number, row in enumerate(rows, start=1)) + "\n"


def _spoken(heading: str, said: list[str]) -> str:
    return (
        "\n".join(f"{_NAMES[position % len(_NAMES)]}: {line}" for position, line in enumerate([heading, *said])) + "\n"
    )


_FORMATS: dict[str, Callable[[str, list[str]], str]] = {
    "plain": _marked("", "", "  • "),
    "markdown": _marked("## ", "", "- "),
    "trac": _marked("== ", " ==", " * "),
    "mediawiki": _marked("== ", " ==", "** '''x''' "),
    "html": _page,
    "flattened": _one_line,
    "diff": _differences,
    "transcript": _spoken,
}
