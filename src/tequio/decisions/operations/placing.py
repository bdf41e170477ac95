"""The sitting a proposal comes before: by its review clock, with delays, and both hours where it came too late."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Body, Delay, Proposal, Sitting, Slot, SlotReason, Stage
from tequio.decisions.operations.refusing import refuse_closed
from tequio.decisions.operations.versions import short_note
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.review import delays_of, let_into, rule_if_any
from tequio.decisions.queries.seated import sits_on
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules import review_clock
from tequio.rules.reasons import days_text
from tequio.rules.review_clock import may_delay, slot_of

# Where a vote has said to which sitting it goes, it does not come before an earlier one.
_SENT: Final = frozenset({SlotReason.DEFERRED, SlotReason.DETAILS, SlotReason.EVALUATION, SlotReason.NO_QUORUM})
# While a sitting lasts, and until its ballots are entered, what stands on its agenda stays there.
_LASTS: Final = timedelta(days=1)


@transaction.atomic
def place(*, proposal: Proposal, actor: str, at: datetime) -> Slot | None:
    """Put a proposal on the agenda of the sitting it comes before, and return its place; None where there is none.

    It comes before the first sitting that begins when its review is over, or into which a recorded vote lets it; never
    before one earlier than where a vote has sent it. For a sitting it came too late for, that sitting, the hour it came
    and the hour it should have come are kept. Asked again, it changes nothing.
    """
    slot, happened = arrange(held=lock_proposal(proposal=proposal), at=at)
    journal.append_many(happenings=happened, actor=actor, at=at)
    return slot


def arrange(*, held: Proposal, at: datetime) -> tuple[Slot | None, list[journal.Happening]]:
    """The same for a proposal that is held, in the caller's transaction, which writes what happened in the journal."""
    there = Slot.objects.filter(proposal=held, ended_at__isnull=True).select_related("sitting").first()
    rule = rule_if_any(body=held.body, on=day_everywhere(at=at))
    if held.stage != Stage.REVIEW or held.changed_at is None or rule is None:
        return there, []
    if there is not None and _lasts(slot=there, held=held, at=at):
        return there, []
    first = there.sitting.starts_at if there is not None and there.reason in _SENT else at
    coming = {
        str(sitting.pk): sitting
        for sitting in Sitting.objects.filter(
            body=held.body, starts_at__gte=max(at, first), cancelled_at__isnull=True
        ).order_by("starts_at", "pk")
    }
    overridden = let_into(proposal=held)
    found = slot_of(
        rule=rule,
        changed_at=held.changed_at,
        sittings=[review_clock.Sitting(code=code, starts_at=row.starts_at) for code, row in coming.items()],
        now=at,
        delays=delays_of(proposal=held),
        overridden=frozenset(map(str, overridden)),
    )
    sitting = coming[found.sitting.code] if found.sitting else None
    if there is not None and _stays(slot=there, sitting=sitting, held=held):
        return there, []
    if there is None and sitting is None:
        return None, []
    Slot.objects.filter(proposal=held, ended_at__isnull=True).update(ended_at=at)
    made, reason = None, None
    if sitting is not None:
        missed = coming[found.missed.code] if found.missed else None
        reason = _reason(ready=sitting.starts_at >= found.ready_at, late=missed is not None)
        made = Slot.objects.create(
            proposal=held,
            sitting=sitting,
            reason=reason,
            missed=missed,
            came_at=held.changed_at if missed else None,
            should_have_come_at=found.should_have_come_at,
            made_at=at,
        )
    happened = journal.Happening(
        kind=Kind.PROPOSAL_PLACED,
        subject=f"proposal:{held.code}",
        payload={"sitting": sitting.pk if sitting else None, "reason": reason.value if reason else None},
    )
    return made, [happened]


def _lasts(*, slot: Slot, held: Proposal, at: datetime) -> bool:
    """Whether the sitting it stands before has begun and is not over, and nothing was changed since."""
    began = slot.sitting.starts_at
    return (
        slot.sitting.cancelled_at is None
        and began <= at < began + _LASTS
        and held.changed_at is not None
        and held.changed_at <= began
    )


def _stays(*, slot: Slot, sitting: Sitting | None, held: Proposal) -> bool:
    """Whether it stands there already. One that came too late keeps its two hours until it is changed again."""
    if sitting is None or slot.sitting_id != sitting.pk:
        return False
    return slot.came_at is None or slot.came_at == held.changed_at


def _reason(*, ready: bool, late: bool) -> SlotReason:
    if not ready:
        return SlotReason.LET_IN
    return SlotReason.LATE if late else SlotReason.READY


def place_all(*, actor: str, at: datetime, body: Body | None = None) -> int:
    """Place every proposal that circulates, of one body or of all; returns how many stand elsewhere than before.

    For when sittings are planned or cancelled, and for the daily work: what a sitting did not come to goes on to the
    next. Each is a transaction of its own.
    """
    waiting = Proposal.objects.filter(stage=Stage.REVIEW)
    if body is not None:
        waiting = waiting.filter(body=body)
    moved = 0
    for proposal in waiting.order_by("pk"):
        before = _open_slots(proposal)
        place(proposal=proposal, actor=actor, at=at)
        moved += _open_slots(proposal) != before
    return moved


def _open_slots(proposal: Proposal) -> Sequence[int]:
    return list(Slot.objects.filter(proposal=proposal, ended_at__isnull=True).values_list("pk", flat=True))


@transaction.atomic
def delay(*, proposal: Proposal, days: int, reason: str, by: User, actor: str, at: datetime) -> Delay:
    """Hold a proposal back for some days, as one who sits on its body: once, and not longer than the body's rule says.

    It is placed anew. Refuses one that does not circulate, is being voted or is decided.
    """
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    if held.stage != Stage.REVIEW:
        raise Refusal(en="It is a draft still; nobody has to wait.", es="Todavía es un borrador; nadie espera.")
    day = day_everywhere(at=at)
    if not sits_on(user=by, body=held.body, on=day):
        raise Refusal(
            en=f"Only who sits on {held.body.name_en} holds its proposals back.",
            es=f"Solo quien forma parte de {held.body.name_es} puede aplazar sus propuestas.",
        )
    rule = rule_if_any(body=held.body, on=day)
    most = rule.delay_days if rule is not None else 0
    if Delay.objects.filter(proposal=held, user=by).exists():
        raise Refusal(
            en="You have held this proposal back once; a person may do so once.",
            es="Usted ya aplazó esta propuesta; cada persona puede hacerlo una vez.",
        )
    if rule is None or not may_delay(by=str(by.pk), days=days, delays=delays_of(proposal=held), rule=rule):
        raise Refusal(
            en=f"By this body's rule a person may hold it back for {days_text(days=most, language='en')} at most.",
            es=f"Según la regla de esta instancia, una persona puede aplazarla cuando más "
            f"{days_text(days=most, language='es')}.",
        )
    why = short_note(text=reason)
    if not why:
        raise Refusal(en="Say in a sentence why.", es="Diga en una frase por qué.")
    made = Delay.objects.create(proposal=held, user=by, days=days, reason=why, at=at)
    _, moved = arrange(held=held, at=at)
    happened = journal.Happening(
        kind=Kind.PROPOSAL_DELAYED,
        subject=f"proposal:{held.code}",
        payload={"days": days, "person": by.actor},
    )
    journal.append_many(happenings=[happened, *moved], actor=actor, at=at)
    return made
