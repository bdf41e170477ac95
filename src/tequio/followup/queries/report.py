"""What the follow-up of a month brought in a center, and what it cost. Amounts in the center's own currency."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from tequio.centers.models import Center
from tequio.dues.models import Allocation, Hold, Invoice, MemberRate, Plan
from tequio.followup.models import Call, CallHours, Dispatch, LetterBatch, Promise, Task
from tequio.followup.policies_in_force import ladder_on, ladders
from tequio.followup.queries.owed import Owed, owed_on
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event
from tequio.members.models import Member
from tequio.rules.effect_of_follow_up import Contact, Followed, Received, compared, followed_by
from tequio.rules.followup import is_held_back
from tequio.rules.ladder import CHANNEL_NAMES, Channel
from tequio.rules.periods import add_months
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

WINDOW = 30  # days after a contact in which money counts as having followed it
_NOT_FOUND = frozenset({"paid", "tried"})  # what the night writes when it closes a task nobody has done
_ADDRESS_TASKS = ("no_address", "bounced", "returned", "wrong_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table of effects."""

    name: Text
    came_back: int
    followed: Followed


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A month of one center."""

    center: str
    currency: str
    month: date
    last_day: date
    window: int
    owed_by_age: list[Owed]
    owed_by_standing: list[Owed]
    steps: list[Line]
    channels: list[Line]
    callers: list[tuple[str, int, Followed]]  # actor, reached, what followed
    followed: int
    members_paid: int
    kept: int
    hours_paid: int
    hours_given: int
    cost_of_hours: int
    postage: int
    promises: dict[str, int]
    hardship: dict[str, int]
    addresses_found: int
    comparison: Text | None

    @property
    def cost(self) -> int:
        """Paid hours and postage, in minor units."""
        return self.cost_of_hours + self.postage

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON output carries it; amounts in minor units."""

        def line(row: Line) -> dict[str, Any]:
            return {
                "name": row.name.as_dict(),
                "sent": row.followed.contacts,
                "came_back": row.came_back,
                "members": row.followed.members,
                "paid": row.followed.paid,
                "amount": row.followed.amount,
                "median_days": row.followed.median_days,
            }

        return {
            "center": self.center,
            "currency": self.currency,
            "month": self.month,
            "through": self.last_day,
            "window_days": self.window,
            "owed_by_age": [{"age": n.as_dict(), "members": m, "amount": a} for n, m, a in self.owed_by_age],
            "owed_by_standing": [
                {"standing": n.as_dict(), "members": m, "amount": a} for n, m, a in self.owed_by_standing
            ],
            "steps": [line(row) for row in self.steps],
            "channels": [line(row) for row in self.channels],
            "callers": [
                {
                    "caller": actor,
                    "calls": f.contacts,
                    "reached": reached,
                    "paid": f.paid,
                    "amount": f.amount,
                    "median_days": f.median_days,
                }
                for actor, reached, f in self.callers
            ],
            "followed": self.followed,
            "members_paid": self.members_paid,
            "members_kept": self.kept,
            "minutes_paid": self.hours_paid,
            "minutes_given": self.hours_given,
            "cost": self.cost,
            "postage": self.postage,
            "promises": self.promises,
            "hardship": self.hardship,
            "addresses_found": self.addresses_found,
            "comparison": self.comparison.as_dict() if self.comparison else None,
        }


def follow_up_report(*, center: Center, month: date, today: date, window: int = WINDOW) -> Report:
    """What was said in a month, and what followed within `window` days of it, as far as those days have come.

    Some twenty-five queries, however many members. Refuses a month that has not come.
    """
    if month > today:
        raise Refusal(en="That month has not come yet.", es="Ese mes todavía no llega.")
    first, last = month, min(add_months(day=month, months=1) - timedelta(days=1), today)
    until = last + timedelta(days=window)
    contacts = _contacts(center=center, first=first, last=last)
    received = _received(center=center, members={c.member for c in contacts}, first=first, until=until)
    back = dict(
        Dispatch.objects.filter(center=center, sent_on__range=(first, last), state="came_back")
        .order_by()
        .values_list("step")
        .annotate(n=Count("pk"))
    )
    back_by_channel = dict(
        Dispatch.objects.filter(center=center, sent_on__range=(first, last), state="came_back")
        .order_by()
        .values_list("channel")
        .annotate(n=Count("pk"))
    )
    by_step = followed_by(contacts=contacts, received=received, within_days=window, sort=lambda c: c.step)
    by_channel = followed_by(contacts=contacts, received=received, within_days=window, sort=lambda c: c.channel)
    calls = [c for c in contacts if c.channel == Channel.CALL.value and c.by]
    by_caller = followed_by(contacts=calls, received=received, within_days=window, sort=lambda c: c.by)
    reached = dict(
        Call.objects.filter(member__center=center, on__range=(first, last))
        .exclude(outcome__in=["no_answer", "wrong_number"])
        .order_by()
        .values_list("caller")
        .annotate(n=Count("pk"))
    )
    names = _step_names(center=center, on=last)
    ages, standings = owed_on(center=center, on=last)
    hours = CallHours.objects.filter(center=center, on__range=(first, last)).aggregate(
        paid=Sum("minutes", filter=Q(is_paid=True)), given=Sum("minutes", filter=Q(is_paid=False)), cost=Sum("cost")
    )
    postage = LetterBatch.objects.filter(center=center, posted_on__range=(first, last)).aggregate(sum=Sum("postage"))
    return Report(
        center=center.code,
        currency=center.currency,
        month=month,
        last_day=last,
        window=window,
        owed_by_age=ages,
        owed_by_standing=standings,
        steps=[
            Line(name=names.get(key, Text(en=key, es=key)), came_back=back.get(key, 0), followed=by_step[key])
            for key in sorted(by_step, key=lambda k: list(names).index(k) if k in names else len(names))
        ],
        channels=[
            Line(
                name=CHANNEL_NAMES[channel],
                came_back=back_by_channel.get(channel.value, 0),
                followed=by_channel[channel.value],
            )
            for channel in Channel
            if channel.value in by_channel
        ],
        callers=[(actor, reached.get(actor, 0), by_caller[actor]) for actor in sorted(by_caller)],
        followed=sum(row.amount for row in by_channel.values()),
        members_paid=len({money.member for money in received}),  # of those that were written to or called
        kept=_kept(center=center, members={c.member for c in contacts}, first=first, until=until),
        hours_paid=hours["paid"] or 0,
        hours_given=hours["given"] or 0,
        cost_of_hours=hours["cost"] or 0,
        postage=postage["sum"] or 0,
        promises=_promises(center=center, first=first, last=last),
        hardship=_hardship(center=center, first=first, last=last),
        addresses_found=_addresses_found(center=center, first=first, last=last),
        comparison=_comparison(center=center, first=first, last=last, window=window),
    )


def _addresses_found(*, center: Center, first: date, last: date) -> int:
    """Tasks to find an address or a number that were closed because there is one, not because nobody needs it now."""
    closed = Task.objects.filter(center=center, closed_on__range=(first, last), kind__in=_ADDRESS_TASKS)
    # What came of it is encrypted, and a month has few of them. What a person closed is counted: it says it is done.
    return sum(task.closed_note not in _NOT_FOUND for task in closed.only("closed_note"))


def _contacts(*, center: Center, first: date, last: date) -> list[Contact]:
    """What went out and was not returned, and the calls; a merged member's count for what it counts as."""
    sent = (
        Dispatch.objects.filter(center=center, state="sent", sent_on__range=(first, last))
        .exclude(channel=Channel.CALL.value)
        .annotate(head=Coalesce("member__merged_into_id", "member_id"))
    )
    found = [
        Contact(member=head, step=step, channel=channel, by="", on=on)
        for head, step, channel, on in sent.order_by("pk").values_list("head", "step", "channel", "sent_on")
        if on is not None
    ]
    calls = Call.objects.filter(member__center=center, on__range=(first, last)).annotate(
        head=Coalesce("member__merged_into_id", "member_id")
    )
    found += [
        Contact(member=head, step=step or "call", channel=Channel.CALL.value, by=caller, on=on)
        for head, step, caller, on in calls.order_by("pk").values_list("head", "item__dispatch__step", "caller", "on")
    ]
    return found


def _received(*, center: Center, members: set[int], first: date, until: date) -> list[Received]:
    """What settled late charges in the days counted: payments less what was given back, one amount a day."""
    rows = (
        Allocation.objects.filter(
            invoice__center=center,
            on__range=(first, until),
            payment__voided_on__isnull=True,
            on__gt=F("invoice__due_on"),
        )
        .annotate(head=Coalesce("invoice__member__merged_into_id", "invoice__member_id"))
        .order_by()
        .values_list("head", "on")
        .annotate(sum=Sum("amount"))
    )
    return [
        Received(member=head, on=on, amount=amount)
        for head, on, amount in sorted(rows)
        if amount > 0 and head in members
    ]


def _kept(*, center: Center, members: set[int], first: date, until: date) -> int:
    """Members that were written to or called and went back to good standing within the days counted."""
    zone = ZoneInfo(center.zone)
    begin = datetime.combine(first, datetime.min.time(), tzinfo=zone)
    end = datetime.combine(until + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    codes = {f"member:{code}" for code in Member.objects.filter(pk__in=list(members)).values_list("code", flat=True)}
    rows = Event.objects.filter(kind=Kind.STANDING_CHANGED.value, at__gte=begin, at__lt=end)
    return len(
        {
            subject
            for subject, payload in rows.values_list("subject", "payload")
            if subject in codes and payload.get("to") == Standing.GOOD.value
        }
    )


def _promises(*, center: Center, first: date, last: date) -> dict[str, int]:
    rows = Promise.objects.filter(member__center=center, made_on__range=(first, last))
    found = dict(rows.order_by().values_list("ended_because").annotate(n=Count("pk")))
    return {
        "made": sum(found.values()),
        "kept": found.get("kept", 0),
        "broken": found.get("broken", 0),
        "replaced": found.get("replaced", 0),
        "open": found.get("", 0),
    }


def _hardship(*, center: Center, first: date, last: date) -> dict[str, int]:
    """What was agreed with members that could not pay, beginning in the month."""
    days = (first, last)
    return {
        "holds": Hold.objects.filter(member__center=center, first_day__range=days).count(),
        "plans": Plan.objects.filter(member__center=center, starts_on__range=days).count(),
        "reduced": MemberRate.objects.filter(member__center=center, valid_from__range=days, kind="reduced").count(),
    }


def _step_names(*, center: Center, on: date) -> dict[str, Text]:
    policy = ladder_on(policies=ladders().get(center.pk, []), on=on)
    return {key: text.title for key, text in policy.texts.items()} if policy else {}


def _comparison(*, center: Center, first: date, last: date, window: int) -> Text | None:
    """Who was called in the month beside who is called later, from the day each came to its call; None without a group.

    Paid: whether what was open that day was settled within the window of it.
    """
    policy = ladder_on(policies=ladders().get(center.pk, []), on=last)
    if policy is None or not policy.row.held_back_share:
        return None
    step = next((s for s in policy.ladder.steps if s.channels[:1] == (Channel.CALL,)), None)
    if step is None:
        return None
    span = timedelta(days=step.days)
    came = Invoice.objects.filter(center=center, due_on__range=(first - span, last - span), cancelled_on__isnull=True)
    came = came.filter(Q(settled_on__isnull=True) | Q(settled_on__gt=F("due_on") + span))
    counts = {True: [0, 0], False: [0, 0]}
    for code, due_on, settled_on in came.order_by("pk").values_list("member__code", "due_on", "settled_on"):
        held = is_held_back(policy_code=policy.ladder.code, member_code=code, share=policy.row.held_back_share)
        counts[held][1] += 1
        counts[held][0] += settled_on is not None and (settled_on - due_on - span).days <= window
    return compared(
        called_paid=counts[False][0],
        called=counts[False][1],
        held_paid=counts[True][0],
        held=counts[True][1],
        within_days=window,
    )
