"""`tequio payments` and `tequio invoices`: money in, and what it is asked for."""

from datetime import date
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text, long_date

payments = console.new_app(en="Money from members.", es="Dinero de las membresías.")
invoices = console.new_app(
    en="Invoices, and why they ask what they ask.", es="Avisos de cuota, y por qué piden lo que piden."
)

METHODS = ("cash", "check", "transfer", "card", "other")
PaymentNumber = Annotated[str, typer.Argument(metavar=say(en="PAYMENT", es="PAGO"))]
InvoiceNumber = Annotated[str, typer.Argument(metavar=say(en="NUMBER", es="NÚMERO"))]
Amount = Annotated[
    int, console.amount_option("--amount", en="How much, like 200 or 1234.50.", es="Cuánto, como 200 o 1234.50.")
]
Reason = Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))]


def _method(value: str) -> str:
    if value not in METHODS:
        raise typer.BadParameter(say(en=f"Use one of: {', '.join(METHODS)}.", es=f"Use uno de: {', '.join(METHODS)}."))
    return value


Method = Annotated[str, typer.Option("--method", callback=_method, metavar="|".join(METHODS))]


@payments.command("add", help=say(en="Enter a payment.", es="Registra un pago."))
def add(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="From whom.", es="De quién."))],
    amount: Amount,
    currency: Annotated[str, typer.Option("--currency", metavar="USD|MXN")],
    on: Annotated[date, console.day_option("--on", en="When the money came.", es="Cuándo llegó el dinero.")],
    method: Method,
    note: Annotated[str, typer.Option("--note", help=say(en="In a few words.", es="En pocas palabras."))] = "",
    key: Annotated[
        str,
        typer.Option(
            "--key",
            help=say(
                en="A key of your own; the same key again enters nothing twice.",
                es="Una clave propia; la misma clave otra vez no registra nada dos veces.",
            ),
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Enter a payment: it settles the oldest charges first, the rest is credit."""
    from tequio.dues.operations.paying import add_payment
    from tequio.dues.queries import payment_shares

    payment = add_payment(
        code=member,
        amount=amount,
        currency=currency.upper(),
        on=on,
        method=method,
        note=note,
        once_key=key,
        actor=console.actor(),
        at=clock.now(),
    )
    shares = payment_shares(payment=payment)
    if as_json:
        console.write_json(
            {
                "payment": payment.number,
                "member": member,
                "amount": whole_units(minor=payment.amount),
                "currency": payment.currency,
                "on": payment.on,
                "settled": [
                    {"invoice": s.invoice, "amount": whole_units(minor=s.amount), "rest": whole_units(minor=s.rest)}
                    for s in shares
                ],
                "credit": whole_units(minor=payment.unused),
            }
        )
        return
    amount_text = printed(minor=payment.amount, currency=payment.currency)
    console.tell(
        Text(en=f"{payment.number}: {amount_text} from {member}.", es=f"{payment.number}: {amount_text} de {member}.")
    )
    for share in shares:
        paid = printed(minor=share.amount, currency=payment.currency)
        rest = printed(minor=share.rest, currency=payment.currency)
        console.tell(Text(en=f"  {share.invoice}: {paid}, left {rest}", es=f"  {share.invoice}: {paid}, resta {rest}"))
    if payment.unused:
        credit = printed(minor=payment.unused, currency=payment.currency)
        console.tell(
            Text(en=f"  credit for the next invoice: {credit}", es=f"  a favor para el próximo aviso: {credit}")
        )


@payments.command("refund", help=say(en="Give money of a payment back.", es="Devuelve dinero de un pago."))
def refund(
    number: PaymentNumber,
    amount: Amount,
    on: Annotated[date, console.day_option("--on", en="When it was given back.", es="Cuándo se devolvió.")],
    method: Method,
    reason: Reason,
) -> None:
    """Give money of a payment back."""
    from tequio.dues.operations.paying import refund_payment

    row = refund_payment(
        number=number.upper(), amount=amount, on=on, method=method, reason=reason, actor=console.actor(), at=clock.now()
    )
    back = printed(minor=row.amount, currency=row.payment.currency)
    console.tell(Text(en=f"{back} of {number} given back.", es=f"Se devolvió {back} de {number}."))


@payments.command(
    "void", help=say(en="Take back a payment entered by mistake.", es="Anula un pago registrado por error.")
)
def void(number: PaymentNumber, reason: Reason) -> None:
    """Void a payment."""
    from tequio.dues.operations.paying import void_payment

    void_payment(number=number.upper(), reason=reason, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{number} is voided.", es=f"{number} quedó anulado."))


@payments.command("list", help=say(en="The payments of a member.", es="Los pagos de una membresía."))
def list_payments(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="Whose.", es="De quién."))],
    as_json: AsJson = False,
) -> None:
    """List the payments of a member."""
    from tequio.dues.queries import payments_of

    rows = payments_of(code=member)
    if as_json:
        console.write_json(
            [
                {
                    "payment": p.number,
                    "on": p.on,
                    "amount": whole_units(minor=p.amount),
                    "currency": p.currency,
                    "method": p.method,
                    "credit": whole_units(minor=p.unused),
                    "voided_on": p.voided_on,
                }
                for p in rows
            ]
        )
        return
    for p in rows:
        amount = printed(minor=p.amount, currency=p.currency)
        voided = Text(en="  voided", es="  anulado") if p.voided_on else Text(en="", es="")
        console.tell(Text(en=f"{p.number}  {p.on}  {amount}{voided.en}", es=f"{p.number}  {p.on}  {amount}{voided.es}"))


@invoices.command("show", help=say(en="An invoice, and what is left of it.", es="Un aviso de cuota, y lo que resta."))
def show(number: InvoiceNumber, as_json: AsJson = False) -> None:
    """Show an invoice."""
    from tequio.dues.queries import invoice_by_number, invoice_credits, references_of, why_lines

    invoice = invoice_by_number(number=number)
    reference, short = references_of(invoice=invoice)
    lines = why_lines(invoice=invoice)
    paid = invoice_credits(invoice=invoice)
    if as_json:
        console.write_json(
            {
                "number": invoice.number,
                "kind": invoice.kind,
                "member": invoice.member.code,
                "center": invoice.center.code,
                "language": invoice.language,
                "invoiced_on": invoice.invoiced_on,
                "due_on": invoice.due_on,
                "period": [invoice.period_start, invoice.period_end],
                "currency": invoice.currency,
                "lines": [{"part": x.part, "amount": whole_units(minor=x.amount), **x.name.as_dict()} for x in lines],
                "total": whole_units(minor=invoice.total),
                "paid": [{"on": p.on, "amount": whole_units(minor=p.amount), "by": p.by} for p in paid],
                "rest": whole_units(minor=invoice.rest),
                "settled_on": invoice.settled_on,
                "cancelled_on": invoice.cancelled_on,
                "reference": reference,
                "short_reference": short,
            }
        )
        return
    language = console.language()
    console.tell(
        Text(
            en=f"Invoice {invoice.number} for {invoice.member.name} ({invoice.member.code})",
            es=f"Aviso de cuota {invoice.number} para {invoice.member.name} ({invoice.member.code})",
        )
    )
    start, end, due = (
        long_date(day=d, language=language) for d in (invoice.period_start, invoice.period_end, invoice.due_on)
    )
    console.tell(Text(en=f"for {start} to {end}, due on {due}", es=f"del {start} al {end}, vence el {due}"))
    for line in lines:
        console.tell(
            Text(
                en=f"  {line.name.en}: {printed(minor=line.amount, currency=invoice.currency)}",
                es=f"  {line.name.es}: {printed(minor=line.amount, currency=invoice.currency)}",
            )
        )
    for credit in paid:
        amount = printed(minor=credit.amount, currency=invoice.currency)
        console.tell(Text(en=f"  {credit.on} {credit.by}: -{amount}", es=f"  {credit.on} {credit.by}: -{amount}"))
    rest = printed(minor=invoice.rest, currency=invoice.currency)
    console.tell(Text(en=f"left to pay: {rest}", es=f"resta por pagar: {rest}"))
    if invoice.cancelled_on:
        console.tell(Text(en=f"cancelled on {invoice.cancelled_on}", es=f"cancelado el {invoice.cancelled_on}"))
    console.tell(Text(en=f"reference: {reference}", es=f"referencia: {reference}"))
    if short:
        console.tell(Text(en=f"reference for transfers: {short}", es=f"referencia para transferencia: {short}"))


@invoices.command("why", help=say(en="Why an invoice asks what it asks.", es="Por qué un aviso pide lo que pide."))
def why(number: InvoiceNumber, as_json: AsJson = False) -> None:
    """Walk from each line to its rate, policy, decision and source."""
    from tequio.dues.queries import invoice_by_number, why_lines

    invoice = invoice_by_number(number=number)
    lines = why_lines(invoice=invoice)
    if as_json:
        console.write_json({"number": invoice.number, "lines": [_why_json(x) for x in lines]})
        return
    for line in lines:
        amount = printed(minor=line.amount, currency=invoice.currency)
        console.tell(Text(en=f"{line.name.en}: {amount}", es=f"{line.name.es}: {amount}"))
        if line.tariff is not None and line.policy_title and line.decision_title:
            table = printed(minor=line.tariff, currency=invoice.currency)
            guess = Text(en=" (an assumed figure)", es=" (cifra supuesta)") if line.assumed else Text(en="", es="")
            console.tell(
                Text(
                    en=f"  the table says {table}{guess.en}: {line.policy_title.en}, in force from {line.valid_from}",
                    es=f"  la tabla dice {table}{guess.es}: {line.policy_title.es}, vigente desde el {line.valid_from}",
                )
            )
            if line.share is not None:
                percent = f"{line.share / 100:g} %"
                console.tell(
                    Text(
                        en=f"  this member's own rate is {percent} of it ({line.rate_reason})",
                        es=f"  la cuota propia de esta membresía es {percent} de eso ({line.rate_reason})",
                    )
                )
            console.tell(
                Text(
                    en=f"  decided on {line.decided_on}: {line.decision_title.en}",
                    es=f"  acordado el {line.decided_on}: {line.decision_title.es}",
                )
            )
        console.tell(Text(en=f"  source: {line.source.en}", es=f"  fuente: {line.source.es}"))


def _why_json(line: Any) -> dict[str, Any]:
    return {
        "part": line.part,
        "name": line.name.as_dict(),
        "amount": whole_units(minor=line.amount),
        "rate": whole_units(minor=line.tariff) if line.tariff is not None else None,
        "own_rate_percent": line.share / 100 if line.share is not None else None,
        "own_rate_kind": line.rate_kind,
        "own_rate_reason": line.rate_reason,
        "income_band": line.band,
        "assumed": line.assumed,
        "policy": line.policy,
        "policy_title": line.policy_title.as_dict() if line.policy_title else None,
        "valid_from": line.valid_from,
        "decision": line.decision,
        "decision_title": line.decision_title.as_dict() if line.decision_title else None,
        "decided_on": line.decided_on,
        "source": line.source.as_dict(),
    }


@invoices.command("list", help=say(en="The invoices of a member.", es="Los avisos de una membresía."))
def list_invoices(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="Whose.", es="De quién."))],
    as_json: AsJson = False,
) -> None:
    """List the invoices of a member, cancelled ones included."""
    from tequio.dues.queries import invoices_of

    rows = invoices_of(code=member)
    if as_json:
        console.write_json(
            [
                {
                    "number": i.number,
                    "kind": i.kind,
                    "period_start": i.period_start,
                    "due_on": i.due_on,
                    "total": whole_units(minor=i.total),
                    "rest": whole_units(minor=i.rest),
                    "currency": i.currency,
                    "cancelled_on": i.cancelled_on,
                }
                for i in rows
            ]
        )
        return
    for i in rows:
        total, rest = printed(minor=i.total, currency=i.currency), printed(minor=i.rest, currency=i.currency)
        state = Text(en="cancelled", es="cancelado") if i.cancelled_on else Text(en=f"left {rest}", es=f"resta {rest}")
        console.tell(
            Text(
                en=f"{i.number}  due {i.due_on}  {total}  {state.en}",
                es=f"{i.number}  vence {i.due_on}  {total}  {state.es}",
            )
        )


@invoices.command("write-off", help=say(en="Stop asking for the rest.", es="Condona el resto."))
def write_off(
    number: InvoiceNumber,
    on: Annotated[date, console.day_option("--on", en="From which day.", es="Desde qué día.")],
    reason: Reason,
    amount: Annotated[
        int | None, console.amount_option("--amount", en="Only part of it.", es="Solo una parte.")
    ] = None,
) -> None:
    """Write off the rest of an invoice, or part of it."""
    from tequio.dues.operations.paying import write_off as operation

    row = operation(number=number.upper(), on=on, reason=reason, amount=amount, actor=console.actor(), at=clock.now())
    let_go = printed(minor=row.amount, currency=row.invoice.currency)
    console.tell(Text(en=f"{let_go} of {number} written off.", es=f"Se condonó {let_go} de {number}."))


@invoices.command("cancel", help=say(en="Cancel one made by mistake.", es="Cancela uno hecho por error."))
def cancel(number: InvoiceNumber, reason: Reason) -> None:
    """Cancel an invoice."""
    from tequio.dues.operations.undoing import cancel_invoice

    cancel_invoice(number=number.upper(), reason=reason, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{number} is cancelled.", es=f"{number} quedó cancelado."))
