"""Budgets: what was planned and voted, what came of it, and what would be if."""
