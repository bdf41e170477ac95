"""The export is what another accounting program accepts and adds up to the same."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from beancount.core.data import Balance, Open, Transaction
from beancount.parser import parser
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.centers.models import Center
from tequio.ledger.beancount import _quoted, export
from tequio.ledger.models import Account, EntryKind, Leg
from tequio.ledger.operations import book, post, reverse
from tequio.ledger.queries import account_balances
from tequio.members.models import Member

CHECK = Path(sys.executable).with_name("bean-check")
HOSTILE = (
    'say "hello"',
    "back\\slash",
    "ends in a backslash\\",
    '\\"; option "title" "mine',
    "two\nlines\r\nand more",
    '"\n2016-01-01 open Assets:Mine USD\n"',
    "tab\tand ; comment #tag ^link @ {} * ! %",
    "Café Ñandú 🌽 « » “ ” \u2028 \u00a0",
    "\\n is no newline",
    " ",
    "",
)


def checked(text, tmp_path):
    """The exit code and the words of bean-check."""
    file = tmp_path / "books.beancount"
    file.write_text(text, encoding="utf-8")
    result = subprocess.run([CHECK, "--no-cache", file], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


def as_shown(text):
    return text.replace("\n", " ").replace("\r", " ")


@pytest.fixture
def hostile_books(members, us, books, draft, garden):
    """Entries whose notes and members are written to break out of a Beancount file."""
    members(*[{"member_id": f"H{number}"} for number in range(len(HOSTILE))])
    for number, text in enumerate(HOSTILE):
        Member.objects.filter(code=f"H{number}").update(code=text or "-")
    Center.objects.filter(pk=us.pk).update(name_en='Center "North"\\\nSouth')
    for number, text in enumerate(HOSTILE):
        pk = Member.objects.get(code=text or "-").pk
        legs = [("receivable", 10001 + number, pk), ("income-membership", -10001 - number, None)]
        book(books=books, on=date(2016, 7, 1 + number), kind=EntryKind.INVOICE, note=text, legs=legs)
    entry = draft(("us-bank", 5, "garden"), ("us-cash", -5, "garden"), on=date(2015, 12, 31))
    post(entry_pks=[entry.pk])
    reverse(entry=entry, on=date(2016, 7, 3), note="")
    draft(("us-bank", 77))
    return Center.objects.get(pk=us.pk)


def test_bean_check_accepts_books_with_hostile_members_and_notes(hostile_books, tmp_path):
    assert checked("".join(export(center=hostile_books)), tmp_path) == (0, "")


def test_the_balances_of_the_export_are_the_ledgers(hostile_books):
    entries, errors, _ = loader.load_string("".join(export(center=hostile_books)))
    assert errors == []
    sums, asserted = {}, {}
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                assert posting.units.currency == "USD"
                sums[posting.account] = sums.get(posting.account, Decimal(0)) + posting.units.number
        if isinstance(entry, Balance):
            asserted[entry.account] = entry.amount.number
    names = dict(Account.objects.values_list("code", "beancount"))
    expected = {names[code]: Decimal(minor) / 100 for code, minor in account_balances(center=hostile_books).items()}
    assert sums == expected
    assert asserted == expected


def test_notes_and_members_come_out_of_the_export_as_they_went_in(hostile_books):
    entries, _, options = loader.load_string("".join(export(center=hostile_books)))
    invoices = [e for e in entries if isinstance(e, Transaction) and e.payee == "invoice"]
    assert {e.narration for e in invoices if e.postings[0].meta.get("fund") is None} == {as_shown(t) for t in HOSTILE}
    members = {p.meta["member"] for e in invoices for p in e.postings if "member" in p.meta}
    assert members == {as_shown(text or "-") for text in HOSTILE}
    assert options["title"] == 'Tequio: Center "North"\\ South'


def test_every_entry_is_there_once_with_its_own_number_day_and_fund(hostile_books):
    entries, _, _ = loader.load_string("".join(export(center=hostile_books)))
    found = [e for e in entries if isinstance(e, Transaction)]
    numbers = [int(e.meta["entry"]) for e in found]
    expected = Leg.objects.filter(entry__posted=True).order_by("entry_id").values_list("entry_id", "entry__on")
    assert sorted(zip(numbers, (e.date for e in found), strict=True)) == sorted(set(expected))
    in_garden = [e for e in found if all(p.meta.get("fund") == "garden" for p in e.postings)]
    assert sorted(e.payee for e in in_garden) == ["invoice", "reversal"]


@pytest.mark.parametrize("wrong", ["100.02", "100.03", "200.01"])
def test_a_changed_amount_in_the_export_is_noticed_by_bean_check(hostile_books, tmp_path, wrong):
    """To the cent: Beancount forgives one unless the assertion says how exact it is meant."""
    text = "".join(export(center=hostile_books))
    changed = text.replace("  100.01 USD", f"  {wrong} USD", 1).replace("  -100.01 USD", f"  -{wrong} USD", 1)
    assert changed.count(f"{wrong} USD") == text.count(f"{wrong} USD") + 2
    code, said = checked(changed, tmp_path)
    assert code != 0
    assert "Balance failed" in said


def test_books_without_entries_are_accepted(us, tmp_path):
    assert checked("".join(export(center=us)), tmp_path) == (0, "")


def test_the_command_exports_one_center_alone(us, mx, draft, cli):
    pks = [
        draft(("us-bank", 1), ("us-cash", -1)).pk,
        draft(("mx-bank", 2, "general", "MXN"), ("mx-cash", -2, "general", "MXN"), center=mx).pk,
    ]
    post(entry_pks=pks)
    code, out, err = cli("export", "beancount", "--center", "mx")
    entries, errors, options = loader.load_string(out)
    assert (code, err, errors, options["operating_currency"]) == (0, "", [], ["MXN"])
    assert {e.account.split(":")[1] for e in entries if isinstance(e, Open)} == {"MX"}


def test_the_queries_of_an_export_do_not_grow_with_its_entries(us, draft, django_assert_num_queries):
    post(entry_pks=[draft(("us-bank", 1), ("us-cash", -1)).pk for _ in range(3)])
    with django_assert_num_queries(3):
        "".join(export(center=us))
    post(entry_pks=[draft(("us-bank", 1), ("us-cash", -1)).pk for _ in range(30)])
    with django_assert_num_queries(3):
        "".join(export(center=us))


@settings(max_examples=150, deadline=None, database=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_text_comes_through_beancounts_quotes(text):
    entries, errors, _ = parser.parse_string(f'2016-07-15 * "{_quoted(text)}"\n', dedent=False)
    assert errors == []
    assert [e.narration for e in entries] == [as_shown(text)]
