"""The way from a payment to the open door: what was entered, what followed, when the server was seen open."""

from dataclasses import dataclass
from datetime import datetime

from tequio.dues.models import Payment
from tequio.kernel.journal.models import Event
from tequio.members.queries import family_of
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.models import Job, ServiceAccount

_ABOUT_MEMBERS = {
    "dues.hold_granted": Text(en="a hold was granted", es="se concedió una prórroga"),
    "dues.plan_agreed": Text(en="a plan was agreed", es="se acordó un plan"),
    "member.contact_logged": Text(en="somebody spoke to it, or tried to", es="alguien habló con ella o lo intentó"),
    "standing.changed": Text(en="the standing changed", es="cambió la situación"),
}
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something on the way, with its moment."""

    at: datetime
    said: Text


def way_back(*, account: ServiceAccount) -> list[Step]:
    """The steps since an account was last suspended or limited, oldest first; empty where it never was."""
    shut = account.jobs.filter(wanted__in=[State.LIMITED, State.SUSPENDED]).order_by("-generation").first()
    if shut is None or account.member is None:
        return []
    head = account.member.merged_into or account.member
    begin = shut.made_at
    steps = [Step(at=begin, said=Text(en=shut.because_en, es=shut.because_es))]
    if shut.seen_at is not None:
        steps.append(Step(at=shut.seen_at, said=Text(en="seen so on the server", es="visto así en el servidor")))
    paid = Payment.objects.filter(member_id__in=family_of(head=head), entered_at__gte=begin, voided_on__isnull=True)
    for number, entered_at in paid.order_by("pk").values_list("number", "entered_at")[:_MOST]:
        steps.append(Step(at=entered_at, said=Text(en=f"payment {number} entered", es=f"se registró el pago {number}")))
    events = Event.objects.filter(subject=f"member:{head.code}", kind__in=list(_ABOUT_MEMBERS), at__gt=begin)
    for kind, at in events.order_by("id").values_list("kind", "at")[:_MOST]:
        steps.append(Step(at=at, said=_ABOUT_MEMBERS[kind]))
    opened = Job.objects.filter(account=account, generation__gt=shut.generation, wanted=State.OPEN)
    for job in opened.order_by("generation")[:_MOST]:
        steps.append(Step(at=job.made_at, said=Text(en="wanted open again", es="debe abrirse otra vez")))
        if job.seen_at is not None:
            steps.append(
                Step(at=job.seen_at, said=Text(en="seen open on the server", es="visto abierto en el servidor"))
            )
            break
    return sorted(steps, key=lambda step: step.at)
