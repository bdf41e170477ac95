"""How often addresses that were never given out may be tried: guessing is hopeless, and refusing it stays cheap."""

from django.core.cache import cache
from django.http import HttpRequest

TRIES = 30
SECONDS = 600


def too_many(request: HttpRequest, /, *, what: str) -> bool:
    """Whether so many wrong addresses of a kind came from there lately that the next are not looked at."""
    return int(cache.get(_key(request, what), 0)) >= TRIES


def wrong(request: HttpRequest, /, *, what: str) -> None:
    """Count a wrong address of a kind, like "pay-link"."""
    key = _key(request, what)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it ran out in between
            cache.set(key, 1, SECONDS)


def _key(request: HttpRequest, what: str) -> str:
    from allauth.account.adapter import get_adapter

    return f"{what}:{get_adapter(request).get_client_ip(request)}"
