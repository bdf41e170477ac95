"""Tables of the decisions: the bodies that decide, and what they decided."""

from django.db import models


class Body(models.Model):
    """A group that meets and decides: a committee, a team, the assembly of all members."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)


class Decision(models.Model):
    """What a body decided. A decision older than the program is recorded: its counts are not stated."""

    code = models.SlugField(max_length=60, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    title_en = models.CharField(max_length=300)
    title_es = models.CharField(max_length=300)
    decided_on = models.DateField()
    source_en = models.CharField(max_length=300)
    source_es = models.CharField(max_length=300)
    recorded = models.BooleanField(default=True, help_text="taken outside the program and recorded here")
    counts_stated = models.BooleanField(default=False)
    in_favor = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_counts_when_stated",
                condition=models.Q(counts_stated=True, in_favor__isnull=False, against__isnull=False)
                | models.Q(counts_stated=False, in_favor__isnull=True, against__isnull=True, abstained__isnull=True),
            )
        ]
