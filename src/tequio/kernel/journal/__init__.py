"""The journal: an append-only, hash-chained table of what happened, who did it and when."""
