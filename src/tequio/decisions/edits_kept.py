"""The edits of an amendment as its row keeps them: a list of plain values, read back strictly."""

from collections.abc import Mapping, Sequence
from typing import Any

from tequio.decisions.models import Amendment
from tequio.decisions.wordings import content_of
from tequio.rules.amending import Asked, Edit, Place


def edits_as_json(*, edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Edits as the column `changes` holds them."""
    return [
        {
            "part": edit.place.part,
            "language": edit.place.language,
            "at": edit.at,
            "takes": edit.takes,
            "puts": dict(edit.puts) if isinstance(edit.puts, Mapping) else edit.puts,
        }
        for edit in edits
    ]


def edits_of(*, amendment: Amendment) -> tuple[Edit, ...]:
    """The edits that an amendment asks for."""
    return tuple(
        Edit(place=Place(row["part"], row["language"]), at=row["at"], takes=row["takes"], puts=row["puts"])
        for row in amendment.changes
    )


def asked_of(*, amendment: Amendment) -> Asked:
    """An amendment as the rules read it; its version comes with it."""
    return Asked(
        number=amendment.number, base=content_of(version=amendment.version), edits=edits_of(amendment=amendment)
    )
