"""A meeting: its page, opening and closing it, undoing that, stating the quorum."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Viewer, may_keep_body, may_read_body
from tequio.decisions.finding import person_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.meetings.finding import meeting_or_404, part_or_404
from tequio.meetings.models import Meeting
from tequio.meetings.operations import holding
from tequio.meetings.operations.carrying_over import bring_in_step
from tequio.meetings.operations.stating_quorum import state_quorum
from tequio.meetings.page_queries.meeting import MeetingShown, meeting_shown
from tequio.meetings.page_queries.notes import notes_of
from tequio.meetings.page_queries.suggestions import waiting_suggestions
from tequio.meetings.scopes import scope_of_meeting, scope_of_part

REFUSED = 422


def to_meeting(meeting_pk: int, /, at: str = "") -> HttpResponseRedirect:
    """To the page of a meeting, or a part of it."""
    return go(reverse("meeting", kwargs={"meeting_pk": meeting_pk}) + (f"#{at}" if at else ""))


@guarded(may_read_body, scope=scope_of_meeting)
def meeting(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """A meeting: agenda, notes, records, who is there."""
    return meeting_page(request, meeting=meeting_or_404(pk=meeting_pk))


def meeting_page(request: HttpRequest, *, meeting: Meeting, refused: Refusal | None = None) -> HttpResponseBase:
    """The page of a meeting, its agenda brought in step with where proposals are placed."""
    viewer, at = viewer_in(request), clock.now()
    bring_in_step(meeting=meeting, at=at)
    shown = meeting_shown(meeting=meeting, viewer=viewer, at=at)
    context = {
        "shown": shown,
        "suggested": waiting_suggestions(meeting_pk=meeting.pk) if shown.may_keep else (),
        "notes_by_item": notes_of(meeting=meeting, viewer=viewer, language=language_of(request)),
        "refused": refused_form(refused),
    }
    return page(request, "meetings/meeting.html", context, status=REFUSED if refused else 200)


def refused_form(refusal: Refusal | None, /) -> PlainForm | None:
    """What a button's operation refused, as a page shows it on top; None where it refused nothing."""
    if refusal is None:
        return None
    form = PlainForm({})
    form.refuse(refusal)
    return form


def _shown(meeting: Meeting, viewer: Viewer) -> MeetingShown:
    return meeting_shown(meeting=meeting, viewer=viewer, at=clock.now())


@guarded(may_keep_body, scope=scope_of_meeting)
def open_meeting(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Open a meeting, with a look at who is there."""
    return _step(request, meeting_pk=meeting_pk, template="meetings/open_meeting.html", step="open")


@guarded(may_keep_body, scope=scope_of_meeting)
def close_meeting(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Close a meeting, with a look at what is carried over and which votes are open."""
    return _step(request, meeting_pk=meeting_pk, template="meetings/close_meeting.html", step="close")


@guarded(may_keep_body, scope=scope_of_meeting)
def undo_meeting(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Undo the closing of a meeting, or its opening."""
    return _step(request, meeting_pk=meeting_pk, template="meetings/undo_meeting.html", step="undo")


_STEPS = {"open": holding.open_meeting, "close": holding.close_meeting, "undo": holding.undo_step}


def _step(request: HttpRequest, *, meeting_pk: int, template: str, step: str) -> HttpResponseBase:
    found, person = meeting_or_404(pk=meeting_pk), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _STEPS[step](meeting=found, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_meeting(found.pk)
    context = {"shown": _shown(found, viewer_in(request)), "form": form}
    return page(request, template, context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_part)
def say_quorum(request: HttpRequest, part_pk: int) -> HttpResponseBase:
    """State the quorum of a body now."""
    part, person = part_or_404(pk=part_pk), person_in(request)
    if request.method == "POST":
        try:
            state_quorum(part=part, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            return meeting_page(request, meeting=part.meeting, refused=refusal)
    return to_meeting(part.meeting_id, at=f"part-{part.pk}")
