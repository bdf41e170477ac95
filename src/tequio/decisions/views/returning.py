"""A proposal gets another sponsor, or comes back after it ended."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded
from tequio.accounts.models import User
from tequio.accounts.permissions import may_speak_there
from tequio.decisions.finding import newest, person_in, proposal_or_404
from tequio.decisions.operations.coming_back import come_back as bring_back
from tequio.decisions.operations.handing_over import hand_over as give
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.seated import terms_running
from tequio.decisions.scopes import scope_of_proposal
from tequio.decisions.views.proposing import REFUSED, to_proposal
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm, say
from tequio.kernel.web.pages import page


class HandOverForm(PlainForm):
    """Who sponsors it from now on: one of these people, by their numbers."""

    to = forms.TypedChoiceField(label=say(en="Its sponsor from now on", es="Quien la propone desde ahora"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        self.people = people
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """Offer these people."""
        self.fields["to"].choices = [(person.pk, person.name) for person in self.people]  # type: ignore[attr-defined]


@guarded(may_speak_there, scope=scope_of_proposal)
def come_back(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Draft a proposal from what was not carried of one that ended, after a look at what the rule asks for."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = bring_back(proposal=found, by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(made)
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, "decisions/come_back.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def hand_over(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Give a proposal another sponsor; of one whose sponsor has left, take it on."""
    found, person, at = proposal_or_404(code=proposal), person_in(request), clock.now()
    seated = terms_running(on=day_everywhere(at=at)).filter(seat__body=found.body).values("user")
    people = list(
        User.objects.filter(pk__in=seated, is_active=True).exclude(pk=found.sponsor_id).order_by("name", "pk")
    )
    form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            give(proposal=found, to=User.objects.get(pk=form.cleaned_data["to"]), by=person, actor=person.actor, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found)
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, "decisions/hand_over.html", context, status=REFUSED if form.is_bound else 200)
