"""Bounces: reports of mail servers, matched to what was sent, make room for the next channel."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from tequio.centers.models import Center
from tequio.dues.models import Invoice
from tequio.followup.models import BadAddress, Dispatch, DispatchState, TaskKind
from tequio.followup.names import NOTICE, dispatch_pk_of
from tequio.followup.operations.settling import come_back, is_flood
from tequio.followup.operations.tasks import open_center_task, open_tasks
from tequio.followup.reach import print_of
from tequio.kernel.clock import day_in
from tequio.kernel.mail.models import MailState, OutgoingMail
from tequio.kernel.mail.returned import DeliveryReport, read_report
from tequio.rules.ladder import Channel

SLICE = 500
_LATELY = timedelta(days=7)  # the mails a flood is measured against
_INVOICE = "invoice:"


@dataclass(slots=True, kw_only=True)
class Bounces:
    """What was read. `waiting`: mails of centers in `flooded`, of which nothing is concluded yet.

    `without_consequence`: delayed, or an invoice refused for a reason that says nothing against the address.
    """

    read: int = 0
    came_back: int = 0
    known_already: int = 0
    without_consequence: int = 0
    not_ours: int = 0
    unreadable: int = 0
    waiting: int = 0
    flooded: list[str] = field(default_factory=list)


def take_bounces(*, mails: Iterable[bytes | None], actor: str, at: datetime) -> Bounces:
    """Take in what servers sent back; the same mails again change nothing.

    A report that a notice was not delivered lets the ladder take the step by its next channel. Where the address
    itself is bad it is not used again and somebody is asked for another, whatever the mail was about. Where very many
    of a center's mails came back, nothing is concluded until a person has closed the task that says so.
    """
    done = Bounces()
    reports = _reports(mails=mails, done=done)
    ids = list(reports)
    by_center: dict[int, list[tuple[OutgoingMail, DeliveryReport]]] = {}
    known = 0
    for start in range(0, len(ids), SLICE):
        for mail in OutgoingMail.objects.filter(message_id__in=ids[start : start + SLICE]).order_by("pk"):
            known += 1
            center_pk = _center_of(mail=mail)
            if center_pk is None:
                done.not_ours += 1
            elif mail.kind != NOTICE and not reports[mail.message_id].address_is_bad:
                done.without_consequence += 1
            else:
                by_center.setdefault(center_pk, []).append((mail, reports[mail.message_id]))
    done.not_ours += len(ids) - known
    for center_pk, rows in sorted(by_center.items()):
        _take(center=Center.objects.get(pk=center_pk), rows=rows, actor=actor, at=at, done=done)
    return done


def _reports(*, mails: Iterable[bytes | None], done: Bounces) -> dict[str, DeliveryReport]:
    """What the servers say for good, by the id of the mail it is about; the rest is counted."""
    reports: dict[str, DeliveryReport] = {}
    for raw in mails:
        done.read += 1
        report = read_report(raw=raw) if raw is not None else None
        if raw is None:
            done.unreadable += 1
        elif report is None:
            done.not_ours += 1
        elif not report.for_good:
            done.without_consequence += 1
        elif report.message_id in reports:
            done.known_already += 1
        else:
            reports[report.message_id] = report
    return reports


def _center_of(*, mail: OutgoingMail) -> int | None:
    """The center of the member a mail was for; None where it was not about dues."""
    if mail.state != MailState.SENT:
        return None
    if mail.kind == NOTICE:
        return Dispatch.objects.filter(pk=dispatch_pk_of(subject=mail.subject)).values_list("center", flat=True).first()
    if mail.subject.startswith(_INVOICE):
        number = mail.subject.removeprefix(_INVOICE)
        return Invoice.objects.filter(number=number).values_list("center", flat=True).first()
    return None


def _take(
    *,
    center: Center,
    rows: list[tuple[OutgoingMail, DeliveryReport]],
    actor: str,
    at: datetime,
    done: Bounces,
) -> None:
    on = day_in(zone=center.zone, at=at)
    new = [row for row in rows if not _is_known(mail=row[0])]
    done.known_already += len(rows) - len(new)
    lately = Dispatch.objects.filter(center=center, channel=Channel.MAIL.value, sent_on__gte=on - _LATELY).count()
    if is_flood(center=center, came_back=len(new), of=max(lately, len(new)), on=on):
        with transaction.atomic():
            open_center_task(center=center, kind=TaskKind.MANY_CAME_BACK, on=on, actor=actor, at=at)
        done.waiting += len(new)
        done.flooded.append(center.code)
        return
    for mail, report in new:
        with transaction.atomic():
            Center.objects.select_for_update().get(pk=center.pk)
            if _is_known(mail=mail):
                done.known_already += 1
            else:
                _take_one(center=center, mail=mail, report=report, actor=actor, at=at)
                done.came_back += 1


def _member_pk(*, mail: OutgoingMail) -> int:
    if mail.kind == NOTICE:
        return Dispatch.objects.values_list("member", flat=True).get(pk=dispatch_pk_of(subject=mail.subject))
    number = mail.subject.removeprefix(_INVOICE)
    return Invoice.objects.values_list("member", flat=True).get(number=number)


def _is_known(*, mail: OutgoingMail) -> bool:
    """Whether that mail's coming back was taken in before."""
    if mail.kind == NOTICE:
        found = Dispatch.objects.get(pk=dispatch_pk_of(subject=mail.subject))
        return found.state in (DispatchState.CAME_BACK, DispatchState.DROPPED)
    bad = BadAddress.objects.filter(
        member_id=_member_pk(mail=mail),
        channel=Channel.MAIL.value,
        print=print_of(channel=Channel.MAIL.value, value=mail.to_address),
    )
    return bad.exists()


def _take_one(*, center: Center, mail: OutgoingMail, report: DeliveryReport, actor: str, at: datetime) -> None:
    on = day_in(zone=center.zone, at=at)
    why = f"bounced {report.status}".strip()
    if mail.kind == NOTICE:
        dispatch = Dispatch.objects.select_related("center").get(pk=dispatch_pk_of(subject=mail.subject))
        back_on = max(on, dispatch.sent_on or dispatch.made_on)
        come_back(
            dispatch=dispatch,
            why=why,
            on=back_on,
            bad_address=report.address_is_bad,
            value=mail.to_address,
            actor=actor,
            at=at,
        )
        return
    member_pk = _member_pk(mail=mail)
    BadAddress.objects.create(
        member_id=member_pk,
        channel=Channel.MAIL.value,
        print=print_of(channel=Channel.MAIL.value, value=mail.to_address),
        since=on,
        why=why[:40],
    )
    open_tasks(center=center, tasks=[(TaskKind.BOUNCED, member_pk)], on=on, actor=actor, at=at)
