"""Writing a budget: its draft, line by line or from a file; presenting it; asking to change what was presented."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, is_administrator, is_treasurer_somewhere, may_change_center
from tequio.budgets.files import read
from tequio.budgets.forms import AssumptionForm, BudgetFileForm, LineForm, WhyForm, line_initial
from tequio.budgets.models import Budget
from tequio.budgets.operations.amending import ask_amendment, withdraw_amendment
from tequio.budgets.operations.drafting import begin, change_draft, copy_forward, draft_of, present, write_draft
from tequio.budgets.queries.versions import content, latest_version
from tequio.budgets.scopes import scope_of_budget
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page
from tequio.members.views.receiving import takes_a_file
from tequio.rules import budget as rule
from tequio.rules.budget import Assumption, Line, amounts
from tequio.rules.budget_changes import Action
from tequio.rules.reasons import Text

_TOO_LARGE = Text(en="The file is too large for a budget.", es="El archivo es demasiado grande para un presupuesto.")
_DIGITS = 6


@guarded(is_administrator | is_treasurer_somewhere)
@require_POST
def begin_budget(request: HttpRequest) -> HttpResponseBase:
    """Begin a year's budget for a center, empty or with what last year's says."""
    center = Center.objects.filter(code=request.POST.get("center", "")).first()
    asked = request.POST.get("year", "")
    if center is None or not may_change_center(viewer_in(request), Scope(center_pk=center.pk)):
        raise Http404
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else 0
    make = copy_forward if request.POST.get("copy") else begin
    made = make(center=center, year=year, actor=actor_of(request), at=clock.now())
    return go(reverse("budget_draft", kwargs={"code": center.code, "year": made.year}))


def _file_too_large(request: HttpRequest, code: str, year: int) -> HttpResponse:
    return _draft_page(request, _budget(code=code, year=year), problem=_TOO_LARGE, status=413)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(may_change_center, scope=scope_of_budget)
@takes_a_file(too_large=_file_too_large)
def draft(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The draft of a budget: put and drop lines and assumptions, read a file, present it."""
    found = _budget(code=code, year=year)
    if request.method != "POST":
        return _draft_page(request, found)
    act = request.POST.get("act", "")
    forms: dict[str, PlainForm] = {
        "line": LineForm(request.POST, center=found.center),
        "assumption": AssumptionForm(request.POST),
        "file": BudgetFileForm(request.POST, request.FILES),
    }
    form = forms.get(act, PlainForm(request.POST))
    if not form.is_valid():
        return _draft_page(request, found, forms={act: form}, status=422)
    try:
        _carry_out(request, found, act=act, form=form)
    except Refusal as refusal:
        form.refuse(refusal)
        return _draft_page(request, found, forms={act: form}, status=422)
    if act == "present":
        return go(reverse("budget", kwargs={"code": code, "year": year}))
    return go(request.path)


def _carry_out(request: HttpRequest, found: Budget, *, act: str, form: PlainForm) -> None:
    actor, at = actor_of(request), clock.now()

    def changed(change: Callable[[rule.Budget], rule.Budget], what: str) -> None:
        change_draft(budget=found, change=change, what=what, actor=actor, at=at)

    name = request.POST.get("name", "")
    if act == "line" and isinstance(form, LineForm):
        line = form.line()
        changed(lambda b: replace(b, lines=_put(b.lines, line, key=lambda x: x.code)), line.code)
    elif act == "assumption" and isinstance(form, AssumptionForm):
        assumed = form.assumption()
        changed(lambda b: replace(b, assumptions=_put(b.assumptions, assumed, key=lambda x: x.name)), assumed.name)
    elif act == "drop_line":
        changed(lambda b: replace(b, lines=tuple(x for x in b.lines if x.code != name)), f"without {name}")
    elif act == "drop_assumption":
        changed(lambda b: replace(b, assumptions=tuple(x for x in b.assumptions if x.name != name)), f"no {name}")
    elif act == "file":
        written = read(file=form.cleaned_data["file"], year=found.year, currency=found.center.currency)
        write_draft(budget=found, written=written, actor=actor, at=at)
    elif act == "present":
        present(budget=found, note=request.POST.get("note", ""), actor=actor, at=at)


def _put(rows: tuple[Any, ...], thing: Any, *, key: Callable[[Any], str]) -> tuple[Any, ...]:
    """The rows with one of them in place of that of its name, or at the end."""
    if any(key(row) == key(thing) for row in rows):
        return tuple(thing if key(row) == key(thing) else row for row in rows)
    return (*rows, thing)


def _draft_page(
    request: HttpRequest,
    found: Budget,
    *,
    forms: dict[str, PlainForm] | None = None,
    problem: Text | None = None,
    status: int = 200,
) -> HttpResponse:
    given = forms or {}
    written = draft_of(budget=found)
    edited = written.line(request.GET.get("line", ""))
    latest = latest_version(budget=found)
    context = {
        "budget": found,
        "written": written,
        "amounts": amounts(budget=written),
        "is_draft": found.draft is not None,
        "latest": latest,
        "line_form": given.get("line")
        or LineForm(initial=line_initial(line=edited) if edited else None, center=found.center),
        "assumption_form": given.get("assumption") or AssumptionForm(),
        "file_form": given.get("file") or BudgetFileForm(),
        "faults": [form for act, form in given.items() if act not in ("line", "assumption", "file")],
        "problem": problem,
        "edited": edited,
        "center_name": text_of(row=found.center, name="name"),
    }
    return page(request, "budgets/draft.html", context, status=status)


@guarded(may_change_center, scope=scope_of_budget)
def amend(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Ask for a change of the latest version: add, change or remove a line or an assumption, with why and who asks."""
    found = _budget(code=code, year=year)
    latest = latest_version(budget=found)
    if latest is None:
        return go(reverse("budget_draft", kwargs={"code": code, "year": year}))
    written = content(version=latest)
    edited = written.line(request.GET.get("line", ""))
    assumed = written.assumption(request.GET.get("assumption", ""))
    posted = request.POST if request.method == "POST" else None
    line_form = LineForm(posted, initial=line_initial(line=edited) if edited else None, center=found.center)
    assumption_form = AssumptionForm(posted, initial=_assumption_initial(assumed))
    why_form = WhyForm(posted)
    status = 200
    if posted is not None:
        try:
            if _ask(request, found, edited=edited, assumed=assumed, forms=(line_form, assumption_form, why_form)):
                return go(f"{reverse('budget', kwargs={'code': code, 'year': year})}#amendments")
        except Refusal as refusal:
            why_form.is_valid()
            why_form.refuse(refusal)
        status = 422
    context = {
        "budget": found,
        "latest": latest,
        "edited": edited,
        "assumed": assumed,
        "line_form": line_form,
        "assumption_form": assumption_form,
        "why_form": why_form,
        "written": written,
        "act": posted.get("act", "") if posted is not None else "",
        "center_name": text_of(row=found.center, name="name"),
    }
    return page(request, "budgets/amend.html", context, status=status)


def _assumption_initial(assumed: Assumption | None) -> dict[str, str] | None:
    if assumed is None:
        return None
    return {
        "name": assumed.name,
        "label_en": assumed.label.en,
        "label_es": assumed.label.es,
        "value": assumed.value,
        "said_by": assumed.said_by,
    }


def _ask(
    request: HttpRequest,
    found: Budget,
    *,
    edited: Line | None,
    assumed: Assumption | None,
    forms: tuple[LineForm, AssumptionForm, WhyForm],
) -> bool:
    line_form, assumption_form, why_form = forms
    removes = request.POST.get("act") == "remove"
    then: Line | Assumption | None = None
    good = why_form.is_valid()
    if not removes and assumed is not None:
        good = assumption_form.is_valid() and good
        then = assumption_form.assumption() if assumption_form.is_valid() else None
    elif not removes:
        good = line_form.is_valid() and good
        then = line_form.line() if line_form.is_valid() else None
    if not good:
        return False
    said = why_form.cleaned_data
    there = edited or assumed
    action = Action.REMOVE if removes else Action.CHANGE if there else Action.ADD
    name = assumed.name if assumed else edited.code if edited else then.code if isinstance(then, Line) else ""
    ask_amendment(
        budget=found,
        action=action,
        name=name,
        then=then,
        subject_kind="assumption" if assumed else "line",
        why=Text(en=said["why_en"], es=said["why_es"]),
        asked_by=said["asked_by"],
        source=said["source"],
        actor=actor_of(request),
        at=clock.now(),
    )
    return True


@guarded(may_change_center, scope=scope_of_budget)
@require_POST
def withdraw(request: HttpRequest, code: str, year: int, amendment: int) -> HttpResponseBase:
    """Take an open amendment back."""
    found = _budget(code=code, year=year)
    withdraw_amendment(budget=found, number=amendment, actor=actor_of(request), at=clock.now())
    return go(f"{reverse('budget', kwargs={'code': code, 'year': year})}#amendments")


def _budget(*, code: str, year: int) -> Budget:
    found = Budget.objects.select_related("center").filter(center__code=code, year=year).first()
    if found is None:
        raise Http404
    return found
