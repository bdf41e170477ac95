"""What meetings need from topics above, which register here at start-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tequio.decisions.models import Body
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetOffered:
    """A budget that a change asked for in a meeting may become an amendment of, with its currency and accounts."""

    pk: int
    name: Text
    currency: str
    accounts: Sequence[tuple[str, Text, str]]  # code, name, "income" or "expense"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAsked:
    """A line that is to be added to a budget, as a meeting asked for it. `amount` in minor units of its currency."""

    budget_pk: int
    name: Text
    account: str
    amount: int
    why: Text
    asked_by: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A record of a topic above, for whoever reads the notes: what it is, and where (None: nowhere for them)."""

    name: Text
    url: str | None


class BudgetChanges(Protocol):
    """How a change of a budget that was asked for in a meeting becomes an amendment of it."""

    def offered(self, *, body: Body) -> Sequence[BudgetOffered]:
        """The budgets that can still be amended, those of the body's centers first; none where there is none."""

    def ask(self, *, change: ChangeAsked, actor: str, at: datetime) -> str:
        """Ask for it, in the caller's transaction; returns the key by which `found` knows it. May refuse."""

    def found(self, *, keys: Sequence[str]) -> dict[str, Elsewhere]:
        """What became of keys that `ask` returned. As many queries for many as for one."""


class _NoBudgets:
    def offered(self, *, body: Body) -> Sequence[BudgetOffered]:  # noqa: ARG002 - CONFIG: the protocol's signature
        return ()

    def ask(self, *, change: ChangeAsked, actor: str, at: datetime) -> str:  # noqa: ARG002 - CONFIG: as above
        raise Refusal(
            en="There is no budget to change here: make it a task.",
            es="Aquí no hay presupuesto que cambiar: hágalo una tarea.",
        )

    def found(self, *, keys: Sequence[str]) -> dict[str, Elsewhere]:  # noqa: ARG002 - CONFIG: as above
        return {}


# Without a topic that knows budgets, a change asked for is a task.
budget_changes: BudgetChanges = _NoBudgets()
