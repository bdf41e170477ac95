"""The statements of an account, as pages show them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from tequio.banking.models import BankAccount, BankLine, RowAside, StatementFile
from tequio.kernel.web.lists import PER_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSummary:
    """What has become of the lines a statement brought, by state, and what could not be taken."""

    states: dict[str, int]
    aside: list[RowAside]
    lines: list[BankLine]
    count: int


def statements_of(*, account: BankAccount) -> QuerySet[StatementFile]:
    """The statements of an account, the newest first."""
    return (
        StatementFile.objects.filter(account=account).annotate(brought=Count("lines")).order_by("-imported_at", "-pk")
    )


def summary_of(*, statement: StatementFile, number: int) -> StatementSummary:
    """What became of a statement's lines, and one page of them."""
    lines = BankLine.objects.filter(statement=statement)
    states = dict(lines.order_by().values_list("state").annotate(count=Count("pk")))
    return StatementSummary(
        states=states,
        aside=list(RowAside.objects.filter(statement=statement).order_by("row")[:200]),
        lines=list(lines.order_by("row", "pk")[(number - 1) * PER_PAGE : number * PER_PAGE]),
        count=sum(states.values()),
    )
