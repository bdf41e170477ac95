"""Moving members in from another provider: waves, a checklist for each mailbox, balances brought over with evidence."""

from django.db import models

from tequio.centers.models import Center
from tequio.dues.models import Invoice, Payment
from tequio.kernel.encryption import EncryptedTextField
from tequio.members.models import Member
from tequio.services.models.accounts import ServiceAccount


class Wave(models.Model):
    """Mailboxes that move in together, with a last day for each step."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    provider = models.CharField(max_length=120, help_text="where they come from")
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="waves")
    contact_by = models.DateField()
    consent_by = models.DateField()
    copy_by = models.DateField()
    begun_by = models.CharField(max_length=120)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wave_in_order",
                condition=models.Q(contact_by__lte=models.F("consent_by"), consent_by__lte=models.F("copy_by")),
            )
        ]


class MovingMailbox(models.Model):
    """One mailbox of a wave and its checklist. `account` is the new one, opened with the member's consent."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="mailboxes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="moving_mailboxes")
    old_address = models.CharField(max_length=254)
    new_address = models.CharField(max_length=254)
    account = models.ForeignKey(ServiceAccount, null=True, on_delete=models.PROTECT, related_name="+")
    contacted_on = models.DateField(null=True)
    consented_on = models.DateField(null=True)
    consent = models.CharField(max_length=300, blank=True, help_text="who consented, and how that was heard")
    count_before = models.PositiveIntegerField(null=True, help_text="messages at the old provider before copying")
    count_after = models.PositiveIntegerField(null=True, help_text="messages here after copying")
    why_fewer = models.CharField(max_length=300, blank=True, help_text="why there are fewer after than before")
    copied_on = models.DateField(null=True)
    forward_until = models.DateField(null=True)
    told_on = models.DateField(null=True, help_text="the day the notice went out that it has moved")
    done_on = models.DateField(null=True)
    reminded = models.CharField(max_length=20, blank=True, help_text="the last reminder that went out")
    undone_on = models.DateField(null=True)
    why_undone = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="moving_mailbox_once", fields=["wave", "old_address"], condition=models.Q(undone_on__isnull=True)
            ),
            models.CheckConstraint(
                name="moving_copied_with_consent_and_counts",
                condition=models.Q(copied_on__isnull=True)
                | models.Q(
                    consented_on__isnull=False,
                    count_before__isnull=False,
                    count_after__isnull=False,
                    forward_until__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="moving_done_after_copied",
                condition=models.Q(done_on__isnull=True) | models.Q(copied_on__isnull=False),
            ),
        ]


class BroughtBalance(models.Model):
    """What a member owed where it came from (an opening charge), or had paid ahead (a credit), and where it says so."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="balances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    invoice = models.OneToOneField(Invoice, null=True, on_delete=models.PROTECT, related_name="+")
    payment = models.OneToOneField(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    undone_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="brought_balance_once", fields=["wave", "member"], condition=models.Q(undone_on__isnull=True)
            ),
            models.CheckConstraint(
                name="brought_balance_owed_or_ahead",
                condition=models.Q(invoice__isnull=False, payment__isnull=True)
                | models.Q(invoice__isnull=True, payment__isnull=False),
            ),
        ]


class BalanceEvidence(models.Model):
    """The paper behind a balance, kept encrypted; it is only ever handed out to be saved."""

    balance = models.ForeignKey(BroughtBalance, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="base64 of the file")
    fingerprint = models.CharField(max_length=32, help_text="keyed, by which the same file again is recognized")
    added_by = models.CharField(max_length=120)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="balance_evidence_once", fields=["balance", "fingerprint"])]
