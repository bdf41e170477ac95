"""The list of speakers of an item, for whoever facilitates and for whoever wants to speak."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, is_administrator, may_keep_body, may_read_body, may_speak_there
from tequio.decisions.finding import person_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.pages import go, page
from tequio.meetings.finding import item_or_404, turn_or_404
from tequio.meetings.forms.agenda import number_in
from tequio.meetings.models import AgendaItem, Attendance
from tequio.meetings.operations import speaking
from tequio.meetings.page_queries.speakers import speakers_shown
from tequio.meetings.scopes import scope_of_items_meeting, scope_of_turn
from tequio.meetings.views.meeting import REFUSED, refused_form


@guarded(may_read_body, scope=scope_of_items_meeting)
def speakers(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Who speaks, who is next, and why."""
    return _page(request, item=item_or_404(pk=item_pk))


def _page(request: HttpRequest, *, item: AgendaItem, refused: Refusal | None = None) -> HttpResponseBase:
    viewer = viewer_in(request)
    context = {
        "shown": speakers_shown(item=item, viewer_pk=viewer.user_pk, at=clock.now()),
        "may_keep": may_keep_body(viewer, Scope(body_pk=item.part.body_id)),
        "viewer_pk": viewer.user_pk,
        "refused": refused_form(refused),
    }
    return page(request, "meetings/speakers.html", context, status=REFUSED if refused else 200)


def _to_speakers(item_pk: int) -> HttpResponseBase:
    return go(reverse("speakers", kwargs={"item_pk": item_pk}))


@guarded(may_speak_there | is_administrator, scope=scope_of_items_meeting)
def ask_to_speak(request: HttpRequest, item_pk: int) -> HttpResponseBase:
    """Ask to speak; whoever facilitates may put down anybody who is there."""
    item, person = item_or_404(pk=item_pk), person_in(request)
    if request.method != "POST":
        return _to_speakers(item.pk)
    given = number_in(request.POST.get("attendance", ""))
    there = speaking.attendance_of(item=item, user=person)
    if given is not None and (there is None or given != there.pk):
        if not may_keep_body(viewer_in(request), Scope(body_pk=item.part.body_id)):
            raise PermissionDenied
        there = Attendance.objects.filter(pk=given, meeting=item.part.meeting_id).first()
    if there is None:
        absent = Refusal(en="First say that you are here, and where.", es="Primero indique que está aquí y dónde.")
        return _page(request, item=item, refused=absent)
    try:
        speaking.ask_to_speak(
            item=item,
            attendance=there,
            language=request.POST.get("language", ""),
            actor=person.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, item=item, refused=refusal)
    return _to_speakers(item.pk)


@guarded(may_speak_there | is_administrator, scope=scope_of_turn)
def turn(request: HttpRequest, turn_pk: int) -> HttpResponseBase:
    """A turn begins or ends, for whoever facilitates; one's own is withdrawn or ended by oneself too."""
    row, person = turn_or_404(pk=turn_pk), person_in(request)
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in ("begin", "end", "withdraw"):
        return _to_speakers(row.item_id)
    keeps = may_keep_body(viewer_in(request), Scope(body_pk=row.item.part.body_id))
    if not keeps and (act == "begin" or row.user_id != person.pk):
        raise PermissionDenied
    acts = {"begin": speaking.begin_turn, "end": speaking.end_turn, "withdraw": speaking.withdraw_turn}
    try:
        acts[act](turn=row, actor=person.actor, at=clock.now())
    except Refusal as refusal:
        return _page(request, item=row.item, refused=refusal)
    return _to_speakers(row.item_id)
