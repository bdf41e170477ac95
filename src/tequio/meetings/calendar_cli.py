"""`tequio meetings`: when bodies meet; planning, moving, cancelling and calling a meeting; series and hours given."""

from datetime import date, datetime, time
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.meetings.names import NO_MEETING, NOTHING_TO_PLAN
from tequio.rules.reasons import Text, long_date

meetings = console.new_app(en="When and where bodies meet.", es="Cuándo y dónde se reúnen las instancias.")
series = console.new_app(en="Meetings that come again.", es="Reuniones que se repiten.")
meetings.add_typer(series, name="series")

Number = Annotated[
    int, typer.Argument(metavar="ID", help=say(en="The meeting's number.", es="El número de la reunión."))
]
Day = Annotated[date, console.day_option("--on", en="On which day.", es="En qué fecha.")]
Hour = Annotated[str, typer.Option("--hour", metavar="HH:MM", help=say(en="At which hour.", es="A qué hora."))]
Zone = Annotated[str, typer.Option("--zone", metavar="ZONE", help=say(en="On the clock of.", es="Según el reloj de."))]


def _moment(*, day: date, hour: str, zone: str) -> datetime:
    """The moment of an hour on a clock; an hour that is not there that day, or there twice, is told."""
    from tequio.decisions.operations.founding import is_zone
    from tequio.rules.clocks import moment_of

    try:
        wall: time = datetime.strptime(hour, "%H:%M").time()  # noqa: DTZ007 - CONFIG: the zone stands beside it
    except ValueError as error:
        raise typer.BadParameter(
            say(en="Write it like 18:30.", es="Escríbala como 18:30."), param_hint="--hour"
        ) from error
    if not is_zone(zone):
        raise Refusal(
            en=f"“{zone[:60]}” is no zone. Write it like America/Mexico_City.",
            es=f"«{zone[:60]}» no es una zona. Escríbala como America/Mexico_City.",
        )
    found = moment_of(day=day, hour=wall, zone=zone)
    if found.told is not None:
        console.remark(found.told)
    return found.at


def _said(at: datetime) -> Text:
    from tequio.decisions.queries.hours import hours

    return hours().moment(at).said


@meetings.command("list", help=say(en="Coming or past meetings.", es="Reuniones próximas o pasadas."))
def list_meetings(
    body: Annotated[str, typer.Option("--body", help=say(en="Of this body.", es="De esta instancia."))] = "",
    past: Annotated[bool, typer.Option("--past", help=say(en="Those that were.", es="Las que ya fueron."))] = False,
    as_json: AsJson = False,
) -> None:
    """List meetings with their hour in every city: the next fifty, or with --past the last fifty."""
    from tequio.decisions.queries.in_force import body_by_code
    from tequio.meetings.page_queries.calendar import COMING, PAST, meeting_rows, meetings_asked

    if body:
        body_by_code(code=body)
    rows = meeting_rows(rows=meetings_asked(when=PAST if past else COMING, body=body, at=clock.now()))
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        state = Text(en=" (cancelled)", es=" (cancelada)") if row.cancelled else Text(en="", es="")
        lacks = (
            Text(en=" Lacks interpretation.", es=" Falta interpretación.")
            if row.lacks_interpretation
            else Text(en="", es="")
        )
        console.tell(
            Text(
                en=f"{row.pk} {row.when.said.en}: {row.title.en}{state.en}, {row.minutes} minutes.{lacks.en}",
                es=f"{row.pk} {row.when.said.es}: {row.title.es}{state.es}, {row.minutes} minutos.{lacks.es}",
            )
        )


@meetings.command("plan", help=say(en="Plan a meeting.", es="Programa una reunión."))
def plan(
    bodies: Annotated[
        list[str],
        typer.Argument(
            metavar="BODY[=MINUTES]...",
            help=say(en="Who meets, one after the other.", es="Quién se reúne, una tras otra."),
        ),
    ],
    on: Day,
    hour: Hour,
    zone: Zone,
    title_en: Annotated[
        str, typer.Option("--title-en", help=say(en="Its name in English.", es="Su nombre en inglés."))
    ],
    title_es: Annotated[str, typer.Option("--title-es", help=say(en="In Spanish.", es="En español."))],
    place: Annotated[
        list[str], typer.Option("--place", metavar="CODE", help=say(en="Where; repeat it.", es="Dónde; se repite."))
    ],
) -> None:
    """Plan a meeting of one or several bodies, an hour each unless said otherwise."""
    from tequio.decisions.queries.in_force import body_by_code
    from tequio.meetings.models import Place
    from tequio.meetings.operations.planning import PartWanted, plan_meeting

    parts = []
    for word in bodies:
        code, _, minutes = word.partition("=")
        if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):  # noqa: PLR2004 - CONFIG: digits of a day in minutes
            raise typer.BadParameter(
                say(en="Write minutes like lc=60.", es="Escriba los minutos como lc=60."), param_hint="BODY"
            )
        parts.append(PartWanted(body=body_by_code(code=code), minutes=int(minutes or 60)))
    places = list(Place.objects.filter(code__in=place, closed_on__isnull=True).order_by("pk"))
    if len(places) < len(set(place)):
        known = ", ".join(Place.objects.filter(closed_on__isnull=True).values_list("code", flat=True))
        raise Refusal(en=f"There is no such place. There are: {known}.", es=f"Ese lugar no existe. Existen: {known}.")
    starts_at = _moment(day=on, hour=hour, zone=zone)
    made = plan_meeting(
        title=Text(en=title_en, es=title_es),
        starts_at=starts_at,
        zone=zone,
        parts=parts,
        places=places,
        actor=console.actor(),
        at=clock.now(),
    )
    when = _said(starts_at)
    console.tell(Text(en=f"Meeting {made.pk}: {when.en}.", es=f"Reunión {made.pk}: {when.es}."))


@meetings.command("move", help=say(en="Put one to another hour.", es="Cambia una de hora."))
def move(meeting: Number, on: Day, hour: Hour, zone: Zone) -> None:
    """Put a meeting to another hour; who was called is told."""
    from tequio.meetings.operations.planning import move_meeting
    from tequio.meetings.queries.found import meeting_by_number

    starts_at = _moment(day=on, hour=hour, zone=zone)
    move_meeting(
        meeting=meeting_by_number(pk=meeting),
        starts_at=starts_at,
        zone=zone,
        by_hand=True,
        actor=console.actor(),
        at=clock.now(),
    )
    when = _said(starts_at)
    console.tell(Text(en=f"Meeting {meeting}: {when.en}.", es=f"Reunión {meeting}: {when.es}."))


@meetings.command("cancel", help=say(en="Cancel one.", es="Cancela una."))
def cancel(
    meeting: Number, because: Annotated[str, typer.Option("--because", help=say(en="Why.", es="Por qué."))]
) -> None:
    """Cancel a meeting with the reason; who was called is told."""
    from tequio.meetings.operations.planning import cancel_meeting
    from tequio.meetings.queries.found import meeting_by_number

    row = meeting_by_number(pk=meeting)
    if cancel_meeting(meeting=row, because=because, actor=console.actor(), at=clock.now()):
        console.tell(Text(en=f"Meeting {meeting} is cancelled.", es=f"La reunión {meeting} está cancelada."))
    else:
        console.tell(
            Text(en=f"Meeting {meeting} was cancelled before.", es=f"La reunión {meeting} ya estaba cancelada.")
        )


@meetings.command("call", help=say(en="Mail the call.", es="Envía la convocatoria."))
def call(meeting: Number) -> None:
    """Put the call in the queue for everybody who sits on the meeting's bodies."""
    from tequio.meetings.operations.calling import call_meeting
    from tequio.meetings.queries.found import meeting_by_number

    queued = call_meeting(meeting=meeting_by_number(pk=meeting), actor=console.actor(), at=clock.now())
    console.tell(
        Text(en="One mail in the queue.", es="Un correo en la cola.")
        if queued == 1
        else Text(en=f"{queued} mails in the queue.", es=f"{queued} correos en la cola.")
    )


@meetings.command("interpretation", help=say(en="Hours of interpretation given.", es="Horas de interpretación dadas."))
def interpretation(as_json: AsJson = False) -> None:
    """List the time people gave by interpreting, by year."""
    from dataclasses import asdict

    from tequio.meetings.page_queries.calendar import hours_given

    rows = hours_given()
    if as_json:
        console.write_json([asdict(row) for row in rows])
        return
    for row in rows:
        console.tell(
            Text(
                en=f"{row.year} {row.name}: {row.meetings} meetings, {row.volunteered} minutes volunteered, "
                f"{row.paid} paid.",
                es=f"{row.year} {row.name}: {row.meetings} reuniones, {row.volunteered} minutos voluntarios, "
                f"{row.paid} pagados.",
            )
        )


@series.command("list", help=say(en="Every series.", es="Cada serie."))
def list_series(as_json: AsJson = False) -> None:
    """List series with their terms in force and the next meeting. They begin and change by decisions."""
    from tequio.decisions.queries.hours import day_everywhere
    from tequio.meetings.page_queries.calendar import series_listed

    at = clock.now()
    rows = series_listed(on=day_everywhere(at=at), at=at)
    if as_json:
        console.write_json([row.as_dict() for row in rows])
        return
    for row in rows:
        when = row.terms.when or NO_MEETING
        after = row.next.said if row.next else Text(en="-", es="-")
        if row.next and not row.is_planned:
            after = Text(en=f"{after.en} (not planned yet)", es=f"{after.es} (aún sin programar)")
        console.tell(
            Text(
                en=f"{row.code}: {row.terms.name.en}, {when.en}, {row.terms.hour.en}. Next: {after.en}",
                es=f"{row.code}: {row.terms.name.es}, {when.es}, {row.terms.hour.es}. Próxima: {after.es}",
            )
        )


@series.command("show", help=say(en="One series, its hour in each city.", es="Una serie, su hora en cada ciudad."))
def show_series(
    code: Annotated[str, typer.Argument(metavar="CODE", help=say(en="The series.", es="La serie."))],
) -> None:
    """Show a series: its terms, the weeks in which its hour is another elsewhere, its coming meetings."""
    from tequio.decisions.queries.hours import day_everywhere
    from tequio.meetings.page_queries.calendar import series_shown
    from tequio.meetings.queries.series import series_by_code

    at = clock.now()
    shown = series_shown(series=series_by_code(code=code), on=day_everywhere(at=at), at=at)
    for terms in [one for one in (shown.in_force, *shown.later) if one is not None]:
        when = terms.when or NO_MEETING
        since = Text(
            en=long_date(day=terms.valid_from, language="en"), es=long_date(day=terms.valid_from, language="es")
        )
        due = Text(
            en="".join(f" {one.en}" for one in terms.deadlines), es="".join(f" {one.es}" for one in terms.deadlines)
        )
        console.tell(
            Text(
                en=f"{terms.name.en}, from {since.en}: {when.en}, {terms.hour.en}. {terms.bodies.en}. "
                f"{terms.places.en}.{due.en}",
                es=f"{terms.name.es}, desde el {since.es}: {when.es}, {terms.hour.es}. {terms.bodies.es}. "
                f"{terms.places.es}.{due.es}",
            )
        )
    if shown.not_planned_yet is not None:
        after = shown.not_planned_yet.said
        console.tell(Text(en=f"Next: {after.en} (not planned yet).", es=f"Próxima: {after.es} (aún sin programar)."))
    for line in [*shown.hours, *shown.warned]:
        console.tell(line)
    for row in shown.coming:
        console.tell(row.when.said)


@series.command("foresee", help=say(en="Plan ahead now.", es="Programa por adelantado ahora."))
def foresee() -> None:
    """Plan the meetings of every series for half a year, as `tequio tick` does."""
    from tequio.meetings.operations.series import foresee_all

    done = foresee_all(actor=console.actor(), at=clock.now())
    for line in done.said() or [NOTHING_TO_PLAN]:
        console.tell(line)
