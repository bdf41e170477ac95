"""What writes in the meetings."""
