"""`tequio check` names each kind of damage. Damage is done as only somebody with the database file could do it."""

from contextlib import contextmanager

import pytest
from django.db import connection
from tests.dues.doing import disagreements, let_go, moment, pay, refund, run, tried

from tequio.dues.models import Invoice, Payment
from tequio.kernel import triggers
from tequio.kernel.journal.models import Event
from tequio.ledger.models import Account, Entry, Leg
from tequio.members.operations import merge_members


@contextmanager
def unguarded(table):
    """The table without its triggers, which are there again afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield cursor
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        for trigger in triggers._of(vendor="sqlite"):
            if trigger.table == table:
                cursor.execute(f"DROP TRIGGER {trigger.name}")
        yield cursor
        triggers.install(using="default")


def damage(table, change, row):
    """Set columns of one row by raw SQL; `change` None deletes it."""
    with unguarded(table) as cursor:
        if change is None:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row])
        else:
            cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [row])
        assert cursor.rowcount == 1


@pytest.fixture
def lived_in(members, damaged):
    """Two centers with invoices, a payment with credit, a refund, a write-off and a merge; all of it in order."""
    members(
        {"paid_until": "2015-03-01", "balance_due": "50.00"},
        {},
        {"center": "mx"},
        {"paid_until": "2017-01-01"},
        {"paid_until": "2016-01-01", "balance_due": "5.00"},
    )
    tried("M1", "2015-06-01")
    run()
    pay("M1", 120, on="2016-07-15")
    refund(pay("M2", 260), 20)
    let_go("MX-000001", 100)
    merge_members(kept="M2", merged="M5", actor="test", at=moment("2016-07-15"))
    assert disagreements() == []


def invoice(number):
    return Invoice.objects.get(number=number)


def leg_of(number, role):
    return Leg.objects.get(entry=invoice(number).entry, account__role=role)


def test_a_leg_with_another_amount(lived_in):
    leg = leg_of("US-000001", "receivable")
    damage("ledger_leg", "amount = amount + 1", leg.pk)
    assert disagreements() == [
        f"ledger: entry {leg.entry_id} does not balance",
        "member M1: the ledger has 13001 on receivable, dues have 13000",
    ]


def test_a_leg_that_is_gone(lived_in):
    leg = leg_of("US-OPEN-00001", "opening-balances")
    damage("ledger_leg", None, leg.pk)
    assert disagreements() == [
        f"ledger: entry {leg.entry_id} does not balance",
        f"ledger: entry {leg.entry_id} has fewer than two legs",
    ]


def test_an_entry_that_is_a_draft_again(lived_in):
    entry = invoice("US-000001").entry
    damage("ledger_entry", "posted = FALSE", entry.pk)
    assert disagreements() == [f"ledger: entry {entry.pk} was never posted"]


def test_a_leg_on_another_center_s_account(lived_in):
    leg = leg_of("US-000001", "income-membership")
    other = Account.objects.get(code="mx-income-membership")
    damage("ledger_leg", f"account_id = {other.pk}", leg.pk)
    assert disagreements() == [f"ledger: entry {leg.entry_id} touches another center's account or fund"]


def test_money_in_the_bank_that_no_payment_brought(lived_in):
    payment = Payment.objects.order_by("pk").first()
    bank = Leg.objects.get(entry=payment.entry, account__role="bank")
    income = leg_of("US-000001", "income-membership")
    with unguarded("ledger_leg") as cursor:
        for account_pk, amount in ((bank.account_id, 700), (income.account_id, -700)):
            cursor.execute(
                "INSERT INTO ledger_leg (entry_id, account_id, fund_id, currency, amount) "
                "VALUES (%s, %s, %s, 'USD', %s)",
                [payment.entry_id, account_pk, bank.fund_id, amount],
            )
    assert disagreements() == [f"payment {payment.pk}: the bank and cash accounts moved 12700, not 12000"]


def test_a_rest_that_does_not_follow(lived_in):
    damage("dues_invoice", "rest = rest - 100", invoice("MX-000001").pk)
    assert disagreements() == [
        "invoice MX-000001: 399900 left is stored, 400000 follows from the payments",
        "member M3: the ledger has 400000 on receivable, dues have 399900",
    ]


def test_a_settled_day_that_does_not_follow(lived_in):
    damage("dues_invoice", "settled_on = '2016-07-14'", invoice("US-OPEN-00001").pk)
    assert disagreements() == [
        "invoice US-OPEN-00001: settled on 2016-07-14 is stored, 2016-07-15 follows from the payments"
    ]


def test_a_line_that_does_not_add_up(lived_in):
    damage("dues_invoiceline", "amount = amount - 1", invoice("US-000001").lines.order_by("pk").first().pk)
    assert disagreements() == ["invoice US-000001: its lines do not add up to its total"]


def test_a_line_from_another_policy(lived_in):
    from tequio.dues.models import Tariff

    other = Tariff.objects.filter(policy__code="us-dues-2010").first()
    damage("dues_invoiceline", f"tariff_id = {other.pk}", invoice("US-000001").lines.order_by("pk").first().pk)
    assert disagreements() == ["invoice US-000001: a line comes from another policy than the invoice's"]


def test_credit_that_does_not_follow(lived_in):
    payment = Payment.objects.get(unused__gt=0)
    damage("dues_payment", "unused = unused - 1", payment.pk)
    assert (payment.number, payment.unused) == ("US-P-000002", 4_000)
    assert disagreements() == [
        "payment US-P-000002: credit 3999 is stored, 4000 follows from what it settled",
        "member M2: the ledger has -4000 on member-credit, dues have -3999",
    ]


def test_an_allocation_that_is_gone(lived_in):
    payment = Payment.objects.get(member__code="M1")
    _first, second = payment.allocations.order_by("pk")
    damage("dues_allocation", None, second.pk)
    found = disagreements()
    assert "invoice US-000001: 13000 left is stored, 20000 follows from the payments" in found
    assert f"payment {payment.number}: credit 0 is stored, 7000 follows from what it settled" in found


def test_a_refund_and_a_write_off_of_another_amount(lived_in):
    from tequio.dues.models import Refund, WriteOff

    refund_pk = Refund.objects.get().pk
    damage("dues_refund", "amount = amount + 1", refund_pk)
    damage("dues_writeoff", "amount = amount + 1", WriteOff.objects.get().pk)
    assert disagreements() == [
        "invoice MX-000001: 400000 left is stored, 399999 follows from the payments",
        "payment US-P-000002: credit 4000 is stored, 3999 follows from what it settled",
        f"refund {refund_pk}: the bank and cash accounts moved -2000, not -2001",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("standing = 'limited'", "member M3: standing limited since"),
        ("standing_since = '2016-07-14'", "member M3: standing good since 2016-07-14 is stored"),
        ("standing_on = NULL", "member M3: its standing was never worked out"),
    ],
)
def test_a_standing_that_is_not_the_rule_s(lived_in, change, says):
    damage("members_member", change, invoice("MX-000001").member_id)
    (found,) = disagreements()
    assert found.startswith(says)


@pytest.mark.parametrize(
    "change", ["payload = '{}'", "actor = 'nobody'", "subject = 'member:M9'", "kind = 'member.left'", "hash = 'x'"]
)
def test_an_event_that_was_altered(lived_in, change):
    event = Event.objects.filter(kind="payment.received").first()
    damage("journal_event", change, event.pk)
    assert f"journal: event {event.pk} was altered" in disagreements()


def test_an_event_at_another_time(lived_in):
    event = Event.objects.filter(kind="payment.received").first()
    damage("journal_event", "at = '2016-01-01 00:00:00'", event.pk)
    assert disagreements() == [f"journal: event {event.pk} was altered"]


def test_an_event_that_is_gone(lived_in):
    damage("journal_event", None, 5)
    assert disagreements() == ["journal: event 5 is missing", "journal: event 6 does not follow the one before it"]


def test_the_last_event_gone(lived_in):
    damage("journal_event", None, Event.objects.order_by("-pk").first().pk)
    assert disagreements() == ["journal: the tip of the chain is not its last event"]


def test_every_trigger_that_is_missing(lived_in):
    names = sorted(trigger.name for trigger in triggers._of(vendor=connection.vendor))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for trigger in triggers._of(vendor=connection.vendor):
            on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger.name}{on}")
    assert disagreements() == [f"database: trigger {name} is missing" for name in names]


def test_a_check_that_finds_something_says_so_and_exits_with_1(lived_in, cli):
    assert cli("check", "--json") == (0, '{\n "differences": []\n}\n', "")
    damage("ledger_entry", "posted = FALSE", Entry.objects.order_by("pk").first().pk)
    code, out, _ = cli("check")
    assert (code, out.strip()) == (1, f"ledger: entry {Entry.objects.order_by('pk').first().pk} was never posted")


def test_what_was_left_out_of_the_chain_of_money(lived_in):
    """An invoice taken out of the list of invoices, its entry left behind, is missed in what its member owes."""
    damage("dues_invoice", "cancelled_on = '2016-07-15', rest = 0", invoice("MX-000001").pk)
    assert "member M3: the ledger has 400000 on receivable, dues have 0" in disagreements()
