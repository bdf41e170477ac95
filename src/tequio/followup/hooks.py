"""What claims of payment mean for topics above, which register here at start-up."""

from collections.abc import Callable, Collection, Mapping


def _no_proofs(*, claim_pks: Collection[int]) -> Mapping[int, str]:
    del claim_pks
    return {}


def _nothing(*, claim_pk: int) -> None:
    del claim_pk


# The page of the proof handed in with each claim, by the claim's id; absent where there is none.
proof_pages: Callable[..., Mapping[int, str]] = _no_proofs
# Called in the transaction that settles a claim, whichever page or command did it, before the journal is written.
claim_settled: Callable[..., None] = _nothing
