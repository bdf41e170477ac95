"""The member's page: standing and why, what is open, people, agreements, and one timeline of everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from tequio.decisions.models import Decision
from tequio.dues.models import Hold, Invoice, MemberRate, Payment, Plan
from tequio.dues.queries import MemberStanding, invoices_of_family, standing_of
from tequio.kernel.journal.models import Event
from tequio.members.models import Contact, ContactAttempt, Member, Membership
from tequio.members.queries import family_of
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date
from tequio.rules.standing import STANDING_NAMES, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of the timeline: when, in which stream, what, and where it is shown whole."""

    on: date
    stream: str
    text: Text
    kind: str = ""
    end: str = ""
    url: str = ""


@dataclass(slots=True, kw_only=True)
class MemberPage:
    """Everything the page shows."""

    standing: MemberStanding
    decision: Decision | None
    invoices: list[Invoice]
    payments: list[Payment]
    contacts: list[Contact]
    memberships: list[Membership]
    merged: list[Member]
    rates: list[MemberRate]
    holds: list[Hold]
    plans: list[Plan]
    timeline: list[Moment] = field(default_factory=list)


STREAMS = {
    "money": Text(en="money", es="dinero"),
    "contact": Text(en="contact", es="contacto"),
    "standing": Text(en="standing", es="situación"),
    "agreement": Text(en="agreements", es="acuerdos"),
}


def member_page(*, member: Member, on: date, stream: str = "") -> MemberPage:
    """What the page of a member shows on a day. The number of queries does not grow with what it has."""
    standing = standing_of(code=member.code, on=on)
    family = family_of(head=standing.member)
    policy = standing.verdict.policy
    found = MemberPage(
        standing=standing,
        decision=Decision.objects.select_related("body").filter(code=policy.decision).first() if policy else None,
        invoices=invoices_of_family(family=family)[::-1],
        payments=list(Payment.objects.filter(member_id__in=family).order_by("-on", "-pk").prefetch_related("refunds")),
        contacts=list(Contact.objects.filter(member_id__in=family).order_by("member_id", "position")),
        memberships=list(Membership.objects.filter(member_id__in=family).order_by("joined_on")),
        merged=list(Member.objects.filter(merged_into=standing.member).order_by("code")),
        rates=list(MemberRate.objects.filter(member_id__in=family).order_by("-valid_from")),
        holds=list(Hold.objects.filter(member_id__in=family).order_by("-first_day")),
        plans=list(Plan.objects.filter(member_id__in=family).order_by("-starts_on").prefetch_related("instalments")),
    )
    codes = [standing.member.code, *(m.code for m in found.merged)]
    moments = [*_money(found), *_contacts(family=family), *_standings(codes=codes), *_agreements(found)]
    if stream:
        moments = [moment for moment in moments if moment.stream == stream]
    found.timeline = sorted(moments, key=lambda moment: moment.on, reverse=True)
    return found


def _money(found: MemberPage) -> list[Moment]:
    moments = []
    for i in found.invoices:
        text = _dated(en=f"Charge {i.number}, due", es=f"Cargo {i.number}, vence el", day=i.due_on)
        url = reverse("invoice", kwargs={"number": i.number})
        total = printed(minor=i.total, currency=i.currency)
        moments.append(Moment(on=i.invoiced_on, stream="money", text=text, end=total, url=url))
        if i.cancelled_on:
            gone = Text(en=f"Charge {i.number} cancelled", es=f"Cargo {i.number} cancelado")
            moments.append(Moment(on=i.cancelled_on, stream="money", text=gone, url=url))
    for p in found.payments:
        url = reverse("payment", kwargs={"number": p.number})
        amount = printed(minor=p.amount, currency=p.currency)
        void = p.voided_on is not None
        text = Text(
            en=f"Payment {p.number}" + (", voided" if void else ""),
            es=f"Pago {p.number}" + (", anulado" if void else ""),
        )
        moments.append(
            Moment(on=p.on, stream="money", text=text, end=amount, url=url, kind="ended" if void else "done")
        )
        for r in p.refunds.all():
            back = Text(en=f"Given back from {p.number}", es=f"Devuelto de {p.number}")
            end = printed(minor=r.amount, currency=p.currency)
            moments.append(Moment(on=r.on, stream="money", text=back, end=end, url=url))
    return moments


def _contacts(*, family: Sequence[int]) -> list[Moment]:
    moments = []
    for a in ContactAttempt.objects.filter(member_id__in=family).order_by("pk"):
        reached = a.outcome == "reached"
        note = f": {a.note}" if a.note else ""
        text = Text(
            en=f"{a.by} {'reached somebody' if reached else 'tried to reach somebody'}{note}",
            es=f"{a.by} {'habló con alguien' if reached else 'trató de comunicarse'}{note}",
        )
        moments.append(Moment(on=a.on, stream="contact", text=text, kind="done" if reached else "open"))
    return moments


def _standings(*, codes: list[str]) -> list[Moment]:
    moments = []
    subjects = [f"member:{code}" for code in codes]
    for event in Event.objects.filter(subject__in=subjects, kind="standing.changed").order_by("id"):
        before, after = Standing(event.payload["from"]), Standing(event.payload["to"])
        text = Text(
            en=f"Standing: {STANDING_NAMES[before].en}, now {STANDING_NAMES[after].en}",
            es=f"Situación: {STANDING_NAMES[before].es}, ahora {STANDING_NAMES[after].es}",
        )
        on = date.fromisoformat(event.payload["since"])
        moments.append(Moment(on=on, stream="standing", text=text, kind=after.value))
    return moments


def _agreements(found: MemberPage) -> list[Moment]:
    moments: list[Moment] = []
    for h in found.holds:
        text = _dated(en="Hold through", es="Prórroga hasta el", day=h.last_day, more=f": {h.reason}")
        moments.append(Moment(on=h.first_day, stream="agreement", text=text, kind="told"))
    for r in found.rates:
        share = f"{r.basis_points / 100:g} %"
        text = Text(
            en=f"Own rate, {share} of the table: {r.reason}", es=f"Cuota propia, {share} de la tabla: {r.reason}"
        )
        moments.append(Moment(on=r.valid_from, stream="agreement", text=text, kind="told"))
    for p in found.plans:
        text = Text(en="Payment plan agreed", es="Se acordó un plan de pagos")
        moments.append(Moment(on=p.starts_on, stream="agreement", text=text, kind="told"))
    for m in found.memberships:
        text = Text(en="Joined", es="Se incorporó")
        moments.append(Moment(on=m.joined_on, stream="agreement", text=text, kind="done"))
        if m.left_on:
            left = Text(en="Left", es="Se fue")
            moments.append(Moment(on=m.left_on, stream="agreement", text=left, kind="ended"))
    return moments


def _dated(*, en: str, es: str, day: date, more: str = "") -> Text:
    """Words followed by a day as each language writes it."""
    return Text(
        en=f"{en} {long_date(day=day, language='en')}{more}", es=f"{es} {long_date(day=day, language='es')}{more}"
    )


def by_month(*, timeline: list[Moment]) -> list[tuple[date, list[Moment]]]:
    """The timeline grouped by month, newest first."""
    months: dict[date, list[Moment]] = {}
    for moment in timeline:
        months.setdefault(moment.on.replace(day=1), []).append(moment)
    return list(months.items())


def contact_facts(*, contact: Contact) -> dict[str, Any]:
    """One contact as the page prints it: its roles in words, its address in lines."""
    roles = [
        text
        for holds, text in (
            (contact.is_representative, Text(en="representative", es="representante")),
            (contact.is_billing, Text(en="billing", es="pagos")),
            (contact.is_technical, Text(en="technical", es="técnico")),
        )
        if holds
    ]
    place = ", ".join(part for part in (contact.street, contact.postal_code, contact.city, contact.state) if part)
    return {"contact": contact, "roles": roles, "address": place}
