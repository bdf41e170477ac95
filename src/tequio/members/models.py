"""Tables of the members: who belongs, in which periods, and whom to reach."""

from django.db import models

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.kernel.encryption import EncryptedTextField
from tequio.rules.dues import Kind
from tequio.rules.standing import Standing


class Member(models.Model):
    """An organization or an individual that belongs to a center.

    `standing` and its companions are a projection written by the topic `dues`; `tequio check` recomputes them.
    A merged member keeps its row and its id: `merged_into` says which member it is counted as. That one may have
    been merged later in turn; `merged_by_hand_into` keeps each step, so that each can be undone by itself.
    """

    code = models.CharField(max_length=40, unique=True, help_text="the id people use, from the roll")
    name = models.CharField(max_length=300)
    search_name = models.TextField(help_text="the name without accents or capitals; that can make it longer")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="members", db_index=False)
    sector = models.CharField(max_length=60, blank=True)
    income_band = models.PositiveSmallIntegerField(null=True)
    operations = models.BooleanField(default=False, help_text="takes part in operations and support")
    paid_until = models.DateField(help_text="from the roll: the day up to which it had paid")
    opening_balance = models.BigIntegerField(default=0, help_text="from the roll, in minor units")
    merged_into = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="the member it is counted as",
        db_index=False,
    )
    merged_by_hand_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", help_text="the one a person merged it into"
    )
    standing = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in Standing], default=Standing.GOOD.value
    )
    standing_since = models.DateField(null=True)
    standing_on = models.DateField(null=True, help_text="the day the stored standing was worked out for")

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_opening_not_negative", condition=models.Q(opening_balance__gte=0)),
            models.CheckConstraint(
                name="member_not_merged_into_itself", condition=~models.Q(merged_into=models.F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["center", "search_name"], name="member_by_center_name"),
            # Few are merged: an index of these alone, which is not mistaken for one of everybody.
            models.Index(
                fields=["merged_into"], name="member_merged_into", condition=models.Q(merged_into__isnull=False)
            ),
            # The figures above the member list, read from the index alone.
            models.Index(
                fields=["standing", "center", "kind", "sector"],
                name="member_tally",
                condition=models.Q(merged_into__isnull=True),
            ),
            models.Index(fields=["sector"], name="member_by_sector"),
        ]


class Membership(models.Model):
    """One period of belonging. Leaving ends it; coming back begins another, and no date is overwritten."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, help_text="the first day it no longer belonged")
    first_period_on = models.DateField(help_text="the day its first billed year starts; the others follow from it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="membership_one_open", fields=["member"], condition=models.Q(left_on__isnull=True)
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_began",
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("joined_on")),
            ),
        ]


class Contact(models.Model):
    """A person reachable for a member. Phone and street address are encrypted.

    `fingerprint` is a keyed hash of the whole row as the roll gave it, so that the same file again is recognized
    without decrypting anything.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contacts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    is_representative = models.BooleanField(default=False)
    is_billing = models.BooleanField(default=False)
    is_technical = models.BooleanField(default=False)
    email = models.CharField(max_length=254, blank=True)
    phone = EncryptedTextField(blank=True)
    phone_usable = models.BooleanField(null=True, help_text="whether the phone reads as a number; null without one")
    street = EncryptedTextField(blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=2)
    fingerprint = models.CharField(max_length=32)


class ContactAttempt(models.Model):
    """Somebody tried to reach a member about its dues: when, who, and whether it was reached."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attempts")
    on = models.DateField()
    by = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, choices=[("attempted", "attempted"), ("reached", "reached")])
    note = models.TextField(blank=True)
    entered_at = models.DateTimeField()


class MemberAccess(models.Model):
    """A person who signs in for a member: sees its account and nobody else's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="accesses")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="accesses")

    class Meta:
        constraints = [models.UniqueConstraint(name="member_access_once", fields=["user", "member"])]


class SavedMapping(models.Model):
    """How a center's spreadsheet becomes a roll, under a name (members/intake/mapping.py: Mapping.as_json).

    Headings and translations of words, no value of any member.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="mappings")
    name = models.CharField(max_length=60)
    mapping = models.JSONField()
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="mapping_name_once_per_center", fields=["center", "name"])]


class ImportState(models.TextChoices):
    """Where a file that was handed in on a page stands."""

    READING = "reading"  # being read or previewed beside the page, or cut off with its process
    WAITING = "waiting"  # which heading is which column has still to be said
    PREVIEWED = "previewed"
    SAVING = "saving"  # confirmed; being imported, or cut off with its process
    DONE = "done"
    DROPPED = "dropped"  # never confirmed: thrown away by a person, or a day old


class Import(models.Model):
    """A roll handed in on a page: who, when, which file, and what became of it.

    What it holds of people is kept beside it, encrypted, and only until it is confirmed or a day old
    (operations/sealed.py). What stays here names rows by number, never a person.
    """

    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    actor = models.CharField(max_length=120)
    center = models.ForeignKey(
        Center, null=True, on_delete=models.PROTECT, related_name="imports", help_text="none where it holds several"
    )
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField(help_text="bytes as handed in")
    fingerprint = models.CharField(max_length=32, help_text="keyed, by which the same file again is recognized")
    mapping = models.JSONField(null=True, help_text="none for a file that is a roll already")
    preview_key = models.CharField(max_length=64, blank=True, help_text="a hash of what was previewed")
    problem = models.JSONField(null=True, help_text="why it was not taken, previewed or imported: English, Spanish")
    counts = models.JSONField(default=dict)
    rejected = models.JSONField(default=list, help_text="[row, code, English, Spanish] each")
    questions = models.JSONField(default=list, help_text="[row, code, English, Spanish] each")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at"], name="import_newest_first"),
        ]
