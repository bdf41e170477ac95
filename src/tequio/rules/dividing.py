"""How the end of a divided question follows from the ends of its parts, and how a proposal may come back."""

from collections.abc import Sequence
from enum import StrEnum

from tequio.rules.deciding import Verdict


class Qualifier(StrEnum):
    """What the motion that was voted said besides yes: nobody adds it afterwards."""

    NONE = "none"
    WITH_MODIFICATIONS = "with_modifications"
    IN_PRINCIPLE = "in_principle"
    CONTINUE_DEVELOPING = "continue_developing"
    DEFER = "defer"
    PUT_IN_WRITING = "put_in_writing"


class End(StrEnum):
    """How a question can end."""

    APPROVED = "approved"
    WITH_MODIFICATIONS = "with_modifications"
    IN_PRINCIPLE = "in_principle"
    CONTINUE_DEVELOPING = "continue_developing"
    NOT_APPROVED = "not_approved"
    NO_QUORUM = "no_quorum"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    PUT_IN_WRITING = "put_in_writing"


_OF_MOTION = {
    Qualifier.NONE: End.APPROVED,
    Qualifier.WITH_MODIFICATIONS: End.WITH_MODIFICATIONS,
    Qualifier.IN_PRINCIPLE: End.IN_PRINCIPLE,
    Qualifier.CONTINUE_DEVELOPING: End.CONTINUE_DEVELOPING,
    Qualifier.DEFER: End.DEFERRED,
    Qualifier.PUT_IN_WRITING: End.PUT_IN_WRITING,
}
_YES = frozenset({End.APPROVED, End.WITH_MODIFICATIONS, End.IN_PRINCIPLE})


def end_of(*, verdict: Verdict, motion: Qualifier) -> End:
    """How a question ends: the computed verdict, and the qualifier of the motion that was voted."""
    if verdict is Verdict.NO_QUORUM:
        return End.NO_QUORUM
    return _OF_MOTION[motion] if verdict is Verdict.PASSED else End.NOT_APPROVED


def end_of_whole(*, parts: Sequence[End]) -> End | None:
    """How a divided question ends as a whole, from the ends of all its parts; None where there is no part.

    All parts alike: as they. Some carried and some not: with modifications, unless what carried did so in principle
    only, which the whole then is. None carried: whatever keeps the question alive longest, since a part that is
    deferred or being worked on is not lost. Withdrawn parts do not count beside others.
    """
    if not parts:
        return None
    counted = {end for end in parts if end is not End.WITHDRAWN}
    if not counted:
        return End.WITHDRAWN
    if counted & _YES:
        if len(set(parts)) == 1:
            return parts[0]
        return End.IN_PRINCIPLE if End.IN_PRINCIPLE in counted else End.WITH_MODIFICATIONS
    alive = (End.CONTINUE_DEVELOPING, End.PUT_IN_WRITING, End.DEFERRED, End.NO_QUORUM)
    return next((end for end in alive if end in counted), End.NOT_APPROVED)


class Return(StrEnum):
    """How a proposal may come back."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"  # with substantive changes only
    NOT = "not"  # it was carried


def may_come_back(*, end: End) -> Return:
    """How a question that ended may be put again. Source: the committee's rules of 2013."""
    if end is End.NOT_APPROVED:
        return Return.CHANGED
    return Return.NOT if end in _YES else Return.UNCHANGED
