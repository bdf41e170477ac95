"""Carrying a decision out: a named person looks at it and confirms; giving an effect up; taking a decision back."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.permissions import may_keep_body, may_read_lists, may_speak_there
from tequio.decisions.finding import person_in
from tequio.decisions.models import Decision, DecisionEffect
from tequio.decisions.operations.carrying_out import confirm, drop_effect
from tequio.decisions.operations.reversing import reversal
from tequio.decisions.queries.carrying import carrying_out
from tequio.decisions.scopes import scope_of_decision
from tequio.decisions.views.proposing import REFUSED, to_proposal
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm, note_field, say
from tequio.kernel.web.pages import go, page


class ConfirmForm(PlainForm):
    """Confirming what was looked at."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class DropForm(PlainForm):
    """Why an effect is given up."""

    why = note_field(label=say(en="Why it is given up", es="Por qué se descarta"))


@guarded(may_keep_body, scope=scope_of_decision)
def carry_out(request: HttpRequest, code: str) -> HttpResponseBase:
    """See what a decision does now, what is in the way, what moved since the vote; confirm it by name."""
    row, person, at = _decision(code), person_in(request), clock.now()
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm(decision=row, by=person, key=form.cleaned_data["key"], actor=person.actor, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("decision", kwargs={"code": code}))
    found = carrying_out(decision=row, at=at)
    context = {
        "decision": row,
        "title": text_of(row=row, name="title"),
        "found": found,
        "form": form,
        "who": person.name,
        "names_members": may_read_lists(viewer_in(request)),
    }
    return page(request, "decisions/carry_out.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_decision)
def drop(request: HttpRequest, code: str, position: int) -> HttpResponseBase:
    """Give an effect up that cannot be carried out, saying why."""
    row, person, at = _decision(code), person_in(request), clock.now()
    effect = DecisionEffect.objects.filter(decision=row, position=position).first()
    if effect is None:
        raise Http404
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            drop_effect(effect=effect, why=form.cleaned_data["why"], by=person, actor=person.actor, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("decision", kwargs={"code": code}))
    waiting = [one for one in carrying_out(decision=row, at=at).waiting if one.effect.position == position]
    context = {
        "decision": row,
        "title": text_of(row=row, name="title"),
        "form": form,
        "one": waiting[0] if waiting else None,
    }
    return page(request, "decisions/drop_effect.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_decision)
def reverse_decision(request: HttpRequest, code: str) -> HttpResponseBase:
    """Draft the proposal that takes back what a decision did; it goes its way like any other."""
    row, person = _decision(code), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = reversal(decision=row, sponsor=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(made)
    context = {"decision": row, "title": text_of(row=row, name="title"), "form": form}
    return page(request, "decisions/reverse.html", context, status=REFUSED if form.is_bound else 200)


def _decision(code: str) -> Decision:
    return Decision.objects.select_related("body", "vote", "proposal").get(code=code)
