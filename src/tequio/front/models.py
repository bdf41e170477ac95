"""Tables of the pages that span topics."""

from django.db import models

from tequio.centers.models import Center
from tequio.kernel.encryption import EncryptedTextField
from tequio.rules.standing import Standing


class StandingCount(models.Model):
    """How many members of a center had a standing on the last day of a month.

    Follows from rules/standing.py and the account of every member; kept because working it out for all members and
    a year of months takes minutes in a large organization. `tequio standing history` writes it anew.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    standing = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Standing])
    members = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="standing_count_once", fields=["center", "on", "standing"])]


class BookState(models.TextChoices):
    """Where a rule book that was handed in on a page stands."""

    WAITING = "waiting"  # looked at, not confirmed
    LOADED = "loaded"
    DROPPED = "dropped"  # thrown away by a person, or a day old


class RuleBookFile(models.Model):
    """A rule book handed in on a page: who, when, which file, and what became of it (project/book_uploads.py).

    Its text may hold numbers of bank accounts: it is encrypted, and forgotten once the book is loaded or thrown away.
    """

    state = models.CharField(max_length=10, choices=BookState.choices, default=BookState.WAITING)
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField(help_text="bytes as handed in")
    fingerprint = models.CharField(max_length=32, help_text="keyed, by which the same file again is recognized")
    content = EncryptedTextField(blank=True)
    entries = models.JSONField(default=list, help_text="[list, name, what it does, English, Spanish] each")
    preview_key = models.CharField(max_length=64, help_text="a hash of the file and of what it was seen to do")
    handed_in_by = models.CharField(max_length=120)
    handed_in_at = models.DateTimeField()
    ended_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-handed_in_at"], name="rule_book_by_state")]
