"""Everything that writes services."""
