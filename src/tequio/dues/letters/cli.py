"""`tequio invoices mail`, `tequio payments mail` and `tequio mail samples`."""

from pathlib import Path
from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal, fault_of
from tequio.rules.reasons import Text


def mail_invoices(
    number: Annotated[
        str | None,
        typer.Argument(metavar=say(en="[NUMBER]", es="[NÚMERO]"), help=say(en="One invoice.", es="Un solo aviso.")),
    ] = None,
    run: Annotated[
        int | None,
        typer.Option("--run", metavar="ID", help=say(en="All of a dues run.", es="Todos los de una corrida.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put the mails of a run's invoices, or of one invoice, in the queue; nothing is sent yet."""
    from tequio.dues.letters import operations

    if (number is None) == (run is None):
        raise typer.BadParameter(
            say(en="Give a number or --run, one of the two.", es="Indique un número o --run, uno de los dos.")
        )
    actor, at = console.actor(), clock.now()
    if number is not None:
        _tell_one(queued=operations.mail_invoice(number=number, actor=actor, at=at), number=number, as_json=as_json)
        return
    done = operations.mail_invoices(run_pk=run or 0, actor=actor, at=at)
    if as_json:
        console.write_json(
            {
                "queued": done.queued,
                "already": done.already,
                "cancelled": done.cancelled,
                "without_address": [{"member": w.member_code, "invoice": w.number} for w in done.without_address],
            }
        )
        return
    for missing in done.without_address:
        console.tell(
            Text(
                en=f"without an address: {missing.member_code}, {missing.number}: send it on paper",
                es=f"sin dirección de correo: {missing.member_code}, {missing.number}: envíelo en papel",
            )
        )
    console.tell(
        Text(
            en=f"{done.queued} mails queued, {done.already} were queued or sent before, "
            f"{len(done.without_address)} without an address. “tequio mail send” sends them.",
            es=f"{done.queued} correos en cola, {done.already} ya estaban en cola o enviados, "
            f"{len(done.without_address)} sin dirección. «tequio mail send» los envía.",
        )
    )


def mail_receipt(
    number: Annotated[str, typer.Argument(metavar=say(en="PAYMENT", es="PAGO"))], as_json: AsJson = False
) -> None:
    """Put the thanks for a payment in the queue; nothing is sent yet."""
    from tequio.dues.letters import operations

    queued = operations.mail_receipt(number=number, actor=console.actor(), at=clock.now())
    _tell_one(queued=queued, number=number, as_json=as_json)


def _tell_one(*, queued: bool, number: str, as_json: bool) -> None:
    if as_json:
        console.write_json({"queued": int(queued), "already": int(not queued)})
    elif queued:
        console.tell(
            Text(
                en=f"The mail about {number} is queued. “tequio mail send” sends it.",
                es=f"El correo sobre {number} está en cola. «tequio mail send» lo envía.",
            )
        )
    else:
        console.tell(
            Text(
                en=f"The mail about {number} was queued or sent before; nothing was added.",
                es=f"El correo sobre {number} ya estaba en cola o enviado; no se agregó nada.",
            )
        )


def write_samples(
    out: Annotated[
        Path,
        typer.Option("--out", metavar=say(en="FOLDER", es="CARPETA"), help=say(en="Where to.", es="En dónde.")),
    ],
) -> None:
    """Write every letter in both languages, with invented facts, as text and as the HTML twin."""
    from tequio.dues.letters.samples import samples
    from tequio.meetings import letter_samples

    found = [*samples(), *letter_samples.samples()]
    counted: dict[tuple[str, str], int] = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for kind, language, composed in found:
            counted[kind, language] = counted.get((kind, language), 0) + 1
            name = f"{kind}-{counted[kind, language]}.{language}"
            (out / f"{name}.txt").write_text(f"{composed.subject}\n\n{composed.text}", encoding="utf-8")
            (out / f"{name}.html").write_text(composed.html, encoding="utf-8")
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(
            en=f"The folder {out} cannot be written: {why.en}.", es=f"No se puede escribir en {out}: {why.es}."
        ) from error
    console.tell(Text(en=f"{len(found)} letters written to {out}.", es=f"Se escribieron {len(found)} cartas en {out}."))
