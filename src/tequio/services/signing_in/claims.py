"""What an application is told of a person, by what it asked for and the person granted, from entitlements."""

from collections.abc import Set as AbstractSet
from typing import Any

from tequio.accounts.models import User
from tequio.kernel import clock
from tequio.rules.entitlement import State
from tequio.services.models import ServiceAccount
from tequio.services.queries.entitled import entitled, terms_at
from tequio.services.wanted_of import wanted_of

LIMITED = "limited"  # among the groups of whoever is


def claims_of(*, user: User, account: ServiceAccount, scopes: AbstractSet[str]) -> dict[str, Any]:
    """The claims about a person that gets in by an account, beside the word by which the application knows it."""
    claims: dict[str, Any] = {}
    if "profile" in scopes:
        claims |= {"name": user.name, "preferred_username": account.name, "locale": user.language}
    if "email" in scopes:
        claims |= {"email": user.email, "email_verified": True}  # it signs in by codes sent there
    if "groups" in scopes:
        claims["groups"] = _groups_of(account=account)
    quota_mb = wanted_of(account_pks=[account.pk])[account.pk].quota_mb if "quota" in scopes else None
    if quota_mb is not None:
        claims["quota"] = f"{quota_mb} MB"
    return claims


def _groups_of(*, account: ServiceAccount) -> list[str]:
    """The services a person's member may use now, and `limited` where this one is."""
    if account.member is None:
        return []
    head = (account.member.merged_into or account.member).pk
    may = entitled(terms=terms_at(at=clock.now()), member_pks=[head])[head]
    works = sorted(code for code, e in may.items() if e.state in {State.OPEN, State.LIMITED} and e.most != 0)
    return works + ([LIMITED] if account.wanted == State.LIMITED else [])
