"""Recording decisions that were taken outside the program: as a source tells them, never as computed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tequio.decisions.models import Body, Decision, Sitting
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.dividing import End
from tequio.rules.reasons import Text

_NOTHING = Text(en="", es="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers a source states; none for what it does not."""

    in_favor: int
    against: int
    abstained: int | None = None
    blocked: int | None = None


@transaction.atomic
def record_decision(
    *,
    code: str,
    body: Body,
    title: Text,
    decided_on: date,
    source: Text,
    end: str = "",
    counts: Counts | None = None,
    not_decided: Text = _NOTHING,
    evaluate_on: date | None = None,
    sitting: Sitting | None = None,
    actor: str,
    at: datetime,
) -> Decision:
    """Record a decision taken outside the program, or return the one of that code.

    Without `counts` they are "not stated"; who recorded it is kept. Refuses a code that already names another decision,
    an end nobody knows, numbers below nothing, and one without its source.
    """
    there = Decision.objects.filter(code=code).first()
    if there is not None:
        if (there.decided_on, there.body_id) != (decided_on, body.pk):
            raise Refusal(
                en=f"Decision “{code}” is recorded already, with another day or body.",
                es=f"El acuerdo «{code}» ya está registrado, con otra fecha u otra instancia.",
            )
        return there
    _refuse_untold(source=source, end=end, counts=counts)
    decision = Decision.objects.create(
        code=code,
        body=body,
        title_en=title.en,
        title_es=title.es,
        decided_on=decided_on,
        source_en=source.en,
        source_es=source.es,
        recorded=True,
        recorded_by=actor,
        end=end,
        counts_stated=counts is not None,
        in_favor=counts.in_favor if counts else None,
        against=counts.against if counts else None,
        abstained=counts.abstained if counts else None,
        blocked=counts.blocked if counts else None,
        not_decided_en=not_decided.en,
        not_decided_es=not_decided.es,
        evaluate_on=evaluate_on,
        sitting=sitting,
        decided_at=at if end else None,
    )
    journal.append(
        kind=Kind.DECISION_RECORDED,
        subject=f"decision:{code}",
        actor=actor,
        at=at,
        payload={"decided_on": decided_on.isoformat(), "body": body.code},
    )
    return decision


def _refuse_untold(*, source: Text, end: str, counts: Counts | None) -> None:
    if not source.en.strip() or not source.es.strip():
        raise Refusal(
            en="Say where it is written that this was decided, in both languages.",
            es="Diga dónde consta que se acordó, en los dos idiomas.",
        )
    if end and end not in set(End):
        known = ", ".join(End)
        raise Refusal(en=f"A decision ends in one of: {known}.", es=f"Un acuerdo termina en uno de: {known}.")
    if counts is not None:
        numbers = (counts.in_favor, counts.against, counts.abstained or 0, counts.blocked or 0)
        if any(number < 0 for number in numbers):
            raise Refusal(en="A count is not below nothing.", es="Un conteo no es menor que cero.")
