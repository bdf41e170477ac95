"""Changes of a budget that a meeting asked for, as its notes tell: they become amendments (meetings/hooks.py).

What was asked for in a meeting is a line that is to be added; whoever confirms it says on which account.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tequio.budgets.models import Budget, BudgetAmendment, BudgetVersion
from tequio.budgets.operations.amending import ask_amendment
from tequio.budgets.queries.versions import content, latest_version
from tequio.decisions.models import Body, Seat
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.ledger.models import Account, AccountKind
from tequio.meetings.hooks import BudgetOffered, ChangeAsked, Elsewhere
from tequio.rules.budget import Line, Side
from tequio.rules.budget_changes import Action
from tequio.rules.reasons import Text

_SIDES = {AccountKind.INCOME: Side.INCOME, AccountKind.EXPENSE: Side.EXPENSE}
_STEM = "budget-amendment:"
_MOST = 12  # budgets offered


class ChangesAsked:
    """How a change that a meeting asked for becomes an amendment."""

    def offered(self, *, body: Body) -> Sequence[BudgetOffered]:
        """Budgets that were presented, the newest year first; of the centers the body has seats for, else of all."""
        presented = BudgetVersion.objects.filter(budget=OuterRef("pk"))
        centers = Seat.objects.filter(body=body, center__isnull=False).values("center")
        rows = Budget.objects.filter(Exists(presented)).select_related("center").order_by("-year", "center__code")
        found = list(rows.filter(center__in=centers)[:_MOST]) or list(rows[:_MOST])
        accounts = Account.objects.filter(center__in={row.center_id for row in found}, kind__in=list(_SIDES))
        by_center: dict[int, list[tuple[str, Text, str]]] = {}
        for one in accounts.order_by("kind", "code"):
            name = text_of(row=one, name="name")
            by_center.setdefault(one.center_id, []).append((one.role, name, str(one.kind)))
        return [
            BudgetOffered(
                pk=row.pk,
                name=_named(row),
                currency=row.center.currency,
                accounts=by_center.get(row.center_id, []),
            )
            for row in found
        ]

    def ask(self, *, change: ChangeAsked, actor: str, at: datetime) -> str:
        """Ask for a line to be added. Refuses a budget or account that is not there, and what an amendment refuses."""
        budget = Budget.objects.select_related("center").filter(pk=change.budget_pk).first()
        if budget is None:
            raise Refusal(en="There is no such budget.", es="No existe ese presupuesto.")
        account = Account.objects.filter(center=budget.center, role=change.account, kind__in=list(_SIDES)).first()
        if account is None:
            raise Refusal(
                en="Choose an account of income or expense of that budget’s center.",
                es="Elija una cuenta de ingresos o gastos del centro de ese presupuesto.",
            )
        code = _free_code(budget=budget, role=account.role)
        line = Line(
            code=code,
            side=_SIDES[AccountKind(account.kind)],
            account=account.role,
            name=change.name,
            amount=change.amount,
        )
        amendment = ask_amendment(
            budget=budget,
            action=Action.ADD,
            name=code,
            then=line,
            why=change.why,
            asked_by=change.asked_by,
            source=change.source,
            actor=actor,
            at=at,
        )
        return f"{_STEM}{amendment.pk}"

    def found(self, *, keys: Sequence[str]) -> dict[str, Elsewhere]:
        """The amendments of keys: their number and budget, and where they stand on its page. One query."""
        pks = {int(key.removeprefix(_STEM)): key for key in keys if key.removeprefix(_STEM).isdigit()}
        rows = BudgetAmendment.objects.filter(Q(pk__in=pks)).select_related("budget__center")
        return {pks[row.pk]: _shown(row) for row in rows}


def _shown(row: BudgetAmendment) -> Elsewhere:
    named = _named(row.budget)
    url = reverse("budget", kwargs={"code": row.budget.center.code, "year": row.budget.year})
    return Elsewhere(
        name=Text(en=f"Amendment {row.number} of {named.en}", es=f"Modificación {row.number} de {named.es}"),
        url=f"{url}#amendments",
    )


def _named(budget: Budget) -> Text:
    center = text_of(row=budget.center, name="name")
    return Text(en=f"the budget of {center.en}, {budget.year}", es=f"el presupuesto de {center.es}, {budget.year}")


def _free_code(*, budget: Budget, role: str) -> str:
    """A code for the line: what its account is called, with a number where that is taken."""
    version = latest_version(budget=budget)
    taken = {line.code for line in content(version=version).lines} if version is not None else set()
    taken |= set(BudgetAmendment.objects.filter(budget=budget, action=Action.ADD).values_list("name", flat=True))
    stem = role.partition("-")[2] or role
    code, number = stem[:36], 1
    while code in taken:
        number += 1
        code = f"{stem[:36]}-{number}"
    return code
