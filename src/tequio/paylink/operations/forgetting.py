"""Proofs that have served: their files are removed, whichever page settled the claim they belong to."""

from tequio.paylink.models import Proof


def forget_files(*, claim_pk: int) -> None:
    """Remove the files of a claim that is settled, in the caller's transaction; that they were there stays known."""
    Proof.objects.filter(claim=claim_pk).exclude(content="").update(content="")
