"""Dues: the rules in force, invoices, payments, plans, holds and standing."""
