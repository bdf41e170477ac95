"""Pages of the members' administration."""
