"""Who interprets at a meeting: signing up for a direction, withdrawing, and the time really given."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import Direction, Interpreter, Meeting

_LONGEST_NAME = 120
_MOST_MINUTES = 24 * 60


@transaction.atomic
def sign_up(
    *,
    meeting: Meeting,
    direction: str,
    user: User | None = None,
    name: str = "",
    paid: bool = False,
    actor: str,
    at: datetime,
) -> Interpreter:
    """Put somebody down to interpret in a direction: a person with an account, or the name of one without.

    Who is down already stays so. Refuses a direction nobody knows, nobody at all, and a meeting that was cancelled.
    """
    if direction not in Direction.values:
        raise Refusal(en="Say from which language into which.", es="Diga de qué idioma a cuál.")
    name = " ".join(name.split())[:_LONGEST_NAME]
    if (user is None) == (not name):
        raise Refusal(
            en="Say who interprets: somebody with an account, or a name.",
            es="Diga quién interpreta: alguien con cuenta, o un nombre.",
        )
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.cancelled_at is not None:
        raise Refusal(en="That meeting was cancelled.", es="Esa reunión se canceló.")
    there = Interpreter.objects.filter(
        meeting=held, user=user, name=name, direction=direction, withdrawn_at__isnull=True
    ).first()
    if there is not None:
        return there
    row = Interpreter.objects.create(
        meeting=held, user=user, name=name, direction=direction, paid=paid, signed_up_at=at
    )
    payload = {"direction": direction, "paid": paid}
    journal.append(kind=Kind.INTERPRETER_SIGNED_UP, subject=f"meeting:{held.pk}", actor=actor, at=at, payload=payload)
    return row


@transaction.atomic
def withdraw(*, interpreter: Interpreter, actor: str, at: datetime) -> bool:
    """Take somebody off; False where they were before. Refuses one whose time was written down: they did interpret."""
    if interpreter.minutes_given:
        raise Refusal(en="The time they interpreted is written down.", es="Ya está apuntado el tiempo que interpretó.")
    changed = Interpreter.objects.filter(pk=interpreter.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
    if changed:
        payload = {"direction": interpreter.direction}
        journal.append(
            kind=Kind.INTERPRETER_WITHDREW,
            subject=f"meeting:{interpreter.meeting_id}",
            actor=actor,
            at=at,
            payload=payload,
        )
    return bool(changed)


@transaction.atomic
def enter_minutes(*, interpreter: Interpreter, minutes: int, actor: str, at: datetime) -> None:
    """Write down how many minutes somebody interpreted. Refuses a meeting that has not begun, and who withdrew."""
    if not 0 <= minutes <= _MOST_MINUTES:
        raise Refusal(en=f"Minutes are from 0 to {_MOST_MINUTES}.", es=f"Los minutos van de 0 a {_MOST_MINUTES}.")
    row = Interpreter.objects.select_related("meeting").get(pk=interpreter.pk)
    if row.withdrawn_at is not None:
        raise Refusal(en="They withdrew.", es="Esa persona se retiró.")
    if row.meeting.starts_at > at:
        raise Refusal(en="That meeting has not begun.", es="Esa reunión aún no empieza.")
    Interpreter.objects.filter(pk=row.pk).update(minutes_given=minutes)
    payload = {"direction": row.direction, "minutes": minutes, "paid": row.paid}
    journal.append(
        kind=Kind.INTERPRETER_HOURS, subject=f"meeting:{row.meeting_id}", actor=actor, at=at, payload=payload
    )
