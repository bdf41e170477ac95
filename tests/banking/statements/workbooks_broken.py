"""Workbooks broken in the ways of their own kind: inside the parts of the zip archive, and in the archive itself."""

import io
import re
import zipfile
from functools import lru_cache

TEXTS, SHEET, TYPES, BOOK = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/workbook.xml"
STYLES = "xl/styles.xml"
_VALUE = re.compile(rb"<v>[^<]*</v>")
_CELL = re.compile(rb'r="[A-Z]+\d+"')
_KIND = re.compile(rb't="[a-z]+"')
_TAG = re.compile(rb"<[^<>]{1,200}>")
VALUES = [b"", b"-1", b"99999999", b"1e308", b"-1e308", b"NaN", b"inf", b"1E5", b"0x10", b"2958466", b"-693594", b"60"]
VALUES += [b"2016-02-30", b"2016-07-01T25:00:00", b"9" * 400, b"1.5", "٣".encode(), b"&#0;", b"&a;", b"<v>", b"3" * 20]
CELLS = [
    b"ZZZZZ2",
    b"XFD1048576",
    b"XFE1",
    b"A0",
    b"",
    b"1",
    b"A",
    b"a1",
    b"AAAAAAAAAAAA1",
    b"B99999999",
    b"-A1",
    b"A1:B2",
]
KINDS = [b"s", b"n", b"b", b"d", b"e", b"str", b"inlineStr", b"", b"zzz"]
PIECES = [b"<!DOCTYPE a>", b'<!ENTITY a "b">', b"<!--", b"]]>", b"<![CDATA[", b"\0", b"\xff\xfe", b"<row>", b"</row>"]
PIECES += [
    b'<c r="A1" t="s"><v>0</v></c>',
    b"</c>",
    b"<f>1/0</f>",
    b"<si><t>x</t></si>",
    b"&lt;",
    b"&nope;",
    b"<x:row/>",
]
PIECES += [b'<mergeCell ref="A1:A1048576"/>', b'<mergeCell ref="ZZZ1:A99999999"/>', b'<?xml version="1.1"?>']

# Most leave the XML well formed, so that what reads the cells has to cope and not only the parser.
_KINDS_OF_HARM = (0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7)


@lru_cache(maxsize=4)
def parts_of(raw):
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, level=1):
    """A workbook of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def replaced(content, pattern, put, rng):
    """The content with one thing of a kind replaced."""
    found = list(pattern.finditer(content))
    if not found:
        return content
    one = rng.choice(found)
    return content[: one.start()] + put + content[one.end() :]


def bitten(content, rng, pieces):
    """The content with a few bytes cut out, put in, doubled or changed."""
    at = rng.randrange(len(content) + 1)
    end = min(len(content), at + rng.choice((1, 3, 20, 200)))
    kind = rng.randrange(4)
    if kind == 0:
        return content[:at] + content[end:]
    if kind == 1:
        return content[:at] + rng.choice(pieces) + content[at:]
    if kind == 2:
        return content[:at] + content[at:end] * 2 + content[end:]
    return content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]


def broken_inside(raw, rng):
    """A workbook whose XML was changed and packed again: what a cell holds, where it says it is, what it says it is."""
    parts = dict(parts_of(raw))
    for _ in range(rng.randint(1, 3)):
        name = rng.choice((SHEET, SHEET, SHEET, TEXTS, STYLES, BOOK, TYPES, *parts))
        if name not in parts:
            continue
        content = parts[name]
        kind = rng.choice(_KINDS_OF_HARM)
        if kind == 0:
            content = replaced(content, _VALUE, b"<v>" + rng.choice(VALUES) + b"</v>", rng)
        elif kind == 1:
            content = replaced(content, _CELL, b'r="' + rng.choice(CELLS) + b'"', rng)
        elif kind == 2:
            content = replaced(content, _KIND, b't="' + rng.choice(KINDS) + b'"', rng)
        elif kind == 3:
            content = replaced(content, _TAG, rng.choice((b"", *PIECES)), rng)
        elif kind == 4 and rng.random() < 0.2:
            del parts[name]
            continue
        elif kind == 5 and rng.random() < 0.2:
            content = parts[rng.choice(list(parts))]  # one part in the place of another
        elif kind == 6 and rng.random() < 0.05:
            content += b" " * 2_000_000  # small when packed, large when not
        else:
            content = bitten(content, rng, PIECES)
        parts[name] = content
    return packed(parts)


def broken_archive(raw, rng):
    """A workbook whose archive is damaged: cut off, with bytes changed, or sizes that are not true."""
    if rng.random() < 0.4:
        return raw[: rng.randrange(4, len(raw))]
    if rng.random() < 0.3:
        at = raw.rindex(b"PK\x01\x02") + 24  # how large the last part says it is, unpacked
        return raw[:at] + rng.randbytes(4) + raw[at + 4 :]
    return b"PK\x03\x04" + bitten(raw, rng, [b"PK\x01\x02", b"PK\x05\x06", b"\0" * 8, b"\xff" * 4])[4:]


def broken(raw, rng):
    """A workbook broken in one of the ways: most of them inside, for there the reader has most to do."""
    return broken_archive(raw, rng) if rng.random() < 0.15 else broken_inside(raw, rng)
