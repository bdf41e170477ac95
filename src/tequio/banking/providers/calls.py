"""What a provider's call says, whichever provider it is."""

from dataclasses import dataclass

from tequio.banking.statements.shapes import Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that is what it says it is: the provider's id of it, its kind, and the money it tells of."""

    id: str
    kind: str
    movements: tuple[Movement, ...] = ()
