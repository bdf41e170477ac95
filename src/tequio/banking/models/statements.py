"""The files banks gave, as they were read."""

from django.db import models

from tequio.banking.models.accounts import BankAccount


class StatementFile(models.Model):
    """A statement that was read into an account. The file itself is not kept; its hash recognizes it.

    `through` is the day it goes up to; `proves` says whether all money up to that day is known by it: nothing was set
    aside, and the file is whole. Counts are of the whole file, as it was read that time.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements", db_index=False)
    hash = models.CharField(max_length=64)
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=120, blank=True)
    first_day = models.DateField(null=True)
    through = models.DateField(null=True)
    proves = models.BooleanField(default=False)
    transactions = models.PositiveIntegerField()
    credits = models.PositiveIntegerField()
    debits = models.PositiveIntegerField()
    already_known = models.PositiveIntegerField()
    notes = models.JSONField(default=list, blank=True)
    imported_by = models.CharField(max_length=120)
    imported_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="statement_of_account", fields=["account", "-through"]),
            models.Index(name="statement_by_hash", fields=["account", "hash"]),
        ]


class RowAside(models.Model):
    """A row of a statement that could not be taken, and why."""

    statement = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="aside")
    row = models.PositiveIntegerField()
    why_en = models.CharField(max_length=400)
    why_es = models.CharField(max_length=400)
