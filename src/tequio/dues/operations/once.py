"""What a form sends, done once however often it is sent: a double click and the back button change nothing more.

Each takes what the person saw, or compares with what is there already, while the member is held; so two of them sent
at the same moment take turns and the second finds the first.
"""

from datetime import date, datetime

from django.db import transaction

from tequio.dues.models import Hold, Invoice, MemberRate, Payment, Plan, PlanInstalment, PlanInvoice, Refund, WriteOff
from tequio.dues.operations import agreeing, paying, undoing
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.members.locking import lock_member
from tequio.members.models import Member
from tequio.members.queries import family_of, head_of, member_by_code
from tequio.rules.money import printed
from tequio.rules.plans import Instalment


@transaction.atomic
def add_payment(
    *,
    code: str,
    amount: int,
    currency: str,
    on: date,
    method: str,
    note: str,
    once_key: str,
    actor: str,
    at: datetime,
) -> Payment:
    """Enter a payment (dues/operations/paying.py), the same form once.

    Refuses a form that was used already and says something else now: what it says would otherwise be lost unseen.
    """
    payment = paying.add_payment(
        code=code,
        amount=amount,
        currency=currency,
        on=on,
        method=method,
        note=note,
        once_key=once_key,
        actor=actor,
        at=at,
    )
    said = (head_of(member=member_by_code(code=code)).pk, amount, on, method, note)
    if (payment.member_id, payment.amount, payment.on, payment.method, payment.note) != said:
        there = printed(minor=payment.amount, currency=payment.currency)
        raise UsedFormError(number=payment.number, there=there)
    return payment


class UsedFormError(Refusal):
    """The form was sent before with other words; `number` is the payment it made then."""

    def __init__(self, *, number: str, there: str) -> None:
        super().__init__(
            en=f"This form was sent before and made {number}, {there}. If what it says now is another payment, send it "
            "once more; if it corrects the first, void that one too.",
            es=f"Este formulario ya se envió y registró {number}, {there}. Si lo que dice ahora es otro pago, envíelo "
            "una vez más; si corrige al primero, anule también aquel.",
        )
        self.number = number


@transaction.atomic
def refund_payment(
    *, number: str, seen: int, amount: int, on: date, method: str, reason: str, actor: str, at: datetime
) -> None:
    """Give money of a payment back, if it had been given back `seen` times when the form was shown."""
    payment, _ = paying.lock_payment(number=number)
    before = list(Refund.objects.filter(payment=payment).order_by("pk"))
    if len(before) != seen:
        last = before[-1] if len(before) == seen + 1 else None
        if last and (last.amount, last.on, last.method, last.reason) == (amount, on, method, reason):
            return
        raise Refusal(
            en=f"Money of {number} was given back meanwhile. Look at what it still holds, and send this again if it is "
            "still right.",
            es=f"Mientras tanto se devolvió dinero de {number}. Vea lo que todavía queda y envíelo otra vez si sigue "
            "siendo correcto.",
        )
    paying.refund_payment(number=number, amount=amount, on=on, method=method, reason=reason, actor=actor, at=at)


@transaction.atomic
def void_payment(*, number: str, reason: str, actor: str, at: datetime) -> None:
    """Void a payment; nothing more where this very form did."""
    found = Payment.objects.select_related("member").get(number=number)
    lock_member(code=found.member.code)
    found.refresh_from_db()
    if found.voided_on is None or found.void_reason != reason:
        paying.void_payment(number=number, reason=reason, actor=actor, at=at)


@transaction.atomic
def write_off(*, number: str, seen: int, amount: int | None, on: date, reason: str, actor: str, at: datetime) -> None:
    """Stop asking for the rest of an invoice or part of it, if `seen` minor units were left when the form was shown."""
    found = Invoice.objects.select_related("member").get(number=number)
    lock_member(code=found.member.code)
    found.refresh_from_db()
    if found.rest != seen:
        last = WriteOff.objects.filter(invoice=found).order_by("-pk").first()
        wanted = seen if amount is None else amount
        if last and (last.amount, last.on, last.reason, found.rest) == (wanted, on, reason, seen - wanted):
            return
        rest = printed(minor=found.rest, currency=found.currency)
        raise Refusal(
            en=f"Meanwhile {rest} is left of {number}. Send this again if it is still right.",
            es=f"Mientras tanto, de {number} resta {rest}. Envíelo otra vez si sigue siendo correcto.",
        )
    paying.write_off(number=number, amount=amount, on=on, reason=reason, actor=actor, at=at)


@transaction.atomic
def cancel_invoice(*, number: str, reason: str, actor: str, at: datetime) -> None:
    """Cancel an invoice; nothing more where this very form did."""
    found = Invoice.objects.select_related("member").get(number=number)
    lock_member(code=found.member.code)
    found.refresh_from_db()
    if found.cancelled_on is None or found.cancelled_because != reason:
        undoing.cancel_invoice(number=number, reason=reason, actor=actor, at=at)


@transaction.atomic
def grant_hold(*, code: str, first_day: date | None, until: date, reason: str, actor: str, at: datetime) -> None:
    """Grant a hold; nothing more where the very same one is there."""
    held = lock_member(code=code)
    same = Hold.objects.filter(member=held.head, last_day=until, reason=reason)
    if first_day is not None:
        same = same.filter(first_day=first_day)
    if not same.exists():
        agreeing.grant_hold(code=code, until=until, reason=reason, first_day=first_day, actor=actor, at=at)


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
) -> None:
    """Grant a rate of its own; nothing more where the very same one is there."""
    held = lock_member(code=code)
    same = MemberRate.objects.filter(
        member=held.head,
        kind=kind,
        basis_points=basis_points,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason,
    )
    if not same.exists():
        agreeing.grant_rate(
            code=code,
            kind=kind,
            basis_points=basis_points,
            valid_from=valid_from,
            valid_until=valid_until,
            reason=reason,
            actor=actor,
            at=at,
        )


def plan_shown(*, member: Member, first_on: date, count: int, on: date) -> tuple[list[Invoice], list[Instalment]]:
    """What a plan agreed on a day would cover and its instalments, in minor units: as agreeing.agree_plan makes it."""
    charges = list(
        Invoice.objects.filter(member_id__in=family_of(head=member), rest__gt=0, invoiced_on__lte=first_on).order_by(
            "due_on", "pk"
        )
    )
    if not charges:
        return [], []
    starts_on = min(on, first_on)
    head = head_of(member=member)
    return charges, agreeing.divided(
        head_pk=head.pk, charges=charges, starts_on=starts_on, first_on=first_on, count=count
    )


@transaction.atomic
def agree_plan(*, code: str, first_on: date, count: int, total: int, note: str, actor: str, at: datetime) -> None:
    """Agree on the plan shown when `total` minor units were open; nothing more where the very same one is there."""
    held = lock_member(code=code)
    today = day_in(zone=held.center.zone, at=at)
    charges, parts = plan_shown(member=held.head, first_on=first_on, count=count, on=today)
    if _is_agreed(member=held.head, charges=charges, parts=parts):
        return
    owed = sum(charge.rest for charge in charges)
    if owed != total:
        said = printed(minor=owed, currency=held.center.currency)
        raise Refusal(
            en=f"What is owed changed since the instalments were shown: {said} now. Look at the new ones.",
            es=f"Lo que se debe cambió desde que se mostraron las parcialidades: ahora {said}. Vea las nuevas.",
        )
    agreeing.agree_plan(code=code, first_on=first_on, count=count, note=note, actor=actor, at=at)


def _is_agreed(*, member: Member, charges: list[Invoice], parts: list[Instalment]) -> bool:
    plan = Plan.objects.filter(member=member).order_by("-pk").first()
    if plan is None or not parts:
        return False
    agreed = list(PlanInstalment.objects.filter(plan=plan).order_by("due_on", "pk").values_list("due_on", "amount"))
    covered = set(PlanInvoice.objects.filter(plan=plan).values_list("invoice_id", flat=True))
    return agreed == [(part.due_on, part.amount) for part in parts] and covered == {charge.pk for charge in charges}
