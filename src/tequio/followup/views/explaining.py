"""Why a member was or was not written to."""

import re
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.dues.views.members import head_or_its_page
from tequio.followup.forms import HeardForm
from tequio.followup.models import BadAddress, CallItem, CallRefusal, PaymentClaim, Promise, Task
from tequio.followup.operations.asking import ask_to_call
from tequio.followup.operations.hearing import Heard, hear
from tequio.followup.queries.explaining import BY_HAND, member_story
from tequio.followup.queries.task_list import TASK_TEXTS
from tequio.followup.reach import phones_as_text
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members.models import Member
from tequio.members.queries import family_of
from tequio.members.scopes import scope_of_member
from tequio.rules.ladder import CHANNEL_NAMES
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@guarded(may_read_center, scope=scope_of_member)
def explain(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """For each charge of a member: what was sent, what follows, and why nothing else did, on any day."""
    member = head_or_its_page(member_pk=member_pk, name="follow_up_member")
    if not member.found:
        return member.elsewhere
    head = member.found
    today = clock.today(zone=head.center.zone)
    on = _day(request.GET.get("on", "")) or today
    return _shown(request, head=head, on=on, today=today)


@guarded(may_change_center, scope=scope_of_member)
def ask(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Put the member on the call list; asking twice is asking once."""
    member = head_or_its_page(member_pk=member_pk, name="follow_up_member")
    if not member.found:
        return member.elsewhere
    head = member.found
    if request.method == "POST":
        try:
            ask_to_call(code=head.code, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            today = clock.today(zone=head.center.zone)
            return _shown(request, head=head, on=today, today=today, refused=refusal.text)
    return go(reverse("follow_up_member", kwargs={"member_pk": head.pk}))


@guarded(may_change_center, scope=scope_of_member)
def said(request: HttpRequest, member_pk: int) -> HttpResponseBase:
    """Keep what the member wrote or said by itself: a promise, that it has paid, that it may be called again."""
    member = head_or_its_page(member_pk=member_pk, name="follow_up_member")
    if not member.found:
        return member.elsewhere
    head, back = member.found, reverse("follow_up_member", kwargs={"member_pk": member.found.pk})
    if request.method != "POST":
        return go(back)
    form = HeardForm(request.POST)
    if form.is_valid():
        try:
            hear(
                code=head.code,
                heard=Heard(form.cleaned_data["heard"]),
                pay_on=form.cleaned_data["pay_on"],
                note=form.cleaned_data["note"],
                by=request.user.name if request.user.is_authenticated else "",
                actor=actor_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(back)
    today = clock.today(zone=head.center.zone)
    return _shown(request, head=head, on=today, today=today, form=form)


def _shown(
    request: HttpRequest,
    *,
    head: Member,
    on: date,
    today: date,
    refused: Text | None = None,
    form: HeardForm | None = None,
) -> HttpResponseBase:
    family = family_of(head=head)
    context = {
        "refused": refused,
        "form": form or HeardForm(),
        "refuses_calls": CallRefusal.objects.filter(member_id__in=family, ended_on__isnull=True).exists(),
        "on_list": CallItem.objects.filter(member=head, closed_at__isnull=True).exists(),
        "member": head,
        "story": member_story(code=head.code, on=on, today=today),
        "today": today,
        "by_hand": BY_HAND,
        "channel_names": CHANNEL_NAMES,
        "standing_names": STANDING_NAMES,
        "promises": list(Promise.objects.filter(member_id__in=family).order_by("-made_on", "-pk")[:10]),
        "claims": list(PaymentClaim.objects.filter(member_id__in=family).order_by("-said_on", "-pk")[:10]),
        "tasks": list(Task.objects.filter(member_id__in=family, closed_on__isnull=True).order_by("pk")),
        "task_texts": TASK_TEXTS,
        "as_text": phones_as_text(family=family),
        "bad": list(BadAddress.objects.filter(member_id__in=family).order_by("pk")),
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=head.center_id)),
    }
    return page(request, "followup/explain.html", context, status=422 if refused or form else 200)


def _day(text: str) -> date | None:
    """The day of an address; none where it says nothing sensible."""
    if not _DAY.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None  # noqa: PLR2004 - CONFIG: years a ladder may be asked for
