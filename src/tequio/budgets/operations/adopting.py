"""Putting a version in force by a decision, as it is or with the amendments that were accepted."""

from datetime import date, datetime

from django.db import transaction

from tequio.budgets.models import Adoption, AmendmentState, Budget, BudgetAmendment, BudgetVersion
from tequio.budgets.operations.drafting import subject, write_version
from tequio.budgets.queries.versions import amendment_of, amendments, content, latest_version, version_of
from tequio.budgets.writing import refusal_of
from tequio.decisions.models import Decision
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.rules.budget import BudgetError
from tequio.rules.budget_changes import next_version


@transaction.atomic
def adopt_version(
    *,
    budget: Budget,
    number: int,
    rejected: list[int] | None = None,
    in_force_from: date,
    decision: Decision,
    actor: str,
    at: datetime,
) -> Adoption:
    """Put a version in force from a day as it is, citing its decision; amendments it rejects stay on record."""
    budget = Budget.objects.select_for_update(of=("self",)).select_related("center").get(pk=budget.pk)
    refused = open_amendments(budget=budget, numbers=rejected or [])
    adoption = Adoption.objects.create(
        version=version_of(budget=budget, number=number), in_force_from=in_force_from, decision=decision, at=at
    )
    BudgetAmendment.objects.filter(pk__in=[row.pk for row in refused]).update(
        state=AmendmentState.REJECTED, ended_at=at, decision=decision
    )
    journal.append_many(happenings=[_adopted(adoption=adoption, budget=budget)], actor=actor, at=at)
    return adoption


def _adopted(*, adoption: Adoption, budget: Budget) -> Happening:
    return Happening(
        kind=Kind.BUDGET_ADOPTED,
        subject=subject(budget=budget),
        payload={
            "version": adoption.version.number,
            "from": adoption.in_force_from.isoformat(),
            "decision": adoption.decision.code,
        },
    )


@transaction.atomic
def adopt_amended(
    *,
    budget: Budget,
    against: int,
    accepted: list[int],
    rejected: list[int],
    in_force_from: date,
    decision: Decision,
    actor: str,
    at: datetime,
) -> BudgetVersion:
    """Version n and its accepted amendments make version n+1, which is put in force; the rejected stay on record.

    Refuses a version that is no longer the latest, an amendment decided already or named on both sides, and those
    that cannot be taken together.
    """
    budget = Budget.objects.select_for_update(of=("self",)).select_related("center").get(pk=budget.pk)
    version = version_of(budget=budget, number=against)
    latest = latest_version(budget=budget)
    if latest is None or latest.number != against:
        raise Refusal(
            en=f"The amendments are to version {against}, and there is a version {latest.number if latest else 0} now.",
            es=f"Las modificaciones son a la versión {against}, y ahora hay una versión "
            f"{latest.number if latest else 0}.",
        )
    taken = open_amendments(budget=budget, numbers=accepted)
    refused = open_amendments(budget=budget, numbers=rejected)
    refuse_on_both_sides(accepted=accepted, rejected=rejected)
    try:
        written = next_version(
            number=against, budget=content(version=version), accepted=[amendment_of(row=row) for row in taken]
        )
    except BudgetError as error:
        raise refusal_of(error=error) from error
    following = write_version(budget=budget, written=written, note="", actor=actor, at=at, decision=decision)
    ended = {"ended_at": at, "decision": decision}
    BudgetAmendment.objects.filter(pk__in=[row.pk for row in taken]).update(
        state=AmendmentState.ACCEPTED, into=following, **ended
    )
    BudgetAmendment.objects.filter(pk__in=[row.pk for row in refused]).update(state=AmendmentState.REJECTED, **ended)
    adoption = Adoption.objects.create(version=following, in_force_from=in_force_from, decision=decision, at=at)
    made = {"version": following.number, "accepted": accepted, "rejected": rejected, "decision": decision.code}
    journal.append_many(
        happenings=[
            Happening(kind=Kind.BUDGET_AMENDED, subject=subject(budget=budget), payload=made),
            _adopted(adoption=adoption, budget=budget),
        ],
        actor=actor,
        at=at,
    )
    return following


def open_amendments(*, budget: Budget, numbers: list[int]) -> list[BudgetAmendment]:
    """The amendments of these numbers, all of them still open. Refuses one that is decided or taken back."""
    rows = amendments(budget=budget, numbers=numbers)
    for row in rows:
        if row.state != AmendmentState.OPEN:
            raise Refusal(
                en=f"Amendment {row.number} is not open any more: it was {row.get_state_display().lower()}.",
                es=f"La modificación {row.number} ya no está abierta: {_ENDS[AmendmentState(row.state)]}.",
            )
    return rows


_ENDS = {
    AmendmentState.ACCEPTED: "se aceptó",
    AmendmentState.REJECTED: "se rechazó",
    AmendmentState.WITHDRAWN: "se retiró",
}


def refuse_on_both_sides(*, accepted: list[int], rejected: list[int]) -> None:
    """Refuse an amendment that is named as accepted and as rejected."""
    both = sorted(set(accepted) & set(rejected))
    if both:
        numbers = ", ".join(map(str, both))
        raise Refusal(
            en=f"Amendment {numbers} is named as accepted and as rejected.",
            es=f"La modificación {numbers} aparece como aceptada y como rechazada.",
        )
