"""What is agreed with a member: a pause, dues in instalments, a rate of its own."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.permissions import may_change_center
from tequio.dues import page_queries
from tequio.dues.forms import AgreedPlanForm, HoldForm, PlanForm, RateForm
from tequio.dues.operations import once
from tequio.dues.queries import line_name
from tequio.dues.views.members import head_or_its_page
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.members.scopes import scope_of_member
from tequio.rules.periods import add_months
from tequio.rules.plans import TWELFTHS


@guarded(may_change_center, scope=scope_of_member)
def hold(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Grant a pause of what follows late dues."""
    member = head_or_its_page(member_pk=member_pk, name="grant_hold")
    if not member.found:
        return member.elsewhere
    head, at = member.found, clock.now()
    form = HoldForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            once.grant_hold(
                code=head.code,
                first_day=said["first_day"],
                until=said["until"],
                reason=said["reason"],
                actor=actor_of(request),
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _back(member=head)
    context = {"member": head, "form": form, "open": list(page_queries.family_invoices(member=head))}
    return page(request, "dues/hold.html", context, status=422 if form.is_bound else 200)


@guarded(may_change_center, scope=scope_of_member)
def plan(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Agree on instalments: asked for first, shown, and agreed only then."""
    member = head_or_its_page(member_pk=member_pk, name="agree_plan")
    if not member.found:
        return member.elsewhere
    head, at = member.found, clock.now()
    today = clock.day_in(zone=head.center.zone, at=at)
    context: dict[str, Any] = {
        "parts_shown": [],
        "charges": [],
        "total": 0,
        "owed": 0,
        "came_in": 0,
        "member": head,
        "open": list(page_queries.family_invoices(member=head)),
        "currency": head.center.currency,
    }
    if request.method == "POST":
        form = AgreedPlanForm(request.POST, at=at)
        if form.is_valid():
            try:
                once.agree_plan(code=head.code, actor=actor_of(request), at=at, **form.cleaned_data)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return _back(member=head)
        asked = PlanForm(request.POST, at=at)
        context |= _shown(member=head, asked=asked, on=today)
        form.see(total=context["owed"])
        return page(request, "dues/plan.html", {**context, "asked": asked, "form": form}, status=422)
    wants = "first_on" in request.GET or "count" in request.GET
    first = add_months(day=today, months=1)
    asked = PlanForm(request.GET if wants else None, at=at, initial={"first_on": first, "count": TWELFTHS})
    if wants:
        context |= _shown(member=head, asked=asked, on=today)
    hidden = {**asked.cleaned_data, "total": context["owed"]} if context["parts_shown"] else None
    form = AgreedPlanForm(at=at, initial=hidden)
    status = 422 if asked.is_bound and asked.errors else 200
    return page(request, "dues/plan.html", {**context, "asked": asked, "form": form}, status=status)


@guarded(may_change_center, scope=scope_of_member)
def rate(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Grant a rate of its own."""
    member = head_or_its_page(member_pk=member_pk, name="grant_rate")
    if not member.found:
        return member.elsewhere
    head, at = member.found, clock.now()
    today = clock.day_in(zone=head.center.zone, at=at)
    form = RateForm(request.POST if request.method == "POST" else None, at=at, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            once.grant_rate(
                code=head.code,
                kind=said["kind"],
                basis_points=said["percent"],
                valid_from=said["valid_from"],
                valid_until=said["valid_until"],
                reason=said["reason"],
                actor=actor_of(request),
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _back(member=head)
    lines = page_queries.table_lines(member=head, on=today)
    context = {
        "member": head,
        "form": form,
        "lines": [(line_name(part=line.part), line.amount) for line in lines],
        "total": sum(line.amount for line in lines),
        "currency": head.center.currency,
    }
    return page(request, "dues/rate.html", context, status=422 if form.is_bound else 200)


def _back(*, member: Member) -> HttpResponseBase:
    return go(reverse("member", kwargs={"member_pk": member.pk}))


def _shown(*, member: Member, asked: PlanForm, on: date) -> dict[str, Any]:
    """The instalments a plan would have, for what was asked for; nothing where that cannot be."""
    if not asked.is_valid():
        return {}
    charges, parts = once.plan_shown(
        member=member, first_on=asked.cleaned_data["first_on"], count=asked.cleaned_data["count"], on=on
    )
    total, owed = sum(part.amount for part in parts), sum(charge.rest for charge in charges)
    return {"parts_shown": parts, "charges": charges, "total": total, "owed": owed, "came_in": total - owed}
