"""Tables of the budgets."""

from tequio.budgets.models.plans import (
    Adoption,
    AmendmentState,
    Budget,
    BudgetAmendment,
    BudgetAssumption,
    BudgetLine,
    BudgetVersion,
    Scenario,
    SitesGuess,
)
from tequio.budgets.models.reality import (
    Booking,
    BookingState,
    ExpectedIncome,
    ExpectedKind,
    ExpectedState,
    Receipt,
    SpendingLimit,
    Transfer,
)

__all__ = [
    "Adoption",
    "AmendmentState",
    "Booking",
    "BookingState",
    "Budget",
    "BudgetAmendment",
    "BudgetAssumption",
    "BudgetLine",
    "BudgetVersion",
    "ExpectedIncome",
    "ExpectedKind",
    "ExpectedState",
    "Receipt",
    "Scenario",
    "SitesGuess",
    "SpendingLimit",
    "Transfer",
]
