"""Benchmarks: each makes its own throw-away data, measures against a floor in the same run, and prints JSON."""
