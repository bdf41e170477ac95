"""The register of decisions: what was decided, by whom and when, how it was counted, and what it put in force."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tequio.decisions.effects.in_order import NOTHING, foreseen_by, said_behind
from tequio.decisions.effects.registry import Effect
from tequio.decisions.models import ActionItem, Body, Decision, DecisionEffect, EffectState, Position, Stance
from tequio.decisions.page_queries.proposal_words import END_STATES, STANCE_NAMES
from tequio.dues.models import DuesPolicy, PaymentPolicy
from tequio.followup.models import FollowUpPolicy
from tequio.kernel.texts import text_of
from tequio.rules.deciding import Choice
from tequio.rules.dividing import End
from tequio.rules.motions import CHOICE_NAMES, END_NAMES
from tequio.rules.reasons import Text

_KINDS: tuple[tuple[type[DuesPolicy | PaymentPolicy | FollowUpPolicy], Text], ...] = (
    (DuesPolicy, Text(en="dues", es="cuotas")),
    (PaymentPolicy, Text(en="when dues are late", es="cuando la cuota se atrasa")),
    (FollowUpPolicy, Text(en="following up", es="seguimiento")),
)
_NOT_STATED = Text(en="Counts not stated.", es="No constan los votos.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A rule that a decision put in force in a center, from a day on."""

    code: str
    kind: Text
    title: Text
    center: str
    center_name: Text
    valid_from: date


EFFECT_WORDS = {
    EffectState.WAITING: Text(en="waiting", es="en espera"),
    EffectState.APPLIED: Text(en="carried out", es="llevado a cabo"),
    EffectState.REVERSED: Text(en="taken back", es="revertido"),
    EffectState.DROPPED: Text(en="given up", es="descartado"),
}
EFFECT_STATES = {
    EffectState.WAITING: "told",
    EffectState.APPLIED: "done",
    EffectState.REVERSED: "ended",
    EffectState.DROPPED: "refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectShown:
    """What a decision carries out by itself: the sentence, where it stands, since when."""

    position: int
    said: Text
    word: Text
    state: str
    effective_on: date
    applied_on: date | None
    why_dropped: str

    def as_dict(self) -> dict[str, Any]:
        """The effect as JSON carries it."""
        return {
            "said": self.said.as_dict(),
            "state": self.word.as_dict(),
            "effective_on": self.effective_on,
            "applied_on": self.applied_on,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision of the register. `recorded`: it was taken outside the program and is never shown as computed."""

    code: str
    title: Text
    body_code: str
    body: Text
    decided_on: date
    source: Text
    recorded: bool
    counts: Text
    adopted: tuple[Adopted, ...]
    end: Text | None = None
    end_state: str = ""
    rule: Text | None = None
    lines: tuple[Text, ...] = ()
    effects: tuple[EffectShown, ...] = ()
    not_decided: Text | None = None
    evaluate_on: date | None = None
    proposal: str = ""
    vote: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The entry as JSON carries it."""
        return {
            "decision": self.code,
            "title": self.title.as_dict(),
            "body": self.body_code,
            "body_name": self.body.as_dict(),
            "decided_on": self.decided_on,
            "recorded": self.recorded,
            "counts": self.counts.as_dict(),
            "source": self.source.as_dict(),
            "outcome": self.end.as_dict() if self.end else None,
            "rule": self.rule.as_dict() if self.rule else None,
            "how_it_follows": [line.as_dict() for line in self.lines],
            "effects": [effect.as_dict() for effect in self.effects],
            "not_decided": self.not_decided.as_dict() if self.not_decided else None,
            "evaluate_on": self.evaluate_on,
            "proposal": self.proposal or None,
            "adopted": [
                {
                    "code": rule.code,
                    "kind": rule.kind.as_dict(),
                    "title": rule.title.as_dict(),
                    "center": rule.center,
                    "valid_from": rule.valid_from,
                }
                for rule in self.adopted
            ],
        }


def register(*, body: str = "", code: str = "", year: int | None = None, end: str = "", words: str = "") -> list[Entry]:
    """The decisions, the newest first; of a body, year or outcome, or with these words, where asked. Five queries."""
    rows = Decision.objects.select_related("body", "proposal", "vote__rule_row").order_by("-decided_on", "code")
    if body:
        rows = rows.filter(body__code=body)
    if code:
        rows = rows.filter(code=code)
    if year:
        rows = rows.filter(decided_on__year=year)
    if end:
        rows = rows.filter(end=end)
    if words:
        rows = rows.filter(Q(title_en__icontains=words) | Q(title_es__icontains=words) | Q(code__iexact=words))
    decisions = list(rows)
    pks = [decision.pk for decision in decisions]
    adopted, effects = _adopted(pks=pks), _effects(pks=pks)
    return [
        Entry(
            code=decision.code,
            title=text_of(row=decision, name="title"),
            body_code=decision.body.code,
            body=text_of(row=decision.body, name="name"),
            decided_on=decision.decided_on,
            source=text_of(row=decision, name="source"),
            recorded=decision.recorded,
            counts=_counts(decision),
            adopted=tuple(adopted[decision.pk]),
            end=END_NAMES[End(decision.end)] if decision.end else None,
            end_state=END_STATES[End(decision.end)] if decision.end else "",
            rule=text_of(row=decision.vote.rule_row, name="title") if decision.vote else None,
            lines=tuple(Text(en=en, es=es) for en, es in decision.vote.lines) if decision.vote else (),
            effects=tuple(effects[decision.pk]),
            not_decided=_not_decided(decision),
            evaluate_on=decision.evaluate_on,
            proposal=decision.proposal.code if decision.proposal else "",
            vote=decision.vote_id,
        )
        for decision in decisions
    ]


def bodies() -> list[tuple[str, Text]]:
    """The bodies that decide, by code."""
    return [(body.code, text_of(row=body, name="name")) for body in Body.objects.order_by("code")]


def _adopted(*, pks: Iterable[int]) -> dict[int, list[Adopted]]:
    found: dict[int, list[Adopted]] = defaultdict(list)
    wanted = list(pks)
    for model, kind in _KINDS:
        rows = model._default_manager.filter(decision_id__in=wanted).select_related("center")
        for row in rows.order_by("valid_from", "code"):
            found[row.decision_id].append(
                Adopted(
                    code=row.code,
                    kind=kind,
                    title=text_of(row=row, name="title"),
                    center=row.center.code,
                    center_name=text_of(row=row.center, name="name"),
                    valid_from=row.valid_from,
                )
            )
    return found


def _effects(*, pks: Iterable[int]) -> dict[int, list[EffectShown]]:
    found: dict[int, list[EffectShown]] = defaultdict(list)
    rows = list(DecisionEffect.objects.filter(decision__in=list(pks)).order_by("position"))
    said = _said(rows)
    for row in rows:
        state = EffectState(row.state)
        found[row.decision_id].append(
            EffectShown(
                position=row.position,
                said=said[row.pk],
                word=EFFECT_WORDS[state],
                state=EFFECT_STATES[state],
                effective_on=row.effective_on,
                applied_on=row.applied_at.date() if row.applied_at else None,
                why_dropped=row.why_dropped,
            )
        )
    return found


def _said(rows: Sequence[DecisionEffect]) -> dict[int, Text]:
    """Each effect in a sentence. What waits names what those before it will make; for the others it is there by now."""
    waiting: dict[int, list[DecisionEffect]] = defaultdict(list)
    for row in rows:
        if row.state == EffectState.WAITING:
            waiting[row.decision_id].append(row)
    foretold = {
        row.pk: foreseen
        for of_one in waiting.values()
        for row, foreseen in zip(of_one, foreseen_by(effects=[_effect(row) for row in of_one]), strict=True)
    }
    return {row.pk: said_behind(effect=_effect(row), foreseen=foretold.get(row.pk, NOTHING)) for row in rows}


def _effect(row: DecisionEffect) -> Effect:
    return Effect(kind=row.kind, data=row.data, base=row.base)


def _not_decided(decision: Decision) -> Text | None:
    said = text_of(row=decision, name="not_decided")
    return said if said.en or said.es else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who voted or said what, where the body publishes it."""

    name: str
    word: Text
    words: str
    language: str


def voices_published(*, decision: Decision) -> list[Voice]:
    """The positions and ballots of a decision; nothing unless its body publishes them. Two queries."""
    if not decision.body.publishes_positions:
        return []
    found = []
    if decision.vote is not None:
        electors = decision.vote.electors.filter(ballot__isnull=False).select_related("user", "member", "ballot")
        for elector in electors.order_by("center", "pk"):
            name = elector.user.name if elector.user else elector.member.name if elector.member else ""
            ballot = elector.ballot
            if ballot.choice:
                word = CHOICE_NAMES[Choice(ballot.choice)]
                found.append(Voice(name=name, word=word, words=ballot.reason, language=ballot.language))
    if decision.question_id is not None:
        rows = Position.objects.filter(question=decision.question_id).select_related("user").order_by("pk")
        for row in rows:
            name = row.user.name if row.user else row.said_by
            word = STANCE_NAMES[Stance(row.stance)]
            found.append(Voice(name=name, word=word, words=row.words, language=row.language))
    return found


def tasks_of(*, decision: Decision) -> list[tuple[Text, date | None, bool]]:
    """The tasks that follow from a decision: what, until when, whether it is done."""
    rows = ActionItem.objects.filter(decision=decision).select_related("sitting").order_by("pk")
    return [
        (
            text_of(row=row, name="title"),
            row.due_on or (row.sitting.starts_at.date() if row.sitting else None),
            row.closed_at is not None,
        )
        for row in rows
    ]


def years() -> list[int]:
    """The years in which something was decided, the newest first."""
    return [day.year for day in Decision.objects.dates("decided_on", "year", order="DESC")]


def _counts(decision: Decision) -> Text:
    if not decision.counts_stated:
        return _NOT_STATED
    favor, against, abstained = decision.in_favor, decision.against, decision.abstained or 0
    blocked = decision.blocked or 0
    block_en, block_es = (f", {blocked} blocking", f", {blocked} de bloqueo") if blocked else ("", "")
    return Text(
        en=f"{favor} in favor, {against} against, {abstained} abstaining{block_en}.",
        es=f"{favor} a favor, {against} en contra, {abstained} de abstención{block_es}.",
    )


CSV_COLUMNS = (
    *("decision", "decided_on", "body", "title_en", "title_es", "recorded", "outcome", "counts", "adopted", "effects"),
    "source_en",
)


def csv_rows(*, entries: Iterable[Entry]) -> Iterable[tuple[object, ...]]:
    """The register as rows of a spreadsheet."""
    for entry in entries:
        adopted = "; ".join(f"{rule.code} ({rule.center}, {rule.valid_from.isoformat()})" for rule in entry.adopted)
        day = entry.decided_on.isoformat()
        yield (
            *(entry.code, day, entry.body_code, entry.title.en, entry.title.es),
            *("yes" if entry.recorded else "no", entry.end.en if entry.end else "", entry.counts.en, adopted),
            "; ".join(f"{one.said.en} ({one.word.en}, {one.effective_on.isoformat()})" for one in entry.effects),
            entry.source.en,
        )
