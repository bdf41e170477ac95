"""What the follow-up writes to members."""
