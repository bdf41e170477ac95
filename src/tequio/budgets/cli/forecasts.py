"""Commands that ask "what if?": the forecast, scenarios compared, January's forecast against what came."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.budgets.cli.plans import CenterCode, Year, app
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

On = Annotated[date | None, console.day_option("--on", en="As of which day (today).", es="A qué día (hoy).")]
Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar=say(en="NAME=VALUE", es="NOMBRE=VALOR"),
        help=say(en="Another assumption; again for more.", es="Otro supuesto; repítase para más."),
        show_default=False,
    ),
]
Paths = Annotated[int, typer.Option("--paths", min=100, max=100_000, help=say(en="Years drawn.", es="Años sorteados."))]


def _band(band: Any) -> dict[str, Any]:
    return {name: whole_units(minor=getattr(band, name)) for name in ("low", "likely", "high")}


def drawn_as_json(drawn: Any) -> dict[str, Any]:
    """A forecast as JSON output carries it."""
    found = drawn.found
    return {
        "scenario": drawn.code or None,
        "name": drawn.name.as_dict(),
        "first_month": drawn.known.first_month,
        "months": [_band(band) for band in found.months],
        "dues": _band(found.dues),
        "result": _band(found.result),
        "years_short_of_a_hundred": found.short,
        "planned": None if drawn.planned is None else whole_units(minor=drawn.planned),
        "assumed": [
            {
                "name": guess.name,
                "label": guess.label.as_dict(),
                "low": guess.low,
                "likely": guess.likely,
                "high": guess.high,
                "said_by": guess.said_by,
            }
            for guess in found.guesses
        ],
        "moves": [
            {
                "name": move.name,
                "label": move.label.as_dict(),
                "said_by": move.said_by,
                "worst": whole_units(minor=move.worst),
                "best": whole_units(minor=move.best),
            }
            for move in found.moves
        ],
        "break_even": {"share_of_dues": found.break_even.share, "members_to_spare": found.break_even.spare},
        "left_out": [text.as_dict() for text in drawn.known.left_out],
        "seed": found.seed,
        "paths": found.paths,
    }


def _tell(drawn: Any, currency: str) -> None:
    low, likely, high = (printed(minor=getattr(drawn.found.result, n), currency=currency) for n in _POINTS)
    console.tell(
        Text(
            en=f"{drawn.name.en}: most likely {likely} left over; four years in five between {low} and {high}; short "
            f"in {drawn.found.short} of a hundred years.",
            es=f"{drawn.name.es}: lo más probable es un resultado de {likely}; cuatro de cada cinco años, entre {low} "
            f"y {high}; con faltante en {drawn.found.short} de cien años.",
        )
    )


_POINTS = ("low", "likely", "high")


@app.command("forecast", help=say(en="What the year may come to.", es="A qué puede llegar el año."))
def forecast(
    center: CenterCode,
    year: Year,
    on: On = None,
    assume: Assume = None,
    seed: Annotated[int, typer.Option("--seed")] = 2016,
    paths: Paths = 10_000,
    as_json: AsJson = False,
) -> None:
    """Draw many years from what the books know, and say what four of five of them hold."""
    from tequio.budgets.operations.scenarios import values_from_words
    from tequio.budgets.queries.forecast_guesses import who_said
    from tequio.budgets.queries.forecasting import forecast_of
    from tequio.centers.queries import center_by_code

    found = center_by_code(code=center)
    of_budget, of_forecast = values_from_words(words=assume or [])
    drawn = forecast_of(
        center=found,
        year=year,
        on=on or clock.today(zone=found.zone),
        values=of_forecast,
        budget_values=of_budget,
        seed=seed,
        paths=paths,
    )
    if as_json:
        console.write_json(drawn_as_json(drawn))
        return
    _tell(drawn, found.currency)
    for move in drawn.found.moves[:3]:
        worst, best = (printed(minor=minor, currency=found.currency) for minor in (move.worst, move.best))
        console.tell(
            Text(
                en=f"  {move.label.en} moves it from {worst} to {best} ({who_said(move.said_by).en}).",
                es=f"  {move.label.es} lo mueve de {worst} a {best} ({who_said(move.said_by).es}).",
            )
        )
    for text in drawn.known.left_out:
        console.remark(text)


@app.command("scenarios", help=say(en="Scenarios compared.", es="Escenarios comparados."))
def scenarios(center: CenterCode, year: Year, on: On = None, paths: Paths = 10_000, as_json: AsJson = False) -> None:
    """Compare how things stand with every scenario of a budget."""
    from tequio.budgets.queries.forecasting import scenarios_of
    from tequio.budgets.queries.versions import budget_of

    budget = budget_of(center=center, year=year)
    rows = scenarios_of(budget=budget, on=on or clock.today(zone=budget.center.zone), paths=paths)
    if as_json:
        console.write_json([drawn_as_json(row) for row in rows])
        return
    for row in rows:
        _tell(row, budget.center.currency)


@app.command("scenario", help=say(en="Keep a scenario.", es="Guarda un escenario."))
def scenario(
    center: CenterCode,
    year: Year,
    code: Annotated[str, typer.Argument(metavar=say(en="CODE", es="CLAVE"))],
    name: Annotated[str, typer.Option("--name", help=say(en="In English.", es="En inglés."))],
    name_es: Annotated[str, typer.Option("--name-es", help=say(en="In Spanish.", es="En español."))],
    said_by: Annotated[str, typer.Option("--said-by", help=say(en="Who assumes it.", es="Quién lo supone."))],
    assume: Assume = None,
) -> None:
    """Keep other assumptions under a name."""
    from tequio.budgets.operations.scenarios import save_scenario, values_from_words
    from tequio.budgets.queries.versions import budget_of

    of_budget, of_forecast = values_from_words(words=assume or [])
    save_scenario(
        budget=budget_of(center=center, year=year),
        code=code,
        name=Text(en=name, es=name_es),
        budget_values=of_budget,
        forecast_values=of_forecast,
        said_by=said_by,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en="Kept.", es="Guardado."))


@app.command("year-that-was", help=say(en="January's forecast and what came.", es="El pronóstico de enero y lo real."))
def year_that_was(
    center: CenterCode, year: Year, on: On = None, paths: Paths = 10_000, as_json: AsJson = False
) -> None:
    """Forecast a year from what the books knew on its first day, and put beside it what came."""
    from tequio.budgets.queries.forecasting import checked_against
    from tequio.centers.queries import center_by_code

    found = center_by_code(code=center)
    checked = checked_against(center=found, year=year, on=on or clock.today(zone=found.zone), paths=paths)
    if as_json:
        console.write_json(
            {
                "forecast": drawn_as_json(checked.drawn),
                "came": [whole_units(minor=minor) for minor in checked.came],
                "months_inside": checked.inside,
                "result": None if checked.result is None else whole_units(minor=checked.result),
            }
        )
        return
    months = len(checked.came)
    came = printed(minor=checked.came[-1] if months else 0, currency=found.currency)
    console.tell(
        Text(
            en=f"{came} of dues came in {months} months; {checked.inside} of them within the forecast of January.",
            es=f"Llegaron {came} de cuotas en {months} meses; {checked.inside} dentro del pronóstico de enero.",
        )
    )


@app.command("sites", help=say(en="One server site or several?", es="¿Un sitio de servidores o varios?"))
def sites(
    pdf: Annotated[
        Path | None,
        typer.Option(
            "--pdf", help=say(en="Write the paper there.", es="Escribe ahí el documento."), show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what one site and several come to, what would change it, and who guessed what."""
    from tequio.budgets.queries import sites as queries
    from tequio.budgets.sites_paper import sites_paper
    from tequio.centers.queries import all_centers
    from tequio.kernel.errors import Refusal, fault_of

    question = queries.sites_question()
    first = min(all_centers(), key=lambda center: center.pk)
    if pdf is not None:
        made = sites_paper(question=question, currency=first.currency, on=clock.today(zone=first.zone))
        try:
            pdf.write_bytes(made)
        except OSError as error:
            said = fault_of(error=error)
            raise Refusal(en=f"{pdf}: {said.en}", es=f"{pdf}: {said.es}") from error
    if as_json:
        console.write_json(
            {
                "drilled" if answer.drilled else "undrilled": {
                    "options": {
                        option: {
                            measure: {"likely": spread.likely, "best": spread.best, "worst": spread.worst}
                            for measure, spread in measures.items()
                        }
                        for option, measures in answer.found.items()
                    },
                    "better": dict(answer.better),
                    "turns": [
                        {"guess": turn.guess.name, "measure": turn.measure, "at": turn.at} for turn in answer.turns
                    ],
                }
                for answer in (question.undrilled, question.drilled)
            }
            | {
                "guesses": [
                    {"name": g.name, "low": g.low, "likely": g.likely, "high": g.high, "said_by": g.said_by or None}
                    for g in question.undrilled.guesses
                ]
            }
        )
        return
    for text in queries.summary(question=question):
        console.tell(text)
    for text in queries.turns_said(answer=question.undrilled, currency=first.currency):
        console.tell(text)


@app.command("guess", help=say(en="Guess about server sites anew.", es="Estima de nuevo sobre los sitios."))
def guess(
    name: Annotated[str, typer.Argument(metavar=say(en="NAME", es="NOMBRE"))],
    low: Annotated[float, typer.Argument(metavar=say(en="LEAST", es="MENOS"))],
    likely: Annotated[float, typer.Argument(metavar=say(en="LIKELIEST", es="PROBABLE"))],
    high: Annotated[float, typer.Argument(metavar=say(en="MOST", es="MÁS"))],
    said_by: Annotated[str, typer.Option("--said-by", help=say(en="Who guesses.", es="Quién lo estima."))],
) -> None:
    """Guess one of the figures of the sites question, with its range."""
    from tequio.budgets.operations.guessing import guess_sites

    guess_sites(name=name, low=low, likely=likely, high=high, said_by=said_by, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Kept.", es="Guardado."))
