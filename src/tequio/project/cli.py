"""The command `tequio`: every topic's commands put together, and what the program says when something is refused."""

import errno
import os
import sys
from typing import Annotated

import typer

from tequio.accounts import cli as people
from tequio.banking import cli as banking
from tequio.budgets.cli import bookings, budgets, funds, income, transfers
from tequio.decisions import bodies_cli as bodies
from tequio.decisions import deciding_cli as deciding
from tequio.decisions.cli import proposals
from tequio.decisions.preview_cli import effects, preview
from tequio.dues.cli import money, runs, standing
from tequio.dues.letters import cli as letters
from tequio.dues.paper import cli as paper
from tequio.followup import cli as followup
from tequio.front.cli import app as standing_over_time
from tequio.front.cli import decisions
from tequio.kernel import console, usage
from tequio.kernel.console import AsJson, say
from tequio.kernel.errors import Refusal
from tequio.kernel.mail import cli as mail
from tequio.ledger import cli as ledger
from tequio.meetings import agenda_cli as calendar
from tequio.meetings import cli as meetings
from tequio.members import cli as members
from tequio.members.access_cli import access
from tequio.paylink import cli as paylink
from tequio.project.bench import cli as bench
from tequio.project.demo.cli import demo
from tequio.project.rules_cli import plan_ahead, rules
from tequio.rules.reasons import Text
from tequio.services import agreed_cli as services
from tequio.services import applications_cli as applications
from tequio.services import moving_cli as moving

REFUSED = 1
WRONG_USAGE = 2
INTERRUPTED = 130  # what a shell expects of a command that was stopped with Ctrl-C
_STOPPED = Text(en="Stopped. What was begun can be run again.", es="Detenido. Lo empezado se puede repetir.")
WITHOUT_INSTANCE = {"init", "bench", "demo", "version"}

app = typer.Typer(
    help=say(
        en="Tequio runs a member-run organization in more than one country.",
        es="Tequio lleva una organización de membresía en más de un país.",
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

members.app.command("show", help=say(en="Standing, why, and what comes next.", es="Situación, por qué, y qué sigue."))(
    standing.show
)
members.app.command("hold", help=say(en="Pause what follows late dues.", es="Da una prórroga."))(standing.hold)
members.app.command("rate", help=say(en="Grant a rate of its own.", es="Concede una cuota propia."))(standing.rate)
app.add_typer(members.app, name="members")
app.add_typer(members.contact_log, name="contact-log")
app.add_typer(runs.app, name="dues")
paper.attach(invoices=money.invoices, payments=money.payments)
banking.attach(payments=money.payments)
app.add_typer(money.payments, name="payments")
app.add_typer(money.invoices, name="invoices")
app.add_typer(standing.plans, name="plans")
money.invoices.command("link", help=say(en="Its link to pay.", es="Su enlace para pagar."))(paylink.link)
money.invoices.command("mail", help=say(en="Queue the mail of invoices.", es="Pone en cola el correo de avisos."))(
    letters.mail_invoices
)
money.payments.command("mail", help=say(en="Queue the thanks for one.", es="Pone en cola las gracias por uno."))(
    letters.mail_receipt
)
mail.app.command("samples", help=say(en="Write every letter, invented.", es="Escribe cada carta, inventada."))(
    letters.write_samples
)
app.add_typer(mail.app, name="mail")
app.command("debtors", help=say(en="Who is behind.", es="Quién está atrasado."))(standing.debtors)
app.add_typer(rules, name="rules")
people.app.command("access", help=say(en="Let a person sign in for a member.", es="Deja entrar por una membresía."))(
    access
)
app.add_typer(people.app, name="people")
app.add_typer(ledger.app, name="ledger")
app.add_typer(budgets, name="budgets")
app.add_typer(bookings, name="bookings")
app.add_typer(income, name="income")
app.add_typer(transfers, name="transfers")
app.add_typer(funds, name="funds")
app.add_typer(standing_over_time, name="standing")
app.add_typer(followup.app, name="follow-up")
services.app.add_typer(applications.app, name="applications")
services.app.add_typer(moving.app, name="moving")
app.add_typer(services.app, name="services")
decisions.command("apply", help=say(en="Confirm and carry out.", es="Confirma y lleva a cabo."))(deciding.apply)
decisions.command("waiting", help=say(en="What waits for a person.", es="Lo que espera a alguien."))(deciding.waiting)
decisions.command("take-back", help=say(en="Draft the way back.", es="Redacta cómo revertir."))(deciding.take_back)
decisions.command("record", help=say(en="One taken elsewhere.", es="Uno tomado en otra parte."))(deciding.record)
app.add_typer(decisions, name="decisions")
app.add_typer(deciding.votes, name="votes")
app.add_typer(bodies.bodies, name="bodies")
app.add_typer(bodies.tasks, name="tasks")
app.add_typer(calendar.meetings, name="meetings")
app.add_typer(meetings.notes, name="notes")
proposals.command("effects", help=say(en="What a proposal can do, to copy.", es="Lo que puede hacer, para copiar."))(
    effects
)
proposals.command("preview", help=say(en="What it would do, and to whom.", es="Qué haría, y a quién."))(preview)
app.add_typer(proposals, name="proposals")
app.add_typer(ledger.export, name="export")
app.add_typer(bench.app, name="bench")
app.command(
    "demo",
    help=say(en="Live through a year of an invented organization.", es="Vive un año de una organización inventada."),
)(demo)


@app.callback()
def start(
    context: typer.Context,
    lang: Annotated[str | None, typer.Option("--lang", metavar="en|es", help=say(en="Language.", es="Idioma."))] = None,
) -> None:
    """Choose the language and wake Django, unless the command makes its own instance."""
    if lang not in (None, "en", "es"):
        raise typer.BadParameter(say(en="Use en or es.", es="Use en o es."), param_hint="--lang")
    console.choose_language(lang)
    os.umask(0o077)  # whatever the instance writes is for its own user
    if _needs_instance(context.invoked_subcommand) and not {"--help", "-h"} & set(sys.argv):
        _wake()


def _needs_instance(command: str | None) -> bool:
    """Whether a command works on an instance. Notes are read without one, unless they are brought in for a body."""
    if command == "notes":
        return any(word == "--body" or word.startswith("--body=") for word in sys.argv)
    return command not in WITHOUT_INSTANCE


def _wake() -> None:
    import django

    from tequio.kernel import instance

    instance.read_secret("django.key")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.project.settings")
    django.setup()


@app.command(help=say(en="Make an instance, or bring one up to date.", es="Crea una instancia, o la pone al día."))
def init(
    sample_rules: Annotated[
        bool,
        typer.Option(
            "--sample-rules", help=say(en="Load the sample rules too.", es="Carga también las reglas de muestra.")
        ),
    ] = False,
) -> None:
    """Make the instance's folder, keys and tables; safe to run again, also after an update."""
    from tequio.kernel import clock, instance

    instance.create()
    _wake()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    console.tell(Text(en=f"The instance is ready: {instance.home()}", es=f"La instancia está lista: {instance.home()}"))
    if sample_rules:
        from tequio.project.rulebook import SAMPLE, load_rules

        load_rules(path=SAMPLE, actor=console.actor(), at=clock.now())
        console.tell(
            Text(
                en="The sample rules are in force; “tequio rules show” tells which figures are assumed.",
                es="Las reglas de muestra están vigentes; «tequio rules show» dice qué cifras son supuestas.",
            )
        )
        plan_ahead()


@app.command(help=say(en="Serve the site.", es="Sirve el sitio."))
def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    address: Annotated[str, typer.Option("--address", help=say(en="Listen there.", es="Dónde escucha."))] = "127.0.0.1",
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=say(en="Processes.", es="Procesos."))] = 1,
) -> None:
    """Serve the pages with gunicorn, until stopped."""
    from tequio.project.serving import serve as serve_site

    serve_site(address=address, port=port, workers=workers)


@app.command(help=say(en="Work everything out again and compare.", es="Vuelve a calcular todo y compara."))
def check(as_json: AsJson = False) -> None:
    """Recompute standings, balances, ledger and journal; exit with 1 and a list if anything differs."""
    from tequio.project.checking import differences

    found = list(differences())
    if as_json:
        console.write_json({"differences": found})
    elif found:
        for line in found:
            sys.stdout.write(line + "\n")
    else:
        console.tell(
            Text(
                en="Standings, balances, ledger and journal agree.",
                es="Situaciones, saldos, libros y bitácora concuerdan.",
            )
        )
    if found:
        raise typer.Exit(REFUSED)


@app.command(help=say(en="Do what is due today.", es="Hace lo que toca hoy."))
def tick(as_json: AsJson = False) -> None:
    """Do the daily work; run it from cron or a timer."""
    from tequio.kernel import clock
    from tequio.project.daily import tick as operation

    result = operation(actor=console.actor(), at=clock.now())
    if as_json:
        console.write_json(
            {
                "resumed": result.resumed,
                "runs": result.runs,
                "standings_changed": result.standings_changed,
                "without_dues": result.without_dues,
                "mails_sent": result.mails_sent,
                "mails_left": result.mails_left,
                "follow_up": {
                    "mails": result.notices.mails,
                    "letters": result.notices.letters,
                    "calls": result.notices.calls,
                    "held": result.notices.held,
                    "tasks": result.notices.tasks,
                    "came_back": result.came_back,
                    "dropped": result.dropped,
                    "promises_due": result.promises_due,
                    "money_unknown": result.notices.money_unknown,
                    "no_mail_server": result.no_mail_server,
                },
                "decisions": {
                    "votes_closed": result.votes_closed,
                    "terms_ended": result.terms_ended,
                    "carried_out": list(result.decisions.applied),
                    "stopped": [code for code, _ in result.decisions.stopped],
                    "to_confirm": list(result.decisions.waiting),
                },
            }
        )
        return
    for code in result.without_dues:
        console.remark(
            Text(
                en=f"{code}: no dues policy is in force, nothing billed.", es=f"{code}: sin política de cuotas vigente."
            )
        )
    console.tell(
        Text(
            en=f"{len(result.runs) + len(result.resumed)} dues runs, {result.standings_changed} standings changed.",
            es=f"{len(result.runs) + len(result.resumed)} corridas de cuotas, {result.standings_changed} situaciones "
            "cambiaron.",
        )
    )
    for text in result.said():
        console.tell(text)


@app.command(help=say(en="The version.", es="La versión."))
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as of

    sys.stdout.write(f"tequio {of('tequio')}\n")


def main() -> None:
    """Run a command; say in a sentence what was refused. Exit codes: 0 done, 1 refused, 2 wrong usage."""
    language = console.asked_for(sys.argv[1:]) or console.language()
    command = usage.speaking(app=app, language=language)
    try:
        code = command(standalone_mode=False)
    except Refusal as refusal:
        _refuse(refusal.text, language)
    except usage.WrongUsage as error:
        sys.stderr.write(usage.explained(error=error, language=language))
        sys.exit(WRONG_USAGE)
    except typer.Abort:
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; so do we, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(REFUSED)
    except Exception as error:
        text = _known_fault(error)
        if text is None or os.environ.get("TEQUIO_DEBUG"):
            raise
        _refuse(text, language)
    if code == INTERRUPTED:
        sys.stderr.write(_STOPPED.to(language) + "\n")
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(text: Text, language: str) -> None:
    sys.stderr.write(text.to(language) + "\n")
    sys.exit(REFUSED)


# What engines say, and what a person should read: the first row with one of the words counts.
_FAULTS: tuple[tuple[tuple[str, ...], Text], ...] = (
    (
        ("disk is full", "no space left", "file too large", "could not extend"),
        Text(
            en="The disk is full. Nothing was left half done; make room and run it again.",
            es="El disco está lleno. Nada quedó a medias; libere espacio y vuelva a intentarlo.",
        ),
    ),
    (
        ("locked", "deadlock", "could not serialize"),
        Text(
            en="Another command holds the database. Nothing was left half done; run it again in a moment.",
            es="Otro comando ocupa la base de datos. Nada quedó a medias; intente de nuevo en un momento.",
        ),
    ),
    (
        ("no such table", "no such column", "has no column", "does not exist"),
        Text(
            en="The database is not up to date with the program, or is not there: run “tequio init”.",
            es="La base de datos no está al día con el programa, o no existe: ejecute «tequio init».",
        ),
    ),
    (
        ("not a database", "malformed"),
        Text(
            en="The database file is damaged or is no database. Restore it from a backup.",
            es="El archivo de la base de datos está dañado o no lo es. Recupérelo de un respaldo.",
        ),
    ),
    (
        ("readonly", "read-only", "unable to open", "connect", "disk i/o", "terminating", "shutting down"),
        Text(
            en="The database cannot be reached or written. Nothing was left half done; see that it runs and try again.",
            es="No se puede llegar a la base de datos o escribir en ella. Nada quedó a medias; revise que funcione e "
            "intente de nuevo.",
        ),
    ),
)


def _known_fault(error: Exception) -> Text | None:
    """A sentence for what happens to machines: a full disk, a busy or missing database. None for a bug of ours."""
    from django.db import DatabaseError, InterfaceError

    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if full:
        return _FAULTS[0][1]
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    said = str(error).lower()
    return next((text for words, text in _FAULTS if any(word in said for word in words)), None)


if __name__ == "__main__":
    main()
