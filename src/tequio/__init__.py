"""Tequio: runs a member-run organization in more than one country."""
