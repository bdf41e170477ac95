"""A person asks that a member be called: it goes on the call list besides what the ladder puts there."""

from datetime import datetime

from django.db import transaction

from tequio.followup.models import CallItem, CallWhy
from tequio.followup.operations.calling import phone_contact
from tequio.followup.queries.call_list import owed_now
from tequio.followup.reach import phones_as_text
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import lock_member


@transaction.atomic
def ask_to_call(*, code: str, actor: str, at: datetime) -> bool:
    """Put a member on the call list; False where it is on it.

    Refuses one that owes nothing, because such a call is not the caller's to make, one that asked not to be called,
    and one without a number.
    """
    held = lock_member(code=code)
    if owed_now(family=held.family) == 0:
        raise Refusal(
            en="This member owes nothing, so there is nothing for a caller to ask.",
            es="Esta membresía no debe nada; no hay por qué llamarle.",
        )
    if phone_contact(head=held.head, family=held.family) is None and phones_as_text(family=held.family):
        raise Refusal(
            en="Its phone is kept as text that nobody can dial. Write it as a number in the roll first.",
            es="Su teléfono está guardado como texto y no se puede marcar. Escríbalo primero como número en el padrón.",
        )
    if phone_contact(head=held.head, family=held.family) is None:
        raise Refusal(
            en="There is no number to call, or the member asked not to be called.",
            es="No hay un número al cual llamar, o la membresía pidió que no se le llame.",
        )
    if CallItem.objects.filter(member=held.head, closed_at__isnull=True).exists():
        return False
    CallItem.objects.create(member=held.head, center=held.center, why=CallWhy.BY_HAND, ready_at=at, opened_at=at)
    journal.append(kind=Kind.CALL_ASKED, subject=f"member:{held.head.code}", actor=actor, at=at, payload={})
    return True
