"""What is agreed in a call with a member that cannot pay: within the policy's limits at once, beyond them as a task."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tequio.dues.operations import agreeing
from tequio.followup.models import FollowUpPolicy, TaskKind
from tequio.followup.operations.tasks import open_tasks
from tequio.kernel.errors import Refusal
from tequio.members.locking import Locked
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text, long_date


class Ask(StrEnum):
    """What a member that cannot pay asks for."""

    TIME = "time"
    PLAN = "plan"
    REDUCED = "reduced"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardship:
    """What was asked for: time until a day, so many instalments, so much of the table (ten-thousandths)."""

    ask: Ask
    until: date | None = None
    parts: int | None = None
    basis_points: int | None = None


def is_within(*, asked: Hardship, policy: FollowUpPolicy, on: date) -> bool:
    """Whether a caller may agree to it alone. Source: the limits of the follow-up policy."""
    if asked.ask is Ask.TIME:
        return asked.until is not None and on <= asked.until <= on + timedelta(days=policy.hold_days_in_call)
    if asked.ask is Ask.PLAN:
        return asked.parts is not None and agreeing.FEWEST_PARTS <= asked.parts <= policy.plan_parts_in_call
    if asked.ask is Ask.REDUCED:
        lowest = policy.reduced_to_in_call
        return lowest is not None and asked.basis_points is not None and lowest <= asked.basis_points < WHOLE_SHARE
    return False


def agree_hardship(
    *,
    held: Locked,
    policy: FollowUpPolicy,
    asked: Hardship | None,
    note: str,
    on: date,
    actor: str,
    at: datetime,
) -> list[Text]:
    """Carry out what a caller may agree to, or hand it to the treasurer; what the caller tells the member.

    In the caller's transaction. Refuses where it is not said what was asked for.
    """
    if asked is None:
        raise Refusal(
            en="Say what was asked for: time, instalments, a reduced rate, or something else.",
            es="Diga qué se pidió: tiempo, parcialidades, una cuota reducida u otra cosa.",
        )
    if not is_within(asked=asked, policy=policy, on=on):
        open_tasks(
            center=held.center,
            tasks=[(TaskKind.HARDSHIP, held.head.pk)],
            on=on,
            actor=actor,
            at=at,
            note=f"{_said(asked=asked)} {note}".strip(),
        )
        return [_PASSED_ON]
    return [_CARRY_OUT[asked.ask](held, asked, note, on, actor, at)]


_PASSED_ON = Text(
    en="That is for the treasurer to agree: it is passed on, and somebody will call back.",
    es="Eso lo tiene que acordar tesorería: ya quedó turnado y alguien se comunicará.",
)


def _said(*, asked: Hardship) -> str:
    if asked.ask is Ask.TIME:
        return f"time/tiempo: {asked.until}."
    if asked.ask is Ask.PLAN:
        return f"instalments/parcialidades: {asked.parts}."
    if asked.ask is Ask.REDUCED:
        share = asked.basis_points or 0
        return f"reduced/reducida: {share / 100:g} %."
    return ""


def _hold(held: Locked, asked: Hardship, note: str, on: date, actor: str, at: datetime) -> Text:
    until = asked.until or on
    agreeing.grant_hold(code=held.head.code, until=until, reason=note or "hardship", actor=actor, at=at)
    return Text(
        en=f"Agreed: nothing follows through {long_date(day=until, language='en')}.",
        es=f"Acordado: no sigue nada hasta el {long_date(day=until, language='es')}.",
    )


def _plan(held: Locked, asked: Hardship, note: str, on: date, actor: str, at: datetime) -> Text:
    parts = asked.parts or 0
    first_on = on + timedelta(days=30)
    agreeing.agree_plan(code=held.head.code, first_on=first_on, count=parts, note=note, actor=actor, at=at)
    return Text(
        en=f"Agreed: {parts} monthly instalments, the first by {long_date(day=first_on, language='en')}.",
        es=f"Acordado: {parts} parcialidades mensuales, la primera a más tardar el "
        f"{long_date(day=first_on, language='es')}.",
    )


def _reduced(held: Locked, asked: Hardship, note: str, on: date, actor: str, at: datetime) -> Text:
    points = asked.basis_points or WHOLE_SHARE
    agreeing.grant_rate(
        code=held.head.code,
        kind="reduced",
        basis_points=points,
        valid_from=on,
        valid_until=None,
        reason=note or "hardship",
        actor=actor,
        at=at,
    )
    return Text(
        en=f"Agreed: from the next invoice on, {points / 100:g} percent of the table. What is open stays open; a "
        "treasurer can let part of it go.",
        es=f"Acordado: desde el siguiente aviso, {points / 100:g} por ciento de la tabla. Lo pendiente sigue "
        "pendiente; tesorería puede condonar una parte.",
    )


_CARRY_OUT: dict[Ask, Callable[[Locked, Hardship, str, date, str, datetime], Text]] = {
    Ask.TIME: _hold,
    Ask.PLAN: _plan,
    Ask.REDUCED: _reduced,
}
