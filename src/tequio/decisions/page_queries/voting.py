"""A vote's page: its motion, what was frozen, how it stands or ended, line by line, and who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tequio.accounts.models import User
from tequio.decisions import hooks
from tequio.decisions.models import Ballot, Elector, Vote
from tequio.decisions.operations.voting import mark_of
from tequio.decisions.queries.counting import cast_in, outcome_of_vote
from tequio.decisions.queries.electorates import voices_of
from tequio.decisions.queries.hours import Moment, hours
from tequio.kernel.texts import text_of
from tequio.rules.deciding import Choice, Verdict
from tequio.rules.motions import CHOICE_NAMES, VERDICT_NAMES
from tequio.rules.reasons import Text

_STATES = {Choice.FAVOR: "done", Choice.ABSTAIN: "ended", Choice.AGAINST: "refused", Choice.BLOCK: "refused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotShown:
    """What an elector said: its name, its word, why, and by whom it was cast where that is somebody else."""

    elector_pk: int
    name: str
    center: str
    weight: int
    choice: str
    word: Text | None
    state: str
    reason: str
    language: str
    cast_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceShown:
    """A ballot that the person who looks may cast, and what it says now."""

    elector_pk: int
    name: str
    why: Text
    choice: str
    reason: str
    saw: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteShown:
    """A vote with all its page shows. `lines` explain the verdict, or what it would be if it closed now."""

    vote: Vote
    motion: Text
    rule_title: Text
    opened: Moment
    closes: Moment
    closed: Moment | None
    is_open: bool
    verdict: Verdict
    verdict_word: Text
    lines: Sequence[Text]
    counts: Sequence[tuple[Text, int]]
    electorate: int
    ballots: Sequence[BallotShown]
    silent: Sequence[str]
    voices: Sequence[VoiceShown]
    decision: str | None


def vote_shown(*, vote: Vote, viewer: User) -> VoteShown:
    """A vote's page for somebody who may read the body's papers; a constant number of queries."""
    clocks = hours()
    cast = cast_in(vote=vote)
    outcome = outcome_of_vote(vote=vote, cast=cast)
    is_open = vote.closed_at is None
    rows = list(
        Elector.objects.filter(vote=vote).select_related("user", "member", "ballot__user").order_by("center", "pk")
    )
    ballots = [_ballot(row) for row in rows if _said(row)]
    lines: list[Text] = (
        list(outcome.lines) if is_open else [Text(en=english, es=spanish) for english, spanish in vote.lines]
    )
    verdict = outcome.verdict if is_open else Verdict(vote.verdict)
    decision = getattr(vote, "decision", None)
    return VoteShown(
        vote=vote,
        motion=text_of(row=vote, name="motion"),
        rule_title=text_of(row=vote.rule_row, name="title"),
        opened=clocks.moment(vote.opened_at),
        closes=clocks.moment(vote.closes_at),
        closed=clocks.moment_or_none(vote.closed_at),
        is_open=is_open,
        verdict=verdict,
        verdict_word=VERDICT_NAMES[verdict],
        lines=lines,
        counts=[
            (CHOICE_NAMES[Choice.FAVOR], outcome.count.favor),
            (CHOICE_NAMES[Choice.AGAINST], outcome.count.against),
            (CHOICE_NAMES[Choice.ABSTAIN], outcome.count.abstain),
            (CHOICE_NAMES[Choice.BLOCK], outcome.count.block),
        ],
        electorate=outcome.count.electorate,
        ballots=ballots,
        silent=[_name(row) for row in rows if not _said(row)],
        voices=_voices(vote=vote, viewer=viewer) if is_open else [],
        decision=decision.code if decision is not None else None,
    )


def electors_to_enter(*, vote: Vote) -> list[tuple[int, Text, str, str]]:
    """The electors of a sitting's vote, each with what was entered so far: those who are there first, then by name.

    Where it is known who is there, the name says in which place.
    """
    rows = Elector.objects.filter(vote=vote).select_related("user", "member", "ballot")
    places = hooks.present_at_vote(vote=vote)
    found = [(row.pk, _name(row), places.get(row.user_id or 0), _ballot_of(row)) for row in rows]
    return [
        (pk, _in_place(name, place), ballot.choice if ballot else "", ballot.reason if ballot else "")
        for pk, name, place, ballot in sorted(found, key=lambda one: (one[2] is None, one[1].casefold()))
    ]


def _in_place(name: str, place: Text | None) -> Text:
    if place is None:
        return Text(en=name, es=name)
    return Text(en=f"{name} ({place.en})", es=f"{name} ({place.es})")


def _voices(*, vote: Vote, viewer: User) -> list[VoiceShown]:
    shown = []
    for voice in voices_of(vote=vote, user=viewer):
        ballot = Ballot.objects.filter(elector=voice.elector).first()
        shown.append(
            VoiceShown(
                elector_pk=voice.elector.pk,
                name=voice.name,
                why=voice.why,
                choice=ballot.choice if ballot else "",
                reason=ballot.reason if ballot else "",
                saw=mark_of(ballot),
            )
        )
    return shown


def _ballot(row: Elector) -> BallotShown:
    ballot: Any = _ballot_of(row)
    choice = Choice(ballot.choice)
    caster = ballot.user.name
    name = _name(row)
    return BallotShown(
        elector_pk=row.pk,
        name=name,
        center=row.center,
        weight=row.weight,
        choice=choice.value,
        word=CHOICE_NAMES[choice],
        state=_STATES[choice],
        reason=ballot.reason,
        language=ballot.language,
        cast_by=caster if caster != name else "",
    )


def _said(row: Elector) -> bool:
    ballot = _ballot_of(row)
    return ballot is not None and bool(ballot.choice)


def _ballot_of(row: Elector) -> Ballot | None:
    return getattr(row, "ballot", None)


def _name(row: Elector) -> str:
    if row.user is not None:
        return row.user.name
    return row.member.name if row.member is not None else ""
