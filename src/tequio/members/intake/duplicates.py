"""Likely duplicates: members of one center whose names are the same but for accents, case and white space."""

import unicodedata
from collections.abc import Iterable

# All pairs of a thousand equal names would be half a million questions; above this each is held to the first alone.
ALL_PAIRS_UP_TO = 50


def likeness_key(*, name: str) -> str:
    """What two names have in common when a person should compare them.

    The roll's contract: Unicode NFKD, combining marks dropped, case folded, white space collapsed and stripped.
    """
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name)
        name = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(name.casefold().split())


def likely_duplicates(*, members: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Pairs of ids (earlier, later) among `members`, given as (id, center, name) in the order of the file.

    The program merges none of them. Pairs are in the order of the earlier member, then of the later one.
    """
    groups: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for position, (member_id, center, name) in enumerate(members):
        groups.setdefault((center, likeness_key(name=name)), []).append((position, member_id))
    found: list[tuple[int, int, str, str]] = []
    for group in groups.values():
        earlier_ones = group if len(group) <= ALL_PAIRS_UP_TO else group[:1]
        for index, (position, member_id) in enumerate(earlier_ones):
            found += [(position, later, member_id, later_id) for later, later_id in group[index + 1 :]]
    return [(earlier_id, later_id) for _, _, earlier_id, later_id in sorted(found)]
