"""What every connector promises. docs/connectors.md says it for whoever writes one; tests/services/connectors holds it.

A connector is handed what is wanted and knows nothing of members, dues or standing. Its verbs are idempotent: done
again they change nothing and answer the same. They take many accounts at once, because a server is often told a
thousand things as cheaply as one; each account gets an answer of its own, and one that fails spoils no other.

A connector never deletes what it was not told to by `remove`, and never what it does not know.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from tequio.rules.entitlement import State
from tequio.rules.reasons import Text

_NO_TEXT = Text(en="", es="")


class Seen(StrEnum):
    """How a server has an account."""

    ABSENT = "absent"
    OPEN = "open"
    LIMITED = "limited"
    SUSPENDED = "suspended"


class Verb(StrEnum):
    """What is asked of a connector for an account. What each leaves behind stands at its method."""

    ENSURE = "ensure"
    LIMIT = "limit"
    SUSPEND = "suspend"
    RESUME = "resume"
    REMOVE = "remove"


class Outcome(StrEnum):
    """What became of one account."""

    DONE = "done"  # it is so now, whether or not anything had to change
    FAILED = "failed"  # not now; tried again later
    REFUSED = "refused"  # never: the server will not have it so. It waits for a person at once
    STALE = "stale"  # the server has a later generation of the account; nothing was changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """An app password: what a person types is `IDENT-SECRET`; `hash` is the SHA-512 crypt of all of that.

    `protocol` is what it opens ("imap", "smtp", "web" ...), empty for everything.
    """

    ident: str
    hash: str
    protocol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How an account is wanted.

    `service` is the kind's code, `name` the account's, checked by services/names.py: no control characters, no line
    ends, at most 254 characters; it is still only data and is quoted wherever it goes. `generation` only grows: a
    connector that can keep it answers STALE to a lower one than it has. `notice` is the sentence a person sees that is
    refused, and `pay_address` where it pays; `quota_mb` None where none is set. `credentials` are all that are in use:
    one that is gone from them opens nothing from then on, in any state.
    """

    service: str
    name: str
    state: State
    generation: int
    credentials: tuple[Credential, ...] = ()
    notice: Text = field(default=_NO_TEXT)
    pay_address: str = ""
    quota_mb: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is called on the server: a name is once for each service."""
        return self.service, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """How a server has an account; `digest` is `digest_of` the credentials it has, None where it cannot say.

    `quota_mb` is how much it may hold there: 0 where there is no limit, None where the server cannot say.
    An account that the server does not have is only ever reported as ABSENT where its name was asked for.
    """

    service: str
    name: str
    state: Seen
    digest: str | None = None
    quota_mb: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """As that of `Wanted`."""
        return self.service, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one account of a verb, in the order they were given. `said` is the server's own words, if any."""

    outcome: Outcome
    said: str = ""


class Unreachable(Exception):  # noqa: N818 - CONFIG: it says how the server is
    """The whole server could not be asked, or answered nonsense: nothing is known of any account. Tried again later."""


class Connector(Protocol):
    """What a server is asked. Every method may raise `Unreachable`; what it did until then, it may have done.

    A method ends within `timeout` seconds of its own accord. None of them reads or writes Tequio's database.
    """

    name: str
    services: frozenset[str]

    def ensure(self, wanted: Sequence[Wanted], /) -> Sequence[Answer]:
        """This method will leave each account open with its credentials, made if it was absent."""

    def limit(self, wanted: Sequence[Wanted], /) -> Sequence[Answer]:
        """This method will leave each account working as before and marked as limited, made if it was absent."""

    def suspend(self, wanted: Sequence[Wanted], /) -> Sequence[Answer]:
        """This method will leave each account so that nobody gets in, sessions included, made if it was absent.

        Nothing in it is lost, and what comes in for it is kept.
        """

    def resume(self, wanted: Sequence[Wanted], /) -> Sequence[Answer]:
        """This method will leave each account open as before it was limited or suspended; otherwise as `ensure`."""

    def remove(self, wanted: Sequence[Wanted], /) -> Sequence[Answer]:
        """This method will leave each account absent; one that is absent is done."""

    def observe(self, names: Sequence[tuple[str, str]] | None, /) -> Iterable[Observed]:
        """This method will report how accounts are: those of these (service, name), absent ones too, or all there are.

        It reports what the server has, never what it was told. Of all there are, it raises `Unreachable` rather than
        leave some out: what is not reported counts as absent.
        """


_VERBS = {
    Verb.ENSURE: lambda connector: connector.ensure,
    Verb.LIMIT: lambda connector: connector.limit,
    Verb.SUSPEND: lambda connector: connector.suspend,
    Verb.RESUME: lambda connector: connector.resume,
    Verb.REMOVE: lambda connector: connector.remove,
}


def ask(*, connector: Connector, verb: Verb, wanted: Sequence[Wanted]) -> list[Answer]:
    """Ask a connector, and hold it to one answer for each account."""
    answers = list(_VERBS[verb](connector)(wanted))
    if len(answers) != len(wanted) or not all(isinstance(answer, Answer) for answer in answers):
        raise Unreachable(f"{len(answers)} answers for {len(wanted)} accounts")
    return answers


def verb_for(*, wanted: State, seen: Seen | None) -> Verb:
    """Which verb brings an account to how it is wanted; `seen` None where nothing is known of it."""
    if wanted is State.OPEN:
        return Verb.RESUME if seen in {Seen.LIMITED, Seen.SUSPENDED} else Verb.ENSURE
    return {State.LIMITED: Verb.LIMIT, State.SUSPENDED: Verb.SUSPEND, State.REMOVED: Verb.REMOVE}[wanted]


def seen_for(*, wanted: State) -> Seen:
    """How an account is seen that is as it is wanted."""
    return Seen.ABSENT if wanted is State.REMOVED else Seen(wanted.value)
