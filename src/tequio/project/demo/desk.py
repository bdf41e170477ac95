"""The office of the demo: once a week somebody says that the money is entered, looks at what is held, posts letters."""

from datetime import datetime

from tequio.centers.queries import all_centers
from tequio.followup.models import LetterBatch, Release
from tequio.followup.operations.knowing import money_read
from tequio.followup.operations.posting import post_letters, print_letters
from tequio.followup.operations.releasing import release
from tequio.kernel.errors import Refusal
from tequio.project.demo.scenes import OFFICE


def work_the_desk(*, at: datetime) -> None:
    """Do a week's desk work in every center."""
    for center in all_centers():
        office = OFFICE[center.code]
        money_read(center=center, through=at.date(), actor=office, at=at)
        for row in Release.objects.filter(center=center, ended_at__isnull=True):
            for person in [office, *sorted(set(OFFICE.values()) - {office})]:
                if release(pk=row.pk, seen=row.dispatches.count(), actor=person, at=at):
                    break
        for batch in LetterBatch.objects.filter(center=center, posted_on__isnull=True):
            post_letters(batch_pk=batch.pk, on=at.date(), leave_out=[], actor=office, at=at)
        try:
            batch = print_letters(center=center, actor=office, at=at)
        except Refusal:
            continue  # none waits this week
        post_letters(batch_pk=batch.pk, on=at.date(), leave_out=[], actor=office, at=at)
