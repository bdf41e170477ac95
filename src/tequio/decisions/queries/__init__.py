"""What reads bodies, proposals, votes and decisions."""
