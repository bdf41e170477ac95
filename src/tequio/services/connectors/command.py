"""The command connector: a program of one's own, asked in JSON, so that any panel can be tied in.

The program is started without a shell, with the arguments connectors.toml names and a clean environment. It reads one
JSON object from its input and writes one to its output (docs/connectors.md). It is given `timeout` seconds; then it
and whatever it started are killed. Whatever is not exactly an answer is none.
"""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tequio.kernel.errors import Refusal
from tequio.services.connectors.contract import Answer, Observed, Outcome, Seen, Unreachable, Verb, Wanted
from tequio.services.connectors.registry import FILE, refuse_unknown, setting

_TIMEOUT, _LONGEST_TIMEOUT = 60, 900
_MOST_BYTES = 64_000_000
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


class CommandConnector:
    """Services carried out by one program."""

    type = "command"

    def __init__(self, *, name: str, services: frozenset[str], command: Sequence[str], timeout: int = _TIMEOUT) -> None:
        self.name = name
        self.services = services
        self._command = list(command)
        self._timeout = timeout

    @classmethod
    def from_settings(cls, *, name: str, services: frozenset[str], settings: Mapping[str, Any]) -> "CommandConnector":
        """Make one of its table in connectors.toml: `command`, a list whose first is a path; `timeout` in seconds."""
        refuse_unknown(name=name, settings=settings, known=frozenset({"command", "timeout"}))
        command = setting(name=name, settings=settings, key="command", kind=list)
        timeout = setting(name=name, settings=settings, key="timeout", kind=int, default=_TIMEOUT)
        texts = all(isinstance(word, str) for word in command)
        if not command or not texts or not Path(command[0]).is_absolute() or not 0 < timeout <= _LONGEST_TIMEOUT:
            raise Refusal(
                en=f"{FILE}: [{name}] needs a command as a list that begins with a path, and a timeout up to 900.",
                es=f"{FILE}: [{name}] necesita un comando como lista que empiece con una ruta, y un tiempo hasta 900.",
            )
        return cls(name=name, services=services, command=command, timeout=timeout)

    def ensure(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Ask the program."""
        return self._verb(Verb.ENSURE, wanted)

    def limit(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Ask the program."""
        return self._verb(Verb.LIMIT, wanted)

    def suspend(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Ask the program."""
        return self._verb(Verb.SUSPEND, wanted)

    def resume(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Ask the program."""
        return self._verb(Verb.RESUME, wanted)

    def remove(self, wanted: Sequence[Wanted], /) -> list[Answer]:
        """Ask the program."""
        return self._verb(Verb.REMOVE, wanted)

    def observe(self, names: Sequence[tuple[str, str]] | None, /) -> list[Observed]:
        """Ask the program for these accounts, or for all it has."""
        asked = None if names is None else [{"service": service, "name": name} for service, name in names]
        rows = self._asked({"verb": "observe", "accounts": asked})
        found = [_observed(row) for row in rows]
        if names is not None and [one.key for one in found] != list(names):
            raise Unreachable("it reported other accounts than it was asked for")
        return found

    def _verb(self, verb: Verb, wanted: Sequence[Wanted]) -> list[Answer]:
        # What is no service or no name of ours never reaches the program.
        asked = [one for one in wanted if one.service in self.services and one.name and one.name.isprintable()]
        rows = self._asked({"verb": verb.value, "accounts": [_as_json(one) for one in asked]})
        if len(rows) != len(asked):
            raise Unreachable(f"it gave {len(rows)} answers for {len(asked)} accounts")
        answers = {id(one): _answer(row) for one, row in zip(asked, rows, strict=True)}
        refused = Answer(outcome=Outcome.REFUSED, said="not a name or a service of this command")
        return [answers.get(id(one), refused) for one in wanted]

    def _asked(self, question: Mapping[str, Any]) -> list[Any]:
        text = json.dumps({"version": 1, **question}, ensure_ascii=False).encode()
        try:
            process = subprocess.Popen(  # noqa: S603 - CONFIG: the file of whoever runs the server names it; no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_ENVIRONMENT,
                start_new_session=True,
                cwd="/",
            )
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error
        try:
            out, err = process.communicate(text, timeout=self._timeout)
        except subprocess.TimeoutExpired:
            _kill(process)
            raise Unreachable(f"no answer within {self._timeout} seconds") from None
        except BaseException:
            _kill(process)
            raise
        if process.returncode != 0:
            said = err.decode("utf-8", "replace").strip().splitlines()
            raise Unreachable(f"exit {process.returncode}: {said[-1][:200] if said else ''}")
        if len(out) > _MOST_BYTES:
            raise Unreachable("it answered more than can be meant")
        try:
            answer = json.loads(out)
            rows = answer["accounts"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unreachable("it did not answer in JSON as agreed") from error
        if not isinstance(rows, list):
            raise Unreachable("it did not answer in JSON as agreed")
        return rows


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End a program and whatever it started: it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _as_json(one: Wanted) -> dict[str, Any]:
    return {
        "service": one.service,
        "name": one.name,
        "state": one.state.value,
        "generation": one.generation,
        "credentials": [{"ident": c.ident, "hash": c.hash, "protocol": c.protocol} for c in one.credentials],
        "notice": one.notice.as_dict(),
        "pay_address": one.pay_address,
        "quota_mb": one.quota_mb,
    }


def _answer(row: Any) -> Answer:
    try:
        return Answer(outcome=Outcome(row["outcome"]), said=str(row.get("said", ""))[:500])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreachable("it gave an answer that is none") from error


def _observed(row: Any) -> Observed:
    try:
        service, name, digest, quota = row["service"], row["name"], row.get("digest"), row.get("quota_mb")
        if not isinstance(service, str) or not isinstance(name, str) or not isinstance(digest, str | None):
            raise Unreachable("it reported what no account can be")
        if quota is not None and (type(quota) is not int or quota < 0):
            raise Unreachable("it reported what no quota can be")
        return Observed(service=service, name=name, state=Seen(row["state"]), digest=digest, quota_mb=quota)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreachable("it reported what no account can be") from error
