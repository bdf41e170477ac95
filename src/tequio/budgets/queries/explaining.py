"""Why a cell says what it says: from the figure to the formula, who assumed what, the amendment, the decision."""

from tequio.budgets.models import Adoption, Budget, BudgetAmendment, BudgetVersion
from tequio.budgets.queries.versions import content, without_names
from tequio.budgets.writing import refusal_of
from tequio.kernel.errors import Refusal
from tequio.ledger.models import Account, Leg
from tequio.rules.budget import BudgetError, Side, Why, amounts, why
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date


def why_cell(*, budget: Budget, version: BudgetVersion, code: str, month: int | None = None, names: bool = True) -> Why:
    """Why a line says what it says for the year, or in one month, in a version; ends at the decision.

    Without `names` it is not said who assumed or asked what: that is nobody's business outside.
    """
    written = content(version=version)
    found = amounts(budget=written if names else without_names(budget=written))
    try:
        answer = why(found=found, code=code, month=month)
    except BudgetError as error:
        raise refusal_of(error=error) from error
    return Why(
        said=answer.said,
        figure=answer.figure,
        because=(*answer.because, *_where_from(budget, version, code, names=names)),
    )


def why_actual(*, budget: Budget, version: BudgetVersion, code: str) -> Why:
    """Why a line's actual figure says what it says: the ledger's entries of its account and fund, month by month."""
    found = amounts(budget=content(version=version))
    line = found.budget.line(code)
    if line is None:
        raise Refusal(en=f"There is no line “{code}”.", es=f"No existe el renglón «{code}».")
    legs = Leg.objects.filter(
        entry__center=budget.center,
        entry__posted=True,
        entry__on__year=budget.year,
        account__role=line.account,
        fund__code=line.fund,
    )
    sign = -1 if line.side == Side.INCOME else 1
    rows = list(legs.order_by("entry__on", "entry_id").values_list("entry__on", "entry_id", "entry__note", "amount"))
    account = Account.objects.get(center=budget.center, role=line.account)
    currency = found.budget.currency
    shown = rows[:_MOST_ENTRIES]
    more = len(rows) - len(shown)
    reasons = [
        Why(
            said=Text(
                en=f"{long_date(day=on, language='en')}: {note or 'entry'} (entry {entry})",
                es=f"{long_date(day=on, language='es')}: {note or 'asiento'} (asiento {entry})",
            ),
            figure=printed(minor=sign * amount, currency=currency),
        )
        for on, entry, note, amount in shown
    ]
    if more:
        reasons.append(
            Why(
                said=Text(en=f"and {more} more entries", es=f"y {more} asientos más"),
                figure=printed(minor=sign * sum(row[3] for row in rows[_MOST_ENTRIES:]), currency=currency),
            )
        )
    return Why(
        said=Text(
            en=f"What the books say of “{account.name_en}” in fund {line.fund} in {budget.year}: {len(rows)} entries.",
            es=f"Lo que dicen los libros de «{account.name_es}» en el fondo {line.fund} en {budget.year}: {len(rows)} "
            "asientos.",
        ),
        figure=printed(minor=sign * sum(row[3] for row in rows), currency=currency),
        because=tuple(reasons),
    )


_MOST_ENTRIES = 40


def _where_from(budget: Budget, version: BudgetVersion, code: str, *, names: bool) -> tuple[Why, ...]:
    """The amendment that made the line so, if one did; the version; the decision that put it in force."""
    reasons = []
    amended = (
        BudgetAmendment.objects.filter(
            budget=budget, subject="line", name=code, state="accepted", into__number__lte=version.number
        )
        .select_related("decision", "against")
        .order_by("-into__number")
        .first()
    )
    if amended is not None and amended.decision is not None:
        by_en = f", asked by {amended.asked_by}" if names else ""
        by_es = f", la pidió {amended.asked_by}" if names else ""
        reasons.append(
            Why(
                said=Text(
                    en=f"Amendment {amended.number} to version {amended.against.number}{by_en}: "
                    f"{amended.why_en} (decision {amended.decision.code})",
                    es=f"Modificación {amended.number} a la versión {amended.against.number}{by_es}: "
                    f"{amended.why_es} (acuerdo {amended.decision.code})",
                )
            )
        )
    adoption = (
        Adoption.objects.filter(version=version).select_related("decision").order_by("in_force_from", "pk").first()
    )
    if adoption is None:
        reasons.append(
            Why(
                said=Text(
                    en=f"Version {version.number} was presented and has not been adopted.",
                    es=f"La versión {version.number} se presentó y no se ha adoptado.",
                )
            )
        )
    else:
        decided = adoption.decision
        reasons.append(
            Why(
                said=Text(
                    en=f"Version {version.number} is in force since "
                    f"{long_date(day=adoption.in_force_from, language='en')} by decision {decided.code}: "
                    f"{decided.title_en} ({decided.source_en})",
                    es=f"La versión {version.number} está en vigor desde el "
                    f"{long_date(day=adoption.in_force_from, language='es')} por el acuerdo {decided.code}: "
                    f"{decided.title_es} ({decided.source_es})",
                )
            )
        )
    return tuple(reasons)
