"""What is read out of notes: sections with their items, and candidates a person confirms one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from tequio.rules.reasons import Text


class Kind(StrEnum):
    """What a candidate may turn out to be."""

    DECISION = "decision"
    VOTE = "vote"
    ELECTION = "election"
    DEFERRAL = "deferral"
    TASK = "task"
    PROPOSAL = "proposal"
    BUDGET_CHANGE = "budget_change"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    POSITION = "position"


class Outcome(StrEnum):
    """How a question ended."""

    APPROVED = "approved"
    WITH_MODIFICATIONS = "approved_with_modifications"
    IN_PRINCIPLE = "approved_in_principle"
    CONTINUE = "continue"
    NOT_APPROVED = "not_approved"
    NO_QUORUM = "no_quorum"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    ASSIGNED = "assigned"


@dataclass(slots=True)
class Item:
    """A bullet or paragraph: where it begins, its text, how deep it hangs (0: no bullet), its language if known.

    Readers of formats give headings too, whose `depth` is their rank; a section keeps only their text. `quiet` marks
    what is kept and looked at no further: what a revision removed, code, the frame of a web page.
    """

    line: int
    text: str
    depth: int
    heading: bool = False
    quiet: bool = False
    language: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The item as JSON output carries it."""
        return {"text": self.text, "depth": self.depth, "line": self.line, "language": self.language}


@dataclass(slots=True)
class Section:
    """A heading and what stands below it; the heading is None for text before any."""

    heading: str | None
    level: int
    line: int
    items: list[Item] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The section as JSON output carries it."""
        return {
            "heading": self.heading,
            "level": self.level,
            "line": self.line,
            "items": [item.as_dict() for item in self.items],
        }


class Candidate(NamedTuple):
    """Something a person should look at: what it may be, the words it follows from, and why.

    `amount` is in whole units as written (or a percentage); `currency` an ISO code where the notes state it. `due` is
    a date written as ISO where the notes give a whole one, else their own words.
    """

    kind: Kind
    text: str
    line: int
    why: Text
    confidence: float
    outcome: Outcome | None = None
    amount: int | float | None = None
    currency: str | None = None
    owner: str | None = None
    due: str | None = None

    def at(self, line: int) -> "Candidate":
        """The same candidate on another line."""
        return Candidate(self[0], self[1], line, *self[3:])

    def changed(self, **values: Any) -> "Candidate":
        """The same candidate with other values."""
        return self._replace(**values)

    def as_dict(self, *, language: str) -> dict[str, Any]:
        """The candidate as JSON output carries it, its reason in `language`."""
        return {
            "kind": self.kind.value,
            "outcome": self.outcome.value if self.outcome else None,
            "text": self.text,
            "line": self.line,
            "amount": self.amount,
            "currency": self.currency,
            "owner": self.owner,
            "due": self.due,
            "why": self.why.to(language),
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DateProblem:
    """A date that has to be asked about: as written, where, the days it may mean, and what is unclear."""

    text: str
    line: int
    dates: tuple[date, ...]
    why: Text

    def as_dict(self, *, language: str) -> dict[str, Any]:
        """The question as JSON output carries it."""
        return {
            "text": self.text,
            "line": self.line,
            "dates": [day.isoformat() for day in self.dates],
            "why": self.why.to(language),
        }


@dataclass(frozen=True, slots=True)
class Unread:
    """What was kept and not searched for candidates: so many headings and items, from this line on."""

    line: int
    items: int

    @property
    def why(self) -> Text:
        """The sentence for whoever reads the file."""
        return Text(
            en=f"From line {self.line} on, {self.items} lines were kept but not searched: no notes of a meeting say so "
            "much in so few words. Divide the file, or remove what was not written at a meeting.",
            es=f"Desde la línea {self.line}, {self.items} líneas se guardaron pero no se revisaron: ningunas notas de "
            "una reunión dicen tanto en tan pocas palabras. Divida el archivo, o quite lo que no se escribió en una.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Notes as read: nothing of the file is missing from the sections."""

    format: str
    date: date | None
    date_problems: tuple[DateProblem, ...]
    title: str | None
    language: str | None
    places: tuple[str, ...]
    present: tuple[str, ...]
    sections: tuple[Section, ...]
    candidates: tuple[Candidate, ...]
    unread: Unread | None = None

    def as_dict(self, *, language: str) -> Mapping[str, Any]:
        """The whole as JSON output carries it, reasons in `language`; `unread` only where something is."""
        unread = (
            {"unread": {"line": self.unread.line, "items": self.unread.items, "why": self.unread.why.to(language)}}
            if self.unread
            else {}
        )
        return {
            "date": self.date.isoformat() if self.date else None,
            "date_problems": [problem.as_dict(language=language) for problem in self.date_problems],
            "title": self.title,
            "language": self.language,
            "places": list(self.places),
            "present": list(self.present),
            "sections": [section.as_dict() for section in self.sections],
            "candidates": [candidate.as_dict(language=language) for candidate in self.candidates],
            **unread,
        }
