"""An invoice made again because the member's income band was another: under the same rule, for the same period."""

from datetime import datetime

from django.db import transaction

from tequio.dues.billing_plan import PlannedInvoice, Pricer, SlicePlan
from tequio.dues.models import Invoice, InvoiceKind
from tequio.dues.operations.billing import terms_of
from tequio.dues.operations.billing_rows import write_slice
from tequio.dues.operations.standings import refresh_standings
from tequio.dues.operations.undoing import cancel_invoice
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.ledger.operations import books_of, refuse_closed
from tequio.members.locking import lock_member
from tequio.members.models import Member
from tequio.rules.dues import Line
from tequio.rules.money import WHOLE_SHARE


def bands_of(*, invoice: Invoice) -> list[int]:
    """The income bands of the table an invoice was made under, lowest first; none where it has none."""
    if invoice.kind != InvoiceKind.DUES or invoice.policy is None:
        return []
    return sorted({tariff.band for tariff in invoice.policy.tariffs.all() if tariff.band is not None})


def lines_in_band(*, invoice: Invoice, band: int | None) -> tuple[Line, ...]:
    """What an invoice would ask in an income band: the parts it has, under its own policy and rate."""
    terms = terms_of(as_of=invoice.invoiced_on, center_code=invoice.center.code)
    operations = invoice.lines.filter(part="operations").exists()
    share = invoice.rate.basis_points if invoice.rate else WHOLE_SHARE
    return Pricer(terms=terms).lines(
        center_pk=invoice.center_id, kind=invoice.member.kind, band=band, operations=operations, share=share
    )


@transaction.atomic
def reissue_in_band(*, number: str, band: int, actor: str, at: datetime) -> Invoice:
    """Say a member's income band; where the amount is another in it, the invoice is cancelled and made again.

    The new one has the same day, period, due date and rule. What was paid on the old one pays the new one, as credit
    does. Returns the invoice that holds. Refuses a band the table has not, an invoice that is paid, and what
    cancelling one refuses (a plan rests on it, part was written off, its books are closed).
    """
    found = Invoice.objects.select_related("member").filter(number=number, cancelled_on__isnull=True).first()
    if found is None:
        raise Refusal(en=f"There is no invoice “{number}”.", es=f"No existe el aviso de cuota «{number}».")
    held = lock_member(code=found.member.code)
    invoice = Invoice.objects.select_related("member", "center", "policy", "rate").get(pk=found.pk)
    if band not in bands_of(invoice=invoice):
        raise Refusal(
            en="The table this invoice was made under has no such income range.",
            es="La tabla con que se hizo este aviso no tiene ese rango de ingresos.",
        )
    if invoice.rest == 0:
        raise Refusal(
            en="This invoice is settled; the range counts from the next one.",
            es="Este aviso ya está cubierto; el rango cuenta desde el siguiente.",
        )
    before = invoice.member.income_band
    Member.objects.filter(pk=invoice.member_id).update(income_band=band)
    lines = lines_in_band(invoice=invoice, band=band)
    holds = invoice
    if sum(line.amount for line in lines) != invoice.total:
        holds = _again(invoice=invoice, lines=lines, actor=actor, at=at)
    refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.BAND_CORRECTED,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"before": before, "band": band, "invoice": number, "now": holds.number},
    )
    return holds


def _again(*, invoice: Invoice, lines: tuple[Line, ...], actor: str, at: datetime) -> Invoice:
    refuse_closed(center_pk=invoice.center_id, on=invoice.invoiced_on)
    terms = terms_of(as_of=invoice.invoiced_on, center_code=invoice.center.code)
    if terms.dues[invoice.center_id].policy_pk != invoice.policy_id or invoice.run_id is None:
        raise Refusal(
            en="This invoice was made under a rule that is no longer found. Ask the treasurer.",
            es="Este aviso se hizo con una regla que ya no se encuentra. Consulte a tesorería.",
        )
    reason = f"income range corrected / rango de ingresos corregido ({actor})"
    cancel_invoice(number=invoice.number, reason=reason[:300], actor=actor, at=at)
    planned = PlannedInvoice(
        member_pk=invoice.member_id,
        member_code=invoice.member.code,
        center_pk=invoice.center_id,
        period_start=invoice.period_start,
        period_end=invoice.period_end,
        due_on=invoice.due_on,
        lines=lines,
        rate_pk=invoice.rate_id,
    )
    plan = SlicePlan(last_id=invoice.member_id, invoices=[planned])
    books = {invoice.center_id: books_of(center=invoice.center)}
    write_slice(plan=plan, terms=terms, books=books, run_pk=invoice.run_id)
    return Invoice.objects.select_related("member", "center", "policy", "rate", "contact").get(
        member_id=invoice.member_id, period_start=invoice.period_start, kind=invoice.kind, cancelled_on__isnull=True
    )
