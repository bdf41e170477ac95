"""Effects: the changes a decision makes. Each topic registers its kinds here at start-up (registry.py)."""
