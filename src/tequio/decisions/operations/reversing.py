"""Taking a decision back: by another decision, whose effects are the inverse ones. Nothing is undone without a vote."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.effects.registry import Effect, kind_of
from tequio.decisions.models import Decision, DecisionEffect, EffectState, Proposal
from tequio.decisions.operations.proposing import draft
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.in_force import rule_on
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.reasons import Language, Text, long_date
from tequio.rules.wording import LONGEST_ASK, Words

# What an effect is about: by these its inverse is known among the effects of a decision that takes it back.
_ABOUT = ("seat", "body", "center", "centers")


@transaction.atomic
def reversal(*, decision: Decision, sponsor: User, begins_on: date | None = None, actor: str, at: datetime) -> Proposal:
    """Draft a proposal that takes back what a decision has done, the last effect first; it goes its way like any other.

    It begins on a day; where none is given, on the first by which it can have been reviewed and voted on.
    Refuses a decision of which nothing was carried out, and one with an effect that cannot be taken back, saying why.
    """
    done = list(DecisionEffect.objects.filter(decision=decision, state=EffectState.APPLIED).order_by("-position"))
    if not done:
        raise Refusal(
            en=f"Nothing of decision {decision.code} was carried out; there is nothing to take back.",
            es=f"Nada del acuerdo {decision.code} se llevó a cabo; no hay nada que revertir.",
        )
    day = begins_on or _earliest(decision=decision, today=day_everywhere(at=at))
    effects = [inverse.as_json() for row in done for inverse in _inverses(row=row, on=day)]
    if not effects:
        raise Refusal(
            en=f"What decision {decision.code} did is not taken back by a decision: a task is closed by whoever has "
            "it.",
            es=f"Lo que hizo el acuerdo {decision.code} no se revierte con un acuerdo: una tarea la cierra quien la "
            "tiene.",
        )
    proposal = draft(
        body=decision.body,
        sponsor=sponsor,
        words=_words(decision=decision, rows=done),
        effects=effects,
        no_priority_because=f"Acuerdo / decision {decision.code}",
        actor=actor,
        at=at,
    )
    proposal.reverses = decision
    proposal.save(update_fields=["reverses"])
    return proposal


def _earliest(*, decision: Decision, today: date) -> date:
    rule = rule_on(body=decision.body, on=today)
    return today + timedelta(hours=rule.review_hours) + timedelta(days=rule.vote_days + 1)


def _inverses(*, row: DecisionEffect, on: date) -> list[Effect]:
    kind = kind_of(name=row.kind)
    try:
        return kind.inverse(data=row.data, plan=row.plan.get("data", {}), result=row.result, on=on)
    except Refusal as refusal:
        raise Refusal(
            en=f"Effect {row.position + 1}: {refusal.text.en}", es=f"Efecto {row.position + 1}: {refusal.text.es}"
        ) from refusal


def _words(*, decision: Decision, rows: list[DecisionEffect]) -> Words:
    title = text_of(row=decision, name="title")
    said = [kind_of(name=row.kind).said(data=row.data) for row in reversed(rows)]
    when_en, when_es = (long_date(day=decision.decided_on, language=language) for language in ("en", "es"))
    return Words(
        original=_original(decision),
        ask=Text(
            en=f"To take back decision {decision.code}: {title.en}"[:LONGEST_ASK],
            es=f"Revertir el acuerdo {decision.code}: {title.es}"[:LONGEST_ASK],
        ),
        text=Text(
            en=f"On {when_en} it was decided:\n\n" + "\n\n".join(text.en for text in said),
            es=f"El {when_es} se acordó:\n\n" + "\n\n".join(text.es for text in said),
        ),
        resources=Text(en="None are known.", es="No se conocen."),
    )


def _original(decision: Decision) -> Language:
    """The language the decision that is taken back was written in."""
    question = decision.question
    return "es" if question is not None and question.version.original == "es" else "en"


def mark_reversed(*, decision: Decision) -> None:
    """Say of the effects that a decision has taken back that they are, and by which of its own.

    A decision of a proposal that was drafted to take another one back, as it was voted: amended, it may take back less.
    """
    target = decision.proposal.reverses if decision.proposal is not None else None
    if target is None:
        return
    mine = list(
        DecisionEffect.objects.filter(decision=decision, state=EffectState.APPLIED, reverses__isnull=True).order_by(
            "position"
        )
    )
    done = DecisionEffect.objects.filter(decision=target, state=EffectState.APPLIED).order_by("-position")
    for row in done:
        try:
            wanted = _inverses(row=row, on=decision.decided_on)
        except Refusal:
            continue
        found = [next((one for one in mine if _is(one, inverse)), None) for inverse in wanted]
        if not found or None in found:
            continue
        for one in found:
            assert one is not None  # noqa: S101 - CONFIG: asked for above
            mine.remove(one)
            DecisionEffect.objects.filter(pk=one.pk).update(reverses=row)
        DecisionEffect.objects.filter(pk=row.pk).update(state=EffectState.REVERSED)


def _is(row: DecisionEffect, inverse: Effect) -> bool:
    """Whether an effect is about what the inverse of another would be about."""
    return row.kind == inverse.kind and all(row.data.get(name) == inverse.data.get(name) for name in _ABOUT)
