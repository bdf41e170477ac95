"""`tequio invoices pdf`, `invoices print` and `payments receipt`: paper into files."""

from pathlib import Path
from typing import Annotated

import typer

from tequio.kernel import console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal, fault_of
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar=say(en="FILE", es="ARCHIVO"),
        help=say(en="Where to write the PDF.", es="Dónde escribir el PDF."),
        show_default=False,
    ),
]


def attach(*, invoices: typer.Typer, payments: typer.Typer) -> None:
    """Add the commands to those of invoices and of payments."""
    invoices.command("pdf", help=say(en="Invoices on paper, as PDF.", es="Avisos de cuota en papel, como PDF."))(pdf)
    invoices.command("print", help=say(en="All invoices of a run.", es="Todos los avisos de una corrida."))(print_run)
    payments.command("year", help=say(en="A member's year.", es="El año de una membresía."))(year)
    payments.command("receipt", help=say(en="A receipt, as PDF.", es="Un recibo, como PDF."))(receipt)


def pdf(numbers: Annotated[list[str], typer.Argument(metavar=say(en="NUMBER", es="NÚMERO"))], out: Out) -> None:
    """Write the PDF of one or more invoices, each on its own page."""
    from tequio.dues.paper import batch_pdf

    _write(content=batch_pdf(numbers=numbers), path=out)
    _tell(pages=len(numbers), path=out)


def year(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="Whose.", es="De quién."))],
    year: Annotated[int, typer.Option("--year", help=say(en="The calendar year.", es="El año natural."))],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=say(en="FILE", es="ARCHIVO"), help=say(en="As PDF.", es="Como PDF.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a member paid in a year: the gift and what it received in return, apart."""
    from tequio.dues.paper import yearly_pdf
    from tequio.dues.yearly import member_year
    from tequio.kernel import clock

    found = member_year(code=member, year=year)
    if out is not None:
        _write(content=yearly_pdf(code=member, year=year, on=clock.today(zone=found.member.center.zone)), path=out)
    parts = found.parts
    figures = {
        "received": found.kept,
        "in_return": parts.in_return,
        "gift": parts.gift,
        "membership": parts.membership,
        "above_the_table": parts.above,
        "earlier_years": parts.earlier,
        "credit": parts.credit,
    }
    if as_json:
        payments = [{"payment": p.number, "on": p.on, "amount": whole_units(minor=p.amount)} for p in found.payments]
        whole = {name: whole_units(minor=minor) for name, minor in figures.items()}
        console.write_json(
            {"member": found.member.code, "year": year, "currency": found.currency, "payments": payments, **whole}
        )
        return
    names = {
        "received": Text(en="received", es="recibido"),
        "in_return": Text(en="received in return (operations and support)", es="recibido en servicios"),
        "gift": Text(en="given", es="aportado"),
        "earlier_years": Text(en="dues of earlier years", es="cuotas de años anteriores"),
        "credit": Text(en="credit not used yet", es="saldo a favor sin usar"),
    }
    for name, text in names.items():
        amount = printed(minor=figures[name], currency=found.currency)
        console.tell(Text(en=f"{text.en}: {amount}", es=f"{text.es}: {amount}"))


def receipt(number: Annotated[str, typer.Argument(metavar=say(en="PAYMENT", es="PAGO"))], out: Out) -> None:
    """Write the PDF of a payment's receipt."""
    from tequio.dues.paper import receipt_pdf

    _write(content=receipt_pdf(number=number), path=out)
    console.tell(Text(en=f"Receipt {number} is in {out}.", es=f"El recibo {number} está en {out}."))


def print_run(
    run: Annotated[int, typer.Option("--run", metavar="ID", help=say(en="Which run.", es="Cuál corrida."))], out: Out
) -> None:
    """Write the invoices of a run that still stand, in one file, or in several where one would be too large."""
    from tequio.dues.paper import MOST_IN_ONE_FILE, batch_pdf
    from tequio.dues.paper.facts import standing_numbers

    numbers = standing_numbers(run_pk=run)
    with console.progress(label=Text(en="Typesetting", es="Formando páginas"), total=len(numbers)) as moved:
        for part, begin in enumerate(range(0, len(numbers), MOST_IN_ONE_FILE), start=1):
            some = numbers[begin : begin + MOST_IN_ONE_FILE]
            whole = len(numbers) <= MOST_IN_ONE_FILE
            path = out if whole else out.with_name(f"{out.stem}-{part:02d}{out.suffix}")
            _write(content=batch_pdf(numbers=some), path=path)
            moved(begin + len(some))
            _tell(pages=len(some), path=path)


def _tell(*, pages: int, path: Path) -> None:
    console.tell(
        Text(en=f"1 invoice is in {path}.", es=f"1 aviso está en {path}.")
        if pages == 1
        else Text(en=f"{pages} invoices are in {path}.", es=f"{pages} avisos están en {path}.")
    )


def _write(*, content: bytes, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(
            en=f"{path} cannot be written: {why.en}.", es=f"No se puede escribir {path}: {why.es}."
        ) from error
