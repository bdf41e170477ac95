"""Asking Mailman 3's core by its REST interface: requests with a time limit, and answers that are what they should be.

The interface gives whoever has its password everything; it listens on the machine itself or behind a tunnel.
"""

import base64
import http.client
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tequio.kernel.errors import Refusal
from tequio.services import names
from tequio.services.connectors.contract import Unreachable

API = "/3.1"
_PAGE = 500
_LONGEST_ANSWER = 50_000_000
OK, GONE = range(200, 300), 404


class Rest:
    """Mailman's REST interface at an address, as one user. A connection is kept for the requests of one verb."""

    def __init__(self, *, url: str, user: str, password: str, timeout: float) -> None:
        self._parts = urlsplit(url)
        self._auth = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self._timeout = timeout
        self._line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, given: Mapping[str, object] | None = None) -> tuple[int, Any]:
        """A status and what was answered, if anything. Raises `Unreachable` where nothing is known after it."""
        body = urlencode({key: str(value) for key, value in given.items()}) if given is not None else None
        headers = {"Authorization": self._auth, "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            status, raw = self._sent(method, f"{self._parts.path.rstrip('/')}{API}{path}", body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(f"Mailman: {str(error) or type(error).__name__}") from error
        if status in (401, 403) or status >= 500:  # noqa: PLR2004 - CONFIG: what HTTP calls them
            raise Unreachable(f"Mailman answers {status} to {method} {path.partition('?')[0]}")
        return status, _parsed(raw)

    def entries(self, path: str) -> Iterator[dict[str, Any]]:
        """Every entry of a collection, page by page; raises rather than leave one out."""
        page, seen = 1, 0
        while True:
            status, answer = self.ask("GET", f"{path}?count={_PAGE}&page={page}")
            if status not in OK or not isinstance(answer, dict) or not isinstance(answer.get("total_size"), int):
                raise Unreachable(f"Mailman answers {status} to GET {path}")
            found = answer.get("entries", [])
            if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
                raise Unreachable(f"Mailman answers nonsense to GET {path}")
            yield from found
            seen += len(found)
            if seen >= answer["total_size"]:
                return
            if not found:
                raise Unreachable(f"Mailman says {answer['total_size']} for {path} and gives {seen}")
            page += 1

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _sent(self, method: str, target: str, body: str | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        for last in (False, True):
            kept = self._line is not None
            if self._line is None:
                secure = self._parts.scheme == "https"
                maker = http.client.HTTPSConnection if secure else http.client.HTTPConnection
                self._line = maker(self._parts.hostname or "", self._parts.port, timeout=self._timeout)
            try:
                self._line.request(method, target, body=body, headers=dict(headers))
                answer = self._line.getresponse()
                raw = answer.read(_LONGEST_ANSWER)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.close()
                if last or not kept:  # a connection kept too long is opened anew once; the verbs are idempotent
                    raise
            else:
                return answer.status, raw
        raise http.client.HTTPException("no answer")


def segment(name: str) -> str:
    """A name as a part of a path."""
    return quote(name, safe="@.")


def is_address(name: str) -> bool:
    """Whether a name is an address such as services/names.py makes; anything else is never sent."""
    try:
        return names.checked(typed=name, names_as="address") == name
    except Refusal:
        return False


def said_by(answer: Any) -> str:
    """What Mailman says of a refusal."""
    if isinstance(answer, dict):
        return str(answer.get("description") or answer.get("title") or "")
    return str(answer or "")


def _parsed(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Unreachable("Mailman answers no JSON") from error
