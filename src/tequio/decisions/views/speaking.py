"""Speaking to a proposal: holding it back, commenting, taking a position, files beside it."""

import base64
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import Scope, may_keep_body, may_read_body, may_speak_there
from tequio.decisions.finding import newest, person_in, proposal_or_404
from tequio.decisions.forms.speaking import CommentForm, DelayForm, PositionForm
from tequio.decisions.forms.words import AttachForm
from tequio.decisions.models import Attachment, Question
from tequio.decisions.operations import attaching, discussing, placing
from tequio.decisions.operations.parts import questions_of
from tequio.decisions.scopes import scope_of_proposal
from tequio.decisions.views.proposing import REFUSED, to_proposal
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import page


@guarded(may_speak_there, scope=scope_of_proposal)
def delay(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Hold a proposal back, once."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    form = DelayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            placing.delay(
                proposal=found,
                by=person,
                days=form.cleaned_data["days"],
                reason=form.cleaned_data["reason"],
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found)
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, "decisions/delay.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def comment(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Say something about the version there is."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"language": language_of(request)})
    if request.method == "POST" and form.is_valid():
        try:
            discussing.comment(
                proposal=found,
                text=form.cleaned_data["text"],
                language=form.cleaned_data["language"],
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found, at="comments")
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, "decisions/comment.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def take_position(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Say how one stands to a question, or, as its chair, how somebody else said it stands."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    version, language = newest(proposal=found), language_of(request)
    questions = questions_of(version=version)
    form = PositionForm(
        request.POST if request.method == "POST" else None,
        questions=[(one.pk, text_of(row=one, name="title").to(language)) for one in questions],
        may_speak_for_others=may_keep_body(viewer_in(request), Scope(body_pk=found.body_id)),
        initial={"language": language},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            discussing.take_position(
                question=Question.objects.get(pk=said["question"]),
                stance=said["stance"],
                words=said["words"],
                language=said["language"],
                said_by=said.get("said_by", ""),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found, at="positions")
    context = {"proposal": found, "version": version, "form": form, "divided": len(questions) > 1}
    return page(request, "decisions/position.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def attach(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Put a file beside a proposal."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    posted: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachForm(*posted)
    if request.method == "POST" and form.is_valid():
        upload = form.uploaded()
        try:
            attaching.attach(
                proposal=found,
                name=upload.name or "",
                content=upload.read(),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found, at="files")
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, "decisions/attach.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_read_body, scope=scope_of_proposal)
def attachment(_request: HttpRequest, proposal: str, file_pk: int) -> HttpResponseBase:
    """Hand a file out to be saved: whatever it holds, no browser opens it on this site."""
    found = _file(proposal=proposal, file_pk=file_pk)
    answer = HttpResponse(base64.b64decode(found.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = HttpResponse(headers={"Content-Disposition": "attachment"}).headers[
        "Content-Disposition"
    ]

    answer.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


@guarded(may_speak_there, scope=scope_of_proposal)
def remove_attachment(request: HttpRequest, proposal: str, file_pk: int) -> HttpResponseBase:
    """Take a file away, after a look."""
    found, file, person = proposal_or_404(code=proposal), _file(proposal=proposal, file_pk=file_pk), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            attaching.remove_attachment(attachment=file, by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found, at="files")
    context = {"proposal": found, "version": newest(proposal=found), "form": form, "file": file}
    return page(request, "decisions/remove_file.html", context, status=REFUSED if form.is_bound else 200)


def _file(*, proposal: str, file_pk: int) -> Attachment:
    found = Attachment.objects.filter(proposal__code=proposal, pk=file_pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found
