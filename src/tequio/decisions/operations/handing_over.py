"""A proposal gets another sponsor: who had it hands it over, or has left and somebody else takes it."""

from datetime import datetime

from django.db import transaction

from tequio.accounts.models import User
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Proposal
from tequio.decisions.operations.refusing import refuse_all_but_sponsor, refuse_closed, refuse_sponsor
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.review import may_sponsor_there
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind


@transaction.atomic
def hand_over(*, proposal: Proposal, to: User, by: User, actor: str, at: datetime) -> Proposal:
    """Give a proposal another sponsor. Its hours of review go on: no word of it changes.

    Its sponsor hands it over; one whose sponsor has left the body or has no account any more, anybody may take on who
    could sponsor it.
    """
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    if to.pk == held.sponsor_id:
        raise Refusal(en=f"{to.name} is its sponsor.", es=f"{to.name} ya la propone.")
    if may_sponsor_there(user=held.sponsor, body=held.body, on=day_everywhere(at=at)):
        refuse_all_but_sponsor(proposal=held, by=by)
    refuse_sponsor(user=to, body=held.body, at=at)
    before, held.sponsor = held.sponsor, to
    held.save(update_fields=["sponsor"])
    journal.append(
        kind=Kind.PROPOSAL_HANDED_OVER,
        subject=f"proposal:{held.code}",
        actor=actor,
        at=at,
        payload={"from": before.actor, "to": to.actor},
    )
    return held
