"""Reading the journal, and checking its chain."""

from collections.abc import Iterator

from django.db.models import QuerySet

from tequio.kernel.journal.models import Event, Tip
from tequio.kernel.journal.operations import digest


def events_about(*, subject: str) -> QuerySet[Event]:
    """What happened to one subject, oldest first."""
    return Event.objects.filter(subject=subject).order_by("id")


def broken_links() -> Iterator[str]:
    """A sentence for every place where the chain does not hold: a row altered, missing or added."""
    previous, number = "", 0
    for event in Event.objects.order_by("id").iterator(chunk_size=5000):
        number += 1
        if event.id != number:
            yield f"journal: event {number} is missing"
            number = event.id
        expected = digest(
            number=event.id,
            kind=event.kind,
            subject=event.subject,
            actor=event.actor,
            at=event.at,
            payload=event.payload,
            previous=event.previous,
        )
        if event.previous != previous:
            yield f"journal: event {event.id} does not follow the one before it"
        if event.hash != expected:
            yield f"journal: event {event.id} was altered"
        previous = event.hash
    tip = Tip.objects.filter(pk=1).first()
    if (tip.last_id if tip else 0, tip.last_hash if tip else "") != (number, previous):
        yield "journal: the tip of the chain is not its last event"
