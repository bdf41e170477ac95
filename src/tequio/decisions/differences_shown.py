"""Differences between two versions, as pages print them: where in words, effects as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.decisions.moved import said_place
from tequio.decisions.page_queries.proposals import effect_said
from tequio.rules.amending import Content, Item
from tequio.rules.differences import Difference, Run, differences
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceShown:
    """One place that differs: its name, the words that stay, go and come; an effect as sentences, before and after."""

    place: Text
    language: str
    runs: Sequence[Run]
    before: Text | None = None
    after: Text | None = None


def differences_shown(*, before: Content, after: Content) -> list[DifferenceShown]:
    """Everything that differs between two versions."""
    return [shown_of(one) for one in differences(before=before, after=after)]


def shown_of(one: Difference, /) -> DifferenceShown:
    """One difference, ready to print."""
    return DifferenceShown(
        place=_place(one),
        language=one.place.language,
        runs=one.runs,
        before=_said(one.before),
        after=_said(one.after),
    )


def _place(one: Difference) -> Text:
    said = said_place(place=one.place, at=one.at)
    return Text(en=said.en[:1].upper() + said.en[1:], es=said.es[:1].upper() + said.es[1:])


def _said(item: Item | None) -> Text | None:
    return None if item is None or isinstance(item, str) else effect_said(item)
