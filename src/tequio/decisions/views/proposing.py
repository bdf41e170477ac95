"""Writing a proposal: its words in both languages, its effects, its priority; circulating and withdrawing it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_speak_there
from tequio.decisions import effect_forms
from tequio.decisions.effects.in_order import foreseen_after
from tequio.decisions.effects.registry import Effect
from tequio.decisions.finding import body_or_404, newest, person_in, proposal_or_404
from tequio.decisions.forms.words import ChangeForm, PriorityForm, ProposeForm, initial_of
from tequio.decisions.models import Priority, Proposal, Version
from tequio.decisions.moved import TextMoved
from tequio.decisions.operations import proposing
from tequio.decisions.page_queries.proposals import effects_said
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.proposal_words import behind, differences_shown
from tequio.decisions.scopes import scope_of_body, scope_of_proposal
from tequio.decisions.wordings import words_of
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page

REFUSED = 422
LONGEST_NUMBER = 6


@guarded(may_speak_there, scope=scope_of_body)
def new_proposal(request: HttpRequest, body: str) -> HttpResponseBase:
    """Write the first version of a proposal. Only the body sees it; nobody has to read it before it circulates."""
    found, at, person = body_or_404(code=body), clock.now(), person_in(request)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        priorities=_priorities(),
        initial={"original": person.language},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = proposing.draft(
                body=found,
                sponsor=person,
                words=form.words(),
                priority=form.cleaned_data["priority"],
                no_priority_because=form.cleaned_data["no_priority_because"],
                actor=person.actor,
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(made)
    return page(
        request, "decisions/propose.html", {"body": found, "form": form}, status=REFUSED if form.is_bound else 200
    )


@guarded(may_speak_there, scope=scope_of_proposal)
def change_proposal(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Write the next version. Whoever wrote meanwhile is shown beside what was typed; nothing typed is lost."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    version = newest(proposal=found)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=initial_of(version=version))
    moved: TextMoved | None = None
    if request.method == "POST" and form.is_valid():
        try:
            proposing.change(
                proposal=found,
                against=form.cleaned_data["against"],
                words=form.words(),
                effects=_bare(version.effects),
                note=form.cleaned_data["note"],
                up_to_date=form.up_to_date(),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except TextMoved as refusal:
            moved = refusal
            form.refuse(refusal)
            # What was typed stays; sent again it is meant for the text there is now.
            form.data = {**dict(form.data.items()), "against": str(refusal.latest)}
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found)
    context = {
        "proposal": found,
        "version": version,
        "form": form,
        "behind": behind(version=version),
        "both": _both(moved),
    }
    return page(request, "decisions/change.html", context, status=REFUSED if form.is_bound else 200)


def _both(moved: TextMoved | None) -> dict[str, Any] | None:
    """What others changed meanwhile and what this person wanted to, ready to print."""
    if moved is None:
        return None
    return {
        "theirs": differences_shown(found=moved.both.theirs),
        "yours": differences_shown(found=moved.both.yours),
    }


@guarded(may_speak_there, scope=scope_of_proposal)
def add_effect(request: HttpRequest, proposal: str, kind: str) -> HttpResponseBase:
    """Write an effect: what the decision would carry out by itself."""
    found = proposal_or_404(code=proposal)
    version = newest(proposal=found)
    offered = effect_forms.offered_as(slug=kind)
    if offered is None:
        raise Http404
    form = offered.make(
        data=request.POST if request.method == "POST" else None,
        on=day_everywhere(at=clock.now()),
        foreseen=foreseen_after(effects=[Effect.of(effect) for effect in version.effects]),
    )
    if request.method == "POST" and form.is_valid():
        effects = [*_bare(version.effects), {"kind": offered.kind, "data": form.to_data()}]
        if _is_changed(found=found, effects=effects, form=form, request=request, version=version):
            return to_proposal(found)
    context = {"proposal": found, "version": version, "form": form, "offered": offered}
    return page(request, "decisions/effect.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def remove_effect(request: HttpRequest, proposal: str, position: int) -> HttpResponseBase:
    """Take an effect out of the text, after a look at it."""
    found = proposal_or_404(code=proposal)
    version = newest(proposal=found)
    if position >= len(version.effects):
        raise Http404
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        effects = [effect for number, effect in enumerate(_bare(version.effects)) if number != position]
        if _is_changed(found=found, effects=effects, form=form, request=request, version=version):
            return to_proposal(found)
    context = {"proposal": found, "version": version, "form": form, "said": effects_said(version.effects)[position]}
    return page(request, "decisions/remove_effect.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def set_priority(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Say which priority a proposal serves, or why none."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    form = PriorityForm(
        request.POST if request.method == "POST" else None,
        priorities=_priorities(),
        initial={"priority": found.priority_id, "no_priority_because": found.no_priority_because},
    )
    if request.method == "POST" and form.is_valid():
        try:
            proposing.set_priority(
                proposal=found,
                priority=form.cleaned_data["priority"],
                no_priority_because=form.cleaned_data["no_priority_because"],
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found)
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, "decisions/priority.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_speak_there, scope=scope_of_proposal)
def circulate(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Circulate a draft: its hours of review begin."""
    return _done_or_asked(request, code=proposal, template="decisions/circulate.html", does=proposing.submit)


@guarded(may_speak_there, scope=scope_of_proposal)
def withdraw(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Take a proposal back."""
    return _done_or_asked(request, code=proposal, template="decisions/withdraw.html", does=proposing.withdraw)


def _done_or_asked(
    request: HttpRequest, *, code: str, template: str, does: Callable[..., object]
) -> HttpResponse | HttpResponseBase:
    """A page that asks once before something is done."""
    found, person = proposal_or_404(code=code), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            does(proposal=found, by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return to_proposal(found)
    context = {"proposal": found, "version": newest(proposal=found), "form": form}
    return page(request, template, context, status=REFUSED if form.is_bound else 200)


def _is_changed(
    *, found: Proposal, effects: Sequence[dict[str, Any]], form: PlainForm, request: HttpRequest, version: Version
) -> bool:
    """Write the next version with other effects and the same words; what is refused is shown on the form."""
    person = person_in(request)
    try:
        proposing.change(
            proposal=found,
            against=against_in(request, version=version),
            words=words_of(version=version),
            effects=effects,
            by=person,
            actor=person.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def against_in(request: HttpRequest, *, version: Version) -> int:
    """The number of the version that a form was shown for; that of the newest where it does not say."""
    said = request.POST.get("against", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_NUMBER else version.number


def _bare(effects: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"kind": effect["kind"], "data": effect["data"]} for effect in effects]


def _priorities() -> list[Priority]:
    """Those of the newest year that has any, and of the year before."""
    years = list(Priority.objects.order_by("-year").values_list("year", flat=True).distinct()[:2])
    return list(Priority.objects.filter(year__in=years).order_by("-year", "number"))


def to_proposal(found: Proposal, *, at: str = "") -> HttpResponseBase:
    """Go to a proposal's page, to one of its parts where named."""
    return go(reverse("proposal", kwargs={"proposal": found.code}) + (f"#{at}" if at else ""))
