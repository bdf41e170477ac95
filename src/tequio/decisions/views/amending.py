"""Amendments: asked for, shown against the text, taken one by one by the sponsor, or put to the vote; dividing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_read_body, may_speak_there
from tequio.decisions.edits_kept import asked_of
from tequio.decisions.finding import newest, person_in, proposal_or_404
from tequio.decisions.forms.speaking import AmendForm, DivideForm
from tequio.decisions.models import Amendment, Proposal
from tequio.decisions.moved import AmendmentsInTheWay
from tequio.decisions.operations import amending, dividing
from tequio.decisions.operations.versions import version_of
from tequio.decisions.page_queries.proposal_debate import amendment_row
from tequio.decisions.page_queries.proposals import effects_said
from tequio.decisions.queries.proposal_words import differences_shown
from tequio.decisions.scopes import scope_of_proposal
from tequio.decisions.views.proposing import REFUSED, against_in, to_proposal
from tequio.decisions.wordings import content_of, words_of
from tequio.kernel import clock
from tequio.kernel.errors import Refusal
from tequio.kernel.web.forms import PlainForm
from tequio.kernel.web.pages import go, page
from tequio.rules import differences
from tequio.rules.amending import taken
from tequio.rules.dividing import Part
from tequio.rules.reasons import Text
from tequio.rules.wording import Field, Words, paragraphs_of

MOST_PARTS = 6


@guarded(may_speak_there, scope=scope_of_proposal)
def amend(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Ask for an amendment: write the text as it should be; what differs is what is asked for."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    version = newest(proposal=found)
    words = words_of(version=version)
    initial = {
        "against": version.number,
        "ask_en": words.ask.en,
        "ask_es": words.ask.es,
        "text_en": words.text.en,
        "text_es": words.text.es,
    }
    form = AmendForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            base = words_of(version=version_of(proposal=found, number=said["against"]))
        except Refusal:
            raise Http404 from None
        wanted = Words.made_of(
            original=base.original,
            fields={
                **{field: base.of(field) for field in Field},
                Field.ASK: Text(en=said["ask_en"], es=said["ask_es"]),
                Field.TEXT: Text(en=said["text_en"], es=said["text_es"]),
            },
        )
        try:
            made = amending.ask_amendment(
                proposal=found,
                against=said["against"],
                words=wanted,
                why=Text(en=said["why_en"], es=said["why_es"]),
                by=person,
                actor=person.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(reverse("amendment", kwargs={"proposal": found.code, "number": made.number}))
    context = {"proposal": found, "version": version, "form": form}
    return page(request, "decisions/amend.html", context, status=REFUSED if form.is_bound else 200)


@guarded(may_read_body, scope=scope_of_proposal)
def amendment(request: HttpRequest, proposal: str, number: int) -> HttpResponseBase:
    """One amendment against the text of today, and what may be done with it."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    row = Amendment.objects.select_related("made_by", "version", "into").filter(proposal=found, number=number).first()
    if row is None:
        raise Http404
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        does = _DOES.get(request.POST.get("do", ""))
        if does is not None:
            try:
                does(found=found, number=number, by=person)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return to_proposal(found, at="amendments")
    version, asked = newest(proposal=found), asked_of(amendment=row)
    shown = amendment_row(row)
    held = taken(current=content_of(version=version), asked=[asked]) if shown.is_open else None
    context = {
        "proposal": found,
        "version": version,
        "shown": shown,
        "differences": differences_shown(found=differences.shown(content=asked.base, edits=asked.edits)),
        "in_the_way": AmendmentsInTheWay(found=held).text if held and held.content is None else None,
        "form": form,
        "is_sponsor": person.pk == found.sponsor_id,
        "is_author": person.pk == row.made_by_id,
    }
    return page(request, "decisions/amendment.html", context, status=REFUSED if form.errors else 200)


def _accept(*, found: Proposal, number: int, by: Any) -> None:
    amending.accept_amendments(proposal=found, numbers=[number], by=by, actor=by.actor, at=clock.now())


def _reject(*, found: Proposal, number: int, by: Any) -> None:
    amending.reject_amendments(proposal=found, numbers=[number], by=by, actor=by.actor, at=clock.now())


def _take_back(*, found: Proposal, number: int, by: Any) -> None:
    amending.withdraw_amendment(proposal=found, number=number, by=by, actor=by.actor, at=clock.now())


_DOES = {"accept": _accept, "reject": _reject, "withdraw": _take_back}


@guarded(may_speak_there, scope=scope_of_proposal)
def divide(request: HttpRequest, proposal: str) -> HttpResponseBase:
    """Divide the question: say to which part each paragraph and effect belongs; or put it together again."""
    found, person = proposal_or_404(code=proposal), person_in(request)
    version = newest(proposal=found)
    words = words_of(version=version)
    paragraphs = max(len(paragraphs_of(text=words.text.to(language))) for language in ("en", "es"))
    parts = _count(request.POST.get("parts") or request.GET.get("parts"))
    divided = version.questions.filter(number__gt=0).exists()
    form = DivideForm(
        request.POST if request.method == "POST" else None,
        paragraphs=paragraphs,
        effects=len(version.effects),
        parts=parts,
    )
    if request.method == "POST":
        against = against_in(request, version=version)
        try:
            if "undivide" in request.POST:
                dividing.undivide(proposal=found, against=against, by=person, actor=person.actor, at=clock.now())
                return to_proposal(found)
            if form.is_valid():
                made = _parts(form=form)
                dividing.divide(
                    proposal=found, against=against, parts=made, by=person, actor=person.actor, at=clock.now()
                )
                return to_proposal(found)
        except Refusal as refusal:
            form.full_clean()
            form.refuse(refusal)
    context = {
        "proposal": found,
        "version": version,
        "form": form,
        "parts": parts,
        "most": MOST_PARTS,
        "divided": divided,
        "texts": [
            [words_in[index] if index < len(words_in) else "" for words_in in _both(words)]
            for index in range(paragraphs)
        ],
        "effects": list(enumerate(effects_said(version.effects))),
    }
    return page(request, "decisions/divide.html", context, status=REFUSED if form.is_bound else 200)


def _both(words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return paragraphs_of(text=words.text.en), paragraphs_of(text=words.text.es)


def _count(asked: str | None) -> int:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 3 else 2  # noqa: PLR2004 - CONFIG: two digits of a small number
    return min(max(2, number), MOST_PARTS)


def _parts(*, form: DivideForm) -> list[Part]:
    said = form.cleaned_data
    return [
        Part(
            title=Text(en=said[f"title_{number}_en"], es=said[f"title_{number}_es"]),
            paragraphs=tuple(i for i in range(form.paragraphs) if said[f"paragraph_{i}"] == number),
            effects=tuple(i for i in range(form.effects) if said[f"effect_{i}"] == number),
        )
        for number in range(1, form.parts + 1)
    ]
