"""`tequio demo`: a throw-away instance, an invented organization, a year of its life, and a report of one screen."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from tequio.kernel import console
from tequio.kernel.console import say
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

_REFUSED = 1


def demo(
    serve: Annotated[
        bool,
        typer.Option(
            "--serve/--no-serve",
            help=say(en="Serve the site after the report.", es="Abrir el sitio después del informe."),
        ),
    ] = True,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    members: Annotated[
        int, typer.Option("--members", min=80, max=3_000, help=say(en="How many members.", es="Cuántas membresías."))
    ] = 760,
    seed: Annotated[
        int, typer.Option("--seed", help=say(en="Another seed, another year.", es="Otra semilla, otro año."))
    ] = 2016,
) -> None:
    """Live through a year of an invented organization and report it; nothing of it is kept.

    The instance is a folder of its own under the system's temporary one, on SQLite; the instance and database that
    TEQUIO_HOME and TEQUIO_DATABASE_URL name are not looked at.
    """
    _refuse_awake()
    folder = Path(tempfile.mkdtemp(prefix="tequio-demo-"))
    try:
        _wake(folder=folder, port=port)
        from tequio.project.checking import differences
        from tequio.project.demo.doors import write_connectors
        from tequio.project.demo.life import live
        from tequio.project.demo.report import report

        began = time.monotonic()
        with console.progress(label=Text(en="days of 2016", es="días de 2016"), total=366) as step:
            year = live(folder=folder, members=members, seed=seed, progress=_watcher(step=step))
        console.remark(_lived_in(seconds=time.monotonic() - began))
        write_connectors(folder=folder, home=folder)
        found = list(differences())
        console.write_lines(line + "\n" for line in report(year=year))
        _tell_check(found=found)
        if serve:
            _serve(port=port)
    finally:
        _remove(folder=folder)
    if found:
        raise typer.Exit(_REFUSED)


def _refuse_awake() -> None:
    """Refuse where Django is awake already: the year would be lived in whatever database that is."""
    from django.conf import settings

    if settings.configured:
        raise Refusal(
            en="The demo needs a process of its own: this one has a database open already.",
            es="La demostración necesita un proceso propio: este ya tiene abierta una base de datos.",
        )


def _serve(*, port: int) -> None:
    """Let people in by the open door and serve until stopped, with a clock that goes on from the year's end."""
    from tequio.kernel import clock
    from tequio.project.demo.people import YEARS_END, invite
    from tequio.project.serving import serve

    clock.set_demo(at=YEARS_END)
    for text in invite(at=YEARS_END, url=f"http://localhost:{port}"):
        console.tell(text)
    serve(address="127.0.0.1", port=port)


def _wake(*, folder: Path, port: int) -> None:
    """Make the instance in its folder and start Django on it, before anything reads settings."""
    os.environ["TEQUIO_HOME"] = str(folder)
    os.environ.pop("TEQUIO_DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"
    os.environ["TEQUIO_DEMO"] = "yes"
    os.environ["TEQUIO_URL"] = f"http://localhost:{port}"
    import django

    from tequio.kernel import instance

    instance.create()
    (folder / instance.DEMO_MARK).touch()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _watcher(*, step: Callable[[int], None]) -> Callable[[date], None]:
    """What is told of every day: the bar where somebody watches, else a line a month."""
    watched = sys.stderr.isatty()
    days = 0

    def watch(day: date) -> None:
        nonlocal days
        days += 1
        step(days)
        month_is_over = (day + timedelta(days=1)).day == 1
        if month_is_over and not watched:
            console.remark(Text(en=f"lived through {day:%Y-%m}", es=f"transcurrió {day:%Y-%m}"))

    return watch


def _lived_in(*, seconds: float) -> Text:
    return Text(en=f"The year took {seconds:.0f} seconds.", es=f"El año tomó {seconds:.0f} segundos.")


def _tell_check(*, found: list[str]) -> None:
    """Whether everything that is stored twice agrees, by the same check as `tequio check`."""
    for line in found:
        console.tell(Text(en=line, es=line))
    if not found:
        console.tell(
            Text(
                en="Checked: standings, balances, ledger and journal agree. Nothing of this is kept.",
                es="Revisado: situaciones, saldos, libros y bitácora concuerdan. Nada de esto se guarda.",
            )
        )


def _remove(*, folder: Path) -> None:
    from django.conf import settings

    # Where waking up failed there is nothing to close.
    if settings.configured:
        from django.db import connections

        connections.close_all()
    shutil.rmtree(folder, ignore_errors=True)
