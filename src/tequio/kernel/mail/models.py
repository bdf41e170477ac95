"""The table of outgoing mail."""

from django.db import models

from tequio.kernel.encryption import EncryptedTextField


class MailState(models.TextChoices):
    """Where a mail is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class OutgoingMail(models.Model):
    """One mail to one address.

    Whom it goes to and what it says are encrypted; `subject` says whom or what it is about ("invoice:US-000123") and
    holds no personal text. `attachment` names what to attach; the file itself is made when the mail is sent, by
    what the mail's kind has registered. While a process is sending a row, `claim` is that process's own mark and
    `next_try_at` is when somebody else may take the row over.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, help_text="whom or what it is about, like invoice:US-000123")
    once_key = models.CharField(max_length=120, blank=True, help_text="the same key again is the same mail")
    to_address = EncryptedTextField()
    reply_to = models.CharField(max_length=254, blank=True, help_text="where answers go, if not to the sender")
    language = models.CharField(max_length=2)
    subject_text = EncryptedTextField()
    body_text = EncryptedTextField()
    html_body = EncryptedTextField(blank=True)
    attachment = models.CharField(max_length=60, blank=True, help_text="what to attach, like invoice:US-000123")
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    claim = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often it was taken up to be sent")
    last_fault = models.CharField(max_length=20, blank=True, help_text="why it was not sent, see faults.py")
    last_error = models.CharField(max_length=300, blank=True, help_text="the mail server's own words, no address")
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mail_once_key", fields=["once_key"], condition=~models.Q(once_key="")),
            models.CheckConstraint(
                name="mail_sent_has_its_moment",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(name="mail_waiting", fields=["next_try_at", "id"], condition=models.Q(state="waiting")),
            models.Index(name="mail_failed", fields=["id"], condition=models.Q(state="failed")),
            models.Index(name="mail_by_subject", fields=["subject"]),
        ]
