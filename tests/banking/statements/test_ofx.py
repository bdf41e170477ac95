"""OFX as banks write it: elements missing, empty, in another order, never closed."""

import pytest
from tests.banking import samples
from tests.banking.samples import SOME

from tequio.banking.statements.reading import read_bytes


def read(body, head="<CURDEF>USD<BANKACCTFROM><ACCTID>1234567</BANKACCTFROM>"):
    return read_bytes(
        f"<OFX><STMTTRNRS><STMTRS>{head}<BANKTRANLIST>{body}</BANKTRANLIST></STMTRS></OFX>".encode()
    ).statement


def one(**said):
    given = {"TRNTYPE": "CREDIT", "DTPOSTED": "20160715", "TRNAMT": "25.00", "FITID": "A1", "NAME": "Ana"} | said
    return "<STMTTRN>" + "".join(f"<{k}>{v}" for k, v in given.items() if v is not None) + "</STMTTRN>"


def amounts(statement):
    return [movement.amount for movement in statement.movements()]


READABLE = {
    "25.00": 2500,
    "+25": 2500,
    "-25.5": -2550,
    "25,50": 2550,
    "1,234.50": 123450,
    "1.234,50": 123450,
    "-.5": -50,
}


@pytest.mark.parametrize(("text", "minor"), list(READABLE.items()))
def test_amounts_with_points_and_commas(text, minor):
    assert amounts(read(one(TRNAMT=text))) == [minor]


@pytest.mark.parametrize("text", ["$25", "abc", "", "12.3.4", "1,234", "1e5", "25.00 USD", "--5", "٢٥", "9" * 30])
def test_a_broken_amount_costs_its_row_alone(text):
    statement = read(one() + one(TRNAMT=text) + one(TRNAMT="-3"))
    assert (amounts(statement), [row.row for row in statement.aside()], statement.count) == ([2500, -300], [2], 3)


@pytest.mark.parametrize("text", [None, "", "20160230", "20162000", "201120000000", "00000000", "99991231", "soon"])
def test_a_day_that_is_none_costs_its_row_alone(text):
    statement = read(one(DTPOSTED=text) + one())
    assert (amounts(statement), [row.row for row in statement.aside()]) == ([2500], [1])


def test_fractions_of_a_cent_are_rounded_and_never_posted_by_themselves():
    [movement] = read(one(TRNAMT="+00000000000115.8331")).movements()
    assert (movement.amount, movement.doubt is None) == (11583, False)
    [movement] = read(one(TRNAMT="-00000000001500.0000")).movements()
    assert (movement.amount, movement.doubt) == (-150000, None)


def test_elements_that_are_never_closed_or_all_on_one_line_are_told_apart():
    body = "<STMTTRN><TRNAMT>1.00<DTPOSTED>20160701<NAME>A<STMTTRN><DTPOSTED>20160702<TRNAMT>2.00<NAME>B & C"
    assert amounts(read(body)) == [100, 200]
    assert amounts(read("\n".join(body.split("<")).replace("\n", "<"))) == [100, 200]


def test_empty_elements_say_nothing():
    [movement] = read(one(NAME="", MEMO="", FITID="", CHECKNUM="</CHECKNUM>")).movements()
    assert (movement.text, movement.bank_id) == ("", "")


def test_a_statement_closed_by_the_wrong_name_is_still_one():
    raw = samples.ofx(SOME).replace(b"<STMTRS>", b"<CCSTMTRS>", 1)
    assert read_bytes(raw).statement.count == 3


def test_each_account_of_a_file_has_a_section_of_its_own():
    raw = samples.ofx(SOME[:1], account="111222333") + samples.ofx(SOME, account="444555666", currency="MXN")
    sections = read_bytes(raw).statement.sections
    assert [(s.accounts[0], s.currency, s.count) for s in sections] == [
        ("111222333", "USD", 1),
        ("444555666", "MXN", 3),
    ]


def test_the_account_somebody_transferred_to_is_not_ours():
    [section] = read(one() + one(BANKACCTTO="<ACCTID>99999999</BANKACCTTO>")).sections
    assert section.accounts == ("1234567",)
    assert [m.payer_account for m in section.movements] == ["", "99999999"]


def test_a_currency_of_its_own_that_differs_sets_a_movement_aside():
    statement = read(one(CURRENCY="<CURRATE>1.1<CURSYM>EUR</CURRENCY>") + one(CURRENCY="<CURSYM>USD</CURRENCY>"))
    assert (amounts(statement), [row.row for row in statement.aside()]) == ([2500], [1])


def test_rows_of_balances_are_no_money():
    statement = read(one(FITID="", NAME="Saldo Anterior") + one(FITID="9", NAME="Saldo pendiente cuota"))
    assert (amounts(statement), statement.count) == ([2500], 2)


def test_what_is_pending_or_corrects_another_movement_is_named_and_not_taken():
    pending = one().replace("STMTTRN", "STMTTRNP")
    corrected = one(CORRECTFITID="A7", CORRECTACTION="DELETE")
    statement = read(one(FITID="B1") + corrected + f"</BANKTRANLIST><BANKTRANLISTP>{pending}</BANKTRANLISTP>")
    assert (amounts(statement), [row.row for row in statement.aside()]) == ([2500], [2, 3])
    assert [row.why.en.split(".")[0] for row in statement.aside()] == [
        "It corrects or deletes the movement A7",
        "It is announced, not booked yet",
    ]


def test_the_tags_of_quicken_say_nothing_of_money():
    raw = samples.ofx(SOME).replace(b"<NAME>", b"<INTU.XFER>Y<NAME>").replace(b"</SONRS>", b"<INTU.BID>10898</SONRS>")
    assert amounts(read_bytes(raw).statement) == amounts(read_bytes(samples.ofx(SOME)).statement)


def test_money_that_came_and_is_called_a_debit_is_doubtful():
    [movement] = read(one(TRNTYPE="DEBIT")).movements()
    assert (movement.amount, movement.doubt is None) == (2500, False)


def test_entities_people_know_are_read_and_others_stay_text():
    [movement] = read(one(NAME="B&amp;C &lt;Ltda&gt; &nope;")).movements()
    assert movement.name == "B&C <Ltda> &nope;"


def test_a_binary_byte_costs_nothing_but_itself():
    raw = samples.ofx(SOME).replace(b"HOSTING", b"HOST\x00\xff\x07ING")
    assert read_bytes(raw).statement.count == 3
