"""What the pages of when and where show: the list of meetings, series with their terms, hours of interpretation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from tequio.decisions.models import Body, Decision
from tequio.decisions.queries.hours import Moment, city_of, hours
from tequio.kernel.texts import text_of
from tequio.kernel.web.lists import PER_PAGE
from tequio.meetings.addresses import meeting_path
from tequio.meetings.models import Interpreter, Meeting, Place, Series, SeriesTerms
from tequio.meetings.operations.series import AHEAD
from tequio.meetings.queries.series import bodies_said, hours_said, places_said, terms_warned
from tequio.meetings.series_terms import Terms, terms_of
from tequio.rules.deadlines import said as deadline_said
from tequio.rules.interpreting import directions_lacking
from tequio.rules.reasons import Text
from tequio.rules.recurrence import said

PAST, COMING = "past", "coming"
_MOST_COMING = 24
_FARTHEST = timedelta(days=731)  # the longest a series waits between two meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting of a list."""

    pk: int
    url: str
    when: Moment
    title: Text
    minutes: int
    bodies: Sequence[Text]
    body_pks: frozenset[int]
    places: Sequence[Text]
    series: str | None
    cancelled: bool
    is_open: bool
    is_closed: bool
    called: bool
    moved_by_hand: bool
    lacks_interpretation: bool

    def as_dict(self) -> dict[str, object]:
        """As JSON carries it."""
        return {
            "pk": self.pk,
            "starts": self.when.as_dict(),
            "title": self.title.as_dict(),
            "minutes": self.minutes,
            "bodies": [body.as_dict() for body in self.bodies],
            "places": [place.as_dict() for place in self.places],
            "series": self.series,
            "cancelled": self.cancelled,
            "called": self.called,
            "interpretation_lacking": self.lacks_interpretation,
        }


def meetings_asked(*, when: str, body: str, at: datetime) -> QuerySet[Meeting]:
    """Past meetings, the last first, or coming ones, the next first; of all bodies or of one."""
    # One that runs now is still coming: the longest lasts a day, and who looks for it looks there.
    recent = Q(starts_at__gte=at - timedelta(hours=4)) & Q(closed_at__isnull=True)
    rows = Meeting.objects.exclude(recent) if when == PAST else Meeting.objects.filter(recent)
    if body:
        rows = rows.filter(parts__body__code=body)
    return rows.order_by("-starts_at", "-pk") if when == PAST else rows.order_by("starts_at", "pk")


def meeting_rows(*, rows: QuerySet[Meeting], number: int = 1) -> list[MeetingRow]:
    """One page of a list of meetings; five queries, however many rows."""
    before = (number - 1) * PER_PAGE
    return shown(meetings=list(rows[before : before + PER_PAGE].prefetch_related(*_BESIDE).select_related("series")))


_BESIDE = ("parts__body", "meeting_places__place", "interpreters")


def shown(*, meetings: Sequence[Meeting]) -> list[MeetingRow]:
    """Meetings ready to print; what stands beside them was fetched with them."""
    clocks = hours()
    found = []
    for meeting in meetings:
        parts = sorted(meeting.parts.all(), key=lambda part: part.position)
        places = [one.place for one in sorted(meeting.meeting_places.all(), key=lambda one: one.pk)]
        signed_up = [one.direction for one in meeting.interpreters.all() if one.withdrawn_at is None]
        lacking = directions_lacking(languages=[place.language for place in places], signed_up=signed_up)
        found.append(
            MeetingRow(
                pk=meeting.pk,
                url=meeting_path(meeting.pk),
                when=clocks.moment(meeting.starts_at),
                title=text_of(row=meeting, name="title"),
                minutes=meeting.minutes,
                bodies=[text_of(row=part.body, name="name") for part in parts],
                body_pks=frozenset(part.body_id for part in parts),
                places=[text_of(row=place, name="name") for place in places],
                series=meeting.series.code if meeting.series else None,
                cancelled=meeting.cancelled_at is not None,
                is_open=meeting.opened_at is not None and meeting.closed_at is None,
                is_closed=meeting.closed_at is not None,
                called=meeting.called_at is not None,
                moved_by_hand=meeting.moved_by_hand,
                lacks_interpretation=bool(lacking) and meeting.cancelled_at is None,
            )
        )
    return found


def bodies_to_choose() -> list[tuple[str, Text]]:
    """The bodies that lists can be narrowed to."""
    return [(body.code, text_of(row=body, name="name")) for body in Body.objects.order_by("code")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsShown:
    """Terms of a series: in which words, since when, by which decision."""

    name: Text
    when: Text | None  # none: the series ended
    hour: Text
    bodies: Text
    places: Text
    deadlines: Sequence[Text]
    valid_from: date
    decision: str | None
    decision_title: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A series of the list, with its terms in force or, before its first, those to come."""

    code: str
    terms: TermsShown
    next: Moment | None
    is_planned: bool = True  # whether the next one stands in the calendar already

    def as_dict(self) -> dict[str, object]:
        """As JSON carries it."""
        return {
            "code": self.code,
            "name": self.terms.name.as_dict(),
            "when": self.terms.when.as_dict() if self.terms.when else None,
            "hour": self.terms.hour.as_dict(),
            "bodies": self.terms.bodies.as_dict(),
            "places": self.terms.places.as_dict(),
            "valid_from": self.terms.valid_from.isoformat(),
            "decision": self.terms.decision,
            "next": self.next.as_dict() if self.next else None,
            "next_is_planned": self.next is not None and self.is_planned,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesShown:
    """A series with all its page shows."""

    code: str
    name: Text
    in_force: TermsShown | None
    later: Sequence[TermsShown]
    earlier: Sequence[TermsShown]
    coming: Sequence[MeetingRow]
    not_planned_yet: Moment | None  # where nothing is planned: when it meets next by its terms
    hours: Sequence[Text]  # how its hour reads in the other cities, and in which weeks otherwise
    warned: Sequence[Text]
    decision: str | None


def series_listed(*, on: date, at: datetime) -> list[SeriesRow]:
    """Every series, those that ended last."""
    clocks, found = hours(), []
    for series in Series.objects.prefetch_related("terms__decision").order_by("code"):
        rows = sorted(series.terms.all(), key=lambda row: row.valid_from)
        if not rows:
            continue
        row = _in_force(rows, on=on) or rows[0]
        after = series.meetings.filter(starts_at__gte=at, cancelled_at__isnull=True).order_by("starts_at").first()
        begins = after.starts_at if after else _next_by_terms(rows=rows, on=on, at=at)
        found.append(
            SeriesRow(
                code=series.code,
                terms=_terms(row),
                next=clocks.moment_or_none(begins),
                is_planned=after is not None,
            )
        )
    return sorted(found, key=lambda one: (one.terms.when is None, one.code))


def series_shown(*, series: Series, on: date, at: datetime) -> SeriesShown:
    """A series' page."""
    rows = list(series.terms.select_related("decision").order_by("valid_from"))
    current = _in_force(rows, on=on)
    first = current or (rows[0] if rows else None)
    terms: Terms | None = terms_of(first) if first else None
    meetings = (
        series.meetings.filter(starts_at__gte=at)
        .exclude(given_up_by_series=True)
        .prefetch_related(*_BESIDE)
        .select_related("series")
        .order_by("starts_at")[:_MOST_COMING]
    )
    days = terms.days(first=on, last=on + 2 * AHEAD) if terms else []
    coming = shown(meetings=list(meetings))
    return SeriesShown(
        code=series.code,
        name=text_of(row=first, name="name") if first else Text(en=series.code, es=series.code),
        in_force=_terms(current) if current else None,
        later=[_terms(row) for row in rows if row.valid_from > on],
        earlier=[_terms(row) for row in reversed(rows) if row.valid_from <= on and row is not current],
        coming=coming,
        not_planned_yet=None if coming else hours().moment_or_none(_next_by_terms(rows=rows, on=on, at=at)),
        hours=hours_said(terms=terms, days=days, clocks=hours()) if terms else [],
        warned=terms_warned(terms=terms, on=on) if terms and terms.recurrence else [],
        decision=Decision.objects.get(pk=series.decision_id).code if series.decision_id else None,
    )


def _next_by_terms(*, rows: Sequence[SeriesTerms], on: date, at: datetime) -> datetime | None:
    """When a series meets next by its terms, within two years; what is far away is not planned yet."""
    for place, row in enumerate(rows):
        terms = terms_of(row)
        last = rows[place + 1].valid_from - timedelta(days=1) if place + 1 < len(rows) else on + _FARTHEST
        for day in terms.days(first=max(on, row.valid_from), last=last):
            begins = terms.begins(day).at
            if begins >= at:
                return begins
    return None


def _in_force(rows: Sequence[SeriesTerms], *, on: date) -> SeriesTerms | None:
    running = [row for row in rows if row.valid_from <= on]
    return running[-1] if running else None


def _terms(row: SeriesTerms) -> TermsShown:
    terms = terms_of(row)
    city = city_of(zone=terms.zone)
    return TermsShown(
        name=terms.name,
        when=said(recurrence=terms.recurrence) if terms.recurrence else None,
        hour=Text(en=f"{terms.hour:%H:%M} in {city.en}", es=f"{terms.hour:%H:%M} en {city.es}"),
        bodies=bodies_said(terms),
        places=places_said(terms.places),
        deadlines=[deadline_said(due=one) for one in terms.deadlines],
        valid_from=row.valid_from,
        decision=row.decision.code if row.decision else None,
        decision_title=text_of(row=row.decision, name="title") if row.decision else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursGiven:
    """What somebody gave in a year by interpreting."""

    name: str
    year: int
    meetings: int
    volunteered: int  # minutes
    paid: int  # minutes


def hours_given(*, user_pk: int | None = None) -> list[HoursGiven]:
    """The time given by interpreting, by year and person, the last year first; of everybody or of one. One query."""
    rows = Interpreter.objects.filter(minutes_given__gt=0).select_related("meeting", "user")
    if user_pk is not None:
        rows = rows.filter(user=user_pk)
    met: dict[tuple[int, str], set[int]] = defaultdict(set)
    minutes: dict[tuple[int, str, bool], int] = defaultdict(int)
    for row in rows:
        key = (row.meeting.starts_at.year, row.user.name if row.user else row.name)
        met[key].add(row.meeting_id)
        minutes[*key, row.paid] += row.minutes_given or 0
    found = [
        HoursGiven(
            name=name,
            year=year,
            meetings=len(pks),
            volunteered=minutes[year, name, False],
            paid=minutes[year, name, True],
        )
        for (year, name), pks in met.items()
    ]
    return sorted(found, key=lambda one: (-one.year, -(one.volunteered + one.paid), one.name))


def places_listed() -> list[Place]:
    """Every place, those given up last."""
    return sorted(Place.objects.select_related("center"), key=lambda place: (place.closed_on is not None, place.pk))
