"""Commands about applications that let people in by their account here."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

app = console.new_app(en="Sign-in for applications.", es="Acceso a aplicaciones.")

Code = Annotated[str, typer.Option("--code", help=say(en="Of the application.", es="De la aplicación."))]


@app.command("list", help=say(en="Applications.", es="Aplicaciones."))
def list_applications(as_json: AsJson = False) -> None:
    """List applications with where they take people back."""
    from tequio.services.models import Application

    rows = list(Application.objects.select_related("client", "kind").order_by("code"))
    if as_json:
        console.write_json(
            [
                {
                    "code": row.code,
                    "service": row.kind.code,
                    "client_id": row.client_id,
                    "addresses": row.client.get_redirect_uris(),
                    "closed_on": row.closed_on,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        said = f"{row.code}: {row.client_id}, {', '.join(row.client.get_redirect_uris())}"
        console.tell(Text(en=said, es=said))


@app.command("register", help=say(en="Register an application.", es="Registra una aplicación."))
def register(
    code: Code,
    service: Annotated[str, typer.Option("--service", help=say(en="Lets in by it.", es="Deja entrar con él."))],
    name_en: Annotated[str, typer.Option("--name-en", help=say(en="Its English name.", es="Su nombre en inglés."))],
    name_es: Annotated[str, typer.Option("--name-es", help=say(en="Its Spanish name.", es="Su nombre en español."))],
    addresses: Annotated[
        list[str], typer.Option("--address", help=say(en="Where it takes people back.", es="A dónde regresa."))
    ],
    public: Annotated[
        bool, typer.Option("--public", help=say(en="It can keep no secret.", es="No puede guardar un secreto."))
    ] = False,
) -> None:
    """Register an application; prints its id and its secret, this once."""
    from tequio.services.operations.applications import register_application
    from tequio.services.operations.opening import kind_by_code

    made = register_application(
        code=code,
        name=Text(en=name_en, es=name_es),
        kind=kind_by_code(code=service),
        addresses=addresses,
        keeps_secret=not public,
        actor=console.actor(),
        at=clock.now(),
    )
    said = f"client_id {made.row.client_id}" + (f"\nclient_secret {made.secret}" if made.secret else "")
    console.tell(Text(en=said, es=said))


@app.command("renew-secret", help=say(en="Give it a new secret.", es="Le da un secreto nuevo."))
def renew(code: Code) -> None:
    """Give an application a new secret, printed this once; the one before and every token end."""
    from tequio.services.operations.applications import renew_secret

    said = f"client_secret {renew_secret(code=code, actor=console.actor(), at=clock.now())}"
    console.tell(Text(en=said, es=said))


@app.command("close", help=say(en="Close it for good.", es="La cierra para siempre."))
def close(code: Code) -> None:
    """Close an application: nobody signs in to it any more, and every token ends."""
    from tequio.services.operations.applications import close_application

    close_application(code=code, on=clock.now().date(), actor=console.actor(), at=clock.now())
    console.tell(Text(en="Closed.", es="Cerrada."))


@app.command("name", help=say(en="Say who signs in by an account.", es="Dice quién entra con una cuenta."))
def name(
    number: Annotated[int, typer.Option("--account", help=say(en="Its number.", es="Su número."))],
    email: Annotated[str, typer.Option("--email", help=say(en="Empty: nobody.", es="Vacío: nadie."))] = "",
) -> None:
    """Say which person of its member signs in to applications by an account."""
    from tequio.accounts.queries import user_by_email
    from tequio.services.operations.applications import name_person

    user = user_by_email(email=email) if email else None
    name_person(account_pk=number, user_pk=user.pk if user else None, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Written down.", es="Anotado."))
