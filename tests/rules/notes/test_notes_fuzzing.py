"""Mutated notes: no crash, nothing lost, and work that grows with the length alone."""

import html
import random
import re
import sys
from collections import Counter

import pytest
from tests.rules.notes.examples import EXAMPLES
from tests.rules.notes.reading_it import kept_letters, letters, lost_of_revisions
from tests.rules.notes.revisions import TABLES

from tequio.rules.notes.decoding import NotText, decoded
from tequio.rules.notes.reading import read_notes

SOURCES = [example.text.encode() for example in [*EXAMPLES, *TABLES]]
HOSTILE = [
    *(b"<", b">", b"</", b"<!--", b"-->", b"<script>", b"</ul>", b"<html>", b"&#0;", b"&lt;"),
    *(b"==", b"= ", b"**", b"'''", b"[[", b"]]", b"{{{", b"```", b"| ", b"1. ", b"* ", b"- ", b"A: ", b":", b"?"),
    *(b"\n", b"\r", b"\r\n", b"\n\n", b"    ", b"\t", b"\0", b"\xff", b"\xc3", b"\xe2\x80\xae", b"\xe2\x80\x8b"),
    *(b"7/8/13", b"$", b"5-2", "¿".encode(), b"approved", b"no ", b"se aprueba", b"ACTION: ", b"#agreed "),
    *(b"@@ -1 +1 @@\n", b"Line 7:\n", b"    12", b"| 3 | 4 | "),
    *("−\t* old\t+\t* new\n".encode(), b"Line 7:\tLine 7:\n", b"7\t7\ttext\n", b"\t8\t= new =\n", b"\t\t\t\n"),
    *(b"\nAna 0:04\n", b"00:00:01.000 --> 00:00:02.000\n", b"[10/03 20:31] Bo: ", b"\nAna:\n", b"<v Ana>"),
    *(b"| Motion | For | Against |\n", b"For: Ana, Bo\n", b"Ana +1\n", b"-1 Bo\n", b"|-\n", b"a || b"),
]


def mutated(chance):
    raw = bytearray(chance.choice(SOURCES))
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(raw) + 1)
        what = chance.randrange(6)
        if what == 0:
            raw[at:at] = chance.choice(HOSTILE) * chance.choice((1, 1, 1, 40))
        elif what == 1:
            del raw[at : at + chance.randrange(1, 60)]
        elif what == 2:
            raw[at:at] = bytes(chance.randrange(256) for _ in range(3))
        elif what == 3:
            other = chance.choice(SOURCES)
            begin = chance.randrange(len(other))
            raw[at:at] = other[begin : begin + chance.randrange(1, 200)]
        elif what == 4:
            raw = bytearray(raw.replace(b"\n", chance.choice((b" ", b"\r", b"\r\n", b"")), chance.randrange(1, 30)))
        else:
            lines = bytes(raw).split(b"\n")
            chance.shuffle(lines)
            raw = bytearray(b"\n".join(lines))
    return bytes(raw)


def loses(text):
    """What of a text is in no heading and no item."""
    notes = read_notes(text=text)
    kept = Counter(kept_letters(notes))
    if notes.format == "html":
        shown = html.unescape(re.sub(r"<[^<>]*>", "", text)) if "&" not in text else ""
        return Counter(letters(shown)) - kept
    if notes.format == "diff":
        return lost_of_revisions(text=text, notes=notes)
    lost = Counter(letters(text)) - kept
    return lost + (kept - Counter(letters(text)))


def read_mutated(*, seed, times):
    chance = random.Random(seed)
    for number in range(times):
        raw = mutated(chance)
        try:
            text = decoded(raw=raw)
        except NotText:
            continue
        assert loses(text) == Counter(), (seed, number, raw)


def test_a_thousand_mutated_files_lose_nothing():
    read_mutated(seed=5, times=1_000)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_hundred_thousand_mutated_files_lose_nothing(seed):
    read_mutated(seed=seed, times=5_000)


def deeper(times):
    """Bullets that go in and out again."""
    return "".join(" " * (number % 40) + "* a\n" for number in range(times))


def calls(text):
    """How many functions are called to read a text."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    sys.setprofile(counted)
    try:
        read_notes(text=text)
    finally:
        sys.setprofile(None)
    return count


GROWING = {
    "approvals": "the motion was approved unanimously 5-2 if not rejected ",
    "bullets": "* We agreed to pay $500 to Ana by next meeting\n",
    "deeper and deeper": "<ul><li>a",
    "open tags": "<a ",
    "open comments": "<html><!-- a ",
    "open scripts": "<html><script>x",
    "equal signs": "= a == b ",
    "stars": "* a ",
    "cells": "| 1 | | a\n",
    "colons": "Ana: we agreed: ",
    "names": "Aa, Bb and Cc will write; ",
    "dates": "7/8/13 7 de agosto ",
    "quotes": "'''a''' ",
    "speakers": "Ana: we agreed to go\n",
    # Each of these was slow once.
    "two bytes": "a\n",
    "headings": "== a ==\n",
    "headings of hashes": "# a\n",
    "headings that decide": "## approved\n",
    "underlined": "a\n---\n",
    "spaced equal signs": "= a = a = a = a = a = a = a = a = a = a\n",
    "labels": "a:\n",
    "votes of plus one": "Ana +1\n",
    "sides of votes": "Yes: 3\n",
    "names of votes": "For: Ana, Bo\n",
    "small cells": "|a|b|\n",
    "rows of motions": "| Motion | For | Against |\n| a | 1 | 2 |\n",
    "short sentences": "Yes. No! ",
    "labels in capitals": "CONSENSO. ",
    "names who agreed": "Ana agreed: ",
    "hidden characters": "ap\u200bproved ",
    "a long word": "approvedapproved",
    "deeper bullets": None,
    "bare money": "$5\n",
    "proposals": "Proposal: a\n",
    "proposals that pass": "Proposal: a\nPassed.\n",
    "agreements in one line": "We agreed to go. ",
    "boxes": "- [ ] a\n",
    "headings in one line": "= a = b ",
    "paragraphs of a page": "<p>a</p>",
    "rows of versions": "−\t* old\t+\t* we agreed to go\n",
    "rows with numbers": "1\t1\ta\n",
    "many tabs": "\t",
    "points in one line": "'''1.''' A 2. B ",
    "headings glued in one line": "==a - b== ",
    "open headings with dashes": "= a - b ",
    "bold in one line": "* '''a''' ",
    "captions": "1\n00:00:01.000 --> 00:00:02.000\na\n",
    "who speaks above": "Ana 0:04\nwe agreed to go\n",
    "who speaks in stamps": "[10/03 20:31] Ana Bo Cy: agreed\n",
}


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_text_is_twice_the_work(name):
    read_notes(text="The phrases are read the first time.")
    unit = GROWING[name]
    once, twice = (calls(unit * times if unit else deeper(times)) for times in (300, 600))
    assert twice < 2.5 * once + 2_000
