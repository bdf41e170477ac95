"""How many of a service come with a dues part, as people write it: a number, or "as_needed"."""

from collections.abc import Mapping
from typing import Any

from tequio.decisions.effects import written
from tequio.rules.reasons import Text
from tequio.services.operations.catalog import MOST

AS_NEEDED = "as_needed"
_MANY = Text(en="as many as needed", es="los que necesite")


def count(*, data: Mapping[str, Any], key: str) -> int | None:
    """A count written under a key; None for as many as needed. Refuses anything else."""
    value = data.get(key)
    if value == AS_NEEDED and isinstance(value, str):
        return None
    if type(value) is not int or not 0 <= value <= MOST:
        raise written.wrong(
            key=key,
            en=f'is a whole number from 0 to {MOST}, or "{AS_NEEDED}"',
            es=f'es un número entero de 0 a {MOST}, o "{AS_NEEDED}"',
        )
    return value


def as_written(many: int | None) -> int | str:
    """A count as people write it."""
    return AS_NEEDED if many is None else many


def said(*, membership: int | None, operations: int | None) -> Text:
    """What comes with each part, in a few words."""
    first, second = (_MANY if many is None else Text(en=str(many), es=str(many)) for many in (membership, operations))
    return Text(
        en=f"{first.en} with membership, {second.en} with operations and support",
        es=f"{first.es} con la membresía, {second.es} con operación y soporte",
    )
