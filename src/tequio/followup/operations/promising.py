"""What a member says: that it will pay on a day, that it has paid; and what a person finds looking for the money."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tequio.followup import hooks
from tequio.followup.models import FollowUpPolicy, PaymentClaim, Promise, Task, TaskKind
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import Locked
from tequio.rules.promises import promise_pauses_through
from tequio.rules.reasons import long_date

_LONGEST_NOTES = 2_000  # characters of one claim


def make_promise(
    *, held: Locked, policy: FollowUpPolicy, pay_on: date | None, on: date, actor: str, at: datetime
) -> Promise:
    """Write down that a member will pay by a day, in place of what it promised before; in the caller's transaction.

    Refuses a day that is past or further off than the policy lets a caller take.
    """
    last = on + timedelta(days=policy.promise_days)
    if pay_on is None or not on <= pay_on <= last:
        raise Refusal(
            en=f"A promise is for a day from today to {long_date(day=last, language='en')}; for longer, choose "
            "hardship and ask for time.",
            es=f"Una promesa es para un día entre hoy y el {long_date(day=last, language='es')}; para más tiempo, "
            "elija dificultad económica y pida una prórroga.",
        )
    Promise.objects.filter(member_id__in=held.family, ended_on__isnull=True).update(
        ended_on=on, ended_because="replaced"
    )
    promise = Promise.objects.create(
        member=held.head,
        made_on=on,
        pay_on=pay_on,
        pauses_through=promise_pauses_through(pay_on=pay_on, grace_days=policy.promise_grace_days),
        entered_by=actor,
    )
    journal.append(
        kind=Kind.PROMISE_MADE,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"pay_on": pay_on.isoformat()},
    )
    return promise


def make_claim(*, held: Locked, note: str, on: date, actor: str, at: datetime) -> PaymentClaim:
    """Write down that a member says it has paid; the claim that is open, if there is one. In a transaction.

    What it says while a claim is open is added to that claim's note.
    """
    there = PaymentClaim.objects.filter(member_id__in=held.family, settled_on__isnull=True).first()
    if there is not None:
        if note and note not in there.note and len(there.note) + len(note) < _LONGEST_NOTES:
            there.note = f"{there.note} · {note}" if there.note else note
            there.save(update_fields=["note"])
        return there
    claim = PaymentClaim.objects.create(member=held.head, said_on=on, note=note, entered_by=actor)
    journal.append(kind=Kind.CLAIM_MADE, subject=f"member:{held.head.code}", actor=actor, at=at, payload={})
    return claim


@transaction.atomic
def settle_claim(*, pk: int, found: bool, actor: str, at: datetime) -> bool:
    """Say whether the money of a claim was found; False where that was said before. Refuses one that is not there.

    Found or not, the claim pauses the ladder no more: money that was found is entered as a payment.
    """
    claim = PaymentClaim.objects.select_related("member__center").filter(pk=pk).first()
    if claim is None:
        raise Refusal(en=f"There is no claim {pk}.", es=f"No existe el aviso de pago {pk}.")
    on = max(day_in(zone=claim.member.center.zone, at=at), claim.said_on)
    changed = PaymentClaim.objects.filter(pk=pk, settled_on__isnull=True).update(
        settled_on=on, settled_by=actor, found=found
    )
    if changed:
        hooks.claim_settled(claim_pk=pk)
        Task.objects.filter(kind=TaskKind.CLAIM, member=claim.member, closed_on__isnull=True).update(
            closed_on=on, closed_by=actor
        )
        journal.append(
            kind=Kind.CLAIM_SETTLED, subject=f"member:{claim.member.code}", actor=actor, at=at, payload={"found": found}
        )
    return bool(changed)
