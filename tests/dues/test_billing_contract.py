"""Rolls of the maker beside the checkout, billed from the command line and held to their answer keys."""

import json

import pytest
from tests.dues.doing import disagreements
from tests.dues.making import make_roll

from tequio.dues.models import Invoice, InvoiceLine
from tequio.ledger.models import Entry

pytestmark = pytest.mark.shared


@pytest.mark.parametrize(
    ("members", "seed", "options"),
    [
        (1, 4, ()),
        (60, 2, ()),
        (761, 1, ()),
        (300, 9, ("--encoding", "latin-1")),
        (300, 10, ("--encoding", "utf-8-sig")),
        (2_100, 11, ()),
        (300, 12, ("--clean",)),
    ],
)
def test_a_run_bills_what_the_answer_key_says(cli, tmp_path, members, seed, options):
    roll, key = make_roll(folder=tmp_path, members=members, seed=seed, options=options)
    assert cli("members", "import", roll, "--json")[0] == 0
    code, out, _ = cli("dues", "run", "--as-of", key["due_as_of"], "--json")
    assert code == 0
    answer = json.loads(out)
    for center, currency in (("us", "USD"), ("mx", "MXN")):
        found = answer[center]
        assert {name: found[name] for name in key["due"][center]} == key["due"][center]
        assert (found["currency"], found["invoices"]) == (currency, key["due"][center]["members"])
    assert answer["set_aside"] == []
    due = sum(key["due"][center]["members"] for center in key["due"])
    assert Invoice.objects.filter(kind="dues").count() == Entry.objects.filter(kind="invoice").count() == due
    assert InvoiceLine.objects.filter(invoice__kind="dues", amount__lte=0).count() == 0

    again = json.loads(cli("dues", "run", "--as-of", key["due_as_of"], "--json")[1])
    assert [again[center]["members"] for center in ("us", "mx")] == [0, 0]
    assert (again["run"], Invoice.objects.filter(kind="dues").count()) == (None, due)
    assert disagreements() == []


def test_a_preview_shows_what_the_run_then_makes(cli, tmp_path):
    roll, key = make_roll(folder=tmp_path, members=120, seed=3)
    cli("members", "import", roll, "--json")
    preview = json.loads(cli("dues", "preview", "--as-of", key["due_as_of"], "--json")[1])
    assert Invoice.objects.filter(kind="dues").count() == 0
    made = json.loads(cli("dues", "run", "--as-of", key["due_as_of"], "--hash", preview["hash"], "--json")[1])
    assert [preview[center] for center in ("us", "mx")] == [made[center] for center in ("us", "mx")]
    for center in ("us", "mx"):
        assert {name: made[center][name] for name in key["due"][center]} == key["due"][center]
