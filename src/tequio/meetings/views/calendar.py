"""When and where: the list of meetings, series, places; planning, moving and cancelling a meeting; its call."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts import permissions
from tequio.accounts.guards import guarded, signed_in, viewer_in
from tequio.accounts.permissions import Scope, is_administrator, may_keep_body, may_read_body, may_read_everything
from tequio.centers.models import Center
from tequio.decisions.finding import body_or_404, person_in
from tequio.decisions.models import Body
from tequio.decisions.queries.hours import day_everywhere, hours
from tequio.decisions.scopes import scope_of_body
from tequio.decisions.views.proposing import REFUSED
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.lists import list_page, page_number
from tequio.kernel.web.pages import go, page
from tequio.meetings.addresses import meeting_path
from tequio.meetings.forms.calendar import CancelForm, PlaceForm, PlanForm, RoomsForm
from tequio.meetings.forms.hours import HourForm
from tequio.meetings.models import Meeting, Place, Series
from tequio.meetings.names import NOTHING_TO_PLAN
from tequio.meetings.operations.calling import call_meeting
from tequio.meetings.operations.places import close_place, set_rooms
from tequio.meetings.operations.planning import PartWanted, cancel_meeting, move_meeting, open_place, plan_meeting
from tequio.meetings.operations.series import foresee_all
from tequio.meetings.page_queries import calendar as queries
from tequio.meetings.queries.calls import call_of, day_of_call, people_of
from tequio.meetings.queries.series import terms_warned
from tequio.meetings.scopes import scope_of_meeting
from tequio.meetings.series_terms import Share, Terms
from tequio.rules.reasons import Text


@guarded(signed_in)
def meetings(request: HttpRequest) -> HttpResponseBase:
    """Every meeting, coming or past, of all bodies or of one."""
    at = clock.now()
    when = queries.PAST if request.GET.get("when") == queries.PAST else queries.COMING
    bodies = queries.bodies_to_choose()
    asked = request.GET.get("body", "")
    body = asked if asked in {code for code, _ in bodies} else ""
    number = page_number(query=request.GET)
    rows = queries.meetings_asked(when=when, body=body, at=at)
    listed = list_page(
        rows=queries.meeting_rows(rows=rows, number=number),
        count=rows.count(),
        number=number,
        path=request.path,
        query=request.GET,
    )
    viewer = viewer_in(request)
    chosen = Body.objects.filter(code=body, ended_on__isnull=True).first() if body else None
    context = {
        "list": listed,
        "when": when,
        "body": body,
        "bodies": bodies,
        "may_keep": bool(chosen and may_keep_body(viewer, Scope(body_pk=chosen.pk))),
        "may_read": bool(chosen and may_read_body(viewer, Scope(body_pk=chosen.pk))),
        "keeps": [one for one in _kept_by(request) if not body],
        "calendars": [] if body else _read_by(request),
        "readable": _readable(request),
    }
    return page(request, "meetings/list.html", context)


def _readable(request: HttpRequest) -> frozenset[int] | None:
    """The bodies whose meetings open for whoever asks; None for all of them."""
    viewer = viewer_in(request)
    if may_read_everything(viewer):
        return None
    sits = permissions.sits(viewer)
    return sits.on | sits.keeps


def _read_by(request: HttpRequest) -> list[Body]:
    """The bodies whose calendar whoever asks may have as an address of their own."""
    readable = _readable(request)
    rows = Body.objects.filter(ended_on__isnull=True).order_by("code")
    return list(rows if readable is None else rows.filter(pk__in=readable))


def _kept_by(request: HttpRequest) -> list[Body]:
    """The bodies that whoever asks may plan meetings for."""
    viewer = viewer_in(request)
    rows = Body.objects.filter(ended_on__isnull=True).order_by("code")
    if is_administrator(viewer):
        return list(rows)
    return list(rows.filter(pk__in=permissions.sits(viewer).keeps))


@guarded(signed_in)
def series_list(request: HttpRequest) -> HttpResponseBase:
    """Every series of meetings. An administrator has their meetings planned now, as the daily work does."""
    at, may_plan = clock.now(), is_administrator(viewer_in(request))
    done: list[Text] = []
    if request.method == "POST":
        if not may_plan:
            raise PermissionDenied
        done = foresee_all(actor=person_in(request).actor, at=at).said() or [NOTHING_TO_PLAN]
    rows = queries.series_listed(on=day_everywhere(at=at), at=at)
    return page(request, "meetings/series_list.html", {"rows": rows, "may_plan": may_plan, "done": done})


@guarded(signed_in)
def series(request: HttpRequest, code: str) -> HttpResponseBase:
    """One series: its terms with the decision behind each, what comes, and the hour in each city."""
    found, at = Series.objects.filter(code=code).first(), clock.now()
    if found is None:
        raise Http404
    shown = queries.series_shown(series=found, on=day_everywhere(at=at), at=at)
    return page(request, "meetings/series.html", {"shown": shown, "readable": _readable(request)})


@guarded(may_keep_body, scope=scope_of_body)
def plan(request: HttpRequest, body: str) -> HttpResponseBase:
    """Plan a meeting of a body, alone or shared with another whose papers one keeps as well."""
    found, person, at = body_or_404(code=body), person_in(request), clock.now()
    others = [one for one in _kept_by(request) if one.pk != found.pk]
    form = PlanForm(request.POST if request.method == "POST" else None, others=others)
    told: list[Text] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = _told(form) + _warned(form, body=found)
        if not told or request.POST.get("understood"):
            parts = [PartWanted(body=found, minutes=said["minutes"])]
            parts += [
                PartWanted(body=one, minutes=said["other_minutes"] or said["minutes"])
                for one in others
                if one.code == said["other"]
            ]
            try:
                meeting = plan_meeting(
                    title=Text(en=said["title_en"], es=said["title_es"]),
                    starts_at=form.starts_at(),
                    zone=said["zone"],
                    parts=parts,
                    places=form.places(),
                    deadlines=form.deadlines(),
                    actor=person.actor,
                    at=at,
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(meeting_path(meeting.pk))
    context = {"body": found, "name": text_of(row=found, name="name"), "form": form, "told": told}
    return page(request, "meetings/plan.html", context, status=REFUSED if form.is_bound else 200)


def _told(form: HourForm) -> list[Text]:
    """What is to be told of the hour: it is not there that day, or there twice."""
    told = form.moment().told
    return [] if told is None else [told]


def _warned(form: PlanForm, *, body: Body) -> list[Text]:
    """What of the deadlines does not fit the body's rule."""
    said = form.cleaned_data
    terms = Terms(
        name=Text(en="", es=""),
        recurrence=None,
        hour=said["hour"],
        zone=said["zone"],
        bodies=(Share(body=body.code, minutes=said["minutes"]),),
        places=(),
        deadlines=tuple(form.deadlines()),
    )
    return terms_warned(terms=terms, on=said["day"])


def _meeting(pk: int) -> Meeting:
    return Meeting.objects.get(pk=pk)  # the scope has found it


def _context(meeting: Meeting, **more: Any) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "title": text_of(row=meeting, name="title"),
        "when": hours().moment(meeting.starts_at),
        "url_of_meeting": meeting_path(meeting.pk),
        **more,
    }


@guarded(may_keep_body, scope=scope_of_meeting)
def move(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Put a meeting to another hour."""
    meeting, person = _meeting(meeting_pk), person_in(request)
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    begin = {"day": local.date(), "hour": f"{local:%H:%M}", "zone": meeting.zone}
    form = HourForm(request.POST if request.method == "POST" else None, initial=begin)
    told: list[Text] = []
    if request.method == "POST" and form.is_valid():
        told = _told(form)
        if not told or request.POST.get("understood"):
            try:
                move_meeting(
                    meeting=meeting,
                    starts_at=form.starts_at(),
                    zone=form.cleaned_data["zone"],
                    by_hand=True,
                    actor=person.actor,
                    at=clock.now(),
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return go(meeting_path(meeting.pk))
    return page(
        request, "meetings/move.html", _context(meeting, form=form, told=told), status=REFUSED if form.is_bound else 200
    )


@guarded(may_keep_body, scope=scope_of_meeting)
def cancel(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Cancel a meeting, with the reason."""
    meeting, person = _meeting(meeting_pk), person_in(request)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting=meeting, because=form.cleaned_data["because"], actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(meeting_path(meeting.pk))
    return page(request, "meetings/cancel.html", _context(meeting, form=form), status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_meeting)
def rooms(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Say where people sit in a meeting: its places, the room or address on line of each."""
    meeting, person = _meeting(meeting_pk), person_in(request)
    form = RoomsForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            set_rooms(meeting=meeting, rooms=form.rooms(), actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(meeting_path(meeting.pk))
    return page(request, "meetings/rooms.html", _context(meeting, form=form), status=REFUSED if form.is_bound else 200)


@guarded(may_read_body, scope=scope_of_meeting)
def call(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """The call of a meeting; whoever keeps its papers sends it."""
    meeting, at = _meeting(meeting_pk), clock.now()
    scope = scope_of_meeting(meeting_pk=meeting_pk)
    may_keep = scope is not None and may_keep_body(viewer_in(request), scope)
    form = PlainForm(request.POST if request.method == "POST" else None)
    sent: int | None = None
    if request.method == "POST":
        if not may_keep:
            raise PermissionDenied
        if form.is_valid():
            try:
                sent = call_meeting(meeting=meeting, actor=person_in(request).actor, at=at)
            except Refusal as refusal:
                form.refuse(refusal)
            meeting.refresh_from_db()
    people = people_of(meeting=meeting, on=day_of_call(meeting=meeting, at=at))
    context = _context(
        meeting,
        called=call_of(meeting=meeting),
        form=form,
        sent=sent,
        may_keep=may_keep,
        people=len(people),
        can_send=may_keep and meeting.cancelled_at is None and meeting.starts_at > at,
        called_at=_moment_or_none(meeting.called_at),
        changed_since=meeting.called_at is not None and meeting.changed_at > meeting.called_at,
    )
    return page(request, "meetings/call.html", context, status=REFUSED if form.errors else 200)


def _moment_or_none(at: datetime | None) -> Any:
    return hours().moment_or_none(at)


@guarded(signed_in)
def places(request: HttpRequest) -> HttpResponseBase:
    """The places where people meet."""
    context = {"rows": queries.places_listed(), "may_change": is_administrator(viewer_in(request))}
    return page(request, "meetings/places.html", context)


@guarded(is_administrator)
def new_place(request: HttpRequest) -> HttpResponseBase:
    """Put a place down."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            open_place(
                code=said["code"].lower(),
                name=Text(en=said["name_en"], es=said["name_es"]),
                zone=said["zone"],
                language=said["language"],
                center=Center.objects.filter(code=said["center"]).first() if said["center"] else None,
                online=said["online"],
                actor=person_in(request).actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("places"))
    return page(request, "meetings/new_place.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@guarded(is_administrator)
def give_up_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give a place up, after a look."""
    place = Place.objects.filter(code=code).first()
    if place is None:
        raise Http404
    if request.method == "POST":
        at = clock.now()
        close_place(place=place, on=day_everywhere(at=at), actor=person_in(request).actor, at=at)
        return go(reverse("places"))
    return page(request, "meetings/give_up_place.html", {"place": place, "name": text_of(row=place, name="name")})
