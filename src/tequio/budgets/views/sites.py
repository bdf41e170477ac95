"""One server site or several: the model with its ranges, which people edit, its answer as dots, and the paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import is_administrator, is_treasurer_somewhere, may_read_lists
from tequio.budgets.forms import SitesForm
from tequio.budgets.operations.guessing import guess_sites
from tequio.budgets.queries import sites as queries
from tequio.budgets.sites_paper import sites_paper
from tequio.centers.models import Center
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.rules.sites import DOTS, MEASURES, ONE, OPTIONS, SEVERAL, Answer

_may_guess = is_administrator | is_treasurer_somewhere


def _currency() -> str:
    """The costs are told in the currency of the center that opened first."""
    return Center.objects.order_by("pk").values_list("currency", flat=True).first() or "USD"


@guarded(may_read_lists)
def sites(request: HttpRequest) -> HttpResponseBase:
    """The answer, what would change it, who guessed what; guess one of the figures anew."""
    may_guess = _may_guess(viewer_in(request))
    form = SitesForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and may_guess:
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                guess_sites(
                    name=said["name"],
                    low=said["low"],
                    likely=said["likely"],
                    high=said["high"],
                    said_by=said["said_by"],
                    actor=actor_of(request),
                    at=clock.now(),
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(request.path)
    question = queries.sites_question()
    currency = _currency()
    context = {
        "form": form,
        "may_guess": may_guess,
        "summary": queries.summary(question=question),
        "answers": [_shown(question.undrilled, currency=currency), _shown(question.drilled, currency=currency)],
        "turns": queries.turns_said(answer=question.undrilled, currency=currency),
        "guesses": [
            {
                "label": guess.label,
                "name": guess.name,
                "values": [
                    queries.said(value=value, unit=guess.unit, currency=currency)
                    for value in (guess.low, guess.likely, guess.high)
                ],
                "said_by": guess.said_by,
            }
            for guess in question.undrilled.guesses
        ],
        "dots": DOTS,
    }
    return page(request, "budgets/sites.html", context, status=status)


def _shown(answer: Answer, *, currency: str) -> dict[str, Any]:
    return {
        "drilled": answer.drilled,
        "rows": [
            {
                "name": name,
                "one": queries.ranges(measure=measure, spread=answer.found[ONE][measure], currency=currency),
                "several": queries.ranges(measure=measure, spread=answer.found[SEVERAL][measure], currency=currency),
                "better": queries.better_said(answer=answer, measure=measure),
            }
            for measure, name in MEASURES.items()
        ],
        "dots": [
            {
                "name": OPTIONS[option],
                "data": answer.found[option]["data"].dots,
                "week": answer.found[option]["week"].dots,
            }
            for option in (ONE, SEVERAL)
        ],
    }


@guarded(may_read_lists)
def paper(_request: HttpRequest) -> HttpResponseBase:
    """The decision paper in both languages."""
    zone = Center.objects.order_by("pk").values_list("zone", flat=True).first() or "UTC"
    content = sites_paper(question=queries.sites_question(), currency=_currency(), on=clock.today(zone=zone))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="server-sites.pdf"'
    return answer
