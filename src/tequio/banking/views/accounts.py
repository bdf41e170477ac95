"""The accounts money comes in on: how far their statements go, what waits, what banks call them."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center, may_read_lists
from tequio.banking.forms import AccountForm, CloseForm, NumberForm
from tequio.banking.models import BankAccount
from tequio.banking.operations import accounts as operations
from tequio.banking.queries.accounts import accounts_listed
from tequio.banking.queries.statements import statements_of
from tequio.banking.scopes import scope_of_account
from tequio.dues.run_scopes import kept_centers, seen_centers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.lists import PER_PAGE, list_page, page_number
from tequio.kernel.web.pages import go, page


@guarded(may_read_lists)
def accounts(request: HttpRequest) -> HttpResponseBase:
    """The accounts of the centers a person may see; a treasurer enters new ones."""
    viewer = viewer_in(request)
    seen, kept = seen_centers(viewer=viewer), kept_centers(viewer=viewer)
    form = AccountForm(request.POST if request.method == "POST" else None, centers=kept)
    if request.method == "POST" and kept and form.is_valid():
        said = form.cleaned_data
        try:
            operations.open_account(
                code=said["code"].strip(),
                center_code=said["center"],
                name=said["name"],
                numbers=[said["number"]] if said["number"].strip() else [],
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("bank_account", kwargs={"code": said["code"].strip()}))
    context = {
        "accounts": accounts_listed(center_pks=[center.pk for center in seen]),
        "center_names": {center.code: text_of(row=center, name="name") for center in seen},
        "form": form if kept else None,
    }
    return page(request, "banking/accounts.html", context, status=422 if form.is_bound and kept else 200)


@guarded(may_read_center, scope=scope_of_account)
def account(request: HttpRequest, code: str) -> HttpResponseBase:
    """One account: its statements, its numbers, and what its table's columns are."""
    found = BankAccount.objects.select_related("center").filter(code=code).first()
    if found is None:
        raise Http404
    may_change = may_change_center(viewer_in(request), Scope(center_pk=found.center_id))
    number_form, close_form = NumberForm(), CloseForm()
    status = 200
    if request.method == "POST" and may_change:
        act = request.POST.get("act", "")
        number_form = NumberForm(request.POST) if act == "number" else number_form
        close_form = CloseForm(request.POST) if act == "close" else close_form
        if _carried_out(act, request=request, found=found, number_form=number_form, close_form=close_form):
            return go(reverse("bank_account", kwargs={"code": code}))
        status = 422
    listed = statements_of(account=found)
    number = page_number(query=request.GET)
    rows = list(listed[(number - 1) * PER_PAGE : number * PER_PAGE])
    [row] = [one for one in accounts_listed(center_pks=[found.center_id]) if one.pk == found.pk]
    context = {
        "account": found,
        "row": row,
        "center_name": text_of(row=found.center, name="name"),
        "numbers": list(found.numbers.order_by("pk").values_list("pk", "ending")),
        "list": list_page(rows=rows, count=listed.count(), number=number, path=request.path, query=request.GET),
        "number_form": number_form,
        "close_form": close_form,
        "may_change": may_change,
    }
    return page(request, "banking/account.html", context, status=status)


def _carried_out(
    act: str, /, *, request: HttpRequest, found: BankAccount, number_form: NumberForm, close_form: CloseForm
) -> bool:
    actor, at = actor_of(request), clock.now()
    faulty: PlainForm = close_form if act == "close" else number_form
    try:
        if act == "number" and number_form.is_valid():
            operations.add_number(code=found.code, number=number_form.cleaned_data["number"], actor=actor, at=at)
            return True
        if act == "close" and close_form.is_valid():
            operations.close_account(code=found.code, on=close_form.cleaned_data["closed_on"], actor=actor, at=at)
            return True
    except Refusal as refusal:
        faulty.refuse(refusal)
        return False
    if act == "remove":
        pk = request.POST.get("number_pk", "")
        if pk.isascii() and pk.isdigit() and len(pk) < 10:  # noqa: PLR2004 - CONFIG: digits of an id
            operations.remove_number(code=found.code, pk=int(pk), actor=actor, at=at)
        return True
    return False
