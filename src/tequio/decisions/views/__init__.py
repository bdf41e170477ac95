"""Pages of bodies, proposals, votes and what was decided."""
