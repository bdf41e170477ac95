"""What the states of a proposal, an amendment, a stance and an end are called, and how they look."""

from tequio.decisions.models import (
    AmendmentState,
    Stage,
    Stance,
)
from tequio.rules.dividing import End
from tequio.rules.reasons import Text

STAGE_NAMES = {
    Stage.DRAFT: Text(en="draft", es="borrador"),
    Stage.REVIEW: Text(en="review", es="en revisión"),
    Stage.VOTE: Text(en="vote", es="en votación"),
    Stage.DECIDED: Text(en="decided", es="decidida"),
    Stage.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}
STAGE_STATES = {
    Stage.DRAFT: "ended",
    Stage.REVIEW: "told",
    Stage.VOTE: "open",
    Stage.DECIDED: "done",
    Stage.WITHDRAWN: "ended",
}
AMENDMENT_NAMES = {
    AmendmentState.OPEN: Text(en="open", es="pendiente"),
    AmendmentState.ACCEPTED: Text(en="accepted by the sponsor", es="aceptada por quien propone"),
    AmendmentState.ADOPTED: Text(en="adopted by vote", es="aprobada en votación"),
    AmendmentState.REJECTED: Text(en="not taken", es="no aceptada"),
    AmendmentState.WITHDRAWN: Text(en="withdrawn", es="retirada"),
}
AMENDMENT_STATES = {
    AmendmentState.OPEN: "open",
    AmendmentState.ACCEPTED: "done",
    AmendmentState.ADOPTED: "done",
    AmendmentState.REJECTED: "refused",
    AmendmentState.WITHDRAWN: "ended",
}
STANCE_NAMES = {
    Stance.FOR: Text(en="for it", es="a favor"),
    Stance.AGAINST: Text(en="against it", es="en contra"),
    Stance.CONCERN: Text(en="has a worry", es="con una preocupación"),
    Stance.OTHER: Text(en="something else", es="otra cosa"),
}
STANCE_STATES = {Stance.FOR: "done", Stance.AGAINST: "refused", Stance.CONCERN: "open", Stance.OTHER: "told"}
END_STATES = {
    End.APPROVED: "done",
    End.WITH_MODIFICATIONS: "done",
    End.IN_PRINCIPLE: "told",
    End.CONTINUE_DEVELOPING: "open",
    End.NOT_APPROVED: "refused",
    End.NO_QUORUM: "ended",
    End.DEFERRED: "open",
    End.WITHDRAWN: "ended",
    End.PUT_IN_WRITING: "open",
}
