"""A proposal that ended comes back, as a new one that says where it comes from: what was not carried of it.

What is deferred, failed for lack of a quorum, is being developed or written down stays before its body and is put to
the vote again as it is, or changed; only where another part of it is decided, its text stays and the rest comes back
as a new one. What was not approved comes back with substantive changes only, whoever brings it and under whatever
number; what was approved in principle with the details that it lacks; what was withdrawn as it was.
"""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_bodies, lock_proposal
from tequio.decisions.models import Proposal, Slot, Stage
from tequio.decisions.operations.parts import effects_of_parts, end_as_withdrawn, questions_of, words_of_parts
from tequio.decisions.operations.proposing import draft
from tequio.decisions.operations.refusing import is_settled, refuse_all_but_sponsor, refuse_voting
from tequio.decisions.operations.versions import latest_version
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import End, Return, may_come_back


@transaction.atomic
def come_back(*, proposal: Proposal, by: User, actor: str, at: datetime) -> Proposal:
    """Draft a proposal from what was not carried of one that ended, and return it: its sponsor is whoever brings it.

    Of a divided one it has the paragraphs and effects of the parts that may come back. Effects are as they were
    written; whether they can still be decided, and whether it is changed enough, is asked when it circulates. Refuses
    one that is still before its body, and one that was carried whole. Of one decided in part, its sponsor takes the
    rest out, which ends as withdrawn there.
    """
    lock_bodies()
    held = lock_proposal(proposal=proposal)
    version = latest_version(proposal=held)
    refuse_voting(proposal=held)
    goes_on = held.stage not in (Stage.DECIDED, Stage.WITHDRAWN)
    if goes_on and not is_settled(version=version):
        raise Refusal(
            en=f"Proposal {held.code} is still before {held.body.name_en}: change it, or put it to the vote as it is.",
            es=f"La propuesta {held.code} sigue ante {held.body.name_es}: cámbiela, o póngala a votación como está.",
        )
    parts = [part for part in questions_of(version=version) if _may_return(part.end)]
    if not parts:
        raise Refusal(
            en=f"Proposal {held.code} was carried. What it put in force is changed by another decision.",
            es=f"La propuesta {held.code} se aprobó. Lo que puso en vigor se cambia con otro acuerdo.",
        )
    if goes_on:
        refuse_all_but_sponsor(proposal=held, by=by)
        end_as_withdrawn(version=version, at=at)
        held.stage = Stage.DECIDED
        held.save(update_fields=["stage"])
        Slot.objects.filter(proposal=held, ended_at__isnull=True).update(ended_at=at)
    return draft(
        body=held.body,
        sponsor=by,
        words=words_of_parts(version=version, parts=parts),
        effects=effects_of_parts(version=version, parts=parts),
        priority=held.priority,
        no_priority_because=held.no_priority_because,
        comes_back_from=held,
        actor=actor,
        at=at,
    )


def _may_return(end: str) -> bool:
    """Whether something with this end may come back; what has none yet has none to be in its way."""
    return not end or may_come_back(end=End(end)) is not Return.NOT
