"""Making a line of the notes a record: choosing what, filling in its form, taking the link away again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, may_keep_body
from tequio.decisions.finding import person_in
from tequio.decisions.models import Proposal
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.meetings import hooks, making
from tequio.meetings.finding import mark_or_404, note_or_404
from tequio.meetings.forms.marking import FORMS, MarkForm
from tequio.meetings.models import MarkKind, Note, NotesCandidate
from tequio.meetings.operations import marking
from tequio.meetings.operations.marking import Line
from tequio.meetings.page_queries.marks import KIND_NAMES
from tequio.meetings.page_queries.notes import may_write_notes
from tequio.meetings.scopes import scope_of_mark, scope_of_note
from tequio.meetings.views.notes import REFUSED, is_number, number_in, to_notes
from tequio.rules.reasons import Text

_WHAT: dict[str, Text] = {
    MarkKind.DECISION: Text(
        en="what the body decided, with its numbers where they were stated",
        es="lo que la instancia acordó, con sus números si se dijeron",
    ),
    MarkKind.VOTE: Text(en="a decision whose votes were counted", es="un acuerdo cuyos votos se contaron"),
    MarkKind.TASK: Text(en="what somebody took on, until when", es="lo que alguien tomó, y para cuándo"),
    MarkKind.DEFERRAL: Text(en="what was put off to the next meeting", es="lo que se dejó para la siguiente reunión"),
    MarkKind.AMENDMENT: Text(en="a change asked of a proposal", es="un cambio pedido a una propuesta"),
    MarkKind.POSITION: Text(en="how somebody stands to a question", es="la postura de alguien ante una cuestión"),
    MarkKind.ELECTION: Text(en="who was chosen, and for which seat", es="a quién se eligió, y para qué lugar"),
    MarkKind.PROPOSAL: Text(
        en="a draft that you sponsor and go on writing", es="un borrador del que usted es proponente"
    ),
    MarkKind.BUDGET_CHANGE: Text(
        en="an amendment of a budget, or a task", es="una modificación de un presupuesto, o una tarea"
    ),
    "there": Text(en="a link to what is a record already", es="un enlace a lo que ya es un registro"),
}
_NAMES: dict[str, Text] = {**KIND_NAMES, "there": Text(en="It is there already", es="Ya existe")}


@guarded(may_write_notes, scope=scope_of_note)
def mark_line(request: HttpRequest, note_pk: int, noted_line: int) -> HttpResponseBase:
    """What may be made of a line."""
    note = note_or_404(pk=note_pk)
    found = _line_or_404(note=note, line=noted_line)
    kinds = [
        (kind.replace("_", "-"), _NAMES[kind], _WHAT[kind])
        for kind in _WHAT
        if kind not in making.OF_THE_KEEPER or _keeps(request, note)
    ]
    return page(request, "meetings/mark_line.html", {"note": note, "noted": found, "kinds": kinds})


@guarded(may_write_notes, scope=scope_of_note)
def mark_line_as(request: HttpRequest, note_pk: int, noted_line: int, kind: str) -> HttpResponseBase:
    """Make a line one thing: its form, filled in with what the line says."""
    note, named = note_or_404(pk=note_pk), kind.replace("-", "_")
    if named not in FORMS:
        raise Http404
    if named in making.OF_THE_KEEPER and not _keeps(request, note):
        raise PermissionDenied
    found = _line_or_404(note=note, line=noted_line)
    done, answer = make_on_page(request, line=found, kind=named)
    return to_notes(note.item) if done is not None else answer


def make_on_page(
    request: HttpRequest, *, line: Line, kind: str, candidate: NotesCandidate | None = None
) -> tuple[Any, HttpResponseBase]:
    """The form that makes a line a record of a kind: the mark once it is made, else the page that asks."""
    form, person, at = _form(request, line=line, kind=kind, candidate=candidate), person_in(request), clock.now()
    asks = kind == MarkKind.AMENDMENT and "text_en" not in form.fields
    if request.method == "POST" and not asks and form.is_valid():
        try:
            return making.make(line=line, kind=kind, form=form, by=person, at=at), to_notes(line.item)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {
        "noted": line,
        "note": line.note,
        "kind": kind,
        "name": _NAMES[kind],
        "what": _WHAT[kind],
        "form": form,
        "candidate": candidate,
        "asks": asks,
        "others": [(other, name) for other, name in KIND_NAMES.items() if other != kind] if candidate else (),
        "first": not any(field.required and getattr(field, "choices", True) == [] for field in form.fields.values()),
    }
    status = REFUSED if form.is_bound and not asks else 200
    return None, page(request, "meetings/mark_line_as.html", context, status=status)


def _form(request: HttpRequest, *, line: Line, kind: str, candidate: NotesCandidate | None) -> MarkForm:
    language = language_of(request)
    start = making.filled_in(line=line, kind=kind, candidate=candidate)
    more: dict[str, Any] = {}
    if kind == MarkKind.AMENDMENT:
        asked = request.GET.get("proposal", "")
        pk = int(asked) if is_number(asked) else number_in(request, "proposal")
        proposal = Proposal.objects.filter(pk=pk, body=line.part.body_id).first()
        more["with_text"] = proposal is not None
        if proposal is not None:
            start |= making.text_to_amend(proposal=proposal)
    if kind == MarkKind.BUDGET_CHANGE:
        offered = hooks.budget_changes.offered(body=line.part.body)
        more["currencies"] = {one.pk: one.currency for one in offered}
    return FORMS[kind](
        request.POST if request.method == "POST" else None,
        choices=making.choices_for(line=line, kind=kind, language=language, at=clock.now()),
        initial=start,
        **more,
    )


@guarded(may_write_notes, scope=scope_of_mark)
def undo_mark(request: HttpRequest, mark_pk: int) -> HttpResponseBase:
    """Take the link between a line and its record away, after a look. The record stays."""
    mark, person = mark_or_404(pk=mark_pk), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        marking.unlink(mark=mark, by=person, actor=person.actor, at=clock.now())
        return to_notes(mark.note.item)
    return page(request, "meetings/undo_mark.html", {"mark": mark, "name": KIND_NAMES[mark.kind], "form": form})


def _keeps(request: HttpRequest, note: Note, /) -> bool:
    return may_keep_body(viewer_in(request), Scope(body_pk=note.item.part.body_id))


def _line_or_404(*, note: Note, line: int) -> Line:
    found = making.line_of(note=note, line=line)
    if found is None:
        raise Http404
    return found
