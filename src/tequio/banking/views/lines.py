"""The bank's lines: those that wait for a person, and one with everything that can be done about it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center, may_read_lists
from tequio.banking.forms import AsideForm, ShareForm, UndoForm
from tequio.banking.models import BankAccount, BankLine
from tequio.banking.operations import deciding, undoing
from tequio.banking.operations.deciding import Share
from tequio.banking.queries.lines import SHAPES, STATES, WAITING, LineRow, line_row, line_rows, lines_of
from tequio.banking.scopes import scope_of_line
from tequio.dues.run_scopes import seen_centers
from tequio.dues.views.answers import spreadsheet
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import whole_url
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.rules.money import whole_units
from tequio.rules.reasons import Text

CSV_COLUMNS = ("line", "account", "on", "amount", "left", "currency", "state", "text", "member_id", "payment")


@guarded(may_read_lists)
def lines(request: HttpRequest) -> HttpResponseBase:
    """The lines of the accounts a person may see: those that wait, or those of a state."""
    centers = [center.pk for center in seen_centers(viewer=viewer_in(request))]
    account, state, states = _filters(request)
    listed = lines_of(center_pks=centers, account_code=account, states=states)
    number = page_number(query=request.GET)
    rows = line_rows(lines=list(listed[(number - 1) * PER_PAGE : number * PER_PAGE]))
    context = {
        "list": list_page(rows=rows, count=listed.count(), number=number, path=request.path, query=request.GET),
        "accounts": list(
            BankAccount.objects.filter(center_id__in=centers).order_by("code").values_list("code", "name")
        ),
        "account": account,
        "state": state,
        "states": STATES,
        "shapes": SHAPES,
        "csv_url": whole_url(path=reverse("bank_lines_csv"), query={"account": account, "state": state}),
    }
    return page(request, "banking/lines.html", context)


@guarded(may_read_lists)
def lines_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a spreadsheet, all of it."""
    centers = [center.pk for center in seen_centers(viewer=viewer_in(request))]
    account, _, states = _filters(request)
    rows = line_rows(lines=list(lines_of(center_pks=centers, account_code=account, states=states)))
    return spreadsheet(header=CSV_COLUMNS, rows=[_csv_row(row) for row in rows], name="bank-lines")


def _csv_row(row: LineRow) -> tuple[object, ...]:
    members = " ".join(match.member_code for match in row.matches)
    payments = " ".join(match.payment for match in row.matches if match.payment)
    amounts = whole_units(minor=row.amount), whole_units(minor=row.left)
    return (row.pk, row.account, row.on, *amounts, row.currency, row.state, row.text, members, payments)


def _filters(request: HttpRequest) -> tuple[str, str, list[str]]:
    """What the address asks for; words nobody knows are left out rather than refused."""
    state = request.GET.get("state", "")
    state = state if state in STATES or state == "all" else ""
    states = list(STATES) if state == "all" else [state] if state else [one.value for one in WAITING]
    return request.GET.get("account", "").replace("\0", "")[:40], state, states


@guarded(may_read_center, scope=scope_of_line)
def line(request: HttpRequest, line_pk: int) -> HttpResponseBase:
    """One line: what the bank says, what is suggested, whom to give it to."""
    row = _row(line_pk)
    may_change = may_change_center(viewer_in(request), Scope(center_pk=row.center_pk))
    share_form, aside_form = ShareForm(initial=_initial(row)), AsideForm()
    problem: Text | None = None
    status = 200
    if request.method == "POST" and may_change:
        act = request.POST.get("act", "")
        share_form = ShareForm(request.POST) if act == "assign" else share_form
        aside_form = AsideForm(request.POST) if act == "aside" else aside_form
        work = _work(act, request=request, row=row, share_form=share_form, aside_form=aside_form)
        try:
            if work is not None:
                work()
                return go(_next(row))
        except Refusal as refusal:
            form = {"assign": share_form, "aside": aside_form}.get(act)
            if form is None:
                problem = refusal.text
            else:
                form.refuse(refusal)
            row = _row(line_pk)
        status = 422
    context = {
        "row": row,
        "twin": line_row(pk=row.twin) if row.twin else None,
        "may_change": may_change,
        "share_form": share_form,
        "aside_form": aside_form,
        "problem": problem,
        "states": STATES,
        "shapes": SHAPES,
    }
    return page(request, "banking/line.html", context, status=status)


def _work(
    act: str, /, *, request: HttpRequest, row: LineRow, share_form: ShareForm, aside_form: AsideForm
) -> Callable[[], object] | None:
    """What a button asks for; None for a form that is not in order, or a word no button says."""
    actor, at = actor_of(request), clock.now()
    matches = {str(match.pk): match.pk for match in row.matches}
    asked = matches.get(request.POST.get("match", ""))
    if act == "confirm" and asked is not None:
        return lambda: deciding.confirm(match_pk=asked, actor=actor, at=at)
    if act == "refuse" and asked is not None:
        return lambda: deciding.refuse(match_pk=asked, actor=actor, at=at)
    if act == "assign" and share_form.is_valid():
        shares = [
            Share(member_code=code, amount=amount, invoice_number=invoice)
            for code, amount, invoice in share_form.shares(left=row.left)
        ]
        return lambda: deciding.assign(line_pk=row.pk, shares=shares, actor=actor, at=at)
    if act == "aside" and aside_form.is_valid():
        reason = aside_form.cleaned_data["reason"]
        return lambda: deciding.set_aside(line_pk=row.pk, reason=reason, actor=actor, at=at)
    if act == "back":
        return lambda: deciding.bring_back(line_pk=row.pk, actor=actor, at=at)
    return None


@guarded(may_change_center, scope=scope_of_line)
def undo(request: HttpRequest, line_pk: int) -> HttpResponseBase:
    """Take back the payments made from a line, with the reason; the line waits again."""
    row = _row(line_pk)
    posted = [match for match in row.matches if match.state == "posted"]
    if not posted:
        return go(reverse("bank_line", kwargs={"line_pk": line_pk}))
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            for match in posted:
                undoing.undo(
                    match_pk=match.pk, reason=form.cleaned_data["reason"], actor=actor_of(request), at=clock.now()
                )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("bank_line", kwargs={"line_pk": line_pk}))
    context = {"row": row, "posted": posted, "form": form}
    return page(request, "banking/undo.html", context, status=422 if form.is_bound else 200)


def _initial(row: LineRow) -> dict[str, Any]:
    """The member suggested, so that a person who agrees but for the amount types the amount alone."""
    suggested = [match for match in row.matches if match.state == "suggested"]
    return {"member_1": suggested[0].member_code} if suggested else {}


def _row(line_pk: int) -> LineRow:
    try:
        return line_row(pk=line_pk)
    except Refusal as refusal:
        raise Http404 from refusal


def _next(row: LineRow) -> str:
    """The line itself while it waits for more; else the list of those that wait."""
    state = BankLine.objects.filter(pk=row.pk).values_list("state", flat=True).first()
    if state in {one.value for one in WAITING} or row.state in {"aside", "twin"}:
        return reverse("bank_line", kwargs={"line_pk": row.pk})
    return reverse("bank_lines")
