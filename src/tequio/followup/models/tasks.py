"""What needs a person, addresses that do not reach anybody, and up to which day the money is known."""

from django.db import models

from tequio.centers.models import Center
from tequio.kernel.encryption import EncryptedTextField
from tequio.members.models import Member


class TaskKind(models.TextChoices):
    """What a person is asked to do."""

    NO_WAY = "no_way"  # no channel of the step reaches the member
    NO_ADDRESS = "no_address"  # a letter is due and there is no postal address
    BOUNCED = "bounced"
    RETURNED = "returned"
    WRONG_NUMBER = "wrong_number"
    NOT_WARNED = "not_warned"  # a call would come before any warning was delivered
    HARDSHIP = "hardship"  # asks for more than a caller may give
    CLAIM = "claim"  # says it has paid, and nobody has looked for the money for too long
    MANY_CAME_BACK = "many_came_back"  # so many mails came back that the fault may be ours


class Task(models.Model):
    """Something that needs a person; one of a kind open for a member at a time."""

    kind = models.CharField(max_length=20, choices=TaskKind.choices)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="follow_up_tasks", db_index=False)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="follow_up_tasks")
    note = EncryptedTextField(blank=True)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=120)
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closed_note = EncryptedTextField(blank=True)
    answer = EncryptedTextField(blank=True, help_text="what a member that asked for something reads on its page")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="task_one_open_of_a_kind",
                fields=["kind", "member"],
                condition=models.Q(closed_on__isnull=True, member__isnull=False),
            ),
            models.UniqueConstraint(
                name="task_one_open_of_a_center",
                fields=["kind", "center"],
                condition=models.Q(closed_on__isnull=True, member__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="task_open", fields=["center", "kind"], condition=models.Q(closed_on__isnull=True))
        ]


class BadAddress(models.Model):
    """An address or number that reaches nobody. `print` is a keyed hash of it: a new one is not taken for it."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="bad_addresses", db_index=False)
    channel = models.CharField(max_length=6)
    print = models.CharField(max_length=32)
    since = models.DateField()
    why = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bad_address_once", fields=["member", "channel", "print"]),
        ]


class MoneyKnown(models.Model):
    """A person has entered, or looked for, all the money of a center through a day. Nothing is reminded without."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="money_known")
    through = models.DateField()
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
