"""Taking back what was billed: a whole run until the first payment, or one invoice made by mistake."""

from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.queries import all_centers
from tequio.dues.models import Allocation, Invoice, InvoiceKind, Payment, PlanInvoice, WriteOff
from tequio.dues.operations.billing import RUN_KIND
from tequio.dues.operations.paying import refuse_reason
from tequio.dues.operations.standings import refresh_standings
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.runs.models import Run, RunState
from tequio.ledger import operations as ledger
from tequio.members.locking import lock_member
from tequio.rules.money import printed


@transaction.atomic
def undo_run(*, run_pk: int, reason: str, actor: str, at: datetime) -> int:
    """Cancel every invoice of a dues run and reverse its entries; returns how many. Credit it used is credit again.

    Refuses once anything was paid on one of its invoices since: then each is cancelled or refunded by itself.
    """
    refuse_reason(reason=reason)
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    run = Run.objects.select_for_update().filter(pk=run_pk, kind=RUN_KIND).first()
    if run is None or run.state == RunState.PREVIEWED:
        raise Refusal(en=f"There is no dues run {run_pk}.", es=f"No existe la corrida de cuotas {run_pk}.")
    if run.state == RunState.UNDONE:
        raise Refusal(en=f"Run {run_pk} was undone already.", es=f"La corrida {run_pk} ya se deshizo.")
    if run.state == RunState.RUNNING:
        raise Refusal(
            en=f"Run {run_pk} has not finished; run it again first, it goes on where it stopped.",
            es=f"La corrida {run_pk} no ha terminado; córrala otra vez primero, sigue donde se quedó.",
        )
    invoices = Invoice.objects.filter(run=run, cancelled_on__isnull=True)
    used = _allocations_at_billing(run_pk=run_pk)
    live = Allocation.objects.filter(invoice__in=invoices, payment__voided_on__isnull=True)
    paid = live.exclude(pk__in=used).exists()
    if paid or WriteOff.objects.filter(invoice__in=invoices).exists():
        raise Refusal(
            en=f"Something was paid on run {run_pk} already, so it cannot be undone as a whole. "
            "Cancel single invoices instead.",
            es=f"Ya se pagó algo de la corrida {run_pk}, así que no se puede deshacer completa. "
            "Cancele avisos uno por uno.",
        )
    if PlanInvoice.objects.filter(invoice__in=invoices).exists():
        raise Refusal(
            en=f"A payment plan rests on an invoice of run {run_pk}; it cannot be undone as a whole.",
            es=f"Un plan de pagos se apoya en un aviso de la corrida {run_pk}; no se puede deshacer completa.",
        )
    on = day_in(zone=all_centers()[0].zone, at=at)
    members = sorted(set(invoices.values_list("member_id", flat=True)))
    entry_pks = list(invoices.order_by("entry_id").values_list("entry_id", flat=True))
    for allocation in Allocation.objects.filter(pk__in=used).select_related("payment", "entry").order_by("pk"):
        _give_back(allocation=allocation, on=on)
    ledger.reverse_many(entry_pks=entry_pks, on=on, note=f"run {run_pk} undone")
    count = invoices.update(cancelled_on=on, cancelled_because=reason, rest=0, settled_on=None)
    Run.objects.filter(pk=run_pk).update(state=RunState.UNDONE)
    refresh_standings(member_pks=members, actor=actor, at=at)
    journal.append(kind=Kind.DUES_RUN_UNDONE, subject=f"run:{run_pk}", actor=actor, at=at, payload={"invoices": count})
    return count


@transaction.atomic
def cancel_invoice(*, number: str, reason: str, actor: str, at: datetime) -> None:
    """Cancel an invoice made by mistake and reverse its entry; its period can be billed again.

    What was paid on it becomes credit of the payments it came from. Refuses one that was written off in part.
    """
    refuse_reason(reason=reason)
    found = Invoice.objects.select_related("member").filter(number=number, cancelled_on__isnull=True).first()
    if found is None:
        raise Refusal(en=f"There is no invoice “{number}”.", es=f"No existe el aviso de cuota «{number}».")
    held = lock_member(code=found.member.code)
    invoice = Invoice.objects.select_related("entry").get(pk=found.pk)
    if WriteOff.objects.filter(invoice=invoice).exists():
        raise Refusal(
            en=f"Part of {number} was written off; that stays as it is.",
            es=f"Parte de {number} se condonó; queda como está.",
        )
    if PlanInvoice.objects.filter(invoice=invoice).exists():
        raise Refusal(
            en=f"A payment plan rests on {number}; it cannot be cancelled.",
            es=f"Un plan de pagos se apoya en {number}; no se puede cancelar.",
        )
    on = day_in(zone=held.center.zone, at=at)
    _free_payments(invoice=invoice, held_center=held.center, on=on)
    ledger.reverse(entry=invoice.entry, on=on, note=number)
    Invoice.objects.filter(pk=invoice.pk).update(cancelled_on=on, cancelled_because=reason, rest=0, settled_on=None)
    refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.INVOICE_CANCELLED,
        subject=f"invoice:{number}",
        actor=actor,
        at=at,
        payload={"member": held.head.code, "kind": InvoiceKind(invoice.kind).value},
    )


def _allocations_at_billing(*, run_pk: int) -> list[int]:
    """The uses of credit that the run made itself: booked as such, on its own invoices."""
    return list(
        Allocation.objects.filter(
            invoice__run_id=run_pk,
            invoice__cancelled_on__isnull=True,
            entry__kind="credit_use",
            payment__voided_on__isnull=True,
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _give_back(*, allocation: Allocation, on: date) -> None:
    """Reverse one use of credit: the payment has it again."""
    entry = ledger.reverse(entry=allocation.entry, on=on, note=allocation.payment.number)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=allocation.payment_id)
    Payment.objects.filter(pk=payment.pk).update(unused=payment.unused + allocation.amount)
    Allocation.objects.create(
        payment=payment, invoice_id=allocation.invoice_id, on=allocation.on, amount=-allocation.amount, entry=entry
    )


def _free_payments(*, invoice: Invoice, held_center: Center, on: date) -> None:
    """Turn what was paid on an invoice into credit, by an entry from what members owe to what they paid ahead."""
    from tequio.ledger import chart
    from tequio.ledger.models import EntryKind

    net: dict[int, int] = {}
    for payment_pk, amount in (
        Allocation.objects.filter(invoice=invoice, payment__voided_on__isnull=True)
        .order_by("payment_id")
        .values_list("payment_id", "amount")
    ):
        net[payment_pk] = net.get(payment_pk, 0) + amount
    books = ledger.books_of(center=held_center)
    for payment_pk, amount in net.items():
        if amount == 0:
            continue
        payment = Payment.objects.get(pk=payment_pk)
        entry = ledger.book(
            books=books,
            on=on,
            kind=EntryKind.CREDIT_USE,
            note=f"{invoice.number} {printed(minor=amount, currency=invoice.currency)}",
            legs=[(chart.RECEIVABLE, amount, invoice.member_id), (chart.CREDIT, -amount, payment.member_id)],
        )
        Payment.objects.filter(pk=payment_pk).update(unused=payment.unused + amount)
        Allocation.objects.create(payment=payment, invoice=invoice, on=on, amount=-amount, entry=entry)
