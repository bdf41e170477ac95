"""Moving members in: the waves, one wave with its checklist, the steps of a mailbox, balances with their evidence."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

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
from tequio.kernel.web.pages import go, page
from tequio.rules.moving import STEP_NAMES
from tequio.rules.reasons import Text
from tequio.services import at_once
from tequio.services.models import BroughtBalance, Wave
from tequio.services.moving_forms import BalanceForm, CopiedForm, MailboxForm, WaveForm
from tequio.services.operations import moving
from tequio.services.queries.moving import wave_shown
from tequio.services.scopes import scope_of_wave

_DIGITS = 19  # of an id
_OF_MONEY = {"bring-balance", "undo-balance"}


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


@guarded(may_see_servers, scope=scope_of_wave)
def wave(request: HttpRequest, wave: str) -> HttpResponseBase:
    """One wave: its checklist, what is late, a step for each mailbox, balances for whoever may read money."""
    row, scope = moving.wave_by_code(code=wave), scope_of_wave(wave=wave)
    viewer = viewer_in(request)
    may_change = may_mend_servers(viewer)
    changes_money = scope is not None and may_change_center(viewer, scope)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    adding = MailboxForm(request.POST if act == "add-mailbox" else None)
    copied = CopiedForm(request.POST if act == "copied" else None)
    balance = BalanceForm(request.POST if act == "bring-balance" else None)
    fault: Text | None = None
    if act:
        if not (changes_money if act in _OF_MONEY else may_change):
            raise PermissionDenied
        form = {"add-mailbox": adding, "copied": copied, "bring-balance": balance}.get(act)
        if form is None or form.is_valid():
            try:
                _acted(act=act, said=form.cleaned_data if form is not None else {}, wave=wave, request=request)
            except Refusal as refusal:
                fault = refusal.text
            else:
                at_once.work()
                return go(reverse("wave", kwargs={"wave": wave}))
    context = {
        "shown": wave_shown(wave=row, on=clock.today(zone=row.center.zone)),
        "steps": STEP_NAMES,
        "adding": adding,
        "copied": copied,
        "balance": balance,
        "balances": _balances(wave=row) if scope is not None and may_read_money(viewer, scope) else None,
        "currency": row.center.currency,
        "fault": fault,
        "may_change": may_change,
        "changes_money": changes_money,
        "reads_members": may_read_everything(viewer),
        "at": _number(request.POST.get("number", "")),
    }
    return page(request, "services/wave.html", context, status=409 if fault else 422 if act else 200)


def _balances(*, wave: Wave) -> list[BroughtBalance]:
    return list(BroughtBalance.objects.filter(wave=wave).select_related("member", "invoice").order_by("pk"))


def _acted(*, act: str, said: dict[str, Any], wave: str, request: HttpRequest) -> None:
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
    elif act == "bring-balance":
        moving.bring_balance(
            wave_code=wave,
            member_code=said["owes"],
            amount=said["amount"],
            due_on=said["due_on"],
            evidence=said["evidence"],
            **who,
        )
    elif act == "undo-balance":
        moving.undo_balance(wave_code=wave, balance_pk=number, **who)
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
