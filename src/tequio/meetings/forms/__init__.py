"""Forms of the meetings."""
