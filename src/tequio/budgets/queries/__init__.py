"""What reads budgets, ready to print."""
