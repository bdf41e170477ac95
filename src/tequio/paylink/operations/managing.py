"""Revoking an invoice's link, and making a new one."""

from datetime import date, datetime

from django.db import transaction

from tequio.dues.models import Invoice
from tequio.dues.queries import invoice_by_number
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import lock_member
from tequio.paylink.links import Link, link_of
from tequio.paylink.models import LinkState


@transaction.atomic
def revoke_link(*, number: str, actor: str, at: datetime) -> Link:
    """Make an invoice's link worthless, for good: it opens nothing any more. Refuses a number nobody has."""
    invoice = _held(number=number)
    state, _ = LinkState.objects.get_or_create(invoice=invoice, defaults={"changed_by": actor, "changed_at": at})
    LinkState.objects.filter(pk=state.pk).update(revoked_at=at, changed_by=actor, changed_at=at)
    _note(Kind.LINK_REVOKED, invoice=invoice, actor=actor, at=at)
    return link_of(invoice=invoice)


@transaction.atomic
def renew_link(*, number: str, actor: str, at: datetime, expires_on: date | None = None) -> Link:
    """Give an invoice a new link; the ones before open nothing any more."""
    invoice = _held(number=number)
    state, _ = LinkState.objects.get_or_create(invoice=invoice, defaults={"changed_by": actor, "changed_at": at})
    LinkState.objects.filter(pk=state.pk).update(
        version=state.version + 1, revoked_at=None, expires_on=expires_on, changed_by=actor, changed_at=at
    )
    _note(Kind.LINK_RENEWED, invoice=invoice, actor=actor, at=at)
    return link_of(invoice=invoice)


def _held(*, number: str) -> Invoice:
    invoice = invoice_by_number(number=number)
    lock_member(code=invoice.member.code)
    return invoice


def _note(kind: Kind, *, invoice: Invoice, actor: str, at: datetime) -> None:
    journal.append(kind=kind, subject=f"invoice:{invoice.number}", actor=actor, at=at, payload={})
