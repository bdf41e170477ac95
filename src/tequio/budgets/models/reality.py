"""Tables of what happens: expenses and other income with their receipts, money between centers, income expected."""

from django.db import models

from tequio.accounts.models import User
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.kernel.encryption import EncryptedTextField
from tequio.ledger.models import Account, Entry, Fund
from tequio.rules.budget import Side


class SpendingLimit(models.Model):
    """Above this amount a second person approves an expense of the center. Dated, by a decision, never changed."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="spending_limits")
    valid_from = models.DateField()
    amount = models.BigIntegerField(help_text="minor units; what is more than this needs a second person")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="spending_limits")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="spending_limit_one_a_day", fields=["center", "valid_from"]),
            models.CheckConstraint(name="spending_limit_not_negative", condition=models.Q(amount__gte=0)),
        ]


class ExpectedKind(models.TextChoices):
    """What kind of income is expected."""

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    GIFT = "gift"
    DRIVE = "drive"


class ExpectedState(models.TextChoices):
    """How far expected income is."""

    PROMISED = "promised"
    CONFIRMED = "confirmed"
    RECEIVED = "received"
    LOST = "lost"


class ExpectedIncome(models.Model):
    """Income somebody promised or hopes for. It is no money of the books until it comes.

    `currency` is empty where nobody stated it: that has to be settled before anything is booked. For a drive `amount`
    is its goal.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="expected_income")
    kind = models.CharField(max_length=12, choices=ExpectedKind.choices)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    amount = models.BigIntegerField(help_text="minor units of its currency, whichever that is")
    currency = models.CharField(max_length=3, blank=True)
    likelihood = models.PositiveSmallIntegerField(help_text="percent")
    expected_on = models.DateField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ExpectedState.choices, default=ExpectedState.PROMISED)
    said_by = models.CharField(max_length=120, help_text="who said so, and who guessed the likelihood")
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, help_text="when it was received whole, or given up")

    class Meta:
        constraints = [
            models.CheckConstraint(name="expected_income_above_nothing", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(name="expected_likelihood_in_percent", condition=models.Q(likelihood__lte=100)),
            models.CheckConstraint(
                name="expected_ended_on_a_day",
                condition=models.Q(state__in=["received", "lost"], ended_on__isnull=False)
                | (~models.Q(state__in=["received", "lost"]) & models.Q(ended_on__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["center", "expected_on"], name="expected_by_day")]


class BookingState(models.TextChoices):
    """How far an expense or other income is."""

    DRAFT = "draft"  # being entered; may be changed or thrown away
    COMMITTED = "committed"  # agreed to and not yet paid
    WAITING = "waiting"  # for a second person
    POSTED = "posted"
    REFUSED = "refused"  # by the second person
    DROPPED = "dropped"
    REVERSED = "reversed"


class Booking(models.Model):
    """An expense, or income that is not dues, of one center: what, when, on which account and fund, and its receipt.

    Until it is posted it may be changed; afterwards only reversed. `rate` and `rate_on` are there where it came in a
    currency the center does not keep: units of the center's currency for one of the other.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Side])
    on = models.DateField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="minor units of the center's currency")
    what = models.CharField(max_length=120)
    with_whom = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=8, choices=[("bank", "bank"), ("cash", "cash")], default="bank")
    state = models.CharField(max_length=10, choices=BookingState.choices, default=BookingState.DRAFT)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_as = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_note = models.CharField(max_length=300, blank=True)
    overspends_by = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+", help_text="that lets a fund go below nothing"
    )
    expected = models.ForeignKey(ExpectedIncome, null=True, on_delete=models.PROTECT, related_name="bookings")
    came_amount = models.BigIntegerField(null=True, help_text="in the currency it came in, where that is another")
    came_currency = models.CharField(max_length=3, blank=True)
    rate = models.CharField(max_length=24, blank=True)
    rate_on = models.DateField(null=True)
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="booking")

    class Meta:
        constraints = [
            models.CheckConstraint(name="booking_above_nothing", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="booking_posted_with_its_entry",
                condition=models.Q(state__in=["posted", "reversed"], entry__isnull=False)
                | (~models.Q(state__in=["posted", "reversed"]) & models.Q(entry__isnull=True)),
            ),
            models.CheckConstraint(
                name="booking_second_person_is_another",
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("entered_by")),
            ),
            models.CheckConstraint(
                name="booking_rate_with_its_day",
                condition=models.Q(rate="", rate_on__isnull=True, came_amount__isnull=True, came_currency="")
                | (
                    ~models.Q(rate="")
                    & ~models.Q(came_currency="")
                    & models.Q(rate_on__isnull=False, came_amount__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index(fields=["center", "state", "on"], name="booking_by_state")]


class Receipt(models.Model):
    """The paper behind a booking, kept encrypted; it is only ever handed out to be saved."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="receipts")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="base64 of the file")
    fingerprint = models.CharField(max_length=32, help_text="keyed, by which the same file again is recognized")
    added_by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="receipt_once", fields=["booking", "fingerprint"])]


class Transfer(models.Model):
    """Money from one center to the other, by way of a clearing account in the books of each, with its rate and day."""

    sender = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    sent = models.BigIntegerField(help_text="minor units of the sender's currency")
    rate = models.CharField(max_length=24, help_text="units of the receiver's currency for one of the sender's")
    rate_on = models.DateField()
    rate_source = models.CharField(max_length=120)
    due = models.BigIntegerField(help_text="what the rate makes of it, in the receiver's minor units")
    received_on = models.DateField(null=True)
    received = models.BigIntegerField(null=True)
    note = models.CharField(max_length=120, blank=True)
    entry_out = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    entry_in = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="transfer_to_another", condition=~models.Q(sender=models.F("receiver"))),
            models.CheckConstraint(name="transfer_above_nothing", condition=models.Q(sent__gt=0, due__gt=0)),
            models.CheckConstraint(
                name="transfer_received_whole",
                condition=models.Q(received_on__isnull=True, received__isnull=True, entry_in__isnull=True)
                | models.Q(received_on__isnull=False, received__gt=0, entry_in__isnull=False),
            ),
        ]
