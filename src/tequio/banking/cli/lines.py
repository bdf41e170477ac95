"""`tequio payments lines`: money that came, and whose it is."""

from typing import TYPE_CHECKING, Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.rules.money import AmountError, minor_units, printed, whole_units
from tequio.rules.reasons import Text

if TYPE_CHECKING:
    from tequio.banking.operations.deciding import Share
    from tequio.banking.queries.lines import LineRow

lines = console.new_app(en="Money that came, and whose it is.", es="El dinero que llegó, y de quién es.")

Line = Annotated[int, typer.Argument(metavar=say(en="LINE", es="MOVIMIENTO"))]
Reason = Annotated[str, typer.Option("--reason", help=say(en="Why.", es="Por qué."))]


@lines.command("list", help=say(en="What waits for a person.", es="Lo que espera a una persona."))
def list_lines(
    account: Annotated[
        str,
        typer.Option("--account", metavar=say(en="CODE", es="CLAVE"), help=say(en="Only of it.", es="Solo de ella.")),
    ] = "",
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar="waiting|open|suggested|twin|matched|aside|out|all",
            help=say(en="Which lines.", es="Qué movimientos."),
        ),
    ] = "waiting",
    as_json: AsJson = False,
) -> None:
    """List lines, by default those that wait: suggested, not matched, maybe there twice."""
    from tequio.banking.queries.lines import STATES, WAITING, line_rows, lines_of
    from tequio.centers.queries import all_centers

    chosen = {"waiting": [s.value for s in WAITING], "all": list(STATES)}.get(state, [state])
    if not set(chosen) <= set(STATES):
        raise typer.BadParameter(
            say(en="Use waiting, all or a state.", es="Use waiting, all o un estado."), param_hint="--state"
        )
    found = lines_of(center_pks=[center.pk for center in all_centers()], account_code=account, states=chosen)
    rows = line_rows(lines=list(found))
    if as_json:
        console.write_json([_as_json(row) for row in rows])
        return
    if not rows:
        console.tell(Text(en="Nothing waits.", es="Nada espera."))
    for row in rows:
        _tell(row)


@lines.command("confirm", help=say(en="The suggestion is right.", es="La sugerencia es correcta."))
def confirm(line: Line) -> None:
    """Confirm what is suggested for a line."""
    from tequio.banking.operations.deciding import confirm as operation
    from tequio.banking.queries.lines import line_row

    for match in _suggested(line_row(pk=line)):
        done = operation(match_pk=match, actor=console.actor(), at=clock.now())
        number = done.payment.number if done.payment else ""
        console.tell(Text(en=f"{number}: {done.member.code}", es=f"{number}: {done.member.code}"))


@lines.command("refuse", help=say(en="The suggestion is wrong.", es="La sugerencia es incorrecta."))
def refuse(line: Line) -> None:
    """Refuse what is suggested for a line."""
    from tequio.banking.operations.deciding import refuse as operation
    from tequio.banking.queries.lines import line_row

    for match in _suggested(line_row(pk=line)):
        operation(match_pk=match, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Line {line} waits for an answer.", es=f"El movimiento {line} espera respuesta."))


@lines.command("assign", help=say(en="Say whose money it is.", es="Dice de quién es el dinero."))
def assign(
    line: Line,
    to: Annotated[
        list[str],
        typer.Option(
            "--to",
            metavar="ID[:AMOUNT[:INVOICE]]",
            help=say(
                en="A member; with an amount, a part of it; with an invoice, meant for that one. Several split it.",
                es="Una membresía; con cantidad, una parte; con aviso, destinada a ese. Varias la reparten.",
            ),
        ),
    ],
) -> None:
    """Give a line to one member, or split it over members or invoices."""
    from tequio.banking.operations.deciding import assign as operation
    from tequio.banking.queries.lines import line_row

    left = line_row(pk=line).left
    shares = [_share(text, whole=left if len(to) == 1 else None) for text in to]
    for match in operation(line_pk=line, shares=shares, actor=console.actor(), at=clock.now()):
        number = match.payment.number if match.payment else ""
        console.tell(Text(en=f"{number}: {match.member.code}", es=f"{number}: {match.member.code}"))


@lines.command("aside", help=say(en="It is nobody's dues.", es="No son cuotas de nadie."))
def aside(line: Line, reason: Reason) -> None:
    """Set a line aside."""
    from tequio.banking.operations.deciding import set_aside

    set_aside(line_pk=line, reason=reason, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Line {line} is set aside.", es=f"El movimiento {line} quedó apartado."))


@lines.command("back", help=say(en="Let it wait again.", es="Que espere otra vez."))
def back(line: Line) -> None:
    """Bring a line back that was set aside or taken for a twin."""
    from tequio.banking.operations.deciding import bring_back

    bring_back(line_pk=line, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Line {line} waits for an answer.", es=f"El movimiento {line} espera respuesta."))


@lines.command("undo", help=say(en="The match was wrong.", es="La asignación estuvo mal."))
def undo(line: Line, reason: Reason) -> None:
    """Void the payments made from a line; it waits again."""
    from tequio.banking.operations.undoing import undo as operation
    from tequio.banking.queries.lines import line_row
    from tequio.kernel.errors import Refusal

    posted = [match.pk for match in line_row(pk=line).matches if match.state == "posted"]
    if not posted:
        raise Refusal(en=f"Line {line} has no payment.", es=f"El movimiento {line} no tiene ningún pago.")
    for match in posted:
        operation(match_pk=match, reason=reason, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Line {line} waits for an answer.", es=f"El movimiento {line} espera respuesta."))


def _suggested(row: "LineRow") -> list[int]:
    from tequio.kernel.errors import Refusal

    found = [match.pk for match in row.matches if match.state == "suggested"]
    if not found:
        raise Refusal(
            en=f"Nothing is suggested for line {row.pk}.", es=f"No hay sugerencia para el movimiento {row.pk}."
        )
    return found


def _share(text: str, *, whole: int | None) -> "Share":
    from tequio.banking.operations.deciding import Share

    code, _, rest = text.partition(":")
    amount, _, invoice = rest.partition(":")
    if not amount and whole is None:
        raise typer.BadParameter(
            say(en=f"“{text}”: give each part its amount.", es=f"«{text}»: dé a cada parte su cantidad."),
            param_hint="--to",
        )
    try:
        minor = minor_units(amount=amount) if amount else whole or 0
    except AmountError as error:
        raise typer.BadParameter(error.text.to(console.language()), param_hint="--to") from error
    return Share(member_code=code, amount=minor, invoice_number=invoice.upper())


def _as_json(row: "LineRow") -> dict[str, object]:
    language = console.language()
    return {
        "line": row.pk,
        "account": row.account,
        "on": row.on,
        "amount": whole_units(minor=row.amount),
        "left": whole_units(minor=row.left),
        "currency": row.currency,
        "name": row.name,
        "text": row.text,
        "state": row.state,
        "why": row.why.to(language),
        "matches": [
            {
                "member": match.member_code,
                "amount": whole_units(minor=match.amount),
                "invoice": match.invoice or None,
                "state": match.state,
                "why": match.why.to(language),
                "payment": match.payment or None,
                "others": [code for _, code, _ in match.others],
            }
            for match in row.matches
        ],
    }


def _tell(row: "LineRow") -> None:
    from tequio.banking.queries.lines import STATES

    state = STATES[row.state]
    amount = printed(minor=row.left if row.amount > 0 else row.amount, currency=row.currency)
    about = row.text[:80]
    console.tell(
        Text(
            en=f"{row.pk}  {row.on}  {amount}  {state.en}  {about}",
            es=f"{row.pk}  {row.on}  {amount}  {state.es}  {about}",
        )
    )
    for match in row.matches:
        console.tell(
            Text(
                en=f"    {match.member_code} {match.member_name}: {match.why.en or match.payment}",
                es=f"    {match.member_code} {match.member_name}: {match.why.es or match.payment}",
            )
        )
