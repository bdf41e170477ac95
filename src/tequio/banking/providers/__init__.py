"""Cards and payment services: each a provider that says, in calls it signs, what was paid. All are off by default.

A provider is one module with two functions: `read_call` checks a call's signature and reads it into movements of money,
`pay_url` makes the address where a member pays. Whose the money is and how it is posted is the same as for a bank's
statement (operations/receiving.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tequio.banking.providers import stripe
from tequio.banking.providers.calls import Call

ReadCall = Callable[[Mapping[str, str], bytes, str, datetime], Call | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider as the program knows it: how its calls are read, and where a member is sent to pay."""

    read_call: ReadCall
    pay_url: Callable[[str, str], str]


PROVIDERS: Final[Mapping[str, Provider]] = {
    "stripe": Provider(read_call=stripe.read_call, pay_url=stripe.pay_url),
}
