"""What reads bank accounts, statements and matches."""
