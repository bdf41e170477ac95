"""The commands about bank accounts and statements: all under `tequio payments`."""

import typer

from tequio.banking.cli.accounts import accounts
from tequio.banking.cli.importing import import_file
from tequio.banking.cli.lines import lines
from tequio.banking.cli.providers import providers
from tequio.kernel.console import say


def attach(*, payments: typer.Typer) -> None:
    """Put the commands under `tequio payments`."""
    payments.command("import", help=say(en="Import a bank statement.", es="Importa un estado de cuenta."))(import_file)
    payments.add_typer(accounts, name="accounts")
    payments.add_typer(lines, name="lines")
    payments.add_typer(providers, name="providers")
