"""Moving members in: the waves, one wave with its checklist, the steps of a mailbox, balances with their evidence."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import (
    may_change_center,
    may_mend_servers,
    may_read_everything,
    may_see_servers,
)
from tequio.accounts.permissions import may_read_center as may_read_money
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page
from tequio.members.views.receiving import takes_a_file
from tequio.rules.moving import STEP_NAMES
from tequio.rules.reasons import Text
from tequio.services import at_once
from tequio.services.models import Wave
from tequio.services.moving_forms import BalanceForm, CopiedForm, MailboxForm, PaperForm, WaveForm
from tequio.services.operations import moving
from tequio.services.queries.moving import wave_shown
from tequio.services.scopes import scope_of_wave
from tequio.services.views.balances import ACTS, act_on_balance, balances_of

_DIGITS = 19  # of an id
_FORMS: dict[str, type[PlainForm]] = {
    "add-mailbox": MailboxForm,
    "copied": CopiedForm,
    "bring-balance": BalanceForm,
    "add-paper": PaperForm,
}
_TOO_LARGE = Text(en="A paper has at most 5 MB.", es="Un documento pesa 5 MB a lo más.")


@guarded(may_see_servers)
def waves(request: HttpRequest) -> HttpResponseBase:
    """Every wave, and a form to begin one."""
    may_change = may_mend_servers(viewer_in(request))
    form = WaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        center = said.pop("center")
        try:
            made = moving.begin_wave(center_code=center, **said, actor=actor_of(request), at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("wave", kwargs={"wave": made.code}))
    shown = [
        wave_shown(wave=wave, on=clock.today(zone=wave.center.zone))
        for wave in Wave.objects.select_related("center").order_by("-begun_at", "pk")[:50]
    ]
    context = {"waves": shown, "steps": STEP_NAMES, "form": form, "may_change": may_change}
    return page(request, "services/waves.html", context, status=422 if form.is_bound else 200)


def _too_large(request: HttpRequest, wave: str) -> HttpResponseBase:
    return _wave_page(request, wave=wave, act="", fault=_TOO_LARGE, status=413)


@csrf_exempt  # the check is made in takes_a_file, once it has said where the file goes
@guarded(may_see_servers, scope=scope_of_wave)
@takes_a_file(too_large=_too_large)
def wave(request: HttpRequest, wave: str) -> HttpResponseBase:
    """One wave: its checklist, what is late, a step for each mailbox, balances for whoever may read money."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if not act:
        return _wave_page(request, wave=wave, act="", fault=None, status=200)
    viewer, scope = viewer_in(request), scope_of_wave(wave=wave)
    may = scope is not None and may_change_center(viewer, scope) if act in ACTS else may_mend_servers(viewer)
    if not may:
        raise PermissionDenied
    form = _FORMS[act](request.POST, request.FILES) if act in _FORMS else None
    if form is not None and not form.is_valid():
        return _wave_page(request, wave=wave, act=act, fault=None, status=422, form=form)
    try:
        with transaction.atomic():
            _acted(act=act, form=form, wave=wave, request=request)
    except Refusal as refusal:
        return _wave_page(request, wave=wave, act=act, fault=refusal.text, status=409, form=form)
    at_once.work()
    return go(reverse("wave", kwargs={"wave": wave}))


def _wave_page(
    request: HttpRequest, *, wave: str, act: str, fault: Text | None, status: int, form: PlainForm | None = None
) -> HttpResponseBase:
    row, scope, viewer = moving.wave_by_code(code=wave), scope_of_wave(wave=wave), viewer_in(request)
    shown = {name: form if act == name and form is not None else made() for name, made in _FORMS.items()}
    today = clock.today(zone=row.center.zone)
    context = {
        "shown": wave_shown(wave=row, on=today),
        "today": today,
        "steps": STEP_NAMES,
        "adding": shown["add-mailbox"],
        "copied": shown["copied"],
        "balance": shown["bring-balance"],
        "paper": shown["add-paper"],
        "balances": balances_of(wave=row) if scope is not None and may_read_money(viewer, scope) else None,
        "currency": row.center.currency,
        "fault": fault,
        "may_change": may_mend_servers(viewer),
        "changes_money": scope is not None and may_change_center(viewer, scope),
        "reads_members": may_read_everything(viewer),
        "at": _number(request.POST.get("number", "")),
    }
    return page(request, "services/wave.html", context, status=status)


def _acted(*, act: str, form: PlainForm | None, wave: str, request: HttpRequest) -> None:
    if act in ACTS:
        act_on_balance(act=act, form=form, wave=wave, number=_number(request.POST.get("number", "")), request=request)
        return
    said = form.cleaned_data if form is not None else {}
    who: dict[str, Any] = {"actor": actor_of(request), "at": clock.now()}
    number = _number(request.POST.get("number", ""))
    if act == "add-mailbox":
        moving.add_mailbox(
            wave_code=wave,
            member_code=said["member"],
            old_address=said["old_address"],
            new_address=said["new_address"],
            **who,
        )
    else:
        _stepped(act=act, said=said, wave=wave, number=number, request=request, who=who)


def _stepped(
    *, act: str, said: dict[str, Any], wave: str, number: int, request: HttpRequest, who: dict[str, Any]
) -> None:
    moving.refuse_other_wave(wave_code=wave, box_pk=number)
    typed = request.POST.get("words", "")
    if act == "contacted":
        moving.contacted(box_pk=number, **who)
    elif act == "consented":
        moving.consented(box_pk=number, consent=typed, **who)
    elif act == "copied":
        moving.copied(box_pk=number, **said, **who)
    elif act == "finish":
        moving.finish(box_pk=number, **who)
    elif act == "undo":
        moving.undo_mailbox(box_pk=number, reason=typed, **who)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _DIGITS else 0
