"""Switching a payment service on, and taking in what it calls.

A call is believed for its signature alone. The same call again does nothing; calls in any order come to the same, for
each is about one movement of money, known by the provider's own id of it.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from tequio.banking.models import BankAccount, ProviderAccount, ProviderCall
from tequio.banking.operations.importing import take_read
from tequio.banking.operations.posting import post_queued
from tequio.banking.providers import PROVIDERS
from tequio.banking.queries.accounts import account_by_code
from tequio.banking.statements.reading import ReadFile
from tequio.banking.statements.shapes import Section, Statement
from tequio.dues.models import PaymentMethod
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind

SHORTEST_SECRET = 16


@transaction.atomic
def switch_on(
    *, provider: str, account_code: str, secret: str, pay_link: str, actor: str, at: datetime
) -> ProviderAccount:
    """Believe a provider's calls for an account, from now on; its payments come by card. The secret is encrypted.

    Refuses a provider nobody has written, a secret too short to be one, and a link that is not https.
    """
    if provider not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        raise Refusal(
            en=f"There is no provider “{provider}”. There are: {known}.",
            es=f"No existe el proveedor «{provider}». Existen: {known}.",
        )
    if len(secret.strip()) < SHORTEST_SECRET:
        raise Refusal(
            en="That is no signing secret: it is too short.", es="Ese no es un secreto de firma: es demasiado corto."
        )
    if pay_link and urlsplit(pay_link).scheme != "https":
        raise Refusal(
            en="The payment link has to begin with https://.", es="El enlace de pago debe empezar con https://."
        )
    account = BankAccount.objects.select_for_update(of=("self",)).get(pk=account_by_code(code=account_code).pk)
    BankAccount.objects.filter(pk=account.pk).update(method=PaymentMethod.CARD)
    row, _ = ProviderAccount.objects.update_or_create(
        account=account,
        defaults={
            "provider": provider,
            "secret": secret.strip(),
            "pay_link": pay_link[:300],
            "enabled": True,
            "changed_by": actor,
            "changed_at": at,
        },
    )
    _note(account=account, on=True, provider=provider, actor=actor, at=at)
    return row


@transaction.atomic
def switch_off(*, account_code: str, actor: str, at: datetime) -> None:
    """Believe no call for an account any more. Refuses an account that has no provider."""
    account = account_by_code(code=account_code)
    row = ProviderAccount.objects.filter(account=account).first()
    if row is None:
        raise Refusal(en=f"{account_code} has no provider.", es=f"{account_code} no tiene ningún proveedor.")
    ProviderAccount.objects.filter(pk=row.pk).update(enabled=False, secret="", changed_by=actor, changed_at=at)
    _note(account=account, on=False, provider=row.provider, actor=actor, at=at)


def receive(*, provider: str, account_code: str, headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """Take in a call; False where it is not to be believed, or nobody switched its provider on.

    What is certain is posted. A call that was taken in before is believed and does nothing.
    """
    row = (
        ProviderAccount.objects.select_related("account__center")
        .filter(provider=provider, account__code=account_code, enabled=True, account__closed_on__isnull=True)
        .first()
    )
    known = PROVIDERS.get(provider)
    if row is None or known is None:
        return False
    call = known.read_call(headers, body, row.secret, at)
    if call is None:
        return False
    actor = f"provider:{provider}"
    with transaction.atomic():
        account = BankAccount.objects.select_for_update(of=("self",)).select_related("center").get(pk=row.account_id)
        _, fresh = ProviderCall.objects.get_or_create(
            account=account, call_id=call.id, defaults={"kind": call.kind, "came_at": at}
        )
        if fresh and call.movements:
            section = Section(currency=call.movements[0].currency, movements=list(call.movements))
            statement = Statement(format="calls", sections=[section])
            take_read(
                read=ReadFile(statement=statement, mapping=None),
                account=account,
                hash_=hashlib.sha256(call.id.encode()).hexdigest(),
                name=call.kind,
                post=False,
                actor=actor,
                at=at,
            )
    post_queued(account=account, actor=actor, at=at)  # also what an earlier call left, had it been cut off
    return True


def _note(*, account: BankAccount, on: bool, provider: str, actor: str, at: datetime) -> None:
    journal.append(
        kind=Kind.PROVIDER_SWITCHED,
        subject=f"account:{account.code}",
        actor=actor,
        at=at,
        payload={"provider": provider, "on": on},
    )
