"""Proofs that wait: each with the bank's lines it could be about."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_lists
from tequio.banking.models import BankLine
from tequio.banking.queries.lines import SHAPES, STATES, line_rows
from tequio.dues.models import Invoice
from tequio.dues.run_scopes import seen_centers
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.members.queries import family_of, head_of
from tequio.paylink.models import Proof
from tequio.paylink.operations.proofs import content_of, found_in, not_found
from tequio.paylink.scopes import scope_of_proof
from tequio.rules.reasons import Text

_AROUND = timedelta(days=45)  # before the proof was handed in, in which its money may have come
_SHOWN = 30


@guarded(may_read_lists)
def proofs(request: HttpRequest) -> HttpResponseBase:
    """The proofs nobody has settled, oldest first."""
    viewer = viewer_in(request)
    centers = [center.pk for center in seen_centers(viewer=viewer)]
    rows = Proof.objects.filter(claim__settled_on__isnull=True, claim__member__center_id__in=centers)
    context = {
        "proofs": list(rows.select_related("claim__member", "invoice").order_by("handed_in_at", "pk")[:200]),
        "settled_by_me": {pk for pk in centers if may_change_center(viewer, Scope(center_pk=pk))},
    }
    return page(request, "paylink/proofs.html", context)


@guarded(may_change_center, scope=scope_of_proof)
def proof(request: HttpRequest, proof_pk: int) -> HttpResponseBase:
    """One proof beside the lines of the bank: found in one of them, or not found."""
    found = _proof(proof_pk)
    problem: Text | None = None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "no":
                not_found(proof_pk=proof_pk, actor=actor_of(request), at=clock.now())
                return go(reverse("proofs"))
            line = request.POST.get("line", "")
            if line.isascii() and line.isdigit() and len(line) < 12:  # noqa: PLR2004 - CONFIG: digits of an id
                found_in(proof_pk=proof_pk, line_pk=int(line), actor=actor_of(request), at=clock.now())
                return go(reverse("proofs"))
        except Refusal as refusal:
            problem = refusal.text
    head = head_of(member=found.claim.member)
    family = list(family_of(head=head))
    since = found.handed_in_at.date() - _AROUND
    lines = BankLine.objects.filter(account__center=head.center_id, amount__gt=0, on__gte=since)
    waiting = lines.filter(state__in=["open", "suggested", "twin"])
    theirs = lines.filter(state="matched", matches__member_id__in=family, matches__state="posted")
    rows = line_rows(lines=[*theirs.distinct().order_by("-on")[:_SHOWN], *waiting.order_by("-on", "-pk")[:_SHOWN]])
    owed = Invoice.objects.filter(member_id__in=family, rest__gt=0).order_by("due_on", "pk")
    context = {
        "proof": found,
        "member": head,
        "rows": rows,
        "owed": list(owed),
        "problem": problem,
        "states": STATES,
        "shapes": SHAPES,
    }
    return page(request, "paylink/proof.html", context, status=422 if problem else 200)


@guarded(may_change_center, scope=scope_of_proof)
def file(request: HttpRequest, proof_pk: int) -> HttpResponseBase:
    """The file itself. It came from outside: the browser is told to run and load nothing of it."""
    del request
    found = _proof(proof_pk)
    if not found.content:
        raise Http404
    answer = HttpResponse(content_of(proof=found), content_type=found.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _proof(proof_pk: int) -> Proof:
    found = Proof.objects.select_related("claim__member", "invoice").filter(pk=proof_pk).first()
    if found is None:
        raise Http404
    return found
