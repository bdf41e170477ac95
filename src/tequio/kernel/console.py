"""Talking to a person on the command line: in their language, JSON alone on stdout, everything else on stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import typer

from tequio.rules.money import AmountError, minor_units
from tequio.rules.reasons import Text


def asked_for(arguments: Sequence[str]) -> str | None:
    """The language named with --lang among a command's words, before Typer has read any of them."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    return None


# Help texts are written when modules are read, so the language has to be known by then.
_chosen: list[str] = [word for word in [asked_for(sys.argv)] if word in ("en", "es")]


def language() -> str:
    """The language to speak: --lang, else TEQUIO_LANG, else the one this session is set to, else English."""
    if _chosen:
        return _chosen[0]
    for name in ("TEQUIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "es" if value.lower().startswith("es") else "en"
    return "en"


def choose_language(value: str | None) -> None:
    """Speak this language from now on."""
    _chosen[:] = [value] if value else []


def say(*, en: str, es: str) -> str:
    """One of two sentences, by the language being spoken. For help texts, which are read when the program starts."""
    return es if language() == "es" else en


def tell(text: Text) -> None:
    """Print a sentence for the person."""
    sys.stdout.write(text.to(language()) + "\n")


def remark(text: Text) -> None:
    """Print a sentence beside the result, where it does not get into JSON."""
    sys.stderr.write(text.to(language()) + "\n")


def write_json(value: Any, *, compact: bool = False) -> None:
    """Print a result as JSON, alone on stdout; `compact`, in one line, for results of megabytes."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=None if compact else 1, default=str) + "\n")


def write_lines(lines: Iterator[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        sys.stdout.write(line)


def _day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(
            say(
                en=f"“{value}” is not a day. Write it like 2016-07-15.",
                es=f"«{value}» no es una fecha. Escríbala como 2016-07-15.",
            )
        ) from error


def _amount(value: str | int) -> int:
    if isinstance(value, int):
        return value
    try:
        return minor_units(amount=value)
    except AmountError as error:
        raise typer.BadParameter(error.text.to(language())) from error


DAY = say(en="DAY", es="DÍA")
AMOUNT = say(en="AMOUNT", es="CANTIDAD")


def day_option(*names: str, en: str, es: str) -> Any:
    """A Typer option that takes a day written as 2016-07-15."""
    return typer.Option(*names, parser=_day, metavar=DAY, help=say(en=en, es=es), show_default=False)


def amount_option(*names: str, en: str, es: str) -> Any:
    """A Typer option that takes an amount in whole units (1234.50) and delivers minor units."""
    return typer.Option(*names, parser=_amount, metavar=AMOUNT, help=say(en=en, es=es), show_default=False)


AsJson = Annotated[bool, typer.Option("--json", help=say(en="Print JSON alone on stdout.", es="Imprime solo JSON."))]


def actor() -> str:
    """Who the journal says did it: the user of this machine, by the command line."""
    import getpass

    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:{os.getuid()}"


@contextmanager
def progress(*, label: Text, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr, only where a person is watching; yields what to call with the number done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label.to(language()), total=total)
        yield lambda done: bar.update(task, completed=done)


def new_app(*, en: str, es: str) -> typer.Typer:
    """A group of commands with its help in the person's language."""
    return typer.Typer(help=say(en=en, es=es), no_args_is_help=True, pretty_exceptions_enable=False)


def file_argument(*, en: str, es: str) -> Any:
    """A Typer argument that is a path; whether it can be read is for the operation to say."""
    return typer.Argument(metavar=say(en="FILE", es="ARCHIVO"), help=say(en=en, es=es))
