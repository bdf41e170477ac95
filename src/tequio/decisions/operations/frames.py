"""The frame of a vote: by which rule, where, until when and by whom it is taken; and how all of that is frozen."""

from datetime import datetime, timedelta
from typing import Any

from tequio.accounts.models import User
from tequio.decisions import hooks
from tequio.decisions.effects.previewing import digest_of
from tequio.decisions.models import (
    About,
    Body,
    Elector,
    How,
    Proposal,
    Sitting,
    Stage,
    Vote,
    Voters,
)
from tequio.decisions.queries.electorates import electorate_hash, electorate_of
from tequio.decisions.queries.hours import day_everywhere, hours
from tequio.decisions.queries.in_force import rule_of, rule_row_on
from tequio.decisions.queries.votes import is_being_voted
from tequio.kernel import bulk
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.deciding import RuleOfDecision
from tequio.rules.decision_terms import terms_of
from tequio.rules.reasons import Text

LONGEST_OPEN = timedelta(days=90)
AFTER_A_SITTING = timedelta(days=1)  # by then its chair has entered the ballots; it may be later


class Frame:
    """How and until when a vote is taken, by which rule: checked."""

    def __init__(
        self, *, held: Proposal, how: str, sitting: Sitting | None, closes_at: datetime | None, at: datetime
    ) -> None:
        if is_being_voted(proposal=held):
            raise Refusal(
                en=f"Proposal {held.code} is being voted already.", es=f"La propuesta {held.code} ya se está votando."
            )
        if held.body.ended_on is not None and held.body.ended_on <= day_everywhere(at=at):
            raise Refusal(en=f"{held.body.name_en} has ended.", es=f"{held.body.name_es} ya terminó.")
        self.held, self.at, self.how = held, at, How(how)
        self.row = rule_row_on(body=held.body, on=day_everywhere(at=at))
        self.rule: RuleOfDecision = rule_of(self.row)
        self.sitting = self._checked_sitting(sitting) if self.how is How.SITTING else None
        self.closes_at = closes_at or self._by_rule()
        self._refuse_hours(given=closes_at is not None)

    def _checked_sitting(self, sitting: Sitting | None) -> Sitting:
        if sitting is None:
            raise Refusal(en="Say in which sitting.", es="Diga en qué sesión.")
        if sitting.body_id != self.held.body_id or sitting.cancelled_at is not None:
            raise Refusal(
                en=f"{self.held.body.name_en} has no such sitting, or it was cancelled.",
                es=f"{self.held.body.name_es} no tiene esa sesión, o se canceló.",
            )
        if self.at < sitting.starts_at:
            when = hours().moment(sitting.starts_at).said
            raise Refusal(en=f"That sitting begins {when.en}.", es=f"Esa sesión empieza {when.es}.")
        return sitting

    def _by_rule(self) -> datetime:
        return self.at + (AFTER_A_SITTING if self.how is How.SITTING else timedelta(days=self.rule.vote_days))

    def _refuse_hours(self, *, given: bool) -> None:
        if not given:
            return
        if self.closes_at <= self.at:
            raise Refusal(en="A vote closes after it opens.", es="Una votación cierra después de abrir.")
        if self.how is How.ONLINE and self.closes_at < self._by_rule():
            days = self.rule.vote_days
            raise Refusal(
                en=f"By this body's rule a vote is open for at least {days} days.",
                es=f"Según la regla de esta instancia, una votación está abierta al menos {days} días.",
            )
        if self.closes_at > self.at + LONGEST_OPEN:
            raise Refusal(
                en=f"A vote is open for {LONGEST_OPEN.days} days at most.",
                es=f"Una votación está abierta {LONGEST_OPEN.days} días cuando más.",
            )


def bring_standings_up(*, body: Body, actor: str, at: datetime) -> None:
    """Where members vote, work out who is in good standing today, before any row is held."""
    if body.voters == Voters.MEMBERS:
        hooks.refresh_standings(actor=actor, at=at)


def freeze(
    *,
    frame: Frame,
    about: About,
    motion: Text,
    seen: dict[str, Any],
    by: User,
    actor: str,
    **columns: Any,
) -> Vote:
    """Write the vote with its rule, its electorate and what is seen of it, in the caller's transaction."""
    body = frame.held.body
    entitled = electorate_of(body=body, rule=frame.rule, on=day_everywhere(at=frame.at))
    if not entitled:
        raise Refusal(
            en=f"Nobody may vote in {body.name_en} today: there is no electorate.",
            es=f"Hoy nadie puede votar en {body.name_es}: no hay electorado.",
        )
    vote = Vote.objects.create(
        body=body,
        about=about,
        proposal=frame.held,
        motion_en=motion.en,
        motion_es=motion.es,
        rule_row=frame.row,
        rule=terms_of(frame.rule),
        how=frame.how,
        sitting=frame.sitting,
        seen=seen,
        seen_hash=digest_of(seen=seen),
        electorate_hash=electorate_hash(entitled),
        opened_at=frame.at,
        opened_by=by,
        closes_at=frame.closes_at,
        **columns,
    )
    bulk.insert(
        model=Elector,
        columns=("vote_id", "user_id", "member_id", "center", "weight", "standing"),
        rows=[(vote.pk, e.user_pk, e.member_pk, e.center, e.weight, e.standing) for e in entitled],
    )
    opened = journal.Happening(
        kind=Kind.VOTE_OPENED,
        subject=f"vote:{vote.pk}",
        payload={
            "proposal": frame.held.code,
            "about": about.value,
            "rule": frame.row.code,
            "electors": len(entitled),
            "weight": sum(e.weight for e in entitled),
            "electorate": vote.electorate_hash,
            "seen": vote.seen_hash,
            "closes_at": frame.closes_at.isoformat(),
        },
    )
    happened = hooks.vote_opened(vote=vote, at=frame.at)
    journal.append_many(happenings=[opened, *happened], actor=actor, at=frame.at)
    return vote


def refuse_not_in_review(*, held: Proposal) -> None:
    """Refuse a proposal that nobody can vote about: a draft, or one that was withdrawn or decided."""
    if held.stage == Stage.DRAFT:
        raise Refusal(
            en=f"Proposal {held.code} is a draft: circulate it first.",
            es=f"La propuesta {held.code} es un borrador: primero hágala circular.",
        )
    if held.stage == Stage.WITHDRAWN:
        raise Refusal(en=f"Proposal {held.code} was withdrawn.", es=f"La propuesta {held.code} fue retirada.")
    if held.stage == Stage.DECIDED:
        raise Refusal(en=f"Proposal {held.code} is decided.", es=f"La propuesta {held.code} ya está decidida.")
