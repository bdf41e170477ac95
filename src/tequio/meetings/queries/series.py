"""Series: found by code, the terms in force, and what other terms would make of their meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tequio.decisions.effects.in_order import NOTHING, Foreseen
from tequio.decisions.effects.reading import bodies_called
from tequio.decisions.models import Sitting
from tequio.decisions.queries.hours import Hours, city_of
from tequio.decisions.queries.in_force import body_by_code, rule_on
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.meetings.models import Meeting, Place, Series, SeriesTerms
from tequio.meetings.series_terms import BEYOND, Terms, near
from tequio.rules.clocks import elsewhere, said_elsewhere
from tequio.rules.deadlines import said as deadline_said
from tequio.rules.deadlines import warnings
from tequio.rules.reasons import Text
from tequio.rules.recurrence import rearranged, said


def series_by_code(*, code: str) -> Series:
    """The series of a code. Refuses a code nobody has."""
    found = Series.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Series.objects.order_by("code").values_list("code", flat=True)) or "-"
        raise Refusal(
            en=f"There is no series “{code[:40]}”. There are: {known}.",
            es=f"No existe la serie «{code[:40]}». Existen: {known}.",
        )
    return found


def last_terms(*, series: Series) -> SeriesTerms | None:
    """The terms that are last on the list: in force, or to be."""
    return series.terms.order_by("-valid_from").first()


def terms_in_force(*, series: Series, on: date) -> SeriesTerms | None:
    """The terms by which a series runs on a day; None before its first."""
    return series.terms.filter(valid_from__lte=on).order_by("-valid_from").first()


def bodies_said(terms: Terms, /, *, foreseen: Foreseen = NOTHING) -> Text:
    """The bodies that share a meeting, each with its minutes."""
    names = bodies_called(codes=[one.body for one in terms.bodies], foreseen=foreseen)
    shares = [(names[one.body], one.minutes) for one in terms.bodies]
    return Text(
        en="; ".join(f"{name.en}, {minutes} minutes" for name, minutes in shares),
        es="; ".join(f"{name.es}, {minutes} minutos" for name, minutes in shares),
    )


def places_said(codes: Sequence[str], /) -> Text:
    """Places by their names."""
    names = {place.code: text_of(row=place, name="name") for place in Place.objects.filter(code__in=codes)}
    found = [names[code] for code in codes if code in names]
    return Text(en=", ".join(name.en for name in found), es=", ".join(name.es for name in found))


def terms_said(terms: Terms, /) -> Text:
    """Terms that have not ended, in sentences: who meets, when on which clock, where; what is due before."""
    when, who, where, city = (
        said(recurrence=terms.recurrence) if terms.recurrence else Text(en="", es=""),
        bodies_said(terms),
        places_said(terms.places),
        city_of(zone=terms.zone),
    )
    due = [deadline_said(due=one) for one in terms.deadlines]
    return Text(
        en=" ".join(
            [
                f"{terms.name.en}: {when.en}, {terms.hour:%H:%M} in {city.en}. {who.en}. {where.en}.",
                *(one.en for one in due),
            ]
        ),
        es=" ".join(
            [
                f"{terms.name.es}: {when.es}, {terms.hour:%H:%M} en {city.es}. {who.es}. {where.es}.",
                *(one.es for one in due),
            ]
        ),
    )


def hours_said(*, terms: Terms, days: Sequence[date], clocks: Hours) -> list[Text]:
    """The hour of a series in every other city, with the weeks in which it is another there, and hours told of."""
    if not days:
        return []
    here, lines = city_of(zone=terms.zone), []
    for city in clocks.cities:
        if str(city.zone) != terms.zone:
            found = elsewhere(hour=terms.hour, zone=terms.zone, city=city, first=days[0], last=days[-1])
            lines += said_elsewhere(found=found, hour=terms.hour, here=here, days=days)
    return lines + [told for told in (terms.begins(day).told for day in days) if told is not None]


def terms_warned(*, terms: Terms, on: date, foreseen: Foreseen = NOTHING) -> list[Text]:
    """What of its deadlines does not fit: too little time for the review that a body's rule wants."""
    found: list[Text] = []
    for share in terms.bodies:
        body = foreseen.founded.get(share.body)
        try:
            hours = body.review_hours if body else rule_on(body=body_by_code(code=share.body), on=on).review_hours
        except Refusal:
            hours = None
        for line in warnings(deadlines=terms.deadlines, hour=terms.hour, review_hours=hours):
            if line not in found:
                found.append(line)
    return found


def collisions(*, terms: Terms, days: Sequence[date], series: Series | None, at: datetime) -> list[Text]:
    """Hours at which a body of these terms has another sitting that begins at the same moment."""
    wanted: dict[tuple[str, datetime], date] = {}
    for day in days:
        begins = terms.begins(day).at
        for share in terms.bodies:
            wanted[share.body, begins] = day
            begins += timedelta(minutes=share.minutes)
    taken = Sitting.objects.filter(
        starts_at__in={moment for _, moment in wanted}, starts_at__gt=at, cancelled_at__isnull=True
    ).select_related("body")
    if series is not None:
        taken = taken.exclude(meeting_part__meeting__series=series)
    return [
        Text(
            en=f"{sitting.body.name_en} has another sitting at that hour on {wanted[key].isoformat()}.",
            es=f"{sitting.body.name_es} ya tiene otra sesión a esa hora el {wanted[key].isoformat()}.",
        )
        for sitting in taken.order_by("starts_at")
        if (key := (sitting.body.code, sitting.starts_at)) in wanted
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAndAfter:
    """A meeting as it is and as it would be: the moments, and whether a person moved it so that it stays."""

    before: datetime | None
    after: datetime | None
    stays: bool = False


def before_and_after(
    *, old: Terms | None, new: Terms, series: Series | None, first: date, last: date
) -> list[BeforeAndAfter]:
    """The meetings of half a year by the terms there are and by others, matched as they would be moved."""
    planned = old.days(first=first, last=last) if old else []
    wanted = new.days(first=first, last=last + BEYOND)
    by_hand: dict[date, datetime] = {}
    gone: set[date] = set()
    if series is not None:
        for meeting in Meeting.objects.filter(series=series, occurrence_on__gte=first, given_up_by_series=False):
            if meeting.occurrence_on is None:
                continue
            if meeting.cancelled_at is not None:
                gone.add(meeting.occurrence_on)
            elif meeting.moved_by_hand or meeting.opened_at is not None:
                by_hand[meeting.occurrence_on] = meeting.starts_at
    planned = [day for day in planned if day not in gone]
    wanted = [day for day in wanted if day not in gone]
    found = rearranged(planned=planned, wanted=wanted, near=near(new))
    rows = [
        BeforeAndAfter(
            before=by_hand.get(day) or (old.begins(day).at if old else None),
            after=by_hand.get(day) or new.begins(to).at,
            stays=day in by_hand,
        )
        for day, to in found.moved
    ]
    rows += [
        BeforeAndAfter(
            before=by_hand.get(day) or (old.begins(day).at if old else None),
            after=by_hand.get(day),
            stays=day in by_hand,
        )
        for day in found.dropped
    ]
    rows += [BeforeAndAfter(before=None, after=new.begins(day).at) for day in found.added if day <= last]
    return sorted(rows, key=lambda row: row.after or row.before or datetime.max.replace(tzinfo=ZoneInfo("UTC")))
