"""CSV of any bank: columns guessed, days and amounts of every habit, and balances that settle the sign."""

import random

import pytest
from tests.banking import samples
from tests.banking.samples import SOME, moved

from tequio.banking.statements.columns import Mapping_
from tequio.banking.statements.reading import read_bytes
from tequio.banking.statements.roles import Role
from tequio.kernel.errors import Refusal


def rows(*lines):
    return "".join(f"{line}\n" for line in lines)


TABLES = {
    "money in and out apart, in Spanish": (
        rows(
            "Fecha,Descripción,Cargo,Abono,Saldo",
            "15/01/2016,OXXO,250.00,,750.00",
            "16/01/2016,CUOTA,,100.00,850.00",
        ),
        [("2016-01-15", -25000), ("2016-01-16", 10000)],
    ),
    "newest first, with codes and a check column": (
        rows(
            "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #",
            "CREDIT,01/20/2016,ZELLE FROM ANA,50.00,ACH_CREDIT,150.00,,",
            "CHECK,01/19/2016,CHECK 7,-25.00,CHECK_PAID,100.00,7,",
        ),
        [("2016-01-20", 5000), ("2016-01-19", -2500)],
    ),
    "a summary above the headings": (
        rows(
            "Description,,Summary Amt.",
            'Beginning balance as of 01/01/2016,,"1,000.00"',
            'Total credits,,"250.00"',
            "",
            "Date,Description,Amount,Running Bal.",
            '01/01/2016,Beginning balance as of 01/01/2016,,"1,000.00"',
            '01/03/2016,"Zelle, from MARIA","250.00","1,250.00"',
            '01/25/2016,FEE,"-10.00","1,240.00"',
        ),
        [("2016-01-03", 25000), ("2016-01-25", -1000)],
    ),
    "no headings at all": (
        rows(
            '"01/20/2016","-45.00","*","","HOSTING"',
            '"01/18/2016","100.00","*","","ZELLE FROM ANA"',
        ),
        [("2016-01-20", -4500), ("2016-01-18", 10000)],
    ),
    "a sign of its own, days glued together": (
        rows(
            "Cuenta,Fecha,Hora,Descripción,Cargo/Abono,Importe,Saldo",
            "'65501234567','05112015',09:11,SPEI,+,\"820.00\",\"10,820.00\"",
            "'65501234567','16112015',10:11,COMISION,-,20.00,\"10,800.00\"",
        ),
        [("2015-11-05", 82000), ("2015-11-16", -2000)],
    ),
    "semicolons, decimal commas, two digits of the year": (
        rows(
            '"Buchungstag";"Verwendungszweck";"Betrag";"Waehrung"',
            '"28.11.15";"Beitrag";"1.025,50";"USD"',
            '"27.11.15";"Strom";"-60,00";"USD"',
        ),
        [("2015-11-28", 102550), ("2015-11-27", -6000)],
    ),
    "in and out in words": (
        rows(
            "Datum;Naam;Rekening;Af Bij;Bedrag (EUR)",
            "20151120;J Jansen;NL20INGB0001234567;Bij;25,00",
            "20151121;Winkel;NL20INGB0001234567;Af;7,35",
        ),
        [("2015-11-20", 2500), ("2015-11-21", -735)],
    ),
    "months by their names, currency signs, dashes for nothing, a total": (
        rows(
            "Fecha,Descripción,Depósitos,Retiros,Saldo",
            '02/ene/2016,PAGO,$820.00,-,"$5,820.00"',
            '03/ene/2016,COMISION,-,$20.00,"$5,800.00"',
            "TOTAL,,$820.00,$20.00,",
        ),
        [("2016-01-02", 82000), ("2016-01-03", -2000)],
    ),
    "brackets and a minus after the digits": (
        rows(
            "Date,Description,Amount",
            "2016-01-02,A,(12.50)",
            "2016-01-03,B,12.50-",
            "2016-01-04,C,12.50",
        ),
        [("2016-01-02", -1250), ("2016-01-03", -1250), ("2016-01-04", 1250)],
    ),
    "a minus in the column of money out": (
        rows(
            "Día\tConcepto\tCargo\tAbono\tSaldo",
            "30-11-2015\tSPEI\t\t1,025.00\t11,025.00",
            "29-11-2015\tPAGO\t-500.00\t\t10,000.00",
        ),
        [("2015-11-30", 102500), ("2015-11-29", -50000)],
    ),
}


def read(text, **how):
    return read_bytes(text.encode(), **how)


def shown(statement):
    return [(m.on.isoformat(), m.amount) for m in statement.movements()]


@pytest.mark.parametrize(("text", "expected"), list(TABLES.values()), ids=list(TABLES))
def test_tables_of_banks(text, expected):
    statement = read(text).statement
    assert (shown(statement), statement.aside()) == (expected, [])


def test_pending_payments_and_other_currencies_of_a_payment_service_are_no_money_of_ours_yet():
    text = (
        "Date,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Balance\n"
        "01/20/2016,Ana,Payment,Completed,USD,50.00,-1.75,48.25,T1,148.25\n"
        "01/21/2016,Bo,Payment,Pending,USD,25.00,0.00,25.00,T2,148.25\n"
        "01/22/2016,,Withdrawal,Completed,USD,-100.00,0.00,-100.00,T3,48.25\n"
        "01/23/2016,Zoe,Payment,Completed,EUR,30.00,-1.00,29.00,T4,29.00\n"
    )
    statement = read(text).statement
    assert [(s.currency, [m.amount for m in s.movements]) for s in statement.sections] == [
        ("USD", [5000, -10000]),
        ("EUR", [3000]),
    ]
    assert [row.row for row in statement.aside()] == [3]


def test_balances_that_move_by_the_amount_without_its_fee_are_followed():
    text = rows(
        "Type,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance",
        "TOPUP,2016-01-03 09:00:00,2016-01-04 09:00:01,From Ana,100.00,1.50,EUR,COMPLETED,98.50",
        "CARD_PAYMENT,2016-01-05 10:00:00,2016-01-06 10:00:00,Paper,-20.00,0.00,EUR,COMPLETED,78.50",
        "TRANSFER,2016-01-07 10:00:00,2016-01-07 10:00:00,To Bo,-10.00,0.50,EUR,COMPLETED,68.00",
        "TOPUP,2016-01-08 10:00:00,2016-01-08 10:00:00,From Zoe,50.00,0.75,EUR,COMPLETED,117.25",
    )
    statement = read(text).statement
    assert [m.amount for m in statement.movements()] == [10000, -2000, -1000, 5000]
    assert statement.aside() == []


def test_balances_tell_that_a_bank_writes_money_in_with_a_minus():
    read_ = read_bytes(samples.table(SOME, flip=True)).statement
    assert [m.amount for m in read_.movements()] == [20000, -3550, 2500]
    assert any("other sign" in note.en for note in read_.notes)


def test_amounts_without_signs_go_the_way_their_balances_go_and_a_first_one_without_any_waits():
    body = "2016-01-03,A,100.00,1100.00", "2016-01-04,B,50.00,1050.00", "2016-01-05,C,25.00,1075.00"
    text = rows("Date,Description,Amount,Balance", *body)
    statement = read(text).statement
    assert ([m.amount for m in statement.movements()], [r.row for r in statement.aside()]) == ([-5000, 2500], [2])
    opened = text.replace("\n", "\n,Saldo inicial,,1000.00\n", 1)
    assert [m.amount for m in read(opened).statement.movements()] == [10000, -5000, 2500]


def test_a_broken_chain_is_shown_and_what_does_not_follow_is_not_taken():
    raw = samples.table(SOME * 4).decode()
    rows = raw.splitlines(keepends=True)
    cut = "".join(rows[:6] + rows[7:])  # a row is missing: the one after it does not follow
    statement = read(cut).statement
    assert [row.row for row in statement.aside()] == [7]
    assert any("row 7" in note.en for note in statement.notes)
    assert statement.count == 11


def test_balances_that_follow_from_nothing_let_nothing_be_taken():
    text = "Date,Description,Amount,Balance\n" + "".join(
        f"2016-01-{d:02d},A,{d}.00,{d * d * 7}.00\n" for d in range(1, 9)
    )
    statement = read(text).statement
    assert (list(statement.movements()), statement.count) == ([], 8)


ROWS = [
    "2016-01-03,A,abc,1100.00",
    "2016-02-30,A,100.00,1100.00",
    ",A,100.00,1100.00",
    "2016-01-03,A,,1100.00",
    '2016-01-03,"A,1',
]


@pytest.mark.parametrize("bad", ROWS)
def test_a_row_in_error_is_named_and_the_rest_goes_on(bad):
    good = "2016-01-02,Z,10.00,1000.00", "2016-01-04,B,50.00,1150.00", "2016-01-05,C,5.00,1155.00"
    text = rows("Date,Description,Amount,Balance", good[0], bad, *good[1:])
    statement = read(text).statement
    assert [m.amount for m in statement.movements()] == [1000, 5000, 500]
    assert [row.row for row in statement.aside()] == [3]


def test_a_last_row_that_may_be_cut_in_its_amount_is_not_taken():
    text = "Date,Description,Amount\n" + "".join(f"2016-01-0{d},A,1{d}.25\n" for d in range(1, 6))
    assert len(shown(read(text).statement)) == 5
    statement = read(text[:-3]).statement
    assert (len(shown(statement)), [row.row for row in statement.aside()]) == (4, [6])


def test_days_that_could_be_either_follow_the_habit_of_the_place_and_say_so():
    text = "Date,Description,Amount\n03/04/2016,A,10.00\n"
    american = read(text, usual="mdy").statement
    assert shown(american) == [("2016-03-04", 1000)]
    assert "2016-03-04" in american.notes[0].en
    assert shown(read(text, usual="dmy").statement) == [("2016-04-03", 1000)]
    assert shown(read(text, saved=Mapping_(dates="dmy"), usual="mdy").statement) == [("2016-04-03", 1000)]


def test_days_in_an_order_that_jumps_back_and_forth_are_in_the_other():
    text = "Date,Description,Amount\n" + "".join(f"01/{d:02d}/2016,A,1.00\n" for d in range(3, 13))
    assert [on for on, _ in shown(read(text, usual="dmy").statement)] == [f"2016-01-{d:02d}" for d in range(3, 13)]


def test_a_mapping_that_was_saved_is_used_and_one_that_does_not_fit_is_guessed_anew():
    text = "Uno,Dos,Tres,Cuatro\n2016-01-03,10.00,20.00,hola\n2016-01-04,11.00,22.00,adios\n"
    saved = Mapping_(columns={Role.DATE: ("Uno",), Role.AMOUNT: ("Tres",), Role.TEXT: ("Cuatro",)})
    found = read(text, saved=saved)
    assert ([m.amount for m in found.statement.movements()], found.mapping.columns) == ([2000, 2200], saved.columns)
    other = read("Date,Amount,Memo\n2016-01-03,5.00,x\n", saved=saved)
    assert [m.amount for m in other.statement.movements()] == [500]
    assert "guessed anew" in other.statement.notes[0].en


def test_a_table_without_days_or_amounts_says_which_column_it_wants():
    with pytest.raises(Refusal) as refused:
        read("Nombre,Ciudad\nAna,Oaxaca\nBo,Puebla\n")
    assert refused.value.role is Role.DATE
    assert "recognized as its date" in refused.value.text.en
    assert "se reconoció como fecha" in refused.value.text.es


def test_a_file_that_is_mostly_no_text_is_no_statement():
    rng = random.Random(7)
    with pytest.raises(Refusal) as refused:
        read_bytes(rng.randbytes(5_000))
    assert "no bank statement" in refused.value.text.en


def test_a_cell_without_end_costs_its_row_alone():
    found = read("Date,Description,Amount\n2016-07-01," + "A" * 300_000 + ",10.00\n2016-07-02,B,3.00\n")
    assert [m.amount for m in found.statement.movements()] == [300]
    assert [row.why.en for row in found.statement.aside()] == ["It is longer than any row of a bank."]


def test_a_binary_byte_among_words_costs_nothing():
    raw = samples.table(SOME).replace(b"HOSTING", b"HOS\x00T\xfeING")
    assert read_bytes(raw).statement.count == 3
    assert read_bytes(raw).statement.aside() == []


def test_many_payments_the_same_day_keep_their_order_and_their_number():
    lines = [moved("2016-07-01", "25.00", f"payer {n}") for n in range(50)]
    assert len(shown(read_bytes(samples.table(lines)).statement)) == 50
