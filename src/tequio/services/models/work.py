"""What has to be done on servers: a job for each time an account was wanted otherwise."""

from django.db import models

from tequio.services.models.accounts import STATES, ServiceAccount


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"  # tried too often: it waits for a person
    PASSED = "passed"  # a later generation of the account took its place


class Job(models.Model):
    """One account to be brought to the state it is wanted in; once for each generation of the account.

    Whoever works on it holds `claimed_by` until `claimed_until`: a process that was killed loses it by and by, and the
    verbs are idempotent, so another one does it again. `made_at`, `done_at` and `seen_at` are the way from what was
    entered to the open door.
    """

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="jobs")
    generation = models.PositiveIntegerField()
    wanted = models.CharField(max_length=10, choices=STATES)
    because_en = models.TextField()
    because_es = models.TextField()
    verb = models.CharField(max_length=10, blank=True, help_text="what was asked of the server, once it was")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    urgent = models.BooleanField(default=False, help_text="opens a door: comes before what closes one")
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_by = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    error_en = models.CharField(max_length=500, blank=True)
    error_es = models.CharField(max_length=500, blank=True)
    owner = models.CharField(max_length=120, blank=True, help_text="who looks after a dead one")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    first_failed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, help_text="when the server was seen to be as wanted")
    by_hand = models.CharField(max_length=120, blank=True, help_text="who did it, where no connector does")

    class Meta:
        constraints = [models.UniqueConstraint(name="service_job_once", fields=["account", "generation"])]
        indexes = [
            models.Index(
                fields=["-urgent", "not_before", "id"], name="service_job_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["id"], name="service_job_dead", condition=models.Q(state="dead")),
        ]
