"""What people say of a proposal: the amendments they ask for and where they stand."""

from collections import defaultdict
from dataclasses import dataclass

from tequio.decisions.models import (
    Amendment,
    AmendmentState,
    Position,
    Proposal,
    Stance,
)
from tequio.decisions.page_queries.proposal_words import (
    AMENDMENT_NAMES,
    AMENDMENT_STATES,
    STANCE_NAMES,
    STANCE_STATES,
)
from tequio.decisions.queries.hours import Hours, Moment, hours
from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentShown:
    """An amendment of the list: its number, why, who asked, what became of it, on how many places it touches."""

    number: int
    why: Text
    by: str
    when: Moment
    word: Text
    state: str
    version: int
    into: int | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionShown:
    """How somebody stands to a question, in their own words."""

    name: str
    part: str
    word: Text
    state: str
    words: str
    language: str
    when: Moment
    earlier: int


def amendments_of(*, proposal: Proposal) -> list[AmendmentShown]:
    """The amendments of a proposal, in the order they were made."""
    clocks = hours()
    rows = Amendment.objects.filter(proposal=proposal).select_related("made_by", "version", "into").order_by("number")
    return [amendment_row(row, clocks=clocks) for row in rows]


def amendment_row(row: Amendment, /, *, clocks: Hours | None = None) -> AmendmentShown:
    """One amendment, ready to print."""
    state = AmendmentState(row.state)
    return AmendmentShown(
        number=row.number,
        why=Text(en=row.why_en or row.why_es, es=row.why_es or row.why_en),
        by=row.made_by.name,
        when=(clocks or hours()).moment(row.made_at),
        word=AMENDMENT_NAMES[state],
        state=AMENDMENT_STATES[state],
        version=row.version.number,
        into=row.into.number if row.into else None,
        is_open=state is AmendmentState.OPEN,
    )


def positions_of(*, proposal: Proposal) -> list[PositionShown]:
    """The last word of each person to each part; how many there were before it."""
    clocks = hours()
    by: dict[tuple[int, int | None, str], list[Position]] = defaultdict(list)
    rows = Position.objects.filter(question__proposal=proposal).select_related("user", "question").order_by("pk")
    for row in rows:
        by[row.question.number, row.user_id, row.said_by].append(row)
    shown = []
    for (number, _, said_by), listed in by.items():
        last = listed[-1]
        shown.append(
            PositionShown(
                name=last.user.name if last.user else said_by,
                part=str(number) if number else "",
                word=STANCE_NAMES[Stance(last.stance)],
                state=STANCE_STATES[Stance(last.stance)],
                words=last.words,
                language=last.language,
                when=clocks.moment(last.at),
                earlier=len(listed) - 1,
            )
        )
    return shown
