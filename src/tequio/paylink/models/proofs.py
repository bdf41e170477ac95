"""Proofs of transfers: a photo or a PDF that says a member has paid."""

from django.db import models

from tequio.banking.models import BankLine
from tequio.dues.models import Invoice
from tequio.followup.models import PaymentClaim
from tequio.kernel.encryption import EncryptedTextField


class Proof(models.Model):
    """A file a member handed in to say it has paid. It is a claim, which pauses the follow-up until it is settled.

    `line` is the bank's line a person found it in. The file is encrypted, and removed once it is settled.
    """

    claim = models.ForeignKey(PaymentClaim, on_delete=models.PROTECT, related_name="proofs")
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    content = EncryptedTextField(blank=True, help_text="in base 64; empty once it is settled")
    print = models.CharField(max_length=32, help_text="a keyed hash: the same file again is this one")
    handed_in_by = models.CharField(max_length=120)
    handed_in_at = models.DateTimeField()
    line = models.ForeignKey(BankLine, null=True, on_delete=models.PROTECT, related_name="proofs")

    class Meta:
        constraints = [models.UniqueConstraint(name="proof_once", fields=["claim", "print"])]
