"""The typesetter of every topic: files from memory to PDF, with embedded fonts."""
