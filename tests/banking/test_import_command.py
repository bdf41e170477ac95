"""`tequio payments import`: the same answer in JSON whatever the file is, and the way on where a person must say."""

import json

import pytest
from tests.banking import samples
from tests.banking.samples import SOME, moved

from tequio.banking.models import AccountNumber, BankLine

KEYS = ["account", "format", "transactions", "credits", "debits", "rejected", "refused", "unrecorded", "matched"]
KEYS += ["suggested", "unmatched", "already_known", "maybe_known", "through", "notes", "mapping"]


@pytest.fixture
def imported(sample_rules, cli, tmp_path):
    """A function that imports bytes and returns the exit code, what JSON says, and what stands beside it."""

    def run(raw, *more, account="us-bank"):
        path = tmp_path / "a statement"
        path.write_bytes(raw)
        code, out, err = cli("payments", "import", path, "--account", account, "--json", *more)
        return code, json.loads(out), err

    return run


def test_a_statement_answers_with_what_became_of_each_movement(imported):
    code, said, _ = imported(samples.table(SOME))
    assert (code, list(said)) == (0, KEYS)
    assert (said["transactions"], said["credits"], said["debits"], said["unmatched"]) == (3, 2, 1, 2)
    assert imported(samples.table(SOME))[1]["already_known"] == 3


REFUSED = {
    "nothing": b"",
    "a PDF": b"%PDF-1.4",
    "words": b"hello\n",
    "an unknown table": b"Nombre,Ciudad\nAna,Oaxaca\n",
    "entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Document><BkToCstmrStmt/></Document>',
    "half a workbook": samples.workbook(SOME)[:900],
    "larger than 50 MB": b"Date,Amount\n" + b"2016-07-01,1.00\n" * 3_200_000,
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_a_file_that_is_refused_answers_in_the_same_form(imported, name):
    code, said, beside = imported(REFUSED[name])
    assert (code, list(said), said["transactions"], BankLine.objects.count()) == (1, KEYS, 0, 0)
    assert said["refused"] in beside


def test_without_an_account_what_the_file_holds_is_counted_all_the_same(imported):
    code, said, _ = imported(samples.table(SOME), account="no-bank")
    assert (code, said["transactions"], said["credits"], said["debits"]) == (1, 3, 2, 1)
    assert "There is no account “no-bank”" in said["refused"]
    assert BankLine.objects.count() == 0


def test_another_currency_is_counted_and_refused(imported):
    code, said, _ = imported(samples.camt(SOME, currency="EUR"))
    assert (code, said["transactions"], said["refused"]) == (1, 3, "The file is in EUR; us-bank is in USD.")


def test_a_number_nobody_recorded_is_named_with_the_command_that_says_it_is_right(imported):
    raw = samples.ofx([moved("2016-07-14", "5.00", "X")])
    code, said, beside = imported(raw)
    assert (code, said["unrecorded"], said["transactions"]) == (1, ["000123456789"], 1)
    assert "--account us-bank --number 000123456789" in beside
    assert imported(raw, "--number", "000123456789", "--dry-run")[1]["unmatched"] == 1
    assert AccountNumber.objects.count() == 0
    code, said, _ = imported(raw, "--number", "000123456789")
    assert (code, said["unmatched"], said["unrecorded"]) == (0, 1, [])
    assert AccountNumber.objects.get().number == "000123456789"


def test_columns_nobody_knows_are_asked_for_and_said(imported):
    raw = b"Uno,Dos\n2016-07-01,algo\n"
    assert "--column amount=HEADING" in imported(raw)[1]["refused"]
    table = b"Uno,Dos,Tres\n2016-07-01,x 1,200.00\n2016-07-02,x 2,300.00\n"
    assert imported(table, "--column", "amount=Tres", "--column", "date=Uno")[1]["credits"] == 2
    assert "no column “Cinco”" in imported(table, "--column", "date=Cinco")[1]["refused"]
