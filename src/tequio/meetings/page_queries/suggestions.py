"""Suggestions for agendas: the meetings one may suggest for, one's own with their answers, those that wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tequio.accounts.models import User
from tequio.decisions.models import Body
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.meetings.models import MeetingPart, Suggestion
from tequio.rules.reasons import Text

MOST_MEETINGS = 12
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionShown:
    """A suggestion: for when, what and why, by whom, and what became of it."""

    pk: int
    part_pk: int
    title: Text
    why: str
    by: str
    when: Moment
    state: str  # waiting, accepted or declined
    because: str


def coming_parts(*, body: Body, at: datetime) -> list[MeetingPart]:
    """The parts of coming meetings of a body, the earliest first. One query."""
    rows = MeetingPart.objects.filter(
        body=body, meeting__cancelled_at__isnull=True, meeting__closed_at__isnull=True, meeting__starts_at__gt=at
    )
    return list(rows.select_related("meeting", "sitting").order_by("meeting__starts_at", "pk")[:MOST_MEETINGS])


def own_suggestions(*, body: Body, by: User) -> Sequence[SuggestionShown]:
    """What somebody suggested to a body, the latest first."""
    rows = Suggestion.objects.filter(part__body=body, made_by=by).order_by("-made_at", "-pk")
    return _shown(rows.select_related("made_by", "part__sitting")[:MOST_SHOWN])


def waiting_suggestions(*, meeting_pk: int) -> Sequence[SuggestionShown]:
    """What waits for an answer for a meeting, the oldest first."""
    rows = Suggestion.objects.filter(part__meeting=meeting_pk, answered_at__isnull=True).order_by("made_at", "pk")
    return _shown(rows.select_related("made_by", "part__sitting"))


def _shown(rows: Iterable[Suggestion]) -> list[SuggestionShown]:
    clocks = hours()
    return [
        SuggestionShown(
            pk=row.pk,
            part_pk=row.part_id,
            title=text_of(row=row, name="title"),
            why=row.why,
            by=row.made_by.name,
            when=clocks.moment(row.part.sitting.starts_at),
            state="accepted" if row.item_id else "declined" if row.answered_at else "waiting",
            because=row.declined_because,
        )
        for row in rows
    ]
