"""Commands about income that is expected: put down, settled, confirmed, given up."""

from datetime import date
from typing import Annotated

import typer

from tequio.budgets.cli.options import Currency, Number
from tequio.budgets.cli.plans import CenterCode
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import whole_units
from tequio.rules.reasons import Text

income = console.new_app(
    en="Income that is expected: grants, contributions, gifts, drives.",
    es="Ingresos que se esperan: apoyos, aportaciones, donativos, campañas.",
)


@income.command("expect", help=say(en="Put down what is expected.", es="Anota lo que se espera."))
def expect_income(
    center: CenterCode,
    kind: Annotated[str, typer.Option("--kind", metavar="grant|contribution|gift|drive")],
    name: Annotated[str, typer.Option("--name", help=say(en="In English.", es="En inglés."))],
    name_es: Annotated[str, typer.Option("--name-es", help=say(en="In Spanish.", es="En español."))],
    amount: Annotated[int, console.amount_option("--amount", en="How much.", es="Cuánto.")],
    expected_on: Annotated[date, console.day_option("--on", en="When.", es="Cuándo.")],
    likelihood: Annotated[int, typer.Option("--likelihood", help=say(en="Percent.", es="Por ciento."))],
    said_by: Annotated[str, typer.Option("--said-by", help=say(en="Who says so.", es="Quién lo dice."))],
    currency: Annotated[
        str, typer.Option("--currency", help=say(en="None if nobody stated it.", es="Sin ella si nadie la precisó."))
    ] = "",
    account: Annotated[str, typer.Option("--account")] = "income-grants",
    fund: Annotated[str, typer.Option("--fund", help=say(en="For which fund.", es="Para qué fondo."))] = "general",
) -> None:
    """Put down a grant, a contribution, a gift or a drive that is expected."""
    from tequio.budgets.models import ExpectedKind
    from tequio.budgets.operations.expecting import Promise, expect
    from tequio.centers.queries import center_by_code

    if kind not in list(ExpectedKind):
        raise typer.BadParameter("grant, contribution, gift, drive")
    row = expect(
        center=center_by_code(code=center),
        promise=Promise(
            kind=ExpectedKind(kind),
            name=Text(en=name, es=name_es),
            amount=amount,
            currency=currency,
            likelihood=likelihood,
            expected_on=expected_on,
            said_by=said_by,
            account=account,
            fund=fund,
        ),
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"Expected income {row.pk}.", es=f"Ingreso esperado {row.pk}."))


@income.command("list", help=say(en="What is expected.", es="Lo que se espera."))
def list_income(center: CenterCode, as_json: AsJson = False) -> None:
    """List a center's expected income, the soonest first."""
    from tequio.budgets.queries.expected import expected_of
    from tequio.centers.queries import center_by_code

    rows = expected_of(center=center_by_code(code=center))
    if as_json:
        console.write_json(
            [
                {
                    "number": row.row.pk,
                    "kind": row.row.kind,
                    "name": row.name.as_dict(),
                    "amount": whole_units(minor=row.row.amount),
                    "currency": row.row.currency or None,
                    "likelihood": row.row.likelihood,
                    "expected_on": row.row.expected_on,
                    "fund": row.row.fund.code,
                    "state": row.row.state,
                    "received": whole_units(minor=row.received),
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        console.tell(
            Text(
                en=f"{row.row.pk}: {row.name.en}, {row.amount.en}, {row.row.likelihood} %, {row.state.en}",
                es=f"{row.row.pk}: {row.name.es}, {row.amount.es}, {row.row.likelihood} %, {row.state.es}",
            )
        )


@income.command("settle", help=say(en="Say in which currency.", es="Precisa la moneda."))
def settle(number: Number, currency: Currency) -> None:
    """Say in which currency expected income comes."""
    from tequio.budgets.operations.expecting import settle_currency

    settle_currency(expected_pk=number, currency=currency, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{number}: {currency}.", es=f"{number}: {currency}."))


@income.command("confirm", help=say(en="It is confirmed.", es="Está confirmado."))
def confirm_income(number: Number) -> None:
    """Say that expected income is confirmed."""
    from tequio.budgets.operations.expecting import confirm

    confirm(expected_pk=number, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{number}: confirmed.", es=f"{number}: confirmado."))


@income.command("lost", help=say(en="It will not come.", es="No va a llegar."))
def lost(number: Number, on: Annotated[date, console.day_option("--on", en="Since.", es="Desde.")]) -> None:
    """Say that expected income will not come."""
    from tequio.budgets.operations.expecting import give_up

    give_up(expected_pk=number, on=on, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{number}: lost.", es=f"{number}: perdido."))
