"""Bank statements as banks write them, read into movements: no database, no clock, nothing guessed about money."""
