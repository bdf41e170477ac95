"""Amendments: asked for against a version, taken by the sponsor one by one or adopted by a vote, or not.

What is taken becomes the next version and starts the hours of review anew, like every change. What clashes with another
amendment, or with a text that was changed since, is refused and shown (decisions/moved.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.edits_kept import asked_of, edits_as_json
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Amendment, AmendmentState, Proposal, Stage, Version
from tequio.decisions.moved import AmendmentsInTheWay
from tequio.decisions.operations.effects_written import written_effects
from tequio.decisions.operations.proposing import next_version
from tequio.decisions.operations.refusing import refuse_all_but_sponsor, refuse_closed, refuse_settled
from tequio.decisions.operations.versions import clean_words, latest_version, short_note, version_of
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.wordings import bare, content_of, marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.amending import Asked, Content, edits_between, taken
from tequio.rules.reasons import Text
from tequio.rules.translations import Marks, marks_after
from tequio.rules.wording import Words

MOST_OPEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What a proposal would say and do with some amendments taken into it."""

    words: Words
    marks: Marks
    effects: tuple[Mapping[str, Any], ...]


@transaction.atomic
def ask_amendment(
    *,
    proposal: Proposal,
    against: int,
    words: Words | None = None,
    effects: Sequence[Mapping[str, Any]] | None = None,
    why: Text,
    by: User,
    actor: str,
    at: datetime,
) -> Amendment:
    """Ask for an amendment, by saying how the words and effects of a version should be (None: as they are).

    What differs is kept paragraph by paragraph and effect by effect. Refuses one that changes nothing, an effect no
    kind accepts, and one against an older version where what it wants to change has been changed since.
    """
    held = lock_proposal(proposal=proposal)
    _refuse_draft(proposal=held)
    refuse_closed(proposal=held)
    version = version_of(proposal=held, number=against)
    base = content_of(version=version)
    wanted = _wanted(version=version, words=words, effects=effects, at=at)
    edits = edits_between(before=base, after=wanted)
    if not edits:
        raise Refusal(en="The amendment changes nothing.", es="La modificación no cambia nada.")
    reason = Text(en=short_note(text=why.en), es=short_note(text=why.es))
    if not reason.en and not reason.es:
        raise Refusal(en="Say in a sentence why.", es="Diga en una frase por qué.")
    number = held.amendments.count() + 1
    if held.amendments.filter(state=AmendmentState.OPEN).count() >= MOST_OPEN:
        raise Refusal(
            en=f"{MOST_OPEN} amendments are open; some have to be answered first.",
            es=f"Hay {MOST_OPEN} modificaciones abiertas; primero hay que responder algunas.",
        )
    current = content_of(version=latest_version(proposal=held))
    _refuse_what_is_in_the_way(current=current, asked=[Asked(number=number, base=base, edits=edits)])
    amendment = Amendment.objects.create(
        proposal=held,
        number=number,
        version=version,
        why_en=reason.en,
        why_es=reason.es,
        changes=edits_as_json(edits=edits),
        made_by=by,
        made_at=at,
    )
    _write_down(kind=Kind.AMENDMENT_ASKED, proposal=held, numbers=[number], actor=actor, at=at, version=version)
    return amendment


def _wanted(
    *, version: Version, words: Words | None, effects: Sequence[Mapping[str, Any]] | None, at: datetime
) -> Content:
    """A version as an amendment wants it. Which language is the original is not a matter of amendments."""
    there = content_of(version=version)
    clean = there.words
    if words is not None:
        clean = clean_words(
            words=Words(
                original=there.words.original,
                ask=words.ask,
                text=words.text,
                resources=words.resources,
                in_favor=words.in_favor,
                against=words.against,
            )
        )
    if effects is None:
        return Content(words=clean, effects=there.effects)
    made = written_effects(effects=effects, on=day_everywhere(at=at), before=version.effects)
    return Content(words=clean, effects=bare(effects=made))


@transaction.atomic
def accept_amendments(
    *,
    proposal: Proposal,
    numbers: Iterable[int],
    by: User,
    actor: str,
    at: datetime,
    up_to_date: bool | None = None,
) -> Version:
    """Take open amendments into the text, as its sponsor, all of these or none; returns the version that is there then.

    Refuses what clashes among them or with the text of today, and effects that no kind accepts any more.
    """
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    refuse_all_but_sponsor(proposal=held, by=by)
    return _take(
        proposal=held,
        amendments=_named(proposal=held, numbers=numbers, states=[AmendmentState.OPEN]),
        state=AmendmentState.ACCEPTED,
        by=by,
        actor=actor,
        at=at,
        up_to_date=up_to_date,
    )


@transaction.atomic
def adopt_amendments(
    *,
    proposal: Proposal,
    numbers: Iterable[int],
    as_voted: Sequence[Mapping[str, Any]] = (),
    actor: str,
    at: datetime,
) -> Version:
    """Take amendments that a vote adopted into the text, also against the sponsor's will; in the vote's transaction.

    They are written as their author's. Effects that stand among those `as_voted` are taken as the electorate saw them,
    also where no kind would accept them by now: a vote can always be closed, and whether they can still be decided is
    asked when the question is put.
    """
    held = lock_proposal(proposal=proposal)
    refuse_settled(proposal=held)
    states = [AmendmentState.OPEN, AmendmentState.REJECTED]
    amendments = _named(proposal=held, numbers=numbers, states=states)
    return _take(
        proposal=held,
        amendments=amendments,
        state=AmendmentState.ADOPTED,
        as_voted=as_voted,
        by=amendments[-1].made_by,
        actor=actor,
        at=at,
        up_to_date=None,
    )


def as_amended(*, proposal: Proposal, numbers: Iterable[int], at: datetime) -> Amended:
    """What a proposal that is held would say and do with these amendments, so that a vote can be taken on just that.

    Refuses one that was answered for good, what clashes, and effects that no kind accepts. Writes nothing.
    """
    states = [AmendmentState.OPEN, AmendmentState.REJECTED]
    amendments = _named(proposal=proposal, numbers=numbers, states=states)
    latest = latest_version(proposal=proposal)
    asked = [asked_of(amendment=one) for one in amendments]
    content = _refuse_what_is_in_the_way(current=content_of(version=latest), asked=asked)
    words = clean_words(words=content.words)
    effects = written_effects(effects=content.effects, on=day_everywhere(at=at), before=latest.effects)
    before, marks = words_of(version=latest), marks_of(version=latest)
    return Amended(
        words=words,
        marks=marks_after(before=before, marks=marks, after=words, number=latest.number + 1, up_to_date=None),
        effects=tuple(effects),
    )


def _take(
    *,
    proposal: Proposal,
    amendments: Sequence[Amendment],
    state: AmendmentState,
    as_voted: Sequence[Mapping[str, Any]] = (),
    by: User,
    actor: str,
    at: datetime,
    up_to_date: bool | None,
) -> Version:
    latest = latest_version(proposal=proposal)
    current = content_of(version=latest)
    content = _refuse_what_is_in_the_way(current=current, asked=[asked_of(amendment=one) for one in amendments])
    numbers = [amendment.number for amendment in amendments]
    version = latest
    if content != current:
        words = clean_words(words=content.words)
        known = [*as_voted, *latest.effects]
        effects = written_effects(effects=content.effects, on=day_everywhere(at=at), before=known)
        marks = marks_after(
            before=words_of(version=latest),
            marks=marks_of(version=latest),
            after=words,
            number=latest.number + 1,
            up_to_date=up_to_date,
        )
        listed = ", ".join(map(str, numbers))
        version = next_version(
            proposal=proposal,
            latest=latest,
            words=words,
            marks=marks,
            effects=effects,
            note=f"Amendment {listed} · Modificación {listed}",
            by=by,
            actor=actor,
            at=at,
        )
    Amendment.objects.filter(pk__in=[amendment.pk for amendment in amendments]).update(
        state=state, ended_by=by, ended_at=at, into=version
    )
    kind = Kind.AMENDMENT_ACCEPTED if state is AmendmentState.ACCEPTED else Kind.AMENDMENT_ADOPTED
    _write_down(kind=kind, proposal=proposal, numbers=numbers, actor=actor, at=at, version=version)
    return version


@transaction.atomic
def reject_amendments(*, proposal: Proposal, numbers: Iterable[int], by: User | None, actor: str, at: datetime) -> None:
    """Do not take open amendments, as the sponsor; without `by`, because a vote did not adopt them.

    What the sponsor does not take may still be put to the vote; what a vote did not adopt is over.
    """
    held = lock_proposal(proposal=proposal)
    if by is not None:
        refuse_closed(proposal=held)
        refuse_all_but_sponsor(proposal=held, by=by)
    states = [AmendmentState.OPEN] if by is not None else [AmendmentState.OPEN, AmendmentState.REJECTED]
    amendments = _named(proposal=held, numbers=numbers, states=states)
    Amendment.objects.filter(pk__in=[amendment.pk for amendment in amendments]).update(
        state=AmendmentState.REJECTED, ended_by=by, ended_at=at
    )
    _write_down(
        kind=Kind.AMENDMENT_REJECTED,
        proposal=held,
        numbers=[amendment.number for amendment in amendments],
        actor=actor,
        at=at,
    )


@transaction.atomic
def withdraw_amendment(*, proposal: Proposal, number: int, by: User, actor: str, at: datetime) -> None:
    """Take an amendment back, as whoever asked for it."""
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    states = [AmendmentState.OPEN, AmendmentState.REJECTED]
    amendment = _named(proposal=held, numbers=[number], states=states)[0]
    if amendment.made_by_id != by.pk:
        raise Refusal(
            en=f"Only {amendment.made_by.name}, who asked for it, takes it back.",
            es=f"Solo la retira {amendment.made_by.name}, que la pidió.",
        )
    amendment.state, amendment.ended_by, amendment.ended_at = AmendmentState.WITHDRAWN, by, at
    amendment.save(update_fields=["state", "ended_by", "ended_at"])
    _write_down(kind=Kind.AMENDMENT_WITHDRAWN, proposal=held, numbers=[number], actor=actor, at=at)


def _named(*, proposal: Proposal, numbers: Iterable[int], states: Sequence[AmendmentState]) -> list[Amendment]:
    """The amendments of these numbers. Refuses one that is not there or was answered, and no number at all."""
    wanted = sorted(set(numbers))
    if not wanted:
        raise Refusal(en="Say which amendment.", es="Diga cuál modificación.")
    rows = proposal.amendments.filter(number__in=wanted).select_related("version", "made_by")
    there = {amendment.number: amendment for amendment in rows}
    for number in wanted:
        found = there.get(number)
        if found is None:
            raise Refusal(en=f"There is no amendment {number}.", es=f"No existe la modificación {number}.")
        if found.state not in states:
            raise Refusal(
                en=f"Amendment {number} has been answered already.",
                es=f"La modificación {number} ya fue respondida.",
            )
    return [there[number] for number in wanted]


def _refuse_draft(*, proposal: Proposal) -> None:
    if proposal.stage == Stage.DRAFT:
        raise Refusal(
            en="It is a draft still; amendments are asked for once it circulates.",
            es="Todavía es un borrador; las modificaciones se piden cuando ya circula.",
        )


def _refuse_what_is_in_the_way(*, current: Content, asked: Sequence[Asked]) -> Content:
    found = taken(current=current, asked=asked)
    if found.content is None:
        raise AmendmentsInTheWay(found=found)
    return found.content


def _write_down(
    *,
    kind: Kind,
    proposal: Proposal,
    numbers: Sequence[int],
    actor: str,
    at: datetime,
    version: Version | None = None,
) -> None:
    payload: dict[str, Any] = {"amendments": list(numbers)}
    if version is not None:
        payload["version"] = version.number
    journal.append(kind=kind, subject=f"proposal:{proposal.code}", actor=actor, at=at, payload=payload)
