"""Balances of a wave: brought, given a paper, taken back; and the papers, to be saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tequio.accounts.guards import actor_of, guarded
from tequio.accounts.permissions import may_read_center
from tequio.kernel import clock
from tequio.kernel.web.forms import PlainForm
from tequio.services.models import BalanceEvidence, BroughtBalance, Wave
from tequio.services.moving_forms import BalanceForm, PaperForm
from tequio.services.operations import balances
from tequio.services.scopes import scope_of_evidence

ACTS = {"bring-balance", "undo-balance", "add-paper"}


@guarded(may_read_center, scope=scope_of_evidence)
def balance_evidence(_request: HttpRequest, evidence_pk: int) -> HttpResponseBase:
    """A paper behind a balance, to be saved: no browser opens it in the name of this site."""
    found = BalanceEvidence.objects.get(pk=evidence_pk)
    answer = HttpResponse(balances.content_of(paper=found), content_type="application/octet-stream")
    ending = found.name.rsplit(".", 1)[-1]
    answer["Content-Disposition"] = f'attachment; filename="balance-{found.pk}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def balances_of(*, wave: Wave) -> list[BroughtBalance]:
    """The balances of a wave with their papers, but for what is in these. Two queries."""
    rows = BroughtBalance.objects.filter(wave=wave).select_related("member", "invoice", "payment").order_by("pk")
    papers: dict[int, list[BalanceEvidence]] = {}
    for paper in BalanceEvidence.objects.filter(balance__wave=wave).order_by("pk").defer("content"):
        papers.setdefault(paper.balance_id, []).append(paper)
    listed = list(rows)
    for row in listed:
        row.listed = papers.get(row.pk, [])  # type: ignore[attr-defined]  # CONFIG: for the page alone
    return listed


def act_on_balance(*, act: str, form: PlainForm | None, wave: str, number: int, request: HttpRequest) -> None:
    """Bring a balance, give it a paper, or take it back; refuses what the operations refuse."""
    who: dict[str, Any] = {"wave_code": wave, "actor": actor_of(request), "at": clock.now()}
    if isinstance(form, BalanceForm):
        said = form.cleaned_data
        row = balances.bring_balance(
            member_code=said["owes"],
            amount=form.amount_brought(),
            due_on=said["due_on"],
            evidence=said["evidence"],
            **who,
        )
        if said["file"] is not None:
            _keep(pk=row.pk, file=said["file"], who=who)
    elif isinstance(form, PaperForm):
        _keep(pk=number, file=form.cleaned_data["paper"], who=who)
    elif act == "undo-balance":
        balances.undo_balance(balance_pk=number, **who)


def _keep(*, pk: int, file: Any, who: dict[str, Any]) -> None:
    balances.add_evidence(balance_pk=pk, name=file.name, file=file, **who)
