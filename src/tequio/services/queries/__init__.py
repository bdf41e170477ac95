"""Everything that reads services."""
