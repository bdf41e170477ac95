"""Commands about money between the centers, and about money with one purpose."""

from datetime import date
from typing import Annotated

import typer

from tequio.budgets.cli.options import Number
from tequio.budgets.cli.plans import CenterCode
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

transfers = console.new_app(en="Money between the centers.", es="Dinero entre los centros.")
funds = console.new_app(en="Money with one purpose.", es="Dinero con un solo fin.")


@transfers.command("send", help=say(en="Send money to the other center.", es="Envía dinero al otro centro."))
def send_money(
    sender: Annotated[str, typer.Option("--from", metavar="us|mx")],
    receiver: Annotated[str, typer.Option("--to", metavar="us|mx")],
    amount: Annotated[int, console.amount_option("--amount", en="How much is sent.", es="Cuánto se envía.")],
    rate: Annotated[str, typer.Option("--rate", help=say(en="At which rate.", es="A qué tipo de cambio."))],
    rate_on: Annotated[date, console.day_option("--rate-on", en="Of which day.", es="De qué día.")],
    rate_source: Annotated[str, typer.Option("--rate-source", help=say(en="Where it is from.", es="De dónde sale."))],
    on: Annotated[date, console.day_option("--on", en="When.", es="Cuándo.")],
) -> None:
    """Book money out of one center's bank, on its way to the other."""
    from tequio.budgets.operations.transferring import send
    from tequio.centers.queries import center_by_code

    made = send(
        sender=center_by_code(code=sender),
        receiver=center_by_code(code=receiver),
        sent_on=on,
        amount=amount,
        rate=rate,
        rate_on=rate_on,
        rate_source=rate_source,
        actor=console.actor(),
        at=clock.now(),
    )
    due = printed(minor=made.due, currency=made.receiver.currency)
    console.tell(Text(en=f"Transfer {made.pk}: {due} on its way.", es=f"Transferencia {made.pk}: {due} en camino."))


@transfers.command("receive", help=say(en="It arrived.", es="Llegó."))
def receive_money(
    number: Number,
    amount: Annotated[int, console.amount_option("--amount", en="How much arrived.", es="Cuánto llegó.")],
    on: Annotated[date, console.day_option("--on", en="When.", es="Cuándo.")],
) -> None:
    """Book what arrived from the other center."""
    from tequio.budgets.operations.transferring import receive

    receive(transfer_pk=number, received_on=on, amount=amount, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{number}: arrived.", es=f"{number}: llegó."))


@transfers.command("list", help=say(en="Money between the centers.", es="Dinero entre los centros."))
def list_transfers(as_json: AsJson = False) -> None:
    """List the transfers, the newest first."""
    from tequio.budgets.queries.bookings import transfers_listed

    rows = transfers_listed()
    if as_json:
        console.write_json(
            [
                {
                    "number": row.pk,
                    "from": row.sender.code,
                    "to": row.receiver.code,
                    "sent_on": row.sent_on,
                    "sent": whole_units(minor=row.sent),
                    "currency": row.sender.currency,
                    "rate": row.rate,
                    "rate_on": row.rate_on,
                    "due": whole_units(minor=row.due),
                    "received_on": row.received_on,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        sent = printed(minor=row.sent, currency=row.sender.currency)
        console.tell(
            Text(
                en=f"{row.pk}: {row.sender.code} → {row.receiver.code}, {sent} at {row.rate}, "
                f"{'arrived' if row.received_on else 'on its way'}",
                es=f"{row.pk}: {row.sender.code} → {row.receiver.code}, {sent} a {row.rate}, "
                f"{'llegó' if row.received_on else 'en camino'}",
            )
        )


@funds.command("open", help=say(en="Keep money apart for one thing.", es="Aparta dinero para una sola cosa."))
def open_a_fund(
    center: CenterCode,
    code: Annotated[str, typer.Option("--code")],
    name: Annotated[str, typer.Option("--name", help=say(en="In English.", es="En inglés."))],
    name_es: Annotated[str, typer.Option("--name-es", help=say(en="In Spanish.", es="En español."))],
) -> None:
    """Open a fund: its money can be spent on one thing only."""
    from tequio.centers.queries import center_by_code
    from tequio.ledger.operations import open_fund

    open_fund(
        center=center_by_code(code=center),
        code=code,
        name=Text(en=name, es=name_es),
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"{center}: fund {code}.", es=f"{center}: fondo {code}."))


@funds.command("list", help=say(en="What each fund has.", es="Lo que tiene cada fondo."))
def list_funds(center: CenterCode, as_json: AsJson = False) -> None:
    """List what each fund of a center has."""
    from tequio.budgets.queries.bookings import funds_of
    from tequio.centers.queries import center_by_code

    found = center_by_code(code=center)
    rows = funds_of(center=found)
    if as_json:
        console.write_json(
            [{"code": row.code, "name": row.name.as_dict(), "balance": whole_units(minor=row.balance)} for row in rows]
        )
        return
    for row in rows:
        has = printed(minor=row.balance, currency=found.currency)
        console.tell(Text(en=f"{row.name.en}: {has}", es=f"{row.name.es}: {has}"))
