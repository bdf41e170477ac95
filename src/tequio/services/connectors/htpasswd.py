"""The file connector: logins of one service in an htpasswd file, as Apache, nginx and others read it.

Each account is a comment that says how it is, and, where it lets anybody in, the line `NAME:HASH` that the server
reads. Lines written by hand stay as they are and are reported. The file is replaced in one step, so a reader finds the
old one or the new one, never half of one; whoever changes it holds the lock file beside it.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tequio.kernel.errors import Refusal
from tequio.services.connectors.contract import Answer, Credential, Observed, Outcome, Seen, Unreachable, Wanted
from tequio.services.connectors.credentials import digest_of
from tequio.services.connectors.leaving import LeavesStates
from tequio.services.connectors.registry import FILE, refuse_unknown, setting

_MARK = "#tequio "
_MODE = 0o640
_OPENS = ("", "web")
_HAND_MADE = "changed by hand"
_DONE = Answer(outcome=Outcome.DONE)


@dataclass(slots=True, kw_only=True)
class _Account:
    """An account in the file: what its comment says, and the hash of its line if it has one."""

    state: Seen
    generation: int
    credentials: tuple[Credential, ...]
    line: str | None = None


@dataclass(slots=True, kw_only=True)
class _Content:
    """The file as it was read: other lines, accounts by name, and lines with a hash that have no comment."""

    others: list[str] = field(default_factory=list)
    accounts: dict[str, _Account] = field(default_factory=dict)
    by_hand: dict[str, str] = field(default_factory=dict)


class HtpasswdConnector(LeavesStates):
    """Logins of one service in one file."""

    type = "htpasswd"

    def __init__(self, *, name: str, service: str, path: Path) -> None:
        self.name = name
        self.services = frozenset({service})
        self._service = service
        self._path = path

    @classmethod
    def from_settings(cls, *, name: str, services: frozenset[str], settings: Mapping[str, Any]) -> "HtpasswdConnector":
        """Make one of its table in connectors.toml: `path`, and a single service, since a file knows names alone."""
        refuse_unknown(name=name, settings=settings, known=frozenset({"path"}))
        path = Path(setting(name=name, settings=settings, key="path", kind=str))
        if len(services) != 1 or not path.is_absolute():
            raise Refusal(
                en=f"{FILE}: [{name}] needs one service, and a path that begins with /.",
                es=f"{FILE}: [{name}] necesita un solo servicio y una ruta que empiece con /.",
            )
        return cls(name=name, service=next(iter(services)), path=path)

    def observe(self, names: Sequence[tuple[str, str]] | None, /) -> Iterator[Observed]:
        """Report who gets in by the file as it is, whatever the comments say."""
        content = self._read()
        if names is None:
            names = [(self._service, name) for name in (*content.accounts, *content.by_hand)]
            seen = (self._observed(content, name) for _, name in names)
            return (observed for observed in seen if observed.state is not Seen.ABSENT)
        return (
            self._observed(content, name)
            if service == self._service
            else Observed(service=service, name=name, state=Seen.ABSENT)
            for service, name in names
        )

    def _observed(self, content: _Content, name: str) -> Observed:
        account = content.accounts.get(name)
        if account is None:
            by_hand = name in content.by_hand
            return Observed(
                service=self._service,
                name=name,
                state=Seen.OPEN if by_hand else Seen.ABSENT,
                digest=_HAND_MADE if by_hand else None,
            )
        should = _line_of(account)
        state = account.state
        if state in {Seen.OPEN, Seen.LIMITED} and should is not None and account.line is None:
            state = Seen.SUSPENDED  # somebody took its line out: nobody gets in
        elif state in {Seen.SUSPENDED, Seen.ABSENT} and account.line is not None:
            state = Seen.OPEN  # somebody put a line in: somebody gets in
        as_written = account.line in {None, should}
        return Observed(
            service=self._service,
            name=name,
            state=state,
            digest=digest_of(account.credentials) if as_written else _HAND_MADE,
        )

    def leave(self, wanted: Sequence[Wanted], state: Seen, /) -> list[Answer]:
        """Give each account its line where it gets in, and take out that of whoever is shut; the comment stays."""
        with self._alone():
            content = self._read()
            answers = [self._set(content, one, state) for one in wanted]
            if any(answer.outcome is Outcome.DONE for answer in answers):
                self._write(content)
        return answers

    def _set(self, content: _Content, wanted: Wanted, state: Seen) -> Answer:
        if wanted.service != self._service:
            return Answer(outcome=Outcome.REFUSED, said=f"this file is for {self._service}")
        if not wanted.name or any(letter == ":" or not letter.isprintable() for letter in wanted.name):
            return Answer(outcome=Outcome.REFUSED, said="an htpasswd file has no such names")
        if wanted.name.startswith("#"):
            return Answer(outcome=Outcome.REFUSED, said="a line with # is a comment")
        before = content.accounts.get(wanted.name)
        if before is not None and before.generation > wanted.generation:
            return Answer(outcome=Outcome.STALE)
        account = _Account(
            state=state,
            generation=wanted.generation,
            credentials=() if state is Seen.ABSENT else wanted.credentials,
        )
        account.line = _line_of(account) if state in {Seen.OPEN, Seen.LIMITED} else None
        content.accounts[wanted.name] = account
        content.by_hand.pop(wanted.name, None)
        return _DONE

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            lock = os.open(self._path.with_name(self._path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _read(self) -> _Content:
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            if not self._path.parent.is_dir():
                raise Unreachable("the folder of the file is not there") from None
            return _Content()
        except (OSError, UnicodeDecodeError) as error:
            raise Unreachable(str(error)) from error
        return _parsed(lines)

    def _write(self, content: _Content) -> None:
        try:
            handle, path = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    stream.writelines(line + "\n" for line in _lines(content))
                    stream.flush()
                    os.fsync(stream.fileno())
                self._keep_mode(path)
                Path(path).replace(self._path)
            except BaseException:
                Path(path).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error

    def _keep_mode(self, path: str) -> None:
        """Give a new file the mode and owner of the old one: the server that reads it is another user."""
        try:
            old = self._path.stat()
        except FileNotFoundError:
            os.chmod(path, _MODE)  # noqa: PTH101 - CONFIG: the path is a temporary file's name
            return
        os.chmod(path, old.st_mode & 0o777)  # noqa: PTH101 - CONFIG: as above
        if (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
            os.chown(path, old.st_uid, old.st_gid)


def _line_of(account: _Account) -> str | None:
    """The hash an open account's line has: of the newest password that opens the web; none without one."""
    return next((c.hash for c in account.credentials if c.protocol in _OPENS), None)


def _parsed(lines: Iterable[str]) -> _Content:
    content = _Content()
    hashes: dict[str, str] = {}
    for line in lines:
        if line.startswith(_MARK):
            name, account = _account(line)
            content.accounts[name] = account
        elif line.startswith("#") or not line.strip() or ":" not in line:
            content.others.append(line)
        else:
            name, _, stored = line.partition(":")
            hashes.setdefault(name, stored)  # servers take the first line of a name
    for name, stored in hashes.items():
        known = content.accounts.get(name)
        if known is None:
            content.by_hand[name] = stored
        else:
            known.line = stored
    return content


def _account(line: str) -> tuple[str, _Account]:
    try:
        name, state, generation, credentials = json.loads(line.removeprefix(_MARK))
        return name, _Account(
            state=Seen(state),
            generation=int(generation),
            credentials=tuple(Credential(ident=i, hash=h, protocol=p) for i, h, p in credentials),
        )
    except (ValueError, TypeError) as error:
        raise Unreachable(f"a line of Tequio in the file was changed and cannot be read: {line[:80]}") from error


def _lines(content: _Content) -> Iterator[str]:
    yield from content.others
    for name, stored in content.by_hand.items():
        yield f"{name}:{stored}"
    for name, account in content.accounts.items():
        kept = [[c.ident, c.hash, c.protocol] for c in account.credentials]
        yield _MARK + json.dumps([name, account.state.value, account.generation, kept], separators=(",", ":"))
        if account.line is not None:
            yield f"{name}:{account.line}"
