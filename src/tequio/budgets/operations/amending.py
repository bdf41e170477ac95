"""Asking for a change of a budget, and taking it back. What becomes of it is decided (budgets/effects/)."""

import json
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tequio.budgets.models import AmendmentState, Budget, BudgetAmendment
from tequio.budgets.operations.drafting import checked, subject
from tequio.budgets.queries.versions import content, latest_version, version_of
from tequio.budgets.writing import LONGEST_NAME, LONGEST_NOTE, refusal_of, sentence, thing_as_json, thing_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.budget import Assumption, BudgetError, Line
from tequio.rules.budget_changes import Action, amended, written_against
from tequio.rules.reasons import Text


@transaction.atomic
def ask_amendment(
    *,
    budget: Budget,
    action: Action,
    name: str,
    then: Line | Assumption | None,
    why: Text,
    asked_by: str,
    subject_kind: str = "line",
    source: str = "",
    against: int | None = None,
    actor: str,
    at: datetime,
) -> BudgetAmendment:
    """Ask to add, change or remove a line or an assumption (`name` is its code) of a version, the latest unless said.

    Refuses a version that moved on, what the version has not (or has already), and whatever the next version could
    not be: a circle of assumptions, an account that is not there. A change confirmed from notes comes in here too,
    with the notes as its `source`.
    """
    budget = Budget.objects.select_for_update(of=("self",)).select_related("center").get(pk=budget.pk)
    latest = latest_version(budget=budget)
    if latest is None:
        raise Refusal(
            en=f"The budget of {budget.year} has not been presented yet: change its draft instead.",
            es=f"El presupuesto de {budget.year} aún no se presenta: mejor cambie su borrador.",
        )
    version = latest if against is None else version_of(budget=budget, number=against)
    if version.number != latest.number:
        raise Refusal(
            en=f"This was written against version {version.number}, and there is a version {latest.number} now. Look "
            "at it and ask again.",
            es=f"Esto se escribió contra la versión {version.number}, y ahora hay una versión {latest.number}. "
            "Revísela y pídalo de nuevo.",
        )
    reason = sentence(text=why, key="why", longest=LONGEST_NOTE)
    who = " ".join(asked_by.split())
    if not who or len(who) > LONGEST_NAME:
        raise Refusal(en="Say who asks for it.", es="Diga quién lo pide.")
    written = content(version=version)
    try:
        difference = written_against(budget=written, action=action, then=then, key=(subject_kind, name))
        checked(center=budget.center, written=amended(budget=written, differences=[difference]))
    except BudgetError as error:
        raise refusal_of(error=error) from error
    last = BudgetAmendment.objects.filter(budget=budget).aggregate(last=Max("number"))["last"] or 0
    amendment = BudgetAmendment.objects.create(
        budget=budget,
        number=last + 1,
        against=version,
        action=action.value,
        subject=subject_kind,
        name=name,
        now=thing_as_json(thing=difference.now),
        then=thing_as_json(thing=difference.then),
        why_en=reason.en,
        why_es=reason.es,
        asked_by=who,
        source=" ".join(source.split())[:LONGEST_NOTE],
        made_by=actor,
        made_at=at,
    )
    journal.append(
        kind=Kind.BUDGET_AMENDMENT_ASKED,
        subject=subject(budget=budget),
        actor=actor,
        at=at,
        payload={"amendment": amendment.number, "against": version.number, "action": action.value, "name": name},
    )
    return amendment


_EXAMPLE = (
    '{"code": "caller", "side": "expense", "account": "expense-calling", "name": {"en": "Calls", "es": "Llamadas"}, '
    '"amount": "2400.00"}'
)


def ask_from_text(
    *,
    budget: Budget,
    action: str,
    line: str,
    assumption: str,
    why: Text,
    asked_by: str,
    source: str = "",
    actor: str,
    at: datetime,
) -> BudgetAmendment:
    """Ask for a change written as text: the line or assumption as JSON, or its code alone where it is to be removed."""
    if bool(line) == bool(assumption):
        raise Refusal(en="Name a line or an assumption, not both.", es="Indique un renglón o un supuesto, no los dos.")
    if action not in list(Action):
        raise Refusal(en="Write add, change or remove.", es="Escriba add, change o remove.")
    kind, text = ("line", line) if line else ("assumption", assumption)
    if action == Action.REMOVE:
        then, name = None, text.strip()
    else:
        try:
            then = thing_of(subject=kind, data=json.loads(text))
        except (ValueError, RecursionError) as error:
            raise Refusal(
                en=f"What is added or changed is written as JSON, like {_EXAMPLE}",
                es=f"Lo que se agrega o cambia se escribe en JSON, como {_EXAMPLE}",
            ) from error
        name = (then.code if isinstance(then, Line) else then.name) if then is not None else ""
    return ask_amendment(
        budget=budget,
        action=Action(action),
        name=name,
        then=then,
        why=why,
        asked_by=asked_by,
        subject_kind=kind,
        source=source,
        actor=actor,
        at=at,
    )


@transaction.atomic
def withdraw_amendment(*, budget: Budget, number: int, actor: str, at: datetime) -> None:
    """Take an amendment back that nobody has decided yet."""
    there = BudgetAmendment.objects.filter(budget=budget, number=number)
    if not there.filter(state=AmendmentState.OPEN).update(state=AmendmentState.WITHDRAWN, ended_at=at):
        if not there.exists():
            raise Refusal(en=f"There is no amendment {number}.", es=f"No existe la modificación {number}.")
        raise Refusal(en=f"Amendment {number} is decided already.", es=f"La modificación {number} ya se decidió.")
    journal.append(
        kind=Kind.BUDGET_AMENDMENT_WITHDRAWN,
        subject=subject(budget=budget),
        actor=actor,
        at=at,
        payload={"amendment": number},
    )
