"""The coming and past sittings of a body."""

from datetime import datetime

from tequio.decisions.models import Body, Sitting


def next_sitting(*, body: Body, after: datetime) -> Sitting | None:
    """The first sitting of a body that begins after a moment; None where none is planned."""
    rows = Sitting.objects.filter(body=body, starts_at__gt=after, cancelled_at__isnull=True)
    return rows.order_by("starts_at", "pk").first()


def sitting_of(*, body: Body, pk: int) -> Sitting | None:
    """The sitting of a number, if it is this body's and was not cancelled."""
    return Sitting.objects.filter(body=body, pk=pk, cancelled_at__isnull=True).first()
