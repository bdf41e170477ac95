"""How it ended, where what decided says only that something was: refused, put off, charged to somebody, with changes.

"We agreed: no stove." "Se acuerda que se lleva a la asamblea de mayo." "Carried, with clause four left out." The
phrases are data, groups without a kind in `phrases_en.toml` and `phrases_es.toml`; they decide nothing by themselves.
"""

from typing import Final

from tequio.rules.notes.phrases import Found
from tequio.rules.notes.records import Outcome
from tequio.rules.notes.sentence import Sentence
from tequio.rules.notes.words import word_set

# The first of these groups that stands in a sentence says how an approval ended ...
_OF_APPROVED: Final = (
    ("taken_back", Outcome.WITHDRAWN),
    ("too_few", Outcome.NO_QUORUM),
    ("in_principle", Outcome.IN_PRINCIPLE),
    ("put_off", Outcome.DEFERRED),
    ("carry_on", Outcome.CONTINUE),
    ("refused", Outcome.NOT_APPROVED),
    ("charged", Outcome.ASSIGNED),
    ("with_modifications", Outcome.WITH_MODIFICATIONS),
    ("conditional", Outcome.WITH_MODIFICATIONS),
)
# ... and how a refusal: "no decision tonight, back in May" refuses nothing.
_OF_REFUSED: Final = (("too_few", Outcome.NO_QUORUM), ("put_off", Outcome.DEFERRED))


# What a count, a unanimous vote or an election that passed leaves open: it was not refused, nor taken back.
_OF_COUNTED: Final = tuple(
    (group, outcome)
    for group, outcome in _OF_APPROVED
    if outcome in {Outcome.IN_PRINCIPLE, Outcome.ASSIGNED, Outcome.WITH_MODIFICATIONS}
)
_UNANIMOUS: Final = word_set("unanimously unanimous unanimidad unanime")


def ending(sentence: Sentence, *, outcome: Outcome, counted: bool = False) -> tuple[Outcome, Found | None]:
    """How a sentence that decides ended, given what the words that decide say of it, and the phrase that says so.

    `counted`: a count or an election says that it passed.
    """
    groups = _GROUPS.get(outcome)
    if not groups or not sentence.signs:
        return outcome, None
    if outcome is Outcome.APPROVED and (counted or not _UNANIMOUS.isdisjoint(sentence.words)):
        groups = _OF_COUNTED
    found = {one.sign.group: one for one in reversed(sentence.signs)}
    return next(((said, found[group]) for group, said in groups if group in found), (outcome, None))


_GROUPS: Final = {Outcome.APPROVED: _OF_APPROVED, Outcome.NOT_APPROVED: _OF_REFUSED}
