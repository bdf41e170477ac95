"""Budgets for tests of rules: a small one written out, and random ones."""

from hypothesis import strategies as st

from tequio.rules.budget import Assumption, Budget, Line, Side, Spread
from tequio.rules.reasons import Text


def both(text):
    return Text(en=text, es=f"{text} (es)")


DUES = Line(
    code="dues",
    side=Side.INCOME,
    account="income-membership",
    name=both("Dues"),
    formula="members * (100 % - fewer) * 50 * rate",
)
GRANT = Line(
    code="grant",
    side=Side.INCOME,
    account="income-grants",
    fund="mapping",
    name=both("Grant"),
    amount=4_800_00,
    months=(3,),
)
PAY = Line(code="pay", side=Side.EXPENSE, account="expense-pay", name=both("Pay"), amount=20_000_00)
RACKS = Line(
    code="racks", side=Side.EXPENSE, account="expense-racks", name=both("Racks"), amount=1_000_00, spread=Spread.DAYS
)
ASSUMPTIONS = (
    Assumption(name="members", label=both("Members at the start"), value="800", said_by="treasurer"),
    Assumption(name="fewer", label=both("Fewer members"), value="5 %", said_by="committee"),
    Assumption(name="rate", label=both("Share that pays"), value="1 - late / 2", said_by="treasurer"),
    Assumption(name="late", label=both("Share that is late"), value="20 %"),
)
BUDGET = Budget(year=2016, currency="USD", lines=(DUES, GRANT, PAY, RACKS), assumptions=ASSUMPTIONS)

lines = st.builds(
    Line,
    code=st.sampled_from([f"line{n}" for n in range(8)]),
    side=st.sampled_from(list(Side)),
    account=st.just(""),
    name=st.just(both("line")),
    amount=st.integers(0, 10**9),
    fund=st.sampled_from(["general", "mapping"]),
    months=st.lists(st.integers(1, 12), min_size=1, max_size=12, unique=True).map(lambda m: tuple(sorted(m))),
    spread=st.sampled_from(list(Spread)),
)


@st.composite
def budgets(draw):
    """A budget whose lines have amounts, each on an account of its own; some rest on an assumption."""
    from dataclasses import replace

    rows = draw(st.lists(lines, max_size=6, unique_by=lambda line: line.code))
    rows = [replace(row, account=f"account-{row.code}") for row in rows]
    rows = [
        replace(row, amount=None, formula=f"{row.amount} * half") if draw(st.booleans()) else row
        for row in rows
        if row.amount is not None
    ]
    half = Assumption(name="half", label=both("half"), value=draw(st.sampled_from(["50 %", "1 / 3", "0"])))
    ordered = sorted(rows, key=lambda row: row.side == Side.EXPENSE)
    return Budget(year=draw(st.sampled_from([2015, 2016])), currency="USD", lines=tuple(ordered), assumptions=(half,))
