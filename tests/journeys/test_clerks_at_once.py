"""Three clerks work on one meeting at once: everybody is there once, everything happens once."""

import subprocess
import sys
from pathlib import Path

THERE = Path(__file__).with_name("meet_there.py")


def clerk(instance, *arguments):
    return subprocess.Popen(
        [sys.executable, THERE, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=instance.environment(PYTHONIOENCODING="utf-8"),
    )


def test_the_same_person_is_marked_and_the_same_item_closed_and_carried_once(copies, ruled):
    instance = copies(ruled)
    begun = clerk(instance, "begin")
    begun.communicate(timeout=60)
    assert begun.returncode == 0
    clerks = [clerk(instance, "clerk") for _ in range(3)]
    for process in clerks:
        assert process.stdout.readline() == "ready\n"
    for process in clerks:
        process.stdin.write("go\n")
        process.stdin.flush()

    said = [process.communicate(timeout=60)[0].split() for process in clerks]

    finished = [words for words in said if words]
    assert len({words[0] for words in finished}) == 1
    assert sum(words[1] == "True" for words in finished) <= 1
    assert instance.value("SELECT count(*) FROM meetings_attendance") == 1
    assert instance.value("SELECT count(*) FROM meetings_agendaitem WHERE title_en = 'Left open'") == 2
    assert instance.value("SELECT count(*) FROM meetings_agendaitem WHERE proposal_id IS NOT NULL") == 1
    kinds = dict(instance.rows("SELECT kind, count(*) FROM journal_event GROUP BY kind"))
    assert [kinds[kind] for kind in ("meeting.closed", "meeting.item_closed", "meeting.attendance_entered")] == [
        1,
        1,
        1,
    ]
