"""App passwords: one for each device, made by the program, shown once, revoked at once."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.entitlement import State
from tequio.services.connectors.credentials import sha512_crypt
from tequio.services.models import AppPassword, ServiceAccount
from tequio.services.operations import wanting

# Letters and digits that nobody mistakes for one another, and 100 bits of them.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_IDENT, _SECRET, _GROUP = 6, 20, 5
PROTOCOLS = ("", "imap", "smtp", "pop3", "web", "dav", "chat")
MOST = 20
_LONGEST_DEVICE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new app password: its row, and the whole of what is typed, which nobody can ever be shown again."""

    row: AppPassword
    typed: str


@transaction.atomic
def make_password(*, account_pk: int, device: str, protocol: str, actor: str, at: datetime) -> Made:
    """Make an app password for a device of an account. Refuses a protocol there is none of, and more than twenty."""
    account = ServiceAccount.objects.select_for_update(of=("self",)).get(pk=account_pk)
    named = "".join(letter for letter in device.strip() if letter.isprintable())[:_LONGEST_DEVICE]
    if not named:
        raise Refusal(en="Say for which device it is.", es="Diga para qué dispositivo es.")
    if protocol not in PROTOCOLS:
        raise Refusal(en=f"There is no protocol {protocol}.", es=f"No hay ningún protocolo {protocol}.")
    if account.wanted == State.REMOVED or account.closed_on is not None:
        raise Refusal(en=f"{account.name} is closed.", es=f"{account.name} está cerrada.")
    if AppPassword.objects.filter(account=account, revoked_at__isnull=True).count() >= MOST:
        raise Refusal(
            en=f"There are {MOST} app passwords already. Revoke those you no longer use.",
            es=f"Ya hay {MOST} contraseñas de aplicación. Revoque las que ya no use.",
        )
    ident = _random(_IDENT)
    secret = _random(_SECRET)
    typed = f"{ident}-" + "-".join(secret[i : i + _GROUP] for i in range(0, _SECRET, _GROUP))
    row = AppPassword.objects.create(
        account=account,
        ident=ident,
        hash=sha512_crypt(typed=typed, salt=_random(12)),
        protocol=protocol,
        device=named,
        made_at=at,
        made_by=actor,
    )
    wanting.ask_again(account_pks=[account.pk], actor=actor, at=at)
    _note(kind=Kind.SERVICE_KEY_MADE, account_pk=account.pk, actor=actor, at=at, count=1)
    return Made(row=row, typed=typed)


@transaction.atomic
def revoke_password(*, account_pk: int, ident: str, actor: str, at: datetime) -> None:
    """Revoke an app password of this account and no other; one that is revoked already stays so."""
    rows = AppPassword.objects.filter(account_id=account_pk, ident=ident, revoked_at__isnull=True)
    if rows.update(revoked_at=at, revoked_by=actor):
        wanting.ask_again(account_pks=[account_pk], actor=actor, at=at)
        _note(kind=Kind.SERVICE_KEYS_REVOKED, account_pk=account_pk, actor=actor, at=at, count=1)


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _note(*, kind: Kind, account_pk: int, actor: str, at: datetime, count: int) -> None:
    journal.append(kind=kind, subject=f"account:{account_pk}", actor=actor, at=at, payload={"count": count})
