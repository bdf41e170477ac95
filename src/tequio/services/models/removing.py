"""Removing in two steps: first an export is offered, later a person has the accounts removed."""

from django.db import models

from tequio.members.models import Member


class ExportOffer(models.Model):
    """A member that is inactive was offered a copy of what its accounts hold; later they were removed, or not."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="export_offers")
    offered_on = models.DateField()
    offered_by = models.CharField(max_length=120)
    how = models.CharField(max_length=300, help_text="how it was offered, and where the copy is had")
    taken_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    removed_by = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True, help_text="the member is back: the offer leads to nothing")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="export_offer_one_open",
                fields=["member"],
                condition=models.Q(removed_on__isnull=True, ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="export_offered_before_removed",
                condition=models.Q(removed_on__isnull=True) | models.Q(removed_on__gte=models.F("offered_on")),
            ),
        ]
