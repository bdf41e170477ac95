"""Payments: the list, each on its own page, and what a treasurer enters, gives back or voids."""

import re
import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_lists, may_read_member
from tequio.dues import page_queries
from tequio.dues.forms import PaymentForm, ReasonForm, RefundForm
from tequio.dues.models import Payment
from tequio.dues.names import METHODS
from tequio.dues.operations import once
from tequio.dues.page_queries import PaymentFilters
from tequio.dues.queries import payment_shares
from tequio.dues.run_scopes import seen_centers
from tequio.dues.scopes import scope_of_payment
from tequio.dues.views.answers import paper, spreadsheet
from tequio.dues.views.members import head_or_its_page
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import whole_url
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.members.scopes import scope_of_member

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@guarded(may_read_lists)
def payments(request: HttpRequest) -> HttpResponseBase:
    """The payments of the centers a person may see, fifty on a page."""
    centers = seen_centers(viewer=viewer_in(request))
    filters = _filters(request)
    listed = page_queries.payments_of_centers(centers=centers, filters=filters)
    received = page_queries.received(payments=listed)
    number = page_number(query=request.GET)
    count = sum(row.count + row.voided for row in received)
    rows = page_queries.payments_page(payments=listed, number=number)
    context: dict[str, Any] = {
        "filters": filters,
        "received": received,
        "list": list_page(rows=rows, count=count, number=number, path=request.path, query=request.GET),
        "center_names": {c.code: text_of(row=c, name="name") for c in centers},
        "methods": METHODS,
        "csv_url": whole_url(path=reverse("payments_csv"), query=_query(filters)),
        "filtered": filters != PaymentFilters(),
    }
    return page(request, "dues/payments.html", context)


@guarded(may_read_lists)
def payments_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a spreadsheet, all of it."""
    centers = seen_centers(viewer=viewer_in(request))
    listed = page_queries.payments_of_centers(centers=centers, filters=_filters(request))
    rows = page_queries.payment_rows(payments=listed)
    return spreadsheet(header=page_queries.PAYMENT_COLUMNS, rows=rows, name="payments")


@guarded(may_read_member, scope=scope_of_payment)
def payment(request: HttpRequest, number: str) -> HttpResponseBase:
    """One payment: what it settled, what is left of it, what was given back."""
    found = _payment(number=number)
    shares = payment_shares(payment=found) if found.voided_on is None else []
    context = {
        "payment": found,
        "center_name": text_of(row=found.center, name="name"),
        "member_pk": found.member.merged_into_id or found.member_id,
        "method": METHODS[found.method],
        "methods": METHODS,
        "shares": shares,
        "refunds": page_queries.refunds_of(payment=found),
        "holds": found.unused + sum(share.amount for share in shares),
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=found.center_id)),
        "sees_lists": may_read_lists(viewer_in(request)),
        "mailed": request.GET.get("mailed", ""),
    }
    return page(request, "dues/payment.html", context)


@guarded(may_read_member, scope=scope_of_payment)
def receipt_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The receipt on paper."""
    from tequio.dues import paper as papers

    del request
    try:
        content = papers.receipt_pdf(number=number)
    except Refusal as refusal:
        raise Http404 from refusal
    return paper(content, name=number)


@guarded(may_read_member, scope=scope_of_member)
def year_pdf(request: HttpRequest, member_pk: int, year: int) -> HttpResponseBase:
    """A member's year on paper: the gift and what was received in return, apart."""
    from tequio.dues import paper as papers

    del request
    member = Member.objects.select_related("center").filter(pk=member_pk).first()
    if member is None:
        raise Http404
    try:
        content = papers.yearly_pdf(code=member.code, year=year, on=clock.today(zone=member.center.zone))
    except Refusal as refusal:
        raise Http404 from refusal
    return paper(content, name=f"year-{member_pk}-{year}")


@guarded(may_change_center, scope=scope_of_payment)
def mail(request: HttpRequest, number: str) -> HttpResponseBase:
    """Put the thanks for a payment in the queue; once, however often it is asked for."""
    if request.method != "POST":
        return go(reverse("payment", kwargs={"number": number}))
    from tequio.dues.letters.operations import mail_receipt

    queued = mail_receipt(number=number, actor=actor_of(request), at=clock.now())
    return go(reverse("payment", kwargs={"number": number}), mailed="1" if queued else "0")


@guarded(may_change_center, scope=scope_of_member)
def add(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Enter money that came from a member: beside the form what is open, which the oldest charge gets first."""
    member = head_or_its_page(member_pk=member_pk, name="add_payment")
    if not member.found:
        return member.elsewhere
    head, at = member.found, clock.now()
    today = clock.day_in(zone=head.center.zone, at=at)
    sent = request.POST if request.method == "POST" else None
    form = PaymentForm(sent, at=at, initial={"once_key": uuid.uuid4(), "on": today})
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            entered = once.add_payment(
                code=head.code,
                amount=said["amount"],
                currency=head.center.currency,
                on=said["on"],
                method=said["method"],
                note=said["note"],
                once_key=f"page:{said['once_key']}",
                actor=actor_of(request),
                at=at,
            )
        except Refusal as refusal:
            if isinstance(refusal, once.UsedFormError):
                form.fresh_key()
            form.refuse(refusal)
        else:
            return go(reverse("payment", kwargs={"number": entered.number}))
    elif sent is not None and "once_key" in form.errors:
        form.fresh_key()
    context = {
        "member": head,
        "form": form,
        "open": list(page_queries.family_invoices(member=head)),
        "currency": head.center.currency,
    }
    return page(request, "dues/add_payment.html", context, status=422 if form.is_bound else 200)


@guarded(may_change_center, scope=scope_of_payment)
def refund(request: HttpRequest, number: str) -> HttpResponseBase:
    """Give money of a payment back."""
    found, at = _payment(number=number), clock.now()
    page_of_it = reverse("payment", kwargs={"number": number})
    if found.voided_on is not None:
        return go(page_of_it)
    seen = len(page_queries.refunds_of(payment=found))
    today = clock.day_in(zone=found.center.zone, at=at)
    sent = request.POST if request.method == "POST" else None
    form = RefundForm(sent, at=at, initial={"seen": seen, "on": today, "method": found.method})
    if sent is not None and form.is_valid():
        try:
            once.refund_payment(number=number, actor=actor_of(request), at=at, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(page_of_it)
    if form.is_bound:
        found.refresh_from_db()
        form.see(seen=len(page_queries.refunds_of(payment=found)))
    shares = payment_shares(payment=found)
    context = {
        "payment": found,
        "form": form,
        "shares": shares,
        "holds": found.unused + sum(share.amount for share in shares),
    }
    return page(request, "dues/refund.html", context, status=422 if form.is_bound else 200)


@guarded(may_change_center, scope=scope_of_payment)
def void(request: HttpRequest, number: str) -> HttpResponseBase:
    """Void a payment entered by mistake."""
    found = _payment(number=number)
    page_of_it = reverse("payment", kwargs={"number": number})
    if found.voided_on is not None:
        return go(page_of_it)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            once.void_payment(
                number=number, reason=form.cleaned_data["reason"], actor=actor_of(request), at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(page_of_it)
    context = {"payment": found, "form": form, "shares": payment_shares(payment=found)}
    return page(request, "dues/void.html", context, status=422 if form.is_bound else 200)


def _payment(*, number: str) -> Payment:
    found = Payment.objects.select_related("center", "member").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _filters(request: HttpRequest) -> PaymentFilters:
    """What the address asks for; words nobody knows are left out rather than refused."""
    asked = request.GET
    method = asked.get("method", "")
    return PaymentFilters(
        center=asked.get("center", "").replace("\0", "")[:12],
        since=_day(asked.get("from", "")),
        until=_day(asked.get("to", "")),
        method=method if method in METHODS else "",
    )


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _query(filters: PaymentFilters) -> dict[str, Any]:
    words = asdict(filters)
    return {"from": words.pop("since"), "to": words.pop("until"), **words}
