"""What writes bodies, proposals, votes and decisions."""

from tequio.decisions.operations.recording import found_body, record_decision

__all__ = ["found_body", "record_decision"]
