"""What a rule book would do, found out by doing it, entry by entry, and taking everything back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, connection, transaction

from tequio.kernel.errors import Refusal
from tequio.project.reading import BookRefusal
from tequio.project.rulebook import Entry
from tequio.rules.reasons import Text


class Does(StrEnum):
    """What an entry of a book would do."""

    ADDS = "adds"
    THERE = "there"  # it is there already and stays as it is, whatever the book says of it
    REFUSED = "refused"


_NOT_KEPT = Text(
    en="The database cannot keep it: a text or a number in it is longer than its place.",
    es="La base de datos no lo puede guardar: trae un texto o un número más largo que su lugar.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One entry of a book and what it would do; `why` it is refused, or what one that is added has `said`."""

    list_name: str
    named: str
    does: Does
    why: Text | None = None
    said: Text | None = None

    def as_json(self) -> list[str]:
        """As it is kept: list, name, what it does, and in English and Spanish why it is refused or what it says."""
        words = self.why or self.said or Text(en="", es="")
        return [self.list_name, self.named, self.does.value, words.en, words.es]


def try_entries(*, entries: Sequence[Entry], actor: str, at: datetime) -> list[Tried]:
    """Every entry with what loading it would do after those before it. Nothing is saved.

    One that is refused does not stop the others, so that a person sees at once all that is wrong with a book.
    """
    with transaction.atomic():
        found = [_tried(entry=entry, actor=actor, at=at) for entry in entries]
        transaction.set_rollback(True)
    return found


def _tried(*, entry: Entry, actor: str, at: datetime) -> Tried:
    writes = _Writes()
    said = None
    try:
        with transaction.atomic(), connection.execute_wrapper(writes):
            entry.load(actor=actor, at=at)
        said = entry.said() if writes.any else None
    except BookRefusal as refusal:
        return Tried(list_name=entry.list_name, named=entry.named, does=Does.REFUSED, why=_sentence(refusal.why))
    except Refusal as refusal:
        return Tried(list_name=entry.list_name, named=entry.named, does=Does.REFUSED, why=refusal.text)
    except DatabaseError:
        return Tried(list_name=entry.list_name, named=entry.named, does=Does.REFUSED, why=_NOT_KEPT)
    does = Does.ADDS if writes.any else Does.THERE
    return Tried(list_name=entry.list_name, named=entry.named, does=does, said=said)


def _sentence(why: Text) -> Text:
    """A reason as a sentence of its own."""
    return Text(en=f"{why.en[:1].upper()}{why.en[1:]}.", es=f"{why.es[:1].upper()}{why.es[1:]}.")


class _Writes:
    """Notices whether anything is written: an entry that writes nothing was there already."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self.any = True
        return execute(sql, params, many, context)
