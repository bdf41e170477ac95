"""What other topics hold about a person who signs in: each says so itself, registered at start-up."""

from collections.abc import Mapping
from typing import Protocol

from tequio.accounts.models import User


class Held(Protocol):
    """Tells what a topic holds about a person, as JSON carries it."""

    def __call__(self, *, user: User) -> Mapping[str, object]:
        """By name; nothing where it holds nothing."""


_held: list[Held] = []


def register(held: Held, /) -> None:
    """Let a topic tell what it holds; registered twice it tells once."""
    if held not in _held:
        _held.append(held)


def held_elsewhere(*, user: User) -> dict[str, object]:
    """What all registered topics hold about a person."""
    return {name: value for held in _held for name, value in held(user=user).items()}
