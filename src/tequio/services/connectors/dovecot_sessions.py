"""Open sessions of Dovecot, as `doveadm` tells and ends them: a changed password or state ends none of them."""

import subprocess
from collections.abc import Sequence

from tequio.services.connectors.contract import Unreachable

_NOBODY_WAS_IN = 68  # doveadm's exit code where there was no session to end
_ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}


class Sessions:
    """Who is signed in. `doveadm` is the program with whatever has to stand before it, such as sudo."""

    def __init__(self, *, doveadm: Sequence[str], timeout: int) -> None:
        self._doveadm = list(doveadm)
        self._timeout = timeout

    def online(self) -> set[str]:
        """The addresses that have an open session of any protocol. Raises Unreachable where Dovecot does not say."""
        code, out = self._asked("-f", "tab", "who", "-1")
        if code != 0:
            raise Unreachable(f"doveadm who: exit {code}")
        lines = out.splitlines()
        if not lines or lines[0].split("\t")[0] != "username":
            raise Unreachable("doveadm who answered otherwise than it does")
        return {line.split("\t")[0] for line in lines[1:] if line}

    def end(self, name: str, /) -> None:
        """End every session of an address; none is done as well. `name` was checked to be an address."""
        code, _ = self._asked("kick", name)
        if code not in {0, _NOBODY_WAS_IN}:
            raise Unreachable(f"doveadm kick: exit {code}")

    def _asked(self, *words: str) -> tuple[int, str]:
        try:
            done = subprocess.run(  # noqa: S603 - CONFIG: the file of whoever runs the server names it; no shell
                [*self._doveadm, *words],
                check=False,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=self._timeout,
                env=_ENVIRONMENT,
                cwd="/",
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unreachable(f"doveadm: {error}") from error
        return done.returncode, done.stdout.decode("utf-8", "replace")
