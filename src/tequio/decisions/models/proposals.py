"""Tables of the proposals: words and effects in versions, amendments, parts, and what people say of them."""

from django.db import models

from tequio.accounts.models import User
from tequio.decisions.models.bodies import Body, Priority, Sitting
from tequio.kernel.encryption import EncryptedTextField

LANGUAGES = [("en", "English"), ("es", "español")]


class Stage(models.TextChoices):
    """Where a proposal stands. What the clock says of a review follows from its last change, it is not kept here."""

    DRAFT = "draft"
    REVIEW = "review"
    VOTE = "vote"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Proposal(models.Model):
    """Something a person asks a body to decide. Its words and effects stand in its versions."""

    code = models.SlugField(max_length=20, unique=True, help_text="year and number, like 2016-21")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="proposals")
    sponsor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    priority = models.ForeignKey(Priority, null=True, on_delete=models.PROTECT, related_name="proposals")
    no_priority_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="when it was first circulated")
    changed_at = models.DateTimeField(
        null=True, help_text="its last change of words or effects: the review's hours begin"
    )
    comes_back_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="came_back")
    reverses = models.ForeignKey(
        "Decision",
        null=True,
        on_delete=models.PROTECT,
        related_name="taken_back_by",
        help_text="the decision whose effects this one takes back",
    )

    class Meta:
        indexes = [models.Index(fields=["body", "stage"], name="proposal_by_stage")]


class Version(models.Model):
    """The words and effects of a proposal at one time. Never changed: a change is the next version.

    `en_as_of` and `es_as_of` are the numbers of the versions in which each language was last written or looked through:
    the translation is older than the text where its number is the smaller one. `effects` is a list of
    {"kind", "data", "base"}: `base` names what stood in force when the effect was written.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    original = models.CharField(max_length=2, choices=LANGUAGES)
    ask_en = models.CharField(max_length=300, blank=True)
    ask_es = models.CharField(max_length=300, blank=True)
    text_en = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    resources_en = models.TextField(blank=True)
    resources_es = models.TextField(blank=True)
    for_en = models.TextField(blank=True)
    for_es = models.TextField(blank=True)
    against_en = models.TextField(blank=True)
    against_es = models.TextField(blank=True)
    en_as_of = models.PositiveSmallIntegerField()
    es_as_of = models.PositiveSmallIntegerField()
    effects = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True, help_text="what changed, in a few words")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="version_once", fields=["proposal", "number"])]


class Question(models.Model):
    """What is put to the vote: the whole of a version (number 0), or a part of a divided one (1, 2, ...).

    The parts of a version share out its paragraphs (by index from 0, the same in both languages) and its effects (by
    position from 0), each in just one part. `end` follows from the vote, for the whole of a divided question from
    its parts.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="questions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField(default=0)
    title_en = models.CharField(max_length=300)
    title_es = models.CharField(max_length=300)
    paragraphs = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    end = models.CharField(max_length=24, blank=True, help_text="one of rules/dividing.py: End; empty while open")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="question_once", fields=["proposal", "version", "number"])]


class AmendmentState(models.TextChoices):
    """What became of an amendment."""

    OPEN = "open"
    ACCEPTED = "accepted"  # by the sponsor
    ADOPTED = "adopted"  # by a vote
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Amendment(models.Model):
    """A change somebody asks for, against one version: `changes` as rules/amending.py reads them."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="amendments")
    why_en = models.CharField(max_length=300, blank=True)
    why_es = models.CharField(max_length=300, blank=True)
    changes = models.JSONField()
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.OPEN)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    into = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="made_of")

    class Meta:
        constraints = [models.UniqueConstraint(name="amendment_once", fields=["proposal", "number"])]


class Delay(models.Model):
    """A person holds a proposal back, once, for some days."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="delays")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="delay_once", fields=["proposal", "user"])]


class Comment(models.Model):
    """What somebody says about a version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="comments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    at = models.DateTimeField()


class Stance(models.TextChoices):
    """How a person stands to a question, before and beside any vote."""

    FOR = "for"
    AGAINST = "against"
    CONCERN = "concern"
    OTHER = "other"


class Position(models.Model):
    """How a person stands to a question, in their own words; the last one counts, those before stay.

    `said_by` names somebody who has no account, as notes of a sitting do.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="positions")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=120, blank=True)
    stance = models.CharField(max_length=8, choices=Stance.choices)
    words = models.TextField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="position_is_somebodys", condition=models.Q(user__isnull=False) ^ ~models.Q(said_by="")
            )
        ]


class Attachment(models.Model):
    """A file beside a proposal, kept encrypted; whatever it is, it is only ever handed out to be saved."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    content = EncryptedTextField(help_text="base64 of the file")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class SlotReason(models.TextChoices):
    """Why a proposal stands on the agenda of a sitting."""

    READY = "ready"  # its review is over by then
    LATE = "late"  # it came too late for the one before
    LET_IN = "let_in"  # too late, and let in all the same by a recorded vote
    DEFERRED = "deferred"
    DETAILS = "details"  # approved in principle: its details are due
    EVALUATION = "evaluation"
    NO_QUORUM = "no_quorum"


class Slot(models.Model):
    """A proposal stands on the agenda of a sitting. For one that came too late both hours are kept."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="slots")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="slots")
    reason = models.CharField(max_length=10, choices=SlotReason.choices)
    missed = models.ForeignKey(Sitting, null=True, on_delete=models.PROTECT, related_name="missed_by")
    came_at = models.DateTimeField(null=True)
    should_have_come_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="when it was taken up, or moved to another sitting")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="slot_one_open", fields=["proposal"], condition=models.Q(ended_at__isnull=True)
            )
        ]
