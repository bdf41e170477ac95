"""Days that pass in tests of the follow-up, and a way out for mail that a test can look into, break and mend."""

from datetime import UTC, datetime, time

from tequio.kernel.mail.faults import Fault, NotSentError, TransportAwayError

ACTOR = "test"


def noon(day):
    """Noon UTC of a day: the same day in New York and Mexico City."""
    return datetime.combine(day, time(12), tzinfo=UTC)


class Post:
    """A transport that keeps what it is given. `away`: the server is down; `refused`: addresses it does not know."""

    def __init__(self):
        self.sent, self.away, self.refused = [], False, set()

    def open(self):
        if self.away:
            raise TransportAwayError(fault=Fault.SERVER_AWAY)

    def send(self, *, message, name):  # noqa: ARG002 - CONFIG: the transport's own words
        if message.to[0] in self.refused:
            raise NotSentError(fault=Fault.ADDRESS, for_good=True)
        self.sent.append(message)

    def close(self):
        pass


def money_is_known(*, day):
    """Somebody entered all the money of every center through a day."""
    from tequio.centers.models import Center
    from tequio.followup.models import MoneyKnown

    for center in Center.objects.order_by("pk"):
        MoneyKnown.objects.create(center=center, through=day, entered_by=ACTOR, entered_at=noon(day))
