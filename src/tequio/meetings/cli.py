"""Commands about meetings: their notes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tequio.kernel import console
from tequio.kernel.console import AsJson, say
from tequio.rules.notes.records import Candidate, Kind, Notes, Outcome
from tequio.rules.reasons import Text

notes = console.new_app(en="Notes of meetings.", es="Notas de reuniones.")

_SHOWN = 160  # characters of a sentence; the whole is in the JSON
_KINDS = {
    Kind.DECISION: Text(en="decision", es="acuerdo"),
    Kind.VOTE: Text(en="vote", es="votación"),
    Kind.ELECTION: Text(en="election", es="elección"),
    Kind.DEFERRAL: Text(en="deferral", es="aplazamiento"),
    Kind.TASK: Text(en="task", es="tarea"),
    Kind.PROPOSAL: Text(en="proposal", es="propuesta"),
    Kind.BUDGET_CHANGE: Text(en="budget change", es="cambio de presupuesto"),
    Kind.AMOUNT: Text(en="amount", es="cantidad"),
    Kind.PERCENTAGE: Text(en="percentage", es="porcentaje"),
    Kind.POSITION: Text(en="position", es="postura"),
}
_OUTCOMES = {
    Outcome.APPROVED: Text(en="approved", es="aprobado"),
    Outcome.WITH_MODIFICATIONS: Text(en="approved with modifications", es="aprobado con modificaciones"),
    Outcome.IN_PRINCIPLE: Text(en="approved in principle", es="aprobado en principio"),
    Outcome.CONTINUE: Text(en="to be developed further", es="se sigue desarrollando"),
    Outcome.NOT_APPROVED: Text(en="not approved", es="no aprobado"),
    Outcome.NO_QUORUM: Text(en="no quorum", es="sin quórum"),
    Outcome.DEFERRED: Text(en="deferred", es="pospuesto"),
    Outcome.WITHDRAWN: Text(en="withdrawn", es="retirado"),
    Outcome.ASSIGNED: Text(en="assigned", es="asignado"),
}


@notes.callback()
def start() -> None:
    """Notes are read without an instance, and brought into one."""


@notes.command(
    "import",
    help=say(
        en="Read notes: date, sections, decisions, tasks. With --body and --place, bring them in.",
        es="Lee notas: fecha, secciones, acuerdos, tareas. Con --body y --place, las trae.",
    ),
)
def import_notes(
    file: Annotated[
        Path,
        console.file_argument(
            en="The notes: text, Markdown, Trac, MediaWiki or HTML.",
            es="Las notas: texto, Markdown, Trac, MediaWiki o HTML.",
        ),
    ],
    as_json: AsJson = False,
    body: Annotated[
        str,
        typer.Option(
            "--body",
            metavar=say(en="CODE", es="CÓDIGO"),
            help=say(en="Bring them in, as notes of this body.", es="Las trae, como notas de esta instancia."),
        ),
    ] = "",
    place: Annotated[
        str,
        typer.Option(
            "--place",
            metavar=say(en="CODE", es="CÓDIGO"),
            help=say(en="Where they were taken.", es="Dónde se tomaron."),
        ),
    ] = "",
    day: Annotated[
        date | None,
        console.day_option(
            "--on", en="Which day it was, where the notes leave doubt.", es="Qué día fue, si las notas dejan duda."
        ),
    ] = None,
    hour: Annotated[
        str,
        typer.Option(
            "--hour",
            metavar="HH:MM",
            help=say(
                en="When it began, to put down a meeting nobody planned here.",
                es="Cuándo empezó, para apuntar una reunión que aquí nadie planeó.",
            ),
        ),
    ] = "",
    minutes: Annotated[
        int, typer.Option("--minutes", min=1, max=1440, help=say(en="How long it took.", es="Cuánto duró."))
    ] = 120,
) -> None:
    """Read a file of notes and say what is in it; bring it in for a body."""
    from tequio.meetings.queries.notes_files import notes_in

    if bool(body) != bool(place):
        raise typer.BadParameter(
            say(en="Give both --body and --place, or neither.", es="Dé --body y --place, o ninguno."),
            param_hint="--body",
        )
    found = notes_in(path=file)
    if body:
        from tequio.meetings.bringing_in import brought_in

        for text in brought_in(file=file, body=body, place=place, day=day, hour=hour, minutes=minutes):
            (console.remark if as_json else console.tell)(text)
    if as_json:
        console.write_json(found.as_dict(language=console.language()), compact=True)
        return
    for line in _told(found):
        console.tell(line)
    if not body:
        console.tell(
            Text(
                en="Nothing was written: say --body and --place to bring them in.",
                es="No se escribió nada: indique --body y --place para traerlas.",
            )
        )


def _told(found: Notes) -> Iterator[Text]:
    if found.title:
        yield _same(found.title)
    if found.date:
        yield Text(en=f"Date: {found.date}", es=f"Fecha: {found.date}")
    for problem in found.date_problems:
        yield Text(
            en=f"Line {problem.line}: which day was it? {problem.why.en}",
            es=f"Línea {problem.line}: ¿qué día fue? {problem.why.es}",
        )
    if not found.date and not found.date_problems:
        yield Text(en="No date is stated.", es="No se indica la fecha.")
    if found.places:
        yield Text(en=f"Places: {_shown('; '.join(found.places))}", es=f"Lugares: {_shown('; '.join(found.places))}")
    if found.present:
        yield Text(
            en=f"Present: {_shown(', '.join(found.present))}", es=f"Presentes: {_shown(', '.join(found.present))}"
        )
    items = sum(len(section.items) for section in found.sections)
    yield Text(
        en=f"{len(found.sections)} sections, {items} items, {len(found.candidates)} finds to confirm:",
        es=f"{len(found.sections)} secciones, {items} párrafos, {len(found.candidates)} hallazgos por confirmar:",
    )
    for candidate in found.candidates:
        yield from _candidate(candidate)
    if found.unread:
        yield found.unread.why


def _candidate(candidate: Candidate) -> Iterator[Text]:
    kind, outcome = _KINDS[candidate.kind], candidate.outcome
    en, es = [kind.en], [kind.es]
    if outcome:
        en.append(_OUTCOMES[outcome].en)
        es.append(_OUTCOMES[outcome].es)
    if candidate.owner:
        en.append(_shown(candidate.owner))
        es.append(_shown(candidate.owner))
    if candidate.due:
        en.append(f"due {_shown(candidate.due)}")
        es.append(f"para {_shown(candidate.due)}")
    text, why = _shown(candidate.text), candidate.why
    yield Text(
        en=f"{candidate.line}: {', '.join(en)}: {text}\n    {_shown(why.en)}",
        es=f"{candidate.line}: {', '.join(es)}: {text}\n    {_shown(why.es)}",
    )


def _same(text: str) -> Text:
    return Text(en=_shown(text), es=_shown(text))


def _shown(text: str) -> str:
    """A text of somebody else's file as a terminal may show it: one line, no control characters, not too long."""
    plain = "".join(character if character.isprintable() else " " for character in text[: _SHOWN * 2])
    plain = " ".join(plain.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN].rstrip() + " …"
