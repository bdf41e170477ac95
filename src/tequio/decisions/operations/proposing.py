"""What writes a proposal: drafting it, changing its words and effects, circulating it, taking it back.

A change names the version it was written against. If another one was written meanwhile, nothing is saved and both
changes are shown (decisions/moved.py). While a vote is open nothing changes, and what is decided stays as it was voted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_bodies, lock_proposal
from tequio.decisions.models import Body, Priority, Proposal, Question, Slot, Stage, Version
from tequio.decisions.moved import Both, TextMoved
from tequio.decisions.operations.effects_written import refuse_moved, written_effects
from tequio.decisions.operations.parts import end_as_withdrawn
from tequio.decisions.operations.placing import arrange
from tequio.decisions.operations.refusing import (
    refuse_all_but_sponsor,
    refuse_closed,
    refuse_sponsor,
    refuse_voting,
)
from tequio.decisions.operations.substance import refuse_unchanged
from tequio.decisions.operations.versions import (
    clean_words,
    keep_division,
    latest_version,
    short_note,
    version_of,
    write_version,
)
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.wordings import bare, content_of, marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.amending import Content
from tequio.rules.differences import differences
from tequio.rules.dividing import End
from tequio.rules.translations import Marks, first_marks, marks_after
from tequio.rules.wording import Field, Words


@transaction.atomic
def draft(
    *,
    body: Body,
    sponsor: User,
    words: Words,
    effects: Sequence[Mapping[str, Any]] = (),
    priority: Priority | None = None,
    no_priority_because: str = "",
    comes_back_from: Proposal | None = None,
    actor: str,
    at: datetime,
) -> Proposal:
    """Write the first version of a proposal, which only its body sees and nobody has to read yet.

    Refuses a sponsor who does not sit on the body, words that are too long or lack the ask, an effect no kind accepts.
    What `comes_back_from` another one begins from its words (coming_back.py).
    """
    lock_bodies()
    day = day_everywhere(at=at)
    refuse_sponsor(user=sponsor, body=body, at=at)
    clean = clean_words(words=words)
    before = latest_version(proposal=comes_back_from).effects if comes_back_from is not None else ()
    made = written_effects(effects=effects, on=day, before=before)
    proposal = Proposal.objects.create(
        code=_next_code(year=day.year),
        body=body,
        sponsor=sponsor,
        priority=priority,
        no_priority_because=_why_none(priority=priority, because=no_priority_because),
        created_at=at,
        comes_back_from=comes_back_from,
    )
    write_version(
        proposal=proposal,
        number=1,
        words=clean,
        marks=first_marks(words=clean),
        effects=made,
        note="",
        by=sponsor,
        at=at,
    )
    payload = {"body": body.code, "effects": [effect["kind"] for effect in made]}
    if comes_back_from is not None:
        payload["comes_back_from"] = comes_back_from.code
    journal.append(kind=Kind.PROPOSAL_DRAFTED, subject=f"proposal:{proposal.code}", actor=actor, at=at, payload=payload)
    return proposal


def _next_code(*, year: int) -> str:
    """The year and the next number in it. Whoever asks holds the bodies."""
    numbers = [int(code.partition("-")[2]) for code in _codes_of(year=year)]
    return f"{year}-{max(numbers, default=0) + 1}"


def _codes_of(*, year: int) -> list[str]:
    return list(Proposal.objects.filter(code__startswith=f"{year}-").values_list("code", flat=True))


def _why_none(*, priority: Priority | None, because: str) -> str:
    why = short_note(text=because)
    if priority is not None and why:
        raise Refusal(
            en="It serves a priority or it says why none, not both.",
            es="Responde a una prioridad o dice por qué a ninguna, no las dos cosas.",
        )
    return why


@transaction.atomic
def change(
    *,
    proposal: Proposal,
    against: int,
    words: Words,
    effects: Sequence[Mapping[str, Any]],
    by: User,
    actor: str,
    at: datetime,
    note: str = "",
    up_to_date: bool | None = None,
    effects_anew: bool = False,
) -> Version:
    """Write the next version of a proposal, from the words and effects as they should be, and return it.

    `against` is the number of the version they were written against. `up_to_date` is what the person says of the
    translation (rules/translations.py): True, looked through and right; False, touched but still behind. With
    `effects_anew` the effects are written against what is in force today.

    A change of words, in either language, or of effects starts the hours of review anew and ends a division. Looking
    through the translation alone does neither. Only the sponsor changes the original and the effects; a translation is
    written by whoever may speak in the body.
    """
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    latest = latest_version(proposal=held)
    clean = clean_words(words=words)
    if against != latest.number:
        _refuse_moved_text(proposal=held, against=against, latest=latest, words=clean, effects=effects)
    made = written_effects(effects=effects, on=day_everywhere(at=at), before=latest.effects, anew=effects_anew)
    before = words_of(version=latest)
    moved = _is_changed(before=latest, words=clean, effects=made)
    marks = marks_after(
        before=before, marks=marks_of(version=latest), after=clean, number=latest.number + 1, up_to_date=up_to_date
    )
    if not moved and marks == marks_of(version=latest) and clean.original == latest.original:
        raise Refusal(en="Nothing is changed.", es="No cambió nada.")
    if by.pk != held.sponsor_id and not _is_translation_alone(before=latest, words=clean, effects=made):
        refuse_all_but_sponsor(proposal=held, by=by)
    return next_version(
        proposal=held, latest=latest, words=clean, marks=marks, effects=made, note=note, by=by, actor=actor, at=at
    )


def next_version(
    *,
    proposal: Proposal,
    latest: Version,
    words: Words,
    marks: Marks,
    effects: Sequence[Mapping[str, Any]],
    note: str,
    by: User,
    actor: str,
    at: datetime,
    kind: Kind = Kind.PROPOSAL_CHANGED,
    payload: Mapping[str, Any] | None = None,
) -> Version:
    """Write the version after the latest one of a proposal that is held: its clock, its division, the journal.

    For the operations of this topic; what may be changed by whom was asked before.
    """
    moved = _is_changed(before=latest, words=words, effects=effects)
    version = write_version(
        proposal=proposal,
        number=latest.number + 1,
        words=words,
        marks=marks,
        effects=effects,
        note=short_note(text=note),
        by=by,
        at=at,
    )
    divided = Question.objects.filter(version=latest, number__gt=0).count()
    if not moved:
        keep_division(before=latest, after=version)
    elif proposal.stage == Stage.REVIEW:
        proposal.changed_at = at
        proposal.save(update_fields=["changed_at"])
    happened = [
        journal.Happening(
            kind=kind,
            subject=f"proposal:{proposal.code}",
            payload={"version": version.number, "clock": moved and proposal.stage == Stage.REVIEW, **(payload or {})},
        )
    ]
    if divided and moved:
        happened.append(
            journal.Happening(
                kind=Kind.PROPOSAL_DIVISION_LAPSED,
                subject=f"proposal:{proposal.code}",
                payload={"version": version.number, "parts": divided},
            )
        )
    if moved:
        happened.extend(arrange(held=proposal, at=at)[1])
    journal.append_many(happenings=happened, actor=actor, at=at)
    return version


def _is_changed(*, before: Version, words: Words, effects: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any word, in either language, or any effect differs."""
    old = words_of(version=before)
    return any(old.of(field) != words.of(field) for field in Field) or list(effects) != before.effects


def _is_translation_alone(*, before: Version, words: Words, effects: Sequence[Mapping[str, Any]]) -> bool:
    old = words_of(version=before)
    return (
        words.original == old.original
        and list(effects) == before.effects
        and all(old.of(field).to(old.original) == words.of(field).to(old.original) for field in Field)
    )


def _refuse_moved_text(
    *, proposal: Proposal, against: int, latest: Version, words: Words, effects: Sequence[Mapping[str, Any]]
) -> None:
    base = content_of(version=version_of(proposal=proposal, number=against))
    wanted = Content(words=words, effects=bare(effects=effects) if _are_effects(effects) else base.effects)
    raise TextMoved(
        against=against,
        latest=latest.number,
        both=Both(
            theirs=differences(before=base, after=content_of(version=latest)),
            yours=differences(before=base, after=wanted),
        ),
    )


def _are_effects(effects: Sequence[Any]) -> bool:
    return all(isinstance(effect, Mapping) and {"kind", "data"} <= set(effect) for effect in effects)


@transaction.atomic
def submit(*, proposal: Proposal, by: User, actor: str, at: datetime) -> Proposal:
    """Circulate a draft: the hours of review begin. The translation may still be missing.

    Refuses one that lacks its text or its estimate of resources in the original, or names neither a priority nor why
    none; one with an effect that cannot be decided any more; one that is not a draft.
    """
    held = lock_proposal(proposal=proposal)
    if held.stage != Stage.DRAFT:
        raise Refusal(
            en=f"Proposal {held.code} is not a draft any more.", es=f"La propuesta {held.code} ya no es un borrador."
        )
    refuse_all_but_sponsor(proposal=held, by=by)
    refuse_sponsor(user=held.sponsor, body=held.body, at=at)
    version = latest_version(proposal=held)
    _refuse_incomplete(proposal=held, words=words_of(version=version))
    refuse_moved(effects=version.effects, on=day_everywhere(at=at))
    refuse_unchanged(body=held.body, content=content_of(version=version), comes_back_from=held.comes_back_from)
    held.stage, held.submitted_at, held.changed_at = Stage.REVIEW, at, at
    held.save(update_fields=["stage", "submitted_at", "changed_at"])
    circulated = journal.Happening(
        kind=Kind.PROPOSAL_CIRCULATED, subject=f"proposal:{held.code}", payload={"version": version.number}
    )
    _, placed = arrange(held=held, at=at)
    journal.append_many(happenings=[circulated, *placed], actor=actor, at=at)
    return held


def _refuse_incomplete(*, proposal: Proposal, words: Words) -> None:
    lacks = [field for field in (Field.TEXT, Field.RESOURCES) if not words.of(field).to(words.original)]
    if Field.TEXT in lacks:
        raise Refusal(
            en="Before it circulates it needs a text: what should be done, in paragraphs.",
            es="Antes de circular necesita un texto: qué se debe hacer, en párrafos.",
        )
    if lacks:
        raise Refusal(
            en="Before it circulates it needs an estimate of resources: money, hours, people; or that it takes none.",
            es="Antes de circular necesita una estimación de recursos: dinero, horas, personas; o que no requiere.",
        )
    if proposal.priority_id is None and not proposal.no_priority_because:
        raise Refusal(
            en="Say which priority it serves, or why none.", es="Diga a qué prioridad responde, o por qué a ninguna."
        )


@transaction.atomic
def set_priority(
    *, proposal: Proposal, priority: Priority | None, no_priority_because: str = "", by: User, actor: str, at: datetime
) -> Proposal:
    """Say which priority a proposal serves, or why none. Restarts no clock: no word of what is asked changes."""
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    refuse_all_but_sponsor(proposal=held, by=by)
    held.priority = priority
    held.no_priority_because = _why_none(priority=priority, because=no_priority_because)
    if held.stage != Stage.DRAFT and priority is None and not held.no_priority_because:
        raise Refusal(
            en="Say which priority it serves, or why none.", es="Diga a qué prioridad responde, o por qué a ninguna."
        )
    held.save(update_fields=["priority", "no_priority_because"])
    journal.append(
        kind=Kind.PROPOSAL_PRIORITY_SET,
        subject=f"proposal:{held.code}",
        actor=actor,
        at=at,
        payload={"year": priority.year, "number": priority.number} if priority else {},
    )
    return held


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, actor: str, at: datetime) -> Proposal:
    """Take a proposal back. What was voted of its parts stays; what was not ends as withdrawn."""
    held = lock_proposal(proposal=proposal)
    refuse_voting(proposal=held)
    if held.stage not in (Stage.DRAFT, Stage.REVIEW):
        refuse_closed(proposal=held)
    refuse_all_but_sponsor(proposal=held, by=by)
    whole = end_as_withdrawn(version=latest_version(proposal=held), at=at)
    held.stage = Stage.WITHDRAWN if whole is End.WITHDRAWN else Stage.DECIDED
    held.save(update_fields=["stage"])
    Slot.objects.filter(proposal=held, ended_at__isnull=True).update(ended_at=at)
    journal.append(kind=Kind.PROPOSAL_WITHDRAWN, subject=f"proposal:{held.code}", actor=actor, at=at, payload={})
    return held
