"""The lines of a ladder before it is in force, and what no ladder may say."""

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.kernel.errors import Refusal
from tequio.rules.ladder import Channel
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

LONGEST_KEY = 40
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


def refuse_ladder(*, code: str, steps: Sequence[StepLine], terms: Terms) -> None:
    """Refuse steps without a channel or out of order, a ladder that begins with a call, figures that cannot be kept."""
    _refuse_steps(code=code, steps=steps)
    _refuse_terms(code=code, terms=terms)


def _refuse_steps(*, code: str, steps: Sequence[StepLine]) -> None:
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
        if not step.key or len(step.key) > LONGEST_KEY:
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
