"""Several processes take in proposals at once: every number is given once, and one file makes its proposals once."""

import json
import subprocess
import sys

import pytest

from journeys.test_several_at_once import at_once

CHANGE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tequio.project.settings"
import django
django.setup()
from tequio.decisions.models import Proposal
from tequio.decisions.moved import TextMoved
from tequio.decisions.operations.proposing import change
from tequio.kernel import clock
from tequio.rules.reasons import Text
from tequio.rules.wording import Words
proposal = Proposal.objects.get()
words = Words(original="es", ask=Text(en="", es=sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
try:
    by = proposal.sponsor
    print(change(proposal=proposal, against=1, words=words, effects=[], by=by, actor="test", at=clock.now()).number)
except TextMoved as moved:
    print("moved", *(each.after for each in (*moved.both.theirs, *moved.both.yours)))
"""


@pytest.fixture
def seated(copies, ruled):
    """An instance in which Ana sits on the committee."""
    instance = copies(ruled)
    instance.done("people", "add", "ana@example.org", "--name", "Ana")
    seat = ("leadership-committee-member-1", "ana@example.org", "--from", "2015-01-01")
    instance.done("bodies", "appoint", *seat, "--decision", "2013-rules-of-decision")
    return instance


def written(folder, name, *asks):
    """A file with a proposal for each ask."""
    rows = [
        {"body": "leadership-committee", "sponsor": "ana@example.org", "original": "es", "ask": {"es": ask}}
        for ask in asks
    ]
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"proposals": rows}), encoding="utf-8")
    return path


def test_numbers_are_given_once_and_the_same_file_is_taken_in_once(seated, tmp_path):
    same = written(tmp_path, "same", "Gallinas", "Patos")
    others = [written(tmp_path, f"file-{n}", *(f"{n} {m}" for m in range(3))) for n in range(3)]
    plans = [[("proposals", "import", path), ("proposals", "import", same)] for path in others]

    answers = at_once(instance=seated, plans=plans)

    assert [answer.code for own in answers for answer in own] == [0] * 6
    codes = [code for (code,) in seated.rows("SELECT code FROM decisions_proposal ORDER BY id")]
    numbers = sorted(int(code.partition("-")[2]) for code in codes)
    assert numbers == list(range(1, 12)), "nine proposals in three files, and two in one that three have taken in"
    assert seated.run("check", "--json").json == {"differences": []}


def test_of_two_people_who_change_one_proposal_at_once_the_second_is_shown_both(seated, tmp_path):
    seated.done("proposals", "import", written(tmp_path, "one", "Gallinas"))
    people = [
        subprocess.Popen(
            [sys.executable, "-c", CHANGE, ask],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=seated.environment(PYTHONIOENCODING="utf-8"),
        )
        for ask in ("Patos", "Gansos")
    ]
    for process in people:
        assert process.stdout.readline() == "ready\n"
    for process in people:
        process.stdin.write("go\n")
        process.stdin.flush()

    said = sorted(process.communicate(timeout=60)[0].strip() for process in people)

    assert said in (["2", "moved Patos Gansos"], ["2", "moved Gansos Patos"])
    assert seated.value("SELECT count(*) FROM decisions_version") == 2
