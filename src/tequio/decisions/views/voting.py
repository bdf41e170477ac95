"""Votes: opening one, casting a ballot, entering a sitting's, closing; what it came to, line by line."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded, viewer_in
from tequio.accounts.models import User
from tequio.accounts.permissions import Scope, may_keep_body, may_read_body, may_speak_there
from tequio.centers.models import Center
from tequio.decisions.finding import newest, person_in, proposal_or_404
from tequio.decisions.forms.voting import CHOICE_NOTES, BallotForm, EnterForm, OpenVoteForm
from tequio.decisions.models import Elector, How, Sitting, Vote
from tequio.decisions.operations import closing, opening, preliminary, voting
from tequio.decisions.operations.parts import questions_of
from tequio.decisions.operations.voting import Said
from tequio.decisions.page_queries.voting import electors_to_enter, vote_shown
from tequio.decisions.queries.hours import day_everywhere, hours
from tequio.decisions.queries.seated import terms_running
from tequio.decisions.scopes import scope_of_proposal, scope_of_vote
from tequio.decisions.views.proposing import REFUSED
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page

MOST_SITTINGS = 20


@guarded(may_keep_body, scope=scope_of_proposal)
def open_vote(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Put a question to the vote: what its electorate sees is frozen from that moment."""
    found, person, at = proposal_or_404(code=proposal), person_in(request), clock.now()
    version = newest(proposal=found)
    sittings = Sitting.objects.filter(body=found.body, cancelled_at__isnull=True)
    form = OpenVoteForm(
        request.POST if request.method == "POST" else None,
        questions=[one for one in questions_of(version=version) if not one.end or one.end in _STILL_OPEN],
        sittings=list(sittings.filter(starts_at__lte=at).order_by("-starts_at")[:MOST_SITTINGS]),
        coming=list(sittings.filter(starts_at__gt=at).order_by("starts_at")[:MOST_SITTINGS]),
        people=_people(body_pk=found.body_id),
        zone=Center.objects.order_by("pk").values_list("zone", flat=True).first() or "UTC",
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            vote = opening.open_vote(
                body=found.body,
                proposal=found,
                question=said["question"],
                qualifier=said["qualifier"],
                qualifier_data=form.qualifier_data(),
                how=said["how"],
                sitting=said["sitting"],
                closes_at=form.closes_at(),
                by=person,
                actor=person.actor,
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("vote", kwargs={"vote_pk": vote.pk}))
    context = {"proposal": found, "version": version, "form": form}
    return page(request, "decisions/open_vote.html", context, status=REFUSED if form.is_bound else 200)


_STILL_OPEN = frozenset({"no_quorum", "deferred", "continue_developing", "put_in_writing"})


def _people(*, body_pk: int) -> list[User]:
    on = day_everywhere(at=clock.now())
    pks = terms_running(on=on).filter(seat__body=body_pk).values_list("user_id", flat=True)
    return list(User.objects.filter(pk__in=pks, is_active=True).order_by("name"))


@guarded(may_keep_body, scope=scope_of_proposal)
def open_first(request: HttpRequest, proposal: str, about: str) -> HttpResponseBase:
    """Put to the vote what goes before a question: to let a late proposal in, or to do without a translation."""
    found, person, at = proposal_or_404(code=proposal), person_in(request), clock.now()
    sittings = Sitting.objects.filter(body=found.body, cancelled_at__isnull=True)
    begun = sittings.filter(starts_at__lte=at).order_by("-starts_at").first()
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        how = How.SITTING if begun is not None and request.POST.get("how") == How.SITTING else How.ONLINE
        common: dict[str, Any] = {
            "proposal": found,
            "how": how,
            "sitting": begun if how is How.SITTING else None,
            "by": person,
            "actor": person.actor,
            "at": at,
        }
        try:
            if about == "let-in":
                coming = sittings.filter(starts_at__gt=at).order_by("starts_at").first()
                vote = preliminary.open_let_in_vote(into=_planned(begun or coming), **common)
            else:
                vote = preliminary.open_waiver_vote(**common)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("vote", kwargs={"vote_pk": vote.pk}))
    context = {
        "proposal": found,
        "version": newest(proposal=found),
        "form": form,
        "about": about,
        "begun": hours().moment(begun.starts_at) if begun else None,
    }
    return page(request, "decisions/open_first.html", context, status=REFUSED if form.is_bound else 200)


def _planned(sitting: Sitting | None) -> Sitting:
    if sitting is None:
        raise Refusal(en="No sitting is planned.", es="No hay ninguna sesión programada.")
    return sitting


@guarded(may_read_body, scope=scope_of_vote)
def vote(request: HttpRequest, vote_pk: int) -> HttpResponseBase:
    """A vote: the motion, the count line by line, who said what; and the ballots one may cast."""
    return _vote_page(request, found=_vote(vote_pk), form=None)


@guarded(may_speak_there, scope=scope_of_vote)
def cast(request: HttpRequest, vote_pk: int) -> HttpResponseBase:
    """Cast a ballot, or change it."""
    found, person = _vote(vote_pk), person_in(request)
    if request.method != "POST":
        return go(reverse("vote", kwargs={"vote_pk": vote_pk}))
    form = BallotForm(request.POST)
    if form.is_valid():
        try:
            voting.cast(
                vote=found,
                elector=_elector(vote=found, pk=form.cleaned_data["elector"]),
                choice=form.cleaned_data["choice"],
                reason=form.cleaned_data["reason"],
                saw=form.cleaned_data["saw"],
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("vote", kwargs={"vote_pk": vote_pk}) + "#mine")
    return _vote_page(request, found=found, form=form)


def _elector(*, vote: Vote, pk: int) -> Elector:
    found = Elector.objects.filter(vote=vote, pk=pk).first()
    if found is None:
        raise Refusal(
            en="You are not in the electorate of this vote.", es="Usted no está en el electorado de esta votación."
        )
    return found


def _vote_page(request: HttpRequest, *, found: Vote, form: BallotForm | None) -> HttpResponseBase:
    viewer, person = viewer_in(request), person_in(request)
    shown = vote_shown(vote=found, viewer=person)
    forms = []
    for voice in shown.voices:
        sent = form if form is not None and str(form.data.get("elector")) == str(voice.elector_pk) else None
        initial = {
            "elector": voice.elector_pk,
            "saw": voice.saw,
            "choice": voice.choice,
            "reason": voice.reason,
        }
        if sent is not None:
            sent.data = {**dict(sent.data.items()), "saw": str(voice.saw)}
        forms.append((voice, sent or BallotForm(initial=initial, prefix=None, auto_id=f"id_{voice.elector_pk}_%s")))
    context = {
        "shown": shown,
        "proposal": found.proposal,
        "version": found.question.version if found.question else newest(proposal=found.proposal),
        "seen": found.seen,
        "forms": forms,
        "refused": form,
        "notes": {choice.value: text for choice, text in CHOICE_NOTES.items()},
        "may_keep": may_keep_body(viewer, Scope(body_pk=found.body_id)),
        "in_sitting": found.how == How.SITTING,
        "rule_decision": text_of(row=found.rule_row.decision, name="title"),
        "center_names": {center.code: text_of(row=center, name="name") for center in Center.objects.all()},
    }
    return page(request, "decisions/vote.html", context, status=REFUSED if form is not None else 200)


@guarded(may_keep_body, scope=scope_of_vote)
def enter(request: HttpRequest, vote_pk: int) -> HttpResponseBase:
    """Enter the ballots of a sitting, elector by elector; corrected until it is closed."""
    found, person = _vote(vote_pk), person_in(request)
    form = EnterForm(request.POST if request.method == "POST" else None, electors=electors_to_enter(vote=found))
    if request.method == "POST" and form.is_valid():
        said = {pk: Said(choice=choice, reason=reason) for pk, (choice, reason) in form.said().items()}
        try:
            voting.enter_ballots(vote=found, said=said, by=person, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("vote", kwargs={"vote_pk": vote_pk}))
    context = {
        "shown": vote_shown(vote=found, viewer=person),
        "proposal": found.proposal,
        "version": found.question.version if found.question else newest(proposal=found.proposal),
        "form": form,
    }
    return page(request, "decisions/enter.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_keep_body, scope=scope_of_vote)
def close(request: HttpRequest, vote_pk: int) -> HttpResponseBase:
    """Close a vote, after a look at what it comes to."""
    found, person = _vote(vote_pk), person_in(request)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            closing.close(vote=found, actor=person.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("vote", kwargs={"vote_pk": vote_pk}))
    context = {
        "shown": vote_shown(vote=found, viewer=person),
        "proposal": found.proposal,
        "version": found.question.version if found.question else newest(proposal=found.proposal),
        "form": form,
    }
    return page(request, "decisions/close.html", context, status=REFUSED if form.is_bound else 200)


def _vote(pk: int) -> Vote:
    rows = Vote.objects.select_related(
        "body", "proposal__body", "proposal__sponsor", "question__version", "rule_row__decision", "sitting", "decision"
    )
    return rows.get(pk=pk)
