"""The points of what may make a sentence a decision: read once from `points.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Points:
    """The points of each cue, in tenths, by the kind of cue; all words folded, every number written "#"."""

    base: int
    in_talk: int  # in transcripts, where most of what is said decides nothing
    words: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    first: Mapping[str, int]
    last: Mapping[str, int]
    said: Mapping[str, int]  # phrases found, guards, what other rules say, shape, place

    def worth(self, kind: str, cue: str) -> int:
        """The points of one cue of a kind."""
        if kind == "pairs":
            one, _, other = cue.partition(" ")
            return self.pairs.get((one, other), 0)
        table: Mapping[str, int] = getattr(self, kind)
        return table.get(cue, 0)


@cache
def points() -> Points:
    """The points, read from their file the first time."""
    data = tomllib.loads(resources.files("tequio.rules.notes").joinpath("points.toml").read_text("utf-8"))
    pairs: dict[tuple[str, str], int] = {}
    for pair, worth in _entries(data["pairs"]):
        one, _, other = pair.partition(" ")
        pairs[one, other] = worth
    tables = {kind: dict(_entries(data[kind])) for kind in ("words", "first", "last", "said")}
    return Points(base=data["base"], in_talk=data["in_talk"], pairs=pairs, **tables)


def _entries(table: Mapping[str, str | list[str]]) -> Iterator[tuple[str, int]]:
    """Every cue with its points: `"+3" = "consented mandated"`; pairs as a list."""
    for worth, cues in table.items():
        for cue in cues.split() if isinstance(cues, str) else cues:
            yield cue, int(worth)
