"""Suggesting an item for a coming meeting of a body, and answering what was suggested."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_keep_body, may_suggest
from tequio.decisions.finding import body_or_404, person_in
from tequio.decisions.scopes import scope_of_body
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.languages import language_of
from tequio.kernel.web.pages import go, page
from tequio.meetings.finding import suggestion_or_404
from tequio.meetings.forms.suggestions import AcceptForm, DeclineForm, SuggestForm
from tequio.meetings.operations import suggesting
from tequio.meetings.page_queries.suggestions import coming_parts, own_suggestions
from tequio.meetings.scopes import scope_of_suggestion
from tequio.meetings.views.meeting import REFUSED, to_meeting


@guarded(may_suggest, scope=scope_of_body)
def suggest_item(request: HttpRequest, body: str) -> HttpResponseBase:
    """Suggest an item for a coming meeting of a body; below it, what one suggested before and the answers."""
    found, person, at = body_or_404(code=body), person_in(request), clock.now()
    parts = coming_parts(body=found, at=at)
    form = SuggestForm(request.POST if request.method == "POST" else None, parts=parts, language=language_of(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            suggesting.suggest(
                part=said["part"], title=form.title(), why=said["why"], by=person, actor=person.actor, at=at
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("suggest_item", kwargs={"body": found.code}) + "#yours")
    context = {
        "body": found,
        "name": text_of(row=found, name="name"),
        "form": form,
        "parts_there": bool(parts),
        "yours": own_suggestions(body=found, by=person),
    }
    return page(request, "meetings/suggest_item.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_suggestion)
def answer_suggestion(request: HttpRequest, suggestion_pk: int) -> HttpResponseBase:
    """Put a suggestion on the agenda, or decline it with a reason."""
    found, person, at = suggestion_or_404(pk=suggestion_pk), person_in(request), clock.now()
    act = request.POST.get("act", "") if request.method == "POST" else ""
    accept = AcceptForm(request.POST if act == "accept" else None)
    decline = DeclineForm(request.POST if act == "decline" else None)
    try:
        if act == "accept" and accept.is_valid():
            said = accept.cleaned_data
            suggesting.accept(
                suggestion=found, kind=said["kind"], minutes=said["minutes"], by=person, actor=person.actor, at=at
            )
            return to_meeting(found.part.meeting_id, at=f"part-{found.part_id}")
        if act == "decline" and decline.is_valid():
            because = decline.cleaned_data["because"]
            suggesting.decline(suggestion=found, because=because, by=person, actor=person.actor, at=at)
            return to_meeting(found.part.meeting_id, at=f"part-{found.part_id}")
    except Refusal as refusal:
        (accept if act == "accept" else decline).refuse(refusal)
    context = {"suggestion": found, "part": found.part, "accept": accept, "decline": decline}
    bound = accept.is_bound or decline.is_bound
    return page(request, "meetings/answer_suggestion.html", context, status=REFUSED if bound else 200)
