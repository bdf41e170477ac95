"""The facts the ladder follows from, for many members in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from tequio.banking.models import Match, MatchState
from tequio.centers.models import Center
from tequio.dues.accounts import accounts_of
from tequio.dues.models import Hold, Invoice, Payment, PaymentMethod, Plan
from tequio.followup.models import FollowUpStep, MoneyKnown, Notice, PaymentClaim, Promise, QuietDay
from tequio.followup.reach import Reach, reach_of, reaches
from tequio.kernel.bulk import these
from tequio.kernel.clock import day_in
from tequio.members.models import ContactAttempt, Member, Membership
from tequio.rules import account as rules
from tequio.rules import followup, ladder
from tequio.rules.account import Charge, counts_from
from tequio.rules.ladder import Channel, Pause, PauseKind
from tequio.rules.standing import Standing

Rows = dict[int, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCharge:
    """A charge with something left, as the ladder sees it, and the notices about it so far.

    `taken` are the steps that have a standing notice, on whatever day it is dated.
    """

    invoice_pk: int
    charge: Charge
    notices: tuple[ladder.Notice, ...] = ()
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A member with open charges: all that the ladder asks about it."""

    pk: int
    code: str
    standing: Standing
    belongs: bool
    reach: Reach
    charges: tuple[OpenCharge, ...]
    pauses: tuple[Pause, ...] = ()
    attempts: tuple[date, ...] = ()


@dataclass(slots=True)
class _Found:
    """What was read of the members of one slice, each by the member it counts as."""

    charges: Rows = field(default_factory=lambda: defaultdict(list))
    notices: Rows = field(default_factory=lambda: defaultdict(list))
    pauses: dict[int, list[Pause]] = field(default_factory=lambda: defaultdict(list))
    attempts: Rows = field(default_factory=lambda: defaultdict(list))


def late_members(*, center: Center, due_through: date) -> list[int]:
    """The members of a center with something open that was due by a day, by id; merged ones as what they count as."""
    owing = Invoice.objects.filter(center=center, rest__gt=0, due_on__lte=due_through)
    heads = owing.order_by().values_list(Coalesce("member__merged_into_id", "member_id"), flat=True)
    return sorted(set(heads))


def debtors(*, heads: Sequence[int], counted: dict[int, int], on: date, quiet: bool) -> list[Debtor]:
    """The facts about some members on a day, today: give some thousands at a time, by id.

    `counted`: every member id that counts as one of them, with the one it counts as (members.queries.families).
    Twelve queries, nine more where somebody has a plan.
    """
    wanted = set(heads)
    own = {pk: head for pk, head in counted.items() if head in wanted}
    found = _Found()
    family = list(own)
    _read_charges(found=found, family=family, own=own)
    _read_pauses(found=found, family=family, own=own, on=on)
    for pk, day in ContactAttempt.objects.filter(member_id__in=these(family)).values_list("member_id", "on"):
        found.attempts[own[pk]].append(day)
    belong = set(
        Membership.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), member_id__in=these(family)).values_list(
            "member_id", flat=True
        )
    )
    belong = {own[pk] for pk in belong}
    reached = reaches(counted=own)
    holiday = [Pause(kind=PauseKind.QUIET, first_day=on, last_day=on)] if quiet else []
    rows = Member.objects.filter(pk__in=these(heads)).order_by("pk").values_list("pk", "code", "standing")
    return [
        Debtor(
            pk=pk,
            code=code,
            standing=Standing(standing),
            belongs=pk in belong,
            reach=reach_of(found=reached, head=pk),
            charges=tuple(
                _open(invoice_pk=invoice_pk, charge=charge, rows=found.notices.get(invoice_pk, []))
                for invoice_pk, charge in found.charges.get(pk, [])
            ),
            pauses=(*found.pauses.get(pk, ()), *holiday),
            attempts=tuple(found.attempts.get(pk, ())),
        )
        for pk, code, standing in rows
    ]


def _read_charges(*, found: _Found, family: list[int], own: dict[int, int]) -> None:
    """What is open, and the notices about it. What was paid of a charge is not told apart: its rest is what counts."""
    rows = Invoice.objects.filter(member_id__in=these(family), rest__gt=0).order_by("due_on", "pk")
    pks = []
    for pk, member_pk, number, due_on, rest, invoiced_on in rows.values_list(
        "pk", "member_id", "number", "due_on", "rest", "invoiced_on"
    ):
        pks.append(pk)
        charge = Charge(number=number, due_on=due_on, amount=rest, invoiced_on=invoiced_on)
        found.charges[own[member_pk]].append((pk, charge))
    for invoice_pk, row in notice_rows(invoice_pks=pks):
        found.notices[invoice_pk].append(row)


NoticeRow = tuple[str, bool, str, date | None, date | None, int | None]


def notice_rows(*, invoice_pks: Iterable[int]) -> list[tuple[int, NoticeRow]]:
    """The notices about some charges: step, ended, channel, sent, came back, the day of its step. Two queries."""
    days = step_days()
    rows = Notice.objects.filter(invoice_id__in=these(invoice_pks)).order_by("pk")
    columns = ("dispatch__channel", "dispatch__sent_on", "dispatch__came_back_on", "dispatch__policy_id")
    return [
        (invoice_pk, (step, ended, channel, sent_on, came_back_on, days.get((policy_pk, step))))
        for invoice_pk, step, ended, channel, sent_on, came_back_on, policy_pk in rows.values_list(
            "invoice_id", "step", "ended", *columns
        )
    ]


def step_days() -> dict[tuple[int, str], int]:
    """The day of every step of every ladder there ever was, by policy and key. One query."""
    rows = FollowUpStep.objects.order_by("pk").values_list("policy_id", "key", "days")
    return {(policy_pk, key): days for policy_pk, key, days in rows}


def as_rule_sees(*, rows: Sequence[NoticeRow]) -> tuple[ladder.Notice, ...]:
    """Notices as the ladder takes them; what was dropped before it went out never was."""
    return tuple(
        ladder.Notice(step=step, channel=Channel(channel), sent_on=sent_on, came_back_on=came_back_on, days=days)
        for step, ended, channel, sent_on, came_back_on, days in rows
        if not ended or came_back_on is not None
    )


def _open(*, invoice_pk: int, charge: Charge, rows: Sequence[NoticeRow]) -> OpenCharge:
    return OpenCharge(
        invoice_pk=invoice_pk,
        charge=charge,
        notices=as_rule_sees(rows=[_never_out(row) for row in rows]),
        taken=frozenset(step for step, ended, *_ in rows if not ended),
    )


def _never_out(row: NoticeRow) -> NoticeRow:
    """A mail the server refused at once came back on the day it was to go out."""
    step, ended, channel, sent_on, came_back_on, days = row
    return (step, ended, channel, sent_on or came_back_on, came_back_on, days)


def _read_pauses(*, found: _Found, family: list[int], own: dict[int, int], on: date) -> None:
    """Holds, promises and claims that stand, and plans that are kept."""
    holds = Hold.objects.filter(member_id__in=these(family), first_day__lte=on, last_day__gte=on)
    for pk, first_day, last_day in holds.values_list("member_id", "first_day", "last_day"):
        found.pauses[own[pk]].append(Pause(kind=PauseKind.HOLD, first_day=first_day, last_day=last_day))
    promises = Promise.objects.filter(member_id__in=these(family), ended_on__isnull=True)
    for pk, made_on, through in promises.values_list("member_id", "made_on", "pauses_through"):
        found.pauses[own[pk]].append(Pause(kind=PauseKind.PROMISE, first_day=made_on, last_day=through))
    claims = PaymentClaim.objects.filter(member_id__in=these(family), settled_on__isnull=True)
    for pk, said_on in claims.values_list("member_id", "said_on"):
        found.pauses[own[pk]].append(Pause(kind=PauseKind.CLAIM, first_day=min(said_on, on), last_day=None))
    maybe = Match.objects.filter(member_id__in=these(family), state=MatchState.SUGGESTED)
    for pk, came_on in maybe.values_list("member_id", "line__on"):
        found.pauses[own[pk]].append(Pause(kind=PauseKind.MONEY, first_day=min(came_on, on), last_day=None))
    planned = Plan.objects.filter(member_id__in=these(family)).values_list("member_id", flat=True)
    heads = sorted({own[pk] for pk in planned})
    for head, account in accounts_of(heads=heads).items():
        found.pauses[head] += plan_pauses(account=account, on=on)


def plan_pauses(*, account: rules.Account, on: date) -> list[Pause]:
    """A pause for each plan that is kept on a day and covers something open: it protects the member as a whole."""
    pauses = []
    known = account.known_on(on=on)
    for plan, broken in known.plan_ends():
        runs = plan.starts_on <= on and (broken is None or on < broken)
        if runs and any(c.number in plan.charges and c.is_open(on=on) for c in known.charges):
            last_day = None if broken is None else broken - followup.DAY
            pauses.append(Pause(kind=PauseKind.PLAN, first_day=plan.starts_on, last_day=last_day))
    return pauses


def money_known_on(*, center: Center) -> date | None:
    """The last day the center's money is known for: a payment was entered by a person, or it was read through that day.

    A payment that came from a bank's statement says nothing by the day it was posted: the statement's own day counts.
    """
    by_hand = Payment.objects.filter(center=center, bank_match__isnull=True).exclude(method=PaymentMethod.BROUGHT)
    entered = by_hand.aggregate(last=Max("entered_at"))["last"]
    read = MoneyKnown.objects.filter(center=center).aggregate(last=Max("through"))["last"]
    days = [day_in(zone=center.zone, at=entered)] if entered else []
    return max([*days, *([read] if read else [])], default=None)


def is_quiet(*, center: Center, on: date) -> bool:
    """Whether a day is a holiday of a center."""
    return QuietDay.objects.filter(center=center, on=on).exists()


def day_zero(*, charge: Charge, policies: Sequence[rules.PaymentPolicy], on: date) -> date:
    """The day a charge counts from."""
    return counts_from(due=charge.due_on, policies=policies, on=on)


def today_of(*, center: Center, at: datetime) -> date:
    """The day it is where a center is."""
    return day_in(zone=center.zone, at=at)
