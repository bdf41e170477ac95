import csv
import random
from dataclasses import fields, replace
from datetime import date

import pytest

from tequio.project.demo.cast import Person, choose
from tequio.project.demo.roll import FEWEST_MEMBERS, PLANTED, write_roll


@pytest.fixture
def people(tmp_path):
    """A function that reads the members of a small roll as the casting sees them."""

    def read(seed):
        path = tmp_path / f"{seed}.csv"
        write_roll(path=path, members=FEWEST_MEMBERS, seed=seed)
        with path.open(encoding="utf-8", newline="") as handle:
            rows = {row["member_id"]: row for row in csv.DictReader(handle)}
        return [
            Person(
                code=code,
                center=row["center"],
                language="es" if row["center"] == "mx" else "en",
                currency=row["currency"],
                in_arrears=row["balance_due"] != "0.00",
                first_period=date.fromisoformat("2016" + row["paid_until"][4:]),
            )
            for code, row in sorted(rows.items())
        ]

    return read


@pytest.mark.parametrize("seed", range(12))
def test_the_smallest_roll_of_any_seed_has_somebody_for_every_part(people, seed):
    cast = choose(rng=random.Random(seed), people=people(seed))
    assert len(cast.codes()) == len(fields(cast))


def test_who_has_a_planted_defect_plays_no_part(people):
    cast = choose(rng=random.Random(1), people=people(1))
    assert not cast.codes() & {p.member_id for p in PLANTED}


def test_plans_and_holds_go_to_members_in_arrears_and_rates_to_others(people):
    cast = choose(rng=random.Random(2), people=people(2))
    assert [cast.keeps_plan.in_arrears, cast.hold_in_mexico.in_arrears, cast.reduced.in_arrears] == [True, True, False]


def test_where_nobody_has_the_right_month_another_plays(people):
    january = [replace(p, first_period=date(2016, 1, 9)) for p in people(3)]
    assert choose(rng=random.Random(3), people=january).leaves.first_period.month == 1
