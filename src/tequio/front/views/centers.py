"""The centers: what their letters say, their books, and their data to take away."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center, may_read_everything, may_read_lists
from tequio.centers.models import Center
from tequio.centers.operations import LONGEST_LINE, MOST_LINES, describe_center
from tequio.front import operations
from tequio.front.queries import center_pages as queries
from tequio.front.scopes import scope_of_center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.spreadsheets import csv_lines
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, PlainForm, say
from tequio.kernel.web.pages import go, page
from tequio.ledger.beancount import export
from tequio.members.queries import EXPORT_COLUMNS
from tequio.rules.reasons import Text

LANGUAGE_NAMES = {"en": Text(en="English", es="inglés"), "es": Text(en="Spanish", es="español")}
_LONGEST = 4 * MOST_LINES * LONGEST_LINE  # what is too long for a letter is still shown again for correction
_ROOM = say(
    en=f"up to {MOST_LINES} lines of {LONGEST_LINE} characters",
    es=f"hasta {MOST_LINES} líneas de {LONGEST_LINE} caracteres",
)


class _Area(forms.Textarea):
    """Some lines of text. The macro that prints fields asks each what type of input it is."""

    input_type = "textarea"


def _lines(*, label: Any) -> forms.CharField:
    area = _Area(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=_LONGEST, help_text=_ROOM, widget=area)


class LettersForm(PlainForm):
    """What a center's letters print besides the invoice itself; each may be left empty."""

    postal_address = _lines(
        label=say(en="Return address, line by line", es="Dirección del remitente, renglón por renglón")
    )
    pay_to_en = _lines(label=say(en="How to pay, in English", es="Cómo pagar, en inglés"))
    pay_to_es = _lines(label=say(en="How to pay, in Spanish", es="Cómo pagar, en español"))
    letter_email = forms.CharField(
        label=say(en="E-mail for questions about dues", es="Correo para preguntas sobre la cuota"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"size": 30, "autocomplete": "off"}),
    )


class PeriodForm(PlainForm):
    """The days to close, both included."""

    first_day = DayField(label=say(en="First day", es="Primer día"))
    last_day = DayField(label=say(en="Last day", es="Último día"))


def _center(code: str) -> Center:
    """The center of an address; the guard has seen that it exists."""
    return Center.objects.get(code=code)


@guarded(may_read_lists)
def centers(request: HttpRequest) -> HttpResponseBase:
    """The centers a person may see."""
    viewer = viewer_in(request)
    context = {
        "centers": queries.center_rows(viewer=viewer),
        "language_names": LANGUAGE_NAMES,
        "may_take_all": may_read_everything(viewer),
    }
    return page(request, "front/centers.html", context)


@guarded(may_read_center, scope=scope_of_center)
def center_settings(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is set for one center: what never changes, and what its letters say."""
    center = _center(code)
    context = {
        "center": center,
        "name": text_of(row=center, name="name"),
        "shown": queries.center_page(center=center),
        "language_name": LANGUAGE_NAMES[center.language],
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=center.pk)),
    }
    return page(request, "front/center_settings.html", context)


@guarded(may_change_center, scope=scope_of_center)
def center_letters(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what a center's letters say of it."""
    center = _center(code)
    initial = {name: getattr(center, name) for name in LettersForm.base_fields}
    form = LettersForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            describe_center(
                code=code,
                postal_address=said["postal_address"],
                pay_to=Text(en=said["pay_to_en"], es=said["pay_to_es"]),
                letter_email=said["letter_email"],
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("center_settings", kwargs={"code": code}))
    context = {"center": center, "name": text_of(row=center, name="name"), "form": form}
    return page(request, "front/center_letters.html", context, status=422 if form.errors else 200)


@guarded(may_read_center, scope=scope_of_center)
def center_books(request: HttpRequest, code: str) -> HttpResponseBase:
    """The balance of every account of a center, and which of its periods are closed."""
    center = _center(code)
    context = {
        "center": center,
        "name": text_of(row=center, name="name"),
        "balances": queries.balances(center=center),
        "closed": queries.closed_periods(center=center),
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=center.pk)),
    }
    return page(request, "front/center_books.html", context)


@guarded(may_change_center, scope=scope_of_center)
def close_books(request: HttpRequest, code: str) -> HttpResponseBase:
    """Close a period of a center's books, on a page that says what that means."""
    center = _center(code)
    proposed = queries.period_to_close(center=center, on=clock.today(zone=center.zone))
    initial = {"first_day": proposed[0], "last_day": proposed[1]} if proposed else {}
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_books(center=center, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("center_books", kwargs={"code": code}))
    context = {
        "center": center,
        "name": text_of(row=center, name="name"),
        "form": form,
        "closed": queries.closed_periods(center=center),
    }
    return page(request, "front/close_books.html", context, status=422 if form.errors else 200)


@guarded(may_read_everything)
def roll_csv(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - CONFIG: Django's signature
    """The roll of every center as a spreadsheet."""
    return _roll(center=None)


@guarded(may_read_center, scope=scope_of_center)
def center_members_csv(request: HttpRequest, code: str) -> HttpResponseBase:  # noqa: ARG001 - CONFIG: Django's signature
    """The roll of one center as a spreadsheet."""
    return _roll(center=_center(code))


def _roll(*, center: Center | None) -> HttpResponseBase:
    lines = csv_lines(header=EXPORT_COLUMNS, rows=queries.roll_rows(center=center))
    name = f"roll-{center.code}.csv" if center else "roll.csv"
    return _download(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), name=name)


@guarded(may_read_center, scope=scope_of_center)
def center_beancount(request: HttpRequest, code: str) -> HttpResponseBase:  # noqa: ARG001 - CONFIG: Django's signature
    """A center's books as Beancount text."""
    lines = export(center=_center(code))
    return _download(StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8"), name=f"{code}.beancount")


def _download(answer: StreamingHttpResponse, *, name: str) -> StreamingHttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
