"""What if: the forecast of a year, its scenarios beside each other, and January's forecast against what came."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

from tequio.accounts.guards import actor_of, guarded, viewer_in
from tequio.accounts.permissions import Scope, may_change_center, may_read_center
from tequio.budgets.models import Budget, Scenario
from tequio.budgets.queries.columns import columns
from tequio.budgets.scopes import scope_of_budget
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.charts import Drawing, Fan, fan
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.rules.budget_months import month_name
from tequio.rules.forecasting import MONTHS, NAMES
from tequio.rules.money import MINOR_PER_UNIT, printed
from tequio.rules.reasons import Text

_PATHS = 2_000  # years drawn for a page; the command draws more
_MOST_WORDS = 40
_MOVES = 6  # what moves the result most, told on the page


@guarded(may_read_center, scope=scope_of_budget)
def forecast(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The range of the year, what it assumed and who assumed it, what moves it most, the break-even; other assumptions.

    What is tried here in the address is not saved; saving a scenario is a form of its own.
    """
    # Read here: numpy is loaded by whoever asks "what if?" and by nobody else.
    from tequio.budgets.operations.scenarios import save_scenario, values_from_words
    from tequio.budgets.queries.forecasting import forecast_of, scenario_drawn, scenarios_of

    found = Budget.objects.select_related("center").get(center__code=code, year=year)
    may_change = may_change_center(viewer_in(request), Scope(center_pk=found.center_id))
    on = clock.today(zone=found.center.zone)
    words = _assumed(request.POST if request.method == "POST" else request.GET)
    typed = "; ".join(words)
    problem, status, drawn = None, 200, None
    try:
        of_budget, of_forecast = values_from_words(words=words)
        if request.method == "POST" and may_change:
            save_scenario(
                budget=found,
                code=request.POST.get("code", "").strip(),
                name=Text(en=request.POST.get("name_en", "").strip(), es=request.POST.get("name_es", "").strip()),
                budget_values=of_budget,
                forecast_values=of_forecast,
                said_by=request.POST.get("said_by", ""),
                actor=actor_of(request),
                at=clock.now(),
            )
            return go(request.path)
        if on.year > year:
            return _page(request, found, drawn=None, rows=[], typed=typed, words=words)
        chosen = Scenario.objects.filter(budget=found, code=request.GET.get("scenario", "")).first()
        if chosen is not None:
            drawn = scenario_drawn(budget=found, scenario=chosen, on=on, paths=_PATHS)
        else:
            drawn = forecast_of(
                center=found.center, year=year, on=on, values=of_forecast, budget_values=of_budget, paths=_PATHS
            )
    except Refusal as refusal:
        problem, status = refusal.text, 422
    rows = scenarios_of(budget=found, on=on, paths=_PATHS)
    return _page(
        request, found, drawn=drawn or rows[0], rows=rows, typed=typed, words=words, problem=problem, status=status
    )


def _assumed(said: QueryDict, /) -> list[str]:
    """What is assumed instead, as NAME=VALUE: a field for each of the forecast's own, and one for all others."""
    free = [word.strip() for word in " ".join(said.get("assume", "").split()).split(";")]
    fields = {name: " ".join(said.get(f"try_{name}", "").split()) for name in NAMES}
    others = [word for word in free if word and not fields.get(word.partition("=")[0].strip())]
    return [*others, *(f"{name}={value}" for name, value in fields.items() if value)][:_MOST_WORDS]


def _page(
    request: HttpRequest,
    found: Budget,
    *,
    drawn: Any,
    rows: list[Any],
    typed: str,
    words: list[str],
    problem: Text | None = None,
    status: int = 200,
) -> HttpResponseBase:
    from tequio.budgets.queries.forecast_guesses import who_said

    context = {
        "budget": found,
        "drawn": drawn,
        "rows": rows,
        "typed": typed,
        "others": "; ".join(word for word in words if word.partition("=")[0].strip() not in NAMES),
        "tries": {name: value.strip() for name, _, value in (word.partition("=") for word in words)},
        "table": columns(budget=found, on=clock.today(zone=found.center.zone)) if drawn and not words else None,
        "problem": problem,
        "may_change": may_change_center(viewer_in(request), Scope(center_pk=found.center_id)),
        "center_name": text_of(row=found.center, name="name"),
        "chart": _chart(drawn=drawn, budget=found, language=language_of(request)) if drawn else None,
        "guesses": _guesses(drawn=drawn, currency=found.center.currency) if drawn else [],
        "tried": bool(words),
        "moves": [(move, who_said(move.said_by)) for move in drawn.found.moves[:_MOVES]] if drawn else [],
    }
    return page(request, "budgets/forecast.html", context, status=status)


@guarded(may_read_center, scope=scope_of_budget)
def year_that_was(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The forecast made in January from the books of then, against what came."""
    from tequio.budgets.queries.forecasting import checked_against

    found = Budget.objects.select_related("center").get(center__code=code, year=year)
    try:
        checked = checked_against(center=found.center, year=year, on=clock.today(zone=found.center.zone), paths=_PATHS)
    except Refusal as refusal:
        raise Http404 from refusal
    language = language_of(request)
    rows = [
        {
            "month": month_name(month + 1, language),
            "low": band.low,
            "likely": band.likely,
            "high": band.high,
            "came": checked.came[month] if month < len(checked.came) else None,
            "inside": month < len(checked.came) and band.low <= checked.came[month] <= band.high,
        }
        for month, band in enumerate(checked.drawn.found.months)
    ]
    context = {
        "budget": found,
        "checked": checked,
        "rows": rows,
        "center_name": text_of(row=found.center, name="name"),
    }
    return page(request, "budgets/year_that_was.html", context)


def _chart(*, drawn: Any, budget: Budget, language: str) -> Drawing:
    """Dues received since January in whole units: what came as a line, and the fan from there on."""
    from tequio.budgets.queries.forecast_facts import dues_received

    found = drawn.found
    over = MONTHS - len(found.months) if drawn.known.first_month.year == budget.year else 0
    received = dues_received(center=budget.center, year=budget.year)
    came = [max(0, sum(received[: month + 1])) // MINOR_PER_UNIT for month in range(over)]
    spanish = language == "es"
    names = [month_name(month + 1, "es" if spanish else "en") for month in range(MONTHS)]
    last = found.months[-1]
    low, likely, high = (
        printed(minor=minor, currency=budget.center.currency) for minor in (last.low, last.likely, last.high)
    )
    return fan(
        key="fan",
        title="Cuotas recibidas en el año" if spanish else "Dues received in the year",
        description=f"En diciembre, lo más probable son {likely}; cuatro de cada cinco años, entre {low} y {high}."
        if spanish
        else f"By December most likely {likely}; four years in five between {low} and {high}.",
        axis=[name[:3] for name in names],
        places=names,
        shown=Fan(
            low=[max(0, band.low) // MINOR_PER_UNIT for band in found.months],
            likely=[max(0, band.likely) // MINOR_PER_UNIT for band in found.months],
            high=[max(0, band.high) // MINOR_PER_UNIT for band in found.months],
            came=came,
            names=("lo más probable", "cuatro de cinco años", "recibido", "plan")
            if spanish
            else ("most likely", "four years in five", "received", "plan"),
        ),
    )


def _guesses(*, drawn: Any, currency: str) -> list[dict[str, Any]]:
    """What was assumed, ready to print: the range in its unit, and who assumed it."""
    from tequio.budgets.queries.forecast_guesses import who_said

    def said(value: float, unit: str) -> str:
        if unit == "money":
            return printed(minor=round(value), currency=currency)
        return f"{value * 100:.1f} %".replace(".0 %", " %") if unit == "%" else f"{value:g}"

    return [
        {
            "name": guess.name,
            "unit": guess.unit,
            "label": guess.label,
            "low": said(guess.low, guess.unit),
            "likely": said(guess.likely, guess.unit),
            "high": said(guess.high, guess.unit),
            "known": guess.low == guess.high,
            "said_by": who_said(guess.said_by),
        }
        for guess in drawn.found.guesses
    ]
