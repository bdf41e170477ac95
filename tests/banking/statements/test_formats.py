"""One list of what moved, in every format: the same movements come out."""

import io
from datetime import date

import pytest
from tests.banking import samples
from tests.banking.samples import SOME, moved

from tequio.banking.statements.reading import FILE_AT_MOST, read_bytes
from tequio.kernel.errors import Refusal


def workbook(rows):
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {
    **samples.FORMATS,
    "ofx in xml": lambda lines: samples.ofx(lines, xml=True),
    "camt 08": lambda lines: samples.camt(lines, version="08"),
    "csv with the other sign": lambda lines: samples.table(lines, flip=True),
    "csv, newest first": lambda lines: samples.table(lines, newest_first=True),
    "csv with semicolons": lambda lines: samples.table(lines, separator=";"),
    "csv without balances": lambda lines: samples.table(lines, balances=False),
    "csv in columns": samples.columns,
    "latin-1": lambda lines: samples.table(lines).decode().encode("latin-1"),
    "utf-16": lambda lines: samples.table(lines).decode().encode("utf-16"),
    "xlsx": lambda lines: workbook(
        [
            ["Bank of the examples"],
            ["Fecha", "Concepto", "Importe"],
            *([date.fromisoformat(x.on), f"{x.name} {x.text}", float(x.amount)] for x in lines),
        ]
    ),
}


@pytest.mark.parametrize("writer", list(WRITERS.values()), ids=list(WRITERS))
def test_every_format_says_the_same_of_what_moved(writer):
    statement = read_bytes(writer(SOME)).statement
    found = sorted(statement.movements(), key=lambda movement: movement.on)
    assert [(m.on.isoformat(), samples.units(m.amount)) for m in found] == [(x.on, x.amount) for x in SOME]
    assert "RF95US000123" in found[0].text.replace(" ", "")
    assert "Ñandú" in found[2].text
    assert (statement.aside(), statement.count) == ([], 3)


@pytest.mark.parametrize("writer", [samples.ofx, samples.mt940, samples.camt], ids=["ofx", "mt940", "camt"])
def test_formats_of_banks_name_the_account_the_currency_and_the_day_they_go_up_to(writer):
    [section] = read_bytes(writer(SOME)).statement.sections
    assert ("000123456789" in section.accounts, section.currency) == (True, "USD")
    assert section.through == date(2016, 7, 5)


@pytest.mark.parametrize("writer", [samples.mt940, samples.camt], ids=["mt940", "camt"])
def test_who_paid_and_from_which_account_is_told_apart(writer):
    first = next(read_bytes(writer(SOME)).statement.movements())
    assert (first.name, first.payer_account) == ("Water Alliance", "DE12500105170648489890")


@pytest.mark.parametrize("writer", list(WRITERS.values()), ids=list(WRITERS))
def test_a_statement_without_movements_is_read_as_that_or_refused_as_empty(writer):
    try:
        found = read_bytes(writer([])).statement.count
    except Refusal:
        found = 0
    assert found == 0


NO_STATEMENTS = {
    "nothing": b"",
    "blank": b" \n\n",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0",
    "a paper": b"%PDF-1.7 ...",
    "a page": b"<!doctype html><html><body>Sign in</body></html>",
    "a letter": b"Dear bank,\nplease send it again.\n",
    "an archive": b"PK\x03\x04broken",
    "too large": b"x" * (FILE_AT_MOST + 1),
    "ofx that only says no": b"<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<MESSAGE>No password</STATUS></SONRS>"
    b"</SIGNONMSGSRSV1></OFX>",
    "xml of something else": b'<?xml version="1.0"?><Document xmlns="urn:camt.053"><Other/></Document>',
    "a list of names": b"Name,City\nAna,Oaxaca\nBo,Puebla\n",
}


@pytest.mark.parametrize("raw", list(NO_STATEMENTS.values()), ids=list(NO_STATEMENTS))
def test_what_is_no_statement_is_refused_with_a_sentence_in_each_language(raw):
    with pytest.raises(Refusal) as refused:
        read_bytes(raw)
    assert refused.value.text.en.endswith((".", "=HEADING."))
    assert refused.value.text.es
    assert refused.value.text.en != refused.value.text.es


ENTITIES = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
BOMBS = {
    "entities": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "x">{ENTITIES}]><Document xmlns="camt.053"><Stmt>&e39;'
    "</Stmt></Document>",
    "an outside file": '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><Document><BkToCstmrStmt/></Document>',
    "entities in ofx": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "x">]><OFX><STMTTRN></STMTTRN></OFX>',
    "in utf-16": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "x">]><Document><BkToCstmrStmt/></Document>',
    "too deep": '<Document xmlns="camt.053"><BkToCstmrStmt><Stmt>' + "<a>" * 100_000,
}


@pytest.mark.parametrize("name", list(BOMBS))
def test_xml_that_would_explode_is_not_read(name):
    raw = BOMBS[name].encode("utf-16" if name == "in utf-16" else "utf-8")
    with pytest.raises(Refusal):
        read_bytes(raw)


def test_a_workbook_that_unpacks_into_far_more_is_refused():
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    with pytest.raises(Refusal) as refused:
        read_bytes(out.getvalue())
    assert "unpacks" in refused.value.text.en


def halves():
    for name, writer in samples.FORMATS.items():
        raw = writer([moved(f"2016-07-{n:02d}", f"{100 + n}.25", f"payment {n} of many") for n in range(1, 29)])
        for share in (0.35, 0.6, 0.85, 0.97):
            yield pytest.param(raw, raw[: int(len(raw) * share)], id=f"{share} of {name}")


@pytest.mark.parametrize(("whole", "half"), list(halves()))
def test_half_a_file_gives_only_movements_the_whole_one_has(whole, half):
    said = {(m.on, m.amount) for m in read_bytes(whole).statement.movements()}
    try:
        statement = read_bytes(half).statement
    except Refusal:
        return
    assert {(m.on, m.amount) for m in statement.movements()} <= said
    assert statement.format == "csv" or not statement.complete
