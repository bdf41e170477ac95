"""What somebody would like a body to take up: suggested by a member's contact, answered by whoever keeps the body."""

from django.db import models

from tequio.accounts.models import User
from tequio.meetings.models.agenda import AgendaItem
from tequio.meetings.models.calendar import MeetingPart


class Suggestion(models.Model):
    """An item suggested for a coming meeting of a body. Accepted it becomes one; declined it keeps the reason."""

    part = models.ForeignKey(MeetingPart, on_delete=models.PROTECT, related_name="suggestions")
    title_en = models.CharField(max_length=200, blank=True)
    title_es = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=600, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    item = models.OneToOneField(
        AgendaItem, null=True, on_delete=models.PROTECT, related_name="suggested", help_text="what it became"
    )
    declined_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suggestion_has_a_title", condition=~models.Q(title_en="") | ~models.Q(title_es="")
            ),
            models.CheckConstraint(
                name="suggestion_is_answered_one_way",
                condition=(
                    models.Q(answered_at__isnull=True, answered_by__isnull=True, item__isnull=True, declined_because="")
                    | models.Q(
                        answered_at__isnull=False, answered_by__isnull=False, item__isnull=False, declined_because=""
                    )
                    | (
                        models.Q(answered_at__isnull=False, answered_by__isnull=False, item__isnull=True)
                        & ~models.Q(declined_because="")
                    )
                ),
            ),
        ]
