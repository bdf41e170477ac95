"""How often signing in may be tried by all together; the library counts for one address and for one account.

The counts lie in the cache that all processes share. Strangers can exhaust the pools for passwords and for codes by
mail, never the one for second factors: who gets there has shown a first one. Passkeys need no pool, there is nothing
to guess.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_ALL = "everyone"
_APP = "allauth.account"  # whose settings hold the rates: ACCOUNT_RATE_LIMITS


class Try:
    """One try that was counted; one that went well is given back."""

    def __init__(self, *counted: ratelimit.RateLimitUsage) -> None:
        self._counted = counted

    def went_well(self) -> None:
        """Do not count it: only failures add up to a limit."""
        for usage in self._counted:
            usage.rollback()


def try_of_all(request: HttpRequest, *, action: str) -> Try | None:
    """Count a try against what everybody together may; None where that is used up."""
    usage = ratelimit.consume(request, app=_APP, action=action, key=_ALL)
    return Try(usage) if usage is not None else None


def try_of_one(request: HttpRequest, *, pool: str, key: str) -> Try | None:
    """Count a try against everybody's pool, and against this account and network address; None where one is used up."""
    everyone = ratelimit.consume(request, app=_APP, action=pool, key=_ALL)
    if everyone is None:
        return None
    one = ratelimit.consume(request, app=_APP, action="login_failed", key=key)
    return Try(everyone, one) if one is not None else None
