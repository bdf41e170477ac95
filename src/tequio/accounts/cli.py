"""Commands about people: who signs in, and with which role."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

app = console.new_app(en="People who sign in, and their roles.", es="Personas que entran, y sus funciones.")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help=say(en="The address.", es="El correo."))]
RoleName = Annotated[str, typer.Option("--role", metavar="administrator|treasurer|auditor")]
CenterCode = Annotated[
    str | None, typer.Option("--center", metavar="us|mx", help=say(en="A treasurer's.", es="El de la tesorería."))
]


@app.command(help=say(en="Open an account for a person.", es="Abre una cuenta para una persona."))
def add(
    email: Email,
    name: Annotated[str, typer.Option("--name", help=say(en="Its name.", es="Su nombre."))],
    language: Annotated[str, typer.Option("--language", metavar="en|es")] = "en",
) -> None:
    """Open an account; the person signs in by a code sent to the address."""
    from tequio.accounts.operations import add_person

    user = add_person(email=email, name=name, language=language, actor=console.actor(), at=clock.now())
    console.tell(
        Text(
            en=f"{user.email} can sign in with a code sent to that address.",
            es=f"{user.email} puede entrar con un código que le llega a ese correo.",
        )
    )


@app.command(help=say(en="Give a person a role.", es="Da una función a una persona."))
def grant(email: Email, role: RoleName, center: CenterCode = None) -> None:
    """Give a role."""
    from tequio.accounts.operations import grant_role
    from tequio.accounts.queries import user_by_email
    from tequio.centers.queries import center_by_code

    there = center_by_code(code=center) if center else None
    grant_role(user=user_by_email(email=email), role=role, center=there, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Done.", es="Hecho."))


@app.command(help=say(en="Take a role from a person.", es="Quita una función a una persona."))
def revoke(email: Email, role: RoleName, center: CenterCode = None) -> None:
    """Take a role."""
    from tequio.accounts.operations import take_role
    from tequio.accounts.queries import user_by_email
    from tequio.centers.queries import center_by_code

    there = center_by_code(code=center) if center else None
    take_role(user=user_by_email(email=email), role=role, center=there, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Done.", es="Hecho."))


@app.command("list", help=say(en="Everybody who signs in.", es="Todas las personas que entran."))
def everybody(as_json: AsJson = False) -> None:
    """List the accounts."""
    from tequio.accounts.queries import people

    rows = people()
    if as_json:
        console.write_json(
            [
                {"name": row.name, "email": row.email, "active": row.is_active, "roles": row.roles, "safe": row.safe}
                for row in rows
            ]
        )
        return
    for row in rows:
        roles = ", ".join(role + (f" {center}" if center else "") for role, center in row.roles)
        console.tell(Text(en=f"{row.email}  {row.name}  {roles}", es=f"{row.email}  {row.name}  {roles}"))
