"""Putting down whether a body has its quorum: when a meeting opens, when a vote is taken in it, when somebody asks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tequio.decisions.models import How, Vote
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.meetings.locking import lock_meeting, refuse_not_open
from tequio.meetings.models import Meeting, MeetingPart, QuorumStated, QuorumWhy
from tequio.meetings.queries.present import present_at, quorums_at


def stated(
    *, meeting: Meeting, parts: Sequence[MeetingPart], why: QuorumWhy, vote: Vote | None = None, at: datetime
) -> list[journal.Happening]:
    """Put it down for these parts, in the caller's transaction, which writes the journal. Without a rule: nothing."""
    present = {row.user_id for row in present_at(meeting=meeting, at=at) if row.user_id is not None}
    happened = []
    for part_pk, found in quorums_at(parts=parts, present=present, at=at).items():
        quorum = found.quorum
        if quorum is None:
            continue
        QuorumStated.objects.create(
            part_id=part_pk,
            at=at,
            why=why,
            vote=vote,
            met=quorum.met,
            here=quorum.here,
            electorate=quorum.electorate,
            needed=quorum.needed,
            per_center={center: list(pair) for center, pair in quorum.per_center.items()},
            lines=[[line.en, line.es] for line in quorum.lines],
        )
        happened.append(
            journal.Happening(
                kind=Kind.QUORUM_STATED,
                subject=f"meeting:{meeting.pk}",
                payload={
                    "part": part_pk,
                    "why": why.value,
                    "here": quorum.here,
                    "of": quorum.electorate,
                    "met": quorum.met,
                },
            )
        )
    return happened


@transaction.atomic
def state_quorum(*, part: MeetingPart, actor: str, at: datetime) -> bool:
    """State a body's quorum now, in an open meeting; False where no rule of decision says what it is."""
    held = lock_meeting(pk=part.meeting_id)
    refuse_not_open(held)
    happened = stated(meeting=held, parts=[part], why=QuorumWhy.ASKED, at=at)
    journal.append_many(happenings=happened, actor=actor, at=at)
    return bool(happened)


def when_a_vote_opens(*, vote: Vote, at: datetime) -> list[journal.Happening]:
    """For decisions, whose vote opens: in a sitting of a meeting that is open, the quorum is put down with it."""
    if vote.how != How.SITTING or vote.sitting_id is None:
        return []
    part = (
        MeetingPart.objects.select_related("meeting", "body")
        .filter(
            sitting=vote.sitting_id,
            meeting__opened_at__lte=at,
            meeting__closed_at__isnull=True,
            meeting__cancelled_at__isnull=True,
        )
        .first()
    )
    if part is None:
        return []
    return stated(meeting=part.meeting, parts=[part], why=QuorumWhy.VOTE, vote=vote, at=at)
