"""Motions word for word, and the names of ends."""

import pytest

from tequio.rules.deciding import Choice, Verdict
from tequio.rules.dividing import End, Qualifier
from tequio.rules.motions import (
    CHOICE_NAMES,
    END_NAMES,
    QUALIFIER_NAMES,
    VERDICT_NAMES,
    left_open,
    motion_of,
)
from tequio.rules.reasons import Text

TITLE = Text(en="Raise {dues}", es="Subir {cuotas}")


@pytest.mark.parametrize("qualifier", list(Qualifier))
def test_a_motion_ends_with_what_it_is_about_whatever_signs_stand_in_it(qualifier):
    motion = motion_of(qualifier=qualifier, title=TITLE)

    assert motion.en.endswith(": Raise {dues}")
    assert motion.es.endswith(": Subir {cuotas}")


def test_no_two_motions_say_the_same():
    motions = [motion_of(qualifier=qualifier, title=TITLE) for qualifier in Qualifier]

    assert len({motion.en for motion in motions}) == len({motion.es for motion in motions}) == len(Qualifier)


@pytest.mark.parametrize(
    ("kind", "names"),
    [(End, END_NAMES), (Qualifier, QUALIFIER_NAMES), (Verdict, VERDICT_NAMES), (Choice, CHOICE_NAMES)],
)
def test_everything_has_a_name_of_its_own_in_both_languages(kind, names):
    assert set(names) == set(kind)
    assert len({name.en for name in names.values()}) == len({name.es for name in names.values()}) == len(kind)


def test_what_was_carried_or_withdrawn_leaves_nothing_open_and_everything_else_says_what():
    closed = {end for end in End if not left_open(end=end).en}

    assert closed == {End.APPROVED, End.WITH_MODIFICATIONS, End.WITHDRAWN}
