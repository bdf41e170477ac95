"""The mail gate: mailboxes of Debian's Dovecot and Postfix, which read them from views of a small SQLite file.

Limited: mail as before. Suspended: whoever signs in with the right password is told why and where to pay, and is not
let in; nothing is sent; what comes in is kept. Sessions that are open are ended, also those of a revoked password,
since servers do not look again. deploy/mail has the servers' configuration; gate_file.py has what they read.

Whose sessions are to be ended is written with the change itself: a process that is killed in between leaves it to the
next one. Whoever is suspended and still has a session is seen as open.
"""

import sqlite3
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tequio.kernel.errors import Refusal
from tequio.services.connectors.contract import Answer, Credential, Observed, Outcome, Seen, Unreachable, Wanted
from tequio.services.connectors.credentials import digest_of
from tequio.services.connectors.dovecot_sessions import Sessions
from tequio.services.connectors.gate_file import at_once, opened
from tequio.services.connectors.leaving import LeavesStates
from tequio.services.connectors.registry import FILE, refuse_unknown, setting
from tequio.services.names import checked

_TIMEOUT, _LONGEST_TIMEOUT = 20, 300
# A line of SMTP holds 512 octets with its code and end; servers put a few words before it.
_LONGEST_SAID = 470
_DONE = Answer(outcome=Outcome.DONE)
_SHUT = {Seen.SUSPENDED, Seen.ABSENT}
# In place of the digest of passwords: neither who is wanted shut nor who is wanted open is as wanted then.
_STILL_IN = "shut, with a session"


class MailGate(LeavesStates):
    """Mailboxes of one service in one gate, and the sessions of the Dovecot that reads it."""

    type = "mailgate"

    def __init__(self, *, name: str, service: str, path: Path, domains: Collection[str], sessions: Sessions) -> None:
        self.name = name
        self.services = frozenset({service})
        self._service = service
        self._path = path
        self._domains = frozenset(domains)
        self._sessions = sessions

    @classmethod
    def from_settings(cls, *, name: str, services: frozenset[str], settings: Mapping[str, Any]) -> "MailGate":
        """Make one of its table in connectors.toml; whatever a killed process left half in its file is undone.

        `path` of the gate; `domains` this server is the mail server of, which Postfix reads there: never worked out
        from addresses, or whoever names a site could take mail for it; `doveadm` as a list that begins with a path;
        `timeout` in seconds for each call of it.
        """
        refuse_unknown(name=name, settings=settings, known=frozenset({"path", "domains", "doveadm", "timeout"}))
        path = Path(setting(name=name, settings=settings, key="path", kind=str))
        domains = setting(name=name, settings=settings, key="domains", kind=list)
        doveadm = setting(name=name, settings=settings, key="doveadm", kind=list, default=["/usr/bin/doveadm"])
        timeout = setting(name=name, settings=settings, key="timeout", kind=int, default=_TIMEOUT)
        words = all(isinstance(word, str) for word in (*doveadm, *domains))
        if len(services) != 1 or not path.is_absolute() or not words or not doveadm or not doveadm[0].startswith("/"):
            raise Refusal(
                en=f"{FILE}: [{name}] needs one service, a path that begins with /, domains as a list, and doveadm as "
                "a list that begins with a path.",
                es=f"{FILE}: [{name}] necesita un solo servicio, una ruta que empiece con /, los dominios (domains) "
                "como lista, y doveadm como lista que empiece con una ruta.",
            )
        if not domains or not 0 < timeout <= _LONGEST_TIMEOUT:
            raise Refusal(
                en=f"{FILE}: [{name}] needs a domain at least, and a timeout up to {_LONGEST_TIMEOUT}.",
                es=f"{FILE}: [{name}] necesita al menos un dominio, y un tiempo hasta {_LONGEST_TIMEOUT}.",
            )
        made = cls(
            name=name,
            service=next(iter(services)),
            path=path,
            domains=[checked(typed=domain, names_as="host") for domain in domains],
            sessions=Sessions(doveadm=doveadm, timeout=timeout),
        )
        made.settle()
        return made

    def settle(self) -> None:
        """Undo what a process left half that was killed while it wrote.

        The mail servers may not write, so they cannot, and let nobody in until it is done.
        """
        if self._path.exists():
            try:
                with opened(self._path, to_write=False):
                    pass
            except Unreachable:
                return  # each verb says so

    def observe(self, names: Sequence[tuple[str, str]] | None, /) -> list[Observed]:
        """Report what the servers read. Whoever is shut out and still has a session is open, and not as wanted."""
        with opened(self._path, to_write=False) as gate:
            rows = _accounts(gate) if names is None else _accounts(gate, [name for _, name in names])
        shut = {name for name, (state, _, _) in rows.items() if state in _SHUT}
        for name in shut & self._sessions.online() if shut else ():
            rows[name] = (Seen.OPEN, _STILL_IN, rows[name][2])
        if names is None:
            return [self._observed(name, found) for name, found in rows.items() if found[0] is not Seen.ABSENT]
        absent = (Seen.ABSENT, "", 0)
        return [
            self._observed(name, rows.get(name, absent))
            if service == self._service
            else Observed(service=service, name=name, state=Seen.ABSENT)
            for service, name in names
        ]

    def _observed(self, name: str, found: tuple[Seen, str, int]) -> Observed:
        state, digest, quota_mb = found
        if state is Seen.ABSENT:
            return Observed(service=self._service, name=name, state=state)
        return Observed(service=self._service, name=name, state=state, digest=digest, quota_mb=quota_mb)

    def leave(self, wanted: Sequence[Wanted], state: Seen, /) -> list[Answer]:
        """Write how each mailbox is, with what its owner is told, and end the sessions of whoever is shut out."""
        with opened(self._path, to_write=True) as gate:
            with at_once(gate):
                self._put_domains(gate)
                answers = [self._set(gate, one, state) for one in wanted]
            self._end_sessions(gate)
        return answers

    def _put_domains(self, gate: sqlite3.Connection) -> None:
        there = {name for (name,) in gate.execute("SELECT name FROM domain")}
        gate.executemany("DELETE FROM domain WHERE name = ?", [(name,) for name in there - self._domains])
        gate.executemany("INSERT INTO domain VALUES (?)", [(name,) for name in sorted(self._domains - there)])

    def _set(self, gate: sqlite3.Connection, wanted: Wanted, state: Seen) -> Answer:
        refused = self._refused(wanted)
        if refused is not None:
            return refused
        there = gate.execute("SELECT generation FROM account WHERE name = ?", (wanted.name,)).fetchone()
        if there is not None and there[0] > wanted.generation:
            return Answer(outcome=Outcome.STALE)
        known = wanted.name.rpartition("@")[2] in self._domains
        if not known and (state not in _SHUT or there is None):
            return Answer(outcome=Outcome.REFUSED, said="its domain is not one of this mail server")
        before = _passwords(gate, wanted.name)
        after = set() if state is Seen.ABSENT else set(wanted.credentials)
        gate.execute(
            "INSERT INTO account (name, state, generation, quota_mb, said) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT "
            "(name) DO UPDATE SET state = ?2, generation = ?3, quota_mb = ?4, said = ?5",
            (wanted.name, state.value, wanted.generation, *_told(wanted, state)),
        )
        gate.executemany(
            "DELETE FROM password WHERE name = ? AND ident = ?", [(wanted.name, c.ident) for c in before - after]
        )
        gate.executemany(
            "INSERT INTO password (name, ident, hash, protocol) VALUES (?, ?, ?, ?)",
            [(wanted.name, c.ident, c.hash, c.protocol) for c in after - before],
        )
        if state in _SHUT or before - after:
            gate.execute("INSERT INTO to_end (name) VALUES (?)", (wanted.name,))
        return _DONE

    def _refused(self, wanted: Wanted) -> Answer | None:
        """What goes into a path of mail and into commands is an address in the narrow sense, or nothing."""
        if wanted.service != self._service:
            return Answer(outcome=Outcome.REFUSED, said=f"this gate is for {self._service}")
        try:
            fits = checked(typed=wanted.name, names_as="address") == wanted.name
        except Refusal:
            fits = False
        return None if fits else Answer(outcome=Outcome.REFUSED, said="a mailbox has no such name")

    def _end_sessions(self, gate: sqlite3.Connection) -> None:
        """End the sessions that are to be ended, those a killed process left too; the list is kept until they are."""
        rows = gate.execute("SELECT number, name FROM to_end").fetchall()
        if not rows:
            return
        for name in sorted({name for _, name in rows} & self._sessions.online()):
            self._sessions.end(name)
        with at_once(gate):
            gate.executemany("DELETE FROM to_end WHERE number = ?", [(number,) for number, _ in rows])


def _accounts(gate: sqlite3.Connection, names: Iterable[str] | None = None) -> dict[str, tuple[Seen, str, int]]:
    """State, digest of the passwords and quota (0: none) of each account there is, or of these."""
    found: dict[str, tuple[str, int]] = {}
    held: dict[str, list[Credential]] = {}
    if names is None:
        everybody = gate.execute("SELECT name, state, coalesce(quota_mb, 0) FROM account ORDER BY name")
        found = {name: (state, quota_mb) for name, state, quota_mb in everybody}
        rows = gate.execute("SELECT name, ident, hash, protocol FROM password")
        for name, ident, stored, protocol in rows:
            held.setdefault(name, []).append(Credential(ident=ident, hash=stored, protocol=protocol))
    else:
        for name in names:
            one = "SELECT state, coalesce(quota_mb, 0) FROM account WHERE name = ?"
            row = gate.execute(one, (name,)).fetchone()
            if row is not None:
                found[name], held[name] = row, list(_passwords(gate, name))
    return {name: (Seen(state), digest_of(held.get(name, ())), quota_mb) for name, (state, quota_mb) in found.items()}


def _passwords(gate: sqlite3.Connection, name: str) -> set[Credential]:
    rows = gate.execute("SELECT ident, hash, protocol FROM password WHERE name = ?", (name,))
    return {Credential(ident=ident, hash=stored, protocol=protocol) for ident, stored, protocol in rows}


def _told(wanted: Wanted, state: Seen) -> tuple[int | None, str]:
    """The quota, and what a suspended one is told: both languages and where to pay, in the letters mail servers have.

    IMAP and SMTP answer in ASCII. Where it would be too long the words are cut, never the address.
    """
    if state is Seen.ABSENT:
        return None, ""
    if state is not Seen.SUSPENDED:
        return wanted.quota_mb, ""
    pay = _ascii(wanted.pay_address)
    words = _ascii(f"{wanted.notice.en} / {wanted.notice.es}".strip(" /"))
    room = max(0, _LONGEST_SAID - len(f" {pay}".rstrip()))
    return wanted.quota_mb, f"{words[:room]} {pay}".strip()


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.split())
