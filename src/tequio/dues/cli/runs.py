"""`tequio dues`: preview, run, undo, the list of runs, and who is behind."""

import sys
from datetime import date
from typing import Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import printed, whole_units
from tequio.rules.reasons import Text

app = console.new_app(en="Bill the periods that have begun.", es="Cobra los periodos que han empezado.")

AsOf = Annotated[
    date,
    console.day_option(
        "--as-of", en="The invoice date; it picks the rule.", es="La fecha del aviso; elige la regla vigente."
    ),
]
Through = Annotated[
    date | None,
    console.day_option(
        "--periods-through",
        en="Bill every period starting on or before this day (the invoice date unless given).",
        es="Cobra todo periodo que empiece a más tardar este día (la fecha del aviso si no se indica).",
    ),
]
CenterCode = Annotated[
    str | None, typer.Option("--center", metavar="us|mx", help=say(en="One center only.", es="Un solo centro."))
]


@app.command(help=say(en="Show what a run would make.", es="Muestra lo que haría una corrida."))
def preview(
    as_of: AsOf,
    periods_through: Through = None,
    center: CenterCode = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help=say(en="Every invoice, as CSV.", es="Cada aviso, en CSV."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Preview a dues run and keep the preview, so that it can be confirmed by its hash."""
    from tequio.dues.operations import billing

    terms = billing.terms_of(as_of=as_of, through=periods_through, center_code=center)
    found = billing.preview_dues(terms=terms)
    billing.save_preview(preview=found, actor=console.actor(), at=clock.now())
    if as_csv:
        _write_csv(found=found)
    elif as_json:
        console.write_json({**_by_center(found=found), "hash": found.hash, "set_aside": _set_aside(found.set_aside)})
    else:
        _tell_preview(found=found)
        command = f"tequio dues run --as-of {as_of}"
        command += f" --periods-through {periods_through}" if periods_through else ""
        command += f" --center {center}" if center else ""
        console.tell(
            Text(
                en=f"Nothing was made. To confirm exactly this: {command} --hash {found.hash[:16]}",
                es=f"No se hizo nada. Para confirmar exactamente esto: {command} --hash {found.hash[:16]}",
            )
        )


@app.command(help=say(en="Make the invoices.", es="Hace los avisos de cuota."))
def run(
    as_of: AsOf,
    periods_through: Through = None,
    center: CenterCode = None,
    yes: Annotated[bool, typer.Option("--yes", help=say(en="Do not ask.", es="Sin preguntar."))] = False,
    preview_hash: Annotated[
        str | None,
        typer.Option(
            "--hash", help=say(en="Only if this preview still holds.", es="Solo si esta vista previa sigue valiendo.")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bill every period that has begun and has no invoice."""
    from tequio.dues.operations import billing
    from tequio.kernel.errors import Refusal

    actor, at = console.actor(), clock.now()
    terms = billing.terms_of(as_of=as_of, through=periods_through, center_code=center)
    with console.progress(label=Text(en="invoices", es="avisos")) as step:
        for other in billing.resume_unfinished(actor=actor, at=at, progress=step, except_terms=terms):
            console.remark(
                Text(
                    en=f"Run {other.run_pk} had been cut off; it is finished now.",
                    es=f"La corrida {other.run_pk} se había cortado; ya está terminada.",
                )
            )
    if preview_hash is None and not yes and not as_json:
        found = billing.preview_dues(terms=terms)
        if found.invoices:
            billing.save_preview(preview=found, actor=actor, at=at)
            _tell_preview(found=found)
            preview_hash = _confirmed(count=len(found.invoices), preview_hash=found.hash)
    while True:
        try:
            with console.progress(label=Text(en="invoices", es="avisos")) as step:
                if preview_hash is None:
                    outcome = billing.run_dues(terms=terms, actor=actor, at=at, progress=step)
                else:
                    outcome = billing.confirm_dues(
                        terms=terms, preview_hash=preview_hash, actor=actor, at=at, progress=step
                    )
            break
        except billing.MovedError as moved:
            billing.save_preview(preview=moved.preview, actor=actor, at=at)
            _tell_moved(moved=moved)
            if as_json or not sys.stdin.isatty():
                raise
            preview_hash = _confirmed(count=len(moved.preview.invoices), preview_hash=moved.preview.hash)
    _tell_outcome(outcome=outcome, terms=terms, as_json=as_json)
    if outcome.stopped:
        raise Refusal(
            en="The facts moved while the run was being written: it stopped before the first slice that differs. "
            "What was made stays; preview again for the rest.",
            es="Los datos cambiaron mientras se escribía la corrida: se detuvo antes de la primera parte distinta. "
            "Lo hecho queda; haga otra vista previa para lo que falta.",
        )


@app.command(help=say(en="Take a run back, until the first payment.", es="Deshace una corrida, hasta el primer pago."))
def undo(
    run_id: Annotated[
        int, typer.Argument(metavar="RUN", help=say(en="The run's number.", es="El número de la corrida."))
    ],
    reason: Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))],
) -> None:
    """Undo a dues run."""
    from tequio.dues.operations.undoing import undo_run

    count = undo_run(run_pk=run_id, reason=reason, actor=console.actor(), at=clock.now())
    one = count == 1
    console.tell(
        Text(
            en=f"Run {run_id} is undone: {_invoices(count).en} cancelled, "
            + ("its entry reversed." if one else "their entries reversed."),
            es=f"La corrida {run_id} quedó deshecha: {_invoices(count).es} "
            + ("cancelado, su asiento revertido." if one else "cancelados, sus asientos revertidos."),
        )
    )


@app.command("runs", help=say(en="The runs there were.", es="Las corridas que hubo."))
def list_runs(as_json: AsJson = False) -> None:
    """List the dues runs, newest first."""
    from tequio.dues.queries import runs

    rows = runs()
    if as_json:
        console.write_json([{"run": r.pk, "state": r.state, **r.parameters, "invoices": r.invoices} for r in rows])
        return
    for row in rows:
        made = _invoices(row.invoices)
        console.tell(
            Text(
                en=f"run {row.pk}  {row.parameters['as_of']}  {row.state}  {made.en}",
                es=f"corrida {row.pk}  {row.parameters['as_of']}  {row.state}  {made.es}",
            )
        )


def _invoices(count: int) -> Text:
    """So many invoices, in words that agree with the number."""
    return Text(
        en="1 invoice" if count == 1 else f"{count} invoices", es="1 aviso" if count == 1 else f"{count} avisos"
    )


def _members(count: int) -> Text:
    """So many members, in words that agree with the number."""
    return Text(
        en="1 member" if count == 1 else f"{count} members", es="1 membresía" if count == 1 else f"{count} membresías"
    )


def _confirmed(*, count: int, preview_hash: str) -> str:
    """Ask for the count, as the confirmation page will; the hash goes with the answer."""
    from tequio.kernel.errors import Refusal

    if not sys.stdin.isatty():
        raise Refusal(
            en="Nobody is there to confirm. Nothing was made; use --yes, or --hash with a preview's hash.",
            es="No hay quien confirme. No se hizo nada; use --yes, o --hash con la clave de una vista previa.",
        )
    answer = typer.prompt(
        say(
            en=f"Type {count} to make {'this invoice' if count == 1 else 'these invoices'}",
            es=f"Escriba {count} para hacer {'este aviso' if count == 1 else 'estos avisos'}",
        ),
        default="",
    )
    if answer.strip() != str(count):
        raise Refusal(en="Not confirmed; nothing was made.", es="Sin confirmar; no se hizo nada.")
    return preview_hash


def _tell_moved(*, moved: Any) -> None:
    """The difference between the confirmed preview and what the facts say now, and the new preview's hash."""
    most = 20
    for sign, rows in (("-", moved.gone), ("+", moved.fresh)):
        for row in rows[:most]:
            code, start, due, minor = row.split("\t")
            amount = whole_units(minor=int(minor))
            console.remark(
                Text(
                    en=f"{sign} {code}: period from {start}, due {due}, {amount}",
                    es=f"{sign} {code}: periodo desde {start}, vence {due}, {amount}",
                )
            )
        if len(rows) > most:
            more = len(rows) - most
            console.remark(Text(en=f"{sign} and {more} more", es=f"{sign} y {more} más"))
    new = moved.preview.hash[:16]
    console.remark(Text(en=f"The preview of now: --hash {new}", es=f"La vista previa de ahora: --hash {new}"))


def _by_center(*, found: Any) -> dict[str, Any]:
    totals: dict[str, dict[str, Any]] = {}
    for center_pk, center in found.terms.centers.items():
        mine = [i for i in found.invoices if i.center_pk == center_pk]
        parts = {"membership": 0, "operations": 0}
        for invoice in mine:
            for line in invoice.lines:
                parts[line.part] += line.amount
        totals[center.code] = {
            "members": len({i.member_pk for i in mine}),
            "invoices": len(mine),
            **{part: whole_units(minor=minor) for part, minor in parts.items()},
            "currency": center.currency,
        }
    return totals


def _set_aside(rows: Any) -> list[dict[str, str]]:
    return [{"member": s.member_code, "code": s.code, **s.text.as_dict()} for s in rows]


def _tell_preview(*, found: Any) -> None:
    most = 20
    for aside in found.set_aside[:most]:
        console.tell(
            Text(
                en=f"set aside: {aside.member_code}: {aside.text.en}",
                es=f"aparte: {aside.member_code}: {aside.text.es}",
            )
        )
    if len(found.set_aside) > most:
        more = len(found.set_aside) - most
        console.tell(Text(en=f"... and {more} more set aside", es=f"... y {more} más aparte"))
    for code, row in _by_center(found=found).items():
        _tell_center(code=code, row=row)


def _tell_center(*, code: str, row: dict[str, Any]) -> None:
    membership = printed(minor=round(row["membership"] * 100), currency=row["currency"])
    operations = printed(minor=round(row["operations"] * 100), currency=row["currency"])
    made, to = _invoices(row["invoices"]), _members(row["members"])
    console.tell(
        Text(
            en=f"{code}: {made.en} to {to.en}: membership {membership}, operations and support {operations}",
            es=f"{code}: {made.es} a {to.es}: membresía {membership}, operación y soporte {operations}",
        )
    )


def _tell_outcome(*, outcome: Any, terms: Any, as_json: bool) -> None:
    from tequio.dues.queries import run_totals

    totals = run_totals(run_pk=outcome.run_pk, centers=list(terms.centers.values()))
    by_center = {
        t.center: {
            "members": t.members,
            "invoices": t.invoices,
            "membership": whole_units(minor=t.membership),
            "operations": whole_units(minor=t.operations),
            "currency": t.currency,
        }
        for t in totals
    }
    if as_json:
        console.write_json({**by_center, "run": outcome.run_pk, "set_aside": _set_aside(outcome.set_aside)})
        return
    if outcome.run_pk is None:
        console.tell(
            Text(
                en="Nothing to bill: every period that has begun has its invoice.",
                es="Nada que cobrar: todo periodo que ha empezado tiene su aviso.",
            )
        )
        return
    for code, row in by_center.items():
        _tell_center(code=code, row=row)
    console.tell(
        Text(
            en=f"Run {outcome.run_pk} is done. Until the first payment it can be undone: "
            f"tequio dues undo {outcome.run_pk} --reason ...",
            es=f"La corrida {outcome.run_pk} está hecha. Hasta el primer pago se puede deshacer: "
            f"tequio dues undo {outcome.run_pk} --reason ...",
        )
    )


def _write_csv(*, found: Any) -> None:
    from tequio.kernel.spreadsheets import csv_lines

    header = ("member_id", "center", "period_start", "period_end", "due_on", "membership", "operations", "currency")

    def rows() -> Any:
        for i in found.invoices:
            parts = {line.part: line.amount for line in i.lines}
            center = found.terms.centers[i.center_pk]
            yield (
                i.member_code,
                center.code,
                i.period_start,
                i.period_end,
                i.due_on,
                whole_units(minor=parts.get("membership", 0)),
                whole_units(minor=parts.get("operations", 0)),
                center.currency,
            )

    console.write_lines(csv_lines(header=header, rows=rows()))
