"""Both centers beside each other, each in its own currency; a converted column only at a stated rate and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tequio.budgets.models import Budget
from tequio.budgets.queries.columns import Columns, Figures, columns
from tequio.centers.queries import all_centers
from tequio.kernel.errors import Refusal
from tequio.ledger.models import Account
from tequio.rules.budget import Side
from tequio.rules.exchange import RateError, exchanged, rate_of
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How one center's figures are shown in another's currency: the rate, its day, and what it turns into what."""

    center: str
    into: str
    rate: str
    rate_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One row: an account, and what each center has planned and booked on it, by center code; none where it has not."""

    name: Text
    side: Side
    new: dict[str, int]
    actual: dict[str, int]
    converted: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """All centers' budgets of a year beside each other. Nothing is summed across currencies."""

    year: int
    tables: tuple[Columns, ...]
    rows: tuple[Beside, ...]
    conversion: Conversion | None

    def converted(self, figures: Figures, /) -> int | None:
        """A sum of the converted center's table, converted: its new figure."""
        return None if self.conversion is None else exchanged(minor=figures.new, rate=self.conversion.rate)


def side_by_side(*, year: int, on: date, conversion: Conversion | None = None) -> SideBySide:
    """Every center's budget of a year, account by account. Refuses a rate that is none, and a day to come."""
    if conversion is not None:
        try:
            rate_of(written=conversion.rate)
        except RateError as error:
            raise Refusal(en=error.text.en, es=error.text.es) from error
        if conversion.rate_on > on:
            raise Refusal(
                en=f"A rate of {conversion.rate_on} is not known yet.",
                es=f"Un tipo de cambio del {conversion.rate_on} aún no se conoce.",
            )
    tables: list[Columns] = []
    for center in all_centers():
        budget = Budget.objects.select_related("center").filter(center=center, year=year).first()
        found = columns(budget=budget, on=on) if budget else None
        if found is not None:
            tables.append(found)
    return SideBySide(
        year=year, tables=tuple(tables), rows=tuple(_rows(tables=tables, conversion=conversion)), conversion=conversion
    )


def _rows(*, tables: Sequence[Columns], conversion: Conversion | None) -> list[Beside]:
    names = {
        account.role: Text(en=account.name_en, es=account.name_es)
        for account in Account.objects.filter(center__in=[table.budget.center_id for table in tables]).order_by("-pk")
    }
    found: dict[tuple[Side, str], Beside] = {}
    for table in tables:
        code = table.budget.center.code
        for row in table.rows:
            beside = found.setdefault(
                (row.side, row.account),
                Beside(name=names[row.account], side=row.side, new={}, actual={}, converted={}),
            )
            beside.new[code] = beside.new.get(code, 0) + row.figures.new
            beside.actual[code] = beside.actual.get(code, 0) + row.figures.actual
    if conversion is not None:
        for beside in found.values():
            if conversion.center in beside.new:
                beside.converted[conversion.center] = exchanged(
                    minor=beside.new[conversion.center], rate=conversion.rate
                )
    return sorted(found.values(), key=lambda beside: beside.side == Side.EXPENSE)
