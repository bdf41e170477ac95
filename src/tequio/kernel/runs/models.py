"""Tables of the runs."""

from django.db import models


class RunState(models.TextChoices):
    """Where a run is."""

    PREVIEWED = "previewed"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    UNDONE = "undone"


class Run(models.Model):
    """One piece of work over many members.

    The work is done in chunks, each in a transaction that also moves `cursor`; so a killed run is continued from
    its last whole chunk by whoever starts it next, and two processes may work on one run without doubling
    anything. `chunks` are the previewed chunks, [last id, digest] each: a chunk is written only if what it would
    write is what was previewed.
    """

    kind = models.CharField(max_length=20)
    parameters = models.JSONField()
    state = models.CharField(max_length=10, choices=RunState.choices)
    preview_hash = models.CharField(max_length=64, blank=True)
    chunks = models.JSONField(default=list)
    previewed_plan = models.BinaryField(null=True, help_text="compressed, to show what moved since the preview")
    cursor = models.BigIntegerField(default=0)
    actor = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "state"], name="run_by_kind_state")]


class RunItem(models.Model):
    """A subject of a run that came out other than made: set aside, with the reason."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items")
    subject = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    text_en = models.CharField(max_length=500)
    text_es = models.CharField(max_length=500)
