"""`tequio standing`: the figures behind the report's chart over time."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import say
from tequio.rules.reasons import Text

app = console.new_app(en="Standing over time.", es="La situación a lo largo del tiempo.")

MOST_MONTHS = 240


@app.callback()
def start() -> None:
    """Keep `history` a command of its own although it is the only one."""


@app.command(
    help=say(
        en="Count the standings at the end of past months anew.",
        es="Vuelve a contar las situaciones al final de los meses pasados.",
    )
)
def history(
    months: Annotated[
        int,
        typer.Option(
            "--months", min=1, max=MOST_MONTHS, help=say(en="How many months back.", es="Cuántos meses hacia atrás.")
        ),
    ] = 13,
) -> None:
    """Work out the standings of past month ends for the standing report."""
    from tequio.front.operations import record_history

    days = record_history(months=months, at=clock.now())
    if not days:
        console.tell(Text(en="There is no center to count.", es="No hay ningún centro que contar."))
        return
    if len(days) == 1:
        console.tell(
            Text(en=f"Standings counted for {days[0]}.", es=f"Situaciones contadas al {days[0]}."),
        )
        return
    console.tell(
        Text(
            en=f"Standings counted for {len(days)} month ends, {days[0]} to {days[-1]}.",
            es=f"Situaciones contadas en {len(days)} fines de mes, del {days[0]} al {days[-1]}.",
        )
    )
