"""Money coming in: bank accounts, their statements, and whose money it is."""
