"""Commands about what happens: expenses and other income, receipts, expected income, transfers, funds, closing."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.budgets.cli.plans import CenterCode, Year, app
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

bookings = console.new_app(en="Expenses, and income that is not dues.", es="Gastos, e ingresos que no son cuotas.")
income = console.new_app(
    en="Income that is expected: grants, contributions, gifts, drives.",
    es="Ingresos que se esperan: apoyos, aportaciones, donativos, campañas.",
)
transfers = console.new_app(en="Money between the centers.", es="Dinero entre los centros.")
funds = console.new_app(en="Money with one purpose.", es="Dinero con un solo fin.")

Number = Annotated[int, typer.Argument(metavar="N", help=say(en="Its number.", es="Su número."))]
Reason = Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))]
DecisionCode = Annotated[
    str | None, typer.Option("--decision", help=say(en="By which decision.", es="Por qué acuerdo."), show_default=False)
]
Currency = Annotated[str, typer.Option("--currency", help=say(en="Like USD.", es="Como USD."))]


def _decision(code: str | None) -> Any:
    if code is None:
        return None
    from tequio.budgets.queries.listing import decision_by_code

    return decision_by_code(code=code)


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
        row = submit(booking_pk=row.pk, decision=_decision(decision), actor=actor, at=at)
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

    row = submit(booking_pk=number, decision=_decision(decision), actor=console.actor(), at=clock.now())
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
        decision=_decision(decision),
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
