"""Meetings: series, places, agendas, each city's own notes, their translations, minutes; notes from elsewhere."""
