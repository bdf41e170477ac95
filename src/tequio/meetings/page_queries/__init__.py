"""What the pages of the meetings show."""
