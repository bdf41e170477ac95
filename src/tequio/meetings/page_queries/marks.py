"""Lines of notes that were made records: what each became, and where it is read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tequio.accounts.permissions import Viewer
from tequio.kernel.texts import text_of
from tequio.meetings import hooks
from tequio.meetings.models import MarkKind, Note, NoteMark, NoteRevision
from tequio.rules.dividing import End
from tequio.rules.motions import END_NAMES
from tequio.rules.paragraphs import fingerprint, paragraphs
from tequio.rules.reasons import Text

KIND_NAMES: Mapping[str, Text] = {
    MarkKind.DECISION: Text(en="Decision", es="Acuerdo"),
    MarkKind.VOTE: Text(en="Vote", es="Votación"),
    MarkKind.TASK: Text(en="Task", es="Tarea"),
    MarkKind.DEFERRAL: Text(en="Put off", es="Aplazamiento"),
    MarkKind.AMENDMENT: Text(en="Amendment", es="Modificación"),
    MarkKind.POSITION: Text(en="Position", es="Postura"),
    MarkKind.ELECTION: Text(en="Election", es="Elección"),
    MarkKind.PROPOSAL: Text(en="Proposal", es="Propuesta"),
    MarkKind.BUDGET_CHANGE: Text(en="Change of a budget", es="Cambio de un presupuesto"),
}
_RELATED = (
    "decision",
    "vote__proposal",
    "task",
    "slot__proposal",
    "slot__sitting",
    "amendment__proposal",
    "position__question__proposal",
    "position__user",
    "proposal",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkShown:
    """A line that was made a record: which line of the text there is now (0: it was changed since), and the record."""

    pk: int
    line: int
    text: str
    language: str
    kind: Text
    name: Text
    code: str
    outcome: Text | None
    look: str
    url: str | None


def marks_of(
    *, notes: Sequence[Note], latest: Mapping[int, NoteRevision], viewer: Viewer
) -> Mapping[int, Sequence[MarkShown]]:
    """The marks of each note, in the order of its lines. One query, and one for records of other topics."""
    rows = NoteMark.objects.filter(note__in=notes, undone_at__isnull=True).select_related("note", *_RELATED)
    marks = list(rows.order_by("line", "pk"))
    keys = [mark.elsewhere for mark in marks if mark.elsewhere]
    others = hooks.budget_changes.found(keys=keys) if keys else {}
    found: dict[int, list[MarkShown]] = defaultdict(list)
    lines: dict[int, dict[str, list[int]]] = {}
    for mark in marks:
        where = lines.setdefault(mark.note_id, _lines(latest.get(mark.note_id)))
        found[mark.note_id].append(_shown(mark=mark, where=where, others=others, signed_in=viewer.user_pk is not None))
    return found


def _lines(revision: NoteRevision | None) -> dict[str, list[int]]:
    """On which lines the paragraphs of a revision stand, by their fingerprint."""
    where: dict[str, list[int]] = defaultdict(list)
    for one in paragraphs(text=revision.text) if revision is not None else ():
        where[one.fingerprint].append(one.line)
    return where


def _shown(
    *, mark: NoteMark, where: Mapping[str, Sequence[int]], others: Mapping[str, hooks.Elsewhere], signed_in: bool
) -> MarkShown:
    there = where.get(fingerprint(words=mark.text), [])
    line = min(there, key=lambda one: abs(one - mark.line)) if there else 0
    name, code, url = _record(mark=mark, others=others)
    decision = mark.decision
    end = decision.end if decision is not None else ""
    return MarkShown(
        pk=mark.pk,
        line=line,
        text=mark.text,
        language=mark.note.language,
        kind=KIND_NAMES[mark.kind],
        name=name,
        code=code,
        outcome=END_NAMES[End(end)] if end else _state_of_task(mark),
        look=_look(mark=mark, end=end),
        url=url if signed_in or decision is not None else None,
    )


def _record(*, mark: NoteMark, others: Mapping[str, hooks.Elsewhere]) -> tuple[Text, str, str | None]:
    """What the record is called, its code, and its page."""
    if mark.decision is not None:
        return text_of(row=mark.decision, name="title"), mark.decision.code, _url("decision", code=mark.decision.code)
    if mark.task is not None:
        return text_of(row=mark.task, name="title"), "", reverse("tasks")
    if mark.elsewhere:
        other = others.get(mark.elsewhere)
        name = other.name if other is not None else Text(en=mark.text, es=mark.text)
        return name, "", other.url if other is not None else None
    return _of_a_proposal(mark)


def _of_a_proposal(mark: NoteMark) -> tuple[Text, str, str]:
    """The same for what belongs to a proposal, or is one."""
    if mark.vote is not None:
        return text_of(row=mark.vote, name="motion"), mark.vote.proposal.code, _url("vote", vote_pk=mark.vote_id)
    if mark.amendment is not None:
        code, number = mark.amendment.proposal.code, mark.amendment.number
        name = Text(en=f"Amendment {number} of {code}", es=f"Modificación {number} de {code}")
        return name, code, _url("amendment", proposal=code, number=number)
    if mark.position is not None:
        code = mark.position.question.proposal.code
        who = mark.position.said_by or (mark.position.user.name if mark.position.user else "")
        url = _url("proposal", proposal=code)
        return Text(en=f"{who}, on {code}", es=f"{who}, sobre {code}"), code, f"{url}#positions"
    proposal = mark.slot.proposal if mark.slot is not None else mark.proposal
    assert proposal is not None  # noqa: S101 - CONFIG: a constraint of the table
    name = Text(en=f"Proposal {proposal.code}", es=f"Propuesta {proposal.code}")
    return name, proposal.code, _url("proposal", proposal=proposal.code)


def _url(name: str, /, **words: object) -> str:
    return reverse(name, kwargs=words)


def _state_of_task(mark: NoteMark) -> Text | None:
    if mark.task is None:
        return None
    return Text(en="done", es="hecha") if mark.task.closed_at else Text(en="open", es="pendiente")


def _look(*, mark: NoteMark, end: str) -> str:
    if mark.task is not None:
        return "done" if mark.task.closed_at else "open"
    if end in (End.APPROVED, End.WITH_MODIFICATIONS):
        return "good"
    return "refused" if end == End.NOT_APPROVED else "told"
