"""`tequio invoices link`."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text


def link(
    number: Annotated[str, typer.Argument(metavar=say(en="NUMBER", es="NÚMERO"))],
    revoke: Annotated[
        bool, typer.Option("--revoke", help=say(en="It opens nothing any more.", es="Ya no abre nada."))
    ] = False,
    renew: Annotated[
        bool,
        typer.Option("--renew", help=say(en="A new one; the old is worthless.", es="Uno nuevo; el viejo no sirve.")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show, revoke or renew the link by which an invoice is seen and paid without an account."""
    from tequio.dues.queries import invoice_by_number
    from tequio.paylink.links import link_of
    from tequio.paylink.operations.managing import renew_link, revoke_link

    number = number.upper()
    if revoke:
        found = revoke_link(number=number, actor=console.actor(), at=clock.now())
    elif renew:
        found = renew_link(number=number, actor=console.actor(), at=clock.now())
    else:
        found = link_of(invoice=invoice_by_number(number=number))
    opens = found.opens(on=clock.today(zone=found.invoice.center.zone))
    if as_json:
        console.write_json({"invoice": number, "url": found.url, "opens": opens, "expires_on": found.expires_on})
    elif opens:
        console.tell(Text(en=found.url, es=found.url))
    else:
        console.tell(Text(en=f"The link of {number} opens nothing.", es=f"El enlace de {number} no abre nada."))
