"""Opening a vote: its rule, its electorate and what it would do are frozen, and hashed, in one transaction.

Order of locks: centers and members (while standings are worked out, before anything else), then bodies, the proposal,
the journal's tip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.effects.in_order import foreseen_by, kind_behind
from tequio.decisions.effects.previewing import preview_of
from tequio.decisions.effects.registry import Effect
from tequio.decisions.locking import lock_bodies, lock_proposal
from tequio.decisions.models import (
    About,
    Body,
    How,
    Proposal,
    Question,
    Sitting,
    Slot,
    Stage,
    Version,
    Vote,
)
from tequio.decisions.models.votes import FINAL_QUALIFIERS
from tequio.decisions.operations.amending import as_amended
from tequio.decisions.operations.frames import Frame, bring_standings_up, freeze, refuse_not_in_review
from tequio.decisions.operations.motions import checked_motion, qualifier_from
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.queries.hours import day_everywhere, hours
from tequio.decisions.queries.votes import review_over_at, was_let_in, was_waived
from tequio.decisions.wordings import marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.dividing import FINAL, End, Qualifier
from tequio.rules.motions import motion_of
from tequio.rules.reasons import Text
from tequio.rules.translations import Marks, State, state_of
from tequio.rules.wording import Words, paragraphs_of


def open_vote(
    *,
    body: Body,
    proposal: Proposal,
    question: Question,
    qualifier: str = Qualifier.NONE,
    qualifier_data: Mapping[str, Any] | None = None,
    how: str = How.ONLINE,
    sitting: Sitting | None = None,
    closes_at: datetime | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> Vote:
    """Put a question of a proposal to the vote of its body, and freeze what it is about.

    Refuses what the rule of decision or good order forbids, each with its sentence: a draft, a question that was
    decided or is being voted, the whole of a divided one, hours of review that are not over, a translation that is
    missing or old, effects that cannot be decided, an hour of closing too early, an electorate of nobody. A motion
    about how to go on (defer, continue developing, put in writing) needs neither review nor translation.
    """
    bring_standings_up(body=body, actor=actor, at=at)
    with transaction.atomic():
        lock_bodies()
        held = lock_proposal(proposal=proposal)
        motion = qualifier_from(qualifier)
        question = Question.objects.select_related("version").get(pk=question.pk)
        _refuse_question(held=held, body=body, question=question)
        day = day_everywhere(at=at)
        frame = Frame(held=held, how=how, sitting=sitting, closes_at=closes_at, at=at)
        data = checked_motion(qualifier=motion, data=qualifier_data or {}, body=held.body, on=day)
        put = _put(held=held, question=question, numbers=data.get("amendments", ()), at=at)
        if motion in FINAL_QUALIFIERS:
            _refuse_unready(held=held, version=question.version, put=put, frame=frame, at=at)
            refuse_undecidable(effects=put.effects, on=day_everywhere(at=frame.closes_at))
        seen = _seen(question=question, put=put, motion=motion, on=day)
        vote = freeze(
            frame=frame,
            about=About.QUESTION,
            motion=_motion_text(question=question, qualifier=motion, data=data),
            seen=seen,
            by=by,
            actor=actor,
            question=question,
            qualifier=motion.value,
            qualifier_data=data,
        )
        held.stage = Stage.VOTE
        held.save(update_fields=["stage"])
        Slot.objects.filter(proposal=held, ended_at__isnull=True).update(ended_at=at)
        return vote


@dataclass(frozen=True, slots=True, kw_only=True)
class _Put:
    """What is put to the vote: words, how current their translation is, effects."""

    words: Words
    marks: Marks
    effects: list[Effect]


def _put(*, held: Proposal, question: Question, numbers: Sequence[int], at: datetime) -> _Put:
    """The words and effects of a question; with the amendments that a motion names, as they are with these."""
    version = question.version
    if not numbers:
        return _Put(
            words=words_of(version=version), marks=marks_of(version=version), effects=effects_of(question=question)
        )
    if question.number:
        raise Refusal(
            en="Amendments are taken before a question is divided, or with the whole of it.",
            es="Las modificaciones se incorporan antes de votar por partes, o con el todo.",
        )
    amended = as_amended(proposal=held, numbers=numbers, at=at)
    return _Put(words=amended.words, marks=amended.marks, effects=[Effect.of(one) for one in amended.effects])


def effects_of(*, question: Question) -> list[Effect]:
    """The effects a question is about: its own where it is a part of a divided one, else all of its version."""
    written: list[dict[str, Any]] = question.version.effects
    positions: Sequence[int] = question.effects if question.number else range(len(written))
    return [Effect.of(written[position]) for position in positions]


def refuse_undecidable(*, effects: Sequence[Effect], on: date) -> None:
    """Refuse effects that begin before the vote closes, name something gone, or were written against what has moved."""
    for number, (effect, foreseen) in enumerate(zip(effects, foreseen_by(effects=effects), strict=True), start=1):
        try:
            kind = kind_behind(effect=effect, foreseen=foreseen)
            moved = kind.conflict(data=kind.checked(data=effect.data, on=on), base=effect.base)
        except Refusal as refusal:
            moved = refusal.text
        if moved is not None:
            raise Refusal(en=f"Effect {number}: {moved.en}", es=f"Efecto {number}: {moved.es}")


def _refuse_question(*, held: Proposal, body: Body, question: Question) -> None:
    if held.body_id != body.pk or question.proposal_id != held.pk:
        raise Refusal(en="That question is not before this body.", es="Esa cuestión no está ante esta instancia.")
    refuse_not_in_review(held=held)
    latest = latest_version(proposal=held)
    if question.version_id != latest.pk:
        raise Refusal(
            en=f"The text has changed: version {latest.number} is there now, and that is what is voted.",
            es=f"El texto cambió: ya existe la versión {latest.number}, y esa es la que se vota.",
        )
    if question.number == 0 and Question.objects.filter(version=latest, number__gt=0).exists():
        raise Refusal(
            en="The question is divided: its parts are voted, and the whole follows from them.",
            es="La cuestión se vota por partes; el todo resulta de ellas.",
        )
    if question.end and End(question.end) in FINAL:
        raise Refusal(en="That question is decided.", es="Esa cuestión ya está decidida.")


def _refuse_unready(*, held: Proposal, version: Version, put: _Put, frame: Frame, at: datetime) -> None:
    """Refuse a question whose review is not over, or whose languages do not say the same, unless the body said so."""
    over = review_over_at(proposal=held, rule=frame.rule)
    if at < over and not was_let_in(proposal=held, sitting=frame.sitting):
        when = hours().moment(over).said
        raise Refusal(
            en=f"Its review is not over before {when.en}.", es=f"Su plazo de revisión no termina antes de {when.es}."
        )
    state = state_of(words=put.words, marks=put.marks)
    if state.state is not State.CURRENT and not was_waived(proposal=held, version=version):
        said = state.sentence
        raise Refusal(
            en=f"{said.en} It can be voted when the body waives that by a recorded vote.",
            es=f"{said.es} Se puede votar si la instancia lo dispensa en una votación registrada.",
        )


def _seen(*, question: Question, put: _Put, motion: Qualifier, on: date) -> dict[str, Any]:
    """What the electorate sees: the words put to it, and what they would do, worked out for today."""
    paragraphs = {
        language: [
            text
            for position, text in enumerate(paragraphs_of(text=put.words.text.to(language)))
            if not question.number or position in question.paragraphs
        ]
        for language in ("en", "es")
    }
    preview = preview_of(effects=put.effects, on=on).as_json() if motion in FINAL_QUALIFIERS else {"effects": []}
    return {
        **preview,
        "version": question.version.number,
        "question": question.number,
        "ask": put.words.ask.as_dict(),
        "paragraphs": paragraphs,
        "written": [effect.as_json() for effect in put.effects],
    }


def _motion_text(*, question: Question, qualifier: Qualifier, data: Mapping[str, Any]) -> Text:
    motion = motion_of(qualifier=qualifier, title=text_of(row=question, name="title"))
    words = data.get("words") or data.get("task")
    more = Text(en=f" ({words['en']})", es=f" ({words['es']})") if words else Text(en="", es="")
    numbers = ", ".join(str(number) for number in data.get("amendments", ()))
    if numbers:
        more = Text(en=f" (amendments {numbers}){more.en}", es=f" (modificaciones {numbers}){more.es}")
    return Text(en=motion.en + more.en, es=motion.es + more.es)
