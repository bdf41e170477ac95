"""Commands about mappings: guess one for a file, save it under a name, list those saved."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.reasons import Text

app = console.new_app(
    en="How a spreadsheet becomes a roll.", es="Cómo se vuelve padrón una hoja de cálculo: correspondencias."
)

SpreadsheetFile = Annotated[
    Path, console.file_argument(en="A spreadsheet: .xlsx or CSV.", es="Una hoja de cálculo: .xlsx o CSV.")
]
Dates = Annotated[
    str | None,
    typer.Option(
        "--dates",
        metavar="dmy|mdy|ymd",
        help=say(
            en="What comes first in 03/04/2015: the day, the month or the year.",
            es="Qué va primero en 03/04/2015: el día, el mes o el año.",
        ),
    ),
]
CenterCode = Annotated[
    str | None,
    typer.Option(
        "--center",
        metavar="CENTER",
        help=say(en="The center all rows belong to.", es="El centro al que pertenecen todas las filas."),
    ),
]
ColumnIs = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="COLUMN=HEADING",
        help=say(
            en="Correct the guess; several headings with +, none to leave a column out.",
            es="Corrige lo adivinado; varios encabezados con +, ninguno para dejar fuera la columna.",
        ),
    ),
]
DefaultIs = Annotated[
    list[str] | None,
    typer.Option(
        "--default",
        metavar="COLUMN=VALUE",
        help=say(en="What a column says that the file lacks.", es="Lo que dice una columna que el archivo no tiene."),
    ),
]
FromName = Annotated[
    bool,
    typer.Option(
        "--id-from-name",
        help=say(
            en="The file has no ids: the same name in the same center is the same member.",
            es="El archivo no tiene claves: el mismo nombre en el mismo centro es el mismo miembro.",
        ),
    ),
]


@app.command(help=say(en="Guess how a file would be read.", es="Adivina cómo se leería un archivo."))
def guess(
    file: SpreadsheetFile,
    center: CenterCode = None,
    dates: Dates = None,
    as_json: AsJson = False,
) -> None:
    """Show each heading with examples, the column it probably fills, and what must still be said."""
    from tequio.members.mappings import propose

    proposal = propose(path=file, center=_known_center(center), dates=order_named(dates))
    if as_json:
        console.write_json(proposal.as_json())
        return
    _tell(proposal=proposal)


@app.command(help=say(en="Save how a file is read, under a name.", es="Guarda con un nombre cómo se lee un archivo."))
def save(
    file: SpreadsheetFile,
    name: Annotated[str, typer.Option("--name", help=say(en="Its name.", es="Su nombre."))],
    center: Annotated[
        str, typer.Option("--center", metavar="CENTER", help=say(en="Whose it is.", es="De qué centro es."))
    ],
    dates: Dates = None,
    decimal: Annotated[
        str | None, typer.Option("--decimal", metavar=".|,", help=say(en="Decimal sign.", es="Signo decimal."))
    ] = None,
    column: ColumnIs = None,
    default: DefaultIs = None,
    id_from_name: FromName = False,
) -> None:
    """Guess a mapping for a file, correct it as told, and save it for a center."""
    from tequio.centers.queries import center_by_code
    from tequio.kernel.errors import Refusal
    from tequio.members.intake.mapping import from_json
    from tequio.members.mappings import propose
    from tequio.members.operations.mappings import save_mapping

    owner = center_by_code(code=center)
    guessed = propose(path=file, center=center, dates=order_named(dates)).mapping.as_json()
    for key, value in _pairs(column, option="--column"):
        guessed["columns"][key] = [heading.strip() for heading in value.split("+") if heading.strip()]
        guessed["defaults"].pop(key, None)
    guessed["defaults"].update(dict(_pairs(default, option="--default")))
    guessed["decimal"] = decimal or guessed["decimal"]
    guessed["id_from_name"] = id_from_name
    proposal = propose(path=file, center=center, base=from_json(value=guessed))
    if proposal.missing:
        raise Refusal(
            en=" ".join(text.en for text in proposal.missing) + " Use --column, --dates or --id-from-name.",
            es=" ".join(text.es for text in proposal.missing) + " Use --column, --dates o --id-from-name.",
        )
    saved = save_mapping(center=owner, name=name, mapping=proposal.mapping, actor=console.actor(), at=clock.now())
    _tell_defaults(proposal=proposal)
    console.tell(
        Text(
            en=f"Saved for {center} as “{saved.name}”. Use it with: tequio members import FILE --mapping NAME",
            es=f"Guardada para {center}: «{saved.name}». Se usa con: tequio members import ARCHIVO --mapping NOMBRE",
        )
    )


@app.command("list", help=say(en="The mappings saved.", es="Las correspondencias guardadas."))
def list_mappings(as_json: AsJson = False) -> None:
    """List the mappings saved, by center."""
    from tequio.members.mappings import saved_mappings

    rows = saved_mappings()
    if as_json:
        console.write_json(
            [
                {
                    "center": row.center.code,
                    "name": row.name,
                    "saved_by": row.saved_by,
                    "saved_at": row.saved_at.isoformat(),
                    "mapping": row.mapping,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        day = row.saved_at.date()
        console.tell(
            Text(
                en=f"{row.center.code}  {row.name}  (saved by {row.saved_by}, {day})",
                es=f"{row.center.code}  {row.name}  (la guardó {row.saved_by}, {day})",
            )
        )
    if not rows:
        console.tell(Text(en="No mapping is saved.", es="No hay correspondencias guardadas."))


def order_named(value: str | None) -> Any:
    """The order of dates named on the command line; wrong usage for any other word."""
    if value not in (None, "dmy", "mdy", "ymd"):
        raise typer.BadParameter(say(en="Use dmy, mdy or ymd.", es="Use dmy, mdy o ymd."), param_hint="--dates")
    return value


def mapping_named(*, name: str | None, center: str | None, dates: str | None) -> Any:
    """The saved mapping `members import` was told to use, or None; the other two options need one."""
    if name is None:
        if center is not None or dates is not None:
            raise typer.BadParameter(
                say(en="--center and --dates go with --mapping.", es="--center y --dates van con --mapping."),
                param_hint="--mapping",
            )
        return None
    from tequio.members.mappings import mapping_by_name

    mapping = mapping_by_name(name=name, center=_known_center(center))
    return replace(mapping, dates=order_named(dates)) if dates else mapping


def _known_center(code: str | None) -> str | None:
    """The code, if there is such a center. Refuses one nobody has."""
    if code is None:
        return None
    from tequio.centers.queries import center_by_code

    return center_by_code(code=code).code


def _pairs(given: list[str] | None, *, option: str) -> list[tuple[str, str]]:
    from tequio.members.intake.records import COLUMNS

    pairs = [(text.partition("=")[0].strip(), text.partition("=")[2]) for text in given or []]
    for (column, _), text in zip(pairs, given or [], strict=True):
        if "=" not in text or column not in COLUMNS:
            raise typer.BadParameter(
                say(
                    en=f"Write COLUMN=…; the columns are {', '.join(COLUMNS)}.",
                    es=f"Escriba COLUMNA=…; las columnas son {', '.join(COLUMNS)}.",
                ),
                param_hint=option,
            )
    return pairs


_WORDS = {
    "sure": Text(en="sure", es="seguro"),
    "likely": Text(en="likely", es="probable"),
    "guess": Text(en="a guess", es="a adivinar"),
    "none": Text(en="not used", es="no se usa"),
}


def _tell(*, proposal: Any) -> None:
    for heading in proposal.headings:
        word = _WORDS[heading.confidence]
        to = heading.column or "—"
        examples = " · ".join(heading.examples)
        console.tell(
            Text(
                en=f"{heading.heading} → {to} ({word.en}). {heading.why.en} {examples}",
                es=f"{heading.heading} → {to} ({word.es}). {heading.why.es} {examples}",
            )
        )
    console.tell(proposal.dates.why)
    console.tell(proposal.decimal.why)
    _tell_defaults(proposal=proposal)
    for unknown in proposal.unknown_values:
        console.tell(
            Text(
                en=f"{unknown.column}: nobody has said what “{unknown.value}” means (rows: {unknown.rows}).",
                es=f"{unknown.column}: nadie ha dicho qué significa «{unknown.value}» (filas: {unknown.rows}).",
            )
        )
    for text in (*proposal.notes, *proposal.missing):
        console.tell(text)


def _tell_defaults(*, proposal: Any) -> None:
    for default in proposal.defaults:
        console.tell(
            Text(
                en=f"Not in the file: {default.column}. {default.text.en}",
                es=f"No está en el archivo: {default.column}. {default.text.es}",
            )
        )
