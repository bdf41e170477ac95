"""What topics below are told of proofs."""

from collections.abc import Collection

from django.urls import reverse

from tequio.paylink.models import Proof


def proof_pages(*, claim_pks: Collection[int]) -> dict[int, str]:
    """The page of the newest proof of each claim, by the claim's id. One query."""
    rows = Proof.objects.filter(claim__in=list(claim_pks)).order_by("pk").values_list("claim_id", "pk")
    return {claim: reverse("proof", kwargs={"proof_pk": pk}) for claim, pk in rows}
