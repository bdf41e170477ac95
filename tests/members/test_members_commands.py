"""The commands of members: JSON alone on stdout, the right exit code, export guarded against formulas."""

import csv
import io
import json

import pytest
from tests.dues.making import make_roll

from tequio.members.models import Contact, Member


def counts(out):
    answer = json.loads(out)
    return answer, {key: value for key, value in answer.items() if key != "changed"}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("members_", "seed", "options"),
    [
        (1, 3, ()),
        (761, 1, ()),
        (300, 21, ("--encoding", "latin-1")),
        (300, 22, ("--encoding", "utf-8-sig")),
        (2_200, 23, ()),
    ],
)
def test_an_import_counts_what_the_answer_key_says_and_the_second_one_the_same(
    sample_rules, cli, tmp_path, members_, seed, options
):
    roll, key = make_roll(folder=tmp_path, members=members_, seed=seed, options=options)
    code, out, _ = cli("members", "import", roll, "--dry-run", "--json")
    assert (code, Member.objects.count()) == (0, 0)
    dry, _ = counts(out)
    code, out, _ = cli("members", "import", roll, "--json")
    assert code == 0
    first, same = counts(out)
    assert {name: first[name] for name in key if name not in ("due", "due_as_of")} == {
        name: value for name, value in key.items() if name not in ("due", "due_as_of")
    }
    assert (dry, first["changed"]) == (first, key["members"] + key["contacts"])
    assert (Member.objects.count(), Contact.objects.count()) == (key["members"], key["contacts"])
    code, out, _ = cli("members", "import", roll, "--json")
    assert code == 0
    again, same_again = counts(out)
    assert (again["changed"], same_again) == (0, same)
    for merged_pair in key["duplicates"][:3]:
        assert cli("members", "merge", *merged_pair)[0] == 0
    again, same_again = counts(cli("members", "import", roll, "--json")[1])
    assert (again["changed"], same_again) == (0, same)
    assert json.loads(cli("check", "--json")[1]) == {"differences": []}


@pytest.mark.parametrize(("lang", "says"), [("en", "row 3: email_invalid"), ("es", "fila 3: email_invalid")])
def test_an_import_names_bad_rows_and_likely_duplicates_to_a_person(sample_rules, cli, roll_file, lang, says):
    path = roll_file({"member_name": "Red Azul"}, {"email": "nowhere"}, {"member_name": "RED  ÁZUL"})
    code, out, _ = cli("--lang", lang, "members", "import", path)
    assert (code, out.splitlines()[0].startswith(says), "M1 M3" in out) == (0, True, True)


def test_an_import_of_what_is_no_roll_is_refused(sample_rules, cli, tmp_path):
    path = tmp_path / "letter.csv"
    path.write_text("Dear all\n", encoding="utf-8")
    for wrong in (path, tmp_path / "absent.csv", tmp_path):
        code, out, says = cli("members", "import", wrong, "--json")
        assert (code, out, says.strip() != "") == (1, "", True)


def test_an_import_before_there_are_centers_is_refused(db, cli, roll_file):
    code, _, says = cli("members", "import", roll_file({}))
    assert (code, says.startswith("This instance has no center yet")) == (1, True)


def test_export_is_a_row_for_each_period_and_guarded(members, cli):
    members({"member_name": "=HYPERLINK(1)", "phone": "+1 212 555 0123"}, {"member_name": "Ñu, “Azul”"})
    assert cli("members", "merge", "M1", "M2")[0] == 0
    assert cli("members", "leave", "M1", "--on", "2016-06-01")[0] == 0
    assert cli("members", "rejoin", "M1", "--on", "2016-07-01")[0] == 0
    code, out, _ = cli("members", "export")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(r["member_id"], r["joined_on"], r["left_on"], r["counted_as"]) for r in rows] == [
        ("M1", "2010-03-01", "2016-06-01", ""),
        ("M1", "2016-07-01", "", ""),
        ("M2", "2010-03-01", rows[2]["left_on"], "M1"),
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values() if cell)
    assert (rows[2]["member_name"], "212" in out) == ("Ñu, “Azul”", False)


def test_was_member_answers_for_a_year(members, cli):
    members({"joined_on": "2012-05-01"})
    assert json.loads(cli("members", "was-member", "M1", "2011", "--json")[1])["was_member"] is False
    assert json.loads(cli("members", "was-member", "M1", "2012", "--json")[1]) == {
        "member": "M1",
        "year": 2012,
        "was_member": True,
    }
    assert cli("members", "was-member", "M9", "2012")[0] == 1


def test_merge_and_unmerge_from_the_command_line(members, cli):
    members({}, {})
    assert [cli("members", "merge", "M1", "M2")[0], cli("members", "merge", "M1", "M2")[0]] == [0, 1]
    assert [cli("members", "unmerge", "M2")[0], cli("members", "unmerge", "M2")[0]] == [0, 1]


def test_the_contact_log_from_the_command_line(members, cli):
    members({})
    add = ("contact-log", "add", "--member", "M1", "--on", "2016-07-01", "--by", "Noé")
    assert [cli(*add, "--outcome", "attempted")[0], cli(*add, "--outcome", "waved")[0]] == [0, 2]
    assert json.loads(cli("contact-log", "list", "--member", "M1", "--json")[1]) == [
        {"on": "2016-07-01", "by": "Noé", "outcome": "attempted", "note": ""}
    ]
