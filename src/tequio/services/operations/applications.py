"""Applications people sign in to: registered, given a new secret, closed; who signs in by which account.

Tokens end in the transaction that shuts a door, so that nothing an application still holds opens anything.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.db.models import Q

from tequio.accounts.models import User
from tequio.kernel import bulk
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import lock_member
from tequio.members.models import MemberAccess
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.models import Application, ServiceAccount, ServiceKind

_SCOPES = ["openid", "profile", "email", "groups", "quota"]
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_MOST_ADDRESSES, _LONGEST_ADDRESS = 10, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An application with its secret, which nobody can ever be shown again; empty where it keeps none."""

    row: Application
    secret: str


@transaction.atomic
def register_application(
    *,
    code: str,
    name: Text,
    kind: ServiceKind,
    addresses: Sequence[str],
    keeps_secret: bool,
    actor: str,
    at: datetime,
) -> Registered:
    """Register an application. `addresses`: where it takes people back, each exactly as it will ask.

    `keeps_secret`: it runs on a server; otherwise it has none and proves itself by PKCE alone. Refuses a code that is
    taken and an address that is not of https, a fragment, or with a place for wildcards.
    """
    if Application.objects.filter(code=code).exists():
        raise Refusal(en=f"There is an application {code} already.", es=f"Ya hay una aplicación {code}.")
    checked = [_address(one) for one in dict.fromkeys(one.strip() for one in addresses if one.strip())]
    if not 0 < len(checked) <= _MOST_ADDRESSES:
        raise Refusal(
            en="Say where it takes people back, in ten addresses at most.",
            es="Diga a dónde regresa a las personas, en diez direcciones a lo más.",
        )
    secret = secrets.token_urlsafe(32) if keeps_secret else ""
    client = Client(
        name=name.en[:100], type=Client.Type.CONFIDENTIAL if keeps_secret else Client.Type.PUBLIC, skip_consent=False
    )
    client.set_scopes(_SCOPES)
    client.set_default_scopes(["openid"])
    client.set_grant_types(["authorization_code", "refresh_token"])
    client.set_response_types(["code"])
    client.set_redirect_uris(checked)
    client.set_secret(secret or secrets.token_urlsafe(32))
    client.save(force_insert=True)
    row = Application.objects.create(
        code=code,
        client=client,
        kind=kind,
        name_en=name.en[:80],
        name_es=name.es[:80],
        registered_by=actor,
        registered_at=at,
    )
    _note(kind=Kind.APPLICATION_REGISTERED, row=row, actor=actor, at=at)
    return Registered(row=row, secret=secret)


@transaction.atomic
def renew_secret(*, code: str, actor: str, at: datetime) -> str:
    """Give an application a new secret, shown this once; the one before ends, and so does every token."""
    row = _open(code=code)
    if row.client.type != Client.Type.CONFIDENTIAL:
        raise Refusal(en="It keeps no secret.", es="No guarda ningún secreto.")
    secret = secrets.token_urlsafe(32)
    row.client.set_secret(secret)
    row.client.save(update_fields=["secret"])
    Token.objects.filter(client=row.client).delete()
    _note(kind=Kind.APPLICATION_KEY_RENEWED, row=row, actor=actor, at=at)
    return secret


@transaction.atomic
def close_application(*, code: str, on: date, actor: str, at: datetime) -> None:
    """Close an application for good: nobody signs in to it, and every token of it ends."""
    row = _open(code=code)
    row.closed_on, row.closed_by = on, actor
    row.save(update_fields=["closed_on", "closed_by"])
    Token.objects.filter(client=row.client).delete()
    _note(kind=Kind.APPLICATION_CLOSED, row=row, actor=actor, at=at)


@transaction.atomic
def leave_application(*, code: str, user: User, at: datetime) -> bool:
    """End every key an application holds to ask about a person, at that person's wish; whether there was any.

    It is known there as the same person when it comes again, and is asked again before.
    """
    row = Application.objects.filter(code=code).first()
    ended = Token.objects.filter(client=row.client_id, user=user).delete()[0] if row is not None else 0
    if row is None or not ended:
        return False
    _note(kind=Kind.APPLICATION_LEFT, row=row, actor=user.actor, at=at)
    return True


@transaction.atomic
def name_person(*, account_pk: int, user_pk: int | None, actor: str, at: datetime) -> None:
    """Say who signs in to applications by an account; None: nobody. Whoever did before is signed out of them.

    Refuses a person who does not belong to the account's member.
    """
    account = ServiceAccount.objects.select_related("member", "kind").get(pk=account_pk)
    if account.member is None or account.closed_on is not None or account.wanted == State.REMOVED:
        raise Refusal(en=f"Nobody signs in by {account.name}.", es=f"Nadie entra con {account.name}.")
    held = lock_member(code=account.member.code)
    user = None
    if user_pk is not None:
        access = MemberAccess.objects.select_related("user").filter(user=user_pk, member=held.head).first()
        if access is None or not access.user.is_active:
            raise Refusal(
                en="Only a person of this member signs in by it.", es="Solo entra con ella una persona de la membresía."
            )
        user = access.user
    if account.person_id == (user.pk if user else None):
        return
    end_tokens(account_pks=[account.pk])
    ServiceAccount.objects.filter(pk=account.pk).update(person=user)
    journal.append(kind=Kind.SERVICE_PERSON_NAMED, subject=f"account:{account.pk}", actor=actor, at=at, payload={})


def end_tokens(*, account_pks: Collection[int]) -> int:
    """End the tokens of whoever signs in by these accounts, in the caller's transaction; returns how many."""
    rows = list(
        ServiceAccount.objects.filter(pk__in=bulk.these(list(account_pks)), person__isnull=False).values_list(
            "person_id", "kind_id"
        )
    )
    if not rows:
        return 0
    ended = 0
    for kind in {kind for _, kind in rows}:
        people = [person for person, its in rows if its == kind]
        these = Q(user__in=bulk.these(people), client__application__kind=kind)
        ended += Token.objects.filter(these).delete()[0]
    return ended


def people_of(*, account: ServiceAccount) -> list[User]:
    """Who may be named on an account: the people of its member."""
    if account.member is None:
        return []
    head = account.member.merged_into or account.member
    return list(User.objects.filter(accesses__member=head, is_active=True).order_by("name", "pk"))


def _open(*, code: str) -> Application:
    row = Application.objects.select_for_update(of=("self",)).select_related("client").filter(code=code).first()
    if row is None or row.closed_on is not None:
        raise Refusal(en=f"There is no open application {code}.", es=f"No hay ninguna aplicación abierta {code}.")
    return row


def _address(typed: str) -> str:
    """An address an application takes people back to. Https, or this very machine; whole, and with no wildcard."""
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    del port
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    odd = parts.fragment or "*" in typed or "@" in parts.netloc or not typed.isprintable() or " " in typed
    if not safe or not parts.hostname or odd or len(typed) > _LONGEST_ADDRESS:
        raise Refusal(
            en=f"“{typed[:60]}” is no address it can take people back to: https://..., whole, without * or #.",
            es=f"«{typed[:60]}» no es una dirección a la que pueda regresar: https://..., completa, sin * ni #.",
        )
    return typed


def _note(*, kind: Kind, row: Application, actor: str, at: datetime) -> None:
    journal.append(kind=kind, subject=f"application:{row.code}", actor=actor, at=at, payload={})
