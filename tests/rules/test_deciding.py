"""Whether a question passes."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.deciding import (
    BlockCounts,
    Choice,
    Elector,
    RuleOfDecision,
    Share,
    Verdict,
    is_decided_early,
    outcome_of,
    quorum_of,
)
from tequio.rules.reasons import Text

HALF, TWO_THIRDS = Share(of=Fraction(1, 2)), Share(of=Fraction(2, 3), more_than=True)
FAVOR, AGAINST, ABSTAIN, BLOCK = Choice.FAVOR, Choice.AGAINST, Choice.ABSTAIN, Choice.BLOCK


def rule(**given):
    """The committee's rule of 2013, but for what is given."""
    return RuleOfDecision(
        **{
            "code": "committee-2013",
            "title": Text(en="x", es="x"),
            "decision": "2013-rules",
            "valid_from": date(2013, 1, 1),
            "quorum": HALF,
            "majority": TWO_THIRDS,
            **given,
        }
    )


def people(number, *, center="us"):
    return [Elector(code=f"{center}{n}", center=center) for n in range(number)]


def said(electorate, **counts):
    """Ballots: so many of each choice, from the first elector on."""
    choices = [Choice(name) for name, many in counts.items() for _ in range(many)]
    return {elector.code: choice for elector, choice in zip(electorate, choices, strict=False)}


def verdict(number, by=None, **counts):
    electorate = people(number)
    return outcome_of(rule=by or rule(), electorate=electorate, ballots=said(electorate, **counts)).verdict


@pytest.mark.parametrize(
    ("present", "of", "found"),
    [(7, 15, Verdict.NO_QUORUM), (8, 15, Verdict.PASSED), (7, 14, Verdict.PASSED), (0, 0, Verdict.NO_QUORUM)],
)
def test_a_quorum_exactly_met_is_a_quorum(present, of, found):
    assert verdict(of, favor=present) is found


@pytest.mark.parametrize(
    ("favor", "against", "found"),
    [
        (6, 3, Verdict.REJECTED),  # exactly two thirds is not more than two thirds
        (7, 3, Verdict.PASSED),
        (67, 33, Verdict.PASSED),
        (66, 34, Verdict.REJECTED),
        (5, 5, Verdict.REJECTED),  # a tie
        (0, 9, Verdict.REJECTED),
    ],
)
def test_more_than_two_thirds_of_those_voting_pass(favor, against, found):
    assert verdict(favor + against, favor=favor, against=against) is found


def test_a_simple_majority_needs_more_than_half_so_a_tie_does_not_pass():
    by = rule(majority=Share(of=Fraction(1, 2), more_than=True))

    assert verdict(10, by, favor=5, against=5) is Verdict.REJECTED
    assert verdict(11, by, favor=6, against=5) is Verdict.PASSED


def test_abstentions_count_for_the_quorum_and_not_as_votes():
    assert verdict(15, favor=3, abstain=5) is Verdict.PASSED
    assert verdict(15, rule(abstentions_count_for_quorum=False), favor=3, abstain=5) is Verdict.NO_QUORUM


def test_where_everybody_abstains_nothing_passes():
    assert verdict(4, abstain=4) is Verdict.REJECTED


def test_a_block_is_a_vote_against_or_stops_the_question_by_the_bodys_rule():
    assert verdict(12, favor=9, block=1) is Verdict.PASSED
    assert verdict(12, rule(blocks_count=BlockCounts.STOPS), favor=9, block=1) is Verdict.REJECTED


def test_weights_are_counted_and_not_heads():
    electorate = [
        Elector(code="union", center="us", weight=2),
        Elector(code="ana", center="us"),
        Elector(code="beto", center="mx"),
    ]
    found = outcome_of(
        rule=rule(majority=Share(of=Fraction(1, 2), more_than=True)),
        electorate=electorate,
        ballots={"union": FAVOR, "ana": AGAINST},
    )

    assert (found.verdict, found.count.favor, found.count.voting, found.count.electorate) == (Verdict.PASSED, 2, 3, 4)


def test_each_center_has_to_meet_its_own_quorum_and_majority_where_the_rule_says_so():
    electorate = people(8) + people(4, center="mx")
    ballots = {**said(electorate[:8], favor=8), **said(electorate[8:], against=2, favor=1)}

    def by(**given):
        return outcome_of(rule=rule(**given), electorate=electorate, ballots=ballots).verdict

    assert by() is Verdict.PASSED
    assert by(majority_per_center=HALF) is Verdict.REJECTED
    assert by(quorum_per_center=Share(of=Fraction(4, 5))) is Verdict.NO_QUORUM


def test_the_verdict_says_line_by_line_how_it_follows():
    electorate = people(15)
    found = outcome_of(rule=rule(), electorate=electorate, ballots=said(electorate, favor=6, against=3, abstain=1))

    assert found.lines == (
        Text(
            en="Present: 10 of 15, needed at least 1/2, which is 8: there is a quorum.",
            es="Presentes: 10 de 15; se requiere al menos 1/2, es decir 8: hay quórum.",
        ),
        Text(
            en="In favor: 6 of 9 voting, needed more than 2/3, which is 7: it does not pass.",
            es="A favor: 6 de 9 que votan; se requiere más de 2/3, es decir 7: no se aprueba.",
        ),
    )


@pytest.mark.parametrize(
    ("said_so", "first", "consensus"),
    [
        ({"favor": 9}, "Consensus: 9 agree, nobody disagrees and nobody blocks.", True),
        ({"favor": 9, "abstain": 3}, "Consensus: 9 agree, nobody disagrees and nobody blocks.", True),
        ({"favor": 9, "against": 1}, "No consensus: 1 disagree and 0 block, so it is counted.", False),
        ({"favor": 9, "block": 1}, "No consensus: 0 disagree and 1 block, so it is counted.", False),
        ({"abstain": 9}, "Nobody agrees and nobody disagrees.", False),
    ],
    ids=str,
)
def test_where_the_rule_asks_for_consensus_first_it_is_told_first_and_then_counted(said_so, first, consensus):
    electorate = people(15)
    found = outcome_of(rule=rule(consensus_first=True), electorate=electorate, ballots=said(electorate, **said_so))

    assert (found.lines[1].en, found.consensus, len(found.lines)) == (first, consensus, 3)


def test_without_a_quorum_nothing_is_said_of_consensus():
    electorate = people(15)
    found = outcome_of(rule=rule(consensus_first=True), electorate=electorate, ballots=said(electorate, favor=7))

    assert (found.verdict, len(found.lines)) == (Verdict.NO_QUORUM, 1)


def test_who_speaks_for_no_center_counts_in_the_whole_alone():
    electorate = [*people(4), Elector(code="chair", center="")]
    by = rule(quorum_per_center=HALF, majority_per_center=TWO_THIRDS)
    found = outcome_of(rule=by, electorate=electorate, ballots=said(electorate, favor=4))

    assert found.verdict is Verdict.PASSED


def test_a_ballot_from_outside_and_an_elector_twice_are_errors():
    with pytest.raises(ValueError, match="outside"):
        outcome_of(rule=rule(), electorate=people(2), ballots={"nobody": FAVOR})
    with pytest.raises(ValueError, match="twice"):
        outcome_of(rule=rule(), electorate=people(2) + people(1), ballots={})


@pytest.mark.parametrize("wrong", [Fraction(3, 2), Fraction(-1, 2)])
def test_a_share_lies_between_nothing_and_all(wrong):
    with pytest.raises(ValueError, match="share"):
        Share(of=wrong)
    with pytest.raises(ValueError, match="share"):
        Share(of=Fraction(1), more_than=True)


SHARES = st.builds(
    Share,
    of=st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]),
    more_than=st.booleans(),
)
ELECTORATES = st.lists(st.tuples(st.sampled_from(["us", "mx"]), st.sampled_from([1, 2])), min_size=1, max_size=12).map(
    lambda some: [Elector(code=str(n), center=center, weight=weight) for n, (center, weight) in enumerate(some)]
)
RULES = st.builds(
    rule,
    quorum=SHARES,
    majority=SHARES,
    quorum_per_center=st.none() | SHARES,
    majority_per_center=st.none() | SHARES,
    abstentions_count_for_quorum=st.booleans(),
    blocks_count=st.sampled_from(BlockCounts),
    closes_early=st.just(True),
)


def ballots_of(electorate):
    return st.dictionaries(st.sampled_from([e.code for e in electorate]), st.sampled_from(Choice))


@given(RULES, ELECTORATES, st.data())
def test_the_order_of_votes_never_matters(by, electorate, data):
    ballots = data.draw(ballots_of(electorate))
    shuffled = dict(data.draw(st.permutations(list(ballots.items()))))
    people_shuffled = data.draw(st.permutations(electorate))

    one = outcome_of(rule=by, electorate=electorate, ballots=ballots)
    other = outcome_of(rule=by, electorate=people_shuffled, ballots=shuffled)

    assert (one.verdict, one.count, one.lines) == (other.verdict, other.count, other.lines)


@given(RULES, ELECTORATES, st.data())
def test_an_abstention_never_helps_but_towards_the_quorum(by, electorate, data):
    ballots = data.draw(ballots_of(electorate))
    silent = [e.code for e in electorate if e.code not in ballots]
    if not silent:
        return
    before = outcome_of(rule=by, electorate=electorate, ballots=ballots).verdict
    after = outcome_of(rule=by, electorate=electorate, ballots={**ballots, silent[0]: ABSTAIN}).verdict

    assert before is after or before is Verdict.NO_QUORUM


@given(RULES, ELECTORATES, st.data())
def test_turning_a_vote_against_into_one_in_favor_never_makes_it_fail(by, electorate, data):
    ballots = data.draw(ballots_of(electorate))
    against = [code for code, choice in ballots.items() if choice is AGAINST]
    if not against or outcome_of(rule=by, electorate=electorate, ballots=ballots).verdict is not Verdict.PASSED:
        return

    assert outcome_of(rule=by, electorate=electorate, ballots={**ballots, against[0]: FAVOR}).verdict is Verdict.PASSED


@given(RULES, ELECTORATES, st.data())
def test_a_vote_that_closes_early_would_have_ended_the_same_whatever_came(by, electorate, data):
    ballots = data.draw(ballots_of(electorate))
    if not is_decided_early(rule=by, electorate=electorate, ballots=ballots):
        return
    silent = [e.code for e in electorate if e.code not in ballots]
    more = data.draw(st.dictionaries(st.sampled_from(silent), st.sampled_from(Choice))) if silent else {}

    now = outcome_of(rule=by, electorate=electorate, ballots=ballots).verdict
    then = outcome_of(rule=by, electorate=electorate, ballots={**ballots, **more}).verdict

    assert now is then


@given(SHARES, st.integers(1, 200))
def test_what_is_needed_is_the_least_that_is_enough(share, whole):
    needed = share.needed(whole=whole)

    assert share.is_met(part=needed, whole=whole)
    assert not share.is_met(part=needed - 1, whole=whole)


def test_a_quorum_of_those_present_is_the_one_a_vote_of_all_of_them_would_have():
    us, mx = people(3), people(2, center="mx")
    here = {us[0].code, us[1].code, "stranger"}
    found = quorum_of(rule=rule(quorum_per_center=Share(of=Fraction(1, 2))), electorate=[*us, *mx], present=here)
    assert (found.met, found.here, found.electorate, found.needed) == (False, 2, 5, 3)
    assert found.per_center == {"mx": (0, 2), "us": (2, 3)}
    assert quorum_of(rule=rule(), electorate=us, present=here).met
