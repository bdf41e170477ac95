"""Following up on late dues: notices, letters, calls, promises, and what they bring in."""
