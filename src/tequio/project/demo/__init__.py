"""The demo organization: an invented roll of members in two centers, and the year it lives through."""
