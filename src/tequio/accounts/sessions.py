"""Ending a person's sessions everywhere."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session


def end_sessions(*, user_pk: int) -> int:
    """End every session of a person; returns how many. Reads all sessions: none says in a column whose it is."""
    theirs = [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user_pk)
    ]
    ended, _ = Session.objects.filter(session_key__in=theirs).delete()
    return ended
