"""Writing a budget: the draft, last year copied forward, and presenting it as a version that is never changed again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tequio.budgets.models import Budget, BudgetAssumption, BudgetLine, BudgetVersion
from tequio.budgets.queries.versions import content, latest_version, version_in_force
from tequio.budgets.writing import LONGEST_NOTE, content_as_json, content_of, refusal_of
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger.models import Account, AccountKind, Fund
from tequio.rules import budget as rule
from tequio.rules.budget import BudgetError, Side

FIRST_YEAR, LAST_YEAR = 1990, 2200


@transaction.atomic
def begin(*, center: Center, year: int, actor: str, at: datetime) -> Budget:
    """The budget of a center and year, begun with an empty draft if it is not there."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(en=f"{year} is no year for a budget.", es=f"{year} no es un año para un presupuesto.")
    budget, made = Budget.objects.get_or_create(
        center=center, year=year, defaults={"draft": {"lines": [], "assumptions": []}}
    )
    if made:
        _journal_draft(budget=budget, what="begun", actor=actor, at=at)
    return budget


@transaction.atomic
def copy_forward(*, center: Center, year: int, actor: str, at: datetime) -> Budget:
    """Begin a year's budget with what last year's says: the version in force on its last day, or else its latest.

    The months stay as they are, and so do the assumptions with those who made them: whoever presents it looks through
    them. Refuses where this year has something written already, or last year nothing.
    """
    before = Budget.objects.filter(center=center, year=year - 1).first()
    source = None if before is None else version_in_force(budget=before) or latest_version(budget=before)
    if source is None:
        raise Refusal(
            en=f"There is no budget of {year - 1} to copy for {center.code}.",
            es=f"No hay presupuesto de {year - 1} que copiar para {center.code}.",
        )
    budget = begin(center=center, year=year, actor=actor, at=at)
    budget = _locked(budget=budget)
    if latest_version(budget=budget) or (budget.draft or {}).get("lines"):
        raise Refusal(
            en=f"The budget of {year} has something written already; copying would overwrite it.",
            es=f"El presupuesto de {year} ya tiene algo escrito; copiar lo sobrescribiría.",
        )
    copied = replace(content(version=source), year=year)
    budget.draft, budget.draft_of = content_as_json(budget=copied), 0
    budget.save(update_fields=["draft", "draft_of"])
    _journal_draft(budget=budget, what=f"copied from {year - 1} version {source.number}", actor=actor, at=at)
    return budget


@transaction.atomic
def write_draft(*, budget: Budget, written: rule.Budget, what: str = "", actor: str, at: datetime) -> Budget:
    """Put all a draft says at once, as an import does. It has to be worked out: what cannot be is refused in words."""
    budget = _locked(budget=budget)
    checked(center=budget.center, written=written)
    latest = latest_version(budget=budget)
    budget.draft = content_as_json(budget=written)
    budget.draft_of = latest.number if latest else 0
    budget.save(update_fields=["draft", "draft_of"])
    _journal_draft(budget=budget, what=what or f"{len(written.lines)} lines", actor=actor, at=at)
    return budget


def change_draft(
    *, budget: Budget, change: Callable[[rule.Budget], rule.Budget], what: str, actor: str, at: datetime
) -> Budget:
    """Change a draft by a function of what it says; one that was not begun begins from the latest version."""
    with transaction.atomic():
        budget = _locked(budget=budget)
        return write_draft(budget=budget, written=change(draft_of(budget=budget)), what=what, actor=actor, at=at)


def draft_of(*, budget: Budget) -> rule.Budget:
    """What the draft says; where there is none, what the latest version says."""
    latest = latest_version(budget=budget)
    if budget.draft is None and latest is not None:
        return content(version=latest)
    written = budget.draft or {"lines": [], "assumptions": []}
    return content_of(data=written, year=budget.year, currency=budget.center.currency)


@transaction.atomic
def present(*, budget: Budget, note: str = "", actor: str, at: datetime) -> BudgetVersion:
    """Make the draft the next version, which is never changed again; the draft is gone.

    Refuses an empty draft, and one begun from a version that is no longer the latest.
    """
    budget = _locked(budget=budget)
    if not budget.draft or not budget.draft.get("lines"):
        raise Refusal(
            en=f"The budget of {budget.year} has no draft to present: write its lines first.",
            es=f"El presupuesto de {budget.year} no tiene borrador que presentar: escriba primero sus renglones.",
        )
    latest = latest_version(budget=budget)
    number = latest.number if latest else 0
    if budget.draft_of != number:
        raise Refusal(
            en=f"The draft was begun from version {budget.draft_of}, and there is a version {number} now. Look at both "
            "and write the draft anew.",
            es=f"El borrador partió de la versión {budget.draft_of}, y ahora hay una versión {number}. Compare ambas y "
            "escriba el borrador de nuevo.",
        )
    version = write_version(budget=budget, written=draft_of(budget=budget), note=note, actor=actor, at=at)
    budget.draft = None
    budget.save(update_fields=["draft"])
    journal.append(
        kind=Kind.BUDGET_PRESENTED,
        subject=subject(budget=budget),
        actor=actor,
        at=at,
        payload={"version": version.number},
    )
    return version


def write_version(
    *, budget: Budget, written: rule.Budget, note: str, actor: str, at: datetime, decision: Decision | None = None
) -> BudgetVersion:
    """Write the next version of a budget in the caller's transaction, which holds the budget's row."""
    accounts, funds = checked(center=budget.center, written=written)
    latest = latest_version(budget=budget)
    version = BudgetVersion.objects.create(
        budget=budget,
        number=latest.number + 1 if latest else 1,
        decision=decision,
        note=" ".join(note.split())[:LONGEST_NOTE],
        made_by=actor,
        made_at=at,
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            version=version,
            position=position,
            code=line.code,
            side=line.side.value,
            account_id=accounts[line.account],
            fund_id=funds[line.fund],
            name_en=line.name.en,
            name_es=line.name.es,
            amount=line.amount,
            formula=line.formula,
            months=list(line.months),
            spread=line.spread.value,
            note=line.note,
        )
        for position, line in enumerate(written.lines)
    )
    BudgetAssumption.objects.bulk_create(
        BudgetAssumption(
            version=version,
            position=position,
            name=assumption.name,
            label_en=assumption.label.en,
            label_es=assumption.label.es,
            value=assumption.value,
            said_by=assumption.said_by,
        )
        for position, assumption in enumerate(written.assumptions)
    )
    return version


def checked(*, center: Center, written: rule.Budget) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of the accounts and funds a budget names, by role and code. Refuses what its center cannot have."""
    try:
        rule.checked(budget=written)
    except BudgetError as error:
        raise refusal_of(error=error) from error
    accounts = {account.role: account for account in Account.objects.filter(center=center).only("pk", "role", "kind")}
    funds = dict(Fund.objects.filter(center=center).values_list("code", "pk"))
    for line in written.lines:
        kind = AccountKind.INCOME if line.side == Side.INCOME else AccountKind.EXPENSE
        account = accounts.get(line.account)
        if account is None or account.kind != kind:
            there = ", ".join(sorted(role for role, found in accounts.items() if found.kind == kind))
            raise Refusal(
                en=f"The line “{line.code}” is on account “{line.account}”, which is no account of {kind.value} here. "
                f"There are: {there}.",
                es=f"El renglón «{line.code}» va a la cuenta «{line.account}», que aquí no es cuenta de {kind.value}. "
                f"Existen: {there}.",
            )
        if line.fund not in funds:
            raise Refusal(
                en=f"The line “{line.code}” is in fund “{line.fund}”, which is not there. There are: "
                f"{', '.join(sorted(funds))}.",
                es=f"El renglón «{line.code}» va al fondo «{line.fund}», que no existe. Existen: "
                f"{', '.join(sorted(funds))}.",
            )
    return {role: account.pk for role, account in accounts.items()}, funds


def subject(*, budget: Budget) -> str:
    """How the journal names a budget."""
    return f"budget:{budget.center.code}-{budget.year}"


def _locked(*, budget: Budget) -> Budget:
    return Budget.objects.select_for_update(of=("self",)).select_related("center").get(pk=budget.pk)


def _journal_draft(*, budget: Budget, what: str, actor: str, at: datetime) -> None:
    journal.append(kind=Kind.BUDGET_DRAFTED, subject=subject(budget=budget), actor=actor, at=at, payload={"what": what})
