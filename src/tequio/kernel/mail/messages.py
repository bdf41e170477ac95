"""From a row to a complete message as RFC 5322 means it."""

from datetime import UTC
from email import charset
from email.utils import format_datetime

from django.core.mail import EmailMultiAlternatives

from tequio.kernel.mail.faults import Fault, NotSentError
from tequio.kernel.mail.kinds import Attachment, registered
from tequio.kernel.mail.models import OutgoingMail
from tequio.kernel.mail.plain_text import one_line

# Text as quoted-printable: seven bits and short lines, which every mail server on the way can carry unchanged.
_UTF8 = charset.Charset("utf-8")
_UTF8.body_encoding = charset.QP


def message_of(*, row: OutgoingMail, from_address: str) -> EmailMultiAlternatives:
    """The whole message of a row: text, its HTML twin, and what is attached.

    NotSentError where the attachment cannot be made: mail without the paper it speaks of helps nobody.
    """
    message = EmailMultiAlternatives(
        subject=one_line(row.subject_text),
        body=row.body_text,
        from_email=from_address,
        to=[row.to_address],
        reply_to=[row.reply_to] if row.reply_to else [],
        headers={
            "Message-ID": row.message_id,
            "Date": format_datetime(row.created_at.astimezone(UTC)),
            # RFC 3834: written by a program, so that no holiday notice answers it.
            "Auto-Submitted": "auto-generated",
            "Content-Language": row.language,
        },
    )
    message.encoding = _UTF8
    if row.html_body:
        message.attach_alternative(row.html_body, "text/html")
    attached = _attachment(row=row)
    if attached is not None:
        message.attach(one_line(attached.name), attached.content, attached.media_type)
    return message


def _attachment(*, row: OutgoingMail) -> Attachment | None:
    if not row.attachment:
        return None
    kind = registered(code=row.kind)
    if kind is None or kind.attach is None:
        raise NotSentError(fault=Fault.ATTACHMENT, detail="LookupError")
    try:
        return kind.attach(reference=row.attachment)
    except Exception as error:
        # Whatever went wrong there, the other mails go out and this one says why it waits. Its words may hold names.
        raise NotSentError(fault=Fault.ATTACHMENT, detail=type(error).__name__) from error


def file_name(*, row: OutgoingMail) -> str:
    """The name of a row's file in the outbox: when it was written and its number; the same for the same row."""
    return f"{row.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{row.pk:06d}"
