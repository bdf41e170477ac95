"""Who pays more and who less: what a preview says is what billing then asks, member by member."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.dues import doing
from tests.dues.effects.test_dues_table import KEPT, KIND, carry_out

from tequio.dues.effects.who_pays import who_pays
from tequio.dues.models import Invoice
from tequio.kernel.errors import Refusal
from tequio.members.models import Member
from tequio.members.operations import leave, merge_members
from tequio.rules.dues_preview import Group

ON = date(2016, 7, 15)
BANDED = {
    **KEPT,
    "code": "dues-banded",
    "default_band": 3,
    "tables": {
        center: {
            "organization": {"membership": bands, "operations": dict.fromkeys(bands, "100")},
            "individual": {"membership": {band: str(int(amount) // 2) for band, amount in bands.items()}},
        }
        for center, bands in (("us", {"1": "30", "3": "60", "5": "90"}), ("mx", {"1": "300", "3": "600", "5": "900"}))
    },
}
MEXICAN = {"center": "mx", "kind": "individual"}
pytestmark = pytest.mark.django_db


def previewed(data=KEPT, on=ON, **assumptions):
    return KIND.consequences(data=data, on=on, assumptions=assumptions)


def groups(on=ON):
    from tequio.centers.models import Center

    return list(who_pays(on=on, center_pks=list(Center.objects.values_list("pk", flat=True))).groups)


def test_members_of_today_are_grouped_by_all_their_dues_follow_from(members):
    members(
        {}, {}, {"operations": "no"}, {"sector": "labor"}, {"income_band": ""}, {"center": "mx", "kind": "individual"}
    )
    assert groups() == [
        Group("mx", "individual", "media", 3, True, 10_000, 1),
        Group("us", "organization", "labor", 3, True, 10_000, 1),
        Group("us", "organization", "media", 3, False, 10_000, 1),
        Group("us", "organization", "media", 3, True, 10_000, 2),
        Group("us", "organization", "media", None, True, 10_000, 1),
    ]


def test_own_rates_of_the_day_and_waivers_set_members_apart(members):
    members({}, {}, {}, {})
    doing.rate("M1", "reduced", 5_000)
    doing.rate("M2", "comped", 0, until="2016-12-31")
    doing.rate("M3", "reduced", 5_000, until="2016-07-14")
    assert [(one.share, one.heads) for one in groups()] == [(0, 1), (10_000, 2), (5_000, 1)]


def test_who_left_or_has_not_come_yet_does_not_count(members):
    members({}, {}, {"joined_on": "2016-01-01"})
    leave(code="M1", on=ON, actor="test", at=doing.moment(ON))
    assert sum(one.heads for one in groups()) == 2
    assert sum(one.heads for one in groups(on=date(2012, 1, 1))) == 2


def test_merged_members_count_once_as_what_they_are_counted_as(members):
    members({}, {"kind": "individual", "operations": "no"}, {})
    doing.rate("M2", "reduced", 5_000)
    merge_members(kept="M1", merged="M2", actor="test", at=doing.moment(ON))
    counted = [
        Group("us", "organization", "media", 3, True, 10_000, 1),
        Group("us", "organization", "media", 3, True, 5_000, 1),
    ]
    assert groups() == counted


def test_a_member_that_left_counts_by_the_open_membership_of_one_merged_into_it(members):
    members({"sector": "labor"}, {"kind": "individual", "operations": "no"})
    leave(code="M1", on=ON, actor="test", at=doing.moment(ON))
    merge_members(kept="M1", merged="M2", actor="test", at=doing.moment(ON))
    assert groups() == [Group("us", "organization", "labor", 3, True, 10_000, 1)]  # as billing has it


def test_the_queries_do_not_grow_with_the_members(members, django_assert_num_queries):
    members(*({} for _ in range(3)))
    doing.rate("M1", "reduced", 5_000)
    with django_assert_num_queries(4):  # the centers, too
        groups()


def test_income_is_said_for_each_center_in_its_own_currency(members):
    members({}, {"operations": "no"}, {"center": "mx"})
    totals = previewed(BANDED).totals["centers"]
    assert {center: (row["currency"], row["income_now"], row["income_after"]) for center, row in totals.items()} == {
        "mx": ("MXN", 4100, 700),
        "us": ("USD", 250, 220),
    }


def test_assumptions_change_what_is_supposed_and_nothing_else(members):
    members({}, {"operations": "no"})
    plain = previewed()
    supposed = previewed(drop_operations=50, members_change=-50, new_without_operations_us=2)
    assert plain.totals["centers"]["us"]["income_after"] == supposed.totals["centers"]["us"]["income_after"] == 280
    assert supposed.totals["centers"]["us"]["income_supposed"] == (140 + 60) / 2 + 2 * 60
    assert (plain.facts, plain.tolerance) == (supposed.facts, supposed.tolerance)
    assert [one.value for one in supposed.assumptions] == [50, -50, 2]


@pytest.mark.parametrize(
    ("name", "value"), [("drop_operations", 101), ("members_change", -101), ("drop_operations", "x")]
)
def test_an_assumption_beyond_its_limits_is_refused(members, name, value):
    with pytest.raises(Refusal, match="is a whole number from"):
        previewed(**{name: value})


def test_the_ten_largest_changes_are_named_the_largest_first_and_by_id(members):
    members(*({"operations": "no"} for _ in range(12)), {"member_name": "Grande"}, {"kind": "individual"})
    doing.rate("M13", "solidarity", 30_000)
    table = previewed().tables[-1]
    assert table.private
    assert len(table.rows) == 10
    assert [(row[0].en, row[4].en) for row in table.rows[:4]] == [
        ("Member 14 (M14)", "USD -70.00"),
        ("Grande (M13)", "USD 60.00"),
        ("Member 1 (M1)", "USD 10.00"),
        ("Member 10 (M10)", "USD 10.00"),
    ]
    assert table.note.en == "10 of 14 whose dues change; where changes are alike, by id."


def test_members_the_table_has_no_amount_for_are_said(members):
    members({"income_band": "4"}, {})
    found = previewed(BANDED)
    assert found.totals["centers"]["us"]["without_amount"] == 1
    assert "no amount for the income band of 1 member" in " ".join(sentence.en for sentence in found.sentences)


ROLLS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["organization", "individual"]),
            "center": st.sampled_from(["us", "us", "mx"]),
            "sector": st.sampled_from(["media", "labor", ""]),
            "income_band": st.sampled_from(["", "1", "3", "5", "4"]),
            "operations": st.sampled_from(["yes", "no"]),
        }
    ),
    min_size=1,
    max_size=12,
)
RATES = st.lists(st.sampled_from([None, None, ("reduced", 3_333), ("solidarity", 15_000), ("comped", 0)]), max_size=12)


@settings(
    max_examples=8,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)
@given(roll=ROLLS, rates=RATES)
def test_what_is_previewed_is_what_billing_then_asks(members, roll, rates):
    from django.db import transaction

    with transaction.atomic():
        members(*({**one, "paid_until": "2016-08-20"} for one in roll))
        for number, own in enumerate(rates[: len(roll)], start=1):
            if own is not None:
                doing.rate(f"M{number}", *own)
        found = previewed(BANDED)
        carry_out(BANDED)
        doing.run("2016-08-10", "2016-08-31")
        asked = Counter()
        for code, total in Invoice.objects.values_list("center__code", "total"):
            asked[code] += total
        totals = found.totals["centers"]
        assert {center: round(row["income_after"] * 100) for center, row in totals.items()} == {
            "mx": asked["mx"],
            "us": asked["us"],
        }
        assert sum(row["members"] for row in totals.values()) == Member.objects.count()
        billed = Invoice.objects.count()
        assert billed == sum(r["members"] - r["waived"] - r["without_amount"] for r in totals.values())
        transaction.set_rollback(True)
