"""The same members, whether their roll keeps the contract or comes as somebody's spreadsheet."""

import csv
import json
import random
import subprocess
import sys
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.members.intake.conftest import written
from tests.members.intake.messy_files import (
    SPANISH,
    good_rows,
    in_spanish,
    proposed,
    read_messy,
    separated,
    without_rows,
    workbook,
)
from tests.members.intake.test_roll_contract import MAKER

from tequio.members.intake.records import COLUMNS
from tequio.members.intake.vocabulary import HEADINGS


@pytest.fixture
def expected(read_bytes):
    return without_rows(read_bytes(written(*good_rows()).encode()))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_spanish_text_of_every_habit_is_the_same_roll(tmp_path, expected, separator, encoding):
    path = tmp_path / "padron.txt"
    path.write_bytes(separated([in_spanish(row) for row in good_rows()], separator=separator, encoding=encoding))
    proposal = proposed(path)
    assert (proposal.separator, proposal.missing, proposal.unknown_values) == (separator, (), ())
    assert (proposal.mapping.dates, proposal.mapping.decimal) == ("dmy", ",")
    roll = read_messy(path)
    assert (without_rows(roll), roll.rejected) == (expected, [])


def test_a_workbook_with_titles_totals_and_typed_cells_is_the_same_roll(tmp_path, expected):
    rows = [in_spanish(row) for row in good_rows()]
    for spoken, row in zip(rows, good_rows(), strict=True):
        spoken[SPANISH["joined_on"]] = date.fromisoformat(row["joined_on"])
        spoken[SPANISH["paid_until"]] = datetime.fromisoformat(row["paid_until"])
        spoken[SPANISH["balance_due"]] = float(row["balance_due"])
        spoken[SPANISH["income_band"]] = int(row["income_band"])
        spoken[SPANISH["postal_code"]] = int(row["postal_code"])
    path = workbook(
        tmp_path / "p.xlsx",
        rows,
        above=[["Padrón de la red"], [], ["Actualizado en julio"]],
        below=[[], ["Total", None, None, None, None, None, None, 1200.5]],
    )
    proposal = proposed(path)
    assert (proposal.format, proposal.worksheet, proposal.heading_row, proposal.rows) == ("xlsx", "Padrón", 4, 4)
    assert [note.en for note in proposal.notes] == [
        "The headings are in row 4; 2 rows above them were passed over.",
        "Row 10 looks like a row of totals and was left out.",
    ]
    roll = read_messy(path)
    assert (without_rows(roll), roll.rejected) == (expected, [])
    assert [contact.row for contact in roll.contacts] == [5, 6, 7, 8]


def test_a_roll_that_keeps_the_contract_can_go_through_a_mapping_too(tmp_path, expected):
    path = tmp_path / "roll.csv"
    path.write_bytes(written(*good_rows()).encode())
    proposal = proposed(path)
    assert [h.column for h in proposal.headings] == list(COLUMNS)
    assert {h.confidence for h in proposal.headings} == {"sure"}
    assert proposal.dates.value == "ymd"
    assert without_rows(read_messy(path)) == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(COLUMNS),
    names=st.fixed_dictionaries({column: st.sampled_from(HEADINGS[column]) for column in COLUMNS}),
    shout=st.booleans(),
    spanish=st.booleans(),
)
def test_headings_in_any_order_and_of_any_known_name_are_the_same_roll(
    tmp_path, expected, order, names, shout, spanish
):
    path = tmp_path / "any.csv"
    headings = {column: name.upper() if shout else name.capitalize() for column, name in names.items()}
    rows = []
    for row in good_rows():
        said = in_spanish(row) if spanish else {SPANISH[column]: value for column, value in row.items()}
        rows.append({headings[column]: said[SPANISH[column]] for column in order})
    path.write_bytes(separated(rows, encoding="utf-8"))
    proposal = proposed(path)
    found = {column: heading for column, (heading,) in proposal.mapping.columns.items()}
    assert found == {column: " ".join(heading.split()) for column, heading in headings.items()}
    assert without_rows(read_messy(path)) == expected


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["xlsx", "cp1252"])
def test_a_roll_of_761_members_made_messy_is_read_as_its_answer_key_says(tmp_path, kind):
    made, key_file = tmp_path / "roll.csv", tmp_path / "key.json"
    options = ["--members", "761", "--seed", "1", "--out", made, "--key", key_file]
    subprocess.run([sys.executable, MAKER, *options], check=True, timeout=60)
    key = json.loads(key_file.read_text(encoding="utf-8"))
    with made.open(newline="", encoding="utf-8") as handle:
        rows = [in_spanish(row) for row in csv.DictReader(handle)]
    headings = list(rows[0])
    random.Random(5).shuffle(headings)
    rows = [{heading: row[heading] for heading in headings} for row in rows]
    path = tmp_path / f"messy.{kind}"
    moved = 2 if kind == "xlsx" else 0
    if kind == "xlsx":
        workbook(path, rows, above=[["Padrón 2016"], []], below=[["Total"]])
    else:
        path.write_bytes(separated(rows))
    roll = read_messy(path)
    assert len(roll.members) == key["members"]
    assert len(roll.contacts) == key["contacts"]
    assert {str(r.row - moved): r.code for r in roll.rejected} == key["rejected"]
    assert [list(pair) for pair in roll.duplicates()] == key["duplicates"]
    assert (roll.phones_normalized, roll.phones_unusable) == (key["phones_normalized"], key["phones_unusable"])
    assert roll.by_group() == key["by_group"]
    assert roll.opening() == {center: units * 100 for center, units in key["opening"].items()}
