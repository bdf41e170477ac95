"""The kinds of mail. A topic registers its kinds at start-up: what they are called, what they attach, when to stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str


class Attacher(Protocol):
    """Makes what is attached to mails of a kind, when one is sent."""

    def __call__(self, *, reference: str) -> Attachment:
        """Make the file of a reference like "invoice:US-000123"; what it raises puts the mail off."""


class Stopper(Protocol):
    """Says whether a mail of a kind that waits should not go out any more."""

    def __call__(self, *, subject: str) -> bool:
        """Whether what the mail says about its subject ("invoice:US-000123") is no longer true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A mail written at the moment it goes out: where to, in which language, and what it says."""

    to_address: str
    language: str
    subject: str
    text: str
    html: str = ""
    reply_to: str = ""


class Writer(Protocol):
    """Writes mails of a kind when they go out, so that they say what is true then and nothing waits in writing."""

    def __call__(self, *, subjects: Sequence[str], at: datetime) -> Mapping[str, Ready | None]:
        """What to say about each subject ("dispatch:12"); None or absent where there is nothing to say any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind:
    """A kind of mail. Where `keeps_text` is not set, what was said is forgotten once it is sent, like a code.

    A kind with `write` is put in the queue without a text (operations.enqueue_unwritten).
    """

    code: str
    name: Text
    attach: Attacher | None = None
    no_longer_true: Stopper | None = None
    keeps_text: bool = True
    write: Writer | None = None


_kinds: dict[str, MailKind] = {}


def register(*kinds: MailKind) -> None:
    """Make these kinds known; the same code again replaces what was registered."""
    for kind in kinds:
        _kinds[kind.code] = kind


def kind_of(*, code: str) -> MailKind:
    """The kind of a code. A kind nobody registered is a mistake of the program: LookupError."""
    if code not in _kinds:
        raise LookupError(f"no topic has registered the kind of mail {code!r}")
    return _kinds[code]


def registered(*, code: str) -> MailKind | None:
    """The kind of a code; None where nobody registered it, because old rows outlive topics."""
    return _kinds.get(code)


def all_kinds() -> list[MailKind]:
    """Every kind, in the order of codes."""
    return [_kinds[code] for code in sorted(_kinds)]


def name_of(*, code: str) -> Text:
    """What a kind is called; its code where nobody registered it, because old rows outlive topics."""
    return _kinds[code].name if code in _kinds else Text(en=code, es=code)


PLAIN = "plain"
TRIAL = "trial"
register(
    MailKind(code=PLAIN, name=Text(en="mail about signing in", es="correo sobre el acceso"), keeps_text=False),
    MailKind(code=TRIAL, name=Text(en="test mail", es="correo de prueba")),
)
