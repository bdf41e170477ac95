"""All that a caller sees of a member: whom to ask for, what is owed in one sentence, what was said before, a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tequio.dues.letters.about import Account
from tequio.dues.letters.facts import readers
from tequio.dues.queries import standing_of
from tequio.followup.letters.notice import paragraphs
from tequio.followup.models import Call, CallItem, CallOutcome, CallWhy, FollowUpPolicy
from tequio.followup.operations.calling import phone_contact
from tequio.followup.phones import Dialled, dialled
from tequio.followup.policies_in_force import step_texts
from tequio.followup.queries.call_list import policy_of
from tequio.followup.reach import phones_as_text
from tequio.followup.zones import zone_of
from tequio.kernel.clock import day_in
from tequio.members.models import ContactAttempt
from tequio.members.queries import family_of, head_of
from tequio.rules.money import printed
from tequio.rules.polite_hours import is_polite
from tequio.rules.reasons import Text, both, long_date
from tequio.rules.standing import STANDING_NAMES, Standing

_LAST = 3

OUTCOME_NAMES = {
    CallOutcome.REACHED: Text(en="we spoke", es="hablamos"),
    CallOutcome.PROMISED: Text(en="promised to pay on a day", es="prometió pagar en una fecha"),
    CallOutcome.CLAIMED: Text(en="says it has paid", es="dice que ya pagó"),
    CallOutcome.HARDSHIP: Text(en="cannot pay now", es="por ahora no puede pagar"),
    CallOutcome.NO_ANSWER: Text(en="nobody answered", es="nadie contestó"),
    CallOutcome.WRONG_NUMBER: Text(en="wrong number", es="número equivocado"),
    CallOutcome.CALL_BACK: Text(en="call again at", es="volver a llamar"),
    CallOutcome.DO_NOT_CALL: Text(en="do not call any more", es="ya no llamar"),
}
WHY_NAMES = {
    CallWhy.PROMISE: Text(en="it promised to pay by now", es="prometió pagar para estas fechas"),
    CallWhy.CALL_BACK: Text(en="it asked to be called at this hour", es="pidió que se le llamara a esta hora"),
    CallWhy.LADDER: Text(en="its dues are late", es="su cuota está atrasada"),
    CallWhy.BY_HAND: Text(en="somebody asked to call it", es="alguien pidió que se le llame"),
}
_SCRIPTS = {
    CallWhy.PROMISE: Text(
        en="I am calling about the payment you spoke of. Did it work out? If not, no harm done: we can find another "
        "day, instalments, or what you are able to pay.",
        es="Le llamo por el pago del que platicamos. ¿Se pudo? Si no, no pasa nada: podemos buscar otra fecha, "
        "parcialidades o lo que esté a su alcance.",
    ),
    CallWhy.BY_HAND: Text(
        en="I am calling for the center you are a member of. We wanted to ask how you are, and about the dues that are "
        "still open. Is there something we can do: time, instalments, paying what you can?",
        es="Le llamo de parte del centro del que forma parte. Queríamos saber cómo están y platicar de la cuota que "
        "sigue pendiente. ¿Hay algo que podamos hacer: tiempo, parcialidades, pagar lo que se pueda?",
    ),
    CallWhy.CALL_BACK: Text(
        en="You asked us to call at this hour. Is this a good moment to talk about your dues?",
        es="Nos pidió que le llamáramos a esta hora. ¿Es buen momento para hablar de su cuota?",
    ),
}
HARDSHIP_OFFER = Text(
    en="If it is hard to pay now: time, monthly instalments or a reduced rate are there for everybody, and nobody has "
    "to explain anything.",
    es="Si por ahora es difícil pagar: hay prórroga, parcialidades mensuales o cuota reducida para quien sea, y nadie "
    "tiene que dar explicaciones.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastContact:
    """One earlier contact: the day, by whom, and whether somebody was reached."""

    on: date
    by: str
    reached: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """What the screen and the sheet show. `phone` has an address to dial only where it is a whole number."""

    item_pk: int
    claim: str
    member_name: str
    member_code: str
    ask_for: str
    phone: Dialled
    language: str
    local: datetime
    zone_known: bool
    polite: bool
    owed: Text
    owes: bool
    standing: Standing
    next: Text | None
    why: Text
    script: tuple[str, ...]
    offer: str
    last: tuple[LastContact, ...]
    policy: FollowUpPolicy
    today: date
    zone: str


def call_page(*, item: CallItem, at: datetime) -> CallPage:
    """What a caller sees of a member at a moment. Refuses where the center has no follow-up policy."""
    head = head_of(member=item.member)
    today = day_in(zone=head.center.zone, at=at)
    policy = policy_of(center_pk=head.center_id, on=today)
    family = family_of(head=head)
    contact = phone_contact(head=head, family=family)
    if contact is None:  # what is no number is read by a person, and dialled by nobody
        contact = next(iter(phones_as_text(family=family)), None)
    country, state = (contact.country, contact.state) if contact else ("", "")
    zone, known = zone_of(country=country, state=state, center_zone=head.center.zone)
    local = at.astimezone(zone)
    language = contact.language if contact else head.center.language
    verdict = standing_of(code=head.code, on=today).verdict
    account = readers(heads=[head.pk], at=at)[head.pk].account
    then, then_on = verdict.next_standing, verdict.next_on
    return CallPage(
        item_pk=item.pk,
        claim=item.claim,
        member_name=head.name,
        member_code=head.code,
        ask_for=contact.name if contact else "",
        phone=dialled(kept=contact.phone, usable=bool(contact.phone_usable)) if contact else Dialled(shown=""),
        language=language,
        local=local,
        zone_known=known,
        polite=is_polite(
            local=local,
            from_hour=policy.call_from_hour,
            to_hour=policy.call_to_hour,
            on_sundays=policy.call_on_sundays,
        ),
        owed=_owed(account=account),
        owes=bool(account.owed),
        standing=verdict.standing,
        next=both(sentence=lambda x: _follows(standing=then, on=then_on, language=x)) if then and then_on else None,
        why=WHY_NAMES[CallWhy(item.why)],
        script=tuple(_script(item=item, language=language)),
        offer=HARDSHIP_OFFER.to(language),
        last=tuple(_last(family=family)),
        policy=policy,
        today=today,
        zone=str(zone),
    )


def _owed(*, account: Account) -> Text:
    """What is owed, in one sentence; a member owes in its center's currency only."""
    if not account.owed:
        return Text(en="Nothing is owed any more.", es="Ya no se debe nada.")
    amount, since = printed(minor=account.total, currency=account.currency), account.owed[0].due_on
    if account.plan_next is not None:
        due, part = account.plan_next
        share = printed(minor=part, currency=account.currency)
        return both(
            sentence=lambda x: (
                f"Se deben {amount}; tiene un plan y le toca {share} el {long_date(day=due, language='es')}."
                if x == "es"
                else f"{amount} is owed; there is a plan, with {share} next on {long_date(day=due, language='en')}."
            )
        )
    return both(
        sentence=lambda x: (
            f"Se deben {amount}, lo más antiguo desde el {long_date(day=since, language='es')}."
            if x == "es"
            else f"{amount} is owed, the oldest of it since {long_date(day=since, language='en')}."
        )
    )


def _follows(*, standing: Standing, on: date, language: str) -> str:
    name, day = STANDING_NAMES[standing].to(language), long_date(day=on, language=language)
    return (
        f"Si no pasa nada más: {name} el {day}." if language == "es" else f"If nothing else happens: {name} on {day}."
    )


def _script(*, item: CallItem, language: str) -> list[str]:
    why = CallWhy(item.why)
    if why in _SCRIPTS:
        return [_SCRIPTS[why].to(language)]
    if item.dispatch is None:  # its step was taken back since
        return [_SCRIPTS[CallWhy.BY_HAND].to(language)]
    step = step_texts(policy_pks=[item.dispatch.policy_id])[(item.dispatch.policy_id, item.dispatch.step)]
    return paragraphs(text=step.opening.to(language))


def _last(*, family: Sequence[int]) -> list[LastContact]:
    rows = ContactAttempt.objects.filter(member_id__in=family).order_by("-on", "-pk")[:_LAST]
    return [LastContact(on=row.on, by=row.by, reached=row.outcome == "reached", note=row.note) for row in rows]


def calls_of_day(*, caller: str, on: date) -> list[Call]:
    """The calls a person made on a day, the last first."""
    return list(Call.objects.select_related("member").filter(caller=caller, on=on).order_by("-pk"))
