"""Waves as people look at them: each mailbox with its next step, what is late, and what nobody can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tequio.members.models import Contact
from tequio.rules.moving import Deadlines, Step, is_late, next_step
from tequio.services.models import MovingMailbox, Wave
from tequio.services.operations.moving import deadlines_of, progress_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A mailbox of a wave with its next step. `unreachable`: its member has nobody with an address."""

    row: MovingMailbox
    step: Step
    late: bool
    unreachable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveShown:
    """A wave with its mailboxes, those that are late first, and how many are at each step."""

    wave: Wave
    deadlines: Deadlines
    boxes: Sequence[Box]
    counts: Sequence[tuple[Step, int]]
    late: int


def wave_shown(*, wave: Wave, on: date) -> WaveShown:
    """A wave on a day. Two queries."""
    deadlines = deadlines_of(wave=wave)
    rows = list(
        MovingMailbox.objects.filter(wave=wave).select_related("member__merged_into", "account").order_by("old_address")
    )
    members = {row.member_id for row in rows}
    written = set(Contact.objects.filter(member__in=members).exclude(email="").values_list("member_id", flat=True))
    boxes = [
        Box(
            row=row,
            step=next_step(progress=progress_of(box=row)),
            late=row.undone_on is None and is_late(progress=progress_of(box=row), deadlines=deadlines, on=on),
            unreachable=row.member_id not in written,
        )
        for row in rows
    ]
    boxes.sort(key=lambda box: (box.row.undone_on is not None, not box.late))
    running = [box for box in boxes if box.row.undone_on is None]
    return WaveShown(
        wave=wave,
        deadlines=deadlines,
        boxes=boxes,
        counts=[(step, sum(box.step is step for box in running)) for step in Step],
        late=sum(box.late for box in running),
    )
