"""Minutes: their page, putting them forward, entering that they were approved; notes and minutes to take along."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, may_keep_body, may_read_body
from tequio.decisions.finding import person_in
from tequio.decisions.queries.hours import day_everywhere, hours
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.meetings.finding import meeting_or_404, part_or_404
from tequio.meetings.forms.minutes import ApproveForm
from tequio.meetings.models import MeetingPart, Minutes
from tequio.meetings.operations import minutes as operations
from tequio.meetings.page_queries.minutes import minutes_shown
from tequio.meetings.page_queries.notes import notes_of
from tequio.meetings.page_queries.papers import WHICH, Paper, paper_of_minutes, paper_of_notes
from tequio.meetings.page_queries.reading import reading_of
from tequio.meetings.papers import as_markdown, as_pdf
from tequio.meetings.scopes import scope_of_meeting, scope_of_part
from tequio.meetings.seeing import open_by_setting
from tequio.meetings.views.notes import REFUSED


@open_by_setting("minutes", scope=scope_of_part)
def minutes(request: HttpRequest, part_pk: int) -> HttpResponseBase:
    """The minutes of a part: as they were approved, and every correction since with its day and reason."""
    part = part_or_404(pk=part_pk)
    viewer = viewer_in(request)
    shown = minutes_shown(part=part, viewer=viewer, at=clock.now())
    may_read = may_read_body(viewer, Scope(body_pk=part.body_id))
    return page(request, "meetings/minutes.html", {"shown": shown, "may_read": may_read})


@guarded(may_keep_body, scope=scope_of_part)
def put_minutes_forward(request: HttpRequest, part_pk: int) -> HttpResponseBase:
    """Put the notes of a part forward as its minutes, or on the agenda of the next meeting."""
    part, person, at = part_or_404(pk=part_pk), person_in(request), clock.now()
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.put_forward(part=part, by=person, actor=person.actor, at=at)
            if request.POST.get("act") == "place":
                operations.put_on_agenda(minutes=made, by=person, actor=person.actor, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _to_minutes(part)
    shown = minutes_shown(part=part, viewer=viewer_in(request), at=at)
    context = {"shown": shown, "form": form}
    return page(request, "meetings/put_minutes_forward.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_part)
def approve_minutes(request: HttpRequest, part_pk: int) -> HttpResponseBase:
    """Enter that a later meeting approved the minutes; with that the very texts are frozen."""
    part, person, at = part_or_404(pk=part_pk), person_in(request), clock.now()
    later, clocks, language = operations.parts_after(part=part, at=at), hours(), language_of(request)
    form = ApproveForm(
        request.POST if request.method == "POST" else None,
        parts=[(one.pk, clocks.moment(one.sitting.starts_at).said.to(language)) for one in later],
    )
    row = Minutes.objects.filter(part=part).first()
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                row = operations.put_forward(part=part, by=person, actor=person.actor, at=at)
            operations.approve(
                minutes=row,
                at_part=next(one for one in later if one.pk == form.cleaned_data["part"]),
                with_changes=form.cleaned_data["with_changes"],
                counts=form.counts(),
                actor=person.actor,
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _to_minutes(part)
    shown = minutes_shown(part=part, viewer=viewer_in(request), at=at)
    context = {"shown": shown, "form": form, "later": later}
    return page(request, "meetings/approve_minutes.html", context, status=REFUSED if form.is_bound else 200)


@open_by_setting("notes", scope=scope_of_meeting)
def notes_markdown(request: HttpRequest, meeting_pk: int, which: str) -> HttpResponseBase:
    """The notes of a meeting as Markdown."""
    paper = _notes_paper(request, meeting_pk=meeting_pk, which=which)
    return _markdown(paper, name=f"notes-{meeting_pk}-{which}")


@open_by_setting("notes", scope=scope_of_meeting)
def notes_pdf(request: HttpRequest, meeting_pk: int, which: str) -> HttpResponseBase:
    """The notes of a meeting as PDF."""
    paper = _notes_paper(request, meeting_pk=meeting_pk, which=which)
    return _pdf(paper, name=f"notes-{meeting_pk}-{which}")


@open_by_setting("minutes", scope=scope_of_part)
def minutes_markdown(request: HttpRequest, part_pk: int, which: str) -> HttpResponseBase:
    """Minutes as Markdown, as they were approved."""
    paper = _minutes_paper(request, part_pk=part_pk, which=which)
    return _markdown(paper, name=f"minutes-{part_pk}-{which}")


@open_by_setting("minutes", scope=scope_of_part)
def minutes_pdf(request: HttpRequest, part_pk: int, which: str) -> HttpResponseBase:
    """Minutes as PDF, as they were approved."""
    paper = _minutes_paper(request, part_pk=part_pk, which=which)
    return _pdf(paper, name=f"minutes-{part_pk}-{which}")


def _notes_paper(request: HttpRequest, *, meeting_pk: int, which: str) -> Paper:
    meeting, viewer = meeting_or_404(pk=meeting_pk), viewer_in(request)
    notes = notes_of(meeting=meeting, viewer=viewer, language=language_of(request))
    return paper_of_notes(
        reading=reading_of(meeting=meeting, viewer=viewer, notes=notes), notes=notes, which=_which(which)
    )


def _minutes_paper(request: HttpRequest, *, part_pk: int, which: str) -> Paper:
    shown = minutes_shown(part=part_or_404(pk=part_pk), viewer=viewer_in(request), at=clock.now())
    return paper_of_minutes(shown=shown, which=_which(which))


def _which(asked: str) -> str:
    if asked not in WHICH:
        raise Http404
    return asked


def _handed_out(content: bytes, *, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _markdown(paper: Paper, *, name: str) -> HttpResponse:
    text = as_markdown(paper=paper)
    return _handed_out(text.encode(), name=f"{name}.md", kind="text/markdown; charset=utf-8")


def _pdf(paper: Paper, *, name: str) -> HttpResponse:
    made = as_pdf(paper=paper, on=day_everywhere(at=clock.now()))
    return _handed_out(made, name=f"{name}.pdf", kind="application/pdf")


def _to_minutes(part: MeetingPart, /) -> HttpResponseBase:
    return go(reverse("minutes", kwargs={"part_pk": part.pk}))
