"""What differs of an invoice's link from the one it is born with."""

from django.db import models

from tequio.dues.models import Invoice


class LinkState(models.Model):
    """An invoice's link once it was revoked or made anew. The link itself is nowhere stored: it is worked out.

    `version` is part of what the link is worked out from, so that a new one makes the old ones worthless.
    """

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="link_state")
    version = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True, help_text="where a person said so; else it follows from the due date")
    changed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
