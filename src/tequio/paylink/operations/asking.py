"""A member says from its link that it cannot pay now: what policy allows is agreed at once, the rest gets an answer."""

from datetime import datetime

from django.db import transaction

from tequio.dues.models import Invoice
from tequio.followup.models import FollowUpPolicy, Task, TaskKind
from tequio.followup.operations.hardship import Ask, Hardship, agree_hardship
from tequio.followup.operations.tasks import open_tasks
from tequio.followup.policies_in_force import ladder_on, ladders
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.members.locking import lock_member
from tequio.rules.reasons import Text

_LONGEST = 2_000  # characters of what a member says before somebody answers
_PASSED_ON = Text(
    en="Thank you for saying so. Your treasurer will look at it and answer you; nothing is decided without you.",
    es="Gracias por decirlo. Tesorería lo revisará y le responderá; no se decide nada sin usted.",
)


@transaction.atomic
def ask(*, invoice: Invoice, asked: Hardship, note: str, actor: str, at: datetime) -> list[Text]:
    """Ask for time, for instalments, or say that a member cannot pay; what it is told.

    Within what the follow-up policy lets a caller agree to, it is agreed at once; else it is a treasurer's task.
    """
    held = lock_member(code=invoice.member.code)
    on = day_in(zone=held.center.zone, at=at)
    in_force = ladder_on(policies=ladders().get(held.center.pk, []), on=on)
    policy: FollowUpPolicy | None = in_force.row if in_force else None
    note = note.strip()[:300]
    if policy is not None and asked.ask is not Ask.OTHER:
        try:
            with transaction.atomic():
                return agree_hardship(
                    held=held, policy=policy, asked=asked, note=note or "pay link", on=on, actor=actor, at=at
                )
        except Refusal:
            pass  # a plan there is already, a day that is past: a person looks at it
    wish = {Ask.TIME: f"until {asked.until}", Ask.PLAN: f"{asked.parts} parts"}.get(asked.ask, "")
    said = " ".join(piece for piece in (asked.ask.value, wish, note) if piece)
    tasks = [(TaskKind.HARDSHIP, held.head.pk)]
    if not open_tasks(center=held.center, tasks=tasks, on=on, actor=actor, at=at, note=said):
        _add(said, member_pk=held.head.pk)
    return [_PASSED_ON]


def _add(said: str, *, member_pk: int) -> None:
    """What a member says while an earlier question waits is added to that, so that whoever answers reads it."""
    task = Task.objects.select_for_update().get(kind=TaskKind.HARDSHIP, member_id=member_pk, closed_on__isnull=True)
    if said in task.note:
        return
    if len(task.note) + len(said) > _LONGEST:
        raise Refusal(
            en="You have written to us already; wait for the answer.", es="Ya nos escribió; espere la respuesta."
        )
    Task.objects.filter(pk=task.pk).update(note=f"{task.note} · {said}" if task.note else said)
