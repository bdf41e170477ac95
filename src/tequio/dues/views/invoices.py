"""One invoice: what is asked and why, how to pay it, and what a treasurer can do about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_lists, may_read_member
from tequio.dues import page_queries
from tequio.dues.forms import ReasonForm, WriteOffForm
from tequio.dues.models import Invoice
from tequio.dues.names import CHARGE_SHAPES, CHARGE_STATES, RATES
from tequio.dues.operations import once
from tequio.dues.queries import invoice_by_number, invoice_credits, references_of, why_lines
from tequio.dues.scopes import scope_of_invoice
from tequio.dues.views.answers import paper
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page


@guarded(may_read_member, scope=scope_of_invoice)
def invoice(request: HttpRequest, number: str) -> HttpResponseBase:
    """What is asked and why, line by line; where it stands; how to pay."""
    found = _invoice(number=number)
    return page(request, "dues/invoice.html", _context(request, found=found))


@guarded(may_read_member, scope=scope_of_invoice)
def invoice_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The invoice on paper."""
    from tequio.dues import paper as papers

    del request
    return paper(papers.invoice_pdf(number=number), name=number)


@guarded(may_change_center, scope=scope_of_invoice)
def mail(request: HttpRequest, number: str) -> HttpResponseBase:
    """Put the invoice's mail in the queue; once, however often it is asked for."""
    if request.method != "POST":
        return go(reverse("invoice", kwargs={"number": number}))
    from tequio.dues.letters.operations import mail_invoice

    queued = mail_invoice(number=number, actor=actor_of(request), at=clock.now())
    return go(reverse("invoice", kwargs={"number": number}), mailed="1" if queued else "0")


@guarded(may_change_center, scope=scope_of_invoice)
def write_off(request: HttpRequest, number: str) -> HttpResponseBase:
    """Stop asking for the rest, or for part of it."""
    found, at = _invoice(number=number), clock.now()
    page_of_it = reverse("invoice", kwargs={"number": number})
    today = clock.day_in(zone=found.center.zone, at=at)
    sent = request.POST if request.method == "POST" else None
    form = WriteOffForm(sent, at=at, initial={"seen": found.rest, "on": today})
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            once.write_off(
                number=number,
                seen=said["seen"],
                amount=said["amount"],
                on=said["on"],
                reason=said["reason"],
                actor=actor_of(request),
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(page_of_it)
    if form.is_bound:
        found.refresh_from_db()
        form.see(seen=found.rest)
    elif found.rest == 0:
        return go(page_of_it)
    context = {"invoice": found, "form": form}
    return page(request, "dues/write_off.html", context, status=422 if form.is_bound else 200)


@guarded(may_change_center, scope=scope_of_invoice)
def cancel(request: HttpRequest, number: str) -> HttpResponseBase:
    """Cancel an invoice made by mistake."""
    found = _invoice(number=number)
    page_of_it = reverse("invoice", kwargs={"number": number})
    if found.cancelled_on is not None:
        return go(page_of_it)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            once.cancel_invoice(
                number=number, reason=form.cleaned_data["reason"], actor=actor_of(request), at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(page_of_it)
    paid = sum(credit.amount for credit in invoice_credits(invoice=found))
    context = {"invoice": found, "form": form, "paid": paid}
    return page(request, "dues/cancel.html", context, status=422 if form.is_bound else 200)


def _invoice(*, number: str) -> Invoice:
    try:
        return invoice_by_number(number=number)
    except Refusal as refusal:
        raise Http404 from refusal


def _context(request: HttpRequest, *, found: Invoice) -> dict[str, Any]:
    viewer = viewer_in(request)
    reference, short = references_of(invoice=found)
    on = clock.today(zone=found.center.zone)
    state = page_queries.charge_state(invoice=found, on=on)
    pay_to = text_of(row=found.center, name="pay_to").to(language_of(request))
    return {
        "invoice": found,
        "center_name": text_of(row=found.center, name="name"),
        "member_pk": found.member.merged_into_id or found.member_id,
        "lines": why_lines(invoice=found),
        "reference": reference,
        "short_reference": short,
        "code": page_queries.code_of(reference=reference, title=reference),
        "state": CHARGE_STATES[state],
        "state_key": state,
        "shape": CHARGE_SHAPES[state],
        "credits": invoice_credits(invoice=found),
        "write_offs": page_queries.write_offs_of(invoice=found),
        "rate_names": RATES,
        "pay_to": pay_to.splitlines(),
        "may_change": may_change_center(viewer, Scope(center_pk=found.center_id)),
        "sees_runs": may_read_lists(viewer),
        "mailed": request.GET.get("mailed", ""),
    }
