"""Expenses and other income, their receipts, income that is expected, money between the centers, and funds."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.models import User
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.budgets.forms import (
    BookingForm,
    CurrencyForm,
    EndForm,
    ExpectedForm,
    FundForm,
    ReceiptForm,
    ReceiveForm,
    SendForm,
)
from tequio.budgets.models import Booking, BookingState, ExpectedIncome, ExpectedKind, Receipt, Transfer
from tequio.budgets.operations import booking as bookings_operations
from tequio.budgets.operations import expecting
from tequio.budgets.operations.booking import STATE_WORDS, Came, What
from tequio.budgets.operations.expecting import Promise
from tequio.budgets.operations.receipts import add_receipt, content_of
from tequio.budgets.operations.spending import limit_on
from tequio.budgets.operations.transferring import receive, send
from tequio.budgets.queries.bookings import bookings_of, funds_of, transfers_listed
from tequio.budgets.queries.expected import expected_of
from tequio.budgets.queries.listing import decision_by_code
from tequio.budgets.scopes import scope_of_booking, scope_of_center, scope_of_expected, scope_of_receipt
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm, say
from tequio.kernel.web.pages import go, page
from tequio.ledger.operations import open_fund
from tequio.members.views.receiving import takes_a_file
from tequio.rules.budget import Side
from tequio.rules.reasons import Text

_SHOWN = 200
_TOO_LARGE = Text(en="A receipt has at most 5 MB.", es="Un comprobante pesa 5 MB a lo más.")
STATES = {
    state: Text(en=en, es=STATE_WORDS[state])
    for state, en in {
        BookingState.DRAFT: "draft",
        BookingState.COMMITTED: "committed",
        BookingState.WAITING: "waits for a second person",
        BookingState.POSTED: "posted",
        BookingState.REFUSED: "refused",
        BookingState.DROPPED: "thrown away",
        BookingState.REVERSED: "reversed",
    }.items()
}


@guarded(may_read_center, scope=scope_of_center)
def bookings(request: HttpRequest, code: str) -> HttpResponseBase:
    """A center's expenses and other income, the newest first; those that wait on top."""
    center = Center.objects.get(code=code)
    rows = bookings_of(center=center, first=_SHOWN)
    waiting = [row for row in rows if row.state == BookingState.WAITING]
    context = {
        "center": center,
        "center_name": text_of(row=center, name="name"),
        "waiting": waiting,
        "rows": [row for row in rows if row.state != BookingState.WAITING],
        "states": STATES,
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=center.pk)),
        "limit": limit_on(center=center, on=clock.today(zone=center.zone)),
    }
    return page(request, "budgets/bookings.html", context)


@guarded(may_change_center, scope=scope_of_center)
def new_booking(request: HttpRequest, code: str) -> HttpResponseBase:
    """Enter an expense or other income: as a draft, or posted at once where nobody else has to look."""
    center = Center.objects.get(code=code)
    today = clock.today(zone=center.zone)
    expected = [
        (str(row.row.pk), say(en=row.name.en, es=row.name.es)) for row in expected_of(center=center, open_only=True)
    ]
    form = BookingForm(
        request.POST if request.method == "POST" else None,
        center=center,
        expected=expected,
        initial={"on": today, "side": request.GET.get("side", "expense"), "expected": request.GET.get("expected", "")},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = bookings_operations.enter(
                    center=center, what=_what(form), by=_person(request), actor=actor_of(request), at=clock.now()
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(reverse("booking", kwargs={"booking_pk": row.pk}))
    context = {"form": form, "center": center, "center_name": text_of(row=center, name="name")}
    return page(request, "budgets/new_booking.html", context, status=status)


def _what(form: BookingForm) -> What:
    said = form.cleaned_data
    came = None
    if said["came"]:
        came = Came(
            amount=said["came"],
            currency=said["currency"].strip().upper(),
            rate=said["rate"],
            rate_on=said["rate_on"] or said["on"],
        )
    return What(
        side=Side(said["side"]),
        on=said["on"],
        account=said["account"],
        what=said["what"],
        amount=said["amount"],
        fund=said["fund"],
        with_whom=said["with_whom"],
        method=said["method"],
        committed=said["committed"],
        expected_pk=int(said["expected"]) if said["expected"] else None,
        came=came,
    )


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _receipt_too_large(request: HttpRequest, booking_pk: int) -> HttpResponse:
    return _booking_page(request, _booking(booking_pk), problem=_TOO_LARGE, status=413)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(may_read_center, scope=scope_of_booking)
@takes_a_file(too_large=_receipt_too_large)
def booking(request: HttpRequest, booking_pk: int) -> HttpResponseBase:
    """One booking with its receipts, and what can be done with it now."""
    row = _booking(booking_pk)
    if request.method != "POST":
        return _booking_page(request, row)
    if not may_change_center(viewer_in(request), Scope(center_pk=row.center_id)):
        raise Http404
    act = request.POST.get("act", "")
    form: PlainForm = (
        EndForm(request.POST)
        if act in ("drop", "refuse", "reverse")
        else ReceiptForm(request.POST, request.FILES)
        if act == "receipt"
        else PlainForm(request.POST)
    )
    if form.is_valid():
        try:
            _act(request, row, act=act, form=form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(request.path)
    return _booking_page(request, row, form=form, act=act, status=422)


def _act(request: HttpRequest, row: Booking, *, act: str, form: PlainForm) -> None:
    actor, at, by, pk = actor_of(request), clock.now(), _person(request), row.pk
    if act == "post":
        code = request.POST.get("decision", "").strip()
        decision = decision_by_code(code=code) if code else None
        bookings_operations.submit(booking_pk=pk, decision=decision, actor=actor, at=at)
    elif act == "approve":
        bookings_operations.approve(booking_pk=pk, by=by, actor=actor, at=at)
    elif act == "refuse":
        bookings_operations.refuse(booking_pk=pk, reason=form.cleaned_data["reason"], by=by, actor=actor, at=at)
    elif act == "drop":
        bookings_operations.drop(booking_pk=pk, reason=form.cleaned_data["reason"], actor=actor, at=at)
    elif act == "reverse":
        today = clock.today(zone=row.center.zone)
        bookings_operations.reverse(booking_pk=pk, on=today, reason=form.cleaned_data["reason"], actor=actor, at=at)
    elif act == "receipt":
        file = form.cleaned_data["file"]
        add_receipt(booking_pk=pk, name=file.name, file=file, actor=actor, at=at)
    else:
        raise Http404


def _booking_page(
    request: HttpRequest,
    row: Booking,
    *,
    form: PlainForm | None = None,
    act: str = "",
    problem: Text | None = None,
    status: int = 200,
) -> HttpResponse:
    by = _person(request)
    is_mine = row.entered_as == getattr(by, "actor", "") or (by is not None and row.entered_by_id == by.pk)
    context = {
        "booking": row,
        "state": STATES[BookingState(row.state)],
        "receipts": list(row.receipts.order_by("pk").defer("content")),
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=row.center_id)),
        "is_mine": is_mine,
        "end_form": form if isinstance(form, EndForm) else EndForm(),
        "receipt_form": form if isinstance(form, ReceiptForm) else ReceiptForm(),
        "faulty": form,
        "act": act,
        "problem": problem,
        "account_name": text_of(row=row.account, name="name"),
        "fund_name": text_of(row=row.fund, name="name"),
        "center_name": text_of(row=row.center, name="name"),
        "limit": limit_on(center=row.center, on=row.on),
    }
    return page(request, "budgets/booking.html", context, status=status)


def _booking(pk: int) -> Booking:
    found = Booking.objects.select_related(
        "center", "account", "fund", "expected", "entered_by", "approved_by", "overspends_by"
    )
    return found.get(pk=pk)


@guarded(may_read_center, scope=scope_of_receipt)
def receipt(_request: HttpRequest, receipt_pk: int) -> HttpResponseBase:
    """A receipt, to be saved: no browser opens it in the name of this site."""
    found = Receipt.objects.get(pk=receipt_pk)
    answer = HttpResponse(content_of(receipt=found), content_type="application/octet-stream")
    ending = found.name.rsplit(".", 1)[-1]
    answer["Content-Disposition"] = f'attachment; filename="receipt-{found.pk}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@guarded(may_read_center, scope=scope_of_center)
def expected(request: HttpRequest, code: str) -> HttpResponseBase:
    """Income a center expects, the soonest first, and putting down more of it."""
    center = Center.objects.get(code=code)
    may_change = may_change_center(viewer_in(request), Scope(center_pk=center.pk))
    form = ExpectedForm(request.POST if request.method == "POST" else None, center=center, initial={"likelihood": 50})
    status = 200
    if request.method == "POST" and may_change:
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                expecting.expect(
                    center=center,
                    promise=Promise(
                        kind=ExpectedKind(said["kind"]),
                        name=Text(en=said["name_en"], es=said["name_es"]),
                        amount=said["amount"],
                        currency=said["currency"].strip().upper(),
                        likelihood=said["likelihood"],
                        expected_on=said["expected_on"],
                        said_by=said["said_by"],
                        account=said["account"],
                        fund=said["fund"],
                    ),
                    actor=actor_of(request),
                    at=clock.now(),
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(request.path)
    rows = expected_of(center=center)
    context = {
        "center": center,
        "center_name": text_of(row=center, name="name"),
        "rows": rows,
        "may_change": may_change,
        "form": form,
        "unsettled": [row for row in rows if not row.row.currency],
    }
    return page(request, "budgets/expected.html", context, status=status)


@guarded(may_change_center, scope=scope_of_expected)
def one_expected(request: HttpRequest, expected_pk: int) -> HttpResponseBase:
    """Settle the currency of expected income, confirm it, give it up, or say that all of it has come."""
    row = ExpectedIncome.objects.select_related("center").get(pk=expected_pk)
    form = CurrencyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        act, actor, at = request.POST.get("act", ""), actor_of(request), clock.now()
        today = clock.today(zone=row.center.zone)
        status = 422
        try:
            if act == "settle" and form.is_valid():
                currency = form.cleaned_data["currency"].strip().upper()
                expecting.settle_currency(expected_pk=row.pk, currency=currency, actor=actor, at=at)
            elif act == "confirm":
                expecting.confirm(expected_pk=row.pk, actor=actor, at=at)
            elif act == "lost":
                expecting.give_up(expected_pk=row.pk, on=today, actor=actor, at=at)
            elif act == "whole":
                expecting.came_whole(expected_pk=row.pk, on=today, actor=actor, at=at)
            if act != "settle" or form.is_valid():
                return go(reverse("expected_income", kwargs={"code": row.center.code}))
        except Refusal as refusal:
            form.is_valid()
            form.refuse(refusal)
    (shown,) = [found for found in expected_of(center=row.center) if found.row.pk == row.pk]
    context = {
        "shown": shown,
        "form": form,
        "center": row.center,
        "center_name": text_of(row=row.center, name="name"),
        "bookings": list(row.bookings.order_by("on", "pk")),
        "states": STATES,
    }
    return page(request, "budgets/one_expected.html", context, status=status)


@guarded(may_read_center, scope=scope_of_center)
def funds(request: HttpRequest, code: str) -> HttpResponseBase:
    """What each fund has, and the money on its way to and from the other center."""
    center = Center.objects.get(code=code)
    may_change = may_change_center(viewer_in(request), Scope(center_pk=center.pk))
    others = [(row.code, say(en=row.name_en, es=row.name_es)) for row in Center.objects.exclude(pk=center.pk)]
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms: dict[str, PlainForm] = {
        "fund": FundForm(request.POST if act == "fund" else None),
        "send": SendForm(
            request.POST if act == "send" else None, others=others, initial={"sent_on": clock.today(zone=center.zone)}
        ),
        "receive": ReceiveForm(request.POST if act == "receive" else None),
    }
    status = 200
    if act and may_change:
        status = 422
        form = forms.get(act)
        if form is not None and form.is_valid():
            try:
                _money(request, center, act=act, said=form.cleaned_data)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(request.path)
    mine = [row for row in transfers_listed(first=_SHOWN) if center.pk in (row.sender_id, row.receiver_id)]
    context = {
        "center": center,
        "center_name": text_of(row=center, name="name"),
        "funds": funds_of(center=center),
        "transfers": [
            (row, text_of(row=row.sender, name="name"), text_of(row=row.receiver, name="name")) for row in mine
        ],
        "coming": [row for row in mine if row.receiver_id == center.pk and row.received_on is None],
        "may_change": may_change,
        "forms": forms,
    }
    return page(request, "budgets/funds.html", context, status=status)


def _money(request: HttpRequest, center: Center, *, act: str, said: dict[str, Any]) -> None:
    actor, at = actor_of(request), clock.now()
    if act == "fund":
        name = Text(en=said["name_en"], es=said["name_es"])
        open_fund(center=center, code=said["code"].strip().lower(), name=name, actor=actor, at=at)
    elif act == "send":
        send(
            sender=center,
            receiver=Center.objects.get(code=said["receiver"]),
            sent_on=said["sent_on"],
            amount=said["amount"],
            rate=said["rate"],
            rate_on=said["rate_on"],
            rate_source=said["rate_source"],
            actor=actor,
            at=at,
        )
    else:
        asked = request.POST.get("transfer", "")
        pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 0  # noqa: PLR2004 - CONFIG: digits of an id
        if not Transfer.objects.filter(pk=pk, receiver=center).exists():
            raise Http404
        receive(transfer_pk=pk, received_on=said["received_on"], amount=said["amount"], actor=actor, at=at)
