"""Cards by Stripe: payment links that carry the reference, and the calls by which it says they were paid.

Only what Stripe calls a completed checkout is taken for money: it alone carries the reference. Refunds and disputes are
lines that went out; a person voids or refunds the payment, as with a bank. Amounts are in the smallest unit already.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlsplit

from tequio.banking.providers.calls import Call
from tequio.banking.statements.shapes import Movement

TOLERANCE: Final = timedelta(minutes=5)
LONGEST_BODY: Final = 200_000  # bytes
_MOST = 10**12  # minor units
# Currencies whose smallest unit is not a hundredth are none of ours.
_PAID = frozenset(["checkout.session.completed", "checkout.session.async_payment_succeeded"])
_WENT = frozenset(["charge.refunded", "charge.dispute.funds_withdrawn"])


def read_call(headers: Mapping[str, str], body: bytes, secret: str, at: datetime) -> Call | None:
    """The call in a request; None where it is not signed with the secret, is older than five minutes, or is no call.

    The signature is HMAC-SHA256 over the moment and the body, and is looked at before the body is.
    """
    if len(body) > LONGEST_BODY or not _signed(headers.get("stripe-signature", ""), body=body, secret=secret, at=at):
        return None
    try:
        said = json.loads(body)
        found = said["data"]["object"]
        call_id, kind = str(said["id"]), str(said["type"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(found, dict) or not call_id:
        return None
    movements: tuple[Movement, ...] = ()
    if kind in _PAID:
        movements = _came(found)
    elif kind in _WENT:
        movements = _went(found, kind=kind)
    return Call(id=call_id[:120], kind=kind[:80], movements=movements)


def pay_url(template: str, reference: str) -> str:
    """The payment link with an invoice's reference in it; empty where no link is set."""
    if not template:
        return ""
    joined = "&" if urlsplit(template).query else "?"
    return f"{template}{joined}client_reference_id={quote(reference.replace(' ', ''))}"


def _signed(header: str, *, body: bytes, secret: str, at: datetime) -> bool:
    parts = [part.partition("=") for part in header[:2_000].split(",")]
    moments = [value for name, _, value in parts if name.strip() == "t"]
    given = [value.strip() for name, _, value in parts if name.strip() == "v1"]
    if len(moments) != 1 or not moments[0].isascii() or not moments[0].isdigit() or len(moments[0]) > 12 or not given:  # noqa: PLR2004 - CONFIG: digits of a moment
        return False
    sent = datetime.fromtimestamp(int(moments[0]), tz=UTC)
    right = hmac.new(secret.encode(), moments[0].encode() + b"." + body, hashlib.sha256).hexdigest()
    same = any(hmac.compare_digest(right.encode(), one.encode()) for one in given)
    return same and abs(at - sent) <= TOLERANCE


def _came(found: dict[str, Any]) -> tuple[Movement, ...]:
    if found.get("payment_status") != "paid":
        return ()  # it is on its way, and another call will say when it is there
    details = found.get("customer_details")
    customer = details if isinstance(details, dict) else {}
    name = str(customer.get("name") or "")
    reference = str(found.get("client_reference_id") or "")
    return _movement(
        found,
        amount=found.get("amount_total"),
        bank_id=str(found.get("payment_intent") or found.get("id") or ""),
        name=name,
        text=f"{reference} {name}".strip(),
        payer=str(customer.get("email") or ""),
    )


def _went(found: dict[str, Any], *, kind: str) -> tuple[Movement, ...]:
    amount = found.get("amount_refunded" if kind == "charge.refunded" else "amount")
    about = str(found.get("payment_intent") or found.get("charge") or found.get("id") or "")
    if not isinstance(amount, int):
        return ()
    return _movement(
        found, amount=-amount, bank_id=f"{kind}:{about}:{amount}", name="", text=f"{kind} {about}", payer=""
    )


def _movement(
    found: dict[str, Any], *, amount: object, bank_id: str, name: str, text: str, payer: str
) -> tuple[Movement, ...]:
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < abs(amount) < _MOST:
        return ()
    if found.get("livemode") is not True:
        return ()  # the provider's own tests are no money
    created = found.get("created")
    if not isinstance(created, int) or not 0 < created < 4_102_444_800:  # noqa: PLR2004 - CONFIG: the year 2100
        return ()
    return (
        Movement(
            row=1,
            on=datetime.fromtimestamp(created, tz=UTC).date(),
            amount=amount,
            currency=str(found.get("currency") or "").upper()[:3],
            bank_id=bank_id[:120],
            name=name[:300],
            text=text[:1_000],
            payer_account=payer[:200],
        ),
    )
