"""Rolls and answer keys of the maker beside the checkout. Our own traps are in the other files of this folder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
MAKER = CHECKOUT.parent / "shared" / "tools" / "make_roll.py"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MAKER.exists(), reason=f"{MAKER} is not there"),
]


@pytest.fixture
def made(tmp_path):
    def make(*options):
        roll, key = tmp_path / "roll.csv", tmp_path / "key.json"
        subprocess.run([sys.executable, MAKER, "--out", roll, "--key", key, *options], check=True, timeout=60)
        return roll, json.loads(key.read_text(encoding="utf-8"))

    return make


@pytest.mark.parametrize(
    ("members", "seed", "options"),
    [
        (1, 1, []),
        (40, 2, []),
        (761, 1, []),
        (761, 5, ["--encoding", "latin-1"]),
        (761, 6, ["--encoding", "utf-8-sig"]),
        (761, 7, ["--clean"]),
        (3_000, 11, []),
        (3_000, 12, ["--encoding", "latin-1"]),
    ],
)
def test_a_roll_is_read_as_its_answer_key_says(made, read_path, members, seed, options):
    path, key = made("--members", str(members), "--seed", str(seed), *options)
    roll = read_path(path)
    assert len(roll.members) == key["members"]
    assert len(roll.contacts) == key["contacts"]
    assert {str(rejected.row): rejected.code for rejected in roll.rejected} == key["rejected"]
    assert [list(pair) for pair in roll.duplicates()] == key["duplicates"]
    assert roll.phones_normalized == key["phones_normalized"]
    assert roll.phones_unusable == key["phones_unusable"]
    assert roll.phones_doubtful == 0
    assert roll.by_group() == key["by_group"]
    assert roll.opening() == {center: units * 100 for center, units in key["opening"].items()}
