"""Series of meetings for tests: first Saturday of each month at noon in Mexico City, an hour each body."""

from datetime import date, time

from committees import ACTOR, FOUNDED, both
from tequio.meetings.operations.series import create_series
from tequio.meetings.series_terms import Share, Terms
from tequio.rules.recurrence import recurrence_from

MEXICO, YORK = "America/Mexico_City", "America/New_York"
FIRST_SATURDAY = {"kind": "weekday_of_month", "which": "first", "weekday": "saturday", "start": "2016-01-01"}


def terms(*bodies, places=("york", "centro"), recurrence=None, hour=time(12), zone=MEXICO, name="Monthly", **given):
    """Terms: these bodies, an hour each."""
    return Terms(
        name=both(name),
        recurrence=recurrence_from(data={**FIRST_SATURDAY, **(recurrence or {})}),
        hour=hour,
        zone=zone,
        bodies=tuple(Share(body=one, minutes=60) for one in bodies),
        places=tuple(places),
        **given,
    )


def series(*bodies, code="leadership", at=FOUNDED, valid_from=date(2016, 1, 1), decision=None, **given):
    """A series that runs by such terms."""
    return create_series(
        code=code, terms=terms(*bodies, **given), valid_from=valid_from, decision=decision, actor=ACTOR, at=at
    )
