"""Interpreting at meetings: signing up, withdrawing, the minutes given, and the hours of a year."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import may_keep_body, may_read_body, may_read_everything
from tequio.decisions.finding import person_in
from tequio.decisions.queries.hours import hours
from tequio.decisions.views.proposing import REFUSED
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.pages import go, page
from tequio.meetings.addresses import meeting_path
from tequio.meetings.forms.calendar import MinutesForm, SignUpForm
from tequio.meetings.models import Interpreter, Meeting
from tequio.meetings.operations.interpreting import enter_minutes, sign_up, withdraw
from tequio.meetings.page_queries.calendar import hours_given
from tequio.meetings.scopes import scope_of_meeting
from tequio.rules.interpreting import NAMES, said


@guarded(signed_in, scope=scope_of_meeting)
def interpreters(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Who interprets at a meeting: everybody may sign up; its chair puts others down and enters the minutes after."""
    meeting, person, at = Meeting.objects.get(pk=meeting_pk), person_in(request), clock.now()
    scope = scope_of_meeting(meeting_pk=meeting_pk)
    keeps = scope is not None and may_keep_body(viewer_in(request), scope)
    reads = scope is not None and may_read_body(viewer_in(request), scope)
    rows = list(meeting.interpreters.filter(withdrawn_at__isnull=True).select_related("user").order_by("pk"))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = SignUpForm(request.POST if act == "sign_up" else None, keeps=keeps)
    minutes = MinutesForm(request.POST if act == "minutes" else None, interpreters=rows)
    if request.method == "POST" and act != "sign_up" and not keeps and not _is_own(rows, request, person.pk):
        raise PermissionDenied
    try:
        if act == "sign_up" and form.is_valid():
            typed = form.cleaned_data
            name = typed.get("name", "")
            sign_up(
                meeting=meeting,
                direction=typed["direction"],
                user=None if name else person,
                name=name,
                paid=typed.get("paid", False),
                actor=person.actor,
                at=at,
            )
            return go(reverse("interpreters", kwargs={"meeting_pk": meeting_pk}))
        if act == "withdraw":
            for one in rows:
                if str(one.pk) == request.POST.get("interpreter"):
                    withdraw(interpreter=one, actor=person.actor, at=at)
            return go(reverse("interpreters", kwargs={"meeting_pk": meeting_pk}))
        if act == "minutes" and keeps and minutes.is_valid():
            for one in rows:
                given = minutes.cleaned_data[f"minutes-{one.pk}"]
                if given is not None and given != one.minutes_given:
                    enter_minutes(interpreter=one, minutes=given, actor=person.actor, at=at)
            return go(reverse("interpreters", kwargs={"meeting_pk": meeting_pk}))
    except Refusal as refusal:
        (minutes if act == "minutes" else form).refuse(refusal) if act in ("minutes", "sign_up") else None
    languages = list(meeting.meeting_places.values_list("place__language", flat=True))
    context = {
        "meeting": meeting,
        "title": text_of(row=meeting, name="title"),
        "when": hours().moment(meeting.starts_at),
        "url_of_meeting": meeting_path(meeting.pk) if reads else "",
        "said": said(languages=languages, signed_up=[one.direction for one in rows]),
        "rows": [(one, NAMES[one.direction], keeps or one.user_id == person.pk) for one in rows],
        "form": form,
        "minutes": minutes,
        "keeps": keeps,
        "over": meeting.starts_at <= at,
    }
    status = REFUSED if request.method == "POST" else 200
    return page(request, "meetings/interpreters.html", context, status=status)


def _is_own(rows: list[Interpreter], request: HttpRequest, user_pk: int) -> bool:
    """Whether a person takes back what is its own."""
    wanted = request.POST.get("interpreter", "")
    own = {str(one.pk) for one in rows if one.user_id == user_pk}
    return request.POST.get("act") == "withdraw" and wanted in own


@guarded(signed_in)
def given(request: HttpRequest) -> HttpResponseBase:
    """The hours given by interpreting: everybody's for who may read everything, else one's own."""
    viewer, person = viewer_in(request), person_in(request)
    every = may_read_everything(viewer)
    rows = hours_given(user_pk=None if every else person.pk)
    return page(request, "meetings/hours_given.html", {"rows": rows, "every": every})
