"""The accounts money comes in on."""

from django.db import models

from tequio.centers.models import Center
from tequio.dues.models import PaymentMethod
from tequio.kernel.encryption import EncryptedTextField


class BankAccount(models.Model):
    """An account of a center, in one currency, under a code people use: us-bank.

    `mapping` is how the bank's tables are read, as a person corrected it (banking/statements/columns.py).
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="bank_accounts")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    mapping = models.JSONField(default=dict, blank=True)
    method = models.CharField(max_length=10, choices=PaymentMethod.choices, default=PaymentMethod.TRANSFER)
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, help_text="no statement is taken for it any more")


class AccountNumber(models.Model):
    """One way a bank names an account: its number, IBAN or CLABE. Encrypted; `ending` is what people are shown."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="numbers")
    number = EncryptedTextField()
    print = models.CharField(max_length=32, unique=True, help_text="a keyed hash: a number belongs to one account")
    ending = models.CharField(max_length=4)
