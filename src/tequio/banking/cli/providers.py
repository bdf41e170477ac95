"""`tequio payments providers`: cards and payment services, off unless switched on."""

from pathlib import Path
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

providers = console.new_app(en="Cards and payment services.", es="Tarjetas y servicios de pago.")
Account = Annotated[
    str, typer.Option("--account", metavar=say(en="CODE", es="CLAVE"), help=say(en="Its account.", es="Su cuenta."))
]


@providers.command("list", help=say(en="Which are switched on.", es="Cuáles están encendidos."))
def list_providers(as_json: AsJson = False) -> None:
    """List the providers there are, and where each is switched on."""
    from django.conf import settings
    from django.urls import reverse

    from tequio.banking.models import ProviderAccount
    from tequio.banking.providers import PROVIDERS

    rows = {row.provider: row for row in ProviderAccount.objects.select_related("account").filter(enabled=True)}
    found = [
        {
            "provider": name,
            "on": name in rows,
            "account": rows[name].account.code if name in rows else None,
            "calls": settings.SITE_URL
            + reverse("provider_call", kwargs={"provider": name, "code": rows[name].account.code})
            if name in rows
            else None,
        }
        for name in PROVIDERS
    ]
    if as_json:
        console.write_json(found)
        return
    for row in found:
        state = Text(en=f"on, calls {row['calls']}", es=f"encendido, llama a {row['calls']}")
        off = Text(en="off", es="apagado")
        said = state if row["on"] else off
        console.tell(Text(en=f"{row['provider']}: {said.en}", es=f"{row['provider']}: {said.es}"))


@providers.command("on", help=say(en="Believe a provider's calls.", es="Cree las llamadas de un proveedor."))
def on(
    provider: Annotated[str, typer.Argument(metavar="stripe")],
    account: Account,
    secret: Annotated[
        Path,
        typer.Option(
            "--secret",
            metavar=say(en="FILE", es="ARCHIVO"),
            help=say(en="A file with the signing secret.", es="Un archivo con el secreto de firma."),
        ),
    ],
    pay_link: Annotated[
        str, typer.Option("--pay-link", help=say(en="Where members pay.", es="Dónde pagan las membresías."))
    ] = "",
) -> None:
    """Switch a provider on for an account."""
    from tequio.banking.operations.receiving import switch_on
    from tequio.kernel.errors import Refusal, fault_of

    try:
        text = secret.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = fault_of(error=error) if isinstance(error, OSError) else Text(en="it is no text", es="no es texto")
        raise Refusal(en=f"{secret} cannot be read: {why.en}.", es=f"No se puede leer {secret}: {why.es}.") from error
    switch_on(
        provider=provider, account_code=account, secret=text, pay_link=pay_link, actor=console.actor(), at=clock.now()
    )
    console.tell(Text(en=f"{provider} is on for {account}.", es=f"{provider} está encendido para {account}."))


@providers.command("off", help=say(en="Believe them no more.", es="Ya no las cree."))
def off(account: Account) -> None:
    """Switch an account's provider off and forget its secret."""
    from tequio.banking.operations.receiving import switch_off

    switch_off(account_code=account, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{account} believes no calls.", es=f"{account} no cree ninguna llamada."))
