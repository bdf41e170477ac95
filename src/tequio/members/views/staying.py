"""Leaving and coming back, and the log of who tried to reach a member."""

import secrets
from datetime import date

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.models import User
from tequio.accounts.permissions import may_change_center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page
from tequio.members import operations
from tequio.members.forms import ContactForm, LeaveForm, RejoinForm
from tequio.members.models import Member, Membership
from tequio.members.queries import family_of
from tequio.members.scopes import scope_of_member
from tequio.members.views.finding import member_or_head

_A_DAY = 24 * 3600
_FORMS: dict[str, type[PlainForm]] = {"leave": LeaveForm, "rejoin": RejoinForm}


@guarded(may_change_center, scope=scope_of_member)
def leave(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """End a membership, or begin the next period of one that ended."""
    member, elsewhere = member_or_head(member_pk=member_pk, name="leave")
    if elsewhere is not None:
        return elsewhere
    periods = list(Membership.objects.filter(member_id__in=family_of(head=member)).order_by("joined_on", "pk"))
    belongs = any(period.left_on is None for period in periods)
    # What the form asked for decides, not what has come about since it was shown.
    act = request.POST.get("act", "")
    if act not in _FORMS:
        act = "leave" if belongs else "rejoin"
    form = _FORMS[act](request.POST if request.method == "POST" else None, initial=_today(member=member))
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        try:
            if not _has_come_about(act=act, on=on, last=periods[-1]):
                carry_out = operations.leave if act == "leave" else operations.rejoin
                carry_out(code=member.code, on=on, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("member", kwargs={"member_pk": member.pk}))
    context = {"member": member, "periods": periods, "leaving": act == "leave", "form": form}
    return page(request, "members/leave.html", context, status=422 if form.errors else 200)


def _has_come_about(*, act: str, on: date, last: Membership) -> bool:
    """Whether the same form was sent before, by a second click or the back button."""
    return last.left_on == on if act == "leave" else last.left_on is None and last.joined_on == on


def _today(*, member: Member) -> dict[str, object]:
    return {"on": clock.today(zone=member.center.zone)}


@guarded(may_change_center, scope=scope_of_member)
def log_contact(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Write down that somebody tried to reach a member."""
    member, elsewhere = member_or_head(member_pk=member_pk, name="log_contact")
    if elsewhere is not None:
        return elsewhere
    name = request.user.name if isinstance(request.user, User) else ""
    initial = {**_today(member=member), "by": name, "once_key": secrets.token_urlsafe(16)}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _log_once(request=request, member=member, form=form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("member", kwargs={"member_pk": member.pk}) + "#timeline")
    return _contact_page(request, member=member, form=form)


def _contact_page(request: HttpRequest, *, member: Member, form: PlainForm) -> HttpResponse:
    attempts = list(member.attempts.order_by("-on", "-pk")[:3])
    context = {"member": member, "form": form, "attempts": attempts}
    return page(request, "members/log_contact.html", context, status=422 if form.errors else 200)


def _log_once(*, request: HttpRequest, member: Member, form: PlainForm) -> None:
    """Log a contact unless this very form was logged already: a double click must not make two attempts of one.

    The key is added in the transaction that logs, in the cache all processes share: of two at once one adds it.
    """
    words = dict(form.cleaned_data)
    key = f"contact-logged:{member.pk}:{words.pop('once_key')}"
    with transaction.atomic():
        if not cache.add(key, 1, timeout=_A_DAY):
            return
        try:
            operations.log_contact(code=member.code, **words, actor=actor_of(request), at=clock.now())
        except Refusal:
            cache.delete(key)
            raise
