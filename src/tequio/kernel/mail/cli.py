"""`tequio mail`: what waits, sending it, trying it out. No command prints an address or what a mail says."""

from typing import Annotated

import typer

from tequio.kernel import clock, console
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

app = console.new_app(en="Mail that goes out.", es="El correo que sale.")

STATES = ("waiting", "sent", "failed", "cancelled")
MailNumber = Annotated[int, typer.Argument(metavar=say(en="MAIL", es="CORREO"))]


def _state(value: str | None) -> str | None:
    if value is not None and value not in STATES:
        raise typer.BadParameter(say(en=f"Use one of: {', '.join(STATES)}.", es=f"Use uno de: {', '.join(STATES)}."))
    return value


@app.command("list", help=say(en="The newest mails, and why some wait.", es="Lo más reciente, y por qué algo espera."))
def list_mails(
    state: Annotated[
        str | None,
        typer.Option(
            "--state", callback=_state, metavar="|".join(STATES), help=say(en="Only these.", es="Solo estos.")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List mails."""
    from tequio.kernel.mail.queries import counts, mails

    rows = mails(state=state)
    if as_json:
        console.write_json(
            [
                {
                    "mail": row.pk,
                    "kind": row.kind,
                    "about": row.subject,
                    "state": row.state,
                    "tries": row.tries,
                    "fault": row.fault.as_dict() if row.fault else None,
                    "server_said": row.server_said,
                    "created_at": row.created_at,
                    "next_try_at": row.next_try_at,
                    "sent_at": row.sent_at,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        said = f" ({row.server_said})" if row.server_said else ""
        why = Text(en=f"  {row.fault.en}{said}", es=f"  {row.fault.es}{said}") if row.fault else Text(en="", es="")
        console.tell(
            Text(
                en=f"{row.pk}  {row.state_name.en}  {row.kind_name.en}  {row.subject}{why.en}",
                es=f"{row.pk}  {row.state_name.es}  {row.kind_name.es}  {row.subject}{why.es}",
            )
        )
    found = counts()
    console.tell(
        Text(
            en=f"waiting {found['waiting']}, sent {found['sent']}, failed {found['failed']}, "
            f"cancelled {found['cancelled']}",
            es=f"en espera {found['waiting']}, enviados {found['sent']}, sin poder enviarse {found['failed']}, "
            f"cancelados {found['cancelled']}",
        )
    )


@app.command(help=say(en="Send what waits.", es="Envía lo que está en espera."))
def send(as_json: AsJson = False) -> None:
    """Send everything that is due, a few at a time, until nothing is left or the mail server is away."""
    from tequio.kernel.mail.sending import deliver_all

    done = deliver_all(at=clock.now())
    total = {name: getattr(done, name) for name in ("sent", "put_off", "failed", "cancelled")}
    if as_json:
        console.write_json({**total, "left": done.left, "away": done.away.value if done.away else None})
    else:
        console.tell(
            Text(
                en=f"{total['sent']} sent, {total['put_off']} put off, {total['failed']} failed, "
                f"{total['cancelled']} no longer needed.",
                es=f"{total['sent']} enviados, {total['put_off']} para más tarde, {total['failed']} sin poder "
                f"enviarse, {total['cancelled']} ya innecesarios.",
            )
        )
    if done.away is not None:
        raise _away(fault=done.away.value, detail=done.away_detail, left=done.left)


@app.command("test", help=say(en="Send a test mail now.", es="Envía ahora un correo de prueba."))
def try_out(
    address: Annotated[
        str,
        typer.Argument(metavar=say(en="ADDRESS", es="DIRECCIÓN"), help=say(en="To whom.", es="A quién.")),
    ],
) -> None:
    """Queue a test mail, send it at once and say what came of it."""
    from tequio.kernel.mail import kinds, transport
    from tequio.kernel.mail.faults import SENTENCES, Fault
    from tequio.kernel.mail.models import MailState, OutgoingMail
    from tequio.kernel.mail.operations import enqueue
    from tequio.kernel.mail.sending import deliver_one
    from tequio.kernel.mail.trial import trial

    at = clock.now()
    way = transport.configured()
    row = enqueue(
        kind=kinds.TRIAL,
        subject="instance",
        to_address=address,
        composed=trial(language=console.language(), sender=transport.sender()),
        at=at,
    )
    done = deliver_one(pk=row.pk, at=at, transport=way)
    row = OutgoingMail.objects.get(pk=row.pk)
    if row.state != MailState.SENT:
        why = SENTENCES[done.away or Fault(row.last_fault)]
        said = done.away_detail or row.last_error
        raise Refusal(en=f"The test mail was not sent. {why.en} {said}", es=f"La prueba no se envió. {why.es} {said}")
    if isinstance(way, transport.Outbox):
        path = way.written[-1]
        console.tell(
            Text(
                en=f"No mail server is set, so it lies in the outbox: {path}",
                es=f"No hay servidor de correo, así que está en la carpeta de salida: {path}",
            )
        )
        return
    console.tell(Text(en="The mail server took the test mail.", es="El servidor de correo recibió la prueba."))


@app.command(help=say(en="Try one that failed again.", es="Vuelve a intentar uno que no se pudo enviar."))
def retry(number: MailNumber) -> None:
    """Put a failed mail back in the queue."""
    from tequio.kernel.mail import operations

    operations.retry(pk=number, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Mail {number} waits again.", es=f"El correo {number} espera de nuevo."))


@app.command(help=say(en="Stop one that waits or failed.", es="Detiene uno en espera o que no se pudo enviar."))
def cancel(number: MailNumber) -> None:
    """Cancel a mail."""
    from tequio.kernel.mail import operations

    operations.cancel(pk=number, actor=console.actor(), at=clock.now())
    console.tell(Text(en=f"Mail {number} is cancelled.", es=f"El correo {number} quedó cancelado."))


def _away(*, fault: str, detail: str, left: int) -> Refusal:
    from tequio.kernel.mail.faults import SENTENCES, Fault

    why = SENTENCES[Fault(fault)]
    said = f" ({detail})" if detail else ""
    return Refusal(
        en=f"{why.en}{said} {left} mails wait; nothing is lost, run it again later.",
        es=f"{why.es}{said} Quedan {left} correos en espera; nada se pierde, intente más tarde.",
    )
