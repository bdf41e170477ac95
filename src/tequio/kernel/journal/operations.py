"""Appending to the journal."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from tequio.kernel import bulk
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event, Tip

_TIP = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event about to be written."""

    kind: Kind
    subject: str
    payload: dict[str, Any] = field(default_factory=dict)


def append(*, kind: Kind, subject: str, actor: str, at: datetime, payload: dict[str, Any] | None = None) -> None:
    """Write one event at the end of the chain, in the caller's transaction, as the last thing it does."""
    append_many(happenings=[Happening(kind=kind, subject=subject, payload=payload or {})], actor=actor, at=at)


def append_many(*, happenings: Sequence[Happening], actor: str, at: datetime) -> None:
    """Write several events by one actor at one moment.

    The row of the tip is locked first and released with the transaction, so the chain has one order; that is why
    this comes last in a transaction: whoever waits for it waits for nothing else.
    """
    if not happenings:
        return
    with transaction.atomic():
        tip = _locked_tip()
        number, previous = tip.last_id, tip.last_hash
        rows = []
        moment = bulk.stored_moment(at)
        for happening in happenings:
            number += 1
            this = digest(
                number=number,
                kind=happening.kind,
                subject=happening.subject,
                actor=actor,
                at=at,
                payload=happening.payload,
                previous=previous,
            )
            rows.append(
                (
                    number,
                    happening.kind.value,
                    happening.subject,
                    actor,
                    moment,
                    canonical(happening.payload),
                    previous,
                    this,
                )
            )
            previous = this
        bulk.insert(
            model=Event,
            columns=("id", "kind", "subject", "actor", "at", "payload", "previous", "hash"),
            rows=rows,
        )
        Tip.objects.filter(pk=_TIP).update(last_id=number, last_hash=previous)


def digest(
    *, number: int, kind: str, subject: str, actor: str, at: datetime, payload: dict[str, Any], previous: str
) -> str:
    """The hash of one event: SHA-256 over its fields and the hash before it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    row = canonical([number, str(kind), subject, actor, moment, payload, previous])
    return hashlib.sha256(row.encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON that is the same text for the same value, whoever wrote it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _locked_tip() -> Tip:
    tip = Tip.objects.select_for_update().filter(pk=_TIP).first()
    if tip is None:
        Tip.objects.get_or_create(pk=_TIP)
        tip = Tip.objects.select_for_update().get(pk=_TIP)
    return tip
