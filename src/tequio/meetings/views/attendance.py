"""Who is there: one tap each, guests by name, corrections afterwards."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.models import User
from tequio.accounts.permissions import is_administrator, may_keep_body, may_read_body, may_speak_there
from tequio.decisions.finding import person_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.meetings.finding import attendance_or_404, meeting_or_404
from tequio.meetings.forms.agenda import HoursForm, SomebodyForm, number_in
from tequio.meetings.models import Attendance, Meeting, Place
from tequio.meetings.operations import attending
from tequio.meetings.page_queries.attendance import attendance_shown
from tequio.meetings.queries.people import account_named, people_of
from tequio.meetings.scopes import scope_of_attendance, scope_of_meeting
from tequio.meetings.views.meeting import REFUSED, refused_form


@guarded(may_read_body, scope=scope_of_meeting)
def attendance(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Who is there, by person and place."""
    return _page(request, meeting=meeting_or_404(pk=meeting_pk))


def _page(
    request: HttpRequest, *, meeting: Meeting, refused: Refusal | None = None, form: SomebodyForm | None = None
) -> HttpResponseBase:
    viewer = viewer_in(request)
    scope = scope_of_meeting(meeting_pk=meeting.pk)
    shown = attendance_shown(meeting=meeting, viewer_pk=viewer.user_pk, at=clock.now())
    may_keep = scope is not None and may_keep_body(viewer, scope)
    context = {
        "shown": shown,
        "may_keep": may_keep,
        "may_be_here": scope is not None and may_speak_there(viewer, scope),
        "viewer_pk": viewer.user_pk,
        "form": form or (_somebody(request, meeting=meeting) if may_keep else None),
        "refused": refused_form(refused),
    }
    return page(request, "meetings/attendance.html", context, status=REFUSED if refused or form else 200)


def _somebody(request: HttpRequest, *, meeting: Meeting, sent: bool = False) -> SomebodyForm:
    return SomebodyForm(
        request.POST if sent else None,
        people=people_of(meeting=meeting),
        places=_places(meeting),
        around=meeting.opened_at or meeting.starts_at,
        language=language_of(request),
    )


def _places(meeting: Meeting) -> list[Place]:
    return list(Place.objects.filter(meeting_places__meeting=meeting).order_by("meeting_places__pk"))


def to_attendance(meeting_pk: int, /) -> HttpResponseBase:
    """To the page of who is there."""
    return go(reverse("attendance", kwargs={"meeting_pk": meeting_pk}))


@guarded(may_speak_there | is_administrator, scope=scope_of_meeting)
def mark_attendance(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Somebody is here in a place: oneself, or anybody for whoever keeps a body of the meeting."""
    meeting, person = meeting_or_404(pk=meeting_pk), person_in(request)
    if request.method != "POST":
        return to_attendance(meeting.pk)
    scope = scope_of_meeting(meeting_pk=meeting.pk)
    keeps = scope is not None and may_keep_body(viewer_in(request), scope)
    name = " ".join(request.POST.get("name", "").split())[:200]
    user = account_named(name) if keeps and name else _user(request.POST.get("user", ""))
    if not keeps and user != person:
        raise PermissionDenied
    try:
        attending.mark_here(
            meeting=meeting,
            place=_place_in(request),
            user=user,
            name="" if user is not None else name,
            by=person,
            actor=person.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, meeting=meeting, refused=refusal)
    return to_attendance(meeting.pk)


def _place_in(request: HttpRequest) -> Place:
    place = Place.objects.filter(pk=number_in(request.POST.get("place", "")) or 0).first()
    if place is None:
        raise Refusal(en="Say where.", es="Diga dónde.")
    return place


def _user(text: str) -> User | None:
    pk = number_in(text)
    return None if pk is None else User.objects.filter(pk=pk).first()


@guarded(may_keep_body, scope=scope_of_meeting)
def enter_attendance(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Enter somebody with both hours, as after a meeting."""
    meeting, person = meeting_or_404(pk=meeting_pk), person_in(request)
    if request.method != "POST":
        return to_attendance(meeting.pk)
    form = _somebody(request, meeting=meeting, sent=True)
    if not form.is_valid():
        return _page(request, meeting=meeting, form=form)
    said = form.cleaned_data
    came, left = form.moments()
    user = said["user"] or account_named(said["name"])
    try:
        attending.mark_here(
            meeting=meeting,
            place=said["place"],
            user=user,
            name="" if user is not None else said["name"],
            came_at=came,
            left_at=left,
            by=person,
            actor=person.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, meeting=meeting, form=form)
    return to_attendance(meeting.pk)


@guarded(may_speak_there | is_administrator, scope=scope_of_attendance)
def leave_meeting(request: HttpRequest, attendance_pk: int) -> HttpResponseBase:
    """Somebody has left: oneself, or anybody for whoever keeps a body of the meeting."""
    row, person = attendance_or_404(pk=attendance_pk), person_in(request)
    if request.method == "POST":
        scope = scope_of_attendance(attendance_pk=row.pk)
        if row.user_id != person.pk and not (scope is not None and may_keep_body(viewer_in(request), scope)):
            raise PermissionDenied
        attending.mark_left(attendance=row, actor=person.actor, at=clock.now())
    return to_attendance(row.meeting_id)


@guarded(may_keep_body, scope=scope_of_attendance)
def correct_attendance(request: HttpRequest, attendance_pk: int) -> HttpResponseBase:
    """Put an attendance right: place and hours; or take it back."""
    row, person = attendance_or_404(pk=attendance_pk), person_in(request)
    meeting = row.meeting
    form = HoursForm(
        request.POST if request.method == "POST" else None,
        places=_places(meeting),
        around=meeting.opened_at or meeting.starts_at,
        language=language_of(request),
        initial=HoursForm.initial_of(row),
    )
    if request.method == "POST":
        try:
            if request.POST.get("act") == "take_back":
                attending.take_back_attendance(attendance=row, actor=person.actor, at=clock.now())
                return to_attendance(meeting.pk)
            if form.is_valid():
                _put_right(row, form=form, person=person)
                return to_attendance(meeting.pk)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"row": row, "meeting": meeting, "form": form, "name": row.user.name if row.user else row.name}
    return page(request, "meetings/correct_attendance.html", context, status=REFUSED if form.is_bound else 200)


def _put_right(row: Attendance, *, form: HoursForm, person: User) -> None:
    """The hours of the form; where a field was left as it was, the moment to the second stays."""
    came, left = form.moments()
    if row.came_at.replace(second=0, microsecond=0) == came:
        came = row.came_at
    if left is not None and row.left_at is not None and row.left_at.replace(second=0, microsecond=0) == left:
        left = row.left_at
    attending.correct_attendance(
        attendance=row,
        place=form.cleaned_data["place"],
        came_at=came,
        left_at=left,
        actor=person.actor,
        at=clock.now(),
    )
