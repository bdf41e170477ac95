"""Closing months and years of a center's books: how each stands, and what its closing does, before it is confirmed."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.budgets.operations.closing import close_month, close_year
from tequio.budgets.queries import closing
from tequio.budgets.scopes import scope_of_center
from tequio.budgets.views.bookings import STATES
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page
from tequio.rules.budget import ALL_MONTHS

_LONGEST_MONTH = 2


class SeenForm(PlainForm):
    """How many entries were looked at before closing."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@guarded(may_read_center, scope=scope_of_center)
def closings(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The months of a year: what came and went in each, what waits in it, whether it is closed."""
    center = _center(code=code, year=year)
    on = clock.today(zone=center.zone)
    context = {
        **_about(center=center, year=year),
        "months": closing.months_of(center=center, year=year, on=on),
        "whole": closing.period_of(center=center, year=year, month=None, on=on),
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=center.pk)),
        "next_year": year < on.year,
    }
    return page(request, "budgets/closings.html", context)


@guarded(may_change_center, scope=scope_of_center)
def close(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """What closing a month (?month=2), or the year, does; and doing it. It cannot be undone, and the page says so."""
    center = _center(code=code, year=year)
    month = _month(request.GET.get("month", ""))
    form = SeenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = {"center": center, "year": year, "actor": actor_of(request), "at": clock.now()}
        given["entries_seen"] = form.cleaned_data["seen"]
        try:
            if month is None:
                close_year(**given)
            else:
                close_month(**given, month=month)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("closings", kwargs={"code": code, "year": year}))
    period = closing.period_of(center=center, year=year, month=month, on=clock.today(zone=center.zone))
    context = {
        **_about(center=center, year=year),
        "month": month,
        "period": period,
        "waiting": closing.waiting_bookings(center=center, period=period),
        "states": STATES,
        "accounts": closing.by_account(center=center, period=period),
        "form": form,
    }
    return page(request, "budgets/close.html", context, status=422 if form.is_bound else 200)


def _about(*, center: Center, year: int) -> dict[str, Any]:
    return {"center": center, "year": year, "center_name": text_of(row=center, name="name")}


def _center(*, code: str, year: int) -> Center:
    if not 1 <= year <= 9999:  # noqa: PLR2004 - CONFIG: the years a date has
        raise Http404
    return Center.objects.get(code=code)


def _month(written: str) -> int | None:
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= _LONGEST_MONTH and int(written) in ALL_MONTHS):
        raise Http404
    return int(written)
