"""Commands of the services: what there is, what servers report, bringing the one to the other, and what was agreed."""

from datetime import date
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.entitlement import STATE_NAMES, State
from tequio.rules.reasons import Text
from tequio.services.passwords_cli import passwords, quota

app = console.new_app(en="Services that follow standing.", es="Servicios que siguen la situación.")

app.add_typer(passwords, name="passwords")
app.command("quota", help=say(en="How much accounts may hold.", es="Cuánto cabe en las cuentas."))(quota)

MemberId = Annotated[
    str, typer.Option("--member", metavar="ID", help=say(en="The member's id.", es="El id de la membresía."))
]


@app.command(
    help=say(en="Whether all is well: servers, queue, drift.", es="Si todo está bien: servidores, cola, diferencias.")
)
def check(as_json: AsJson = False) -> None:
    """Say how the services are; exits with 1 where something needs a person."""
    from tequio.services.queries.checking import services_state

    state = services_state(at=clock.now())
    if as_json:
        console.write_json(state.as_dict())
    else:
        for connector in state.connectors:
            console.tell(connector.said)
        console.tell(
            Text(
                en=f"{state.accounts} accounts; {state.waiting} changes wait for servers, {state.by_hand} for a hand, "
                f"{state.dead} failed too often.",
                es=f"{state.accounts} cuentas; {state.waiting} cambios esperan a servidores, {state.by_hand} a una "
                f"persona, {state.dead} fallaron demasiado.",
            )
        )
        for problem in state.problems:
            console.tell(problem)
    if not state.fine:
        raise typer.Exit(1)


@app.command(help=say(en="Bring servers to what is wanted.", es="Lleva los servidores a lo que debe ser."))
def reconcile(
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help=say(en="Compare everything every server has, too.", es="Comparar también todo lo que hay."),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Work out how accounts are wanted, and carry it out. Meant for every minute; `--full` for every night."""
    from tequio.services.operations.daily import reconcile as run

    result = run(now=clock.now, actor="program", full=full)
    if as_json:
        console.write_json(
            {
                "opened": result.aligned.opened,
                "limited": result.aligned.limited,
                "suspended": result.aligned.suspended,
                "stopped_suspension": result.aligned.stopped,
                "done": result.worked.done,
                "failed": result.worked.failed,
                "dead": result.worked.dead,
                "unreachable": list(result.worked.unreachable),
                "compared": [
                    {
                        "connector": c.connector,
                        "accounts": c.accounts,
                        "missing": c.missing,
                        "different": c.different,
                        "extra": c.extra,
                        "failed": c.failed,
                    }
                    for c in result.compared
                ],
            }
        )
        return
    said = result.said() or [Text(en="Everything is as wanted.", es="Todo está como debe.")]
    for text in said:
        console.tell(text)


@app.command("list", help=say(en="Accounts of services.", es="Cuentas de servicios."))
def list_accounts(
    member_id: Annotated[
        str, typer.Option("--member", metavar="ID", help=say(en="Of this member.", es="De esta membresía."))
    ] = "",
    service: Annotated[str, typer.Option("--service", help=say(en="Of this service.", es="De este servicio."))] = "",
    as_json: AsJson = False,
) -> None:
    """List accounts with how they are wanted and how they were seen."""
    from tequio.services.queries.accounts import accounts_listed

    rows = accounts_listed(member_code=member_id, service=service)
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        wanted = STATE_NAMES[State(row.wanted)]
        console.tell(
            Text(
                en=f"{row.service} {row.name} ({row.owner}): {wanted.en}, seen {row.seen}. {row.why.en}",
                es=f"{row.service} {row.name} ({row.owner}): {wanted.es}, visto {row.seen}. {row.why.es}",
            )
        )


@app.command("open", help=say(en="Open an account for a member.", es="Abre una cuenta a una membresía."))
def open_one(
    member_id: MemberId,
    service: Annotated[str, typer.Option("--service")],
    name: Annotated[str, typer.Option("--name")],
    held_by: Annotated[str, typer.Option("--held-by", help=say(en="Who uses it.", es="Quién la usa."))] = "",
) -> None:
    """Open an account, as whoever runs the servers may: reserved names and every domain."""
    from tequio.services.operations.opening import open_account

    account = open_account(
        code=member_id, service=service, name=name, held_by=held_by, actor=console.actor(), at=clock.now(), trusted=True
    )
    console.tell(Text(en=f"{account.name} is opened.", es=f"{account.name} queda abierta."))


@app.command("exception", help=say(en="Grant an exception.", es="Concede una excepción."))
def exception(
    member_id: MemberId,
    service: Annotated[str, typer.Option("--service")],
    until: Annotated[date, console.day_option("--until", en="Its last day.", es="Su último día.")],
    reason: Annotated[str, typer.Option("--reason")],
    more: Annotated[int, typer.Option("--more", min=0, help=say(en="So many more.", es="Tantas más."))] = 0,
    keep_open: Annotated[
        bool, typer.Option("--keep-open", help=say(en="Whatever it owes.", es="Deba lo que deba."))
    ] = False,
) -> None:
    """Grant a member more of a service, or keep it open, through a day."""
    from tequio.services.operations.agreeing import grant_exception

    row = grant_exception(
        code=member_id,
        service=service,
        more=more,
        keeps_open=keep_open,
        until=until,
        reason=reason,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"Granted, as number {row.pk}.", es=f"Concedida, con el número {row.pk}."))


@app.command("end-exception", help=say(en="End an exception today.", es="Termina hoy una excepción."))
def end_exception(
    member_id: MemberId,
    number: Annotated[int, typer.Option("--number", help=say(en="As listed.", es="Como está en la lista."))],
) -> None:
    """End an exception of a member today."""
    from tequio.services.operations.agreeing import end_exception as run

    run(code=member_id, exception_pk=number, actor=console.actor(), at=clock.now())
    console.tell(Text(en="It ends today.", es="Termina hoy."))


@app.command("withdraw-offer", help=say(en="The offer reached nobody.", es="La oferta no llegó a nadie."))
def withdraw_offer(member_id: MemberId) -> None:
    """End the offer of a copy; a later one is made anew."""
    from tequio.services.operations.removing import withdraw_offer as run

    run(code=member_id, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Withdrawn.", es="Retirada."))


@app.command("offer-export", help=say(en="A copy was offered to an inactive member.", es="Se ofreció una copia."))
def offer_export(
    member_id: MemberId,
    how: Annotated[str, typer.Option("--how", help=say(en="How it was offered.", es="Cómo se ofreció."))],
) -> None:
    """Put down that a copy was offered: the first step before anything may be removed."""
    from tequio.services.operations.removing import offer_export as run

    run(code=member_id, how=how, actor=console.actor(), at=clock.now())
    console.tell(Text(en="Written down.", es="Anotado."))


@app.command(help=say(en="Remove an inactive member's accounts.", es="Elimina las cuentas de una membresía inactiva."))
def remove(
    member_id: MemberId,
    confirm: Annotated[bool, typer.Option("--confirm", help=say(en="Yes, for good.", es="Sí, para siempre."))] = False,
) -> None:
    """Remove all accounts of an inactive member for good: the second step."""
    from tequio.services.operations.removing import remove_accounts

    if not confirm:
        raise Refusal(
            en="Nothing was removed. Say --confirm; it is for good.",
            es="No se eliminó nada. Indique --confirm; es para siempre.",
        )
    count = remove_accounts(code=member_id, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{count} accounts will be removed.", es=f"Se eliminarán {count} cuentas."))
