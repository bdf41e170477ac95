"""`tequio standing`: the figures behind the report's chart over time. `tequio decisions`: the register."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

app = console.new_app(en="Standing over time.", es="La situación a lo largo del tiempo.")

decisions = console.new_app(en="What was decided.", es="Lo que se acordó.")

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


@decisions.callback()
def start_decisions() -> None:
    """Keep `list` a command of its own although it is the only one."""


@decisions.command("list", help=say(en="The register of decisions.", es="El registro de acuerdos."))
def list_decisions(as_json: AsJson = False) -> None:
    """List every decision, the newest first, with the rules it put in force."""
    from tequio.front.queries.register import register
    from tequio.rules.reasons import long_date

    entries = register()
    if as_json:
        console.write_json([entry.as_dict() for entry in entries])
        return
    for entry in entries:
        rules = ", ".join(f"{rule.code} ({rule.center})" for rule in entry.adopted)
        console.tell(
            Text(
                en=f"{long_date(day=entry.decided_on, language='en')}, {entry.body.en}: {entry.title.en}. "
                f"{entry.counts.en}" + (f" In force: {rules}." if rules else ""),
                es=f"{long_date(day=entry.decided_on, language='es')}, {entry.body.es}: {entry.title.es}. "
                f"{entry.counts.es}" + (f" En vigor: {rules}." if rules else ""),
            )
        )
