"""Statements with any of their bytes changed: each is read, or refused with a sentence; nothing else ever happens."""

import random
from datetime import date

import pytest
from tests.banking import samples
from tests.banking.samples import moved
from tests.banking.statements.workbooks_broken import broken

from tequio.banking.statements.reading import read_bytes
from tequio.kernel.errors import Refusal

LINES = [
    moved("2016-07-01", "200.00", "ZELLE RF95US000123 dues", name="Water Alliance", account="DE12500105170648489890"),
    moved("2016-07-04", "-35.50", "HOSTING 4711", bank_id="ABC0012345"),
    moved("2016-07-05", "1025.00", "Cuota señora Ñandú", name="Ana Ruiz"),
    moved("2016-07-05", "-1.25", "comisión"),
]
WRITERS = {
    "ofx": samples.ofx,
    "ofx in xml": lambda lines: samples.ofx(lines, xml=True),
    "mt940": samples.mt940,
    "camt": samples.camt,
    "csv": samples.table,
    "csv in columns": samples.columns,
    "xlsx": samples.workbook,
}
# The share that is read all the same: one wrong byte makes a workbook's XML, or its archive, none.
READ_AT_LEAST = {"xlsx": 0.3}
PIECES = [
    b"",
    b"\0",
    b"<",
    b">",
    b"&",
    b"&#0;",
    b'"',
    b";",
    b",",
    b"\n",
    b"\r\n",
    b":61:",
    b":86:",
    b":62F:",
    b"9" * 40,
]
PIECES += [
    b"-",
    b"1,2.3",
    b"\xff",
    b"\xef\xbb\xbf",
    "ñ".encode(),
    b"20160230",
    b"<STMTTRN>",
    b"</Ntry>",
    b"<Ntry>",
    b"]]>",
]
PIECES += [b"<![CDATA[", b"<!--", b"sep=;\n", "٣".encode(), b"1e9", b"NaN", b"?20", b"//", b"RF95", b"\t", b"<OFX>"]


def mutated(raw, rng):
    """The bytes with one to four things cut out, put in, doubled or swapped."""
    for _ in range(rng.randint(1, 4)):
        at, end = sorted((rng.randrange(len(raw) + 1), rng.randrange(len(raw) + 1)))
        end = min(end, at + rng.choice((1, 3, 20, 200)))
        kind = rng.randrange(5)
        if kind == 0:
            raw = raw[:at] + raw[end:]
        elif kind == 1:
            raw = raw[:at] + rng.choice(PIECES) + raw[at:]
        elif kind == 2:
            raw = raw[:at] + raw[at:end] * 2 + raw[end:]
        elif kind == 3:
            raw = raw[:at] + bytes([rng.randrange(256)]) + raw[at + 1 :]
        else:
            raw = (
                raw[: rng.randrange(len(raw) + 1)] if rng.random() < 0.2 else raw[:at] + rng.choice(PIECES) + raw[end:]
            )
    return raw


def changed(name, raw, rng):
    """The bytes of a file with something wrong in them; of a workbook that is more than the bytes of its archive."""
    return broken(raw, rng) if name == "xlsx" else mutated(raw, rng)


def taken(raw):
    """What the file says, or why it was refused."""
    try:
        return read_bytes(raw).statement, None
    except Refusal as refusal:
        return None, refusal.text


def read_all(name, *, seed, count):
    rng = random.Random(f"{name} {seed}")
    whole = WRITERS[name](LINES)
    read = 0
    for number in range(count):
        raw = changed(name, whole, rng)
        statement, refused = taken(raw)
        assert statement or (refused.en and refused.es), (name, seed, number)
        if statement is None:
            continue
        read += 1
        for movement in statement.movements():
            assert isinstance(movement.on, date), (name, seed, number)
            assert isinstance(movement.amount, int), (name, seed, number)
            assert abs(movement.amount) < 10**16, (name, seed, number)
        assert all(row.why.en and row.why.es for row in statement.aside()), (name, seed, number)
    return read


@pytest.mark.parametrize("name", list(WRITERS))
def test_a_thousand_mutations_are_read_or_refused(name):
    assert read_all(name, seed=1, count=1_000) > 1_000 * READ_AT_LEAST.get(name, 0.5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("name", list(WRITERS))
def test_a_hundred_thousand_mutations_are_read_or_refused(name, seed):
    assert read_all(name, seed=seed + 2, count=10_000) > 10_000 * READ_AT_LEAST.get(name, 0.5)


@pytest.mark.parametrize("name", list(WRITERS))
def test_noise_is_refused_or_read_as_nothing(name):
    rng = random.Random(name)
    for _ in range(150):
        raw = bytes(rng.randrange(256) for _ in range(rng.randrange(400)))
        statement, refused = taken(raw)
        assert statement or refused.es
