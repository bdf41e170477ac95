"""A rule book handed in on a page: kept and looked at, loaded once when confirmed, thrown away where nobody does."""

import hashlib
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Final

from django.db import DatabaseError, transaction

from tequio.front.models import BookState, RuleBookFile
from tequio.kernel.encryption import fingerprint
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import canonical
from tequio.meetings.operations.series import foresee_all
from tequio.project import reading
from tequio.project.book_trial import Does, Tried, try_entries
from tequio.project.rulebook import LISTS, Entry, entries_of
from tequio.rules.reasons import Text

KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 120
ENTRIES_AT_MOST: Final = 500  # of a book on a page: the rules of a large organization are a tenth of that
_MOVED = Text(
    en="Since the preview, rules were put in force here, so the same file would now do something else. Nothing was "
    "loaded: look at the new preview.",
    es="Desde la vista previa entraron reglas en vigor aquí, así que el mismo archivo haría ahora otra cosa. No se "
    "cargó nada: revise la nueva vista previa.",
)


def hand_in_book(*, name: str, content: bytes, actor: str, at: datetime) -> RuleBookFile:
    """Keep a rule book until it is confirmed, with what it would do. The same file by the same person is kept once.

    Refuses what is no rule book, or holds more than 500 entries, and then keeps nothing.
    """
    throw_old_books_away(at=at)
    print_ = fingerprint("rule-book", hashlib.sha256(content).hexdigest())
    entries = _entries(content=content)
    there = RuleBookFile.objects.filter(state=BookState.WAITING, handed_in_by=actor, fingerprint=print_).first()
    tried = try_entries(entries=entries, actor=actor, at=at)
    row = there or RuleBookFile(
        file_name=_clean(name=name),
        size=len(content),
        fingerprint=print_,
        content=content.decode(),
        handed_in_by=actor,
        handed_in_at=at,
    )
    _keep(row=row, tried=tried)
    return row


def load_book(*, book_pk: int, key: str, actor: str, at: datetime) -> Text | None:
    """Load a book as it was previewed: whole, and once; a book that was loaded before stays what it is.

    Returns what stands against it, and then nothing is loaded: that the preview confirmed (`key`) is not the last one,
    or that the same file would now do something else, which is the new preview. Refuses one that was thrown away, one
    with an entry that is refused, and one that adds nothing.
    """
    with transaction.atomic():
        row = RuleBookFile.objects.select_for_update().get(pk=book_pk)
        if row.state == BookState.LOADED:
            return None
        if row.state == BookState.DROPPED:
            raise Refusal(
                en="This file was thrown away: nobody confirmed it within a day, or somebody discarded it. "
                "Hand it in again.",
                es="Este archivo se desechó: nadie lo confirmó en un día o alguien lo descartó. Entréguelo otra vez.",
            )
        entries = _entries(content=row.content.encode())
        _keep(row=row, tried=try_entries(entries=entries, actor=actor, at=at))
        if row.preview_key != key:
            return _MOVED
        does = [entry[2] for entry in row.entries]
        if Does.REFUSED in does or Does.ADDS not in does:
            raise Refusal(
                en="This rule book cannot be loaded: an entry of it is refused, or it adds nothing.",
                es="Este reglamento no se puede cargar: se rechaza alguna de sus partes, o no agrega nada.",
            )
        for entry in entries:
            _load(entry=entry, actor=actor, at=at)
        foresee_all(actor=actor, at=at)  # a series that begins has its meetings in the calendar at once
        row.state, row.content, row.ended_by, row.ended_at = BookState.LOADED, "", actor, at
        row.save()
        journal.append(
            kind=Kind.RULE_BOOK_LOADED,
            subject=f"rule_book:{row.pk}",
            actor=actor,
            at=at,
            payload={"file": row.file_name, "added": added(row=row)},
        )
    return None


def added(*, row: RuleBookFile) -> dict[str, int]:
    """How many entries of each list a book adds, or added; lists it adds nothing to are left out."""
    names = [entry[0] for entry in row.entries if entry[2] == Does.ADDS]
    return {name: names.count(name) for name in LISTS if name in names}


def throw_book_away(*, book_pk: int, actor: str, at: datetime) -> None:
    """Forget a book nobody wants to load; one that is loaded stays what it is."""
    RuleBookFile.objects.filter(pk=book_pk, state=BookState.WAITING).update(
        state=BookState.DROPPED, content="", ended_by=actor, ended_at=at
    )


def throw_old_books_away(*, at: datetime) -> int:
    """Forget books nobody confirmed within a day; returns how many."""
    old = RuleBookFile.objects.filter(state=BookState.WAITING, handed_in_at__lte=at - KEPT_FOR)
    return old.update(state=BookState.DROPPED, content="", ended_at=at)


def _entries(*, content: bytes) -> list[Entry]:
    entries = entries_of(book=reading.parsed(data=content))
    if not entries:
        raise reading.wrong("there is nothing in it", "no trae nada")
    if len(entries) > ENTRIES_AT_MOST:
        raise reading.wrong(
            f"it has more than {ENTRIES_AT_MOST} entries, too many for a page; whoever looks after the machine can "
            "load it with “tequio rules load”",
            f"tiene más de {ENTRIES_AT_MOST} partes, demasiadas para una página; quien cuida el equipo lo carga con "
            "«tequio rules load»",
        )
    return entries


def _load(*, entry: Entry, actor: str, at: datetime) -> None:
    try:
        entry.load(actor=actor, at=at)
    except DatabaseError as error:  # tried a moment ago, in this transaction: something came in between
        raise Refusal(en=_MOVED.en, es=_MOVED.es) from error


def _keep(*, row: RuleBookFile, tried: list[Tried]) -> None:
    row.entries = [one.as_json() for one in tried]
    row.preview_key = hashlib.sha256(canonical([row.fingerprint, row.entries]).encode()).hexdigest()
    row.save()


def _clean(*, name: str) -> str:
    """A file's name fit to be shown: no folders, nothing in it that turns a line around, and not endless."""
    last = PurePath(name.replace("\\", "/")).name[:LONGEST_NAME]
    return "".join(character if character.isprintable() else "�" for character in last) or "?"
