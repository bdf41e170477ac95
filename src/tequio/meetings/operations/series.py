"""Series of meetings: begun, changed and ended by terms that hold from a day; and their meetings, planned ahead.

Terms are added, never changed. What follows from them is worked out by `foresee`, which may run as often as one likes:
it plans what is wanted within half a year and not there, brings to the terms in force what was planned by others, and
gives up what no terms want any more. It leaves alone what a person moved or cancelled, and what was opened.
A meeting is moved rather than cancelled and planned anew, so that calendars and agendas go on with the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.decisions.models import Body, Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import Meeting, Place, Series, SeriesTerms
from tequio.meetings.operations.arranging import Arrangement, arrange_meeting
from tequio.meetings.operations.planning import PartWanted, cancel_meeting, plan_meeting
from tequio.meetings.series_terms import BEYOND, Terms, near, terms_of
from tequio.rules.reasons import Text, long_date
from tequio.rules.recurrence import rearranged

AHEAD = timedelta(days=183)
_GIVEN_UP = "Cambió la serie / The series changed"


@dataclass(slots=True, kw_only=True)
class Foreseen:
    """What was planned ahead: how many meetings are new, changed, given up; and why some could not be planned."""

    planned: int = 0
    changed: int = 0
    given_up: int = 0
    refused: list[Text] = field(default_factory=list)

    def said(self) -> list[Text]:
        """What was done, in sentences; none where nothing was."""
        found = []
        if self.planned or self.changed or self.given_up:
            found.append(
                Text(
                    en=f"Meetings: {self.planned} planned, {self.changed} changed, {self.given_up} given up.",
                    es=f"Reuniones: {self.planned} programadas, {self.changed} cambiadas, {self.given_up} retiradas.",
                )
            )
        return found + [
            Text(en=f"A meeting could not be planned. {why.en}", es=f"Una reunión no se pudo programar. {why.es}")
            for why in self.refused
        ]

    def add(self, other: "Foreseen") -> None:
        """Count another series with it."""
        self.planned += other.planned
        self.changed += other.changed
        self.given_up += other.given_up
        self.refused += other.refused


@transaction.atomic
def create_series(
    *, code: str, terms: Terms, valid_from: date, decision: Decision | None, actor: str, at: datetime
) -> Series:
    """Begin a series and plan its first meetings. Refuses a code that is taken."""
    series = put_down_series(code=code, terms=terms, valid_from=valid_from, decision=decision, actor=actor, at=at)
    foresee(series=series, actor=actor, at=at)  # it frees no hour that another series could take
    return series


@transaction.atomic
def put_down_series(
    *, code: str, terms: Terms, valid_from: date, decision: Decision | None, actor: str, at: datetime
) -> Series:
    """Put a series down and plan nothing yet: the daily work does. Refuses a code that is taken."""
    if Series.objects.filter(code=code).exists():
        raise Refusal(en=f"There is a series “{code}” already.", es=f"Ya existe la serie «{code}».")
    series = Series.objects.create(code=code, decision=decision)
    _write(series=series, terms=terms, valid_from=valid_from, decision=decision)
    payload = {"valid_from": valid_from.isoformat(), "decision": decision.code if decision else None}
    journal.append(kind=Kind.SERIES_CREATED, subject=f"series:{code}", actor=actor, at=at, payload=payload)
    return series


@transaction.atomic
def change_series(
    *, series: Series, terms: Terms, valid_from: date, decision: Decision | None, actor: str, at: datetime
) -> Foreseen:
    """Let a series run by other terms from a day on, and bring its planned meetings to them; what became of them.

    Terms without a recurrence end it. Refuses a day from which it has terms already, and one before those it has.
    """
    held = Series.objects.select_for_update().get(pk=series.pk)
    last = held.terms.order_by("-valid_from").first()
    if last is not None and last.valid_from >= valid_from:
        raise Refusal(
            en=f"The series has terms from {long_date(day=last.valid_from, language='en')} already; others "
            "begin later.",
            es=f"La serie ya tiene condiciones desde el {long_date(day=last.valid_from, language='es')}; otras "
            "empiezan después.",
        )
    _write(series=held, terms=terms, valid_from=valid_from, decision=decision)
    done = foresee_all(actor=actor, at=at)
    payload = {
        "valid_from": valid_from.isoformat(),
        "ends": terms.recurrence is None,
        "decision": decision.code if decision else None,
    }
    journal.append(kind=Kind.SERIES_CHANGED, subject=f"series:{held.code}", actor=actor, at=at, payload=payload)
    return done


def end_series(*, series: Series, on: date, decision: Decision | None, actor: str, at: datetime) -> Foreseen:
    """End a series: from that day on it has no meetings. Those that a person moved stay."""
    last = series.terms.order_by("-valid_from").first()
    if last is None or not last.recurrence:
        raise Refusal(en="That series has ended.", es="Esa serie ya terminó.")
    ended = replace(terms_of(last), recurrence=None)
    return change_series(series=series, terms=ended, valid_from=on, decision=decision, actor=actor, at=at)


def foresee_all(*, actor: str, at: datetime) -> Foreseen:
    """Plan every series ahead; the daily work. Twice the same changes nothing."""
    done = Foreseen()
    for series in Series.objects.order_by("pk"):
        done.add(foresee(series=series, actor=actor, at=at))
    return done


@transaction.atomic
def foresee(*, series: Series, actor: str, at: datetime) -> Foreseen:
    """Plan the meetings of a series for the coming half year, and bring those planned to the terms in force.

    What cannot be planned, because a body sits at that hour already, is told and tried again the next time.
    """
    held = Series.objects.select_for_update().get(pk=series.pk)
    rows = list(held.terms.order_by("valid_from"))
    if not rows:
        return Foreseen()
    work = _Work(rows=rows, actor=actor, at=at)
    planned = {
        meeting.occurrence_on: meeting
        for meeting in held.meetings.filter(occurrence_on__gte=work.today, given_up_by_series=False)
        if meeting.occurrence_on is not None
    }
    cancelled = {day for day, meeting in planned.items() if meeting.cancelled_at is not None}
    wanted = {day: row for day, row in work.wanted().items() if day not in cancelled}
    found = rearranged(
        planned=[day for day in planned if day not in cancelled],
        wanted=list(wanted),
        near=near(work.terms[rows[-1].pk]),
    )
    for day in found.dropped:
        work.give_up(meeting=planned[day])
    for day, to in found.moved:
        work.bring(meeting=planned[day], to=to, row=wanted[to])
    for day in found.added:
        if day <= work.today + AHEAD:
            work.plan(day=day, row=wanted[day])
    return work.done


class _Work:
    """One series being planned ahead."""

    def __init__(self, *, rows: Sequence[SeriesTerms], actor: str, at: datetime) -> None:
        self.rows, self.actor, self.at = rows, actor, at
        self.terms = {row.pk: terms_of(row) for row in rows}
        self.today = at.astimezone(ZoneInfo(rows[-1].zone)).date()
        self.done = Foreseen()
        self._bodies = {body.code: body for body in Body.objects.all()}
        self._places = {place.code: place for place in Place.objects.all()}

    def wanted(self) -> dict[date, SeriesTerms]:
        """Every day of a meeting from today to a month past half a year, with the terms it is held by."""
        last = self.today + AHEAD + BEYOND
        found: dict[date, SeriesTerms] = {}
        for position, row in enumerate(self.rows):
            until = self.rows[position + 1].valid_from - timedelta(days=1) if position + 1 < len(self.rows) else last
            for day in self.terms[row.pk].days(first=max(row.valid_from, self.today), last=min(until, last)):
                if self._parts(row=row, day=day):
                    found[day] = row
        return found

    def give_up(self, *, meeting: Meeting) -> None:
        """Cancel what no terms want, unless it is not the series' any more."""
        if self._is_settled(meeting):
            return
        try:
            cancel_meeting(meeting=meeting, because=_GIVEN_UP, actor=self.actor, at=self.at)
        except Refusal as refusal:
            self.done.refused.append(refusal.text)
            return
        Meeting.objects.filter(pk=meeting.pk).update(given_up_by_series=True)
        self.done.given_up += 1

    def bring(self, *, meeting: Meeting, to: date, row: SeriesTerms) -> None:
        """Bring a planned meeting to the terms of a day. One that a person moved keeps its hour, and stands for it."""
        if self._is_settled(meeting):
            if meeting.occurrence_on != to:
                Meeting.objects.filter(pk=meeting.pk).update(occurrence_on=to)
            return
        gone = any(part.body.ended_on is not None and part.body.ended_on <= to for part in meeting.parts.all())
        if meeting.terms_id == row.pk and meeting.occurrence_on == to and not gone:
            return
        wanted = self._arrangement(day=to, row=row)
        try:
            changed = arrange_meeting(
                meeting=meeting, wanted=wanted, terms=row, occurrence_on=to, actor=self.actor, at=self.at
            )
        except Refusal as refusal:
            self._refused(day=to, why=refusal.text)
            return
        self.done.changed += changed

    def plan(self, *, day: date, row: SeriesTerms) -> None:
        """Plan the meeting of a day, unless its hour is over."""
        wanted = self._arrangement(day=day, row=row)
        if wanted.starts_at <= self.at:
            return
        try:
            plan_meeting(
                title=wanted.title,
                starts_at=wanted.starts_at,
                zone=wanted.zone,
                parts=wanted.parts,
                places=wanted.places,
                deadlines=wanted.deadlines,
                terms=row,
                occurrence_on=day,
                actor=self.actor,
                at=self.at,
            )
        except Refusal as refusal:
            self._refused(day=day, why=refusal.text)
            return
        self.done.planned += 1

    def _is_settled(self, meeting: Meeting) -> bool:
        return meeting.moved_by_hand or meeting.opened_at is not None or meeting.starts_at <= self.at

    def _arrangement(self, *, day: date, row: SeriesTerms) -> Arrangement:
        terms = self.terms[row.pk]
        return Arrangement(
            title=terms.name,
            starts_at=terms.begins(day).at,
            zone=terms.zone,
            parts=self._parts(row=row, day=day),
            places=[
                place
                for place in (self._places[code] for code in terms.places)
                if place.closed_on is None or place.closed_on > day
            ],
            deadlines=terms.deadlines,
        )

    def _parts(self, *, row: SeriesTerms, day: date) -> list[PartWanted]:
        """The bodies that share a meeting, without those that have ended by then."""
        shares = [(self._bodies[share.body], share.minutes) for share in self.terms[row.pk].bodies]
        return [
            PartWanted(body=body, minutes=minutes)
            for body, minutes in shares
            if body.ended_on is None or body.ended_on > day
        ]

    def _refused(self, *, day: date, why: Text) -> None:
        on = Text(en=long_date(day=day, language="en"), es=long_date(day=day, language="es"))
        self.done.refused.append(Text(en=f"{on.en}: {why.en}", es=f"{on.es}: {why.es}"))


def _write(*, series: Series, terms: Terms, valid_from: date, decision: Decision | None) -> SeriesTerms:
    kept = terms.as_json()
    return SeriesTerms.objects.create(
        series=series,
        name_en=terms.name.en,
        name_es=terms.name.es,
        valid_from=valid_from,
        recurrence=kept["recurrence"],
        hour=terms.hour,
        zone=terms.zone,
        bodies=kept["bodies"],
        places=kept["places"],
        deadlines=kept["deadlines"],
        decision=decision,
    )
