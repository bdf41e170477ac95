"""Centers: the legal entities, each with its currency, books, zone and language."""
