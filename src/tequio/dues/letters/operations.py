"""Putting letters about dues in the queue of mail. Sending them is the queue's own work (kernel/mail/sending.py)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tequio.dues.letters import about, kinds
from tequio.dues.letters.facts import Reader, invoice_letters, readers
from tequio.dues.letters.writing import compose
from tequio.dues.models import Hold, Invoice, MemberRate, Payment, Plan, PlanInstalment, WriteOff
from tequio.dues.operations.billing import RUN_KIND
from tequio.dues.queries import invoice_by_number, payment_shares, refuse_brought
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.mail.operations import NewMail, enqueue_many
from tequio.kernel.runs.models import Run, RunState
from tequio.members.models import Member

SLICE = 500  # invoices read, written and queued at a time, each slice in a transaction of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutAddress:
    """An invoice that nobody could be mailed: its member has no usable address. It goes out on paper."""

    member_code: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMailed:
    """What became of every invoice of a run: queued now, queued or sent before, cancelled, or without an address."""

    queued: int
    already: int
    cancelled: int
    without_address: tuple[WithoutAddress, ...]


def mail_invoices(*, run_pk: int, actor: str, at: datetime) -> RunMailed:
    """Put one mail per invoice of a dues run in the queue, to the member's billing contact.

    Safe to run again and by two people at once: an invoice has one mail, ever, unless that one failed. What is
    cancelled is left out. A slice is read and written before its transaction begins, so nobody waits for it; whoever
    was stopped in the middle runs it again. Refuses a run that is not there, not finished, or undone.
    """
    run = Run.objects.filter(pk=run_pk, kind=RUN_KIND).exclude(state=RunState.PREVIEWED).first()
    if run is None:
        raise Refusal(en=f"There is no dues run {run_pk}.", es=f"No existe la corrida de cuotas {run_pk}.")
    if run.state == RunState.UNDONE:
        raise Refusal(en=f"Run {run_pk} was undone.", es=f"La corrida {run_pk} se deshizo.")
    if run.state == RunState.RUNNING:
        raise Refusal(
            en=f"Run {run_pk} has not finished; run it again first, it goes on where it stopped.",
            es=f"La corrida {run_pk} no ha terminado; córrala otra vez primero, sigue donde se quedó.",
        )
    standing = Invoice.objects.filter(run=run, cancelled_on__isnull=True)
    pks = list(standing.order_by("pk").values_list("pk", flat=True))
    queued = already = 0
    without: list[WithoutAddress] = []
    for start in range(0, len(pks), SLICE):
        letters = invoice_letters(invoices=Invoice.objects.filter(pk__in=pks[start : start + SLICE]), at=at)
        mails = []
        for letter in letters:
            number = letter.facts.number
            if letter.address:
                mails.append(_new(subject=f"invoice:{number}", key=number, address=letter.address, facts=letter.facts))
            else:
                without.append(WithoutAddress(member_code=letter.facts.to.code, number=number))
        with transaction.atomic():
            done = enqueue_many(mails=mails, at=at)
            if done.queued:
                payload = {"kind": kinds.INVOICE, "queued": len(done.queued)}
                journal.append(kind=Kind.MAIL_ENQUEUED, subject=f"run:{run_pk}", actor=actor, at=at, payload=payload)
        queued += len(done.queued)
        already += len(done.already)
    return RunMailed(
        queued=queued,
        already=already,
        cancelled=Invoice.objects.filter(run=run, cancelled_on__isnull=False).count(),
        without_address=tuple(without),
    )


def mail_invoice(*, number: str, actor: str, at: datetime) -> bool:
    """Put the mail of one invoice in the queue; False where it was there or went out before.

    Refuses a number nobody has, a cancelled invoice, and a member without an address.
    """
    invoice = invoice_by_number(number=number)
    if invoice.cancelled_on is not None:
        raise Refusal(
            en=f"Invoice {invoice.number} is cancelled; it is not mailed.",
            es=f"El aviso de cuota {invoice.number} está cancelado; no se envía.",
        )
    [letter] = invoice_letters(invoices=Invoice.objects.filter(pk=invoice.pk), at=at)
    return _mail(
        subject=f"invoice:{invoice.number}",
        key=invoice.number,
        address=letter.address,
        facts=letter.facts,
        actor=actor,
        at=at,
    )


def mail_receipt(*, number: str, actor: str, at: datetime) -> bool:
    """Put the thanks for one payment in the queue; False where they were there or went out before.

    Refuses a number nobody has, a voided payment, credit brought over, and a member without an address.
    """
    payment = Payment.objects.select_related("member").filter(number=number.strip().upper()).first()
    if payment is None:
        raise Refusal(en=f"There is no payment “{number}”.", es=f"No existe el pago «{number}».")
    if payment.voided_on is not None:
        raise Refusal(
            en=f"{payment.number} was voided; there is nothing to thank for.",
            es=f"{payment.number} se anuló; no hay pago que agradecer.",
        )
    refuse_brought(payment=payment)
    reader = _reader(member=payment.member, at=at)
    facts = about.ReceiptFacts(
        to=reader.addressee,
        account=reader.account,
        number=payment.number,
        on=payment.on,
        amount=payment.amount,
        method=payment.method,
        settled=tuple(
            about.Settled(number=share.invoice, amount=share.amount, rest=share.rest)
            for share in payment_shares(payment=payment)
        ),
        unused=payment.unused,
    )
    subject = f"payment:{payment.number}"
    return _mail(subject=subject, key=payment.number, address=reader.address, facts=facts, actor=actor, at=at)


def mail_write_off(*, write_off: WriteOff, actor: str, at: datetime) -> bool:
    """Put the news of a write-off in the queue; False where it was there before. Refuses without an address."""
    invoice = Invoice.objects.select_related("member").get(pk=write_off.invoice_id)
    reader = _reader(member=invoice.member, at=at)
    facts = about.WrittenOffFacts(
        to=reader.addressee,
        account=reader.account,
        number=invoice.number,
        on=write_off.on,
        amount=write_off.amount,
        rest=invoice.rest,
    )
    subject = f"invoice:{invoice.number}"
    return _mail(subject=subject, key=str(write_off.pk), address=reader.address, facts=facts, actor=actor, at=at)


def mail_cancellation(*, number: str, actor: str, at: datetime) -> bool:
    """Put the news that an invoice was taken back in the queue; False where it was there before.

    Refuses a number nobody has, an invoice that stands, and a member without an address.
    """
    invoice = invoice_by_number(number=number)
    if invoice.cancelled_on is None:
        raise Refusal(
            en=f"Invoice {invoice.number} is not cancelled.",
            es=f"El aviso de cuota {invoice.number} no está cancelado.",
        )
    reader = _reader(member=invoice.member, at=at)
    facts = about.CancelledFacts(
        to=reader.addressee,
        account=reader.account,
        number=invoice.number,
        total=invoice.total,
        cancelled_on=invoice.cancelled_on,
        period_start=invoice.period_start,
        period_end=invoice.period_end,
    )
    subject = f"invoice:{invoice.number}"
    return _mail(subject=subject, key=invoice.number, address=reader.address, facts=facts, actor=actor, at=at)


def mail_rate(*, rate: MemberRate, actor: str, at: datetime) -> bool:
    """Put the news of a rate of its own in the queue; False where it was there before. Refuses without an address."""
    reader = _reader(member=rate.member, at=at)
    facts = about.RateFacts(
        to=reader.addressee,
        account=reader.account,
        kind=rate.kind,
        basis_points=rate.basis_points,
        valid_from=rate.valid_from,
        valid_until=rate.valid_until,
    )
    subject = f"member:{reader.head.code}"
    return _mail(subject=subject, key=str(rate.pk), address=reader.address, facts=facts, actor=actor, at=at)


def mail_plan(*, plan: Plan, actor: str, at: datetime) -> bool:
    """Put a payment plan, in writing, in the queue; False where it was there before. Refuses without an address."""
    reader = _reader(member=plan.member, at=at)
    parts = PlanInstalment.objects.filter(plan=plan).order_by("due_on", "pk").values_list("due_on", "amount")
    facts = about.PlanFacts(
        to=reader.addressee,
        account=reader.account,
        starts_on=plan.starts_on,
        parts=tuple(about.Part(due_on=due_on, amount=amount) for due_on, amount in parts),
        numbers=tuple(
            Invoice.objects.filter(plans__plan=plan).order_by("due_on", "pk").values_list("number", flat=True)
        ),
    )
    subject = f"member:{reader.head.code}"
    return _mail(subject=subject, key=str(plan.pk), address=reader.address, facts=facts, actor=actor, at=at)


def mail_hold(*, hold: Hold, actor: str, at: datetime) -> bool:
    """Put a hold, in writing, in the queue; False where it was there before. Refuses without an address."""
    reader = _reader(member=hold.member, at=at)
    facts = about.HoldFacts(
        to=reader.addressee, account=reader.account, first_day=hold.first_day, last_day=hold.last_day
    )
    subject = f"member:{reader.head.code}"
    return _mail(subject=subject, key=str(hold.pk), address=reader.address, facts=facts, actor=actor, at=at)


def _reader(*, member: Member, at: datetime) -> Reader:
    head = member.merged_into_id or member.pk
    return readers(heads=[head], at=at)[head]


def _new(*, subject: str, key: str, address: str, facts: about.AnyFacts) -> NewMail:
    """A letter as the queue takes it; what has a paper has it attached."""
    kind, composed = compose(facts=facts)
    attached = subject if kind in (kinds.INVOICE, kinds.RECEIPT) else ""
    return NewMail(
        kind=kind,
        subject=subject,
        to_address=address,
        composed=composed,
        once_key=f"{kind}:{key}",
        attachment=attached,
        reply_to=facts.account.ways.reply_to,
    )


def _mail(*, subject: str, key: str, address: str, facts: about.AnyFacts, actor: str, at: datetime) -> bool:
    if not address:
        code = facts.to.code
        raise Refusal(
            en=f"{code} has no contact with a usable e-mail address; send it on paper.",
            es=f"{code} no tiene ningún contacto con una dirección de correo utilizable; envíelo en papel.",
        )
    mail = _new(subject=subject, key=key, address=address, facts=facts)
    with transaction.atomic():
        done = enqueue_many(mails=[mail], at=at)
        if done.queued:
            payload = {"kind": mail.kind, "queued": 1}
            journal.append(kind=Kind.MAIL_ENQUEUED, subject=subject, actor=actor, at=at, payload=payload)
    return bool(done.queued)
