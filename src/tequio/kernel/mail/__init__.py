"""Mail that goes out: rows that wait, are sent once each, and tell a person when they cannot be."""
