"""Documents of a meeting: added, handed out to be saved, taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import is_administrator, may_keep_body, may_read_body, may_speak_there
from tequio.decisions.finding import person_in
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page
from tequio.meetings.finding import document_or_404, meeting_or_404
from tequio.meetings.forms.agenda import DocumentForm, number_in
from tequio.meetings.models import AgendaItem
from tequio.meetings.operations import documents
from tequio.meetings.scopes import scope_of_document, scope_of_meeting
from tequio.meetings.views.meeting import REFUSED, to_meeting


@guarded(may_speak_there | is_administrator, scope=scope_of_meeting)
def add_document(request: HttpRequest, meeting_pk: int) -> HttpResponseBase:
    """Add a document for the meeting or one of its items."""
    meeting, person = meeting_or_404(pk=meeting_pk), person_in(request)
    posted: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    items = AgendaItem.objects.filter(part__meeting=meeting, withdrawn_at__isnull=True)
    form = DocumentForm(
        *posted,
        items=list(items.order_by("part__position", "position")),
        language=language_of(request),
        initial={"item": number_in(request.GET.get("item", ""))},
    )
    if request.method == "POST" and form.is_valid():
        upload = form.uploaded()
        try:
            # One byte more than is taken is enough to say that it is too large.
            documents.add_document(
                meeting=meeting,
                item=form.cleaned_data["item"],
                name=upload.name or "",
                content=upload.read(documents.LARGEST + 1),
                language=form.cleaned_data["language"],
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_meeting(meeting.pk, at="documents")
    context = {"meeting": meeting, "form": form}
    return page(request, "meetings/add_document.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_read_body, scope=scope_of_document)
def document(_request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Hand a document out to be saved: whatever it holds, no browser opens it on this site."""
    found = document_or_404(pk=document_pk)
    answer = HttpResponse(documents.content_of(document=found), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


@guarded(may_speak_there | is_administrator, scope=scope_of_document)
def remove_document(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Take a document away, after a look."""
    found, person = document_or_404(pk=document_pk), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    scope = scope_of_document(document_pk=found.pk)
    if request.method == "POST" and form.is_valid():
        try:
            documents.remove_document(
                document=found,
                may_any=scope is not None and may_keep_body(viewer_in(request), scope),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_meeting(found.meeting_id, at="documents")
    context = {"document": found, "meeting": found.meeting, "form": form}
    return page(request, "meetings/remove_document.html", context, status=REFUSED if form.is_bound else 200)
