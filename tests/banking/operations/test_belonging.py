"""Whose account a file is of: a number nobody recorded is shown, said to be right by a person, and never guessed."""

import pytest
from tests.banking import samples
from tests.banking.doing import counts, number, take
from tests.banking.samples import moved

from tequio.banking.account_numbers import same_account
from tequio.banking.models import AccountNumber, BankLine
from tequio.banking.operations import accounts
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

FILE = samples.ofx([moved("2016-07-20", "200.00", "GIFT"), moved("2016-07-20", "-1.00", "FEE")])


def test_a_number_nobody_recorded_is_shown_whole_and_what_the_file_holds_is_counted(sample_rules):
    result = take(FILE)
    assert (result.taken, result.transactions, result.credits, result.debits) == (False, 2, 1, 1)
    assert result.unrecorded == ("000123456789",)
    assert result.refused.en == (
        "The file is of the account 000123456789, and no number is recorded for us-bank. Say first whether that is its "
        "number; until then nothing of it is taken."
    )
    assert (BankLine.objects.count(), AccountNumber.objects.count()) == (0, 0)


def test_a_person_says_that_it_is_the_accounts_and_it_is_recorded_with_what_is_imported(sample_rules):
    assert counts(take(FILE, number="123456789", dry_run=True)) == (0, 0, 1, 0)
    assert AccountNumber.objects.count() == 0, "a dry run records nothing"
    assert counts(take(FILE, number="000123456789")) == (0, 0, 1, 0)
    assert [(row.account.code, row.number) for row in AccountNumber.objects.all()] == [("us-bank", "000123456789")]
    assert Event.objects.filter(kind="banking.account_changed", subject="account:us-bank").count() == 1
    assert counts(take(FILE)) == (0, 0, 0, 2)
    other = samples.ofx([moved("2016-07-21", "5.00", "X")], account="55556666777")
    assert take(other).taken is False


@pytest.mark.parametrize("said", ["000123456780", "456789", "55556666777", "x"])
def test_a_number_the_file_does_not_name_opens_nothing(sample_rules, said):
    with pytest.raises(Refusal) as refused:
        take(FILE, number=said)
    assert refused.value.text.en == f"The file does not name the account {said}. It names: 000123456789."
    assert (BankLine.objects.count(), AccountNumber.objects.count()) == (0, 0)


def test_a_file_that_names_no_account_has_no_number_to_record(sample_rules):
    with pytest.raises(Refusal):
        take(samples.table([moved("2016-07-20", "5.00", "X")]), number="000123456789")
    assert AccountNumber.objects.count() == 0


def test_a_number_of_another_account_is_said_to_be_that_and_cannot_be_taken_over(sample_rules):
    accounts.open_account(code="us-savings", center_code="us", name="", actor="test", at=take_at())
    number(code="us-savings")
    result = take(FILE)
    assert result.refused.en == ("The file is of the account …6789, which is recorded for us-savings, not for us-bank.")
    assert result.unrecorded == ()
    with pytest.raises(Refusal):
        take(FILE, number="000123456789")
    assert (BankLine.objects.count(), AccountNumber.objects.count()) == (0, 1)


def take_at():
    from tests.dues.doing import moment

    return moment("2016-08-01")


def test_another_currency_offers_no_number(sample_rules):
    result = take(samples.camt([moved("2016-07-20", "5.00", "X")], currency="EUR"))
    assert (result.taken, result.unrecorded) == (False, ())


def test_of_an_account_with_a_bank_code_and_a_currency_the_plain_number_is_offered(sample_rules):
    raw = samples.mt940([moved("2016-07-20", "5.00", "X")], account="50880050/0194774600USD")
    assert take(raw).unrecorded == ("50880050/0194774600",)
    assert take(raw, number="50880050/0194774600").taken
    assert take(samples.ofx([moved("2016-07-21", "6.00", "Y")], account="0194774600"), at="2016-08-16").taken


SAME = [
    ("000123456789", "123456789"),
    ("US64 SVBK 0001 2345 6789", "000123456789"),
    ("012180001234567897", "0123456789"),
    ("000123456789", "XXXXXX6789"),
    ("****6789", "000123456789"),
    ("6789", "000123456789"),
    ("6789", "xxx6789"),
]
DIFFERENT = [
    ("000123456789", "000123456780"),
    ("000123456789", "XXXXXX6780"),
    ("6789", "000123456780"),
    ("****6789", "6789000000"),
    ("000123456789", "56789"),
    ("000123456789", ""),
]


@pytest.mark.parametrize(("ours", "named"), SAME)
def test_two_ways_of_writing_one_account_are_the_same(ours, named):
    assert same_account(ours, named)


@pytest.mark.parametrize(("ours", "named"), DIFFERENT)
def test_what_could_be_another_account_is_not_the_same(ours, named):
    assert not same_account(ours, named)
