"""Tables of the journal: the events, and the tip of their chain."""

from django.db import models


class Event(models.Model):
    """One thing that happened. Never changed, never deleted; `hash` covers the row and the one before it.

    The payload holds ids and figures, no name, address or other personal value, so that a person can be forgotten
    without breaking the chain.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40, help_text="one of kernel/journal/kinds.py")
    subject = models.CharField(max_length=60, help_text="what it happened to, like member:M12 or run:7")
    actor = models.CharField(max_length=120)
    at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="journal_by_subject")]


class Tip(models.Model):
    """The end of the chain in one row, so that appending never searches for it."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    last_id = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="")
