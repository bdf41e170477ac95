"""New York's budget of 2016 as the tests write it: two assumptions, five lines, a decision to adopt it by."""

from datetime import date

from tequio.budgets.models import Budget
from tequio.budgets.operations.drafting import begin, present, write_draft
from tequio.centers.queries import center_by_code
from tequio.decisions.models import Decision
from tequio.decisions.operations import found_body, record_decision
from tequio.rules import budget as rule
from tequio.rules.budget import Assumption, Line, Side, Spread
from tequio.rules.reasons import Text

FEBRUARY = date(2016, 2, 6)


def both(en, es=None):
    return Text(en=en, es=es or f"{en} (es)")


def line(code, side, account, **given):
    if "formula" not in given:
        given.setdefault("amount", 1_200_00)
    return Line(code=code, side=Side(side), account=account, name=both(code.capitalize()), **given)


ASSUMPTIONS = (
    Assumption(name="members", label=both("Members at the start"), value="700", said_by="Treasurer"),
    Assumption(name="fewer", label=both("Fewer members"), value="5 %", said_by="Treasurer"),
)
LINES = (
    line("dues", "income", "income-membership", formula="members * (100 % - fewer) * 100"),
    line("donations", "income", "income-donations", amount=4_000_00),
    line("pay", "expense", "expense-pay", amount=42_000_00),
    line("racks", "expense", "expense-racks", amount=19_900_00, spread=Spread.DAYS),
    line("travel", "expense", "expense-travel", amount=5_200_00, months=(3, 9)),
)
CALLER = line("caller", "expense", "expense-calling", amount=2_400_00)
ATTACKS = line("attacks", "expense", "expense-attacks", amount=1_800_00)
UNFORESEEN = line("unforeseen", "expense", "expense-unforeseen", amount=1_500_00)
DRIVE = line("drive", "income", "income-drives", amount=6_000_00, months=(11, 12))
RESULT = 66_500_00 + 4_000_00 - 42_000_00 - 19_900_00 - 5_200_00


def written(*, year=2016, currency="USD", lines=LINES, assumptions=ASSUMPTIONS):
    return rule.Budget(year=year, currency=currency, lines=tuple(lines), assumptions=tuple(assumptions))


def drafted(*, at, center="us", year=2016, **given) -> Budget:
    found = center_by_code(code=center)
    budget = begin(center=found, year=year, actor="test", at=at)
    return write_draft(budget=budget, written=written(year=year, currency=found.currency, **given), actor="test", at=at)


def presented(*, at, **given) -> Budget:
    budget = drafted(at=at, **given)
    present(budget=budget, actor="test", at=at)
    return budget


def decision(*, at, code="2016-05", on=FEBRUARY) -> Decision:
    return record_decision(
        code=code,
        body=found_body(code="committee", name=both("Committee")),
        title=both("Budget of 2016"),
        decided_on=on,
        source=both("notes"),
        actor="test",
        at=at,
    )
