"""Payment services that are switched on, and the calls they made."""

from django.db import models

from tequio.banking.models.accounts import BankAccount
from tequio.kernel.encryption import EncryptedTextField


class ProviderAccount(models.Model):
    """A provider whose calls are believed, for one account. Its secret is encrypted; without a row it is off."""

    account = models.OneToOneField(BankAccount, on_delete=models.PROTECT, related_name="provider")
    provider = models.CharField(max_length=20)
    secret = EncryptedTextField()
    pay_link = models.CharField(max_length=300, blank=True, help_text="where members pay; the reference is added")
    enabled = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()


class ProviderCall(models.Model):
    """A call a provider made: its id, so that the same one again does nothing. What it said is in the lines it made."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="calls", db_index=False)
    call_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    came_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="provider_call_once", fields=["account", "call_id"])]
