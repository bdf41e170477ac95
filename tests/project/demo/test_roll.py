import csv
import re
from collections import Counter
from datetime import date
from itertools import groupby
from operator import itemgetter

import pytest

from tequio.members.intake.duplicates import likeness_key
from tequio.members.intake.roll import read_roll
from tequio.project.demo import names
from tequio.project.demo.roll import COLUMNS, FEWEST_MEMBERS, MOST_MEMBERS, PLANTED, write_roll

MEMBER_COLUMNS = COLUMNS[: COLUMNS.index("contact_name")]
REJECTED = [planted for planted in PLANTED if planted.rejected]
TWINS = [planted for planted in PLANTED if planted.same_as]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "roll.csv"
    write_roll(path=path)
    return path


@pytest.fixture(scope="module")
def rows(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def members(rows):
    """The first row of each member, by its id."""
    first = {}
    for row in rows:
        first.setdefault(row["member_id"], row)
    return first


def share(members, test):
    found = list(members.values())
    return sum(bool(test(member)) for member in found) / len(found)


def planted_rows(rows, planted):
    return [row for row in rows if row["member_id"] == planted.member_id]


def test_the_same_seed_gives_the_same_bytes(tmp_path, path):
    again, other = tmp_path / "again.csv", tmp_path / "other.csv"
    write_roll(path=again, members=760, seed=2016)
    write_roll(path=other, seed=2017)
    assert again.read_bytes() == path.read_bytes()
    assert other.read_bytes() != path.read_bytes()


def test_the_columns_are_those_of_a_roll(path):
    header = path.read_text(encoding="utf-8").splitlines()[0]
    assert header == (
        "member_id,member_name,kind,center,joined_on,sector,income_band,operations,paid_until,balance_due,currency,"
        "contact_name,contact_roles,email,phone,street,city,state,postal_code,country,language"
    )


def test_ids_are_unique_except_for_contacts_of_one_member(rows, members):
    assert len(members) == 760
    runs = [member_id for member_id, _ in groupby(rows, key=itemgetter("member_id"))]
    assert runs == list(members)
    assert all(re.fullmatch(r"(NY|MX)-\d{4}", member_id) for member_id in members)
    for row in rows:
        first = members[row["member_id"]]
        assert [row[column] for column in MEMBER_COLUMNS] == [first[column] for column in MEMBER_COLUMNS]
    assert max(Counter(row["member_id"] for row in rows).values()) == 3


def test_the_shape_is_the_published_one(members):
    assert share(members, lambda m: m["center"] == "mx") == pytest.approx(0.20, abs=0.01)
    assert share(members, lambda m: m["kind"] == "organization") == pytest.approx(2 / 3, abs=0.01)
    assert share(members, lambda m: m["balance_due"] != "0.00") == pytest.approx(0.105, abs=0.005)
    assert share(members, lambda m: m["operations"] == "yes") == pytest.approx(0.85, abs=0.01)
    assert share(members, lambda m: m["income_band"] == "") == pytest.approx(0.20, abs=0.02)
    assert {m["income_band"] for m in members.values()} == {"", "1", "2", "3", "4", "5"}
    assert {m["sector"] for m in members.values()} == set(names.SECTORS)
    assert {(m["center"], m["member_id"][:2], m["currency"]) for m in members.values()} == {
        ("us", "NY", "USD"),
        ("mx", "MX", "MXN"),
    }


def test_years_start_on_days_all_over_the_year(members):
    starts = Counter(m["paid_until"][5:] for m in members.values())
    assert len(starts) > 250
    assert {day[:2] for day in starts} == {f"{month:02d}" for month in range(1, 13)}
    assert "02-29" not in starts


def test_members_in_order_are_paid_into_2016_and_late_ones_owe_2015(members):
    owed = {
        ("us", "organization"): 200,
        ("us", "individual"): 100,
        ("mx", "organization"): 4100,
        ("mx", "individual"): 3280,
    }
    in_part = Counter()
    for member in members.values():
        balance = float(member["balance_due"])
        assert member["paid_until"][:4] == ("2015" if balance else "2016")
        if member["member_id"] not in {planted.member_id for planted in REJECTED}:
            assert member["paid_until"][5:] == member["joined_on"][5:]
            assert date.fromisoformat(member["joined_on"]) < date.fromisoformat(member["paid_until"])
        whole = owed[member["center"], member["kind"]]
        assert 0 <= balance <= whole
        if balance:
            in_part[balance < whole] += 1
    assert in_part[True] > 10
    assert in_part[False] > in_part[True]


def test_some_members_of_the_new_york_center_live_elsewhere(rows):
    abroad = [row for row in rows if row["country"] not in ("US", "MX")]
    assert {row["center"] for row in abroad} == {"us"}
    assert {row["country"] for row in abroad} == {"CA", "BR", "ES"}
    assert {row["language"] for row in abroad if row["country"] != "CA"} == {"es"}
    assert {row["language"] for row in rows} == {"en", "es"}


def test_most_postal_addresses_are_missing_and_none_is_half_there(rows):
    parts = [[bool(row[c]) for c in ("street", "city", "state", "postal_code")] for row in rows]
    assert all(len(set(part)) == 1 for part in parts)
    assert 0.15 < sum(part[0] for part in parts) / len(parts) < 0.30
    assert all(row["country"] for row in rows)


def test_nobody_can_be_reached(rows):
    phones = re.compile(r"\+1 \d{3} 555 01\d\d|\+52 (1 )?(\d\d 5550 \d{4}|\d{3} 555 01\d\d)")
    planted = {planted.value for planted in PLANTED}
    assert all(phones.fullmatch(row["phone"]) for row in rows if row["phone"] and row["phone"] not in planted)
    emails = [row["email"] for row in rows if row["email"] not in planted]
    assert all(re.fullmatch(r"[a-z0-9.]+@([a-z0-9-]+\.example|example\.(org|net))", email) for email in emails)
    assert len(set(emails)) == len(emails)


def test_some_mexican_mobiles_are_written_the_old_way(rows):
    mexican = [row["phone"] for row in rows if row["phone"].startswith("+52")]
    assert 0.10 < sum(phone.startswith("+52 1 ") for phone in mexican) / len(mexican) < 0.40


def test_every_member_has_somebody_to_send_the_invoice_to(rows, members):
    billing = {row["member_id"] for row in rows if "billing" in row["contact_roles"].split(";")}
    assert billing == set(members)
    voting = Counter(row["member_id"] for row in rows if "representative" in row["contact_roles"].split(";"))
    assert set(voting) == set(members)
    assert set(voting.values()) == {1, 2}


def test_no_two_names_are_alike_but_the_planted_ones(members):
    by_likeness = {}
    for member in members.values():
        by_likeness.setdefault(likeness_key(name=member["member_name"]), []).append(member["member_id"])
    alike = {tuple(ids) for ids in by_likeness.values() if len(ids) > 1}
    assert alike == {(planted.same_as, planted.member_id) for planted in TWINS}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.code + " " + planted.member_id)
def test_each_planted_defect_is_where_it_says(rows, planted):
    row = planted_rows(rows, planted)[planted.contact - 1]
    assert row[planted.column] == planted.value
    for sentence in (planted.what.en, planted.what.es):
        assert planted.member_id in sentence
        assert planted.same_as in sentence


@pytest.mark.parametrize("members", [FEWEST_MEMBERS, 760, MOST_MEMBERS])
def test_the_import_finds_the_planted_defects_and_no_others(tmp_path, members):
    path = tmp_path / "roll.csv"
    write_roll(path=path, members=members, seed=7)
    roll = read_roll(path=path, currencies={"us": "USD", "mx": "MXN"}, languages={"us": "en", "mx": "es"})
    assert sorted(rejected.code for rejected in roll.rejected) == sorted(planted.code for planted in REJECTED)
    assert sorted(roll.duplicates()) == sorted((planted.same_as, planted.member_id) for planted in TWINS)
    assert roll.phones_unusable == 1
    assert roll.phones_doubtful == 0
    assert len(roll.members) == members - 1
    assert roll.ignored_columns == ()


@pytest.mark.parametrize("members", [0, FEWEST_MEMBERS - 1, MOST_MEMBERS + 1])
def test_a_roll_without_room_for_its_story_is_refused(tmp_path, members):
    with pytest.raises(ValueError, match=str(members)):
        write_roll(path=tmp_path / "roll.csv", members=members)
    assert not (tmp_path / "roll.csv").exists()
