"""Commands about expenses and income that is not dues: entering, approving, posting, taking back, receipts."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.budgets.cli.options import Currency, DecisionCode, Number, Reason, decision_named
from tequio.budgets.cli.plans import CenterCode
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

bookings = console.new_app(en="Expenses, and income that is not dues.", es="Gastos, e ingresos que no son cuotas.")


@bookings.command("add", help=say(en="Enter one, and post it.", es="Registra uno, y lo asienta."))
def add_booking(
    center: CenterCode,
    side: Annotated[str, typer.Option("--side", metavar="expense|income")],
    account: Annotated[str, typer.Option("--account", help=say(en="Like expense-racks.", es="Como expense-racks."))],
    what: Annotated[str, typer.Option("--what", help=say(en="In a few words.", es="En pocas palabras."))],
    amount: Annotated[int | None, console.amount_option("--amount", en="How much.", es="Cuánto.")] = None,
    on: Annotated[date | None, console.day_option("--on", en="When (today).", es="Cuándo (hoy).")] = None,
    fund: Annotated[str, typer.Option("--fund", help=say(en="Of which fund.", es="De qué fondo."))] = "general",
    with_whom: Annotated[str, typer.Option("--with", help=say(en="With whom.", es="Con quién."))] = "",
    method: Annotated[str, typer.Option("--method", metavar="bank|cash")] = "bank",
    committed: Annotated[
        bool, typer.Option("--committed", help=say(en="Agreed to, not yet paid.", es="Comprometido, sin pagar."))
    ] = False,
    draft: Annotated[bool, typer.Option("--draft", help=say(en="Do not post it yet.", es="Sin asentar aún."))] = False,
    expected: Annotated[
        int | None,
        typer.Option("--expected", help=say(en="Of which expected income.", es="De qué esperado."), show_default=False),
    ] = None,
    came: Annotated[
        int | None, console.amount_option("--came", en="How much of another currency.", es="Cuánto de otra moneda.")
    ] = None,
    currency: Currency = "",
    rate: Annotated[str, typer.Option("--rate", help=say(en="At which rate.", es="A qué tipo de cambio."))] = "",
    rate_on: Annotated[date | None, console.day_option("--rate-on", en="Of which day.", es="De qué día.")] = None,
    decision: DecisionCode = None,
    as_json: AsJson = False,
) -> None:
    """Enter an expense or other income; it is posted unless it is committed, a draft, or needs a second person."""
    from tequio.budgets.operations.booking import Came, What, enter, submit
    from tequio.centers.queries import center_by_code
    from tequio.rules.budget import Side

    if side not in list(Side):
        raise typer.BadParameter(say(en="Write expense or income.", es="Escriba expense o income."))
    found = center_by_code(code=center)
    actor, at = console.actor(), clock.now()
    today = clock.today(zone=found.zone)
    given = What(
        side=Side(side),
        on=on or today,
        account=account,
        what=what,
        amount=amount,
        fund=fund,
        with_whom=with_whom,
        method=method,
        committed=committed,
        expected_pk=expected,
        came=None if came is None else Came(amount=came, currency=currency, rate=rate, rate_on=rate_on or on or today),
    )
    row = enter(center=found, what=given, by=None, actor=actor, at=at)
    if not committed and not draft:
        row = submit(booking_pk=row.pk, decision=decision_named(decision), actor=actor, at=at)
    _tell_booking(row, as_json=as_json)


def _tell_booking(row: Any, *, as_json: bool) -> None:
    from tequio.budgets.operations.booking import STATE_WORDS

    if as_json:
        console.write_json(_booking_json(row))
        return
    amount = printed(minor=row.amount, currency=row.center.currency)
    word = STATE_WORDS[row.state]
    console.tell(
        Text(en=f"{row.pk}: {row.what}, {amount}, {row.state}.", es=f"{row.pk}: {row.what}, {amount}, {word}.")
    )


def _booking_json(row: Any) -> dict[str, Any]:
    return {
        "number": row.pk,
        "side": str(row.side),
        "on": row.on,
        "account": row.account.role,
        "fund": row.fund.code,
        "amount": whole_units(minor=row.amount),
        "currency": row.center.currency,
        "what": row.what,
        "state": str(row.state),
        "entry": row.entry_id,
    }


@bookings.command("list", help=say(en="Expenses and other income.", es="Gastos y otros ingresos."))
def list_bookings(
    center: CenterCode,
    state: Annotated[str, typer.Option("--state", help=say(en="Only these.", es="Solo estos."))] = "",
    as_json: AsJson = False,
) -> None:
    """List a center's bookings, the newest first."""
    from tequio.budgets.queries.bookings import bookings_of
    from tequio.centers.queries import center_by_code

    rows = bookings_of(center=center_by_code(code=center), state=state)
    if as_json:
        console.write_json([_booking_json(row) for row in rows])
        return
    for row in rows:
        _tell_booking(row, as_json=False)


@bookings.command("post", help=say(en="Post what was entered.", es="Asienta lo registrado."))
def post_booking(number: Number, decision: DecisionCode = None) -> None:
    """Post a draft or what was committed; above the limit it waits for a second person."""
    from tequio.budgets.operations.booking import submit

    row = submit(booking_pk=number, decision=decision_named(decision), actor=console.actor(), at=clock.now())
    _tell_booking(row, as_json=False)


@bookings.command("approve", help=say(en="Approve as the second person.", es="Aprueba como segunda persona."))
def approve_booking(number: Number) -> None:
    """Approve what waits, as somebody who did not enter it."""
    from tequio.budgets.operations.booking import approve

    _tell_booking(approve(booking_pk=number, by=None, actor=console.actor(), at=clock.now()), as_json=False)


@bookings.command("drop", help=say(en="Throw away what was not posted.", es="Descarta lo que no se asentó."))
def drop_booking(number: Number, reason: Reason) -> None:
    """Throw away a draft or what was committed or waits."""
    from tequio.budgets.operations.booking import drop

    row = drop(booking_pk=number, reason=reason, actor=console.actor(), at=clock.now())
    _tell_booking(row, as_json=False)


@bookings.command("reverse", help=say(en="Take a posted one back.", es="Revierte uno asentado."))
def reverse_booking(
    number: Number,
    reason: Reason,
    on: Annotated[date, console.day_option("--on", en="On which day.", es="En qué día.")],
) -> None:
    """Take a posted booking back by an entry with the signs turned."""
    from tequio.budgets.operations.booking import reverse

    row = reverse(booking_pk=number, on=on, reason=reason, actor=console.actor(), at=clock.now())
    _tell_booking(row, as_json=False)


@bookings.command("receipt", help=say(en="Add a receipt.", es="Agrega un comprobante."))
def add_receipt(
    number: Number, file: Annotated[Path, console.file_argument(en="PDF or picture.", es="PDF o imagen.")]
) -> None:
    """Keep a receipt beside its booking, encrypted."""
    from tequio.budgets.operations.receipts import add_receipt as keep
    from tequio.members.intake.files import opened_file

    with opened_file(path=file) as opened:
        receipt = keep(booking_pk=number, name=file.name, file=opened, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Kept: {receipt.name}.", es=f"Guardado: {receipt.name}."))
