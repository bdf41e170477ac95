"""A member's services: what it may have and why, its accounts, and what is done with one of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import (
    Scope,
    is_administrator,
    is_maintainer,
    is_own_member,
    may_change_center,
    may_read_member,
)
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.members.scopes import scope_of_member
from tequio.rules.entitlement import STATE_NAMES, State
from tequio.rules.standing import STANDING_NAMES
from tequio.services import at_once
from tequio.services.forms import PROTOCOL_NAMES, ExceptionForm, HandOverForm, OpenForm, PasswordForm
from tequio.services.models import ServiceAccount
from tequio.services.names_of_states import SEEN_NAMES
from tequio.services.operations import agreeing, opening, passwords
from tequio.services.operations.applications import name_person, people_of
from tequio.services.operations.removing import open_offer
from tequio.services.queries.accounts import account_by_pk, accounts_of, jobs_of, passwords_in_use
from tequio.services.queries.entitled import exceptions_of, member_entitled
from tequio.services.queries.removal import removal_of
from tequio.services.queries.way_back import way_back
from tequio.services.scopes import scope_of_account

may_use = is_own_member | may_change_center
# Whoever makes one reads the mail: nobody of the center does that for a member.
may_make_password = is_own_member
_DIGITS = 19  # of an id
_OF_THE_CENTER = {"grant-exception", "end-exception"}


@guarded(may_read_member, scope=scope_of_member)
def of_member(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """What a member may have of each service and why, its accounts, and a form to open another one."""
    member = Member.objects.select_related("center").get(pk=member_pk)
    if member.merged_into_id is not None:
        return go(reverse("member_services", kwargs={"member_pk": member.merged_into_id}))
    scope = Scope(center_pk=member.center_id, member_pk=member.pk)
    viewer, at = viewer_in(request), clock.now()
    may = member_entitled(member=member, at=at)
    services = [(s.code, s.name) for s in may.catalog]
    openable = [(s.code, s.name) for s, e in zip(may.catalog, may.entitlements, strict=True) if e.may_open]
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = OpenForm(request.POST if act == "open-account" else None, services=openable)
    granting = ExceptionForm(request.POST if act == "grant-exception" else None, services=services)
    fault = None
    if act:
        if not may_use(viewer, scope) or (act in _OF_THE_CENTER and not may_change_center(viewer, scope)):
            raise PermissionDenied
        if act == "end-exception":
            try:
                agreeing.end_exception(code=member.code, exception_pk=_number(request), actor=actor_of(request), at=at)
            except Refusal as refusal:
                fault = refusal.text
            else:
                return go(reverse("member_services", kwargs={"member_pk": member.pk}))
        asked = granting if act == "grant-exception" else form
        if act in {"open-account", "grant-exception"} and asked.is_valid():
            try:
                _done(act=act, said=asked.cleaned_data, code=member.code, request=request)
            except Refusal as refusal:
                asked.refuse(refusal)
            else:
                at_once.work()
                return go(reverse("member_services", kwargs={"member_pk": member.pk}))
    context = {
        "member": member,
        "may": may,
        "rows": list(zip(may.catalog, may.entitlements, strict=True)),
        "accounts": accounts_of(member=member),
        "states": STATE_NAMES,
        "seen_names": SEEN_NAMES,
        "standing_name": STANDING_NAMES[may.verdict.standing],
        "standings": STANDING_NAMES,
        "form": form,
        "openable": openable,
        "granting": granting,
        "may_use": may_use(viewer, scope),
        "may_grant": may_change_center(viewer, scope) and bool(services),
        "exceptions": exceptions_of(member=member, on=clock.today(zone=member.center.zone)),
        "may_remove": is_administrator(viewer),
        "removal": removal_of(member=member, at=at) if open_offer(member_pk=member.pk) is not None else None,
        "fault": fault,
    }
    status = 409 if fault else 422 if form.is_bound or granting.is_bound else 200
    return page(request, "services/member.html", context, status=status)


@guarded(may_read_member | is_maintainer, scope=scope_of_account)
def account(request: HttpRequest, account_pk: int) -> HttpResponseBase:
    """One account: how it is wanted and seen, the way back, its app passwords, and what may be done with it."""
    row = ServiceAccount.objects.select_related("member__merged_into", "kind", "lending").filter(pk=account_pk).first()
    scope = scope_of_account(account_pk=account_pk)
    if row is None or scope is None:
        raise Http404
    viewer = viewer_in(request)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    handing = HandOverForm(request.POST if act == "hand-over" else None)
    device = PasswordForm(request.POST if act == "make-password" else None)
    made, fault = None, None
    # Where a person is named who uses it, nobody else of its member gets into what is that person's.
    may_make = may_make_password(viewer, scope) and row.person_id in {None, viewer.user_pk}
    if act:
        if not may_use(viewer, scope) or (act == "make-password" and not may_make):
            raise PermissionDenied
        try:
            made = _acted(act=act, account_pk=account_pk, request=request, handing=handing, device=device)
        except Refusal as refusal:
            fault = refusal.text
        else:
            at_once.work()
            if made is None and not handing.errors and not device.errors:
                return go(reverse("service_account", kwargs={"account_pk": account_pk}))
    head = (row.member.merged_into or row.member) if row.member is not None else None
    reads_member = may_read_member(viewer, scope)  # the maintenance team sees nothing of what a member owes or paid
    context: dict[str, Any] = {
        "row": account_by_pk(pk=account_pk),
        "reads_member": reads_member,
        "service_name": text_of(row=row.kind, name="name"),
        "member": head,
        "lending": row.lending,
        "jobs": jobs_of(account_pk=account_pk),
        "way": way_back(account=row) if reads_member else [],
        "zone": scope_zone(scope=scope),
        "passwords": passwords_in_use(account_pk=account_pk),
        "protocols": PROTOCOL_NAMES,
        "states": STATE_NAMES,
        "State": State,
        "seen_names": SEEN_NAMES,
        "handing": handing,
        "device": device,
        "made": made,
        "fault": fault,
        "may_use": may_use(viewer, scope),
        "may_make_password": may_make,
        "applications": list(row.kind.applications.filter(closed_on__isnull=True).order_by("code")),
        "people": people_of(account=row) if may_use(viewer, scope) else [],
        "person_pk": row.person_id,
    }
    status = 409 if fault else 422 if handing.errors or device.errors else 200
    answer = page(request, "services/account.html", context, status=status)
    answer["Cache-Control"] = "no-store"  # an app password is shown once
    return answer


def _number(request: HttpRequest) -> int:
    number = request.POST.get("number", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < _DIGITS else 0


def scope_zone(*, scope: Scope) -> str:
    """The clock of the center an account belongs to."""
    return str(Center.objects.values_list("zone", flat=True).get(pk=scope.center_pk or 0))


def _done(*, act: str, said: dict[str, Any], code: str, request: HttpRequest) -> None:
    actor, at = actor_of(request), clock.now()
    if act == "open-account":
        opening.open_account(
            code=code, service=said["service"], name=said["name"], held_by=said["held_by"], actor=actor, at=at
        )
        return
    agreeing.grant_exception(
        code=code,
        service=said["service"],
        more=said["more"] or 0,
        keeps_open=said["keeps_open"],
        until=said["until"],
        reason=said["reason"],
        actor=actor,
        at=at,
    )


def _acted(
    *, act: str, account_pk: int, request: HttpRequest, handing: HandOverForm, device: PasswordForm
) -> passwords.Made | None:
    """Do what the form asks for; returns a new app password, to be shown this once."""
    who: dict[str, Any] = {"account_pk": account_pk, "actor": actor_of(request), "at": clock.now()}
    if act == "close-account":
        opening.close_account(**who)
    elif act == "reopen-account":
        opening.reopen_account(**who)
    elif act == "revoke-password":
        passwords.revoke_password(ident=request.POST.get("ident", "")[:16], **who)
    elif act == "name-person":
        typed = request.POST.get("person", "")
        user_pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _DIGITS else None
        name_person(user_pk=user_pk, **who)
    elif act == "hand-over" and handing.is_valid():
        opening.hand_over(held_by=handing.cleaned_data["held_by"], **who)
    elif act == "make-password" and device.is_valid():
        return passwords.make_password(**device.cleaned_data, **who)
    return None
