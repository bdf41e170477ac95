"""What reads about the follow-up."""
