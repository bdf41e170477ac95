"""Which notice was or was not sent to a member, and why: the ladder asked again for one member and any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from tequio.banking.models import Match, MatchState
from tequio.centers.models import Center
from tequio.dues.accounts import accounts_of
from tequio.dues.models import Invoice, Payment, PaymentMethod
from tequio.dues.rules_in_force import payment_policies
from tequio.followup.facts import Debtor, OpenCharge, plan_pauses, step_days
from tequio.followup.models import MoneyKnown, Notice, PaymentClaim, Promise, QuietDay
from tequio.followup.operations.making import outlook
from tequio.followup.policies_in_force import InForce, ladder_on, ladders
from tequio.followup.reach import reach_of, reaches
from tequio.members.models import Member
from tequio.members.queries import families, head_of, member_by_code
from tequio.rules import followup, ladder
from tequio.rules.account import Account
from tequio.rules.followup import Action
from tequio.rules.ladder import CHANNEL_NAMES, Channel, Pause, PauseKind
from tequio.rules.reasons import Text, both, long_date
from tequio.rules.standing import Standing, standing_on

BY_HAND = Text(
    en="No way of it reaches the member; a person has tried instead.",
    es="Ninguna de sus vías llega a la membresía; en su lugar lo intentó una persona.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A notice about a charge: which step, by what, and what became of it by the day asked."""

    step: str
    step_name: Text
    channel: Channel
    made_on: date
    sent_on: date | None
    came_back_on: date | None
    state: str
    dispatch_pk: int
    days: int | None = None

    @property
    def sentence(self) -> Text:
        """What became of it."""
        return both(sentence=lambda x: _became(said=self, language=x))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeStory:
    """One charge: its notices so far and what follows. `rest` in minor units as of the day asked.

    `by_hand` are the names of steps that no way reached and that a person's attempt stands for.
    """

    number: str
    due_on: date
    rest: int
    currency: str
    said: tuple[Said, ...]
    action: Action
    reason: Text
    step: str | None
    step_name: Text | None
    channel: Channel | None
    until: date | None
    by_hand: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything the ladder says of a member on a day."""

    code: str
    name: str
    member_pk: int
    on: date
    standing: Standing
    policy: str | None
    policy_title: Text | None
    decision: str | None
    channels: tuple[Channel, ...]
    charges: tuple[ChargeStory, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON output carries it."""
        return {
            "member": self.code,
            "on": self.on,
            "standing": self.standing.value,
            "policy": self.policy,
            "decision": self.decision,
            "reached_by": [channel.value for channel in self.channels],
            "charges": [_charge_dict(story) for story in self.charges],
        }


def member_story(*, code: str, on: date, today: date) -> Story:
    """What was sent to a member by a day, what was not, and why. Refuses an id nobody has.

    A past day is answered by what was known then, except that the addresses are those of today. A day to come is
    answered as if nothing else happened and the money were entered in time.
    """
    head = head_of(member=member_by_code(code=code))
    center = head.center
    account = accounts_of(heads=[head.pk])[head.pk].known_on(on=on)
    payment = payment_policies().get(center.pk, [])
    policy = ladder_on(policies=ladders().get(center.pk, []), on=on)
    counted = families(heads=[head.pk])
    rows = _charges(account=account, family=list(counted), on=on)
    standing = standing_on(account=account, policies=payment, on=on).standing
    reach = reach_of(found=reaches(counted=counted), head=head.pk)
    debtor = Debtor(
        pk=head.pk,
        code=head.code,
        standing=standing,
        belongs=account.since <= on and not any(first <= on <= (last or date.max) for first, last in account.away),
        reach=reach,
        charges=tuple(charge for charge, _, _ in rows),
        pauses=tuple(_pauses(account=account, center=center, family=list(counted), on=on)),
        attempts=account.attempts,
    )
    known = _money_known(center=center, on=on, today=today)
    return Story(
        code=head.code,
        name=head.name,
        member_pk=head.pk,
        on=on,
        standing=standing,
        policy=policy.ladder.code if policy else None,
        policy_title=policy.ladder.title if policy else None,
        decision=policy.ladder.decision if policy else None,
        channels=tuple(channel for channel in Channel if channel in reach.channels),
        charges=tuple(
            _story(
                charge=charge,
                said=said,
                currency=currency,
                policy=policy,
                answer=outlook(debtor=debtor, charge=charge, policy=policy, payment=payment, known=known, on=on),
                on=on,
            )
            for charge, said, currency in rows
        ),
    )


def _charges(*, account: Account, family: list[int], on: date) -> list[tuple[OpenCharge, tuple[Said, ...], str]]:
    """The charges of an account by a day, oldest first, each with its notices as they were then."""
    invoices = {
        number: (pk, currency)
        for pk, number, currency in Invoice.objects.filter(member_id__in=family).values_list("pk", "number", "currency")
    }
    said: dict[int, list[Said]] = {}
    ended: dict[int, set[str]] = {}
    notices = Notice.objects.select_related("dispatch").filter(
        invoice_id__in=[pk for pk, _ in invoices.values()], dispatch__made_on__lte=on
    )
    names, days = _step_names(), step_days()
    for row in notices.order_by("dispatch__made_on", "pk"):
        sent = row.dispatch
        if sent.state == "dropped":
            continue
        came_back_on = sent.came_back_on if sent.came_back_on and sent.came_back_on <= on else None
        sent_on = sent.sent_on or sent.came_back_on
        said.setdefault(row.invoice_id, []).append(
            Said(
                step=row.step,
                step_name=names.get((sent.policy_id, row.step), Text(en=row.step, es=row.step)),
                channel=Channel(sent.channel),
                made_on=sent.made_on,
                sent_on=sent_on if sent_on and sent_on <= on else None,
                came_back_on=came_back_on,
                state=sent.state,
                dispatch_pk=sent.pk,
                days=days.get((sent.policy_id, row.step)),
            )
        )
        if not row.ended:
            ended.setdefault(row.invoice_id, set()).add(row.step)
    rows = []
    for charge in sorted(account.charges, key=lambda c: (c.due_on, c.number)):
        pk, currency = invoices[charge.number]
        own = tuple(said.get(pk, ()))
        rows.append(
            (
                OpenCharge(
                    invoice_pk=pk,
                    charge=charge,
                    notices=tuple(
                        ladder.Notice(
                            step=s.step,
                            channel=s.channel,
                            sent_on=s.sent_on,
                            came_back_on=s.came_back_on,
                            days=s.days,
                        )
                        for s in own
                    ),
                    taken=frozenset(ended.get(pk, ())),
                ),
                own,
                currency,
            )
        )
    return rows


def _step_names() -> dict[tuple[int, str], Text]:
    from tequio.followup.models import FollowUpStep

    return {
        (step.policy_id, step.key): Text(en=step.title_en, es=step.title_es)
        for step in FollowUpStep.objects.order_by("pk").defer("text_en", "text_es")
    }


def _pauses(*, account: Account, center: Center, family: list[int], on: date) -> list[Pause]:
    """What held the ladder still on a day."""
    pauses = [Pause(kind=PauseKind.HOLD, first_day=first, last_day=last) for first, last in account.holds]
    for made_on, through, ended_on in Promise.objects.filter(member_id__in=family, made_on__lte=on).values_list(
        "made_on", "pauses_through", "ended_on"
    ):
        last = through if ended_on is None else min(through, ended_on - timedelta(days=1))
        pauses.append(Pause(kind=PauseKind.PROMISE, first_day=made_on, last_day=last))
    for said_on, settled_on in PaymentClaim.objects.filter(member_id__in=family, said_on__lte=on).values_list(
        "said_on", "settled_on"
    ):
        last_day = None if settled_on is None or settled_on > on else settled_on - timedelta(days=1)
        pauses.append(Pause(kind=PauseKind.CLAIM, first_day=said_on, last_day=last_day))
    pauses += _maybe_theirs(family=family, center=center, on=on)
    pauses += plan_pauses(account=account, on=on)
    if QuietDay.objects.filter(center=center, on=on).exists():
        pauses.append(Pause(kind=PauseKind.QUIET, first_day=on, last_day=on))
    return pauses


def _maybe_theirs(*, family: list[int], center: Center, on: date) -> list[Pause]:
    """Money that came and was suggested as the member's, from the statement's import until a person had said."""
    zone = ZoneInfo(center.zone)
    rows = Match.objects.filter(member_id__in=family).exclude(evidence="").order_by("pk")
    pauses = []
    for state, imported_at, decided_at in rows.values_list("state", "line__statement__imported_at", "decided_at"):
        first = imported_at.astimezone(zone).date()
        ended = None if state == MatchState.SUGGESTED or decided_at is None else decided_at.astimezone(zone).date()
        if first <= on and (ended is None or on < ended):
            last = None if ended is None else ended - timedelta(days=1)
            pauses.append(Pause(kind=PauseKind.MONEY, first_day=first, last_day=last))
    return pauses


def _money_known(*, center: Center, on: date, today: date) -> date | None:
    """The day the center's money was known for, as it was on a day; to come, it is taken to be entered in time."""
    if on > today:
        return on
    midnight = datetime.combine(on + timedelta(days=1), time(), tzinfo=ZoneInfo(center.zone)).astimezone(UTC)
    by_hand = Payment.objects.filter(center=center, entered_at__lt=midnight, bank_match__isnull=True)
    by_hand = by_hand.exclude(method=PaymentMethod.BROUGHT)
    entered = by_hand.aggregate(last=Max("entered_at"))["last"]
    read = MoneyKnown.objects.filter(Q(entered_at__lt=midnight), center=center).aggregate(last=Max("through"))["last"]
    days = [entered.astimezone(ZoneInfo(center.zone)).date()] if entered else []
    return max([*days, *([read] if read else [])], default=None)


def _story(
    *,
    charge: OpenCharge,
    said: Sequence[Said],
    currency: str,
    policy: InForce | None,
    answer: followup.Outlook,
    on: date,
) -> ChargeStory:
    own = charge.charge
    texts = policy.texts if policy else {}
    title = texts[answer.step].title if answer.step in texts else _earlier(said=said, step=answer.step)
    return ChargeStory(
        number=own.number,
        due_on=own.due_on,
        rest=own.amount - sum(amount for day, amount in own.credits if day <= on),
        currency=currency,
        said=tuple(said),
        action=answer.action,
        reason=answer.reason,
        step=answer.step,
        step_name=title,
        channel=answer.channel,
        until=answer.until,
        by_hand=tuple(texts[key].title for key in answer.by_hand),
    )


def _earlier(*, said: Sequence[Said], step: str | None) -> Text | None:
    """The name of a step that an earlier ladder took."""
    return next((one.step_name for one in said if one.step == step), None)


def _became(*, said: Said, language: str) -> str:
    name = CHANNEL_NAMES[said.channel].to(language)
    spanish = language == "es"
    if said.sent_on is None:
        if spanish:
            return f"Por {name}: apuntado el {long_date(day=said.made_on, language='es')}, todavía no sale."
        return f"By {name}: put down on {long_date(day=said.made_on, language='en')}, not out yet."
    day = long_date(day=said.sent_on, language=language)
    out = f"Por {name}, el {day}." if spanish else f"By {name}, on {day}."
    if said.came_back_on is None:
        return out
    back = long_date(day=said.came_back_on, language=language)
    return f"{out} Regresó el {back}." if spanish else f"{out} It came back on {back}."


def _charge_dict(story: ChargeStory) -> dict[str, Any]:
    return {
        "number": story.number,
        "due_on": story.due_on,
        "rest": story.rest,
        "currency": story.currency,
        "notices": [
            {
                "step": s.step,
                "channel": s.channel.value,
                "made_on": s.made_on,
                "sent_on": s.sent_on,
                "came_back_on": s.came_back_on,
                "what": s.sentence.as_dict(),
            }
            for s in story.said
        ],
        "by_hand": [name.as_dict() for name in story.by_hand],
        "next": {
            "action": story.action.value,
            "step": story.step,
            "channel": story.channel.value if story.channel else None,
            "until": story.until,
            "why": story.reason.as_dict(),
        },
    }


def head_of_code(*, code: str) -> Member:
    """The member an id counts as. Refuses an id nobody has."""
    return head_of(member=member_by_code(code=code))
