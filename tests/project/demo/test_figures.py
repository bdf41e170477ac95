from datetime import date, timedelta

import pytest

from tequio.project.demo.figures import OpenByAge, open_by_age

ON = date(2016, 12, 31)


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-14, "not_due"),
        (-1, "not_due"),
        (0, "to_30"),
        (30, "to_30"),
        (31, "to_60"),
        (60, "to_60"),
        (61, "to_90"),
        (90, "to_90"),
        (91, "over_90"),
        (700, "over_90"),
    ],
)
def test_a_debt_is_as_old_as_the_days_since_it_was_due(days, age):
    none = dict.fromkeys(("not_due", "to_30", "to_60", "to_90", "over_90"), 0)
    found = open_by_age(rests=[(ON - timedelta(days=days), 500), (ON - timedelta(days=days), 20)], on=ON)
    assert (found, found.total()) == (OpenByAge(**none | {age: 520}), 520)
