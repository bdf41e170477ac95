"""Files of notes as their pages show them: the list, what a file says, and what is still to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q

from tequio.accounts import permissions
from tequio.accounts.permissions import Viewer, is_administrator
from tequio.decisions.models import Body
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.meetings.models import CandidateState, MarkKind, Meeting, MeetingPart, NotesCandidate, NotesFile, Place
from tequio.meetings.operations.importing import day_of, held_on
from tequio.meetings.page_queries.marks import KIND_NAMES
from tequio.rules.reasons import Text, long_date

MOST: Final = 200
KINDS: Final = {
    **KIND_NAMES,
    "amount": Text(en="Amount", es="Cantidad"),
    "percentage": Text(en="Percentage", es="Porcentaje"),
}
OUTCOMES: Final = {
    "approved": Text(en="approved", es="aprobado"),
    "approved_with_modifications": Text(en="approved with modifications", es="aprobado con modificaciones"),
    "approved_in_principle": Text(en="approved in principle", es="aprobado en principio"),
    "continue": Text(en="to be developed further", es="se sigue desarrollando"),
    "not_approved": Text(en="not approved", es="no aprobado"),
    "no_quorum": Text(en="no quorum", es="sin quórum"),
    "deferred": Text(en="put off", es="aplazado"),
    "withdrawn": Text(en="withdrawn", es="retirado"),
    "assigned": Text(en="assigned", es="encargado"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileListed:
    """A file in the list."""

    pk: int
    name: str
    body: Text
    place: Text
    brought: Moment
    meeting: int | None
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Something a file may say, for a person to confirm or dismiss."""

    pk: int
    code: str
    """Its kind, as it is kept."""
    kind: Text
    outcome: Text | None
    text: str
    line: int
    number: str
    who: str
    when: str
    why: Text
    state: str


def bodies_written(*, viewer: Viewer) -> list[Body]:
    """The bodies whose notes somebody may write."""
    rows = Body.objects.filter(ended_on__isnull=True).order_by("code")
    if is_administrator(viewer):
        return list(rows)
    sits = permissions.sits(viewer)
    return list(rows.filter(pk__in=sits.on | sits.keeps))


def places_open() -> list[Place]:
    """Where notes may have been taken."""
    return list(Place.objects.filter(closed_on__isnull=True).order_by("pk"))


def files_listed(*, bodies: Sequence[Body]) -> Sequence[FileListed]:
    """The files of some bodies, the newest first, and how much of each is still to be answered. Two queries."""
    rows = NotesFile.objects.filter(body__in=bodies, removed_at__isnull=True).select_related("body", "place")
    rows = rows.defer("content", "found")  # the file itself, which no list shows
    waiting = Count("candidates", filter=Q(candidates__state=CandidateState.OPEN))
    clocks = hours()
    return [
        FileListed(
            pk=row.pk,
            name=row.name,
            body=text_of(row=row.body, name="name"),
            place=text_of(row=row.place, name="name"),
            brought=clocks.moment(row.brought_at),
            meeting=row.meeting_id,
            open=row.waiting,
        )
        for row in rows.annotate(waiting=waiting).order_by("-pk")[:MOST]
    ]


def finds_of(*, file: NotesFile, state: str, page: int) -> tuple[Sequence[Find], int]:
    """The finds of a file in a state, as they stand in it, and how many there are."""
    rows = NotesCandidate.objects.filter(file=file, state=state).order_by("position")
    count = rows.count()
    return [find_shown(row) for row in rows[(page - 1) * MOST : page * MOST]], count


def find_shown(row: NotesCandidate, /) -> Find:
    """A find as a page shows it."""
    number = ""
    if row.amount is not None:
        sign = " %" if row.kind == "percentage" else ""
        number = f"{row.amount.normalize():,f}{sign}{' ' + row.currency if row.currency else ''}"
    return Find(
        pk=row.pk,
        code=row.kind,
        kind=KINDS.get(row.kind, Text(en=row.kind, es=row.kind)),
        outcome=OUTCOMES.get(row.outcome),
        text=row.text,
        line=row.line,
        number=number,
        who=row.owner,
        when=row.due,
        why=Text(en=row.why_en, es=row.why_es),
        state=row.state,
    )


def states_counted(*, file: NotesFile) -> dict[str, int]:
    """How many finds are open, confirmed, dismissed. One query."""
    rows = file.candidates.values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(CandidateState.values, 0) | dict(rows)


def days_meant(*, file: NotesFile, language: str) -> list[tuple[str, str]]:
    """The days the notes may mean, where they are not certain."""
    days: list[str] = [day for problem in file.found["date_problems"] for day in problem["dates"]]
    stated = file.found.get("date")
    unique = sorted(dict.fromkeys([*days, *([stated] if stated else [])]))
    return [(day, long_date(day=date.fromisoformat(day), language=language)) for day in unique]


def meetings_on(*, file: NotesFile, day: date) -> list[Meeting]:
    """The meetings of the file's body on a day, as its own clock tells."""
    parts = MeetingPart.objects.filter(
        body=file.body, meeting__cancelled_at__isnull=True, meeting__starts_at__date__range=_around(day)
    )
    found = [part.meeting for part in parts.select_related("meeting").order_by("meeting__starts_at")]
    return [one for one in found if held_on(meeting=one) == day]


def _around(day: date) -> tuple[date, date]:
    """The days around one, since a day begins at other hours in other zones."""
    first, last = max(day.toordinal() - 1, 1), min(day.toordinal() + 1, date.max.toordinal())
    return date.fromordinal(first), date.fromordinal(last)


def summary(*, file: NotesFile, language: str) -> dict[str, Any]:
    """What a file says of its meeting, for the head of its page."""
    day = day_of(file=file)
    return {
        "day": long_date(day=day, language=language) if day else "",
        "title": file.found["title"] or "",
        "places": "; ".join(file.found["places"])[:300],
        "present": ", ".join(file.found["present"])[:1000],
        "sections": len(file.found["sections"]),
        "problems": [
            {"text": one["text"], "line": one["line"], "why": Text(**one["why"])} for one in file.found["date_problems"]
        ],
        "unread": Text(**file.found["unread"]["why"]) if "unread" in file.found else None,
        "left_out": max(0, file.found.get("finds", 0) - file.candidates.count()),
    }


MARKED: Final = frozenset(MarkKind.values)
