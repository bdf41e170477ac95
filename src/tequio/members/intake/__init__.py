"""The reading half of the member roll import: a CSV file in, checked records and named faults out; no database."""
