"""Tables of the follow-up: its dated policies, what is due and what went out, calls, and what was promised."""

from tequio.followup.models.calls import Call, CallHours, CallItem, CallOutcome, CallRefusal, CallWhy
from tequio.followup.models.notices import Dispatch, DispatchState, LetterBatch, Notice, Release
from tequio.followup.models.policies import FollowUpPolicy, FollowUpStep, QuietDay
from tequio.followup.models.promises import PaymentClaim, Promise
from tequio.followup.models.tasks import BadAddress, MoneyKnown, Task, TaskKind

__all__ = [
    "BadAddress",
    "Call",
    "CallHours",
    "CallItem",
    "CallOutcome",
    "CallRefusal",
    "CallWhy",
    "Dispatch",
    "DispatchState",
    "FollowUpPolicy",
    "FollowUpStep",
    "LetterBatch",
    "MoneyKnown",
    "Notice",
    "PaymentClaim",
    "Promise",
    "QuietDay",
    "Release",
    "Task",
    "TaskKind",
]
