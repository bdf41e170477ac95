"""Tables of the services: what there is, who has what, what servers report, and what is done about the difference."""

from tequio.services.models.accounts import AppPassword, ServiceAccount
from tequio.services.models.agreed import Lending, LendingItem, ServiceException
from tequio.services.models.applications import Application, Subject
from tequio.services.models.catalog import ServiceKind, ServiceSettings, ServiceTerms
from tequio.services.models.moving import BalanceEvidence, BroughtBalance, MovingMailbox, Wave
from tequio.services.models.quotas import ServiceQuota
from tequio.services.models.removing import ExportOffer
from tequio.services.models.seen import Comparison, Drift, DriftKind, Observation, SeenState
from tequio.services.models.suspending import BulkState, BulkSuspended, BulkSuspension
from tequio.services.models.work import Job, JobState

__all__ = [
    "AppPassword",
    "Application",
    "BalanceEvidence",
    "BroughtBalance",
    "BulkState",
    "BulkSuspended",
    "BulkSuspension",
    "Comparison",
    "Drift",
    "DriftKind",
    "ExportOffer",
    "Job",
    "JobState",
    "Lending",
    "LendingItem",
    "MovingMailbox",
    "Observation",
    "SeenState",
    "ServiceAccount",
    "ServiceException",
    "ServiceKind",
    "ServiceQuota",
    "ServiceSettings",
    "ServiceTerms",
    "Subject",
    "Wave",
]
