"""Whether a meeting has interpretation, in each direction, and how its call says so.

People who sit in places of different languages need both directions; where all places are of one language nobody has
to interpret. A direction has interpretation once somebody signed up for it, volunteer or of the paid reserve.
"""

from collections.abc import Collection

from tequio.rules.reasons import Text

DIRECTIONS = ("en-es", "es-en")
NAMES = {
    "en-es": Text(en="from English into Spanish", es="de inglés a español"),
    "es-en": Text(en="from Spanish into English", es="de español a inglés"),
}


def directions_lacking(*, languages: Collection[str], signed_up: Collection[str]) -> list[str]:
    """The directions that a meeting needs and nobody signed up for, by the languages of its places."""
    if len(set(languages)) < 2:  # noqa: PLR2004 - CONFIG: one language needs nobody
        return []
    return [direction for direction in DIRECTIONS if direction not in signed_up]


def said(*, languages: Collection[str], signed_up: Collection[str], over: bool = False) -> Text:
    """How it stands, in a sentence that leaves nobody guessing; of a meeting that is `over`, how it was."""
    lacking = directions_lacking(languages=languages, signed_up=signed_up)
    if over:
        return _said_after(several=len(set(languages)) > 1, lacking=lacking)
    if len(lacking) == len(DIRECTIONS):
        return Text(
            en="There is no interpretation yet, in either direction.",
            es="Todavía no hay interpretación, en ninguna dirección.",
        )
    if lacking:
        name = NAMES[lacking[0]]
        return Text(en=f"There is no interpretation {name.en} yet.", es=f"Todavía no hay interpretación {name.es}.")
    if len(set(languages)) < 2:  # noqa: PLR2004 - CONFIG: as above
        return Text(
            en="All its places are of one language; there is no interpretation.",
            es="Todos sus lugares son de un mismo idioma; no hay interpretación.",
        )
    return Text(en="There is interpretation in both directions.", es="Hay interpretación en las dos direcciones.")


def _said_after(*, several: bool, lacking: Collection[str]) -> Text:
    if not several:
        return Text(
            en="All its places were of one language; nobody interpreted.",
            es="Todos sus lugares eran de un mismo idioma; nadie interpretó.",
        )
    if len(lacking) == len(DIRECTIONS):
        return Text(
            en="Nobody had signed up: it was held without interpretation.",
            es="Nadie se apuntó: se celebró sin interpretación.",
        )
    for direction in lacking:
        name = NAMES[direction]
        return Text(
            en=f"Nobody had signed up to interpret {name.en}.", es=f"Nadie se apuntó para interpretar {name.es}."
        )
    return Text(en="There was interpretation in both directions.", es="Hubo interpretación en las dos direcciones.")
