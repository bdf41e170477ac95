"""The dated policies as the pure rules read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tequio.dues.models import DuesPolicy, PaymentPolicy, Tariff
from tequio.kernel.texts import text_of
from tequio.rules import account as rules
from tequio.rules.dues import DuesTable
from tequio.rules.dues import Tariff as Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesInForce:
    """A center's dues policy on a day, as the rule reads it."""

    policy_pk: int
    table: DuesTable


def payment_policies() -> dict[int, list[rules.PaymentPolicy]]:
    """Every payment policy by center, oldest first."""
    found: dict[int, list[rules.PaymentPolicy]] = {}
    for row in PaymentPolicy.objects.select_related("decision").order_by("center_id", "valid_from"):
        found.setdefault(row.center_id, []).append(
            rules.PaymentPolicy(
                code=row.code,
                title=text_of(row=row, name="title"),
                decision=row.decision.code,
                valid_from=row.valid_from,
                notice_days=row.notice_days,
                at_risk_from=row.at_risk_from,
                limited_from=row.limited_from,
                disabled_from=row.disabled_from,
                attempt_required=row.attempt_required,
                return_days=row.return_days,
                inactive_after_days=row.inactive_after_days,
                inactive_after_months=row.inactive_after_months,
                redates_older_by=row.redates_older_by,
            )
        )
    return found


def dues_on(*, on: date, but: Collection[str] = ()) -> dict[int, DuesInForce]:
    """The dues policy in force in each center on a day, `but` for some by code; a center without one is absent."""
    policies: dict[int, DuesPolicy] = {}
    rows = DuesPolicy.objects.filter(valid_from__lte=on).exclude(code__in=list(but))
    for policy in rows.order_by("center_id", "valid_from"):
        policies[policy.center_id] = policy
    cells: dict[int, list[Cell]] = {policy.pk: [] for policy in policies.values()}
    for tariff in Tariff.objects.filter(policy_id__in=cells).order_by("pk"):
        cells[tariff.policy_id].append(
            Cell(id=tariff.pk, kind=tariff.kind, part=tariff.part, band=tariff.band, amount=tariff.amount)
        )
    return {
        center_pk: DuesInForce(
            policy_pk=policy.pk,
            table=DuesTable(tariffs=tuple(cells[policy.pk]), default_band=policy.default_band),
        )
        for center_pk, policy in policies.items()
    }
