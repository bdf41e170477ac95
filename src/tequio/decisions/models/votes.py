"""Tables of the votes: the rule and the electorate as they were when it opened, the ballots, the verdict."""

from django.db import models

from tequio.accounts.models import User
from tequio.decisions.models.bodies import Body, DecisionRule, Sitting
from tequio.decisions.models.proposals import LANGUAGES, Amendment, Proposal, Question
from tequio.members.models import Member

# With these a vote ends its question, whatever the verdict; the others leave it to come back.
FINAL_QUALIFIERS = ["none", "with_modifications", "in_principle"]


class About(models.TextChoices):
    """What a vote is about."""

    QUESTION = "question"
    AMENDMENT = "amendment"
    LET_IN = "let_in"  # a proposal that came too late for a sitting is taken all the same
    WAIVE_TRANSLATION = "waive_translation"  # the question may be put with a translation missing or old


class How(models.TextChoices):
    """Where a vote is taken."""

    ONLINE = "online"
    SITTING = "sitting"  # in the room, and entered by the chair, ballot by ballot


class Vote(models.Model):
    """A vote of a body. Its rule, electorate and what it would do are frozen when it opens.

    `motion` is what was put to the vote, word for word, with its qualifier (rules/dividing.py: Qualifier). `seen` is
    the preview of the question's effects as the electorate saw it, `seen_hash` its hash. `verdict`, `counts` and
    `lines` are written once, at the close, and follow from the ballots alone.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="votes")
    about = models.CharField(max_length=20, choices=About.choices, default=About.QUESTION)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="votes")
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="votes")
    amendment = models.ForeignKey(Amendment, null=True, on_delete=models.PROTECT, related_name="votes")
    let_into = models.ForeignKey(Sitting, null=True, on_delete=models.PROTECT, related_name="let_in_by")
    motion_en = models.TextField()
    motion_es = models.TextField()
    qualifier = models.CharField(max_length=24, default="none")
    qualifier_data = models.JSONField(
        default=dict, help_text="what the qualifier needs: evaluate_on, sitting, owner, due_on"
    )
    rule_row = models.ForeignKey(DecisionRule, on_delete=models.PROTECT, related_name="votes")
    rule = models.JSONField(help_text="the terms of the rule, frozen")
    how = models.CharField(max_length=8, choices=How.choices, default=How.ONLINE)
    sitting = models.ForeignKey(Sitting, null=True, on_delete=models.PROTECT, related_name="votes")
    seen = models.JSONField(default=dict)
    seen_hash = models.CharField(max_length=64, blank=True)
    electorate_hash = models.CharField(max_length=64, blank=True)
    ballots_hash = models.CharField(max_length=64, blank=True, help_text="of the ballots as they were at the close")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    verdict = models.CharField(max_length=12, blank=True)
    counts = models.JSONField(default=dict)
    lines = models.JSONField(default=list, help_text="[English, Spanish] each: how the verdict follows")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vote_one_open_per_proposal", fields=["proposal"], condition=models.Q(closed_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="vote_question_decided_once",
                fields=["question"],
                condition=models.Q(about="question")
                & (
                    models.Q(verdict="rejected", qualifier__in=FINAL_QUALIFIERS)
                    | models.Q(verdict="passed", qualifier__in=FINAL_QUALIFIERS)
                ),
            ),
            models.CheckConstraint(
                name="vote_verdict_at_its_close",
                condition=models.Q(closed_at__isnull=True, verdict="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(verdict="")),
            ),
        ]


class Elector(models.Model):
    """Who may cast one ballot: a person, or a member by any of its representatives. As it was when the vote opened."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="electors")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    center = models.CharField(max_length=12, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    standing = models.CharField(max_length=10, blank=True, help_text="the member's standing that day")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="elector_person_once", fields=["vote", "user"]),
            models.UniqueConstraint(name="elector_member_once", fields=["vote", "member"]),
            models.CheckConstraint(
                name="elector_is_one_of_both",
                condition=models.Q(user__isnull=False, member__isnull=True)
                | models.Q(user__isnull=True, member__isnull=False),
            ),
        ]


class Ballot(models.Model):
    """The last word of an elector: by name, changeable until the close. `user` is who cast or entered it."""

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="ballot")
    choice = models.CharField(max_length=8)
    reason = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changes = models.PositiveSmallIntegerField(default=0)
