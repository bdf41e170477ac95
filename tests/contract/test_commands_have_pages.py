"""Whatever the command line can do, a person with the role can do on a page; what is the machine's is named here."""

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
    # banking
    "payments import": "new_statement",
    "payments accounts add": "bank_accounts",
    "payments accounts close": "bank_account",
    "payments accounts list": "bank_accounts",
    "payments accounts number": "bank_account",
    "payments lines aside": "bank_line",
    "payments lines assign": "bank_line",
    "payments lines back": "bank_line",
    "payments lines confirm": "bank_line",
    "payments lines list": "bank_lines",
    "payments lines refuse": "bank_line",
    "payments lines undo": "undo_match",
    "payments year": "member_year_pdf",
    # budgets
    "budgets amend": "budget_amend",
    "budgets amendments": "budget",
    "budgets close": "close_month",
    "budgets compare": "budget_compare",
    "budgets copy": "begin_budget",
    "budgets export": "budget_csv",
    "budgets forecast": "budget_forecast",
    "budgets guess": "sites",
    "budgets import": "budget_draft",
    "budgets limit": "spending_limits",
    "budgets list": "budgets",
    "budgets present": "budget_draft",
    "budgets scenario": "budget_forecast",
    "budgets scenarios": "budget_forecast",
    "budgets show": "budget",
    "budgets side-by-side": "budgets_beside",
    "budgets sites": "sites",
    "budgets why": "budget_why",
    "budgets year-that-was": "year_that_was",
    "bookings add": "new_booking",
    "bookings approve": "booking",
    "bookings drop": "booking",
    "bookings list": "bookings",
    "bookings post": "booking",
    "bookings receipt": "booking",
    "bookings reverse": "booking",
    "funds list": "funds",
    "funds open": "funds",
    "income confirm": "one_expected",
    "income expect": "expected_income",
    "income list": "expected_income",
    "income lost": "one_expected",
    "income settle": "one_expected",
    "transfers list": "funds",
    "transfers receive": "funds",
    "transfers send": "funds",
    "notes import": "notes_files",
    # services
    "services applications close": "applications",
    "services applications list": "applications",
    "services applications name": "service_account",
    "services applications register": "applications",
    "services applications renew-secret": "applications",
    "services catalog": "service_catalog",
    "services check": "services",
    "services end-exception": "member_services",
    "services end-loan": "service_loan",
    "services lend": "service_loans",
    "services loans": "service_loans",
    "services moving add": "wave",
    "services moving balance": "wave",
    "services moving begin": "waves",
    "services moving consented": "wave",
    "services moving contacted": "wave",
    "services moving copied": "wave",
    "services moving finish": "wave",
    "services moving show": "wave",
    "services moving undo": "wave",
    "services moving undo-balance": "wave",
    "services offer": "service_catalog",
    "services offer-export": "service_removal",
    "services open-lent": "service_loan",
    "services remove": "service_removal",
    "services settings": "service_settings",
    "services terms": "service_catalog",
    "services withdraw-offer": "service_removal",
    "services exception": "member_services",
    "services list": "services",
    "services open": "member_services",
    "services passwords list": "service_account",
    "services passwords make": "service_account",
    "services passwords revoke": "service_account",
    "services quota": "service_quotas",
    # decisions
    "bodies appoint": "appoint",
    "bodies list": "bodies",
    "bodies seats": "body",
    "bodies sitting": "add_sitting",
    "decisions apply": "carry_out",
    "decisions list": "decisions",
    "decisions record": "record_decision",
    "decisions take-back": "reverse_decision",
    "decisions waiting": "home",
    "proposals effects": "add_effect",
    "proposals import": "new_proposal",
    "proposals list": "proposals",
    "proposals preview": "proposal_preview",
    "proposals show": "proposal",
    "tasks close": "close_action",
    "tasks list": "tasks",
    "votes close": "close_vote",
    "votes list": "proposals",
    "votes show": "vote",
}
# What only whoever looks after the machine does, or what works on files of that machine.
OF_THE_MACHINE = {
    "init",
    "serve",
    "tick",
    "demo",
    "version",
    "follow-up bounces",  # reads a mailbox of the machine
    "payments providers list",  # a secret is a file of the machine
    "payments providers off",
    "payments providers on",
    "services reconcile",  # a timer of the machine; where a site is served, doors open by themselves
}
# What has no page yet, and should have one.
NOT_YET: set[str] = set()


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


def test_every_command_is_one_of_these_or_of_the_machine():
    every = set(_commands(typer.main.get_command(cli.app)))
    ours = {command for command in every if command.split()[0] != "bench"}
    assert sorted(ours - set(PAGES) - OF_THE_MACHINE - NOT_YET) == []
    assert sorted((OF_THE_MACHINE | NOT_YET) - every) == []
    assert sorted(NOT_YET & set(PAGES)) == []
