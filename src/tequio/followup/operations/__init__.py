"""What writes about the follow-up."""
