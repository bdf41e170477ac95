"""Making a line of the notes a record: what it says becomes a real decision, task, position ..., linked both ways.

The record is made by the operation that always makes its kind, here with the notes as its source. Undoing takes the
link away; the record has its own ways to be taken back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Body, Decision, Proposal, Question, Seat, Sitting, SlotReason, Stage
from tequio.decisions.operations.amending import ask_amendment
from tequio.decisions.operations.discussing import take_position
from tequio.decisions.operations.following import put_on_agenda
from tequio.decisions.operations.proposing import draft
from tequio.decisions.operations.recording import Counts, record_decision
from tequio.decisions.operations.refusing import refuse_closed
from tequio.decisions.operations.seating import appoint
from tequio.decisions.operations.tasks import open_task
from tequio.decisions.queries.sittings import next_sitting
from tequio.kernel.clock import day_in
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.texts import text_of
from tequio.meetings import hooks
from tequio.meetings.models import AgendaItem, MarkKind, MeetingPart, Note, NoteMark, NoteRevision
from tequio.meetings.names import name_of_notes
from tequio.meetings.operations.agenda_places import put_on_later_agenda
from tequio.rules.dividing import End
from tequio.rules.reasons import Text, long_date
from tequio.rules.wording import Words, cleaned_line

LONGEST_TITLE: Final = 300
_NOTHING: Final = Text(en="", es="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the notes: in which revision, its number from 1, its words."""

    note: Note
    revision: NoteRevision
    line: int
    words: str

    @property
    def item(self) -> AgendaItem:
        """The item it was noted of."""
        return self.note.item

    @property
    def part(self) -> MeetingPart:
        """The part of the meeting in which the item stood."""
        return self.note.item.part

    @property
    def day(self) -> date:
        """The day of that meeting, where its hour was set."""
        meeting = self.part.meeting
        return day_in(zone=meeting.zone, at=meeting.starts_at)

    def source(self) -> Text:
        """Where it is written, in a sentence."""
        place, item = self.note.place, self.item
        named = name_of_notes(place=text_of(row=place, name="name"), online=place.online)
        return Text(
            en=f"{named.en}, {long_date(day=self.day, language='en')}: {item.title_en or item.title_es}"[
                :LONGEST_TITLE
            ],
            es=f"{named.es}, {long_date(day=self.day, language='es')}: {item.title_es or item.title_en}"[
                :LONGEST_TITLE
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Who was chosen for a seat, and until when."""

    seat: Seat
    user: User
    starts_on: date
    ends_on: date | None


@transaction.atomic
def make_decision(
    *,
    line: Line,
    title: Text,
    end: str,
    kind: str = MarkKind.DECISION,
    counts: Counts | None = None,
    not_decided: Text = _NOTHING,
    evaluate_on: date | None = None,
    chosen: Chosen | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> NoteMark:
    """Make a line a decision of the body, taken on the day of the meeting as the notes tell it.

    A vote states its numbers; an election may say who takes which seat from when. Refuses a title that is missing in a
    language, an end nobody knows, and whatever recording or seating refuses.
    """
    _refuse_twice(line=line, kind=kind)
    if kind == MarkKind.VOTE and counts is None:
        raise Refusal(
            en="A vote has numbers: say how many were for it and how many against.",
            es="Una votación lleva números: diga cuántos votos a favor y cuántos en contra.",
        )
    part = line.part
    _hold(body=part.body)
    decision = record_decision(
        code=free_code(body=part.body, day=line.day),
        body=part.body,
        title=_titled(title),
        decided_on=line.day,
        source=line.source(),
        end=end,
        counts=counts,
        not_decided=not_decided,
        evaluate_on=evaluate_on,
        sitting=part.sitting,
        actor=actor,
        at=at,
    )
    if chosen is not None:
        if chosen.seat.body_id != part.body_id:
            raise Refusal(en="That seat is another body's.", es="Ese lugar es de otra instancia.")
        appoint(
            seat=chosen.seat,
            user=chosen.user,
            starts_on=chosen.starts_on,
            ends_on=chosen.ends_on,
            decision=decision,
            actor=actor,
            at=at,
        )
    return _link(line=line, kind=kind, by=by, actor=actor, at=at, decision=decision)


@transaction.atomic
def make_task(
    *,
    line: Line,
    title: Text,
    owner: User | None,
    due_on: date | None,
    at_next: bool = False,
    decision: Decision | None = None,
    kind: str = MarkKind.TASK,
    by: User,
    actor: str,
    at: datetime,
) -> NoteMark:
    """Make a line a task of the body, due on a day or at its next meeting, and from a decision where it has one."""
    _refuse_twice(line=line, kind=kind)
    sitting = _next(line=line, at=at) if at_next else None
    task = open_task(
        title=_titled(title),
        body=line.part.body,
        owner=owner,
        due_on=due_on,
        sitting=sitting,
        decision=decision,
        actor=actor,
        at=at,
    )
    return _link(line=line, kind=kind, by=by, actor=actor, at=at, task=task)


@transaction.atomic
def make_deferral(
    *, line: Line, title: Text, proposal: Proposal | None, by: User, actor: str, at: datetime
) -> NoteMark:
    """Make a line a deferral: a proposal goes on the agenda of the next meeting, or the matter itself does.

    Without a proposal it is a recorded decision, and where a later meeting is planned it stands on its agenda.
    Refuses a proposal that is not before the body, or while no later meeting is planned.
    """
    _refuse_twice(line=line, kind=MarkKind.DEFERRAL)
    if proposal is None:
        mark = make_decision(
            line=line, title=title, end=End.DEFERRED, kind=MarkKind.DEFERRAL, by=by, actor=actor, at=at
        )
        put_on_later_agenda(item=line.item, title=_titled(title), by=by, actor=actor, at=at)
        return mark
    held = lock_proposal(proposal=proposal)
    if held.body_id != line.part.body_id or held.stage != Stage.REVIEW:
        raise Refusal(
            en=f"Proposal {held.code} is not before this body.",
            es=f"La propuesta {held.code} no está ante esta instancia.",
        )
    refuse_closed(proposal=held)
    sitting = _next(line=line, at=at)
    slot = put_on_agenda(proposal=held, sitting=sitting, reason=SlotReason.DEFERRED, at=at)
    payload = {"sitting": sitting.pk, "reason": SlotReason.DEFERRED.value}
    journal.append(kind=Kind.PROPOSAL_PLACED, subject=f"proposal:{held.code}", actor=actor, at=at, payload=payload)
    return _link(line=line, kind=MarkKind.DEFERRAL, by=by, actor=actor, at=at, slot=slot)


@transaction.atomic
def make_position(
    *,
    line: Line,
    question: Question,
    stance: str,
    words: str,
    said_by: str = "",
    of: User | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> NoteMark:
    """Make a line somebody's position on a question or a part of it, in their words, in the language of the notes."""
    _refuse_twice(line=line, kind=MarkKind.POSITION)
    if question.proposal.body_id != line.part.body_id:
        raise Refusal(en="That question is another body's.", es="Esa cuestión es de otra instancia.")
    if of is None and not cleaned_line(said_by):
        raise Refusal(en="Say whose position it is.", es="Diga de quién es la postura.")
    position = take_position(
        question=question,
        stance=stance,
        words=words,
        language=line.note.language,
        of=of,
        said_by=said_by,
        by=by,
        actor=actor,
        at=at,
    )
    return _link(line=line, kind=MarkKind.POSITION, by=by, actor=actor, at=at, position=position)


@transaction.atomic
def make_amendment(
    *, line: Line, proposal: Proposal, words: Words, why: Text, against: int, by: User, actor: str, at: datetime
) -> NoteMark:
    """Make a line an amendment asked of a proposal: its words as they should be, against the version that was seen."""
    _refuse_twice(line=line, kind=MarkKind.AMENDMENT)
    if proposal.body_id != line.part.body_id:
        raise Refusal(en="That proposal is another body's.", es="Esa propuesta es de otra instancia.")
    amendment = ask_amendment(proposal=proposal, against=against, words=words, why=why, by=by, actor=actor, at=at)
    return _link(line=line, kind=MarkKind.AMENDMENT, by=by, actor=actor, at=at, amendment=amendment)


@transaction.atomic
def make_proposal(*, line: Line, ask: Text, by: User, actor: str, at: datetime) -> NoteMark:
    """Make a line the draft of a proposal to the body, whose sponsor is whoever makes it and goes on writing it."""
    _refuse_twice(line=line, kind=MarkKind.PROPOSAL)
    language = line.note.language
    proposal = draft(
        body=line.part.body,
        sponsor=by,
        words=Words(original="es" if language == "es" else "en", ask=ask),
        no_priority_because=line.source().to(language),
        actor=actor,
        at=at,
    )
    return _link(line=line, kind=MarkKind.PROPOSAL, by=by, actor=actor, at=at, proposal=proposal)


@transaction.atomic
def make_budget_change(*, line: Line, change: hooks.ChangeAsked, by: User, actor: str, at: datetime) -> NoteMark:
    """Make a line an amendment of a budget (the topic above asks for it). Without a budget it is a task: make_task."""
    _refuse_twice(line=line, kind=MarkKind.BUDGET_CHANGE)
    key = hooks.budget_changes.ask(change=change, actor=actor, at=at)
    return _link(line=line, kind=MarkKind.BUDGET_CHANGE, by=by, actor=actor, at=at, elsewhere=key)


@transaction.atomic
def link_there(*, line: Line, kind: str, by: User, actor: str, at: datetime, **record: Any) -> NoteMark:
    """Link a line to a `decision`, `vote`, `task` or `proposal` that is there already. Refuses another body's."""
    _refuse_twice(line=line, kind=kind)
    (found,) = record.values()
    if found.body_id != line.part.body_id:
        raise Refusal(en="That is another body's.", es="Eso es de otra instancia.")
    return _link(line=line, kind=kind, by=by, actor=actor, at=at, **record)


@transaction.atomic
def unlink(*, mark: NoteMark, by: User, actor: str, at: datetime) -> bool:
    """Take the link between a line and its record away; False where it was before. The record itself stays."""
    changed = NoteMark.objects.filter(pk=mark.pk, undone_at__isnull=True).update(undone_at=at)
    if changed:
        payload = {"mark": mark.pk, "person": by.actor}
        subject = f"meeting:{mark.note.item.part.meeting_id}"
        journal.append(kind=Kind.NOTES_UNMARKED, subject=subject, actor=actor, at=at, payload=payload)
    return bool(changed)


def free_code(*, body: Body, day: date) -> str:
    """A code for a decision of a body on a day: the body's, the day, and the next number."""
    stem = f"{body.code}-{day.isoformat()}"
    number = Decision.objects.filter(code__startswith=f"{stem}-").count() + 1
    while Decision.objects.filter(code=f"{stem}-{number}").exists():
        number += 1
    return f"{stem}-{number}"


def _hold(*, body: Body) -> None:
    """Codes of decisions are given out one after the other."""
    Body.objects.select_for_update().get(pk=body.pk)


def _next(*, line: Line, at: datetime) -> Sitting:
    """The next meeting of the body, after now and after the one that was noted."""
    found = next_sitting(body=line.part.body, after=max(at, line.part.sitting.starts_at))
    if found is None:
        raise Refusal(
            en="No later meeting of this body is planned. Plan it first, or give a day.",
            es="No hay otra reunión planeada de esta instancia. Planéela primero o dé una fecha.",
        )
    return found


def _titled(title: Text) -> Text:
    return Text(en=cleaned_line(title.en)[:LONGEST_TITLE], es=cleaned_line(title.es)[:LONGEST_TITLE])


def _refuse_twice(*, line: Line, kind: str) -> None:
    if kind not in MarkKind.values:
        known = ", ".join(MarkKind.values)
        raise Refusal(en=f"A line becomes one of: {known}.", es=f"Una línea se vuelve una de: {known}.")
    Note.objects.select_for_update(of=("self",)).get(pk=line.note.pk)
    there = NoteMark.objects.filter(note=line.note, kind=kind, undone_at__isnull=True)
    if (
        there.filter(text=line.words, line=line.line).exists()
        or there.filter(revision=line.revision, line=line.line).exists()
    ):
        raise Refusal(
            en="This line was made that already. Take that link away first if it was a mistake.",
            es="Esta línea ya se volvió eso. Si fue un error, quite primero ese enlace.",
        )


def _link(*, line: Line, kind: str, by: User, actor: str, at: datetime, **record: Any) -> NoteMark:
    mark = NoteMark.objects.create(
        note=line.note,
        revision=line.revision,
        line=line.line,
        text=line.words,
        kind=kind,
        made_by=by,
        made_at=at,
        **record,
    )
    ((name, made),) = record.items()
    payload = {"mark": mark.pk, "kind": str(kind), name: _named(made)}
    subject = f"meeting:{line.part.meeting_id}"
    journal.append(kind=Kind.NOTES_MARKED, subject=subject, actor=actor, at=at, payload=payload)
    return mark


def _named(made: Any) -> Any:
    if isinstance(made, Decision | Proposal):
        return made.code
    return made if isinstance(made, str) else made.pk
