"""The agenda of each body's part of a meeting, ready to print. As many queries for many items as for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tequio.decisions.models import ActionItem, Decision, Proposal, Stage
from tequio.decisions.queries.hours import Hours, Moment
from tequio.decisions.queries.proposals import STAGE_NAMES
from tequio.kernel.texts import text_of
from tequio.meetings.models import AgendaItem, AgendaKind, MeetingPart, QuorumStated, QuorumWhy
from tequio.meetings.page_queries.agenda_rows import AgendaRows, FileShown
from tequio.meetings.queries.clocks import span
from tequio.rules.agenda import WHY_HERE, Planned, late_text, timetable
from tequio.rules.deciding import Quorum
from tequio.rules.dividing import End
from tequio.rules.motions import END_NAMES
from tequio.rules.reasons import Text

KIND_NAMES: Final = {
    AgendaKind.REPORT: Text(en="report", es="informe"),
    AgendaKind.DISCUSSION: Text(en="discussion", es="discusión"),
    AgendaKind.DECISION: Text(en="decision", es="decisión"),
}
WHY_STATED: Final = {
    QuorumWhy.OPENED: Text(en="when it was opened", es="al abrirse"),
    QuorumWhy.VOTE: Text(en="when a vote was opened", es="al abrirse una votación"),
    QuorumWhy.ASKED: Text(en="when somebody asked", es="cuando alguien lo pidió"),
}
_PASSED: Final = frozenset({End.APPROVED.value, End.WITH_MODIFICATIONS.value})
_NOT: Final = frozenset({End.NOT_APPROVED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShown:
    """A task: what, whose, until when, whether it is done."""

    pk: int
    title: Text
    owner: str
    due: date | None
    done: Moment | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """A decision as a record: what, how it ended, its numbers, what was left open, the tasks that follow."""

    code: str
    title: Text
    end: Text | None
    look: str
    counts: Text | None
    not_decided: Text
    vote_pk: int | None
    tasks: Sequence[TaskShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """An item: its place from 1, its hours, what it is about, what became of it."""

    pk: int
    number: int
    kind: Text
    title: Text
    hours: Text
    minutes: int | None
    estimated: bool
    presenter: str
    state: str  # planned, now, closed, carried
    proposal: str
    stage: Text | None
    vote_pk: int | None
    why_here: Text | None
    late: Text | None
    carried_from: tuple[int, Moment] | None
    carried_to: tuple[int, Moment] | None
    documents: Sequence[FileShown]
    decisions: Sequence[DecisionShown]
    waiting: int
    speaking: str
    by_rule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnShown:
    """An item that was taken off, and why."""

    title: Text
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLateShown:
    """A proposal that came too late for this sitting: both hours, and before which sitting it comes."""

    code: str
    ask: Text
    late: Text
    sitting: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedShown:
    """A quorum as it was stated: when, on what occasion, the sentences."""

    when: Moment
    why: Text
    met: bool
    lines: Sequence[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartShown:
    """A body's part: its hours, its items and how their minutes go into its time, its quorum, its tasks."""

    pk: int
    body: str
    name: Text
    minutes: int
    hours: Text
    chairs: Sequence[str]
    sums: Text
    overrun: int
    items: Sequence[ItemShown]
    withdrawn: Sequence[WithdrawnShown]
    too_late: Sequence[TooLateShown]
    other_decisions: Sequence[DecisionShown]
    tasks: Sequence[TaskShown]
    quorum: Quorum | None
    stated: Sequence[StatedShown]
    minutes_decision: str
    may_keep: bool
    may_close_tasks: bool


def parts_shown(
    *,
    parts: Sequence[MeetingPart],
    read: AgendaRows,
    quorums: Mapping[int, Quorum | None],
    kept: frozenset[int],
    sat_on: frozenset[int],
    clocks: Hours,
) -> list[PartShown]:
    """Each body's part with its agenda. `kept` are the bodies whose papers the viewer keeps, `sat_on` its own ones."""
    return [
        _part(part, read=read, quorum=quorums.get(part.pk), kept=kept, sat_on=sat_on, clocks=clocks) for part in parts
    ]


def _part(
    part: MeetingPart,
    *,
    read: AgendaRows,
    quorum: Quorum | None,
    kept: frozenset[int],
    sat_on: frozenset[int],
    clocks: Hours,
) -> PartShown:
    every = read.items[part.pk]
    standing = [item for item in every if item.withdrawn_at is None]
    table = timetable(
        starts_at=part.sitting.starts_at,
        minutes=part.minutes,
        items=[Planned(code=item.pk, minutes=item.minutes) for item in standing],
    )
    about = {item.proposal_id for item in standing if item.proposal_id}
    hours = {
        timed.code: (span(clocks=clocks, begins=timed.begins_at, ends=timed.ends_at), timed.estimated)
        for timed in table.items
    }
    others = [
        one for one in read.decisions[part.sitting_id] if one.proposal_id not in about and one.pk not in read.noted
    ]
    return PartShown(
        pk=part.pk,
        body=part.body.code,
        name=text_of(row=part.body, name="name"),
        minutes=part.minutes,
        hours=span(
            clocks=clocks,
            begins=part.sitting.starts_at,
            ends=part.sitting.starts_at + timedelta(minutes=part.minutes),
        ),
        chairs=read.chairs[part.body_id],
        sums=table.sentence,
        overrun=table.overrun,
        items=[
            _item(item, number=number, part=part, hours=hours[item.pk], read=read, clocks=clocks)
            for number, item in enumerate(standing, start=1)
        ],
        withdrawn=[
            WithdrawnShown(title=text_of(row=item, name="title"), why=item.withdrawn_because)
            for item in every
            if item.withdrawn_at is not None
        ],
        too_late=_too_late(part=part, read=read, clocks=clocks),
        other_decisions=[_decision(one, read=read, clocks=clocks) for one in others],
        tasks=[_task(task, clocks=clocks) for task in read.due[part.sitting_id]],
        quorum=quorum,
        stated=[_stated(row, clocks=clocks) for row in read.stated[part.pk]],
        minutes_decision=read.minutes.get(part.pk, ""),
        may_keep=part.body_id in kept,
        may_close_tasks=part.body_id in kept | sat_on,
    )


def _too_late(*, part: MeetingPart, read: AgendaRows, clocks: Hours) -> list[TooLateShown]:
    """The proposals that missed this sitting, unless a vote let them in all the same."""
    here = {item.proposal_id for item in read.items[part.pk] if item.withdrawn_at is None}
    found = []
    for slot in read.missed[part.sitting_id]:
        if slot.proposal_id in here or slot.came_at is None or slot.should_have_come_at is None:
            continue
        late = late_text(
            came=clocks.moment(slot.came_at).said,
            should_have_come=clocks.moment(slot.should_have_come_at).said,
            missed=None,
        )
        sitting = clocks.moment(slot.sitting.starts_at)
        found.append(TooLateShown(code=slot.proposal.code, ask=read.asks[slot.proposal_id], late=late, sitting=sitting))
    return found


def _item(
    item: AgendaItem,
    *,
    number: int,
    part: MeetingPart,
    hours: tuple[Text, bool],
    read: AgendaRows,
    clocks: Hours,
) -> ItemShown:
    by_rule = item.made_by_id is None
    slot = read.slots.get((part.sitting_id, item.proposal_id or 0))
    late = None
    if slot is not None and slot.came_at is not None and slot.should_have_come_at is not None:
        late = late_text(
            came=clocks.moment(slot.came_at).said,
            should_have_come=clocks.moment(slot.should_have_come_at).said,
            missed=clocks.moment(slot.missed.starts_at).said if slot.missed else None,
        )
    title = text_of(row=item, name="title")
    if by_rule and item.proposal_id is not None:
        title = read.asks.get(item.proposal_id, title)
    carried_to = getattr(item, "carried_to", None)
    decisions = [
        one for one in read.decisions[part.sitting_id] if item.proposal_id and one.proposal_id == item.proposal_id
    ]
    before = item.carried_from
    files = [*read.files.get(item.pk, ()), *(read.files.get(before.pk, ()) if before else ())]
    return ItemShown(
        pk=item.pk,
        number=number,
        kind=KIND_NAMES[AgendaKind(item.kind)],
        title=title,
        hours=hours[0],
        minutes=item.minutes,
        estimated=hours[1],
        presenter=item.presenter.name if item.presenter else item.presented_by,
        state=_state(item, carried=carried_to is not None),
        proposal=item.proposal.code if item.proposal else "",
        stage=STAGE_NAMES[Stage(item.proposal.stage)] if item.proposal else None,
        vote_pk=read.votes.get(item.proposal_id or 0),
        why_here=WHY_HERE.get(slot.reason) if slot is not None else None,
        late=late,
        carried_from=_elsewhere(before, clocks=clocks),
        carried_to=_elsewhere(carried_to, clocks=clocks),
        documents=files,
        decisions=[_decision(one, read=read, clocks=clocks) for one in decisions],
        waiting=read.waiting[item.pk],
        speaking=read.speaking.get(item.pk, ""),
        by_rule=by_rule,
    )


def _state(item: AgendaItem, *, carried: bool) -> str:
    if item.closed_at is not None:
        return "closed"
    if carried:
        return "carried"
    return "now" if item.taken_up_at is not None else "planned"


def _elsewhere(item: AgendaItem | None, *, clocks: Hours) -> tuple[int, Moment] | None:
    if item is None:
        return None
    return item.part.meeting_id, clocks.moment(item.part.meeting.starts_at)


def _decision(row: Decision, *, read: AgendaRows, clocks: Hours) -> DecisionShown:
    counts = None
    if row.counts_stated:
        counts = Text(
            en=f"{row.in_favor} in favor, {row.against} against, {row.abstained or 0} abstained"
            + (f", {row.blocked} blocked" if row.blocked else ""),
            es=f"{row.in_favor} a favor, {row.against} en contra, {row.abstained or 0} abstenciones"
            + (f", {row.blocked} bloqueos" if row.blocked else ""),
        )
    return DecisionShown(
        code=row.code,
        title=text_of(row=row, name="title"),
        end=END_NAMES[End(row.end)] if row.end else None,
        look="good" if row.end in _PASSED else "refused" if row.end in _NOT else "told",
        counts=counts,
        not_decided=text_of(row=row, name="not_decided"),
        vote_pk=row.vote_id,
        tasks=[_task(task, clocks=clocks) for task in read.tasks[row.pk]],
    )


def _task(row: ActionItem, *, clocks: Hours) -> TaskShown:
    return TaskShown(
        pk=row.pk,
        title=text_of(row=row, name="title"),
        owner=row.owner.name if row.owner else "",
        due=row.due_on,
        done=clocks.moment_or_none(row.closed_at),
        note=row.closed_note,
    )


def _stated(row: QuorumStated, *, clocks: Hours) -> StatedShown:
    return StatedShown(
        when=clocks.moment(row.at),
        why=WHY_STATED[QuorumWhy(row.why)],
        met=row.met,
        lines=[Text(en=en, es=es) for en, es in row.lines],
    )


def proposals_to_link(*, part: MeetingPart) -> list[Proposal]:
    """The proposals an item of this part may be about: those of its body that circulate, are voted or were decided."""
    rows = Proposal.objects.filter(body=part.body_id, stage__in=[Stage.REVIEW, Stage.VOTE, Stage.DECIDED])
    return list(rows.order_by("-pk")[:100])
