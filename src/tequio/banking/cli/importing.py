"""`tequio payments import`."""

import shlex
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

if TYPE_CHECKING:
    from tequio.banking.operations.importing import Imported
    from tequio.banking.statements.columns import Mapping_

REFUSED = 1
_SHOWN = 40
_OFFERED = 3  # numbers of a file; one that names more is of a whole group's accounts

_HELP = say(
    en="OFX, QFX, MT940, CAMT.053, CSV or XLSX, told by its content.",
    es="OFX, QFX, MT940, CAMT.053, CSV o XLSX; se distingue por su contenido.",
)


def import_file(
    file: Annotated[Path, typer.Argument(metavar=say(en="FILE", es="ARCHIVO"), help=_HELP)],
    account: Annotated[
        str,
        typer.Option(
            "--account",
            metavar=say(en="CODE", es="CLAVE"),
            help=say(en="The account it is of, like us-bank.", es="De qué cuenta es, como mx-bank."),
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say(en="Show what it would do.", es="Muestra lo que haría."))
    ] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar=say(en="ROLE=HEADING", es="PAPEL=ENCABEZADO"),
            help=say(
                en="Which column is what, where the guess is wrong; remembered with the account. Roles: date, amount, "
                "credit, debit, balance, direction, name, text, payer_account, bank_id, currency, account, status, "
                "net.",
                es="Qué columna es cuál, si se adivinó mal; se recuerda con la cuenta. Papeles: date, amount, credit, "
                "debit, balance, direction, name, text, payer_account, bank_id, currency, account, status, net.",
            ),
        ),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(
            "--dates", metavar="dmy|mdy|ymd", help=say(en="Order of day and month.", es="Orden de día y mes.")
        ),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option("--decimal", metavar="point|comma", help=say(en="The decimal mark.", es="El signo decimal.")),
    ] = None,
    number: Annotated[
        str,
        typer.Option(
            "--number",
            metavar=say(en="NUMBER", es="NÚMERO"),
            help=say(
                en="Say that this number, which the file names, is the account’s; it is recorded when it is imported.",
                es="Diga que este número, que el archivo nombra, es el de la cuenta; se registra al importar.",
            ),
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Import a statement and say what became of each movement.

    In JSON, `transactions` is how many the file holds, `credits` and `debits` how many of them came and went (counts;
    a row in error is in `rejected` alone); `matched`, `suggested` and `unmatched` are the credits that are new.
    `unrecorded` are numbers the file names that may be the account's. A file that is refused answers the same way.
    """
    from tequio.banking.operations.importing import import_statement

    try:
        result = import_statement(
            path=file,
            account_code=account,
            mapping=_mapping(file=file, account=account, column=column or [], dates=dates, decimal=decimal),
            number=number,
            dry_run=dry_run,
            actor=console.actor(),
            at=clock.now(),
        )
    except Refusal as refusal:
        refused = _with_option(refusal)
        if not as_json:
            raise refused from refusal
        result = _refused(refused, file=file, account=account)
    if as_json:
        console.write_json(answer_of(result))
    else:
        _tell(result, dry_run=dry_run)
    if not result.taken:
        if as_json and result.refused is not None:
            console.remark(result.refused)
        _offer(result, file=file)
        raise typer.Exit(REFUSED)


def _with_option(refusal: Refusal) -> Refusal:
    """A refusal with the option by which a person says what the file does not, where there is one."""
    from tequio.banking.statements.columns import NoColumns

    if not isinstance(refusal, NoColumns):
        return refusal
    said = f"--column {refusal.role.value}"
    return Refusal(en=f"{refusal.text.en} {said}=HEADING.", es=f"{refusal.text.es} {said}=ENCABEZADO.")


def _refused(refusal: Refusal, *, file: Path, account: str) -> "Imported":
    """The answer about a file that was refused; where only the account is missing, what it holds is counted."""
    from tequio.banking.operations.importing import Imported, only_counted
    from tequio.banking.queries.accounts import NoAccount

    if isinstance(refusal, NoAccount):
        with suppress(Refusal):
            return only_counted(path=file, account_code=account, refused=refusal.text)
    return Imported(account=account, format="", refused=refusal.text, taken=False)


def _offer(result: "Imported", *, file: Path) -> None:
    """How to say that a number the file names is the account's: nobody but a person knows."""
    for number in result.unrecorded[:_OFFERED]:
        said = f"tequio payments import {shlex.quote(str(file))} --account {result.account} --number"
        console.remark(Text(en=f"If it is: {said} {shlex.quote(number)}", es=f"Si lo es: {said} {shlex.quote(number)}"))


def answer_of(result: "Imported", /) -> dict[str, Any]:
    """What `--json` prints. Sentences are in the language spoken."""
    language = console.language()
    return {
        "account": result.account,
        "format": result.format or None,
        "transactions": result.transactions,
        "credits": result.credits,
        "debits": result.debits,
        "rejected": [{"row": row.row, "why": row.why.to(language)} for row in result.rejected],
        "refused": result.refused.to(language) if result.refused else None,
        "unrecorded": list(result.unrecorded),
        "matched": result.matched,
        "suggested": result.suggested,
        "unmatched": result.unmatched,
        "already_known": result.already_known,
        "maybe_known": result.twins,
        "through": result.through,
        "notes": [note.to(language) for note in result.notes],
        "mapping": result.mapping.as_json() if result.mapping else None,
    }


def _mapping(
    *, file: Path, account: str, column: list[str], dates: str | None, decimal: str | None
) -> "Mapping_ | None":
    """How a person says the columns are to be read; None where nothing was said."""
    if not column and dates is None and decimal is None:
        return None
    from tequio.banking.operations.correcting import corrected
    from tequio.banking.statements.roles import Role

    said: dict[Role, list[str]] = {}
    for pair in column:
        role, equals, heading = pair.partition("=")
        if not equals or role.strip() not in {role.value for role in Role}:
            raise typer.BadParameter(
                say(
                    en=f"“{pair}”: write it like date=Posted or amount=Importe.",
                    es=f"«{pair}»: escríbalo como date=Fecha o amount=Importe.",
                ),
                param_hint="--column",
            )
        said.setdefault(Role(role.strip()), []).append(heading)
    if dates not in (None, "dmy", "mdy", "ymd"):
        raise typer.BadParameter(say(en="Use dmy, mdy or ymd.", es="Use dmy, mdy o ymd."), param_hint="--dates")
    marks: dict[str | None, Any] = {None: None, "point": ".", "comma": ","}
    if decimal not in marks:
        raise typer.BadParameter(
            say(en="Use point or comma.", es="Use point (punto) o comma (coma)."), param_hint="--decimal"
        )
    return corrected(path=file, account_code=account, said=said, dates=dates, mark=marks[decimal])  # type: ignore[arg-type]  # CONFIG: checked above


def _tell(result: "Imported", *, dry_run: bool) -> None:
    for note in result.notes:
        console.tell(note)
    for row in result.rejected[:_SHOWN]:
        console.tell(Text(en=f"row {row.row}: {row.why.en}", es=f"fila {row.row}: {row.why.es}"))
    if len(result.rejected) > _SHOWN:
        more = len(result.rejected) - _SHOWN
        console.tell(Text(en=f"and {more} more rows.", es=f"y {more} filas más."))
    console.tell(
        Text(
            en=f"{result.transactions} movements: {result.credits} came, {result.debits} went, "
            f"{len(result.rejected)} set aside.",
            es=f"{result.transactions} movimientos: {result.credits} entradas, {result.debits} salidas, "
            f"{len(result.rejected)} aparte.",
        )
    )
    if result.refused is not None:
        (console.tell if result.taken else console.remark)(result.refused)
    if not result.taken:
        return
    would = Text(en="Dry run: ", es="Ensayo: ") if dry_run else Text(en="", es="")
    console.tell(
        Text(
            en=f"{would.en}{result.matched} matched, {result.suggested} suggested, {result.unmatched} not matched, "
            f"{result.already_known} known already.",
            es=f"{would.es}{result.matched} asignados, {result.suggested} sugeridos, {result.unmatched} sin asignar, "
            f"{result.already_known} ya conocidos.",
        )
    )
    if result.suggested or result.unmatched:
        console.tell(
            Text(en="See: tequio payments lines list", es="Vea: tequio payments lines list"),
        )
