"""Sending what waits.

How two processes never send the same mail, and what a kill leaves:
1. A round claims its rows by one conditional UPDATE that puts the round's own mark on them and moves `next_try_at`
   ahead by LEASE. Each row goes to exactly one process, on both engines. The claim is committed before anything is
   written or sent.
2. What the mails say is written for all of the round at once; each message is handed to the transport, outside any
   transaction; the server's yes is noted on disk.
3. At the end of the round, however it ends, the rows are marked where they still bear the mark, those not begun are
   given back, and the notes are taken away.
Killed before a mail's 2 is done, it was not sent; the next process takes the row over when the lease has run out.
Killed between 2 and 3, or without a database then, the next process finds the notes and only marks the rows. Killed in
the instant between the yes and the note, that mail is sent once more: at-least-once, chosen because a bill that never
comes costs a member its standing, and the same bill twice costs a glance. Both copies carry the same Message-ID, by
which many mailboxes drop the second; in the outbox folder the second is the same file.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tequio.kernel import bulk
from tequio.kernel.encryption import encrypted
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
HALF_A_LEASE = LEASE.total_seconds() / 2  # after which a round begins no further mail, on a very slow server
SLICE = 250
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

    @property
    def moved(self) -> int:
        """How many mails something became of."""
        return self.sent + self.put_off + self.failed + self.cancelled

    def add(self, later: "Delivery") -> None:
        """Count a further round."""
        self.sent += later.sent
        self.put_off += later.put_off
        self.failed += later.failed
        self.cancelled += later.cancelled
        self.left, self.away, self.away_detail = later.left, later.away, later.away_detail


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


def deliver_all(
    *,
    at: datetime,
    transport: transports.Transport | None = None,
    told: Callable[[Delivery], None] | None = None,
    limit: int | None = None,
) -> Delivery:
    """Send round after round until nothing that is due is left or the server is away; what all rounds did together.

    `at` is the moment it begins; each round counts its lease from its own. `told` hears after each round what was done
    so far; `limit` is how many mails a round takes up.
    """
    began, total = time.monotonic(), Delivery()
    while True:
        moment = at + timedelta(seconds=time.monotonic() - began)
        done = deliver_waiting(at=moment, limit=limit or SLICE, transport=transport)
        total.add(done)
        if told is not None:
            told(total)
        if done.away is not None or not done.left or not done.moved:
            return total


def _deliver(*, pks: list[int], at: datetime, transport: transports.Transport | None) -> Delivery:
    way = transport or transports.configured()
    done = Delivery()
    try:
        _open(way=way, pks=pks)
        _Round(mark=secrets.token_hex(16), at=at, way=way, done=done).run(pks=pks)
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


@dataclass(slots=True, kw_only=True)
class _Round:
    """Mails taken up together under one mark."""

    mark: str
    at: datetime
    way: transports.Transport
    done: Delivery
    sent: list[OutgoingMail] = field(default_factory=list)
    notes: sent_notes.Notes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = sent_notes.Notes(mark=self.mark)

    def run(self, *, pks: Sequence[int]) -> None:
        """Claim, write, send and mark the mails; TransportAwayError where the server goes away meanwhile."""
        began = time.monotonic()
        rows = _claimed(pks=pks, mark=self.mark, at=self.at)
        tried = 0
        try:
            written = _written(rows=rows, at=self.at)
            noted = sent_notes.noted(message_ids=[row.message_id for row in rows])
            dropped = 0
            for row in rows:
                if time.monotonic() - began > HALF_A_LEASE:
                    break
                tried += 1
                fault = self._send(row=row, written=written, left_before=row.message_id in noted)
                dropped = dropped + 1 if fault is Fault.DROPPED else 0
                if dropped >= MOST_DROPPED:
                    self.done.away = Fault.DROPPED
                    break
        finally:
            _mark_sent(rows=self.sent, at=self.at)
            _give_back(rows=rows[tried:], mark=self.mark, at=self.at)
            self.notes.forget()
        sent_notes.tidy(is_waiting=_some_wait)

    def _send(self, *, row: OutgoingMail, written: dict[str, Ready | None], left_before: bool) -> Fault | None:
        """Send one mail of the round; the fault that put it off, or none."""
        said = written.get(row.once_key)
        if said is not None:
            row.to_address, row.language, row.reply_to = said.to_address, said.language, said.reply_to
            row.subject_text, row.body_text, row.html_body = said.subject, said.text, said.html
        if left_before:  # and nobody could write it down
            self._is_out(row=row)
            return None
        if (row.once_key in written and said is None) or _is_no_longer_true(row=row):
            _mark(row=row, state=MailState.CANCELLED, claim="", last_fault=Fault.NO_LONGER_TRUE.value)
            self.done.cancelled += 1
            return None
        try:
            message = message_of(row=row, from_address=transports.sender())
            self.way.send(message=message, name=file_name(row=row))
        except TransportAwayError as away:
            detail = without_address(said=away.detail, address=row.to_address)
            # Not this mail's fault: it keeps its tries and is first again in a minute.
            _mark(
                row=row,
                claim="",
                tries=row.tries - 1,
                next_try_at=self.at + FIRST_PAUSE,
                last_fault=away.fault.value,
                last_error=detail,
            )
            self.done.put_off += 1
            raise
        except NotSentError as error:
            _put_off(row=row, error=error, at=self.at, done=self.done)
            return error.fault
        if not isinstance(self.way, transports.Outbox):  # there the second is the same file
            self.notes.add(message_id=row.message_id)
        self._is_out(row=row)
        return None

    def _is_out(self, *, row: OutgoingMail) -> None:
        self.sent.append(row)
        self.done.sent += 1


def _claimed(*, pks: Sequence[int], mark: str, at: datetime) -> list[OutgoingMail]:
    """The rows, now ours, in the order of `pks`; without those somebody else has or that were put off meanwhile."""
    free = OutgoingMail.objects.filter(pk__in=bulk.these(pks), state=MailState.WAITING, next_try_at__lte=at)
    if not free.update(claim=mark, tries=F("tries") + 1, next_try_at=at + LEASE):
        return []
    place = {pk: number for number, pk in enumerate(pks)}
    rows = OutgoingMail.objects.filter(pk__in=bulk.these(pks), claim=mark).order_by("pk")
    return sorted(rows, key=lambda row: place[row.pk])


def _give_back(*, rows: Sequence[OutgoingMail], mark: str, at: datetime) -> None:
    """Let others have the mails of a round that it did not come to; they count as not tried."""
    if rows:
        ours = OutgoingMail.objects.filter(pk__in=bulk.these(row.pk for row in rows), claim=mark)
        ours.update(claim="", tries=F("tries") - 1, next_try_at=at)


def _written(*, rows: Sequence[OutgoingMail], at: datetime) -> dict[str, Ready | None]:
    """What the kinds that write only now have to say, for all mails of a round at once."""
    found: dict[str, Ready | None] = {}
    by_kind: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        by_kind.setdefault(row.kind, []).append(row.subject)
    for code, subjects in by_kind.items():
        kind = registered(code=code)
        if kind is not None and kind.write is not None:
            answers = kind.write(subjects=subjects, at=at)
            found.update({f"{code}:{subject}": answers.get(subject) for subject in subjects})
    return found


_SAID = ("to_address", "subject_text", "body_text", "html_body")
_MARKED = ("state", "claim", "sent_at", "last_fault", "last_error", *_SAID, "language", "reply_to")


def _mark_sent(*, rows: Sequence[OutgoingMail], at: datetime) -> None:
    """Write down which mails of a round are out, and what of them is kept; one transaction."""
    moment = bulk.stored_moment(at)
    marks = []
    for row in rows:
        kind = registered(code=row.kind)
        keeps = kind is None or kind.keeps_text
        kept = [encrypted(row.to_address), *(encrypted(getattr(row, name)) if keeps else "" for name in _SAID[1:])]
        marks.append((MailState.SENT.value, "", moment, "", "", *kept, row.language, row.reply_to, row.pk, row.claim))
    with transaction.atomic():  # one trip to the disk for all of them
        bulk.update_by_id(model=OutgoingMail, columns=_MARKED, rows=marks, still=("claim",))


def _some_wait(message_ids: Sequence[str]) -> bool:
    """Whether any of some mails is not marked yet."""
    return OutgoingMail.objects.filter(message_id__in=list(message_ids), state=MailState.WAITING).exists()


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
