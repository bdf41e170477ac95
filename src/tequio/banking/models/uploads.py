"""Files handed in on a page, until somebody confirms what they would do."""

from django.db import models

from tequio.banking.models.accounts import BankAccount
from tequio.kernel.encryption import EncryptedTextField


class StatementUpload(models.Model):
    """A statement handed in on a page: encrypted, kept for a day at most. `mapping` is how its columns are read."""

    account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=120, blank=True)
    content = EncryptedTextField(help_text="the file, in base 64")
    mapping = models.JSONField(default=dict, blank=True)
    handed_in_by = models.CharField(max_length=120)
    handed_in_at = models.DateTimeField()
