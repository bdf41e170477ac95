"""Tables of the bodies: who decides, by which rule, and who sits where until when."""

from django.db import models

from tequio.accounts.models import User
from tequio.centers.models import Center


class BodyKind(models.TextChoices):
    """What a body is."""

    COMMITTEE = "committee"
    TEAM = "team"
    ASSEMBLY = "assembly"


class Voters(models.TextChoices):
    """Who votes in a body: the people who sit on it, or all members in good standing by their representatives."""

    PEOPLE = "people"
    MEMBERS = "members"


class Body(models.Model):
    """A group that meets and decides: a committee, a team, the assembly of all members.

    A body older than the program has no decision behind it; a later one cites the decision that created it.
    """

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=BodyKind.choices, default=BodyKind.COMMITTEE)
    voters = models.CharField(max_length=10, choices=Voters.choices, default=Voters.PEOPLE)
    access_scopes = models.JSONField(default=list, help_text='what those who sit on it may reach, like "root"')
    publishes_positions = models.BooleanField(
        default=False, help_text="whether the public register shows who said and voted what"
    )
    founded_on = models.DateField(null=True, help_text="none where nobody wrote it down")
    ended_on = models.DateField(null=True)
    decision = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="bodies_created")


class Mandate(models.Model):
    """What a body is for, from a day on. Never changed: a new one is adopted."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    text_en = models.TextField()
    text_es = models.TextField()
    valid_from = models.DateField()
    decision = models.ForeignKey("Decision", on_delete=models.PROTECT, related_name="mandates")

    class Meta:
        constraints = [models.UniqueConstraint(name="mandate_one_a_day", fields=["body", "valid_from"])]


class DecisionRule(models.Model):
    """How a body decides, from a day on: `terms` as rules/deciding.py reads them. Never changed once written."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rules")
    code = models.SlugField(max_length=60, unique=True)
    title_en = models.CharField(max_length=200)
    title_es = models.CharField(max_length=200)
    valid_from = models.DateField()
    decision = models.ForeignKey("Decision", on_delete=models.PROTECT, related_name="decision_rules")
    terms = models.JSONField()
    assumed = models.JSONField(default=list, help_text="which of its figures are assumed, not found in a source")

    class Meta:
        constraints = [models.UniqueConstraint(name="decision_rule_one_a_day", fields=["body", "valid_from"])]


class Office(models.TextChoices):
    """What somebody does on a body."""

    MEMBER = "member"
    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    OTHER = "other"  # as its title says


class Seat(models.Model):
    """A place on a body, which may stay open while the search goes on. A seat that votes is a place in its electorate.

    Offices are seats of their own beside the one by which their holder votes, so `votes` is false for most of them.
    """

    code = models.SlugField(max_length=60, unique=True, help_text="the body's code, the office and a number")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    office = models.CharField(max_length=10, choices=Office.choices, default=Office.MEMBER)
    title_en = models.CharField(max_length=120)
    title_es = models.CharField(max_length=120)
    center = models.ForeignKey(
        Center, null=True, on_delete=models.PROTECT, related_name="seats", help_text="the center it speaks for"
    )
    votes = models.BooleanField(default=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    decision = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="seats_opened")


class Term(models.Model):
    """Somebody holds a seat: since when, until which planned day, by which decision; and when it really ended."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day after the term as it was decided")
    ended_on = models.DateField(null=True, help_text="the first day it was really over")
    decision = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="terms_begun")
    ended_by = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="terms_ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="term_one_open_per_seat", fields=["seat"], condition=models.Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="term_ends_after_it_began",
                condition=(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")))
                & (models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("starts_on"))),
            ),
        ]


class Sitting(models.Model):
    """A coming or past sitting of a body: when it begins, and in which zone that was said."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sittings")
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=60, help_text="like America/Mexico_City")
    title_en = models.CharField(max_length=120, blank=True)
    title_es = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sitting_once", fields=["body", "starts_at"], condition=models.Q(cancelled_at__isnull=True)
            )
        ]


class Priority(models.Model):
    """One of the priorities that the members ranked for a year; proposals say which one they serve."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    text_en = models.CharField(max_length=300)
    text_es = models.CharField(max_length=300)
    decision = models.ForeignKey("Decision", null=True, on_delete=models.PROTECT, related_name="priorities")

    class Meta:
        constraints = [models.UniqueConstraint(name="priority_once", fields=["year", "number"])]
