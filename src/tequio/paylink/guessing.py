"""How often addresses that were never given out may be tried: guessing is hopeless, and refusing it stays cheap."""

from django.core.cache import cache
from django.http import HttpRequest

TRIES = 30
SECONDS = 600


def too_many(request: HttpRequest) -> bool:
    """Whether so many wrong addresses came from there lately that the next are not looked at."""
    return int(cache.get(_key(request), 0)) >= TRIES


def wrong(request: HttpRequest) -> None:
    """Count a wrong address."""
    key = _key(request)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it ran out in between
            cache.set(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    from allauth.account.adapter import get_adapter

    return f"pay-link:{get_adapter(request).get_client_ip(request)}"
