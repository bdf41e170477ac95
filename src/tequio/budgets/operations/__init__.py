"""What writes budgets and what stands beside them."""
