"""What topics below are told of proofs, and what a member reads of what it asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tequio.dues.models import Invoice
from tequio.followup.models import Task, TaskKind
from tequio.members.queries import family_of, head_of
from tequio.paylink.models import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a member asked for on a day, and the answer, once there is one."""

    on: date
    answered_on: date | None
    answer: str


def asked_about(*, invoice: Invoice) -> Asked | None:
    """The last thing the member asked for since an invoice was made: it waits, or has an answer to be read."""
    family = family_of(head=head_of(member=invoice.member))
    tasks = Task.objects.filter(kind=TaskKind.HARDSHIP, member__in=family, opened_on__gte=invoice.invoiced_on)
    task = tasks.order_by("-pk").first()
    if task is None or (task.closed_on is not None and not task.answer):
        return None
    return Asked(on=task.opened_on, answered_on=task.closed_on, answer=task.answer)


def proof_pages(*, claim_pks: Collection[int]) -> dict[int, str]:
    """The page of the newest proof of each claim, by the claim's id. One query."""
    rows = Proof.objects.filter(claim__in=list(claim_pks)).order_by("pk").values_list("claim_id", "pk")
    return {claim: reverse("proof", kwargs={"proof_pk": pk}) for claim, pk in rows}
