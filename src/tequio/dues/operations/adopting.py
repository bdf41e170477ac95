"""Putting rules in force: dated, per center, each citing its decision, and never changed afterwards."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.dues.models import DuesPolicy, Invoice, InvoiceKind, PaymentPolicy, Tariff
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.dues import Kind as MemberKind
from tequio.rules.dues import Part
from tequio.rules.reasons import Text, long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffLine:
    """One amount of a dues table, in minor units of the center's currency."""

    kind: str
    part: str
    amount: int
    band: int | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The days of a payment policy; what each means stands in rules/standing.py and rules/account.py."""

    notice_days: int = 0
    plan_notice_days: int = 0
    warning_day: int | None = None
    at_risk_from: int | None = None
    limited_from: int | None = None
    disabled_from: int | None = None
    attempt_required: bool = True
    return_days: int | None = None
    inactive_after_days: int | None = None
    inactive_after_months: int | None = None
    redates_older_by: int | None = None
    works: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def adopt_dues_policy(
    *,
    center: Center,
    code: str,
    title: Text,
    valid_from: date,
    decision: Decision,
    tariffs: list[TariffLine],
    default_band: int | None,
    assumed: list[str],
    actor: str,
    at: datetime,
) -> DuesPolicy:
    """Put a dues table in force from a day. The same code again returns the policy there is, unchanged.

    Refuses a table without membership dues for both kinds, a second table for one day, and a table that would
    change what invoices already made on or after its first day were made under: those keep their rule, so the new
    one must begin later.
    """
    there = DuesPolicy.objects.filter(code=code).first()
    if there is not None:
        return there
    _refuse_taken(model=DuesPolicy, center=center, valid_from=valid_from)
    _refuse_billed(center=center, valid_from=valid_from)
    for kind in MemberKind:
        if not any(t.kind == kind and t.part == Part.MEMBERSHIP for t in tariffs):
            raise Refusal(
                en=f"The dues table {code} has no membership dues for {kind}.",
                es=f"La tabla de cuotas {code} no tiene cuota de membresía para {kind}.",
            )
    policy = DuesPolicy.objects.create(
        center=center,
        code=code,
        title_en=title.en,
        title_es=title.es,
        valid_from=valid_from,
        decision=decision,
        default_band=default_band,
        assumed=assumed,
    )
    Tariff.objects.bulk_create(
        Tariff(policy=policy, kind=t.kind, part=t.part, band=t.band, amount=t.amount, assumed=t.assumed)
        for t in tariffs
    )
    journal.append(
        kind=Kind.DUES_POLICY_ADOPTED,
        subject=f"dues_policy:{code}",
        actor=actor,
        at=at,
        payload={"valid_from": valid_from.isoformat(), "decision": decision.code},
    )
    return policy


@transaction.atomic
def adopt_payment_policy(
    *,
    center: Center,
    code: str,
    title: Text,
    valid_from: date,
    decision: Decision,
    thresholds: Thresholds,
    assumed: list[str],
    actor: str,
    at: datetime,
) -> PaymentPolicy:
    """Put payment thresholds in force from a day. The same code again returns the policy there is, unchanged.

    Refuses thresholds that are not in order: at risk before limited before disabled.
    """
    there = PaymentPolicy.objects.filter(code=code).first()
    if there is not None:
        return there
    _refuse_taken(model=PaymentPolicy, center=center, valid_from=valid_from)
    t = thresholds
    refuse_out_of_order(code=code, thresholds=t)
    policy = PaymentPolicy.objects.create(
        center=center,
        code=code,
        title_en=title.en,
        title_es=title.es,
        valid_from=valid_from,
        decision=decision,
        notice_days=t.notice_days,
        plan_notice_days=t.plan_notice_days,
        warning_day=t.warning_day,
        at_risk_from=t.at_risk_from,
        limited_from=t.limited_from,
        disabled_from=t.disabled_from,
        attempt_required=t.attempt_required,
        return_days=t.return_days,
        inactive_after_days=t.inactive_after_days,
        inactive_after_months=t.inactive_after_months,
        redates_older_by=t.redates_older_by,
        works=t.works,
        assumed=assumed,
    )
    journal.append(
        kind=Kind.PAYMENT_POLICY_ADOPTED,
        subject=f"payment_policy:{code}",
        actor=actor,
        at=at,
        payload={"valid_from": valid_from.isoformat(), "decision": decision.code},
    )
    return policy


def refuse_out_of_order(*, code: str, thresholds: Thresholds) -> None:
    """Refuse thresholds that are not in order: at risk before limited before disabled, from day 1 on."""
    t = thresholds
    days = [n for n in (t.at_risk_from, t.limited_from, t.disabled_from) if n is not None]
    if days != sorted(set(days)) or any(n < 1 for n in days):
        raise Refusal(
            en=f"The thresholds of {code} are not in order: at risk, then limited, then disabled, from day 1 on.",
            es=f"Los umbrales de {code} no están en orden: en riesgo, limitada y suspendida, desde el día 1.",
        )


def _refuse_billed(*, center: Center, valid_from: date) -> None:
    """Refuse a table that would have been in force when invoices were made under another one."""
    made = Invoice.objects.filter(
        center=center, kind=InvoiceKind.DUES, invoiced_on__gte=valid_from, cancelled_on__isnull=True
    ).count()
    if made:
        en = "1 invoice of {} was" if made == 1 else f"{made:,} invoices of {{}} were"
        es = "1 aviso de cuota de {} se hizo" if made == 1 else f"{made:,} avisos de cuota de {{}} se hicieron"
        raise Refusal(
            en=f"{en.format(center.code)} made on or after {long_date(day=valid_from, language='en')}, under the table "
            "of then. A new table begins on a later day.",
            es=f"{es.format(center.code)} el {long_date(day=valid_from, language='es')} o después, con la tabla de "
            "entonces. Una tabla nueva empieza en una fecha posterior.",
        )


def _refuse_taken(*, model: type[DuesPolicy] | type[PaymentPolicy], center: Center, valid_from: date) -> None:
    taken = model._default_manager.filter(center=center, valid_from=valid_from).first()
    if taken is not None:
        raise Refusal(
            en=f"{taken.code} is in force in {center.code} from {valid_from} already.",
            es=f"{taken.code} ya rige en {center.code} desde el {valid_from}.",
        )
