"""Addresses by which a person's own calendar reads the meetings of a body, without signing in.

The address holds 256 bits that nobody can guess, and the table only their hash: whoever reads the table has no address.
It is shown once, when it is made. Who is no longer let into the body's pages is no longer shown its meetings.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.accounts.permissions import Scope, may_read_body
from tequio.accounts.viewers import viewer_of
from tequio.decisions.models import Body
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.models import FeedKey


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made, with the secret part of its address, which nobody can show again."""

    key: FeedKey
    secret: str


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed_key(*, user: User, body: Body, language: str, actor: str, at: datetime) -> NewKey:
    """Make an address for a person's calendar; the one before opens nothing any more."""
    revoke_feed_key(user=user, body=body, actor=actor, at=at)
    secret = secrets.token_urlsafe(32)
    key = FeedKey.objects.create(user=user, body=body, digest=_digest(secret), language=language, made_at=at)
    payload = {"body": body.code, "language": language}
    journal.append(kind=Kind.FEED_KEY_MADE, subject=f"user:{user.pk}", actor=actor, at=at, payload=payload)
    return NewKey(key=key, secret=secret)


@transaction.atomic
def revoke_feed_key(*, user: User, body: Body, actor: str, at: datetime) -> bool:
    """Make a person's address worthless, for good; False where there is none."""
    changed = FeedKey.objects.filter(user=user, body=body, revoked_at__isnull=True).update(revoked_at=at)
    if changed:
        payload = {"body": body.code}
        journal.append(kind=Kind.FEED_KEY_REVOKED, subject=f"user:{user.pk}", actor=actor, at=at, payload=payload)
    return bool(changed)


def opened(*, feed_pk: int, secret: str) -> FeedKey | None:
    """The key behind an address; None where it was never given out, was revoked, or its person is let in no more."""
    key = FeedKey.objects.select_related("user", "body").filter(pk=feed_pk).first()
    known = key.digest if key is not None else _digest("")
    if not hmac.compare_digest(known, _digest(secret)) or key is None or key.revoked_at is not None:
        return None
    if not key.user.is_active or not may_read_body(viewer_of(user=key.user), Scope(body_pk=key.body_id)):
        return None
    return key
