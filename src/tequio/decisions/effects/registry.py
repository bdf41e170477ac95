"""The kinds of effects there are. Each topic registers its own at start-up, so that `decisions` imports none of them.

An effect is data: {"kind", "data", "base"}. A kind knows how to check what was written, say it in both languages, plan
the changes it would make, show their consequences, notice that what it was written against has moved on, carry the
plan out once, and say what would take it back. Preview and apply run the same plan. A kind nobody registered is an
error, never silently nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One effect as a version or a decision holds it."""

    kind: str
    data: Mapping[str, Any]
    base: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Effect":
        """From the form it has in a version's list."""
        return cls(kind=written["kind"], data=written.get("data", {}), base=written.get("base", {}))

    def as_json(self) -> dict[str, Any]:
        """The form it has in a version's list."""
        return {"kind": self.kind, "data": dict(self.data), "base": dict(self.base)}


_FIGURE = re.compile(r"(?:[A-Z]{3} )?[-+]?\d[\d,.]*(?: ?%)?", re.ASCII)


def _is_figure(text: Text) -> bool:
    """Whether a text is a count, a share or an amount: "1,200", "20 %", "USD -70.00"."""
    return _FIGURE.fullmatch(text.en) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a before and after: what is changed, how it is now (None: not there), how it will be (None: gone)."""

    what: Text
    before: Text | None
    after: Text | None

    @property
    def in_figures(self) -> bool:
        """Whether before and after are figures, which stand one below the other, and not words."""
        return all(_is_figure(text) for text in (self.before, self.after) if text is not None)

    def as_json(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "what": self.what.as_dict(),
            "before": self.before.as_dict() if self.before else None,
            "after": self.after.as_dict() if self.after else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The changes an effect makes: lines for people, and data from which `apply` works and nothing else."""

    effective_on: date
    changes: tuple[Change, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of consequences, ready to print: heads, rows of cells (the first a heading), a sentence below it."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: Text | None = None
    private: bool = False  # names members: shown only to those who may read lists of members

    @property
    def in_figures(self) -> tuple[bool, ...]:
        """For each column, whether what stands in it are figures."""
        return tuple(all(_is_figure(row[place]) for row in self.rows) for place in range(len(self.heads)))

    def as_json(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "title": self.title.as_dict(),
            "heads": [head.as_dict() for head in self.heads],
            "rows": [[cell.as_dict() for cell in row] for row in self.rows],
            "note": self.note.as_dict() if self.note else None,
            "private": self.private,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A figure a person can change in a preview: name, meaning, value, and the least and most it may be."""

    name: str
    label: Text
    value: int
    least: int = 0
    most: int = 100
    unit: str = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What would follow: sentences, tables, the figures behind them as data, and the assumptions they rest on.

    `facts` are the few figures whose movement between the vote and the confirmation is told to who confirms, each
    compared with `tolerance` (in percent); `facts_said` says each of them in a few words.
    """

    sentences: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()
    totals: Mapping[str, Any] = field(default_factory=dict)
    assumptions: tuple[Assumption, ...] = ()
    facts: Mapping[str, int] = field(default_factory=dict)
    facts_said: Mapping[str, Text] = field(default_factory=dict)
    tolerance: int = 5


class EffectKind(Protocol):
    """What a kind of effect can do. Every method is keyword-only; none but `apply` writes anything."""

    name: str
    title: Text
    example: Mapping[str, Any]
    """Data that would be accepted, for the page where an effect is written and for tests of every kind."""

    # A kind may have `ahead = True`: what it makes is dated by itself (a policy, a rule), so that it is carried out as
    # soon as a person confirms it and holds from its own day. Every other waits for the day its plan names.

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the data as it is kept, or refuse it with a sentence.

        It refuses an unknown key, a figure that cannot be, something named that is not there, and a day before `on`
        (the day it is written or decided).
        """

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say the effect in a sentence, in both languages, from the data alone."""

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name what stands in force now and would be replaced (codes, not figures); {} for nothing."""

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will work out the changes from a pure function over the facts of `on`."""

    def consequences(
        self, *, data: Mapping[str, Any], on: date, assumptions: Mapping[str, int] | None = None
    ) -> Consequences:
        """This method will say what would follow for members and money; nothing where nothing does."""

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say how what it was written against has moved on, naming both; None if it has not."""

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will carry the plan out in the caller's transaction and return what was made, by its codes."""

    def inverse(
        self, *, data: Mapping[str, Any], plan: Mapping[str, Any], result: Mapping[str, Any], on: date
    ) -> list[Effect]:
        """This method will return the effects that take it back from `on`; refuses where nothing can."""


_kinds: dict[str, EffectKind] = {}


def register(*kinds: EffectKind) -> None:
    """Make these kinds known. Two of one name are a fault of the program."""
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) is not kind and type(_kinds[kind.name]) is not type(kind):
            raise LookupError(f"two kinds of effect are called {kind.name}")


def kinds() -> Sequence[EffectKind]:
    """Every kind there is, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(*, name: str) -> EffectKind:
    """The kind of a name. Refuses one nobody registered."""
    found = _kinds.get(name)
    if found is None:
        known = ", ".join(sorted(_kinds))
        raise Refusal(
            en=f"There is no effect “{name}”. There are: {known}.",
            es=f"No existe el efecto «{name}». Existen: {known}.",
        )
    return found


def is_ahead(kind: EffectKind, /) -> bool:
    """Whether what a kind makes is dated by itself, so that it is carried out as soon as a person confirms it."""
    return bool(getattr(kind, "ahead", False))


def lost(kind: EffectKind, /, *, decision: Decision, result: Mapping[str, Any]) -> str:
    """What of that which an effect made is not there, or cites another decision; empty where all is, or none can say.

    A kind may have `lost(decision, result)` for this, which `tequio check` asks. What was changed since by a later
    decision is not lost: only that it was made is asked.
    """
    asks = getattr(kind, "lost", None)
    found: str = asks(decision=decision, result=result) if asks is not None else ""
    return found
