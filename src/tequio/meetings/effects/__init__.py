"""What decisions do to series."""
