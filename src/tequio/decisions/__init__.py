"""Decisions: bodies, and what they decided. A rule in force points here."""
