"""Sending what waits.

How two processes never send the same mail, and what a kill leaves:
1. A row is claimed by one conditional UPDATE that puts the process's own mark on it and moves `next_try_at` ahead by
   LEASE. Exactly one process gets "one row changed", on both engines. The claim is committed before anything is sent.
2. The message is made and handed to the transport, outside any transaction; the server's yes is noted on disk.
3. The row is marked sent (or put off, or failed) where it still bears the mark, and the note is taken away.
Killed before 2 is done, the mail was not sent; the next process takes the row over when the lease has run out. Killed
between 2 and 3, or without a database then, the next process finds the note and only marks the row. Killed in the
instant between the yes and the note, the mail is sent once more: at-least-once, chosen because a bill that never comes
costs a member its standing, and the same bill twice costs a glance. Both copies carry the same Message-ID, by which
many mailboxes drop the second; in the outbox folder the second is the same file.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail import sent_notes
from tequio.kernel.mail import transport as transports
from tequio.kernel.mail.addresses import without_address
from tequio.kernel.mail.faults import Fault, NotSentError, TransportAwayError
from tequio.kernel.mail.kinds import Ready, registered
from tequio.kernel.mail.messages import file_name, message_of
from tequio.kernel.mail.models import MailState, OutgoingMail

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(days=1)
MOST_TRIES = 16  # with these pauses six days; then a person looks at it
LEASE = timedelta(hours=1)  # far longer than one message takes with every timeout run out
SLICE = 50
MOST_DROPPED = 2  # in a row: the server hangs up on everything, not on one message
ACTOR = "system:mail"


@dataclass(slots=True, kw_only=True)
class Delivery:
    """What one round did. `away` is why it stopped early, `left` how many are due and were not taken up."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    cancelled: int = 0
    left: int = 0
    away: Fault | None = None
    away_detail: str = ""


def deliver_waiting(*, at: datetime, limit: int = SLICE, transport: transports.Transport | None = None) -> Delivery:
    """Send the mails that are due, oldest first, at most `limit`. Call it outside a transaction.

    A server that cannot be reached ends the round: the mail it happened to keeps its tries and all wait on. A refused
    setting of the mail server is raised as a Refusal before anything is taken up.
    """
    due = OutgoingMail.objects.filter(state=MailState.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
    pks = list(due.values_list("pk", flat=True)[:limit])
    if not pks:
        return Delivery()
    return _deliver(pks=pks, at=at, transport=transport)


def deliver_one(*, pk: int, at: datetime, transport: transports.Transport | None = None) -> Delivery:
    """Send one mail that waits, now, whatever its turn: for codes and tests, where a person is looking on."""
    return _deliver(pks=[pk], at=at, transport=transport)


def _deliver(*, pks: list[int], at: datetime, transport: transports.Transport | None) -> Delivery:
    way = transport or transports.configured()
    done = Delivery()
    dropped = 0
    try:
        _open(way=way, pks=pks)
        written = _written(pks=pks, at=at)
        for pk in pks:
            fault = _send_one(pk=pk, at=at, way=way, done=done, written=written)
            dropped = dropped + 1 if fault is Fault.DROPPED else 0
            if dropped >= MOST_DROPPED:
                done.away = Fault.DROPPED
                break
    except TransportAwayError as away:
        done.away, done.away_detail = away.fault, away.detail
    finally:
        way.close()
    done.left = OutgoingMail.objects.filter(state=MailState.WAITING, next_try_at__lte=at).count()
    return done


def _open(*, way: transports.Transport, pks: list[int]) -> None:
    """Open the way out; where there is none, say so at the mails that would have gone, and leave them due."""
    try:
        way.open()
    except TransportAwayError as away:
        waiting = OutgoingMail.objects.filter(pk__in=pks, state=MailState.WAITING, claim="")
        waiting.update(last_fault=away.fault.value, last_error=without_address(said=away.detail, address=""))
        raise


def _written(*, pks: list[int], at: datetime) -> dict[str, Ready | None]:
    """What the kinds that write only now have to say, for all mails of this round at once."""
    found: dict[str, Ready | None] = {}
    by_kind: dict[str, list[str]] = {}
    waiting = OutgoingMail.objects.filter(pk__in=pks, state=MailState.WAITING).order_by("pk")
    for code, subject in waiting.values_list("kind", "subject"):
        by_kind.setdefault(code, []).append(subject)
    for code, subjects in by_kind.items():
        kind = registered(code=code)
        if kind is not None and kind.write is not None:
            answers = kind.write(subjects=subjects, at=at)
            found.update({f"{code}:{subject}": answers.get(subject) for subject in subjects})
    return found


def _send_one(
    *, pk: int, at: datetime, way: transports.Transport, done: Delivery, written: dict[str, Ready | None]
) -> Fault | None:
    """Claim, send and mark one mail; the fault that put it off, or none."""
    row = _claim(pk=pk, at=at)
    if row is None:
        return None  # somebody else has it
    said = written.get(row.once_key)
    if said is not None:
        row.to_address, row.language, row.reply_to = said.to_address, said.language, said.reply_to
        row.subject_text, row.body_text, row.html_body = said.subject, said.text, said.html
    if sent_notes.is_noted(message_id=row.message_id):
        _mark_sent(row=row, said=said, at=at, done=done)  # it left before, and nobody could write it down
        return None
    if (row.once_key in written and said is None) or _is_no_longer_true(row=row):
        _mark(row=row, state=MailState.CANCELLED, claim="", last_fault=Fault.NO_LONGER_TRUE.value)
        done.cancelled += 1
        return None
    try:
        message = message_of(row=row, from_address=transports.sender())
        way.send(message=message, name=file_name(row=row))
    except TransportAwayError as away:
        detail = without_address(said=away.detail, address=row.to_address)
        # Not this mail's fault: it keeps its tries and is first again in a minute.
        _mark(
            row=row,
            claim="",
            tries=row.tries - 1,
            next_try_at=at + FIRST_PAUSE,
            last_fault=away.fault.value,
            last_error=detail,
        )
        done.put_off += 1
        raise
    except NotSentError as error:
        _put_off(row=row, error=error, at=at, done=done)
        return error.fault
    if not isinstance(way, transports.Outbox):  # there the second is the same file
        sent_notes.note(message_id=row.message_id)
    _mark_sent(row=row, said=said, at=at, done=done)
    return None


def _mark_sent(*, row: OutgoingMail, said: Ready | None, at: datetime, done: Delivery) -> None:
    """Write down that a mail is out, and what of it is kept."""
    kind = registered(code=row.kind)
    kept = {} if kind is None or kind.keeps_text else {"subject_text": "", "body_text": "", "html_body": ""}
    if said is not None:
        # What was said, and where to, is known only now.
        names = ("to_address", "language", "reply_to", "subject_text", "body_text", "html_body")
        kept = {name: getattr(row, name) for name in names} | kept
    _mark(row=row, state=MailState.SENT, claim="", sent_at=at, last_fault="", last_error="", **kept)
    sent_notes.forget(message_id=row.message_id)
    done.sent += 1


def _claim(*, pk: int, at: datetime) -> OutgoingMail | None:
    """The row, now ours; None where it is somebody else's, or sent, or put off meanwhile."""
    mark = secrets.token_hex(16)
    row = OutgoingMail.objects.filter(pk=pk, state=MailState.WAITING, next_try_at__lte=at).first()
    if row is None:
        return None
    # `claim` as it was read: who claimed the row since then has changed it, and we change nothing.
    free = OutgoingMail.objects.filter(
        pk=pk, state=MailState.WAITING, claim=row.claim, tries=row.tries, next_try_at=row.next_try_at
    )
    if free.update(claim=mark, tries=row.tries + 1, next_try_at=at + LEASE) != 1:
        return None
    row.claim, row.tries = mark, row.tries + 1
    return row


def _is_no_longer_true(*, row: OutgoingMail) -> bool:
    kind = registered(code=row.kind)
    return kind is not None and kind.no_longer_true is not None and kind.no_longer_true(subject=row.subject)


def _put_off(*, row: OutgoingMail, error: NotSentError, at: datetime, done: Delivery) -> None:
    """Try again later, each time after twice as long; or give up and tell a person through the journal."""
    fault = error.fault.value
    detail = without_address(said=error.detail, address=row.to_address)
    if not error.for_good and row.tries < MOST_TRIES:
        _mark(
            row=row,
            claim="",
            next_try_at=at + pause_after(tries=row.tries),
            last_fault=fault,
            last_error=detail,
        )
        done.put_off += 1
        return
    with transaction.atomic():
        # A mail that was written only now keeps the address it failed at: whoever looks into it needs to know.
        to = {"to_address": row.to_address, "language": row.language}
        if _mark(row=row, state=MailState.FAILED, claim="", last_fault=fault, last_error=detail, **to):
            journal.append(
                kind=Kind.MAIL_FAILED,
                subject=row.subject,
                actor=ACTOR,
                at=at,
                payload={"mail": row.pk, "kind": row.kind, "fault": fault, "tries": row.tries},
            )
    done.failed += 1


def pause_after(*, tries: int) -> timedelta:
    """How long to wait after so many tries: a minute, then twice as long each time, a day at most."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)


def _mark(*, row: OutgoingMail, **values: object) -> int:
    """Write how it ended, if the row is still ours: the lease may have run out on a machine that slept."""
    return OutgoingMail.objects.filter(pk=row.pk, claim=row.claim).update(**values)
