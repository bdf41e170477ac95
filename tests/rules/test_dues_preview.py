"""What another dues table would do: groups agree with members one by one, and nothing is lost in rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.builders import MANY
from tequio.rules.dues import DuesTable, DuesTableError, Kind, Part, Tariff, lines_for
from tequio.rules.dues_preview import (
    Change,
    Group,
    Suppositions,
    Tally,
    Turn,
    changes,
    incomes,
    largest_first,
    tallies,
)

KINDS = [kind.value for kind in Kind]


def table(membership, operations=(None, None), *, bands=(None,), default_band=None):
    """A table from amounts for an organization and an individual, each times the number of its band."""
    tariffs = [
        Tariff(id=0, kind=kind, part=part, band=band, amount=amount * (band or 1))
        for part, amounts in ((Part.MEMBERSHIP, membership), (Part.OPERATIONS, operations))
        for kind, amount in zip(KINDS, amounts, strict=True)
        if amount is not None
        for band in bands
    ]
    return DuesTable(tariffs=tariffs, default_band=default_band)


WHOLE = table((20_000, 10_000))
SPLIT = table((5_000, 2_500), (15_000, 7_500))
BANDS = table((5_000, 2_500), (15_000, 7_500), bands=(1, 2, 3), default_band=2)


def group(kind="organization", operations=True, share=10_000, heads=1, center="us", sector="media", band=None):
    return Group(center, kind, sector, band, operations, share, heads)


def income_of(*groups, before=WHOLE, after=SPLIT):
    changed = changes(groups=groups, before={"us": before} if before else {}, after={"us": after})
    return incomes(changes=changed, after={"us": after})["us"]


@pytest.mark.parametrize(
    ("one", "after", "turn"),
    [
        (group(), SPLIT, Turn.SAME),
        (group(operations=False), SPLIT, Turn.LESS),
        (group(), table((20_001, 0)), Turn.MORE),
        (group(share=0), SPLIT, Turn.WAIVED),
        (group(share=5_000, operations=False), SPLIT, Turn.LESS),
        (group(band=9), BANDS, Turn.UNPRICED),
        (group(band=3), BANDS, Turn.MORE),
        (group(band=None), BANDS, Turn.MORE),
        (group(band=1), BANDS, Turn.SAME),
    ],
)
def test_a_member_pays_more_the_same_or_less(one, after, turn):
    assert [change.turn for change in changes(groups=[one], before={"us": WHOLE}, after={"us": after})] == [turn]


def test_who_was_asked_nothing_yet_pays_more():
    change = changes(groups=[group()], before={}, after={"us": SPLIT})[0]
    assert (change.before, change.after, change.turn) == (None, 20_000, Turn.MORE)


def test_members_are_counted_by_whatever_is_asked():
    groups = [group(heads=3), group(operations=False, heads=2), group(kind="individual", share=0, sector="labor")]
    changed = changes(groups=groups, before={"us": WHOLE}, after={"us": SPLIT})
    assert tallies(changes=changed, by=lambda one: one.sector) == {
        "media": Tally(members=5, same=3, less=2),
        "labor": Tally(members=1, waived=1),
    }


def test_income_is_of_one_center_and_never_added_up():
    groups = [group(heads=2), group(center="mx", heads=3)]
    both = {"us": SPLIT, "mx": table((100, 100))}
    found = incomes(changes=changes(groups=groups, before={"us": WHOLE}, after=both), after=both)
    assert {center: (money.now, money.after) for center, money in found.items()} == {
        "us": (40_000, 40_000),
        "mx": (0, 300),
    }


def test_half_of_those_with_operations_drop_it_and_pay_membership_alone():
    money = income_of(group(heads=10), group(operations=False, heads=10))
    assert money.supposed(suppose=Suppositions(drop_operations=50)) == 5 * 20_000 + 5 * 5_000 + 10 * 5_000


@pytest.mark.parametrize(("change", "comes_to"), [(-5, 190_000), (0, 200_000), (10, 220_000), (-100, 0)])
def test_members_gained_and_lost_count_in_every_group_alike(change, comes_to):
    assert income_of(group(heads=10)).supposed(suppose=Suppositions(members_change=change)) == comes_to


def test_new_members_are_of_the_kinds_there_are_today():
    money = income_of(group(heads=2), group(kind="individual", heads=1))
    assert money.per_new_member == Fraction(2 * 5_000 + 2_500, 3)
    assert money.supposed(suppose=Suppositions(new_without_operations={"us": 3})) == 50_000 + 12_500


def test_it_is_said_how_many_new_members_make_up_for_a_loss():
    needed = income_of(group(heads=2), group(operations=False, heads=1)).make_up(suppose=Suppositions())
    assert (needed.loss, needed.mixed, dict(needed.by_kind)) == (15_000, 3, {"organization": 3, "individual": 6})


def test_one_cent_lost_needs_one_new_member_and_nothing_lost_none():
    assert income_of(group(), after=table((19_999, 1))).make_up(suppose=Suppositions()).mixed == 1
    assert income_of(group()).make_up(suppose=Suppositions()).mixed == 0
    assert income_of(group(), after=table((20_001, 1))).make_up(suppose=Suppositions()).loss == 0


def test_nothing_makes_up_where_new_members_are_asked_for_nothing():
    needed = income_of(group(), after=table((0, 0), (15_000, 7_500))).make_up(suppose=Suppositions())
    assert (needed.loss, needed.mixed, dict(needed.by_kind)) == (
        5_000,
        None,
        {"organization": None, "individual": None},
    )


def test_a_center_of_nobody_has_no_income_and_loses_nothing():
    money = income_of()
    assert (money.now, money.after, money.per_new_member) == (0, 0, Fraction(3_750))
    assert money.make_up(suppose=Suppositions()).mixed == 0


def test_the_largest_changes_come_first_whichever_way_they_go():
    groups = [
        group(operations=False),
        group(kind="individual", operations=False),
        group(band=1, share=30_000, operations=False),
    ]
    changed = changes(groups=[*groups, group()], before={"us": WHOLE}, after={"us": SPLIT})
    assert [change.difference for change in largest_first(changes=changed)] == [-45_000, -15_000, -7_500]


AMOUNTS = st.integers(0, 30_000)
TABLES = st.one_of(
    st.builds(table, st.tuples(AMOUNTS, AMOUNTS), st.tuples(AMOUNTS, AMOUNTS)),
    st.builds(table, st.tuples(AMOUNTS, AMOUNTS)),
    st.builds(
        lambda m, o: table(m, o, bands=(1, 2, 3), default_band=2),
        st.tuples(AMOUNTS, AMOUNTS),
        st.tuples(AMOUNTS, AMOUNTS),
    ),
)
MEMBERS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(["media", "labor", ""]),
        st.sampled_from([None, 1, 2, 3, 4]),
        st.booleans(),
        st.sampled_from([0, 3_333, 10_000, 10_000, 15_000]),
    ),
    max_size=30,
)


def asked(which, one):
    """One member's dues by the rule of billing itself; None where it could not be billed."""
    kind, _, band, operations, share = one
    if not share:
        return 0
    try:
        lines = lines_for(table=which, kind=kind, band=band, operations=operations, share=share)
    except DuesTableError:
        return None
    return sum(line.amount for line in lines)


@MANY
@given(MEMBERS, TABLES, TABLES, st.integers(0, 100), st.integers(-100, 100))
def test_groups_come_to_what_members_one_by_one_come_to(members, before, after, dropping, change):
    groups: dict[tuple, int] = {}
    for one in members:
        groups[one] = groups.get(one, 0) + 1
    grouped = [Group("us", *key, heads) for key, heads in groups.items()]
    changed = changes(groups=grouped, before={"us": before}, after={"us": after})
    money = incomes(changes=changed, after={"us": after})["us"]
    each = [(asked(before, one), asked(after, one)) for one in members]
    assert money.now == sum(old or 0 for old, _ in each)
    assert money.after == sum(new or 0 for _, new in each)
    turns = [turn(one, *both) for one, both in zip(members, each, strict=True)]
    counted = tallies(changes=changed, by=lambda _: "all").get("all", Tally())
    assert counted == Tally(members=len(members), **{name.value: turns.count(name) for name in Turn})
    for sector, tally in tallies(changes=changed, by=lambda one: one.sector).items():
        mine = [found for found, one in zip(turns, members, strict=True) if one[1] == sector]
        assert tally == Tally(members=len(mine), **{name.value: mine.count(name) for name in Turn})
    expected = Fraction(0)
    for one, (_, new) in zip(members, each, strict=True):
        without = asked(after, (*one[:3], False, one[4])) if new is not None else 0
        drops = Fraction(dropping, 100) if one[3] else Fraction(0)
        expected += (new or 0) * (1 - drops) + (without or 0) * drops
    supposed = money.supposed(suppose=Suppositions(drop_operations=dropping, members_change=change))
    assert abs(supposed - expected * Fraction(100 + change, 100)) <= Fraction(1, 2)


def turn(one, old, new):
    if not one[4]:
        return Turn.WAIVED
    if new is None:
        return Turn.UNPRICED
    return Turn.SAME if new == (old or 0) else Turn.MORE if new > (old or 0) else Turn.LESS


@MANY
@given(MEMBERS, TABLES, TABLES, st.integers(0, 100))
def test_as_many_new_members_as_are_said_make_up_and_one_fewer_does_not(members, before, after, dropping):
    grouped = [Group("us", *one, 1) for one in members]
    money = incomes(changes=changes(groups=grouped, before={"us": before}, after={"us": after}), after={"us": after})
    income = money["us"]
    suppose = Suppositions(drop_operations=dropping)
    needed = income.make_up(suppose=suppose)
    if needed.mixed is None:
        assert not income.per_new_member
        return
    assert income.supposed(suppose=with_new(suppose, needed.mixed)) >= income.now or needed.loss == 0
    if needed.mixed > 0:
        assert income.supposed(suppose=with_new(suppose, needed.mixed - 1)) <= income.now


def with_new(suppose, heads):
    return Suppositions(drop_operations=suppose.drop_operations, new_without_operations={"us": heads})


def test_a_change_says_how_much_more_each_is_asked():
    assert Change(group(), 20_000, None).difference == -20_000
    assert Change(group(), None, 5_000).difference == 5_000
