"""Recording decisions that were taken outside the program."""

from datetime import date, datetime

from django.db import transaction

from tequio.decisions.models import Body, Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text


@transaction.atomic
def record_decision(
    *, code: str, body: Body, title: Text, decided_on: date, source: Text, actor: str, at: datetime
) -> Decision:
    """Record a decision taken outside the program ("counts not stated"), or return the one of that code.

    Refuses a code that already names another decision.
    """
    there = Decision.objects.filter(code=code).first()
    if there is not None:
        if (there.decided_on, there.body_id) != (decided_on, body.pk):
            raise Refusal(
                en=f"Decision “{code}” is recorded already, with another day or body.",
                es=f"El acuerdo «{code}» ya está registrado, con otra fecha u otra instancia.",
            )
        return there
    decision = Decision.objects.create(
        code=code,
        body=body,
        title_en=title.en,
        title_es=title.es,
        decided_on=decided_on,
        source_en=source.en,
        source_es=source.es,
    )
    journal.append(
        kind=Kind.DECISION_RECORDED,
        subject=f"decision:{code}",
        actor=actor,
        at=at,
        payload={"decided_on": decided_on.isoformat(), "body": body.code},
    )
    return decision
