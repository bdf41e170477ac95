"""Members: who belongs, since when, and whom to reach."""
