"""Whatever the command line of dues and members can do, a person with the role can do on a page."""

import pytest
import typer.main
from django.urls import get_resolver

from tequio.project import cli

# A command, and the address where a person does the same.
PAGES = {
    "debtors": "members",
    "check": "check",
    "members import": "new_import",
    "members merge": "merge",
    "members unmerge": "undo_merge",
    "members leave": "leave",
    "members rejoin": "leave",
    "members export": "roll_csv",
    "members was-member": "member",
    "members show": "member",
    "members hold": "grant_hold",
    "members rate": "grant_rate",
    "members mapping guess": "import_columns",
    "members mapping save": "import_columns",
    "members mapping list": "import_columns",
    "contact-log add": "log_contact",
    "contact-log list": "member",
    "dues preview": "dues_preview",
    "dues run": "dues_confirm",
    "dues undo": "undo_run",
    "dues runs": "dues",
    "payments add": "add_payment",
    "payments refund": "refund",
    "payments void": "void",
    "payments list": "member",
    "payments receipt": "receipt_pdf",
    "payments mail": "mail_receipt",
    "invoices show": "invoice",
    "invoices why": "invoice",
    "invoices list": "member",
    "invoices write-off": "write_off",
    "invoices cancel": "cancel_invoice",
    "invoices pdf": "invoice_pdf",
    "invoices print": "print_run",
    "invoices mail": "mail_invoice",
    "invoices link": "invoice_link",
    "plans add": "agree_plan",
    "mail list": "mail_queue",
    "mail send": "send_mail",
    "mail test": "mail_test",
    "mail retry": "retry_mail",
    "mail cancel": "cancel_mail",
    "mail samples": "mail_samples",
    "rules load": "load_rules",
    "rules show": "rules",
    "people add": "add_person",
    "people grant": "person",
    "people revoke": "person",
    "people list": "people",
    "people access": "member_access",
    "ledger balances": "center_books",
    "ledger close": "close_books",
    "standing history": "standing_report",
    "export beancount": "center_beancount",
    "meetings list": "meetings",
    "meetings show": "meeting",
    "meetings plan": "plan_meeting",
    "meetings move": "move_meeting",
    "meetings cancel": "cancel_meeting",
    "meetings call": "meeting_call",
    "meetings interpretation": "hours_given",
    "meetings series list": "series_list",
    "meetings series show": "series",
    "meetings series foresee": "series_list",
    "follow-up explain": "follow_up_member",
    "follow-up report": "follow_up_report",
}
OURS = (
    "debtors",
    "check",
    "members",
    "contact-log",
    "dues",
    "invoices",
    "plans",
    "rules",
    "people",
    "ledger",
    "mail",
    "meetings",
)


def _commands(command, words=()):
    below = getattr(command, "commands", {})
    if not below:
        yield " ".join(words)
    for name, one in below.items():
        yield from _commands(one, (*words, name))


def _names(patterns):
    for entry in patterns:
        if hasattr(entry, "url_patterns"):
            yield from _names(entry.url_patterns)
        else:
            yield entry.name


@pytest.mark.parametrize("command", sorted(PAGES))
def test_a_command_has_its_page(command):
    assert command in set(_commands(typer.main.get_command(cli.app)))
    assert PAGES[command] in set(_names(get_resolver().url_patterns))


def test_every_command_of_dues_and_members_and_mail_is_one_of_these():
    every = set(_commands(typer.main.get_command(cli.app)))
    ours = {command for command in every if command.split()[0] in OURS}
    assert sorted(ours - set(PAGES)) == []
