"""Commands about members: import, merge, leaving and coming back, the log of contacts, export."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.members import mapping_cli
from tequio.rules.reasons import Text

app = console.new_app(en="Members, their contacts and their periods.", es="Membresías, sus contactos y sus periodos.")
app.add_typer(mapping_cli.app, name="mapping")
contact_log = console.new_app(
    en="Who tried to reach whom, and whether they did.", es="Quién trató de contactar a quién, y si lo logró."
)

MemberId = Annotated[str, typer.Argument(metavar="ID", help=say(en="The member's id.", es="El id de la membresía."))]


@app.command("import", help=say(en="Import a member roll (CSV).", es="Importa un padrón (CSV)."))
def import_roll(
    file: Annotated[Path, console.file_argument(en="The roll, a CSV file.", es="El padrón, un archivo CSV.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say(en="Show what it would do.", es="Muestra lo que haría."))
    ] = False,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping",
            metavar="NAME",
            help=say(en="The saved mapping that reads it.", es="La correspondencia guardada con que se lee."),
        ),
    ] = None,
    center: mapping_cli.CenterCode = None,
    dates: mapping_cli.Dates = None,
    as_json: AsJson = False,
) -> None:
    """Import a roll and say what became of it."""
    from tequio.members.operations import import_roll as operation

    chosen = mapping_cli.mapping_named(name=mapping, center=center, dates=dates)
    result = operation(path=file, actor=console.actor(), at=clock.now(), dry_run=dry_run, mapping=chosen)
    roll = result.roll
    if as_json:
        from tequio.rules.money import whole_units

        answer: dict[str, Any] = {
            "members": len(roll.members),
            "contacts": len(roll.contacts),
            "rejected": {str(r.row): r.code for r in roll.rejected},
            "duplicates": [list(pair) for pair in roll.duplicates()],
            "phones_normalized": roll.phones_normalized,
            "phones_unusable": roll.phones_unusable,
            "by_group": roll.by_group(),
            "opening": {center: whole_units(minor=minor) for center, minor in roll.opening().items()},
            "changed": result.changed,
            "questions": [{"row": q.row, "code": q.code, **q.text.as_dict()} for q in result.questions],
        }
        if chosen is not None:
            answer["mapping"] = {**chosen.as_json(), "notes": [note.as_dict() for note in roll.notes]}
        console.write_json(answer)
        return
    for note in roll.notes:
        console.tell(note)
    _tell_import(result=result, dry_run=dry_run)


def _tell_import(*, result: Any, dry_run: bool) -> None:
    roll = result.roll
    for rejected in roll.rejected:
        console.tell(
            Text(
                en=f"row {rejected.row}: {rejected.code}: {rejected.text.en}",
                es=f"fila {rejected.row}: {rejected.code}: {rejected.text.es}",
            )
        )
    for question in result.questions:
        console.tell(Text(en=f"row {question.row}: {question.text.en}", es=f"fila {question.row}: {question.text.es}"))
    for first, second in roll.duplicates():
        console.tell(
            Text(
                en=f"likely one member: {first} and {second} (tequio members merge {first} {second})",
                es=f"probablemente un solo miembro: {first} y {second} (tequio members merge {first} {second})",
            )
        )
    console.tell(
        Text(
            en=f"{len(roll.members)} members and {len(roll.contacts)} contacts read, "
            f"{len(roll.rejected)} rows set aside.",
            es=f"Se leyeron {len(roll.members)} membresías y {len(roll.contacts)} contactos; "
            f"{len(roll.rejected)} filas quedaron aparte.",
        )
    )
    if dry_run:
        console.tell(
            Text(
                en=f"Dry run: {result.changed} members and contacts would change.",
                es=f"Ensayo: cambiarían {result.changed} membresías y contactos.",
            )
        )
    else:
        console.tell(
            Text(
                en=f"{result.changed} members and contacts were made or changed.",
                es=f"Se crearon o cambiaron {result.changed} membresías y contactos.",
            )
        )


@app.command(help=say(en="Count one member as another from now on.", es="Cuenta una membresía como otra desde ahora."))
def merge(
    kept: Annotated[str, typer.Argument(help=say(en="The id that stays in front.", es="El id que queda al frente."))],
    merged: Annotated[str, typer.Argument(help=say(en="The id counted as it.", es="El id que se cuenta como ese."))],
) -> None:
    """Merge two entries for one member."""
    from tequio.members.operations import merge_members

    merge_members(kept=kept, merged=merged, actor=console.actor(), at=clock.now())
    console.tell(
        Text(
            en=f"{merged} now counts as {kept}. Undo it with: tequio members unmerge {merged}",
            es=f"{merged} ahora cuenta como {kept}. Para deshacerlo: tequio members unmerge {merged}",
        )
    )


@app.command(help=say(en="Undo a merge.", es="Deshace una unión."))
def unmerge(merged: MemberId) -> None:
    """Undo a merge."""
    from tequio.members.operations import undo_merge

    kept = undo_merge(merged=merged, actor=console.actor(), at=clock.now())
    console.tell(
        Text(
            en=f"{merged} is a member of its own again, apart from {kept}.",
            es=f"{merged} vuelve a ser aparte de {kept}.",
        )
    )


@app.command(help=say(en="End a membership.", es="Termina una membresía."))
def leave(
    member_id: MemberId,
    on: Annotated[date, console.day_option("--on", en="First day out.", es="Primer día fuera.")],
) -> None:
    """End a membership."""
    from tequio.members.operations import leave as operation

    operation(code=member_id, on=on, actor=console.actor(), at=clock.now())
    console.tell(
        Text(
            en=f"{member_id} left on {on}. What it owes stays owed.",
            es=f"{member_id} se fue el {on}. Lo que debe se sigue debiendo.",
        )
    )


@app.command(help=say(en="Begin a new period of membership.", es="Empieza un nuevo periodo de membresía."))
def rejoin(
    member_id: MemberId,
    on: Annotated[date, console.day_option("--on", en="First day back.", es="Primer día de vuelta.")],
) -> None:
    """Begin a new period of membership."""
    from tequio.members.operations import rejoin as operation

    operation(code=member_id, on=on, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"{member_id} is back from {on}.", es=f"{member_id} está de vuelta desde el {on}."))


@app.command(help=say(en="All members as CSV.", es="Todas las membresías en CSV."))
def export() -> None:
    """Print all members as CSV, guarded against formulas."""
    from tequio.kernel.spreadsheets import csv_lines
    from tequio.members.queries import EXPORT_COLUMNS, export_rows

    console.write_lines(csv_lines(header=EXPORT_COLUMNS, rows=export_rows()))


@app.command("was-member", help=say(en="Was it a member in a year?", es="¿Era miembro en un año?"))
def was_member(
    member_id: MemberId,
    year: Annotated[int, typer.Argument(min=1900, max=2200, help=say(en="The year.", es="El año."))],
    as_json: AsJson = False,
) -> None:
    """Say whether a member belonged on any day of a year."""
    from tequio.members.queries import belonged_in

    answer = belonged_in(code=member_id, year=year)
    if as_json:
        console.write_json({"member": member_id, "year": year, "was_member": answer})
    else:
        console.tell(
            Text(
                en=f"{member_id} {'was' if answer else 'was not'} a member in {year}.",
                es=f"{member_id} {'sí' if answer else 'no'} era miembro en {year}.",
            )
        )


@contact_log.command("add", help=say(en="Log an attempt to reach a member.", es="Anota un intento de contacto."))
def add_contact(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="Whom.", es="A quién."))],
    on: Annotated[date, console.day_option("--on", en="When.", es="Cuándo.")],
    by: Annotated[str, typer.Option("--by", help=say(en="Who tried.", es="Quién lo intentó."))],
    outcome: Annotated[str, typer.Option("--outcome", metavar="attempted|reached")],
    note: Annotated[str, typer.Option("--note", help=say(en="In a few words.", es="En pocas palabras."))] = "",
) -> None:
    """Log an attempt to reach a member."""
    from tequio.members.operations import log_contact

    if outcome not in ("attempted", "reached"):
        raise typer.BadParameter(
            say(en="Use attempted or reached.", es="Use attempted (se intentó) o reached (se logró)."),
            param_hint="--outcome",
        )
    log_contact(code=member, on=on, by=by, outcome=outcome, note=note, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Logged for {member}, {on}: {outcome}.", es=f"Anotado para {member}, {on}: {outcome}."))


@contact_log.command("list", help=say(en="The log of one member.", es="La lista de una membresía."))
def list_contacts(
    member: Annotated[str, typer.Option("--member", metavar="ID", help=say(en="Whose.", es="De quién."))],
    as_json: AsJson = False,
) -> None:
    """List the attempts to reach a member."""
    from tequio.members.queries import attempts_of

    rows = attempts_of(code=member)
    if as_json:
        console.write_json([{"on": r.on, "by": r.by, "outcome": r.outcome, "note": r.note} for r in rows])
        return
    for row in rows:
        console.tell(Text(en=f"{row.on}  {row.outcome}  {row.by}", es=f"{row.on}  {row.outcome}  {row.by}"))
