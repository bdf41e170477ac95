"""How the end of a divided question follows from its parts."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.deciding import Verdict
from tequio.rules.dividing import End, Qualifier, Return, end_of, end_of_whole, may_come_back


@pytest.mark.parametrize(
    ("verdict", "motion", "end"),
    [
        (Verdict.PASSED, Qualifier.NONE, End.APPROVED),
        (Verdict.PASSED, Qualifier.WITH_MODIFICATIONS, End.WITH_MODIFICATIONS),
        (Verdict.PASSED, Qualifier.IN_PRINCIPLE, End.IN_PRINCIPLE),
        (Verdict.PASSED, Qualifier.CONTINUE_DEVELOPING, End.CONTINUE_DEVELOPING),
        (Verdict.PASSED, Qualifier.DEFER, End.DEFERRED),
        (Verdict.PASSED, Qualifier.PUT_IN_WRITING, End.PUT_IN_WRITING),
        (Verdict.REJECTED, Qualifier.NONE, End.NOT_APPROVED),
        (Verdict.REJECTED, Qualifier.IN_PRINCIPLE, End.NOT_APPROVED),
        (Verdict.NO_QUORUM, Qualifier.NONE, End.NO_QUORUM),
        # A motion about how to go on that did not pass leaves the question open.
        (Verdict.REJECTED, Qualifier.DEFER, None),
        (Verdict.NO_QUORUM, Qualifier.DEFER, None),
        (Verdict.REJECTED, Qualifier.CONTINUE_DEVELOPING, None),
        (Verdict.REJECTED, Qualifier.PUT_IN_WRITING, None),
    ],
)
def test_an_end_is_the_verdict_and_the_qualifier_of_the_motion_voted(verdict, motion, end):
    assert end_of(verdict=verdict, motion=motion) is end


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        # February: raise the dues? no. Restructure them? in principle.
        ([End.NOT_APPROVED, End.IN_PRINCIPLE], End.IN_PRINCIPLE),
        ([End.APPROVED, End.APPROVED], End.APPROVED),
        ([End.APPROVED, End.NOT_APPROVED], End.WITH_MODIFICATIONS),
        ([End.APPROVED, End.NO_QUORUM], End.WITH_MODIFICATIONS),
        ([End.APPROVED, End.WITHDRAWN], End.WITH_MODIFICATIONS),
        ([End.APPROVED, End.IN_PRINCIPLE], End.IN_PRINCIPLE),
        ([End.NOT_APPROVED, End.NOT_APPROVED], End.NOT_APPROVED),
        ([End.NOT_APPROVED, End.DEFERRED], End.DEFERRED),
        ([End.NOT_APPROVED, End.CONTINUE_DEVELOPING, End.DEFERRED], End.CONTINUE_DEVELOPING),
        ([End.NOT_APPROVED, End.NO_QUORUM], End.NO_QUORUM),
        ([End.NOT_APPROVED, End.WITHDRAWN], End.NOT_APPROVED),
        ([End.WITHDRAWN, End.WITHDRAWN], End.WITHDRAWN),
        ([End.PUT_IN_WRITING], End.PUT_IN_WRITING),
        ([], None),
    ],
)
def test_the_whole_is_the_combination_of_its_parts(parts, whole):
    assert {end_of_whole(parts=order) for order in permutations(parts)} == {whole}


@given(st.lists(st.sampled_from(End), min_size=1, max_size=5))
def test_a_whole_is_carried_just_where_a_part_is(parts):
    carried = {End.APPROVED, End.WITH_MODIFICATIONS, End.IN_PRINCIPLE}

    assert (end_of_whole(parts=parts) in carried) is bool(carried & set(parts))


@given(st.sampled_from(End), st.integers(1, 5))
def test_parts_that_end_alike_make_a_whole_that_ends_so(end, number):
    assert end_of_whole(parts=[end] * number) is end


@pytest.mark.parametrize(
    ("end", "how"),
    [
        (End.NOT_APPROVED, Return.CHANGED),
        (End.NO_QUORUM, Return.UNCHANGED),
        (End.DEFERRED, Return.UNCHANGED),
        (End.WITHDRAWN, Return.UNCHANGED),
        (End.CONTINUE_DEVELOPING, Return.UNCHANGED),
        (End.PUT_IN_WRITING, Return.UNCHANGED),
        (End.APPROVED, Return.NOT),
        (End.WITH_MODIFICATIONS, Return.NOT),
        (End.IN_PRINCIPLE, Return.DETAILS),
    ],
)
def test_what_failed_for_lack_of_quorum_comes_back_unchanged_and_what_was_rejected_only_changed(end, how):
    assert may_come_back(end=end) is how
