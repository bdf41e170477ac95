"""The command by which a person signs in for a member. Stands beside `people`, which knows no members."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import say
from tequio.rules.reasons import Text


def access(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help=say(en="The address.", es="El correo."))],
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="Its id.", es="Su id."))],
    remove: Annotated[bool, typer.Option("--remove", help=say(en="Take it away.", es="Quita el acceso."))] = False,
) -> None:
    """Let a person sign in for a member, or no longer."""
    from tequio.accounts.queries import user_by_email
    from tequio.members.operations import give_access, take_access
    from tequio.members.queries import member_by_code

    user, found = user_by_email(email=email), member_by_code(code=member)
    change = take_access if remove else give_access
    changed = change(user=user, member=found, actor=console.actor(), at=clock.now())
    if not changed:
        console.tell(Text(en="It was so already.", es="Ya era así."))
    elif remove:
        console.tell(
            Text(
                en=f"{user.email} no longer signs in for {found.name}.",
                es=f"{user.email} ya no entra por {found.name}.",
            )
        )
    else:
        console.tell(Text(en=f"{user.email} signs in for {found.name}.", es=f"{user.email} entra por {found.name}."))
