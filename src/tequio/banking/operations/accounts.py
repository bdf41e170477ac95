"""Opening the accounts money comes in on, and what their banks call them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel.numbers import is_currency
from django.db import transaction

from tequio.banking.account_numbers import bare, ending_of, names_an_account
from tequio.banking.models import AccountNumber, BankAccount
from tequio.banking.queries.accounts import account_by_code
from tequio.banking.statements.columns import Mapping_, mapping_from_json
from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.kernel.encryption import fingerprint
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_CODE, LONGEST_NAME, LONGEST_NUMBER = 40, 120, 40


@transaction.atomic
def open_account(
    *, code: str, center_code: str, name: str, actor: str, at: datetime, currency: str = "", numbers: Iterable[str] = ()
) -> BankAccount:
    """Open an account of a center, or return the one of that code, with the numbers given added.

    Refuses a code that belongs to another center's account, a currency other than the center's, in which its books
    are kept, and a number another account has.
    """
    center = Center.objects.select_for_update().get(pk=center_by_code(code=center_code).pk)
    currency = (currency or center.currency).upper()
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise Refusal(
            en=f"“{code}” cannot be an account's code: use small letters, digits and hyphens, like us-bank.",
            es=f"«{code}» no puede ser la clave de una cuenta: use minúsculas, números y guiones, como mx-banco.",
        )
    if not is_currency(currency) or currency != center.currency:
        raise Refusal(
            en=f"{center.code} keeps its books in {center.currency}; an account in {currency} has no place in them.",
            es=f"{center.code} lleva sus libros en {center.currency}; una cuenta en {currency} no cabe en ellos.",
        )
    account = BankAccount.objects.filter(code=code).first()
    if account is not None and account.center_id != center.pk:
        raise Refusal(en=f"The account {code} belongs to another center.", es=f"La cuenta {code} es de otro centro.")
    made = account is None
    if account is None:
        account = BankAccount.objects.create(
            code=code, center=center, name=(name.strip() or code)[:LONGEST_NAME], currency=currency, opened_at=at
        )
    added = [number for number in numbers if _add_number(account=account, number=number)]
    if made or added:
        journal.append(
            kind=Kind.BANK_ACCOUNT_OPENED if made else Kind.BANK_ACCOUNT_CHANGED,
            subject=f"account:{code}",
            actor=actor,
            at=at,
            payload={"center": center.code, "currency": currency, "numbers": len(added)},
        )
    return account


@transaction.atomic
def add_number(*, code: str, number: str, actor: str, at: datetime) -> bool:
    """Say how the bank names an account: its number, IBAN or CLABE. False where that was said already."""
    account = BankAccount.objects.select_for_update().get(pk=account_by_code(code=code).pk)
    added = _add_number(account=account, number=number)
    if added:
        _changed(account=account, actor=actor, at=at, payload={"numbers": 1})
    return added


@transaction.atomic
def remove_number(*, code: str, pk: int, actor: str, at: datetime) -> bool:
    """Take away a way the bank names an account, entered by mistake. False where it has no such."""
    account = BankAccount.objects.select_for_update().get(pk=account_by_code(code=code).pk)
    removed, _ = AccountNumber.objects.filter(pk=pk, account=account).delete()
    if removed:
        _changed(account=account, actor=actor, at=at, payload={"numbers": -1})
    return bool(removed)


@transaction.atomic
def close_account(*, code: str, on: date, actor: str, at: datetime) -> None:
    """Take no more statements for an account; what came in on it stays."""
    account = BankAccount.objects.select_for_update().get(pk=account_by_code(code=code).pk)
    BankAccount.objects.filter(pk=account.pk).update(closed_on=on)
    _changed(account=account, actor=actor, at=at, payload={"closed_on": on.isoformat()})


def save_mapping(*, account: BankAccount, mapping: Mapping_, actor: str, at: datetime) -> bool:
    """Remember how the bank's tables are read, as a person corrected it, in the caller's transaction."""
    said: dict[str, Any] = mapping.as_json()
    if mapping_from_json(account.mapping) == mapping_from_json(said):
        return False
    BankAccount.objects.filter(pk=account.pk).update(mapping=said)
    account.mapping = said
    _changed(account=account, actor=actor, at=at, payload={"mapping": True})
    return True


def _add_number(*, account: BankAccount, number: str) -> bool:
    if not names_an_account(number) or len(number) > LONGEST_NUMBER:
        raise Refusal(
            en=f"“{number[:LONGEST_NUMBER]}” is no account number: give at least its last four digits.",
            es=f"«{number[:LONGEST_NUMBER]}» no es un número de cuenta: indique al menos sus últimos cuatro dígitos.",
        )
    print_ = fingerprint("bank account", bare(number).lstrip("0"))
    there = AccountNumber.objects.select_related("account").filter(print=print_).first()
    if there is not None:
        if there.account_id == account.pk:
            return False
        raise Refusal(
            en=f"That number belongs to the account {there.account.code}.",
            es=f"Ese número es de la cuenta {there.account.code}.",
        )
    AccountNumber.objects.create(account=account, number=number.strip(), print=print_, ending=ending_of(number))
    return True


def _changed(*, account: BankAccount, actor: str, at: datetime, payload: dict[str, Any]) -> None:
    journal.append(
        kind=Kind.BANK_ACCOUNT_CHANGED, subject=f"account:{account.code}", actor=actor, at=at, payload=payload
    )
