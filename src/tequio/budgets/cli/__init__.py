"""Commands about budgets: what is planned, what happens, what would be if."""

from tequio.budgets.cli import forecasts, reality
from tequio.budgets.cli.bookings import bookings
from tequio.budgets.cli.funds import funds, transfers
from tequio.budgets.cli.income import income
from tequio.budgets.cli.plans import app as budgets

__all__ = ["bookings", "budgets", "forecasts", "funds", "income", "reality", "transfers"]
