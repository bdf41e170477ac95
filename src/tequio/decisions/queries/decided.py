"""Decisions whose effects wait for a person to confirm them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from tequio.decisions.models import DecisionEffect, EffectState
from tequio.decisions.queries.hours import day_everywhere
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Text, long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsForAPerson:
    """A decision whose effects nobody has confirmed yet."""

    code: str
    title: Text
    body_pk: int
    effects: int
    first_day: date
    is_due: bool

    @property
    def sentence(self) -> Text:
        """What waits, and since or until when."""
        day_en, day_es = (long_date(day=self.first_day, language=language) for language in ("en", "es"))
        return Text(
            en=f"{self.title.en}: to be confirmed, from {day_en}.",
            es=f"{self.title.es}: por confirmar, desde el {day_es}.",
        )


def waiting_for_a_person(*, at: datetime) -> list[WaitsForAPerson]:
    """Decisions with effects that nobody has confirmed, the earliest day first. One query."""
    today = day_everywhere(at=at)
    rows = (
        DecisionEffect.objects.filter(state=EffectState.WAITING, confirmed_as="")
        .select_related("decision")
        .order_by("effective_on", "decision_id", "position")
    )
    grouped: dict[int, list[DecisionEffect]] = defaultdict(list)
    for row in rows:
        grouped[row.decision_id].append(row)
    return [
        WaitsForAPerson(
            code=some[0].decision.code,
            title=text_of(row=some[0].decision, name="title"),
            body_pk=some[0].decision.body_id,
            effects=len(some),
            first_day=some[0].effective_on,
            is_due=some[0].effective_on <= today,
        )
        for some in grouped.values()
    ]
