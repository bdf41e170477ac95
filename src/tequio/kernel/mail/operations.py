"""Putting mail in the queue, and stopping or repeating what is there. Sending is in sending.py."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tequio.kernel import bulk
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.addresses import is_address, refuse_address
from tequio.kernel.mail.composing import Composed
from tequio.kernel.mail.faults import Fault
from tequio.kernel.mail.kinds import kind_of
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.mail.plain_text import one_line
from tequio.kernel.mail.transport import host_of_sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail whose text was written elsewhere."""

    language: str
    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail about to be put in the queue. `subject` is whom or what it is about, never a person's name."""

    kind: str
    subject: str
    to_address: str
    composed: Composed | Written
    once_key: str = ""
    attachment: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueued:
    """What came of it: the once-keys (or subjects) newly in the queue, and those that were there already."""

    queued: tuple[str, ...]
    already: tuple[str, ...]


def enqueue(
    *,
    kind: str,
    subject: str,
    to_address: str,
    composed: Composed | Written,
    at: datetime,
    once_key: str = "",
    attachment: str = "",
) -> OutgoingMail:
    """Put one mail in the queue, in the caller's transaction; nothing is sent here, so no page waits for a server.

    With `once_key` the same key again changes nothing and returns the mail of the first time; one that failed or was
    cancelled makes room for the new one. Refuses what is not one address. Writes no journal: the caller knows why.
    """
    refuse_address(address=to_address)
    mail = NewMail(
        kind=kind, subject=subject, to_address=to_address, composed=composed, once_key=once_key, attachment=attachment
    )
    with transaction.atomic():
        row = _rows(mails=[mail], at=at)[0]
        if not once_key:
            row.save(force_insert=True)
            return row
        _make_room(keys=[once_key])
        OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
        return OutgoingMail.objects.get(once_key=once_key)


def enqueue_many(*, mails: Sequence[NewMail], at: datetime) -> Enqueued:
    """Put many mails in the queue, in the caller's transaction and a handful of statements; each has a once_key.

    Of a key that is there already nothing is written twice, whoever else is writing at the moment; one that failed
    or was cancelled makes room. Refuses them all where one address is none.
    """
    for mail in mails:
        refuse_address(address=mail.to_address)
        if not mail.once_key:
            raise ValueError("mail in a batch needs a once_key")
    keys = [mail.once_key for mail in mails]
    with transaction.atomic():
        _make_room(keys=keys)
        there = set(OutgoingMail.objects.filter(once_key__in=keys).values_list("once_key", flat=True))
        fresh = [mail for mail in mails if mail.once_key not in there]
        rows = _rows(mails=fresh, at=at)
        OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        # Whoever came between us and the database's UNIQUE key has written it; ours are those with our message id.
        ours = set(
            OutgoingMail.objects.filter(message_id__in=[row.message_id for row in rows]).values_list(
                "once_key", flat=True
            )
        )
    return Enqueued(
        queued=tuple(key for key in keys if key in ours), already=tuple(key for key in keys if key not in ours)
    )


def _rows(*, mails: Sequence[NewMail], at: datetime) -> list[OutgoingMail]:
    host = host_of_sender()
    return [
        OutgoingMail(
            kind=kind_of(code=mail.kind).code,
            subject=one_line(mail.subject, longest=60),
            once_key=mail.once_key,
            to_address=mail.to_address,
            # An address a center has written down wrongly is no reason not to bill: answers go to the sender then.
            reply_to=mail.reply_to if is_address(mail.reply_to) else "",
            language=mail.composed.language,
            subject_text=mail.composed.subject,
            body_text=mail.composed.text,
            html_body=mail.composed.html,
            attachment=mail.attachment,
            created_at=at,
            next_try_at=at,
            # Ours, and the same however often it is sent: a mailbox that gets it twice can tell.
            message_id=f"<tequio.{secrets.token_hex(16)}@{host}>",
        )
        for mail in mails
    ]


_UNWRITTEN = (
    *("kind", "subject", "once_key", "to_address", "reply_to", "language", "subject_text", "body_text", "html_body"),
    *("attachment", "state", "claim", "tries", "last_fault", "last_error", "created_at", "next_try_at", "message_id"),
)


def enqueue_unwritten(*, kind: str, subjects: Sequence[str], language: str, at: datetime) -> None:
    """Put mails in the queue that their kind writes when they go out; one statement, in the caller's transaction.

    The once_key is "kind:subject": the caller has made sure that each is new. `language` is of the fault messages
    until the mail is written.
    """
    host, moment = host_of_sender(), bulk.stored_moment(at)
    code = kind_of(code=kind).code
    bulk.insert(
        model=OutgoingMail,
        columns=_UNWRITTEN,
        rows=[
            (
                *(code, subject, f"{code}:{subject}", "", "", language, "", "", ""),
                *("", MailState.WAITING.value, "", 0, "", "", moment, moment),
                f"<tequio.{secrets.token_hex(16)}@{host}>",
            )
            for subject in subjects
        ],
    )


def _make_room(*, keys: Sequence[str]) -> None:
    """Take the key from mails that came to nothing, so that a new one may have it."""
    ended = OutgoingMail.objects.filter(once_key__in=keys, state__in=[MailState.FAILED, MailState.CANCELLED])
    ended.update(state=MailState.CANCELLED, last_fault=Fault.REPLACED.value, once_key="")


@transaction.atomic
def cancel(*, pk: int, actor: str, at: datetime) -> None:
    """Stop a mail that waits or has failed. Refuses one that is out, and one that is being sent at this moment."""
    open_ones = OutgoingMail.objects.filter(pk=pk, state__in=[MailState.WAITING, MailState.FAILED])
    free = open_ones.filter(claim="") | open_ones.filter(next_try_at__lte=at)
    if not free.update(state=MailState.CANCELLED, last_fault=Fault.BY_HAND.value, claim=""):
        raise _refused(pk=pk)
    subject = OutgoingMail.objects.get(pk=pk).subject
    journal.append(kind=Kind.MAIL_CANCELLED, subject=subject, actor=actor, at=at, payload={"mail": pk})


@transaction.atomic
def retry(*, pk: int, actor: str, at: datetime) -> None:
    """Put a mail that failed back in the queue, to the same address, its tries counted anew."""
    failed = OutgoingMail.objects.filter(pk=pk, state=MailState.FAILED)
    if not failed.update(state=MailState.WAITING, tries=0, next_try_at=at, claim=""):
        raise _refused(pk=pk)
    subject = OutgoingMail.objects.get(pk=pk).subject
    journal.append(kind=Kind.MAIL_RETRIED, subject=subject, actor=actor, at=at, payload={"mail": pk})


def _refused(*, pk: int) -> Refusal:
    row = OutgoingMail.objects.filter(pk=pk).first()
    if row is None:
        return Refusal(en=f"There is no mail {pk}.", es=f"No existe el correo {pk}.")
    return Refusal(
        en=f"Mail {pk} is in the state “{row.state}”, or is being sent; that cannot be done with it now.",
        es=f"El correo {pk} está en el estado «{row.state}», o se está enviando; ahora no se puede.",
    )
