"""CAMT.053 and its sisters: one movement an entry, a batch with its payments as parts."""

import pytest
from tests.banking import samples
from tests.banking.samples import SOME

from tequio.banking.statements.reading import read_bytes


def read(entries, name="BkToCstmrStmt", inner="Stmt"):
    head = f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04"><{name}><{inner}>'
    account = "<Acct><Id><IBAN>MX1234567890</IBAN></Id><Ccy>USD</Ccy></Acct>"
    return read_bytes(f"{head}{account}{entries}</{inner}></{name}></Document>".encode()).statement


def entry(amount="25.00", ind="CRDT", status="BOOK", on="<BookgDt><Dt>2016-07-15</Dt></BookgDt>", more="", ccy="USD"):
    return f'<Ntry><Amt Ccy="{ccy}">{amount}</Amt><CdtDbtInd>{ind}</CdtDbtInd><Sts>{status}</Sts>{on}{more}</Ntry>'


def payment(amount, name, text):
    return (
        f'<TxDtls><Amt Ccy="USD">{amount}</Amt><RltdPties><Dbtr><Nm>{name}</Nm></Dbtr></RltdPties>'
        f"<RmtInf><Strd><CdtrRefInf><Ref>{text}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
    )


@pytest.mark.parametrize(
    ("name", "inner"),
    [("BkToCstmrStmt", "Stmt"), ("BkToCstmrAcctRpt", "Rpt"), ("BkToCstmrDbtCdtNtfctn", "Ntfctn")],
)
def test_statements_reports_and_notifications(name, inner):
    assert [m.amount for m in read(entry() + entry(ind="DBIT"), name, inner).movements()] == [2500, -2500]


@pytest.mark.parametrize("version", ["01", "02", "03", "04", "06", "08", "10"])
def test_every_version(version):
    assert read_bytes(samples.camt(SOME, version=version)).statement.count == 3


def test_a_batch_is_one_movement_with_its_payments_as_parts():
    details = f"<NtryDtls>{payment('10.00', 'Ana', 'RF1')}{payment('15.00', 'Bo', 'RF2')}</NtryDtls>"
    [movement] = read(entry(more=details)).movements()
    assert [(p.amount, p.name, p.text) for p in movement.parts] == [(1000, "Ana", "Ana RF1"), (1500, "Bo", "Bo RF2")]
    assert (movement.amount, movement.doubt) == (2500, None)


def test_a_batch_whose_payments_are_not_its_sum_is_doubtful():
    details = f"<NtryDtls>{payment('10.00', 'Ana', 'RF1')}{payment('14.00', 'Bo', 'RF2')}</NtryDtls>"
    [movement] = read(entry(more=details)).movements()
    assert (movement.parts, movement.doubt is None) == ((), False)


ASIDE = {
    "no amount": entry(amount=""),
    "a broken amount": entry(amount="25,00"),
    "less than nothing": entry(amount="-25.00"),
    "neither came nor went": entry(ind=""),
    "no day": entry(on=""),
    "30 February": entry(on="<BookgDt><Dt>2016-02-30</Dt></BookgDt>"),
    "not booked yet": entry(status="PDNG"),
    "another currency": entry(ccy="EUR"),
}


@pytest.mark.parametrize("bad", list(ASIDE.values()), ids=list(ASIDE))
def test_an_entry_in_error_costs_itself_alone(bad):
    statement = read(bad + entry())
    assert ([m.amount for m in statement.movements()], [row.row for row in statement.aside()]) == ([2500], [1])
    assert statement.count == 2


def test_days_with_a_time_and_value_days_alone_are_days():
    on = "<BookgDt><DtTm>2016-07-15T23:59:00+02:00</DtTm></BookgDt>", "<ValDt><Dt>2016-07-16</Dt></ValDt>"
    found = [m.on.isoformat() for m in read(entry(on=on[0]) + entry(on=on[1])).movements()]
    assert found == ["2016-07-15", "2016-07-16"]


def test_several_statements_of_several_accounts():
    raw = samples.camt(SOME).decode()
    stmt = raw[raw.index("<Stmt>") : raw.index("</BkToCstmrStmt>")]
    both = raw.replace(stmt, stmt + stmt.replace("000123456789", "999888777666"))
    sections = read_bytes(both.encode()).statement.sections
    assert [(s.accounts, s.count) for s in sections] == [(("000123456789",), 3), (("999888777666",), 3)]


def test_xml_that_breaks_off_gives_what_stood_before_and_names_the_line():
    raw = samples.camt(SOME)
    statement = read_bytes(raw[: raw.rindex(b"<Ntry>") + 60]).statement
    assert (len(list(statement.movements())), statement.complete) == (2, False)
    assert "breaks off in line" in statement.aside()[0].why.en
