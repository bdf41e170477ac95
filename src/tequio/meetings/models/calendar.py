"""Tables of when and where: places, series and the terms they run by, meetings and the bodies that share them."""

from django.db import models

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.decisions.models import ActionItem, Body, Decision, Sitting


class Place(models.Model):
    """Where people sit: a city, or online. Notes taken there are in its language until somebody says otherwise."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, help_text="like America/Mexico_City")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "español")])
    center = models.ForeignKey(
        Center,
        null=True,
        on_delete=models.PROTECT,
        related_name="places",
        help_text="the center people there count for",
    )
    online = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)


class Series(models.Model):
    """Meetings that come again. How they come again stands in its terms, each with the decision behind it."""

    code = models.SlugField(max_length=40, unique=True)
    decision = models.ForeignKey(
        Decision,
        null=True,
        on_delete=models.PROTECT,
        related_name="series_created",
        help_text="none: older than the program",
    )


class SeriesTerms(models.Model):
    """How a series runs from a day on. Never changed once written: the next terms replace these from their day.

    `recurrence` is as rules/recurrence.py reads it, and empty where the series ends on `valid_from`. `bodies` lists
    {"body": code, "minutes": n} in the order they meet; `places` the codes of places; `deadlines` is as
    rules/deadlines.py reads it.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="terms")
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    valid_from = models.DateField()
    recurrence = models.JSONField(default=dict)
    hour = models.TimeField(help_text="by the clock of `zone`")
    zone = models.CharField(max_length=60, help_text="whose clock the hour is told by")
    bodies = models.JSONField()
    places = models.JSONField()
    deadlines = models.JSONField(default=list)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="series_terms")

    class Meta:
        constraints = [models.UniqueConstraint(name="series_terms_one_a_day", fields=["series", "valid_from"])]


class Meeting(models.Model):
    """One meeting, of one body or of several that share it. `uid` and `sequence` are its identity in calendars.

    One that a series foresaw keeps the day it was foreseen for (`occurrence_on`), however often a person moves it; the
    day changes only with the terms of its series.
    """

    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="meetings")
    occurrence_on = models.DateField(null=True)
    terms = models.ForeignKey(
        SeriesTerms,
        null=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        help_text="of its series, by which it was planned or changed last",
    )
    uid = models.CharField(max_length=80, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    title_en = models.CharField(max_length=160)
    title_es = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=60, help_text="in which its hour was set")
    minutes = models.PositiveSmallIntegerField()
    moved_by_hand = models.BooleanField(default=False, help_text="a change of its series leaves it where it is")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="the last change a calendar has to hear of")
    called_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    given_up_by_series = models.BooleanField(
        default=False, help_text="its series foresees it no more, so that another may have its day"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="meeting_once_in_series",
                fields=["series", "occurrence_on"],
                condition=models.Q(given_up_by_series=False),
            ),
            models.CheckConstraint(
                name="meeting_of_a_series_has_its_day",
                condition=models.Q(series__isnull=True, occurrence_on__isnull=True)
                | models.Q(series__isnull=False, occurrence_on__isnull=False),
            ),
            models.CheckConstraint(name="meeting_lasts", condition=models.Q(minutes__gt=0)),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meeting_by_hour")]


class MeetingPlace(models.Model):
    """Where people sit in one meeting: the room or the address on line, known to those who may read its agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="meeting_places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="meeting_places")
    where = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="meeting_place_once", fields=["meeting", "place"])]


class MeetingPart(models.Model):
    """The time of one body in a meeting, in which it sits: proposals, quorum and votes belong to the sitting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField(help_text="1 is first")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meeting_parts")
    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="meeting_part")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="meeting_part_once", fields=["meeting", "position"]),
            models.UniqueConstraint(name="meeting_body_once", fields=["meeting", "body"]),
        ]


class DeadlineKind(models.TextChoices):
    """What has to be done before a meeting."""

    PROPOSALS_OPEN = "proposals_open"
    PROPOSALS_CLOSE = "proposals_close"
    TO_TRANSLATORS = "to_translators"
    DOCUMENTS_OUT = "documents_out"
    CALL_OUT = "call_out"


class Deadline(models.Model):
    """Something due before a meeting, counted back from it; a task of a body until it is done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=DeadlineKind.choices)
    days_before = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(help_text="so many days before the meeting, or at once where that day was over")
    task = models.OneToOneField(ActionItem, null=True, on_delete=models.PROTECT, related_name="deadline")

    class Meta:
        constraints = [models.UniqueConstraint(name="deadline_once", fields=["meeting", "kind"])]


class FeedKey(models.Model):
    """The address by which one person's calendar reads the meetings of a body. Only a fingerprint of it is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feed_keys")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="feed_keys")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "español")])
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="feed_key_one_open", fields=["user", "body"], condition=models.Q(revoked_at__isnull=True)
            )
        ]
