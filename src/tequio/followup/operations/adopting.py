"""Putting a ladder in force: dated, per center, citing its decision, and never changed afterwards."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.followup.models import FollowUpPolicy, FollowUpStep
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.followup import Channel
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

_LONGEST_KEY = 40
_LAST_HOUR = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step: from `days` after the due date on, by the first of `channels` that reaches the member."""

    key: str
    days: int
    channels: tuple[str, ...]
    title: Text
    text: Text
    standings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of a follow-up policy; what each means stands in models/policies.py. `postage` in minor units."""

    apart_days: int = 7
    mail_days: int = 2
    letter_days: int = 14
    money_known_days: int = 7
    call_tries: int = 3
    call_from_hour: int = 10
    call_to_hour: int = 20
    call_on_sundays: bool = False
    promise_days: int = 30
    promise_grace_days: int = 3
    claim_days: int = 14
    hold_days_in_call: int = 0
    plan_parts_in_call: int = 0
    reduced_to_in_call: int | None = None
    preview_above: int = 10
    two_people_share: int = 500
    held_back_share: int = 0
    held_back_days: int = 0
    postage: int = 0


TERMS = frozenset(Terms.__dataclass_fields__) - {"postage"}


@transaction.atomic
def adopt_follow_up_policy(
    *,
    center: Center,
    code: str,
    title: Text,
    valid_from: date,
    decision: Decision,
    terms: Terms,
    steps: list[StepLine],
    assumed: list[str],
    actor: str,
    at: datetime,
) -> FollowUpPolicy:
    """Put a ladder in force from a day. The same code again returns the policy there is, unchanged.

    Refuses a second one for one day, steps without a channel or out of order, a ladder that begins with a call, and
    figures that cannot be kept.
    """
    there = FollowUpPolicy.objects.filter(code=code).first()
    if there is not None:
        return there
    taken = FollowUpPolicy.objects.filter(center=center, valid_from=valid_from).first()
    if taken is not None:
        raise Refusal(
            en=f"{taken.code} is in force in {center.code} from {valid_from} already.",
            es=f"{taken.code} ya rige en {center.code} desde el {valid_from}.",
        )
    _refuse_steps(code=code, steps=steps)
    _refuse_terms(code=code, terms=terms)
    policy = FollowUpPolicy.objects.create(
        center=center,
        code=code,
        title_en=title.en,
        title_es=title.es,
        valid_from=valid_from,
        decision=decision,
        assumed=assumed,
        **asdict(terms),
    )
    FollowUpStep.objects.bulk_create(
        FollowUpStep(
            policy=policy,
            key=step.key,
            days=step.days,
            channels=list(step.channels),
            standings=list(step.standings),
            title_en=step.title.en,
            title_es=step.title.es,
            text_en=step.text.en,
            text_es=step.text.es,
        )
        for step in steps
    )
    journal.append(
        kind=Kind.FOLLOW_UP_POLICY_ADOPTED,
        subject=f"follow_up_policy:{code}",
        actor=actor,
        at=at,
        payload={"valid_from": valid_from.isoformat(), "decision": decision.code},
    )
    return policy


def _refuse_steps(*, code: str, steps: list[StepLine]) -> None:
    days = [step.days for step in steps]
    keys = [step.key for step in steps]
    known, standings = {c.value for c in Channel}, {s.value for s in Standing}
    for step in steps:
        if not step.channels or len(set(step.channels)) != len(step.channels) or not set(step.channels) <= known:
            raise Refusal(
                en=f"Step “{step.key}” of {code} needs its channels: mail, letter or call, each once.",
                es=f"Al paso «{step.key}» de {code} le faltan sus vías: mail, letter o call, cada una una vez.",
            )
        if not set(step.standings) <= standings:
            raise Refusal(
                en=f"Step “{step.key}” of {code} names a standing nobody knows.",
                es=f"El paso «{step.key}» de {code} nombra una situación desconocida.",
            )
        if not step.key or len(step.key) > _LONGEST_KEY:
            raise Refusal(
                en=f"The key of a step of {code} has 1 to 40 letters.",
                es=f"La clave de un paso de {code} tiene de 1 a 40 letras.",
            )
    if not steps or days != sorted(set(days)) or len(set(keys)) != len(keys):
        raise Refusal(
            en=f"The steps of {code} are not in order: each has a key and days of its own, the earliest first.",
            es=f"Los pasos de {code} no están en orden: cada uno con su clave y sus días, primero el más temprano.",
        )
    if steps[0].channels[0] == Channel.CALL:
        raise Refusal(
            en=f"The ladder of {code} begins with a call: a warning has to be delivered before.",
            es=f"El seguimiento de {code} empieza con una llamada: antes tiene que llegar una advertencia.",
        )


def _refuse_terms(*, code: str, terms: Terms) -> None:
    shares = (terms.two_people_share, terms.held_back_share, terms.reduced_to_in_call or 0)
    if any(share > WHOLE_SHARE for share in shares):
        raise Refusal(
            en=f"A share in {code} is more than the whole (10000).",
            es=f"Una proporción en {code} es más que el total (10000).",
        )
    if not terms.call_from_hour < terms.call_to_hour <= _LAST_HOUR:
        raise Refusal(
            en=f"The hours for calls in {code} are not in order.",
            es=f"Las horas para llamar en {code} no están en orden.",
        )
