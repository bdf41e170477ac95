"""Rules of decision as they are written down."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Share, Sponsors
from tequio.rules.decision_terms import TermsError, rule_from_terms, share_from, terms_of
from tequio.rules.reasons import Text

NAMED = {"code": "r", "title": Text(en="x", es="x"), "decision": "d", "valid_from": date(2013, 1, 1)}
LEAST = {"quorum": "1/2", "majority": ">2/3"}


def read(**terms):
    return rule_from_terms(**NAMED, terms={**LEAST, **terms})


def test_what_terms_leave_out_is_as_the_rule_has_it():
    half, two_thirds = Share(of=Fraction(1, 2)), Share(of=Fraction(2, 3), more_than=True)
    assert read() == RuleOfDecision(**NAMED, quorum=half, majority=two_thirds)


def test_every_term_is_read():
    rule = read(
        quorum_per_center="25 %",
        majority_per_center=">1/2",
        abstentions_count_for_quorum=False,
        blocks_count="stops",
        weights={"organization": 2, "individual": 1},
        review_hours=48,
        delay_days=3,
        vote_days=10,
        closes_early=True,
        consensus_first=True,
        sponsors="anybody",
        late="next",
        member_days=90,
    )
    assert terms_of(rule) == {
        "quorum": "1/2",
        "majority": ">2/3",
        "quorum_per_center": "1/4",
        "majority_per_center": ">1/2",
        "abstentions_count_for_quorum": False,
        "blocks_count": "stops",
        "weights": {"individual": 1, "organization": 2},
        "review_hours": 48,
        "delay_days": 3,
        "vote_days": 10,
        "closes_early": True,
        "consensus_first": True,
        "sponsors": "anybody",
        "late": "next",
        "member_days": 90,
    }


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("1/2", Share(of=Fraction(1, 2))),
        ("10 %", Share(of=Fraction(1, 10))),
        ("> 2/3", Share(of=Fraction(2, 3), more_than=True)),
        ("66.6%", Share(of=Fraction(333, 500))),
        ("1", Share(of=Fraction(1))),
    ],
)
def test_a_share_is_written_as_a_fraction_or_in_percent(written, share):
    assert share_from(written) == share


@pytest.mark.parametrize(
    "written", ["", "half", "3/2", "1/0", "-1/2", ">1", "101 %", "1//2"] + ["1e999999999", "1e9", "9" * 5000]
)
def test_what_is_no_share_is_refused(written):
    with pytest.raises(TermsError) as refusal:
        share_from(written)
    assert "1/2" in refusal.value.text.es


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"quorom": "1/2"}, "quorom"),
        ({"quorum": None}, "lacks its “quorum”"),
        ({"majority": None}, "lacks its “majority”"),
        ({"quorum": "0"}, "nobody would have to be present"),
        ({"quorum_per_center": "0"}, "nobody would have to be present"),
        ({"majority": "1/2"}, "a tie or less would pass"),
        ({"majority": "1/3"}, "a tie or less would pass"),
        ({"majority_per_center": "0"}, "no center would have a say"),
        ({"quorum": 0.5}, "cannot be"),
        ({"closes_early": "yes"}, "cannot be"),
        ({"review_hours": -1}, "from 0 to 8760"),
        ({"review_hours": True}, "from 0 to 8760"),
        ({"vote_days": 0}, "from 1 to 365"),
        ({"blocks_count": "twice"}, "against, stops"),
        ({"weights": {"person": 0}}, "A weight is"),
        ({"weights": {"organization": 2}}, "Weights are"),
        ({"weights": [1]}, "Weights are"),
    ],
    ids=str,
)
def test_terms_that_make_no_rule_are_refused_with_a_sentence_in_both_languages(terms, said):
    with pytest.raises(TermsError) as refusal:
        read(**terms)
    assert said in refusal.value.text.en
    assert refusal.value.text.es != refusal.value.text.en


SHARES = st.builds(Share, of=st.sampled_from([Fraction(n, 12) for n in range(7, 12)]), more_than=st.booleans())


@given(
    st.builds(
        RuleOfDecision,
        **{name: st.just(value) for name, value in NAMED.items()},
        quorum=SHARES,
        majority=SHARES,
        quorum_per_center=st.none() | SHARES,
        majority_per_center=st.none() | SHARES,
        blocks_count=st.sampled_from(BlockCounts),
        sponsors=st.sampled_from(Sponsors),
        late=st.sampled_from(Late),
        vote_days=st.integers(1, 30),
    )
)
def test_a_rule_written_down_and_read_again_is_the_same_rule(rule):
    assert rule_from_terms(**NAMED, terms=terms_of(rule)) == rule
