"""Commands about the books: export, balances, closing a period."""

from datetime import date
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

export = console.new_app(en="The data in other programs' forms.", es="Los datos en formato de otros programas.")
app = console.new_app(en="The books.", es="Los libros.")

CenterCode = Annotated[str, typer.Option("--center", metavar="us|mx", help=say(en="Whose books.", es="De quién."))]


@export.command(
    "beancount", help=say(en="A center's books as Beancount text.", es="Los libros de un centro, en Beancount.")
)
def export_beancount(center: CenterCode) -> None:
    """Print a center's books as Beancount text."""
    from tequio.centers.queries import center_by_code
    from tequio.ledger.beancount import export as lines

    console.write_lines(lines(center=center_by_code(code=center)))


@app.command(help=say(en="The balance of every account.", es="El saldo de cada cuenta."))
def balances(center: CenterCode, as_json: AsJson = False) -> None:
    """Print the balance of every account of a center."""
    from tequio.centers.queries import center_by_code
    from tequio.ledger.queries import account_balances

    found = center_by_code(code=center)
    rows = account_balances(center=found)
    if as_json:
        console.write_json({code: whole_units(minor=minor) for code, minor in rows.items()})
        return
    for code, minor in rows.items():
        amount = printed(minor=minor, currency=found.currency)
        console.tell(Text(en=f"{code}: {amount}", es=f"{code}: {amount}"))


@app.command(help=say(en="Close a period: it takes no more entries.", es="Cierra un periodo: ya no admite asientos."))
def close(
    center: CenterCode,
    first_day: Annotated[date, console.day_option("--from", en="First day.", es="Primer día.")],
    last_day: Annotated[date, console.day_option("--through", en="Last day.", es="Último día.")],
) -> None:
    """Close a period of the books."""
    from tequio.centers.queries import center_by_code
    from tequio.ledger.operations import close_period

    close_period(
        center=center_by_code(code=center),
        first_day=first_day,
        last_day=last_day,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(
        Text(en=f"{center}: closed {first_day} to {last_day}.", es=f"{center}: cerrado del {first_day} al {last_day}.")
    )
