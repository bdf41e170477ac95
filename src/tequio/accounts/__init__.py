"""Who signs in, what each may see and do, and the second factor."""
