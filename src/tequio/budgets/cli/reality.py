"""Commands about a budget beside what happens: the limit of spending, closing, both centers beside each other."""

from datetime import date
from typing import Annotated

import typer

from tequio.budgets.cli.options import decision_named
from tequio.budgets.cli.plans import CenterCode, Year, app
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text


@app.command("limit", help=say(en="When a second person approves.", es="Cuándo aprueba una segunda persona."))
def limit(
    center: CenterCode,
    amount: Annotated[int, console.amount_option("--amount", en="Above which amount.", es="Desde qué monto.")],
    valid_from: Annotated[date, console.day_option("--from", en="From which day.", es="Desde qué día.")],
    decision: Annotated[str, typer.Option("--decision", help=say(en="By which decision.", es="Por qué acuerdo."))],
) -> None:
    """Set above which amount an expense needs a second person."""
    from tequio.budgets.operations.spending import set_limit
    from tequio.centers.queries import center_by_code

    set_limit(
        center=center_by_code(code=center),
        amount=amount,
        valid_from=valid_from,
        decision=decision_named(decision),
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en="Set.", es="Fijado."))


@app.command("close", help=say(en="Close a month, or a year.", es="Cierra un mes, o un año."))
def close(
    center: CenterCode,
    year: Year,
    month: Annotated[int | None, typer.Option("--month", min=1, max=12, show_default=False)] = None,
) -> None:
    """Close a month of the books, or the whole year: nothing more is booked in it."""
    from tequio.budgets.operations.closing import close_month, close_year
    from tequio.centers.queries import center_by_code

    found, actor, at = center_by_code(code=center), console.actor(), clock.now()
    if month is None:
        close_year(center=found, year=year, actor=actor, at=at)
    else:
        close_month(center=found, year=year, month=month, actor=actor, at=at)
    console.tell(Text(en="Closed.", es="Cerrado."))


@app.command("side-by-side", help=say(en="Both centers beside each other.", es="Los dos centros, lado a lado."))
def beside(
    year: Year,
    convert: Annotated[
        str, typer.Option("--convert", metavar="us|mx", help=say(en="Convert this one.", es="Convierte este."))
    ] = "",
    into: Annotated[str, typer.Option("--into", help=say(en="Into this currency.", es="A esta moneda."))] = "",
    rate: Annotated[str, typer.Option("--rate", help=say(en="At which rate.", es="A qué tipo de cambio."))] = "",
    rate_on: Annotated[date | None, console.day_option("--rate-on", en="Of which day.", es="De qué día.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show both centers' budgets, each in its own currency; converted only at a rate of a day."""
    from tequio.budgets.queries.side_by_side import Conversion, side_by_side

    conversion = None
    if convert:
        if not (into and rate and rate_on):
            raise typer.BadParameter(
                say(
                    en="A conversion needs --into, --rate and --rate-on.",
                    es="Convertir pide --into, --rate y --rate-on.",
                )
            )
        conversion = Conversion(center=convert, into=into, rate=rate, rate_on=rate_on)
    found = side_by_side(year=year, on=clock.today(zone="UTC"), conversion=conversion)
    currencies = {table.budget.center.code: table.currency for table in found.tables}
    if as_json:
        console.write_json(
            {
                "year": year,
                "currencies": currencies,
                "rows": [
                    {
                        "name": row.name.as_dict(),
                        "side": row.side.value,
                        "new": {code: whole_units(minor=minor) for code, minor in row.new.items()},
                        "actual": {code: whole_units(minor=minor) for code, minor in row.actual.items()},
                        "converted": {code: whole_units(minor=minor) for code, minor in row.converted.items()},
                    }
                    for row in found.rows
                ],
                "conversion": None
                if conversion is None
                else {"center": convert, "into": into, "rate": rate, "on": rate_on},
            }
        )
        return
    for row in found.rows:
        said = ", ".join(printed(minor=minor, currency=currencies[code]) for code, minor in row.new.items())
        console.tell(Text(en=f"{row.name.en}: {said}", es=f"{row.name.es}: {said}"))
