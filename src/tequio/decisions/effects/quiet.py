# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""What effects on bodies, roles and tasks have in common: nothing follows from them for members or money."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tequio.decisions.effects.registry import Consequences
from tequio.rules.reasons import Text, long_date


class Quiet:
    """A kind of effect whose whole consequence is what it changes."""

    ahead = False
    """Whether what it makes is dated by itself, so that it is carried out as soon as a person confirms it."""

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name nothing: it replaces nothing."""
        return {}

    def consequences(
        self, *, data: Mapping[str, Any], on: date, assumptions: Mapping[str, int] | None = None
    ) -> Consequences:
        """This method will say nothing: no member pays more or less, no standing changes."""
        return Consequences()

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will find none."""
        return None


def dated(words: Text, day: date) -> Text:
    """A sentence with the day from which it holds."""
    return Text(
        en=f"{words.en}, from {long_date(day=day, language='en')}.",
        es=f"{words.es}, desde el {long_date(day=day, language='es')}.",
    )
