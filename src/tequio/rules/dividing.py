"""Dividing a question: how its parts share out the text, how its end follows from theirs, and how it may come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tequio.rules.deciding import Verdict
from tequio.rules.reasons import Text


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
# Motions about how to go on, not about the question itself: where they fail, nothing has ended.
PROCEDURAL = frozenset({Qualifier.CONTINUE_DEVELOPING, Qualifier.DEFER, Qualifier.PUT_IN_WRITING})
_YES = frozenset({End.APPROVED, End.WITH_MODIFICATIONS, End.IN_PRINCIPLE})
CARRIED_OUT = frozenset({End.APPROVED, End.WITH_MODIFICATIONS})  # in principle, nothing in force changes yet
FINAL = _YES | {End.NOT_APPROVED, End.WITHDRAWN}


def end_of(*, verdict: Verdict, motion: Qualifier) -> End | None:
    """How a question ends: the computed verdict, and the qualifier of the motion that was voted.

    None where a motion to defer, to go on developing or to put in writing did not pass: the question stays open.
    """
    if motion in PROCEDURAL and verdict is not Verdict.PASSED:
        return None
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
    DETAILS = "details"  # carried in principle: with the details it still lacks
    NOT = "not"  # it was carried


def may_come_back(*, end: End) -> Return:
    """How a question that ended may be put again. Source: the committee's rules of 2013."""
    if end is End.NOT_APPROVED:
        return Return.CHANGED
    if end is End.IN_PRINCIPLE:
        return Return.DETAILS
    return Return.NOT if end in _YES else Return.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a divided question: its title, the paragraphs of the text and the effects it is about, from 0."""

    title: Text
    paragraphs: tuple[int, ...] = ()
    effects: tuple[int, ...] = ()


def faults_of_division(*, parts: Sequence[Part], paragraphs: int, effects: int) -> list[Text]:
    """What keeps parts from dividing a text of so many paragraphs and effects; nothing where each is in just one part.

    There are at least two parts, each about something and with a title in both languages.
    """
    found = []
    if len(parts) < _FEWEST_PARTS:
        found.append(
            Text(en="Dividing a question takes at least two parts.", es="Para votar por partes se necesitan dos o más.")
        )
    for number, part in enumerate(parts, start=1):
        if not part.title.en or not part.title.es:
            found.append(
                Text(
                    en=f"Part {number} needs a title in both languages.",
                    es=f"La parte {number} necesita un título en los dos idiomas.",
                )
            )
        if not part.paragraphs and not part.effects:
            found.append(
                Text(
                    en=f"Part {number} is about nothing: give it a paragraph or an effect.",
                    es=f"La parte {number} no trata de nada: asígnele un párrafo o un efecto.",
                )
            )
    found.extend(
        _unshared(
            there=paragraphs,
            given=[at for part in parts for at in part.paragraphs],
            name=Text(en="Paragraph", es="El párrafo"),
        )
    )
    found.extend(
        _unshared(
            there=effects,
            given=[at for part in parts for at in part.effects],
            name=Text(en="Effect", es="El efecto"),
        )
    )
    return found


_FEWEST_PARTS = 2


def _unshared(*, there: int, given: Sequence[int], name: Text) -> list[Text]:
    """What stands in no part, in several, or is not there; said with numbers from 1."""
    found = []
    for at in range(there):
        times = given.count(at)
        if times == 0:
            found.append(
                Text(en=f"{name.en} {at + 1} is in no part.", es=f"{name.es} {at + 1} no está en ninguna parte.")
            )
        elif times > 1:
            found.append(
                Text(
                    en=f"{name.en} {at + 1} is in more than one part.",
                    es=f"{name.es} {at + 1} está en más de una parte.",
                )
            )
    found.extend(
        Text(en=f"{name.en} {at + 1} is not there.", es=f"{name.es} {at + 1} no existe.")
        for at in sorted(set(given))
        if not 0 <= at < there
    )
    return found
