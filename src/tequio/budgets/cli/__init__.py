"""Commands about budgets: what is planned, what happens, what would be if."""

from tequio.budgets.cli import forecasts, reality
from tequio.budgets.cli.plans import app as budgets
from tequio.budgets.cli.reality import bookings, funds, income, transfers

__all__ = ["bookings", "budgets", "forecasts", "funds", "income", "reality", "transfers"]
