"""What a member said: that it will pay on a day, or that it has paid."""

from django.db import models

from tequio.kernel.encryption import EncryptedTextField
from tequio.members.models import Member


class Promise(models.Model):
    """A day by which a member said it will pay. It pauses the ladder and comes back by itself on its day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="promises")
    made_on = models.DateField()
    pay_on = models.DateField()
    pauses_through = models.DateField(help_text="its day and the policy's days for the money to come in")
    entered_by = models.CharField(max_length=120)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(
        max_length=10, blank=True, choices=[("kept", "kept"), ("broken", "broken"), ("replaced", "replaced")]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="promise_one_open", fields=["member"], condition=models.Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(name="promise_in_order", condition=models.Q(made_on__lte=models.F("pay_on"))),
        ]


class PaymentClaim(models.Model):
    """A member says that it has paid. Nobody reminds it until a person has looked for the money."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payment_claims")
    said_on = models.DateField()
    note = EncryptedTextField(blank=True)
    entered_by = models.CharField(max_length=120)
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)
    found = models.BooleanField(null=True, help_text="whether the money was found")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="claim_one_open", fields=["member"], condition=models.Q(settled_on__isnull=True)
            ),
            models.CheckConstraint(
                name="claim_settled_with_an_answer",
                condition=models.Q(settled_on__isnull=True, found__isnull=True)
                | models.Q(settled_on__isnull=False, found__isnull=False),
            ),
        ]
