"""MT940 as banks write it."""

from datetime import date

import pytest

from tequio.banking.statements.reading import read_bytes

HEAD = ":20:X\n:25:50880050/0194774600EUR\n:28C:1/1\n:60F:C160701EUR100,00\n"
FOOT = ":62F:C160731EUR120,00\n-\n"


def read(body, head=HEAD, foot=FOOT):
    return read_bytes((head + body + foot).encode()).statement


def shown(statement):
    return [(m.on.isoformat(), m.amount) for m in statement.movements()]


LINES = {
    "1607150715C25,00NTRFNONREF": ("2016-07-15", 2500),
    "1607150715CR25,NTRFABC//B1": ("2016-07-15", 2500),
    "160715D25,5N192NONREF": ("2016-07-15", -2550),
    "1607150715DR000000000001,62NTRF": ("2016-07-15", -162),
    "1607150715CN45,00NTRFNONREF//MB1": ("2016-07-15", 4500),
    "1607150715RC3,00NRTINONREF": ("2016-07-15", -300),
    "1607150715RCR3,00NRTINONREF": ("2016-07-15", -300),
    "1607150715RD3,00NRTINONREF": ("2016-07-15", 300),
    "160715    D9,00NTRFNONREF": ("2016-07-15", -900),
    "1607150715DF2402,00S   X": ("2016-07-15", -240200),
    "1602300301D6,00N024NONREF": ("2016-03-01", -600),
    "1512310101C6,00NTRFNONREF": ("2016-01-01", 600),
    "1601011231C6,00NTRFNONREF": ("2015-12-31", 600),
}


@pytest.mark.parametrize(("line", "expected"), list(LINES.items()))
def test_lines_of_every_habit(line, expected):
    assert shown(read(f":61:{line}\n:86:text\n")) == [expected]


BROKEN = ["160230D6,00N024NONREF", "nonsense", "1607150715C,NTRF", "1607150715X25,00", "160715EC25,00NTRF", ""]


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_line_costs_itself_alone(line):
    statement = read(f":61:{line}\n:86:bad\n:61:160715C1,00NTRFNONREF\n:86:good\n")
    assert (shown(statement), [row.row for row in statement.aside()]) == ([("2016-07-15", 100)], [1])


def test_a_time_of_day_wrapped_to_a_new_line_begins_no_field():
    statement = read(":61:160715C1,00NTRFNONREF\n:86:106?00X?20REF?24/PL 12-09-2014T16\n:26:37 Fo?25lgenr\n")
    assert statement.count == 1
    assert "16:26:37" in next(statement.movements()).text


def test_a_line_and_a_field_wrapped_in_the_middle_are_put_together():
    statement = read(":61:1811261126CR\n30,00N062NONREF\n:\n86:166?00GUTSCHRIFT?20SVWZ+Test\n")
    [movement] = statement.movements()
    assert (movement.amount, "Test" in movement.text) == (3000, True)


def test_details_by_number_by_name_and_in_plain_words():
    body = (
        ":61:160715C1,00NTRFNONREF\n"
        ":86:166?00GUTSCHRIFT?20SVWZ+RF95US00?210123 danke?31DE42100100100043921105?32Ana?33 Ruiz\n"
        ":61:160715C2,00NTRFNONREF\n"
        ":86:/TRTP/SEPA/IBAN/NL10INGB0000000001/BIC/INGBNL2A/NAME/J. Jansen/REMI/cuota 1\n2/EREF/X\n"
        ":61:160715C3,00NTRFNONREF\n:86:0111 SPOEDBETALING DE12500105170648489890 Eva\n second line\n"
    )
    first, second, third = read(body).movements()
    assert (first.name, first.payer_account) == ("Ana Ruiz", "DE42100100100043921105")
    assert "RF95US000123" in first.text.replace(" ", "")
    assert (second.name, second.payer_account, "cuota 12" in second.text) == ("J. Jansen", "NL10INGB0000000001", True)
    assert (third.payer_account, third.text.endswith("Eva second line")) == ("DE12500105170648489890", True)


def test_several_accounts_and_an_envelope_around_them():
    one = HEAD + ":61:160715C1,00NTRFNONREF\n:86:a\n" + FOOT
    raw = "{1:F01BANK}{2:I940}{4:\n" + one + "-}\n" + one.replace("0194774600", "0999999999")
    sections = read_bytes(raw.encode()).statement.sections
    assert [s.count for s in sections] == [1, 1]
    assert "0194774600" in sections[0].accounts
    assert sections[0].through == date(2016, 7, 31)


def test_a_file_without_its_closing_balance_gives_up_a_last_line_that_may_be_half():
    statement = read(":61:160715C1,00NTRFNONREF\n:86:a\n:61:160716C2,0", foot="")
    assert (shown(statement), statement.complete) == ([("2016-07-15", 100)], False)
    assert [row.row for row in statement.aside()] == [2]


def test_a_bank_id_that_says_nothing_is_none():
    ids = [m.bank_id for m in read(":61:160715C1,00NTRFNONREF//NONREF\n:61:160715C1,00NTRFX//B7\nmore\n").movements()]
    assert ids == ["", "B7"]
