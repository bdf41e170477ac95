"""What a budget says: lines of income and expense, the assumptions under them, month by month, and why each figure.

A version of a budget is a value: it is never changed. What changes it is an amendment (rules/budget_changes.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from tequio.rules.budget_months import ALL_MONTHS, MONTHS, Spread, month_name, over_months
from tequio.rules.formulas import (
    NAME,
    FormulaError,
    Tree,
    names_in,
    parsed,
    percentage,
    rounded,
    shown,
    unknown,
    worked_out,
)
from tequio.rules.money import printed
from tequio.rules.reasons import Text

LARGEST = 10**13
_MOST_LINES = 500


class Side(StrEnum):
    """Whether a line is money that comes in or money that goes out."""

    INCOME = "income"
    EXPENSE = "expense"


class BudgetError(ValueError):
    """The budget cannot be; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A figure the budget rests on: its name in formulas, what it means, its value, and who assumed it.

    The value is a formula too: a number, or something worked out of other assumptions.
    """

    name: str
    label: Text
    value: str
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: an account of the ledger in one fund, and what is planned on it for the year.

    Either `amount` (minor units) or `formula` (whole units) is given, never both. `months` are those it falls in,
    and `spread` is how the year's figure is shared among them.
    """

    code: str
    side: Side
    account: str
    name: Text
    amount: int | None = None
    formula: str = ""
    fund: str = "general"
    months: tuple[int, ...] = ALL_MONTHS
    spread: Spread = Spread.EVEN
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one version says: a year, a currency, its lines in order, and its assumptions."""

    year: int
    currency: str
    lines: tuple[Line, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def line(self, code: str, /) -> Line | None:
        """The line of a code."""
        return next((line for line in self.lines if line.code == code), None)

    def assumption(self, name: str, /) -> Assumption | None:
        """The assumption of a name."""
        return next((assumption for assumption in self.assumptions if assumption.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """An answer to "why this number?": a sentence, its figure as people read it, and what it follows from in turn."""

    said: Text
    figure: str = ""
    because: tuple["Why", ...] = ()

    def as_json(self) -> dict[str, object]:
        """As JSON carries it."""
        return {
            "said": self.said.as_dict(),
            "figure": self.figure,
            "because": [reason.as_json() for reason in self.because],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """A budget worked out: the twelve months of each line in minor units, by the line's code, in the budget's order."""

    budget: Budget
    months: Mapping[str, tuple[int, ...]]
    values: Mapping[str, Fraction] = field(default_factory=dict)

    def year(self, code: str, /) -> int:
        """A line's year."""
        return sum(self.months[code])

    def of_side(self, side: Side, /, *, month: int | None = None, fund: str | None = None) -> int:
        """All lines of a side: of a month or the year, of a fund or all of them."""
        return sum(
            sum(self.months[line.code]) if month is None else self.months[line.code][month - 1]
            for line in self.budget.lines
            if line.side == side and fund in (None, line.fund)
        )

    def result(self, *, month: int | None = None, fund: str | None = None) -> int:
        """What is left over: income less expense, of a month or the year, of a fund or all of them."""
        return self.of_side(Side.INCOME, month=month, fund=fund) - self.of_side(Side.EXPENSE, month=month, fund=fund)

    def by_month(self, side: Side, /) -> tuple[int, ...]:
        """A side's twelve months."""
        return tuple(self.of_side(side, month=month) for month in ALL_MONTHS)

    def funds(self) -> tuple[str, ...]:
        """The funds its lines are in, by code."""
        return tuple(sorted({line.fund for line in self.budget.lines}))


def checked(*, budget: Budget) -> Amounts:
    """The budget worked out, or BudgetError with what is wrong with it, in words.

    Two lines on one account and fund are refused: the ledger could not tell which of them a booking belongs to.
    """
    if len(budget.lines) > _MOST_LINES:
        raise BudgetError(
            en=f"A budget has at most {_MOST_LINES} lines.",
            es=f"Un presupuesto tiene {_MOST_LINES} renglones a lo más.",
        )
    _each_once(budget=budget)
    for line in budget.lines:
        _fits(line=line)
    found = amounts(budget=budget)
    for line in budget.lines:
        if found.year(line.code) < 0:
            raise BudgetError(
                en=f"The line “{line.code}” comes to less than nothing; write it on the other side.",
                es=f"El renglón «{line.code}» da menos que cero; va del otro lado.",
            )
    return found


def amounts(*, budget: Budget, instead: Mapping[str, str] | None = None) -> Amounts:
    """Each line's twelve months, exactly and rounded once: the year first, then shared among its months.

    `instead` are other values for assumptions, by name, as a scenario gives them. Refuses (BudgetError) a formula
    with a cycle, an unknown assumption, or a division by nothing.
    """
    values = assumption_values(assumptions=budget.assumptions, instead=instead or {})
    months: dict[str, tuple[int, ...]] = {}
    for line in budget.lines:
        months[line.code] = over_months(
            year=budget.year, amount=_year_of(line=line, values=values), months=line.months, spread=line.spread
        )
    return Amounts(budget=budget, months=months, values=values)


def _year_of(*, line: Line, values: Mapping[str, Fraction]) -> int:
    if line.amount is not None:
        return line.amount
    try:
        tree = parsed(formula=line.formula)
        return rounded(value=worked_out(tree=tree, values=values, formula=line.formula), formula=line.formula)
    except FormulaError as error:
        raise BudgetError(
            en=f"The line “{line.code}”: {error.text.en}", es=f"El renglón «{line.code}»: {error.text.es}"
        ) from error


def assumption_values(
    *, assumptions: Sequence[Assumption], instead: Mapping[str, str] | None = None
) -> dict[str, Fraction]:
    """The value of each assumption, worked out in whatever order they need. Refuses a cycle, naming its members."""
    formulas = {assumption.name: assumption.value for assumption in assumptions}
    for name, value in (instead or {}).items():
        if name not in formulas:
            raise BudgetError(
                en=f"There is no assumption “{name}”. There are: {', '.join(sorted(formulas)) or '-'}.",
                es=f"No existe el supuesto «{name}». Existen: {', '.join(sorted(formulas)) or '-'}.",
            )
        formulas[name] = value
    try:
        trees = {name: parsed(formula=formula) for name, formula in formulas.items()}
        values: dict[str, Fraction] = {}
        for name in trees:
            _work_out(name=name, trees=trees, formulas=formulas, values=values, way=())
    except FormulaError as error:
        raise BudgetError(en=error.text.en, es=error.text.es) from error
    return values


def _work_out(
    *,
    name: str,
    trees: Mapping[str, Tree],
    formulas: Mapping[str, str],
    values: dict[str, Fraction],
    way: tuple[str, ...],
) -> None:
    if name in values:
        return
    if name in way:
        round_about = " → ".join((*way[way.index(name) :], name))
        raise FormulaError(
            en=f"These assumptions follow from one another in a circle: {round_about}. Give one of them a number.",
            es=f"Estos supuestos dependen unos de otros en círculo: {round_about}. Póngale un número a uno de ellos.",
        )
    for needed in names_in(tree=trees[name]):
        if needed not in trees:
            raise unknown(name=needed, formula=formulas[name], known=trees)
        _work_out(name=needed, trees=trees, formulas=formulas, values=values, way=(*way, name))
    values[name] = worked_out(tree=trees[name], values=values, formula=formulas[name])


def _each_once(*, budget: Budget) -> None:
    codes: set[str] = set()
    names: set[str] = set()
    places: dict[tuple[str, str], str] = {}
    for line in budget.lines:
        if line.code in codes:
            raise BudgetError(en=f"Two lines are called “{line.code}”.", es=f"Dos renglones se llaman «{line.code}».")
        codes.add(line.code)
        other = places.setdefault((line.account, line.fund), line.code)
        if other != line.code:
            raise BudgetError(
                en=f"The lines “{other}” and “{line.code}” are both on account {line.account} of fund {line.fund}: "
                "what is booked there could be either. Give one an account of its own.",
                es=f"Los renglones «{other}» y «{line.code}» van a la cuenta {line.account} del fondo {line.fund}: "
                "lo que se registre ahí podría ser de cualquiera. Dele a uno su propia cuenta.",
            )
    for assumption in budget.assumptions:
        if not NAME.fullmatch(assumption.name):
            raise BudgetError(
                en=f"“{assumption.name}” is no name for an assumption: small letters, digits, _, a letter first.",
                es=f"«{assumption.name}» no sirve de nombre: minúsculas, dígitos y _, primero una letra.",
            )
        if assumption.name in names:
            raise BudgetError(
                en=f"Two assumptions are called “{assumption.name}”.",
                es=f"Dos supuestos se llaman «{assumption.name}».",
            )
        names.add(assumption.name)


def _fits(*, line: Line) -> None:
    if (line.amount is None) == (not line.formula):
        raise BudgetError(
            en=f"The line “{line.code}” needs an amount or a formula, and not both.",
            es=f"El renglón «{line.code}» lleva una cantidad o una fórmula, y no las dos.",
        )
    if line.amount is not None and not 0 <= line.amount <= LARGEST:
        raise BudgetError(
            en=f"The line “{line.code}” has an amount below nothing or too large; its side says the direction.",
            es=f"El renglón «{line.code}» tiene una cantidad negativa o demasiado grande; el sentido lo da su lado.",
        )
    if not line.months or any(month not in ALL_MONTHS for month in line.months):
        raise BudgetError(
            en=f"The line “{line.code}” needs months from 1 to 12.",
            es=f"El renglón «{line.code}» necesita meses del 1 al 12.",
        )
    if tuple(sorted(set(line.months))) != line.months:
        raise BudgetError(
            en=f"The months of the line “{line.code}” go in order, each once.",
            es=f"Los meses del renglón «{line.code}» van en orden y sin repetir.",
        )


def why(*, found: Amounts, code: str, month: int | None = None) -> Why:
    """Why a cell says what it says: the line's year, or one month of it (1 to 12), down to who assumed what."""
    line = found.budget.line(code)
    if line is None:
        raise BudgetError(en=f"There is no line “{code}”.", es=f"No existe el renglón «{code}».")
    currency = found.budget.currency
    year = printed(minor=found.year(code), currency=currency)
    whole = Why(
        said=Text(
            en=f"{line.name.en}: the amount was written as such."
            if line.amount is not None
            else f"{line.name.en}: {line.formula}, rounded to the cent, half a cent up.",
            es=f"{line.name.es}: la cantidad se escribió tal cual."
            if line.amount is not None
            else f"{line.name.es}: {line.formula}, redondeado al centavo, medio centavo hacia arriba.",
        ),
        figure=year,
        because=_reasons(found=found, names=names_in(tree=parsed(formula=line.formula))) if line.formula else (),
    )
    if month is None:
        return whole
    return Why(
        said=_share_said(line=line, month=month, year=found.budget.year),
        figure=printed(minor=found.months[code][month - 1], currency=currency),
        because=(whole,),
    )


def _share_said(*, line: Line, month: int, year: int) -> Text:
    if month not in line.months:
        return Text(
            en=f"Nothing of this line falls in {month_name(month, 'en')}.",
            es=f"Nada de este renglón cae en {month_name(month, 'es')}.",
        )
    count = len(line.months)
    if line.spread == Spread.DAYS:
        return Text(
            en=f"The share of {month_name(month, 'en')} {year} by its days, among {count} months; "
            "odd cents come first.",
            es=f"La parte de {month_name(month, 'es')} de {year} según sus días, entre {count} meses; los centavos "
            "que sobran van primero.",
        )
    return Text(
        en=f"One of {count} equal parts of the year ({month_name(month, 'en')}); odd cents come first.",
        es=f"Una de {count} partes iguales del año ({month_name(month, 'es')}); los centavos que sobran van primero.",
    )


def _reasons(*, found: Amounts, names: Iterable[str]) -> tuple[Why, ...]:
    reasons = []
    for name in names:
        assumption = found.budget.assumption(name)
        if assumption is None:  # cannot be: the budget was worked out
            continue
        inner = tuple(names_in(tree=parsed(formula=assumption.value)))
        by = assumption.said_by
        share = percentage(formula=assumption.value)
        if share and Fraction(share) / 100 != found.values[name]:  # a scenario put another in its place
            share = None
        reasons.append(
            Why(
                said=Text(
                    en=f"{assumption.label.en} ({name})"
                    + (f" = {assumption.value}" if inner else "")
                    + (f", assumed by {by}." if by else ", assumed."),
                    es=f"{assumption.label.es} ({name})"
                    + (f" = {assumption.value}" if inner else "")
                    + (f", supuesto de {by}." if by else ", supuesto."),
                ),
                figure=f"{share} %" if share else shown(value=found.values[name]),
                because=_reasons(found=found, names=inner),
            )
        )
    return tuple(reasons)


def using(*, budget: Budget, name: str) -> tuple[str, ...]:
    """The codes of the lines that rest on an assumption, directly or by way of others."""
    reaches = {name}
    grown = True
    while grown:
        more = {a.name for a in budget.assumptions if reaches & set(names_in(tree=parsed(formula=a.value)))}
        grown = not more <= reaches
        reaches |= more
    used = {line.code: set(names_in(tree=parsed(formula=line.formula))) for line in budget.lines if line.formula}
    return tuple(code for code, names in used.items() if reaches & names)


__all__ = [
    "ALL_MONTHS",
    "MONTHS",
    "Amounts",
    "Assumption",
    "Budget",
    "BudgetError",
    "Line",
    "Side",
    "Spread",
    "Why",
    "amounts",
    "assumption_values",
    "checked",
    "using",
    "why",
]
