"""Votes that go before the vote on a question: on an amendment, to let a late proposal in, to waive a translation."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_bodies, lock_proposal
from tequio.decisions.models import (
    About,
    Amendment,
    How,
    Proposal,
    Sitting,
    Vote,
)
from tequio.decisions.operations.amending import as_amended
from tequio.decisions.operations.frames import Frame, bring_standings_up, freeze, refuse_not_in_review
from tequio.decisions.operations.refusing import refuse_settled
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.queries.votes import review_over_at
from tequio.decisions.wordings import marks_of, words_of
from tequio.kernel.errors import Refusal
from tequio.rules.deciding import Late
from tequio.rules.reasons import Text
from tequio.rules.translations import State, state_of


def open_amendment_vote(
    *,
    amendment: Amendment,
    how: str = How.ONLINE,
    sitting: Sitting | None = None,
    closes_at: datetime | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> Vote:
    """Let the body vote on an amendment its sponsor has not accepted.

    Refuses one that was answered for good or clashes with the text of today, and a text that is decided in part.
    """
    bring_standings_up(body=amendment.proposal.body, actor=actor, at=at)
    with transaction.atomic():
        lock_bodies()
        held = lock_proposal(proposal=amendment.proposal)
        amendment = Amendment.objects.get(pk=amendment.pk)
        refuse_not_in_review(held=held)
        refuse_settled(proposal=held)
        amended = as_amended(proposal=held, numbers=[amendment.number], at=at)
        frame = Frame(held=held, how=how, sitting=sitting, closes_at=closes_at, at=at)
        why = f" {amendment.why_en}".rstrip(), f" {amendment.why_es}".rstrip()
        return freeze(
            frame=frame,
            about=About.AMENDMENT,
            motion=Text(
                en=f"To take amendment {amendment.number} into proposal {held.code}.{why[0]}",
                es=f"Incorporar la modificación {amendment.number} a la propuesta {held.code}.{why[1]}",
            ),
            seen={"changes": amendment.changes, "written": list(amended.effects)},
            by=by,
            actor=actor,
            amendment=amendment,
        )


def open_let_in_vote(
    *,
    proposal: Proposal,
    into: Sitting,
    how: str = How.SITTING,
    sitting: Sitting | None = None,
    closes_at: datetime | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> Vote:
    """Let the body vote whether a proposal that came too late for a sitting is taken there all the same.

    Refuses it where the body's rule knows no such vote, and for a proposal that is in time.
    """
    bring_standings_up(body=proposal.body, actor=actor, at=at)
    with transaction.atomic():
        lock_bodies()
        held = lock_proposal(proposal=proposal)
        refuse_not_in_review(held=held)
        if into.body_id != held.body_id or into.cancelled_at is not None:
            raise Refusal(
                en=f"{held.body.name_en} has no such sitting, or it was cancelled.",
                es=f"{held.body.name_es} no tiene esa sesión, o se canceló.",
            )
        frame = Frame(held=held, how=how, sitting=sitting or into, closes_at=closes_at, at=at)
        if frame.rule.late is Late.NEXT:
            raise Refusal(
                en="By this body's rule a proposal that came too late goes to the next sitting; no vote lets it in.",
                es="Según la regla de esta instancia, lo que llega tarde pasa a la sesión siguiente; no hay votación "
                "que lo admita.",
            )
        if review_over_at(proposal=held, rule=frame.rule) <= into.starts_at:
            raise Refusal(
                en="It is in time for that sitting; nobody needs to let it in.",
                es="Llegó a tiempo para esa sesión; no hace falta admitirla.",
            )
        return freeze(
            frame=frame,
            about=About.LET_IN,
            motion=Text(
                en=f"To take up proposal {held.code}, which came too late for this sitting.",
                es=f"Tratar la propuesta {held.code}, que llegó tarde para esta sesión.",
            ),
            seen={},
            by=by,
            actor=actor,
            let_into=into,
        )


def open_waiver_vote(
    *,
    proposal: Proposal,
    how: str = How.SITTING,
    sitting: Sitting | None = None,
    closes_at: datetime | None = None,
    by: User,
    actor: str,
    at: datetime,
) -> Vote:
    """Let the body vote whether a proposal may be put to it with its translation missing or older than the text.

    Refuses it for a translation that is current.
    """
    bring_standings_up(body=proposal.body, actor=actor, at=at)
    with transaction.atomic():
        lock_bodies()
        held = lock_proposal(proposal=proposal)
        refuse_not_in_review(held=held)
        version = latest_version(proposal=held)
        state = state_of(words=words_of(version=version), marks=marks_of(version=version))
        if state.state is State.CURRENT:
            raise Refusal(en="Its translation is current.", es="Su traducción está al día.")
        frame = Frame(held=held, how=how, sitting=sitting, closes_at=closes_at, at=at)
        return freeze(
            frame=frame,
            about=About.WAIVE_TRANSLATION,
            motion=Text(
                en=f"To vote on proposal {held.code} although: {state.sentence.en}",
                es=f"Votar la propuesta {held.code} aunque: {state.sentence.es}",
            ),
            seen={"version": version.number, "translation": state.state.value},
            by=by,
            actor=actor,
        )
