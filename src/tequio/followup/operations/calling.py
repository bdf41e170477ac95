"""The caller's work: taking the next member, and saving what came of the call.

How two callers never get the same member: a member is claimed by one conditional UPDATE that changes exactly one row.
The claim's mark is the key of what is saved: saved twice, it is one call; saved after somebody else took the member
over, it is refused with a sentence. A claim runs out by itself.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from tequio.followup.models import (
    BadAddress,
    Call,
    CallItem,
    CallOutcome,
    CallRefusal,
    CallWhy,
    Dispatch,
    DispatchState,
    FollowUpPolicy,
    TaskKind,
)
from tequio.followup.operations.hardship import Hardship, agree_hardship
from tequio.followup.operations.listing import waiting_calls
from tequio.followup.operations.promising import make_claim, make_promise
from tequio.followup.operations.settling import come_back
from tequio.followup.operations.tasks import open_tasks
from tequio.followup.queries.call_list import owed_now, policy_of, ready_items
from tequio.followup.reach import print_of, reach_of, reaches
from tequio.followup.zones import zone_of
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import Locked, lock_member
from tequio.members.models import Contact, Member
from tequio.members.operations import log_contact
from tequio.rules.ladder import Channel
from tequio.rules.polite_hours import next_polite_day
from tequio.rules.reasons import Text

CLAIM = timedelta(minutes=30)
ON_PAPER = timedelta(hours=12)  # a sheet is worked through in a day
_SPOKE = frozenset(
    {
        CallOutcome.REACHED,
        CallOutcome.PROMISED,
        CallOutcome.CLAIMED,
        CallOutcome.HARDSHIP,
        CallOutcome.CALL_BACK,
        CallOutcome.DO_NOT_CALL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a call. `call_back_at` is a moment; `hardship` what was asked for."""

    kind: CallOutcome
    note: str = ""
    pay_on: date | None = None
    call_back_at: datetime | None = None
    hardship: Hardship | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The call as it was kept, and what the caller should know about it."""

    call: Call
    told: tuple[Text, ...] = ()


def claim_next(*, center_pks: frozenset[int], actor: str, at: datetime) -> CallItem | None:
    """Give a caller the member that is best called now, for half an hour; the one it has already, if it has one.

    None where nobody is to be called now: nobody is left, or it is not a polite hour where any of them is.
    """
    own = CallItem.objects.filter(
        closed_at__isnull=True, claimed_by=actor, claimed_until__gt=at, center_id__in=center_pks
    ).exclude(claim__startswith=PAPER)
    there = own.order_by("pk").first()
    if there is not None:
        return there
    for ready in ready_items(center_pks=center_pks, at=at):
        if claim(item_pk=ready.pk, actor=actor, at=at, until=at + CLAIM):
            return CallItem.objects.get(pk=ready.pk)
    return None


PAPER = "paper-"


def claim(*, item_pk: int, actor: str, at: datetime, until: datetime, mark: str = "") -> bool:
    """Claim one member of the list; False where somebody else has it or it has left the list."""
    free = CallItem.objects.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=at), pk=item_pk)
    changed = free.filter(closed_at__isnull=True).update(
        claim=f"{mark}{secrets.token_hex(12)}"[:32], claimed_by=actor, claimed_until=until
    )
    return changed == 1


def give_back(*, item_pk: int, claim_mark: str) -> bool:
    """Let another caller have a member; False where the claim had run out."""
    held = CallItem.objects.filter(pk=item_pk, claim=claim_mark).exclude(claim="")
    return held.update(claim="", claimed_by="", claimed_until=None) == 1


@transaction.atomic
def save_call(
    *, item_pk: int, claim_mark: str, outcome: Outcome, caller: str, actor: str, at: datetime, on: date | None = None
) -> Saved:
    """Keep what came of a call and do what follows from it; `caller` is the person's name, `on` the day if not today.

    The same claim saved again is the same call. Refuses a member somebody else has taken over meanwhile, a promise or
    a time beyond what the policy lets a caller take, and an outcome without what it needs. A payment that came in
    during the call is told, and nothing more is asked of the member.
    """
    item = CallItem.objects.select_related("member").filter(pk=item_pk).first()
    if item is None:
        raise Refusal(en="This call is not on the list.", es="Esta llamada no está en la lista.")
    held = lock_member(code=item.member.code)
    before = Call.objects.filter(once_key=claim_mark).first() if claim_mark else None
    if before is not None:
        return Saved(call=before)
    item.refresh_from_db()
    if not claim_mark or item.claim != claim_mark:
        raise Refusal(
            en="Somebody else has taken this member over meanwhile; your call was not saved. If you did reach it, "
            "tell the treasurer.",
            es="Mientras tanto otra persona tomó esta membresía; su llamada no se guardó. Si habló con ella, avise a "
            "tesorería.",
        )
    today = day_in(zone=held.center.zone, at=at)
    on = on or today
    if on > today or on < item.opened_at.date() - timedelta(days=1):
        raise Refusal(
            en="The call was made between the day it came on the list and today.",
            es="La llamada se hizo entre el día en que entró a la lista y hoy.",
        )
    policy = policy_of(center_pk=held.center.pk, on=today)
    owed = owed_now(family=held.family)
    contact = phone_contact(head=held.head, family=held.family)
    call = Call.objects.create(
        item=item,
        member=held.head,
        caller=actor,
        at=at,
        on=on,
        outcome=outcome.kind,
        contact=contact,
        call_back_at=outcome.call_back_at,
        note=outcome.note,
        once_key=claim_mark,
    )
    log_contact(
        code=held.head.code,
        on=on,
        by=caller,
        outcome="reached" if outcome.kind in _SPOKE else "attempted",
        actor=actor,
        at=at,
        note=outcome.note,
    )
    work = _Work(item=item, held=held, policy=policy, contact=contact, on=on, actor=actor, at=at)
    told = [_PAID_MEANWHILE] if owed == 0 else work.carry_out(outcome=outcome)
    if owed == 0:
        work.close(why="paid")
    journal.append(
        kind=Kind.CALL_MADE,
        subject=f"member:{held.head.code}",
        actor=actor,
        at=at,
        payload={"outcome": outcome.kind.value, "call": call.pk},
    )
    return Saved(call=call, told=tuple(told))


_PAID_MEANWHILE = Text(
    en="All that was owed has been paid in the meantime. The call is kept; nothing more is asked of the member.",
    es="Mientras tanto se pagó todo lo que se debía. La llamada queda anotada; a la membresía ya no se le pide nada.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What follows from an outcome, for one item of the list, in the transaction that holds its member."""

    item: CallItem
    held: Locked
    policy: FollowUpPolicy
    contact: Contact | None
    on: date
    actor: str
    at: datetime

    def carry_out(self, *, outcome: Outcome) -> list[Text]:
        """Do what the outcome means; what the caller should know of it."""
        told: list[Text] = []
        match outcome.kind:
            case CallOutcome.NO_ANSWER:
                self._try_again()
            case CallOutcome.CALL_BACK:
                self._call_back(when=outcome.call_back_at)
            case CallOutcome.WRONG_NUMBER:
                self._wrong_number()
            case CallOutcome.DO_NOT_CALL:
                CallRefusal.objects.get_or_create(
                    member=self.held.head, ended_on=None, defaults={"said_on": self.on, "entered_by": self.actor}
                )
                self._came_back(why="do_not_call")
                self.close(why="do_not_call")
            case CallOutcome.PROMISED:
                make_promise(
                    held=self.held, policy=self.policy, pay_on=outcome.pay_on, on=self.on, actor=self.actor, at=self.at
                )
                self._done()
            case CallOutcome.CLAIMED:
                make_claim(held=self.held, note=outcome.note, on=self.on, actor=self.actor, at=self.at)
                self._done()
            case CallOutcome.HARDSHIP:
                told += agree_hardship(
                    held=self.held,
                    policy=self.policy,
                    asked=outcome.hardship,
                    note=outcome.note,
                    on=self.on,
                    actor=self.actor,
                    at=self.at,
                )
                self._done()
            case _:
                self._done()
        return told

    def close(self, *, why: str) -> None:
        """Take the item off the list."""
        CallItem.objects.filter(pk=self.item.pk).update(
            closed_at=self.at, closed_because=why, claimed_by="", claimed_until=None
        )

    def _done(self) -> None:
        """The call was made: its step of the ladder is taken, for every charge that had come to it."""
        self._sent()
        self.close(why="called")

    def _sent(self) -> None:
        Dispatch.objects.filter(pk__in=waiting_calls(family=self.held.family)).update(
            state=DispatchState.SENT, sent_on=self.on
        )

    def _came_back(self, *, why: str) -> None:
        waiting = Dispatch.objects.select_related("center").filter(pk__in=waiting_calls(family=self.held.family))
        for dispatch in waiting.order_by("pk"):
            come_back(dispatch=dispatch, why=why, on=self.on, bad_address=False, actor=self.actor, at=self.at)

    def _try_again(self) -> None:
        """Nobody answered: again on the next polite day; after the policy's tries the call counts as made."""
        if self.item.tries + 1 >= self.policy.call_tries:
            CallItem.objects.filter(pk=self.item.pk).update(tries=F("tries") + 1)
            self._done()
            return
        local = self._local()
        ready = next_polite_day(
            local=local, from_hour=self.policy.call_from_hour, on_sundays=self.policy.call_on_sundays
        )
        CallItem.objects.filter(pk=self.item.pk).update(
            tries=F("tries") + 1, ready_at=ready, claim="", claimed_by="", claimed_until=None
        )

    def _call_back(self, *, when: datetime | None) -> None:
        if when is None or when <= self.at:
            raise Refusal(
                en="Give a day and hour to come for calling back.",
                es="Indique un día y una hora por venir para volver a llamar.",
            )
        CallItem.objects.filter(pk=self.item.pk).update(
            ready_at=when, why=CallWhy.CALL_BACK, claim="", claimed_by="", claimed_until=None
        )

    def _wrong_number(self) -> None:
        """The number is not used again; another contact's is tried, or the ladder goes on without a call."""
        if self.contact is not None:
            BadAddress.objects.get_or_create(
                member=self.held.head,
                channel=Channel.CALL.value,
                print=print_of(channel=Channel.CALL.value, value=self.contact.phone),
                defaults={"since": self.on, "why": "wrong_number"},
            )
        open_tasks(
            center=self.held.center,
            tasks=[(TaskKind.WRONG_NUMBER, self.held.head.pk)],
            on=self.on,
            actor=self.actor,
            at=self.at,
        )
        if phone_contact(head=self.held.head, family=self.held.family) is not None:
            CallItem.objects.filter(pk=self.item.pk).update(claim="", claimed_by="", claimed_until=None)
            return
        self._came_back(why="wrong_number")
        self.close(why="wrong_number")

    def _local(self) -> datetime:
        country, state = (self.contact.country, self.contact.state) if self.contact else ("", "")
        zone, _ = zone_of(country=country, state=state, center_zone=self.held.center.zone)
        return self.at.astimezone(zone)


def phone_contact(*, head: Member, family: Iterable[int]) -> Contact | None:
    """Whom to ask for: the contact a call reaches, or None where no number is left."""
    counted = dict.fromkeys(family, head.pk)
    reach = reach_of(found=reaches(counted=counted), head=head.pk)
    pk = reach.contacts.get(Channel.CALL)
    return Contact.objects.get(pk=pk) if pk is not None else None
