"""What is agreed with one member: a rate of its own, a hold, a plan."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tequio.dues.accounts import accounts_of
from tequio.dues.models import Hold, Invoice, MemberRate, Plan, PlanInstalment, PlanInvoice
from tequio.dues.operations.paying import refuse_reason
from tequio.dues.operations.standings import refresh_standings
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import Locked, lock_member
from tequio.members.queries import family_of, head_of, member_by_code
from tequio.rules.dues import RateKind
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.plans import TWELFTHS, Instalment, instalments

FEWEST_PARTS, MOST_PARTS = 2, 60
HIGHEST_RATE = 100 * WHOLE_SHARE  # a hundred times the table; more is a mistyped percentage


@transaction.atomic
def grant_rate(
    *,
    code: str,
    kind: str,
    basis_points: int,
    valid_from: date,
    valid_until: date | None,
    reason: str,
    actor: str,
    at: datetime,
) -> MemberRate:
    """Grant a member a rate of its own, from a day on: reduced (below the table), solidarity (above it) or comped.

    `basis_points` are ten-thousandths of the table, 0 for comped. Invoices made before keep what they ask.
    """
    refuse_reason(reason=reason)
    held = lock_member(code=code)
    fits = {
        RateKind.COMPED.value: basis_points == 0,
        RateKind.REDUCED.value: 0 < basis_points < WHOLE_SHARE,
        RateKind.SOLIDARITY.value: WHOLE_SHARE < basis_points <= HIGHEST_RATE,
    }
    if not fits.get(kind, False):
        raise Refusal(
            en="A reduced rate is above 0 and below 100 percent of the table, a solidarity rate above 100.",
            es="Una cuota reducida va de más de 0 a menos de 100 por ciento de la tabla; una solidaria pasa de 100.",
        )
    if valid_until is not None and valid_until < valid_from:
        raise Refusal(en="A rate ends after it begins.", es="Una cuota propia termina después de empezar.")
    rate = MemberRate.objects.create(
        member=held.head,
        kind=kind,
        basis_points=basis_points,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason,
        granted_by=actor,
    )
    refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.RATE_GRANTED,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"kind": kind, "basis_points": basis_points, "from": valid_from.isoformat()},
    )
    return rate


@transaction.atomic
def grant_hold(*, code: str, until: date, reason: str, actor: str, at: datetime, first_day: date | None = None) -> Hold:
    """Pause what follows a member's late dues through a day, that day included.

    It begins today, or on `first_day`. One that is written down after it ended (its last day is past) begins on the
    due date of the oldest charge open on that day: it covers the debt it was granted for.
    """
    refuse_reason(reason=reason)
    held = lock_member(code=code)
    today = day_in(zone=held.center.zone, at=at)
    if first_day is None:
        first_day = today if until >= today else min(_oldest_open(family=held.family, on=until), until)
    if until < first_day:
        raise Refusal(en="A hold ends after it begins.", es="Una prórroga termina después de empezar.")
    row = Hold.objects.create(member=held.head, first_day=first_day, last_day=until, reason=reason, granted_by=actor)
    refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.HOLD_GRANTED,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"first_day": first_day.isoformat(), "last_day": until.isoformat()},
    )
    return row


def _oldest_open(*, family: Sequence[int], on: date) -> date:
    """The due date of the oldest charge not settled by a day; the day itself where there is none."""
    charges = Invoice.objects.filter(member_id__in=family, cancelled_on__isnull=True, due_on__lt=on)
    opened = charges.filter(settled_on__isnull=True) | charges.filter(settled_on__gt=on)
    oldest = opened.order_by("due_on").first()
    return oldest.due_on if oldest else on


@transaction.atomic
def agree_plan(
    *,
    code: str,
    first_on: date,
    actor: str,
    at: datetime,
    starts_on: date | None = None,
    count: int = TWELFTHS,
    note: str = "",
) -> Plan:
    """Agree that a member pays what it owes today in monthly instalments, the first due on `first_on`.

    The plan covers every open charge, holds from `starts_on` (today, or the first instalment's day if that is
    earlier), and ends by itself when an instalment is missed. What came in on that day already is its first payment:
    it is part of what is divided. Refuses a member that owes nothing and one whose
    open charges are in a plan already.
    """
    held = lock_member(code=code)
    if not FEWEST_PARTS <= count <= MOST_PARTS:
        raise Refusal(
            en=f"A plan has {FEWEST_PARTS} to {MOST_PARTS} instalments.",
            es=f"Un plan tiene de {FEWEST_PARTS} a {MOST_PARTS} parcialidades.",
        )
    today = day_in(zone=held.center.zone, at=at)
    starts_on = min(today, first_on) if starts_on is None else starts_on
    if first_on < starts_on:
        raise Refusal(
            en="The first instalment is due after the plan starts.",
            es="La primera parcialidad vence después de que empieza el plan.",
        )
    charges = list(
        Invoice.objects.filter(member_id__in=held.family, rest__gt=0, invoiced_on__lte=first_on).order_by(
            "due_on", "pk"
        )
    )
    if not charges:
        raise Refusal(
            en=f"{code} owes nothing that a plan could cover.", es=f"{code} no debe nada que un plan pueda cubrir."
        )
    _refuse_second_plan(held=held, charges=charges, on=today)
    plan = Plan.objects.create(member=held.head, starts_on=starts_on, agreed_by=actor, note=note)
    PlanInvoice.objects.bulk_create(PlanInvoice(plan=plan, invoice=charge) for charge in charges)
    parts = divided(head_pk=held.head.pk, charges=charges, starts_on=starts_on, first_on=first_on, count=count)
    PlanInstalment.objects.bulk_create(
        PlanInstalment(plan=plan, due_on=part.due_on, amount=part.amount) for part in parts
    )
    refresh_standings(member_pks=[held.head.pk], actor=actor, at=at)
    journal.append(
        kind=Kind.PLAN_AGREED,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"instalments": count, "first_on": first_on.isoformat(), "charges": [c.number for c in charges]},
    )
    return plan


def divided(
    *, head_pk: int, charges: Sequence[Invoice], starts_on: date, first_on: date, count: int
) -> list[Instalment]:
    """The instalments of a plan over some open charges of a member, in minor units.

    What came in for them since the day the plan starts is counted on it (rules/account.py), usually a first payment
    of the same day. So it is divided with what is still open: otherwise the plan would be kept with that much unpaid.
    """
    numbers = {charge.number for charge in charges}
    account = accounts_of(heads=[head_pk])[head_pk]
    covered = [charge for charge in account.charges if charge.number in numbers]
    came_in = sum(amount for charge in covered for day, amount in charge.credits if day >= starts_on)
    return instalments(total=sum(charge.rest for charge in charges) + max(0, came_in), first_on=first_on, count=count)


def _refuse_second_plan(*, held: Locked, charges: Sequence[Invoice], on: date) -> None:
    """Refuse a plan over a charge that a plan in good order covers already."""
    account = accounts_of(heads=[held.head.pk])[held.head.pk]
    numbers = {charge.number for charge in charges}
    for plan, broken in account.known_on(on=on).plan_ends():
        if plan.charges & numbers and (broken is None or broken > on):
            raise Refusal(
                en=f"{held.head.code} has a payment plan in good order for that already.",
                es=f"{held.head.code} ya tiene un plan de pagos que se cumple para eso.",
            )


def rates_of(*, code: str) -> list[MemberRate]:
    """The rates a member was granted, oldest first."""
    head = head_of(member=member_by_code(code=code))
    return list(MemberRate.objects.filter(member_id__in=family_of(head=head)).order_by("valid_from", "pk"))
