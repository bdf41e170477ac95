"""Handing in a statement: what it would do is shown before anything is done, and its page stays."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.permissions import may_change_center, may_read_center
from tequio.banking.forms import ColumnsForm, StatementForm
from tequio.banking.models import BankAccount, StatementFile, StatementUpload
from tequio.banking.operations import uploading
from tequio.banking.operations.background import post_soon
from tequio.banking.operations.importing import Imported
from tequio.banking.queries.lines import SHAPES, STATES, line_rows
from tequio.banking.queries.statements import summary_of
from tequio.banking.scopes import scope_of_account, scope_of_statement, scope_of_upload
from tequio.banking.statements.columns import Mapping_, Table
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.members.intake.formats import FILE_AT_MOST as COMMAND_AT_MOST
from tequio.members.views.receiving import FILE_AT_MOST, takes_a_file
from tequio.rules.reasons import Text

_MB = 1_000_000
SHOWN = 20  # lines of a preview
_TOO_LARGE = Text(
    en=f"The file is larger than {FILE_AT_MOST // _MB} MB, more than a page reads while you wait. Ask the bank for "
    "shorter periods, or import it with the command tequio payments import, which takes up to "
    f"{COMMAND_AT_MOST // _MB} MB.",
    es=f"El archivo pesa más de {FILE_AT_MOST // _MB} MB, más de lo que una página lee mientras usted espera. Pida al "
    "banco periodos más cortos, o impórtelo con el comando tequio payments import, que admite hasta "
    f"{COMMAND_AT_MOST // _MB} MB.",
)


def _too_large(request: HttpRequest, code: str) -> HttpResponse:
    return _new_page(request, code, StatementForm(), problem=_TOO_LARGE, status=413)


def _new_page(
    request: HttpRequest, code: str, form: StatementForm, *, problem: Text | None = None, status: int = 200
) -> HttpResponse:
    account = BankAccount.objects.get(code=code)
    sizes = {"megabytes": FILE_AT_MOST // _MB, "by_command": COMMAND_AT_MOST // _MB}
    context = {"account": account, "form": form, "problem": problem, **sizes}
    return page(request, "banking/new_statement.html", context, status=status)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(may_change_center, scope=scope_of_account)
@takes_a_file(too_large=_too_large)
def hand_in(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand in a bank's file; what cannot be read is said at once and not kept."""
    form = StatementForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST":
        return _new_page(request, code, form)
    if getattr(request.upload_handlers[0], "was_too_long", False):
        return _too_large(request, code)
    if form.is_valid():
        file = form.cleaned_data["file"]
        account = BankAccount.objects.select_related("center").get(code=code)
        try:
            upload = uploading.hand_in(
                account=account, name=file.name, content=file.read(), actor=actor_of(request), at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("statement_preview", kwargs={"upload_pk": upload.pk}))
    return _new_page(request, code, form, status=422)


@guarded(may_change_center, scope=scope_of_upload)
def preview(request: HttpRequest, upload_pk: int) -> HttpResponseBase:
    """What importing the file would do; its columns corrected; confirmed once, or thrown away."""
    upload = StatementUpload.objects.select_related("account__center").filter(pk=upload_pk).first()
    if upload is None:
        raise Http404
    act = request.POST.get("act", "") if request.method == "POST" else ""
    problem: Text | None = None
    try:
        done = _carried_out(act, request=request, upload=upload)
    except Refusal as refusal:
        problem = refusal.text
    else:
        if done is not None:
            return done
    table = uploading.table_of_upload(upload=upload)
    form = _corrected(request, upload, table) if act == "columns" and table is not None else None
    try:
        result = uploading.preview(upload=upload, actor=actor_of(request), at=clock.now())
    except Refusal as refusal:
        problem, result = refusal.text, None
    if table is not None and (form is None or (result is not None and not form.errors)):
        mapping = result.mapping if result is not None and result.mapping is not None else Mapping_()
        form = ColumnsForm(headings=table.headings, initial=_initial(table, mapping=mapping))
    context = {
        "upload": upload,
        "account": upload.account,
        "result": result,
        "problem": problem,
        "form": form,
        "examples": _examples(table),
        "lines": _lines(result),
        "states": STATES,
        "shapes": SHAPES,
    }
    status = 422 if problem and request.method == "POST" else 200
    return page(request, "banking/statement_preview.html", context, status=status)


def _carried_out(act: str, /, *, request: HttpRequest, upload: StatementUpload) -> HttpResponse | None:
    """What a button of the preview asks for: thrown away, imported, or the file's number said to be the account's."""
    if act == "discard":
        uploading.throw_away(upload_pk=upload.pk)
        return go(reverse("bank_account", kwargs={"code": upload.account.code}))
    if act == "confirm":
        return _confirmed(request, upload)
    if act == "number":
        number = request.POST.get("number", "")
        uploading.say_number(upload=upload, number=number, actor=actor_of(request), at=clock.now())
        return go(reverse("statement_preview", kwargs={"upload_pk": upload.pk}))
    return None


def _confirmed(request: HttpRequest, upload: StatementUpload) -> HttpResponse:
    """Import the file, post beside the page what is certain, and go to the statement's own page."""
    actor, at = actor_of(request), clock.now()
    done = uploading.confirm(upload_pk=upload.pk, actor=actor, at=at)
    post_soon(account=upload.account, actor=actor, at=at)
    return go(reverse("statement", kwargs={"statement_pk": done.statement_pk}))


def _corrected(request: HttpRequest, upload: StatementUpload, table: Table) -> ColumnsForm:
    """The columns as a person says; the form says what is wrong with them."""
    form = ColumnsForm(request.POST, headings=table.headings)
    if form.is_valid():
        said = form.cleaned_data
        try:
            uploading.correct(upload=upload, said=form.said(), dates=said["dates"], mark=said["decimal"])
        except Refusal as refusal:
            form.refuse(refusal)
    return form


def _initial(table: Table, *, mapping: Mapping_) -> dict[str, Any]:
    """What the form shows: how the file was read."""
    roles = {heading: role.value for role, headings in mapping.columns.items() for heading in headings}
    chosen: dict[str, Any] = {f"column_{at}": roles.get(heading, "") for at, heading in enumerate(table.headings)}
    return chosen | {"dates": mapping.dates, "decimal": mapping.mark}


def _examples(table: Table | None) -> list[str]:
    """The first thing that stands under each heading."""
    if table is None:
        return []
    return [next(iter(table.column(at, limit=1)), "") for at in range(len(table.headings))]


def _lines(result: Imported | None) -> list[dict[str, Any]]:
    """The first lines of a preview, those that need a person first."""
    if result is None:
        return []
    order = {"twin": 0, "open": 1, "suggested": 2, "queued": 3, "out": 4}
    rows = sorted(result.answers, key=lambda pair: order.get(pair[1].state.value, 5))
    return [
        {
            "on": movement.on,
            "amount": movement.amount,
            "text": movement.text,
            "state": answer.state.value,
            "why": answer.verdicts[0][1].why if len(answer.verdicts) == 1 else None,
        }
        for movement, answer in rows[:SHOWN]
    ]


@guarded(may_read_center, scope=scope_of_statement)
def statement(request: HttpRequest, statement_pk: int) -> HttpResponseBase:
    """The permanent page of a statement: what it brought, what became of it, what could not be taken."""
    found = StatementFile.objects.select_related("account__center").filter(pk=statement_pk).first()
    if found is None:
        raise Http404
    number = page_number(query=request.GET)
    summary = summary_of(statement=found, number=number)
    context = {
        "statement": found,
        "account": found.account,
        "zone": found.account.center.zone,
        "summary": summary,
        "notes": [Text(en=note["en"], es=note["es"]) for note in found.notes],
        "list": list_page(
            rows=line_rows(lines=summary.lines),
            count=summary.count,
            number=number,
            path=request.path,
            query=request.GET,
        ),
        "states": STATES,
        "shapes": SHAPES,
    }
    return page(request, "banking/statement.html", context)
