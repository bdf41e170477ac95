"""Mailing lists on Mailman 3: lists that are held and restored, and addresses subscribed to one list and paused.

A list that is suspended holds every posting: nothing goes out, nothing is lost or bounced, and whoever moderates finds
it there when the list is back. How a list is stands in its `emergency` switch; that it is limited, and for which order,
in the last line of its `info`. Mailing lists know no app passwords.
"""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tequio.kernel.errors import Refusal
from tequio.services.connectors.contract import Answer, Observed, Outcome, Seen, Unreachable, Wanted
from tequio.services.connectors.leaving import LeavesStates
from tequio.services.connectors.mailman_rest import GONE, OK, Rest, is_address, said_by, segment
from tequio.services.connectors.registry import FILE, refuse_unknown, setting

_DONE = Answer(outcome=Outcome.DONE)
_STALE = Answer(outcome=Outcome.STALE)
_NO_NAME = Answer(outcome=Outcome.REFUSED, said="no address")
_MARK = re.compile(r"\n?\[tequio (open|limited|suspended) (\d{1,15})\]\s*\Z", re.ASCII)
_KEYS = frozenset({"url", "user", "password", "timeout"})
_STYLE = "private-default"  # its archive is its members' alone
_TIMEOUT = 30
_PAUSED, _DELIVERED = "by_moderator", "enabled"


class _OnMailman(LeavesStates):
    """What both connectors share: one service, a REST interface, and each account asked by itself."""

    def __init__(self, *, name: str, service: str, rest: Rest) -> None:
        self.name = name
        self.services = frozenset({service})
        self._service = service
        self._rest = rest

    def observe(self, names: Sequence[tuple[str, str]] | None, /) -> Iterator[Observed]:
        """Report how they are on the server, whatever it was told."""
        try:
            found = list(self._all() if names is None else map(self._asked, names))
        finally:
            self._rest.close()
        return iter(found)

    def leave(self, wanted: Sequence[Wanted], state: Seen, /) -> list[Answer]:
        """Ask for each by itself."""
        try:
            self._expect(self._rest.ask("GET", "/system/versions"), "system/versions")
            return [
                self._left(one, state) if one.service == self._service and is_address(one.name) else _NO_NAME
                for one in wanted
            ]
        finally:
            self._rest.close()

    def _asked(self, key: tuple[str, str]) -> Observed:
        service, name = key
        known = service == self._service and is_address(name)
        return Observed(service=service, name=name, state=self._state_of(name) if known else Seen.ABSENT)

    def _expect(self, answer: tuple[int, Any], path: str) -> dict[str, Any]:
        status, found = answer
        if status not in OK or not isinstance(found, dict):
            raise Unreachable(f"Mailman answers {status} to {path}")
        return found

    @abstractmethod
    def _left(self, one: Wanted, state: Seen) -> Answer:
        """Leave one account so, and say what is then there."""

    @abstractmethod
    def _state_of(self, name: str) -> Seen:
        """What Mailman says of one account."""

    @abstractmethod
    def _all(self) -> Iterable[Observed]:
        """Everything of this service that Mailman holds."""


class MailmanLists(_OnMailman):
    """Each account is a list of its own, named by its address."""

    type = "mailman"

    @classmethod
    def from_settings(cls, *, name: str, services: frozenset[str], settings: Mapping[str, Any]) -> "MailmanLists":
        """Make one of its table in connectors.toml: `url`, `user`, `password`, and one service."""
        refuse_unknown(name=name, settings=settings, known=_KEYS)
        return cls(name=name, service=_one(name, services), rest=_rest(name=name, settings=settings))

    def _left(self, one: Wanted, state: Seen) -> Answer:
        path = f"/lists/{segment(one.name)}"
        config = self._config(one.name)
        if config is None and state is Seen.ABSENT:
            return _DONE
        if config is not None and _generation(config) > one.generation:
            return _STALE
        if state is Seen.ABSENT:
            return _answered(self._rest.ask("DELETE", path), gone=_DONE)
        if config is None:
            made = self._made(one.name)
            if made.outcome is not Outcome.DONE:
                return made
            config = self._config(one.name) or {}
        info = _MARK.sub("", str(config.get("info") or ""))
        kept = {
            "emergency": state is Seen.SUSPENDED,
            "info": f"{info}\n[tequio {state.value} {one.generation}]".lstrip(),
        }
        return _answered(self._rest.ask("PATCH", f"{path}/config", kept))

    def _made(self, name: str) -> Answer:
        domain = name.partition("@")[2]
        status, _ = self._rest.ask("GET", f"/domains/{segment(domain)}")
        if status == GONE:
            answer = _answered(self._rest.ask("POST", "/domains", {"mail_host": domain}))
            if answer.outcome is not Outcome.DONE:
                return answer
        return _answered(self._rest.ask("POST", "/lists", {"fqdn_listname": name, "style_name": _STYLE}))

    def _config(self, name: str) -> dict[str, Any] | None:
        status, answer = self._rest.ask("GET", f"/lists/{segment(name)}/config")
        return None if status == GONE else self._expect((status, answer), "the configuration of a list")

    def _state_of(self, name: str) -> Seen:
        config = self._config(name)
        if config is None:
            return Seen.ABSENT
        if config.get("emergency") is True:
            return Seen.SUSPENDED
        mark = _MARK.search(str(config.get("info") or ""))
        return Seen.LIMITED if mark is not None and mark[1] == Seen.LIMITED.value else Seen.OPEN

    def _all(self) -> Iterator[Observed]:
        for entry in self._rest.entries("/lists"):
            name = str(entry.get("fqdn_listname", ""))
            yield Observed(service=self._service, name=name, state=self._state_of(name))


class MailmanSubscribers(_OnMailman):
    """Each account is an address subscribed to one list: suspended, its mail pauses and what it writes waits."""

    type = "mailman-subscribers"

    def __init__(self, *, name: str, service: str, rest: Rest, list_name: str) -> None:
        super().__init__(name=name, service=service, rest=rest)
        self._list = list_name
        self._list_id = list_name.replace("@", ".", 1)

    @classmethod
    def from_settings(cls, *, name: str, services: frozenset[str], settings: Mapping[str, Any]) -> "MailmanSubscribers":
        """Make one of its table in connectors.toml: as of `mailman`, and `list`, the address of the list."""
        refuse_unknown(name=name, settings=settings, known=_KEYS | {"list"})
        list_name = setting(name=name, settings=settings, key="list", kind=str)
        if not is_address(list_name):
            raise Refusal(
                en=f"{FILE}: [{name}] needs “list”, the address of a list in small letters.",
                es=f"{FILE}: [{name}] necesita «list», la dirección de una lista en minúsculas.",
            )
        rest = _rest(name=name, settings=settings)
        return cls(name=name, service=_one(name, services), rest=rest, list_name=list_name)

    def _left(self, one: Wanted, state: Seen) -> Answer:
        member = self._member(one.name)
        if state is Seen.ABSENT:
            if member is None:
                return _DONE
            confirmed = {"pre_confirmed": True, "pre_approved": True}
            return _answered(self._rest.ask("DELETE", self._path(member), confirmed), gone=_DONE)
        if member is None:
            answer = self._subscribed(one.name)
            member = self._member(one.name) if answer.outcome is Outcome.DONE else None
            if member is None:
                return answer if answer.outcome is not Outcome.DONE else Answer(outcome=Outcome.FAILED)
        status = _PAUSED if state is Seen.SUSPENDED else _DELIVERED
        action = {Seen.SUSPENDED: "hold", Seen.LIMITED: "defer"}.get(state, "")
        answer = _answered(self._rest.ask("PATCH", f"{self._path(member)}/preferences", {"delivery_status": status}))
        if answer.outcome is not Outcome.DONE:
            return answer
        return _answered(self._rest.ask("PATCH", self._path(member), {"moderation_action": action}))

    def _subscribed(self, name: str) -> Answer:
        given = {
            "list_id": self._list_id,
            "subscriber": name,
            "pre_verified": True,
            "pre_confirmed": True,
            "pre_approved": True,
            "send_welcome_message": False,
        }
        return _answered(self._rest.ask("POST", "/members", given))

    def _member(self, name: str) -> dict[str, Any] | None:
        status, answer = self._rest.ask("GET", f"/lists/{segment(self._list)}/member/{segment(name)}")
        return None if status == GONE else self._expect((status, answer), "a subscriber")

    def _path(self, member: Mapping[str, Any]) -> str:
        return f"/members/{segment(str(member.get('member_id', '')))}"

    def _state_of(self, name: str) -> Seen:
        member = self._member(name)
        return Seen.ABSENT if member is None else self._seen(member)

    def _seen(self, member: Mapping[str, Any]) -> Seen:
        path = f"{self._path(member)}/preferences"
        preferences = self._expect(self._rest.ask("GET", path), "preferences")
        held = member.get("moderation_action") == "hold"
        delivered = preferences.get("delivery_status", _DELIVERED) == _DELIVERED
        if held and not delivered:
            return Seen.SUSPENDED
        if held or not delivered:  # half of it, by somebody's hand: never what is wanted open or suspended
            return Seen.LIMITED
        return Seen.LIMITED if member.get("moderation_action") == "defer" else Seen.OPEN

    def _all(self) -> Iterator[Observed]:
        for member in self._rest.entries(f"/lists/{segment(self._list)}/roster/member"):
            yield Observed(service=self._service, name=str(member.get("email", "")), state=self._seen(member))


def _answered(answer: tuple[int, Any], *, gone: Answer | None = None) -> Answer:
    """What a change came to: done, refused where Mailman says why it never will, failed otherwise."""
    status, found = answer
    if status in OK:
        return _DONE
    if status == GONE and gone is not None:
        return gone
    refused = status == 400  # noqa: PLR2004 - CONFIG: what HTTP calls a bad request
    return Answer(outcome=Outcome.REFUSED if refused else Outcome.FAILED, said=f"{status} {said_by(found)}".strip())


def _generation(config: Mapping[str, Any]) -> int:
    mark = _MARK.search(str(config.get("info") or ""))
    return int(mark[2]) if mark is not None else 0


def _one(name: str, services: frozenset[str]) -> str:
    if len(services) != 1:
        raise Refusal(en=f"{FILE}: [{name}] needs one service.", es=f"{FILE}: [{name}] necesita un solo servicio.")
    return next(iter(services))


def _rest(*, name: str, settings: Mapping[str, Any]) -> Rest:
    url, user, password = (
        str(setting(name=name, settings=settings, key=key, kind=str)) for key in ("url", "user", "password")
    )
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Refusal(
            en=f"{FILE}: [{name}] needs “url” like http://127.0.0.1:8001.",
            es=f"{FILE}: [{name}] necesita «url» como http://127.0.0.1:8001.",
        )
    timeout = setting(name=name, settings=settings, key="timeout", kind=int, default=_TIMEOUT)
    return Rest(url=url, user=user, password=password, timeout=float(timeout))
