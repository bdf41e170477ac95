"""What has to be done before a meeting, counted back from its day.

As the organization did it in 2017: proposals open, proposals close and go to the translators, all documents are out in
both languages eleven days before the meeting, then the call, then the meeting. How many days before is for each body to
say: a list like [{"kind": "documents_out", "days": 11}]. Two things are held: one deadline of each kind, and that
proposals close long enough before for the hours of review that the body's own rule wants.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tequio.rules.reasons import Text

# In the order in which they come.
CHAIN = ("proposals_open", "proposals_close", "to_translators", "documents_out", "call_out")
MOST_DAYS = 365

NAMES: Mapping[str, Text] = {
    "proposals_open": Text(en="Proposals open", es="Se abren las propuestas"),
    "proposals_close": Text(en="Proposals close", es="Se cierran las propuestas"),
    "to_translators": Text(en="Proposals go to the translators", es="Las propuestas pasan a traducción"),
    "documents_out": Text(en="All documents out in both languages", es="Todos los documentos en los dos idiomas"),
    "call_out": Text(en="The call goes out", es="Sale la convocatoria"),
}


class DeadlinesError(ValueError):
    """What was written makes no list of deadlines; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueBefore:
    """Something due so many days before a meeting."""

    kind: str
    days: int

    def as_json(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return {"kind": self.kind, "days": self.days}


def deadlines_from(*, data: Any) -> list[DueBefore]:
    """Read a list of deadlines, in the order of the chain. DeadlinesError where one cannot be, or is there twice."""
    if not isinstance(data, list):
        raise DeadlinesError(
            en='Deadlines are a list like [{"kind": "documents_out", "days": 11}].',
            es='Los plazos son una lista como [{"kind": "documents_out", "days": 11}].',
        )
    found: dict[str, DueBefore] = {}
    for one in data:
        kind = one.get("kind") if isinstance(one, Mapping) and set(one) == {"kind", "days"} else None
        if not isinstance(kind, str) or kind not in CHAIN:
            raise DeadlinesError(
                en=f"A deadline has its kind, one of {', '.join(CHAIN)}, and its days.",
                es=f"Un plazo lleva su tipo, uno de {', '.join(CHAIN)}, y sus días.",
            )
        days = one["days"]
        if type(days) is not int or not 0 <= days <= MOST_DAYS:
            raise DeadlinesError(
                en=f"A deadline is from 0 to {MOST_DAYS} days before the meeting.",
                es=f"Un plazo es de 0 a {MOST_DAYS} días antes de la reunión.",
            )
        if kind in found:
            raise DeadlinesError(en=f"{NAMES[kind].en}: there twice.", es=f"{NAMES[kind].es}: aparece dos veces.")
        found[kind] = DueBefore(kind=kind, days=days)
    return [found[kind] for kind in CHAIN if kind in found]


def due_on(*, days: int, meeting_on: date, today: date) -> date:
    """The day on which something is due. Where that day was over when the meeting was planned, it is due at once."""
    return max(meeting_on - timedelta(days=days), min(today, meeting_on))


def title_of(*, kind: str, meeting: Text, on: Text) -> Text:
    """What its task is called: what is due, before which meeting of which day."""
    name = NAMES[kind]
    return Text(en=f"{name.en}: {meeting.en}, {on.en}", es=f"{name.es}: {meeting.es}, {on.es}")


def said(*, due: DueBefore) -> Text:
    """A deadline in a sentence."""
    name = NAMES[due.kind]
    if due.days == 0:
        return Text(en=f"{name.en} on the day itself.", es=f"{name.es} el mismo día.")
    if due.days == 1:
        return Text(en=f"{name.en} the day before.", es=f"{name.es} un día antes.")
    return Text(en=f"{name.en} {due.days} days before.", es=f"{name.es} {due.days} días antes.")


def hours_between(*, days: int, hour: time) -> int:
    """How many whole hours lie between the end of a day and a meeting that begins at `hour` so many days later.

    By the clock of one wall: an hour by which it is put forward or back is not counted.
    """
    begins = datetime.combine(date(2000, 1, 1) + timedelta(days=days), hour)
    closes = datetime(2000, 1, 2)  # noqa: DTZ001 - CONFIG: midnight after the day
    return max(0, int((begins - closes).total_seconds() // 3600))


def warnings(*, deadlines: Sequence[DueBefore], hour: time, review_hours: int | None) -> list[Text]:
    """What does not fit: too little time for review, and a step of the chain that comes before the one it needs.

    `review_hours` is what the body's rule of decision wants; None where it has no rule.
    """
    found = []
    by_kind = {one.kind: one.days for one in deadlines}
    if review_hours and "proposals_close" in by_kind:
        left = hours_between(days=by_kind["proposals_close"], hour=hour)
        if left < review_hours:
            found.append(
                Text(
                    en=f"Proposals close {left} hours before the meeting, but the rule wants {review_hours} hours of "
                    "review: what comes on the last day would go to the next meeting.",
                    es=f"Las propuestas se cierran {left} horas antes de la reunión, pero la regla pide {review_hours} "
                    "horas de revisión: lo que llegue el último día pasaría a la siguiente reunión.",
                )
            )
    there = [kind for kind in CHAIN if kind in by_kind]
    for before, after in itertools.pairwise(there):
        if by_kind[before] < by_kind[after]:
            found.append(
                Text(
                    en=f"“{NAMES[before].en}” comes after “{NAMES[after].en}”.",
                    es=f"«{NAMES[before].es}» queda después de «{NAMES[after].es}».",
                )
            )
    return found
