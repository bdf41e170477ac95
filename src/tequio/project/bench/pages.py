"""`tequio bench pages`: CPU of the busiest pages, against a bare view of the same queries and columns."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

_AS_OF = date(2016, 7, 15)
_AT = datetime(2016, 7, 15, 12, tzinfo=UTC)
_WARM = 5


def measure(*, members: int, seed: int, looks: int) -> dict[str, Any]:
    """Milliseconds of CPU and of wall time for the member list, a member's page and home, each beside its bare view.

    All of it goes through the whole program as a web server would call it: middleware, session, permissions. The
    bare views stand in bench/bare.py. The median of so many looks each, ours and the bare one in turns.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    from tequio.dues.operations import billing
    from tequio.dues.operations.standings import refresh_standings
    from tequio.members.models import Member
    from tequio.project.bench.members import make_members
    from tequio.project.rulebook import SAMPLE, load_rules

    load_rules(path=SAMPLE, actor="bench", at=_AT)
    make_members(count=members, seed=seed, year=_AS_OF.year)
    billing.run_dues(terms=billing.terms_of(as_of=_AS_OF), actor="bench", at=_AT)
    first = list(Member.objects.order_by("pk").values_list("pk", flat=True)[: members // 10])
    refresh_standings(member_pks=first, actor="bench", at=datetime(2016, 10, 15, 12, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    one = first[0]
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with override_settings(ROOT_URLCONF="tequio.project.bench.bare", ALLOWED_HOSTS=["testserver"]):
        look = _signed_in()
        return {
            "engine": connection.vendor,
            "members": members,
            "members_list": _beside(look=look, looks=looks, ours="/members/", bare="/bare/members/"),
            "member": _beside(look=look, looks=looks, ours=f"/members/{one}/", bare=f"/bare/members/{one}/"),
            "home": _beside(look=look, looks=looks, ours="/", bare="/bare/"),
        }


def _signed_in() -> Callable[[str], int]:
    """A function that asks for a page as an administrator who has shown a second factor; returns the bytes."""
    from allauth.account.internal.flows.login import (
        _AUTHENTICATION_METHODS_USER_SESSION_KEY,
        AUTHENTICATION_METHODS_SESSION_KEY,
    )
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from tequio.accounts.operations import add_person, grant_role

    user = add_person(email="bench@example.org", name="Bench", language="en", actor="bench", at=_AT)
    grant_role(user=user, role="administrator", center=None, actor="bench", at=_AT)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    # What is asked of the program is what a server asks; the test client's own work (cookies, signals that keep
    # copies of templates' contexts) is left out by calling its handler directly.
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.client import FakePayload

    handler = WSGIHandler()
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def look(path: str) -> int:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": cookies,
            "wsgi.url_scheme": "http",
            "wsgi.input": FakePayload(b""),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
        }
        said: list[str] = []

        def start(status: str, _headers: object, _fault: object = None) -> Callable[[bytes], object]:
            said.append(status)
            return len  # WSGI's old way of writing, which Django never uses

        answer = handler(environ, start)
        size = sum(len(part) for part in answer)
        answer.close()
        if said != ["200 OK"]:
            raise RuntimeError(f"{path}: {said}")
        return size

    return look


def _beside(*, look: Callable[[str], int], looks: int, ours: str, bare: str) -> dict[str, float]:
    times: dict[str, list[tuple[float, float]]] = {ours: [], bare: []}
    for turn in range(_WARM + looks):
        for path in (ours, bare):
            wall, cpu = time.perf_counter(), time.process_time()
            look(path)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            if turn >= _WARM:
                times[path].append((cpu * 1000, wall * 1000))
    cpu_ms = statistics.median(cpu for cpu, _ in times[ours])
    bare_ms = statistics.median(cpu for cpu, _ in times[bare])
    return {
        "cpu_ms": round(cpu_ms, 2),
        "bare_ms": round(bare_ms, 2),
        "ratio": round(cpu_ms / bare_ms, 2),
        "wall_ms": round(statistics.median(wall for _, wall in times[ours]), 2),
        "kilobytes": round(look(ours) / 1024, 1),
    }
