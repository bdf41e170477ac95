"""What keeps a proposal from being written: it is being voted or is decided, or somebody else is its sponsor."""

from datetime import datetime
from typing import Final

from tequio.accounts.models import User
from tequio.decisions.models import Body, Proposal, Question, Stage, Version
from tequio.decisions.operations.versions import latest_version
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.review import may_sponsor_there
from tequio.decisions.queries.votes import is_being_voted
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import End

# With these ends a question is answered; with the others it goes on.
SETTLED: Final = [End.APPROVED.value, End.WITH_MODIFICATIONS.value, End.IN_PRINCIPLE.value, End.NOT_APPROVED.value]


def refuse_sponsor(*, user: User, body: Body, at: datetime) -> None:
    """Refuse a person who may not sponsor a proposal to a body: who does not sit there, or has no account any more."""
    if body.ended_on is not None and body.ended_on <= day_everywhere(at=at):
        raise Refusal(
            en=f"{body.name_en} has ended; nothing can be put to it.",
            es=f"{body.name_es} ya terminó; no se le puede proponer nada.",
        )
    if not may_sponsor_there(user=user, body=body, on=day_everywhere(at=at)):
        raise Refusal(
            en=f"{user.name} does not sit on {body.name_en}, and so cannot sponsor a proposal to it.",
            es=f"{user.name} no forma parte de {body.name_es}, así que no puede ser proponente ahí.",
        )


def refuse_closed(*, proposal: Proposal) -> None:
    """Refuse to change a proposal that is being voted, decided, in part decided, or withdrawn."""
    refuse_voting(proposal=proposal)
    refuse_settled(proposal=proposal)


def refuse_voting(*, proposal: Proposal) -> None:
    """Refuse to change a proposal while a vote about it is open."""
    if is_being_voted(proposal=proposal):
        raise Refusal(
            en=f"Proposal {proposal.code} is being voted. Until the vote closes nothing about it changes.",
            es=f"La propuesta {proposal.code} se está votando. Hasta que cierre la votación nada de ella cambia.",
        )


def is_settled(*, version: Version) -> bool:
    """Whether a version, or a part of it, is decided for good."""
    return Question.objects.filter(version=version, end__in=SETTLED).exists()


def refuse_settled(*, proposal: Proposal) -> None:
    """Refuse to change a proposal that is decided, at least in part, or withdrawn; an open vote is not asked about."""
    if proposal.stage == Stage.WITHDRAWN:
        raise Refusal(en=f"Proposal {proposal.code} was withdrawn.", es=f"La propuesta {proposal.code} fue retirada.")
    if proposal.stage == Stage.DECIDED or is_settled(version=latest_version(proposal=proposal)):
        raise Refusal(
            en=f"Proposal {proposal.code} is decided, at least in part; its text stays as it was voted.",
            es=f"La propuesta {proposal.code} ya está decidida, al menos en parte; su texto queda como se votó.",
        )


def refuse_all_but_sponsor(*, proposal: Proposal, by: User) -> None:
    """Refuse a person who is not the sponsor: others ask for an amendment."""
    if by.pk != proposal.sponsor_id:
        name = proposal.sponsor.name
        raise Refusal(
            en=f"Only its sponsor, {name}, does that. What others want changed they ask for as an amendment.",
            es=f"Eso solo lo hace quien la propone, {name}. Lo que otras personas quieran cambiar lo piden como "
            "modificación.",
        )
