"""Pages of bank accounts, statements and lines."""
