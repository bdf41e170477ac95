"""Between a form and an operation: what may be chosen for a line of the notes, what is filled in, what is then made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from tequio.accounts.models import User
from tequio.decisions.finding import newest
from tequio.decisions.models import ActionItem, Body, Decision, Proposal, Question, Seat, Stage, Vote
from tequio.decisions.operations.versions import version_of
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.seated import terms_running
from tequio.decisions.wordings import words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.meetings import hooks
from tequio.meetings.forms.marking import AmendmentForm, BudgetChangeForm, DecisionForm, MarkForm, ThereForm
from tequio.meetings.models import MarkKind, NoteMark, NotesCandidate, TranslationRevision
from tequio.meetings.operations import marking
from tequio.meetings.operations.marking import Chosen, Line
from tequio.meetings.operations.translating import by_print
from tequio.rules.dividing import End
from tequio.rules.paragraphs import fingerprint, paragraphs
from tequio.rules.reasons import Text
from tequio.rules.wording import Words

MOST: Final = 50  # records offered in a list
# What speaks for the whole body, or for somebody else, is for whoever keeps its papers.
OF_THE_KEEPER: Final = frozenset(
    {
        MarkKind.DECISION,
        MarkKind.VOTE,
        MarkKind.ELECTION,
        MarkKind.DEFERRAL,
        MarkKind.POSITION,
        MarkKind.BUDGET_CHANGE,
    }
)
_ENDS: Final[Mapping[str, End]] = {
    "approved": End.APPROVED,
    "approved_with_modifications": End.WITH_MODIFICATIONS,
    "approved_in_principle": End.IN_PRINCIPLE,
    "continue": End.CONTINUE_DEVELOPING,
    "not_approved": End.NOT_APPROVED,
    "no_quorum": End.NO_QUORUM,
    "deferred": End.DEFERRED,
    "withdrawn": End.WITHDRAWN,
    "assigned": End.PUT_IN_WRITING,
}
_THERE: Final[Mapping[str, Any]] = {"decision": Decision, "vote": Vote, "task": ActionItem, "proposal": Proposal}


def line_of(*, note: Any, line: int) -> Line | None:
    """A line of the newest revision of a note; None where nothing is said there."""
    revision = note.revisions.order_by("-number").first()
    found = next((one for one in paragraphs(text=revision.text) if one.line == line), None)
    return None if found is None else Line(note=note, revision=revision, line=line, words=found.words)


def choices_for(*, line: Line, kind: str, language: str, at: datetime) -> dict[str, list[tuple[Any, str]]]:
    """What may be chosen in the form of a kind, by field."""
    body, found = line.part.body, dict[str, list[tuple[Any, str]]]()
    if kind in (MarkKind.TASK, MarkKind.ELECTION, MarkKind.POSITION, MarkKind.BUDGET_CHANGE):
        people = _people(on=day_everywhere(at=at))
        found["owner"] = found["user"] = people
    if kind == MarkKind.TASK:
        rows = Decision.objects.filter(body=body).order_by("-decided_on", "-pk")[:MOST]
        found["decision"] = [(row.pk, _labeled(row.code, text_of(row=row, name="title").to(language))) for row in rows]
    if kind == MarkKind.ELECTION:
        seats = Seat.objects.filter(body=body, closed_on__isnull=True).order_by("pk")
        found["seat"] = [(row.pk, _labeled(row.code, text_of(row=row, name="title").to(language))) for row in seats]
    if kind in (MarkKind.DEFERRAL, MarkKind.AMENDMENT):
        found["proposal"] = _proposals(body=body, language=language)
    if kind == MarkKind.POSITION:
        found["question"] = _questions(body=body, language=language)
    if kind == MarkKind.BUDGET_CHANGE:
        found |= _budgets(offered=hooks.budget_changes.offered(body=body), language=language)
    if kind == "there":
        found["record"] = _records(body=body, language=language)
    return found


def _labeled(code: str, title: str) -> str:
    return f"{code}: {title}"[:120]


def _people(*, on: date) -> list[tuple[Any, str]]:
    """Those who sit on some body: they are who takes something on."""
    rows = User.objects.filter(is_active=True, terms__in=terms_running(on=on)).distinct().order_by("name", "pk")
    return [(row.pk, row.name) for row in rows]


def _proposals(*, body: Body, language: str) -> list[tuple[Any, str]]:
    rows = Proposal.objects.filter(body=body, stage=Stage.REVIEW).order_by("-pk")[:MOST]
    return [(row.pk, _labeled(row.code, text_of(row=newest(proposal=row), name="ask").to(language))) for row in rows]


def _questions(*, body: Body, language: str) -> list[tuple[Any, str]]:
    """The questions of the newest version of each proposal; of a divided one its parts."""
    rows = Question.objects.filter(proposal__body=body).exclude(proposal__stage=Stage.DRAFT)
    ordered = list(rows.select_related("proposal").order_by("-proposal", "version__number", "number")[: MOST * 4])
    newest_of = {row.proposal_id: row.version_id for row in ordered}
    found = [row for row in ordered if row.version_id == newest_of[row.proposal_id]]
    divided = {row.proposal_id for row in found if row.number}
    shown = [row for row in found if row.number or row.proposal_id not in divided]
    return [(row.pk, _labeled(row.proposal.code, text_of(row=row, name="title").to(language))) for row in shown[:MOST]]


def _budgets(*, offered: Any, language: str) -> dict[str, list[tuple[Any, str]]]:
    accounts: dict[str, str] = {}
    for one in offered:
        for code, name, _ in one.accounts:
            accounts.setdefault(code, name.to(language))
    return {
        "budget": [(one.pk, one.name.to(language)) for one in offered],
        "account": list(accounts.items()) if offered else [],
        "currency": [(code, code) for code in sorted({one.currency for one in offered} | {"USD", "MXN"})],
    }


def _records(*, body: Body, language: str) -> list[tuple[Any, str]]:
    """The records of a body that a line may lead to, the newest first."""
    es = language == "es"
    found = [
        (
            f"decision:{row.pk}",
            ("Acuerdo " if es else "Decision ") + _labeled(row.code, text_of(row=row, name="title").to(language)),
        )
        for row in Decision.objects.filter(body=body).order_by("-decided_on", "-pk")[:MOST]
    ]
    found += [
        (f"vote:{row.pk}", ("Votación: " if es else "Vote: ") + text_of(row=row, name="motion").to(language)[:120])
        for row in Vote.objects.filter(body=body).order_by("-pk")[:MOST]
    ]
    found += [
        (f"task:{row.pk}", ("Tarea: " if es else "Task: ") + text_of(row=row, name="title").to(language)[:120])
        for row in ActionItem.objects.filter(body=body).order_by("-pk")[:MOST]
    ]
    found += [
        (f"proposal:{row.pk}", ("Propuesta " if es else "Proposal ") + row.code)
        for row in Proposal.objects.filter(body=body).order_by("-pk")[:MOST]
    ]
    return found


def filled_in(*, line: Line, kind: str, candidate: NotesCandidate | None = None) -> dict[str, Any]:
    """What a form begins with: the words of the line, their translation where there is one, what was found in them."""
    start: dict[str, Any] = {"words": line.words, "starts_on": line.day, "end": End.APPROVED}
    other = _translated(line=line)
    for language in ("en", "es"):
        start[f"title_{language}"] = (line.words if language == line.note.language else other)[:300]
    if kind == MarkKind.ELECTION:
        start["end"] = End.APPROVED
    if candidate is None:
        return start
    start["end"] = _ENDS.get(candidate.outcome, End.APPROVED)
    start["currency"] = candidate.currency
    if candidate.amount is not None:
        start["amount"] = f"{candidate.amount.normalize():f}"
    if candidate.owner:
        start |= {"said_by": candidate.owner, "asked_by": candidate.owner}
        match = User.objects.filter(is_active=True, name__iexact=candidate.owner).values_list("pk", flat=True)[:2]
        if len(match) == 1:
            start |= {"owner": match[0], "user": match[0]}
            if kind == MarkKind.POSITION:
                start["said_by"] = ""
    try:
        start["due_on"] = date.fromisoformat(candidate.due)
    except ValueError:
        start["due_on"] = None
    return start


def _translated(*, line: Line) -> str:
    """What the translation says for a line, where it is translated."""
    row = TranslationRevision.objects.filter(translation__note=line.note).order_by("-number").first()
    return "" if row is None else by_print(revision=row).get(fingerprint(words=line.words), "")


def text_to_amend(*, proposal: Proposal) -> dict[str, Any]:
    """The text of a proposal as it is, for the form of an amendment."""
    version = newest(proposal=proposal)
    words = words_of(version=version)
    return {
        "proposal": proposal.pk,
        "against": version.number,
        "text_en": words.text.en,
        "text_es": words.text.es,
    }


def make(*, line: Line, kind: str, form: MarkForm, by: User, at: datetime) -> NoteMark:
    """Make what a form that was filled in says. Refuses what the operations refuse, and what is another body's."""
    common: dict[str, Any] = {"line": line, "by": by, "actor": by.actor, "at": at}
    if isinstance(form, DecisionForm):
        return _decision(kind=kind, form=form, common=common)
    if isinstance(form, AmendmentForm):
        return _amendment(form=form, common=common)
    if isinstance(form, BudgetChangeForm):
        return _budget_change(form=form, common=common)
    if isinstance(form, ThereForm):
        name, _, pk = form.cleaned_data["record"].partition(":")
        return marking.link_there(kind=name, **{name: _THERE[name].objects.get(pk=int(pk))}, **common)
    return _plain(kind=kind, form=form, common=common)


def _plain(*, kind: str, form: MarkForm, common: dict[str, Any]) -> NoteMark:
    said, line = form.cleaned_data, common["line"]
    if kind == MarkKind.TASK:
        return marking.make_task(
            title=form.title(),
            owner=_row(User, said.get("owner")),
            due_on=said["due_on"],
            at_next=said["at_next"],
            decision=_of_body(Decision, said.get("decision"), line=line),
            **common,
        )
    if kind == MarkKind.DEFERRAL:
        proposal = _of_body(Proposal, said.get("proposal"), line=line)
        return marking.make_deferral(title=form.title(), proposal=proposal, **common)
    if kind == MarkKind.PROPOSAL:
        return marking.make_proposal(ask=form.title(), **common)
    return marking.make_position(
        question=Question.objects.select_related("proposal").get(pk=said["question"]),
        stance=said["stance"],
        words=said["words"],
        said_by=said["said_by"],
        of=_row(User, said.get("user")),
        **common,
    )


def _decision(*, kind: str, form: DecisionForm, common: dict[str, Any]) -> NoteMark:
    said = form.cleaned_data
    chosen = None
    if said.get("seat") and said.get("user"):
        seat = Seat.objects.select_related("body").get(pk=said["seat"])
        user = User.objects.get(pk=said["user"])
        chosen = Chosen(seat=seat, user=user, starts_on=said["starts_on"], ends_on=said["ends_on"])
    return marking.make_decision(
        kind=kind,
        title=form.title(),
        end=said["end"],
        counts=form.counts(),
        not_decided=Text(en=said["not_decided_en"], es=said["not_decided_es"]),
        evaluate_on=said["evaluate_on"],
        chosen=chosen,
        **common,
    )


def _amendment(*, form: AmendmentForm, common: dict[str, Any]) -> NoteMark:
    said = form.cleaned_data
    proposal = Proposal.objects.select_related("body").get(pk=said["proposal"])
    against = said.get("against") or newest(proposal=proposal).number
    there = words_of(version=version_of(proposal=proposal, number=against))
    words: Words = replace(there, text=Text(en=said["text_en"], es=said["text_es"]))
    return marking.make_amendment(proposal=proposal, words=words, why=form.title(), against=against, **common)


def _budget_change(*, form: BudgetChangeForm, common: dict[str, Any]) -> NoteMark:
    said, line = form.cleaned_data, common["line"]
    if said.get("budget") is None:
        return marking.make_task(
            kind=MarkKind.BUDGET_CHANGE,
            title=form.title(),
            owner=_row(User, said.get("owner")),
            due_on=said["due_on"],
            **common,
        )
    change = hooks.ChangeAsked(
        budget_pk=said["budget"],
        name=Text(en=said["name_en"], es=said["name_es"]),
        account=said["account"],
        amount=said["amount"],
        why=form.title(),
        asked_by=said["asked_by"],
        source=line.source().to(line.note.language),
    )
    return marking.make_budget_change(change=change, **common)


def _row(model: Any, pk: int | None, /) -> Any:
    return None if pk is None else model.objects.filter(pk=pk).first()


def _of_body(model: Any, pk: int | None, /, *, line: Line) -> Any:
    if pk is None:
        return None
    found = model.objects.filter(pk=pk, body=line.part.body).first()
    if found is None:
        raise Refusal(en="That is another body's.", es="Eso es de otra instancia.")
    return found
