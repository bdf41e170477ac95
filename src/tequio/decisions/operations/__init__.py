"""What writes bodies, proposals, votes and decisions."""

from tequio.decisions.operations.founding import found_body
from tequio.decisions.operations.recording import record_decision

__all__ = ["found_body", "record_decision"]
