"""`tequio payments accounts`: the accounts money comes in on."""

from datetime import date
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

accounts = console.new_app(en="The accounts money comes in on.", es="Las cuentas en que llega el dinero.")

Code = Annotated[
    str, typer.Argument(metavar=say(en="CODE", es="CLAVE"), help=say(en="Like us-bank.", es="Como mx-bank."))
]


@accounts.command("list", help=say(en="Every account.", es="Todas las cuentas."))
def list_accounts(as_json: AsJson = False) -> None:
    """List the accounts, how far their statements go, and what waits."""
    from tequio.banking.queries.accounts import accounts_listed

    rows = accounts_listed()
    if as_json:
        console.write_json(
            [
                {
                    "code": row.code,
                    "name": row.name,
                    "center": row.center,
                    "currency": row.currency,
                    "numbers_end_in": list(row.endings),
                    "through": row.through,
                    "waiting": row.waiting,
                    "closed_on": row.closed_on,
                }
                for row in rows
            ]
        )
        return
    if not rows:
        console.tell(
            Text(
                en="There is no account yet. Open one: tequio payments accounts add us-bank --center us",
                es="Todavía no hay ninguna cuenta. Abra una: tequio payments accounts add mx-bank --center mx",
            )
        )
    for row in rows:
        numbers = ", ".join(f"…{ending}" for ending in row.endings) or "-"
        console.tell(
            Text(
                en=f"{row.code}  {row.currency}  {numbers}  through {row.through or '-'}, {row.waiting} waiting",
                es=f"{row.code}  {row.currency}  {numbers}  hasta {row.through or '-'}, {row.waiting} en espera",
            )
        )


@accounts.command("add", help=say(en="Enter an account.", es="Registra una cuenta."))
def add(
    code: Code,
    center: Annotated[
        str, typer.Option("--center", metavar=say(en="CODE", es="CLAVE"), help=say(en="Whose.", es="De qué centro."))
    ],
    name: Annotated[str, typer.Option("--name", help=say(en="What people call it.", es="Cómo le dicen."))] = "",
    number: Annotated[
        list[str] | None,
        typer.Option(
            "--number",
            help=say(
                en="How the bank names it: number, IBAN or CLABE; may be given several times.",
                es="Cómo la nombra el banco: número, IBAN o CLABE; se puede dar varias veces.",
            ),
        ),
    ] = None,
) -> None:
    """Enter an account of a center."""
    from tequio.banking.operations.accounts import open_account

    account = open_account(
        code=code, center_code=center, name=name, numbers=number or [], actor=console.actor(), at=clock.now()
    )
    console.tell(
        Text(
            en=f"{account.code} takes statements in {account.currency}.",
            es=f"{account.code} recibe estados de cuenta en {account.currency}.",
        )
    )


@accounts.command("number", help=say(en="How the bank names an account.", es="Cómo nombra el banco una cuenta."))
def number(
    code: Code,
    number: Annotated[
        str,
        typer.Argument(metavar=say(en="NUMBER", es="NÚMERO"), help=say(en="Or IBAN, CLABE.", es="O IBAN, CLABE.")),
    ],
) -> None:
    """Record a number by which files name an account."""
    from tequio.banking.account_numbers import ending_of
    from tequio.banking.operations.accounts import add_number

    add_number(code=code, number=number, actor=console.actor(), at=clock.now())
    ending = ending_of(number)
    console.tell(
        Text(
            en=f"Files that name the account …{ending} are of {code}.",
            es=f"Los archivos que nombran la cuenta …{ending} son de {code}.",
        )
    )


@accounts.command("close", help=say(en="Take no more statements.", es="Ya no recibir estados de cuenta."))
def close(
    code: Code, on: Annotated[date, console.day_option("--on", en="From which day.", es="Desde qué día.")]
) -> None:
    """Close an account."""
    from tequio.banking.operations.accounts import close_account

    close_account(code=code, on=on, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{code} is closed from {on}.", es=f"{code} está cerrada desde el {on}."))
