"""Tables of links to pay and of proofs."""

from tequio.paylink.models.links import LinkState
from tequio.paylink.models.proofs import Proof

__all__ = ["LinkState", "Proof"]
