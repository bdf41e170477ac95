"""What reads meetings, agendas, notes and minutes."""
