"""What each letter is about, as plain facts: read once for many members, and all that its text may say."""

from dataclasses import dataclass
from datetime import date

from tequio.rules.reasons import Text
from tequio.rules.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who reads the letter, for which member. `name` is empty where the roll names nobody."""

    name: str
    member: str
    code: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a center takes money: whom to pay, and if it has said so, how, its address, and where to write to."""

    payee: Text
    told: tuple[Text, ...] = ()
    address: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A charge with something left to pay, in minor units, and the references to pay it with."""

    number: str
    due_on: date
    rest: int
    reference: str
    short_reference: str | None = None
    opening: bool = False
    link: str = ""  # where it is seen, paid and answered without an account


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows on a day if nothing is paid or agreed until then, by the payment policy.

    `needs_attempt`: only after a person has tried to reach the member. `all_works`: nothing is switched off.
    `mail_kept`: incoming mail is held and never lost. `return_days`: how long an answer alone brings it back.
    """

    on: date
    standing: Standing
    needs_attempt: bool = False
    all_works: bool = False
    mail_kept: bool = False
    return_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What every letter ends with: all that is owed on its day, oldest first, what follows, and how to pay.

    `on` is the day the letter speaks of "today". `held_until` is the last day of a hold in force. `plan_next` is the
    next instalment (day, minor units) where a plan in good order covers what is owed. `paused`: services are off now.
    """

    on: date
    center: Text
    currency: str
    owed: tuple[Owed, ...]
    credit: int
    steps: tuple[Step, ...]
    ways: Ways
    held_until: date | None = None
    plan_next: tuple[date, int] | None = None
    paused: bool = False

    @property
    def total(self) -> int:
        """All that is owed, in minor units."""
        return sum(charge.rest for charge in self.owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an invoice, in minor units. `optional`: the member may do without it."""

    name: Text
    amount: int
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFacts:
    """A new invoice. `lowered` is what was paid or let go of it already, `policy` the rule it was made under."""

    to: Addressee
    account: Account
    number: str
    due_on: date
    period_start: date
    period_end: date
    lines: tuple[Line, ...]
    total: int
    rest: int
    opening: bool
    policy: Text | None
    decided_by: Text | None
    decided_on: date | None
    own_rate: tuple[str, int] | None

    @property
    def lowered(self) -> int:
        """What of the invoice was settled when the letter was written, in minor units."""
        return self.total - self.rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a payment put on one charge, and what is left of that charge, in minor units."""

    number: str
    amount: int
    rest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """A payment that came. `unused` is credit: what it did not settle."""

    to: Addressee
    account: Account
    number: str
    on: date
    amount: int
    method: str
    settled: tuple[Settled, ...]
    unused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOffFacts:
    """Part of an invoice, or its rest, that is not asked for any more."""

    to: Addressee
    account: Account
    number: str
    on: date
    amount: int
    rest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFacts:
    """A rate of the member's own: reduced, solidarity or comped, in ten-thousandths of the table."""

    to: Addressee
    account: Account
    kind: str
    basis_points: int
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An instalment: its last day, and minor units."""

    due_on: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A payment plan just agreed, and the invoices it covers."""

    to: Addressee
    account: Account
    starts_on: date
    parts: tuple[Part, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """A hold just granted; the last day is included."""

    to: Addressee
    account: Account
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledFacts:
    """An invoice taken back because it was made by mistake."""

    to: Addressee
    account: Account
    number: str
    total: int
    cancelled_on: date
    period_start: date
    period_end: date


AnyFacts = InvoiceFacts | ReceiptFacts | WrittenOffFacts | RateFacts | PlanFacts | HoldFacts | CancelledFacts
