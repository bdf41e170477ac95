"""How it ended, where what decided says only that something was: refused, put off, charged to somebody, with changes.

"We agreed: no stove." "Se acuerda que se lleva a la asamblea de mayo." "Carried, with clause four left out." The
phrases are data, groups without a kind in `phrases_en.toml` and `phrases_es.toml`; they decide nothing by themselves.
"""

from typing import Final

from tequio.rules.notes.records import Outcome
from tequio.rules.notes.sentence import Sentence

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


def ended(sentence: Sentence, *, outcome: Outcome) -> Outcome:
    """The outcome of a sentence that decides, given what the words that decide say of it."""
    groups = _GROUPS.get(outcome)
    if not groups or not sentence.signs:
        return outcome
    found = {one.sign.group for one in sentence.signs}
    return next((said for group, said in groups if group in found), outcome)


_GROUPS: Final = {Outcome.APPROVED: _OF_APPROVED, Outcome.NOT_APPROVED: _OF_REFUSED}
