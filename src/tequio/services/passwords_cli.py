"""Commands about single accounts: app passwords for devices, and how much an account may hold."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

passwords = console.new_app(en="App passwords, one for each device.", es="Contraseñas de aplicación, por dispositivo.")

Service = Annotated[str, typer.Option("--service", help=say(en="The service.", es="El servicio."))]
Name = Annotated[str, typer.Option("--name", help=say(en="The account's name.", es="El nombre de la cuenta."))]


def _account(*, service: str, name: str) -> int:
    from tequio.services.models import ServiceAccount

    found = ServiceAccount.objects.filter(kind__code=service, name=name.strip().lower()).values_list("pk", flat=True)
    if not found:
        raise Refusal(en=f"There is no {service} {name}.", es=f"No hay {service} {name}.")
    return int(found[0])


@passwords.command("make", help=say(en="Make one; it is shown this once.", es="Crea una; se muestra solo esta vez."))
def make(
    name: Name,
    device: Annotated[str, typer.Option("--device", help=say(en="For which device.", es="Para qué dispositivo."))],
    service: Service = "mailbox",
    protocol: Annotated[
        str,
        typer.Option(
            "--opens", help=say(en="imap, smtp, pop3, web, dav, chat.", es="imap, smtp, pop3, web, dav, chat.")
        ),
    ] = "",
) -> None:
    """Make an app password for a device of an account, and print it: nobody can be shown it again."""
    from tequio.services.operations.passwords import make_password

    made = make_password(
        account_pk=_account(service=service, name=name),
        device=device,
        protocol=protocol,
        actor=console.actor(),
        at=clock.now(),
    )
    console.remark(
        Text(
            en="Shown this once; type it as it stands, with the account as the user name:",
            es="Se muestra solo esta vez; escríbala tal cual, con la cuenta como nombre de usuario:",
        )
    )
    console.tell(Text(en=made.typed, es=made.typed))


@passwords.command("list", help=say(en="Those in use, without the secrets.", es="Las que se usan, sin el secreto."))
def listed(name: Name, service: Service = "mailbox", as_json: AsJson = False) -> None:
    """List the app passwords of an account that are in use."""
    from tequio.services.queries.accounts import passwords_in_use

    rows = passwords_in_use(account_pk=_account(service=service, name=name))
    if as_json:
        console.write_json(
            [{"ident": r.ident, "device": r.device, "opens": r.protocol, "made_at": r.made_at} for r in rows]
        )
        return
    for row in rows:
        opens = row.protocol or "*"
        said = f"{row.ident}: {row.device} ({opens}), {row.made_at:%Y-%m-%d}"
        console.tell(Text(en=said, es=said))


@passwords.command("revoke", help=say(en="Revoke one: it opens nothing more.", es="Revoca una: ya no abre nada."))
def revoke(
    name: Name,
    ident: Annotated[str, typer.Option("--ident", help=say(en="What it begins with.", es="Con qué empieza."))],
    service: Service = "mailbox",
) -> None:
    """Revoke an app password of this account and no other; the sessions it opened end with it."""
    from tequio.services.operations.passwords import revoke_password
    from tequio.services.queries.accounts import passwords_in_use

    pk = _account(service=service, name=name)
    if ident not in {row.ident for row in passwords_in_use(account_pk=pk)}:
        raise Refusal(
            en=f"{name} has none that begins with {ident}.", es=f"{name} no tiene ninguna que empiece con {ident}."
        )
    revoke_password(account_pk=pk, ident=ident, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Revoked.", es="Revocada."))


def quota(
    service: Service = "mailbox",
    name: Annotated[str, typer.Option("--name", help=say(en="Of this account alone.", es="Solo de esta cuenta."))] = "",
    megabytes: Annotated[
        int | None, typer.Option("--megabytes", help=say(en="How much fits.", es="Cuánto cabe."))
    ] = None,
    no_limit: Annotated[
        bool, typer.Option("--no-limit", help=say(en="As much as there is.", es="Cuanto haya."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how much accounts may hold, or set it for a service or one account."""
    from tequio.services.operations.quotas import set_quota
    from tequio.services.queries.quotas import quotas

    if megabytes is not None or no_limit:
        if megabytes is not None and no_limit:
            raise Refusal(en="Either a figure or no limit.", es="O una cifra o sin límite.")
        count = set_quota(service=service, name=name, megabytes=megabytes, actor=console.actor(), at=clock.now())
        console.tell(Text(en=f"Set for {count} accounts.", es=f"Fijado para {count} cuentas."))
        return
    rows = quotas()
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        fits = Text(en="without a limit", es="sin límite")
        if row.megabytes is not None:
            fits = Text(en=f"{row.megabytes} MB", es=f"{row.megabytes} MB")
        of = row.name or row.service
        console.tell(Text(en=f"{of}: {fits.en}", es=f"{of}: {fits.es}"))
