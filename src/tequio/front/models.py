"""Tables of the pages that span topics."""

from django.db import models

from tequio.centers.models import Center
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
