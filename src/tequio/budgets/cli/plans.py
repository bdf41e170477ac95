"""Commands about what is planned: drafts, versions, amendments, files, and why a figure."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

app = console.new_app(
    en="Budgets: what was planned and voted, and what came of it.",
    es="Presupuestos: lo que se planeó y votó, y lo que resultó.",
)

CenterCode = Annotated[str, typer.Option("--center", metavar="us|mx", help=say(en="Whose budget.", es="De quién."))]
Year = Annotated[
    int, typer.Option("--year", metavar=say(en="YEAR", es="AÑO"), help=say(en="Of which year.", es="Año."))
]
VersionNumber = Annotated[
    int | None, typer.Option("--version", help=say(en="Which version.", es="Qué versión."), show_default=False)
]


@app.command("list", help=say(en="Every budget.", es="Todos los presupuestos."))
def list_budgets(as_json: AsJson = False) -> None:
    """List every budget with its versions."""
    from tequio.budgets.queries.listing import budgets

    rows = budgets()
    if as_json:
        console.write_json(
            [
                {
                    "center": row.center,
                    "year": row.year,
                    "currency": row.currency,
                    "versions": row.versions,
                    "in_force": row.in_force,
                    "open_amendments": row.open_amendments,
                    "draft": row.has_draft,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        console.tell(
            Text(
                en=f"{row.center} {row.year}: {row.versions} versions, in force: {row.in_force or '-'}, open "
                f"amendments: {row.open_amendments}",
                es=f"{row.center} {row.year}: {row.versions} versiones, vigente: {row.in_force or '-'}, modificaciones "
                f"abiertas: {row.open_amendments}",
            )
        )


@app.command("show", help=say(en="A budget beside reality.", es="Un presupuesto junto a la realidad."))
def show(
    center: CenterCode,
    year: Year,
    version: VersionNumber = None,
    on: Annotated[Any, console.day_option("--on", en="As of which day (today).", es="A qué día (hoy).")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the table of a budget: last year, approved, change, new, actual, committed, forecast, variance."""
    from tequio.budgets.queries.columns import columns, numbered_version
    from tequio.budgets.queries.versions import budget_of

    budget = budget_of(center=center, year=year)
    table = columns(
        budget=budget,
        on=on or clock.today(zone=budget.center.zone),
        version=numbered_version(budget=budget, number=version),
    )
    if as_json:
        console.write_json(_as_json(table))
        return
    if table is None:
        console.tell(Text(en="Nothing was presented yet.", es="Todavía no se presenta nada."))
        return
    for row in table.rows:
        figures, currency = row.figures, table.currency
        name = row.name.to(console.language())
        console.tell(
            Text(
                en=f"{name}: {printed(minor=figures.new, currency=currency)}, actual "
                f"{printed(minor=figures.actual, currency=currency)}, forecast "
                f"{printed(minor=figures.forecast, currency=currency)}",
                es=f"{name}: {printed(minor=figures.new, currency=currency)}, real "
                f"{printed(minor=figures.actual, currency=currency)}, pronóstico "
                f"{printed(minor=figures.forecast, currency=currency)}",
            )
        )
    left = printed(minor=table.result.new, currency=table.currency)
    console.tell(
        Text(
            en=f"Left over in version {table.version.number}: {left}",
            es=f"Resultado en la versión {table.version.number}: {left}",
        )
    )


def _figures(figures: Any) -> dict[str, Any]:
    return {
        name: whole_units(minor=getattr(figures, name))
        for name in ("last_year", "approved", "change", "new", "actual", "committed", "forecast")
    }


def _as_json(table: Any) -> dict[str, Any] | None:
    if table is None:
        return None
    return {
        "center": table.budget.center.code,
        "year": table.budget.year,
        "currency": table.currency,
        "version": table.version.number,
        "in_force_from": table.in_force_from,
        "decision": table.decision.code if table.decision else None,
        "rows": [
            {
                "code": row.code,
                "name": row.name.as_dict(),
                "side": row.side.value,
                "account": row.account,
                "fund": row.fund,
                **_figures(row.figures),
                "variance": whole_units(minor=row.variance.amount),
                "good": row.variance.is_good,
                "amendments": list(row.amendments),
                "months": [whole_units(minor=month) for month in row.months],
            }
            for row in table.rows
        ],
        "income": _figures(table.income),
        "expense": _figures(table.expense),
        "result": _figures(table.result),
        "dues_not_yet_paid": whole_units(minor=table.unpaid),
    }


@app.command("why", help=say(en="Why a figure is what it is.", es="Por qué una cifra es la que es."))
def why(
    center: CenterCode,
    year: Year,
    line: Annotated[str, typer.Option("--line", help=say(en="The line's code.", es="La clave del renglón."))],
    month: Annotated[int | None, typer.Option("--month", min=1, max=12, show_default=False)] = None,
    actual: Annotated[
        bool, typer.Option("--actual", help=say(en="The books instead of the plan.", es="Los libros en vez del plan."))
    ] = False,
    version: VersionNumber = None,
    as_json: AsJson = False,
) -> None:
    """Walk from a figure to what it follows from."""
    from tequio.budgets.queries.explaining import why_actual, why_cell
    from tequio.budgets.queries.versions import budget_of, shown_version

    budget = budget_of(center=center, year=year)
    found = shown_version(budget=budget, number=version)
    answer = (
        why_actual(budget=budget, version=found, code=line)
        if actual
        else why_cell(budget=budget, version=found, code=line, month=month)
    )
    if as_json:
        console.write_json(answer.as_json())
        return
    _tell(answer, 0)


def _tell(answer: Any, depth: int) -> None:
    figure = f": {answer.figure}" if answer.figure else ""
    indent = "  " * depth
    console.tell(Text(en=f"{indent}{answer.said.en}{figure}", es=f"{indent}{answer.said.es}{figure}"))
    for reason in answer.because:
        _tell(reason, depth + 1)


@app.command("compare", help=say(en="Two versions beside each other.", es="Dos versiones, una junto a la otra."))
def compare(
    center: CenterCode,
    year: Year,
    first: Annotated[int, typer.Argument(metavar="N", help=say(en="The one.", es="Una."))],
    second: Annotated[int, typer.Argument(metavar="M", help=say(en="The other.", es="La otra."))],
    as_json: AsJson = False,
) -> None:
    """Say what turns one version into the other."""
    from tequio.budgets.queries.listing import compared
    from tequio.budgets.queries.versions import budget_of

    found = compared(budget=budget_of(center=center, year=year), first=first, second=second)
    if as_json:
        console.write_json(
            {
                "differences": [text.as_dict() for text in found.said],
                "result": [whole_units(minor=found.results[0]), whole_units(minor=found.results[1])],
            }
        )
        return
    for text in found.said:
        console.tell(text)


@app.command("export", help=say(en="A version as CSV or XLSX.", es="Una versión en CSV o XLSX."))
def export(
    center: CenterCode,
    year: Year,
    version: VersionNumber = None,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", help=say(en="Write a workbook there.", es="Escribe ahí un libro."), show_default=False),
    ] = None,
) -> None:
    """Write a version, or the draft, as CSV to stdout or as a workbook to a file."""
    from tequio.budgets.files import as_csv, as_xlsx
    from tequio.budgets.queries.versions import budget_of, content, shown_version
    from tequio.kernel.errors import Refusal, fault_of

    budget = budget_of(center=center, year=year)
    written = content(version=shown_version(budget=budget, number=version))
    if xlsx is None:
        console.write_lines(as_csv(budget=written))
        return
    try:
        xlsx.write_bytes(as_xlsx(budget=written))
    except OSError as error:
        said = fault_of(error=error)
        raise Refusal(en=f"{xlsx}: {said.en}", es=f"{xlsx}: {said.es}") from error
    sys.stderr.write(f"{xlsx}\n")


@app.command("import", help=say(en="Put a draft from a CSV or XLSX file.", es="Pone un borrador de un archivo."))
def import_draft(
    file: Annotated[Path, console.file_argument(en="CSV or XLSX.", es="CSV o XLSX.")], center: CenterCode, year: Year
) -> None:
    """Put the draft of a budget as a file says it, all of it or nothing."""
    from tequio.budgets.files import read_path
    from tequio.budgets.operations.drafting import begin, write_draft
    from tequio.centers.queries import center_by_code

    found = center_by_code(code=center)
    written = read_path(path=file, year=year, currency=found.currency)
    actor, at = console.actor(), clock.now()
    budget = begin(center=found, year=year, actor=actor, at=at)
    write_draft(budget=budget, written=written, actor=actor, at=at)
    count = len(written.lines)
    console.tell(Text(en=f"Draft of {count} lines.", es=f"Borrador de {count} renglones."))


@app.command("copy", help=say(en="Begin with last year's.", es="Empieza con el del año pasado."))
def copy(center: CenterCode, year: Year) -> None:
    """Begin a year's budget with what last year's says."""
    from tequio.budgets.operations.drafting import copy_forward
    from tequio.centers.queries import center_by_code

    copy_forward(center=center_by_code(code=center), year=year, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"The draft of {year} is last year's.", es=f"El borrador de {year} es el del año pasado."))


@app.command("present", help=say(en="Make the draft a version.", es="Hace del borrador una versión."))
def present(
    center: CenterCode,
    year: Year,
    note: Annotated[str, typer.Option("--note", help=say(en="A few words.", es="Unas palabras."))] = "",
) -> None:
    """Make the draft the next version, which is never changed again."""
    from tequio.budgets.operations.drafting import present as make_version
    from tequio.budgets.queries.versions import budget_of

    version = make_version(budget=budget_of(center=center, year=year), note=note, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Version {version.number}.", es=f"Versión {version.number}."))


@app.command("amend", help=say(en="Ask for a change.", es="Pide un cambio."))
def amend(
    center: CenterCode,
    year: Year,
    action: Annotated[str, typer.Argument(metavar="add|change|remove")],
    why_en: Annotated[str, typer.Option("--why", help=say(en="Why, in English.", es="Por qué, en inglés."))],
    why_es: Annotated[str, typer.Option("--why-es", help=say(en="Why, in Spanish.", es="Por qué, en español."))],
    asked_by: Annotated[str, typer.Option("--asked-by", help=say(en="Who asks.", es="Quién lo pide."))],
    line: Annotated[
        str,
        typer.Option(
            "--line",
            help=say(
                en="The line as JSON, or its code to remove it.", es="El renglón en JSON, o su clave para quitarlo."
            ),
        ),
    ] = "",
    assumption: Annotated[
        str, typer.Option("--assumption", help=say(en="The same of an assumption.", es="Lo mismo de un supuesto."))
    ] = "",
    source: Annotated[str, typer.Option("--source", help=say(en="Where it was asked.", es="Dónde se pidió."))] = "",
) -> None:
    """Ask to add, change or remove a line or an assumption of the latest version."""
    from tequio.budgets.operations.amending import ask_from_text
    from tequio.budgets.queries.versions import budget_of

    amendment = ask_from_text(
        budget=budget_of(center=center, year=year),
        action=action,
        line=line,
        assumption=assumption,
        why=Text(en=why_en, es=why_es),
        asked_by=asked_by,
        source=source,
        actor=console.actor(),
        at=clock.now(),
    )
    console.tell(Text(en=f"Amendment {amendment.number}.", es=f"Modificación {amendment.number}."))


@app.command("amendments", help=say(en="Who asked to change what.", es="Quién pidió cambiar qué."))
def list_amendments(center: CenterCode, year: Year, as_json: AsJson = False) -> None:
    """List the amendments of a budget, with what became of them."""
    from tequio.budgets.queries.listing import amendments_of
    from tequio.budgets.queries.versions import budget_of

    rows = amendments_of(budget=budget_of(center=center, year=year))
    if as_json:
        console.write_json(
            [
                {
                    "number": row.number,
                    "said": row.said.as_dict(),
                    "why": row.why.as_dict(),
                    "asked_by": row.asked_by,
                    "state": row.state,
                    "decision": row.decision,
                    "into": row.into,
                    "result_after": None if row.result_after is None else whole_units(minor=row.result_after),
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        console.tell(
            Text(
                en=f"{row.number}. {row.said.en} {row.asked_by}: {row.why.en} [{row.state_word.en}]",
                es=f"{row.number}. {row.said.es} {row.asked_by}: {row.why.es} [{row.state_word.es}]",
            )
        )
