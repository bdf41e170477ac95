"""`tequio bodies`: who decides, by which rule, who sits where. `tequio tasks`: what somebody took on."""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from tequio.decisions.deciding_cli import EMAIL, person_called, said_day
from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

bodies = console.new_app(en="Bodies and who sits on them.", es="Instancias y quién forma parte.")
tasks = console.new_app(en="What somebody took on.", es="Lo que alguien tomó a su cargo.")


@bodies.command("list", help=say(en="Every body.", es="Cada instancia."))
def list_bodies(as_json: AsJson = False) -> None:
    """List the bodies there are: what they are for, by which rule they decide, their seats."""
    from tequio.decisions.queries.hours import day_everywhere
    from tequio.decisions.queries.listed import bodies_listed

    rows = bodies_listed(on=day_everywhere(at=clock.now()))
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        console.tell(
            Text(
                en=f"{row.code}: {row.name.en}. {row.held} seats held, {row.open} open. Rule: {row.rule or '-'}.",
                es=f"{row.code}: {row.name.es}. {row.held} lugares ocupados, {row.open} libres. Regla: "
                f"{row.rule or '-'}.",
            )
        )


@bodies.command("seats", help=say(en="The seats of a body.", es="Los lugares de una instancia."))
def list_seats(
    body: Annotated[str, typer.Argument(metavar="CODE", help=say(en="The body.", es="La instancia."))],
    as_json: AsJson = False,
) -> None:
    """List the seats of a body with who holds them."""
    from tequio.decisions.queries.hours import day_everywhere
    from tequio.decisions.queries.in_force import body_by_code
    from tequio.decisions.queries.listed import seats_listed

    rows = seats_listed(body=body_by_code(code=body), on=day_everywhere(at=clock.now()))
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        until = said_day(row.until)
        console.tell(
            Text(
                en=f"{row.code}: {row.title.en}. {row.holder or 'open'}, until {until.en}",
                es=f"{row.code}: {row.title.es}. {row.holder or 'libre'}, hasta {until.es}",
            )
        )


@bodies.command("appoint", help=say(en="Let somebody take a seat.", es="Da un lugar a alguien."))
def appoint_somebody(
    seat: Annotated[str, typer.Argument(metavar="SEAT", help=say(en="The seat's code.", es="El código del lugar."))],
    email: Annotated[str, typer.Argument(metavar=EMAIL, help=say(en="The person.", es="La persona."))],
    start: Annotated[date, console.day_option("--from", en="From this day on.", es="Desde esta fecha.")],
    decision: Annotated[
        str, typer.Option("--decision", metavar="ID", help=say(en="By this decision.", es="Por este acuerdo."))
    ],
    until: Annotated[
        date | None, console.day_option("--until", en="The first day after it.", es="La primera fecha después.")
    ] = None,
) -> None:
    """Put down that a decision appointed somebody; one taken in the program appoints by itself."""
    from tequio.decisions.models import Decision
    from tequio.decisions.operations.seating import appoint
    from tequio.decisions.queries.seats import seat_by_code

    row = Decision.objects.filter(code=decision).first()
    if row is None:
        raise Refusal(en=f"There is no decision “{decision}”.", es=f"No existe el acuerdo «{decision}».")
    user = person_called(email=email)
    appoint(
        seat=seat_by_code(code=seat),
        user=user,
        starts_on=start,
        ends_on=until,
        decision=row,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"{user.name} has the seat {seat}.", es=f"{user.name} tiene el lugar {seat}."))


@bodies.command("sitting", help=say(en="Plan a sitting.", es="Convoca a una sesión."))
def plan(
    body: Annotated[str, typer.Argument(metavar="CODE", help=say(en="The body.", es="La instancia."))],
    on: Annotated[date, console.day_option("--on", en="On which day.", es="En qué fecha.")],
    hour: Annotated[str, typer.Option("--hour", metavar="HH:MM", help=say(en="At which hour.", es="A qué hora."))],
    zone: Annotated[str, typer.Option("--zone", help=say(en="On the clock of.", es="Según el reloj de."))],
) -> None:
    """Put a sitting of a body on its list, at an hour of a zone; it is said in every center's."""
    from tequio.decisions.operations.founding import is_zone, plan_sitting
    from tequio.decisions.queries.hours import hours
    from tequio.decisions.queries.in_force import body_by_code

    try:
        wall = datetime.strptime(hour, "%H:%M").time()  # noqa: DTZ007 - CONFIG: the zone is added below
    except ValueError as error:
        raise typer.BadParameter(
            say(en="Write it like 18:30.", es="Escríbala como 18:30."), param_hint="--hour"
        ) from error
    if not is_zone(zone):
        raise Refusal(
            en=f"“{zone[:60]}” is no zone. Write it like America/Mexico_City.",
            es=f"«{zone[:60]}» no es una zona. Escríbala como America/Mexico_City.",
        )
    starts_at = datetime.combine(on, wall, tzinfo=ZoneInfo(zone))
    row = body_by_code(code=body)
    plan_sitting(body=row, starts_at=starts_at, zone=zone, actor=console.actor(), at=clock.now())
    when = hours().moment(starts_at).said
    console.tell(Text(en=f"{row.name_en} sits on {when.en}.", es=f"{row.name_es} sesiona el {when.es}."))


@tasks.command("list", help=say(en="Open tasks, the next due first.", es="Tareas abiertas, primero la más próxima."))
def list_tasks(
    body: Annotated[str, typer.Option("--body", help=say(en="Of this body.", es="De esta instancia."))] = "",
    as_json: AsJson = False,
) -> None:
    """List the tasks that are open, with whose they are and from which decision."""
    from tequio.decisions.queries.listed import open_tasks_listed

    rows = open_tasks_listed(body=body)
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        due = said_day(row.due_on)
        console.tell(
            Text(
                en=f"{row.pk} {row.title.en} ({row.body}): {row.owner or 'nobody'}, due {due.en}",
                es=f"{row.pk} {row.title.es} ({row.body}): {row.owner or 'nadie'}, para {due.es}",
            )
        )


@tasks.command("close", help=say(en="Close a task.", es="Cierra una tarea."))
def close(
    task: Annotated[int, typer.Argument(metavar="ID", help=say(en="Its number.", es="Su número."))],
    note: Annotated[str, typer.Option("--note", help=say(en="What came of it.", es="Qué resultó."))] = "",
) -> None:
    """Close a task with what came of it."""
    from tequio.decisions.models import ActionItem
    from tequio.decisions.operations.tasks import close_task

    row = ActionItem.objects.filter(pk=task).first()
    if row is None:
        raise Refusal(en=f"There is no task {task}.", es=f"No existe la tarea {task}.")
    if close_task(task=row, note=note, actor=console.actor(), at=clock.now()):
        console.tell(Text(en=f"Task {task} is closed.", es=f"La tarea {task} está cerrada."))
    else:
        console.tell(Text(en=f"Task {task} was closed before.", es=f"La tarea {task} ya estaba cerrada."))
