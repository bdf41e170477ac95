"""Likely duplicates: listed for a person, never merged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.members.intake.duplicates import likely_duplicates, likeness_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Unión de Inquilinos", "UNION DE INQUILINOS"),
        ("Radio  Milpa ", "radio milpa"),
        ("Radio\u00a0Milpa", "Radio Milpa"),
        ("Niñez", "nin\u0303ez"),
        ("Straße", "STRASSE"),
        ("ﬁesta", "Fiesta"),
        ("Ｍilpa", "milpa"),
    ],
)
def test_names_alike_but_for_accents_case_and_space(one, other):
    assert likeness_key(name=one) == likeness_key(name=other)


@pytest.mark.parametrize(("one", "other"), [("Radio Milpa", "RadioMilpa"), ("Casa Roja", "Casa Roja A.C."), ("l", "1")])
def test_looser_likenesses_are_not_duplicates(one, other):
    assert likeness_key(name=one) != likeness_key(name=other)


def test_pairs_are_earlier_and_later_within_one_center():
    members = [
        ("3", "us", "Milpa"),
        ("1", "mx", "Milpa"),
        ("2", "us", "MILPA"),
        ("9", "us", "Casa"),
        ("0", "us", "milpa "),
    ]
    assert likely_duplicates(members=members) == [("3", "2"), ("3", "0"), ("2", "0")]


def test_a_huge_group_is_held_to_its_first_member_alone():
    fifty = [(str(number), "us", "Milpa") for number in range(50)]
    assert len(likely_duplicates(members=fifty)) == 50 * 49 // 2
    more = [*fifty, ("50", "us", "milpa")]
    assert likely_duplicates(members=more) == [("0", str(number)) for number in range(1, 51)]


@given(st.text())
def test_any_name_has_a_key_that_white_space_around_it_does_not_change(name):
    assert isinstance(likeness_key(name=name), str)
    assert likeness_key(name=f"  {name}\t") == likeness_key(name=name)
