"""What writes bank accounts, statements and matches."""
