"""What needs a person: pieces of work that wait, in order of urgency, each counted in one query."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tequio.banking.models import BankLine
from tequio.banking.queries.lines import WAITING
from tequio.centers.models import Center
from tequio.dues.models import Hold, Invoice, InvoiceKind, Payment, PlanInstalment
from tequio.front.queries.budget_needs import budget_needs
from tequio.front.queries.follow_up_needs import Need, follow_up_needs
from tequio.kernel.runs.models import Run, RunState
from tequio.members.models import Contact, ContactAttempt, Member, Membership
from tequio.paylink.models import Proof
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

SOON = timedelta(days=7)


def needs_of(*, centers: Sequence[Center], on: date, calls: bool = True) -> list[Need]:
    """What waits in these centers on a day, the most urgent first; what does not wait is left out.

    `calls` is False for whoever reads everything and calls nobody.
    """
    pks = [center.pk for center in centers]
    found = [
        *_cut_off_runs(centers=centers),
        *follow_up_needs(centers=centers, on=on, calls=calls),
        *budget_needs(centers=centers, on=on),
        _not_matched(pks=pks),
        _proofs(pks=pks),
        _to_reach(pks=pks),
        _to_bill(pks=pks, on=on),
        _unreachable(pks=pks),
        _instalments(pks=pks, on=on),
        _holds_ending(pks=pks, on=on),
        _credit(pks=pks),
    ]
    return [need for need in found if need.count]


def _cut_off_runs(*, centers: Sequence[Center]) -> list[Need]:
    codes = {center.code for center in centers}
    return [
        Need(
            count=1,
            one=Text(en="dues run is not finished", es="corrida de cuotas sin terminar"),
            many=Text(en="dues runs are not finished", es="corridas de cuotas sin terminar"),
            note=Text(
                en="Look at its progress; if it was cut off, it goes on from where it stopped.",
                es="Vea su avance; si se cortó, sigue desde donde se quedó.",
            ),
            url=reverse("dues_run", kwargs={"run_pk": run.pk}),
        )
        for run in Run.objects.filter(kind="dues", state=RunState.RUNNING).order_by("pk").only("pk", "parameters")
        if codes & set(run.parameters.get("through", {}))
    ]


def _not_matched(*, pks: Sequence[int]) -> Need:
    return Need(
        count=BankLine.objects.filter(account__center__in=pks, state__in=WAITING).count(),
        one=Text(en="payment not matched", es="pago sin asignar"),
        many=Text(en="payments not matched", es="pagos sin asignar"),
        note=Text(
            en="Money came and it is not certain whose it is. Confirm what is suggested, or say.",
            es="Llegó dinero y no es seguro de quién. Confirme lo que se sugiere, o dígalo.",
        ),
        url=reverse("bank_lines"),
    )


def _proofs(*, pks: Sequence[int]) -> Need:
    return Need(
        count=Proof.objects.filter(claim__member__center__in=pks, claim__settled_on__isnull=True).count(),
        one=Text(en="proof of a transfer to look at", es="comprobante por revisar"),
        many=Text(en="proofs of transfers to look at", es="comprobantes por revisar"),
        note=Text(
            en="Who sent one is not reminded until somebody has found the money, or not.",
            es="A quien envió uno no se le recuerda nada hasta que alguien encuentre el dinero, o no.",
        ),
        url=reverse("proofs"),
    )


def _to_reach(*, pks: Sequence[int]) -> Need:
    tried = ContactAttempt.objects.filter(member=OuterRef("pk"), on__gte=OuterRef("standing_since"))
    limited = Member.objects.filter(center__in=pks, merged_into__isnull=True, standing=Standing.LIMITED.value)
    return Need(
        count=limited.filter(~Exists(tried)).count(),
        one=Text(
            en="member to reach before anything is switched off",
            es="membresía por contactar antes de que se suspenda nada",
        ),
        many=Text(
            en="members to reach before anything is switched off",
            es="membresías por contactar antes de que se suspenda nada",
        ),
        note=Text(
            en="They are limited, and nobody has tried to reach them since. No one is disabled before a person tried.",
            es="Están limitadas y nadie ha tratado de hablar con ellas desde entonces. "
            "A nadie se suspende sin intentarlo.",
        ),
        url=reverse("members") + "?standing=limited&sort=since",
    )


def _to_bill(*, pks: Sequence[int], on: date) -> Need:
    billed = Invoice.objects.filter(
        member=OuterRef("member"), kind=InvoiceKind.DUES, cancelled_on__isnull=True, period_end__gte=on
    )
    begun = Membership.objects.filter(
        member__center__in=pks, member__merged_into__isnull=True, left_on__isnull=True, first_period_on__lte=on
    )
    return Need(
        count=begun.filter(~Exists(billed)).count(),
        one=Text(
            en="member whose year has begun without an invoice", es="membresía con su año empezado y sin aviso de cuota"
        ),
        many=Text(
            en="members whose year has begun without an invoice",
            es="membresías con su año empezado y sin aviso de cuota",
        ),
        note=Text(
            en="Preview a dues run: nothing is sent before you have seen it.",
            es="Vea antes cómo quedaría la corrida: no se envía nada sin que usted la revise.",
        ),
        url=reverse("dues"),
    )


def _unreachable(*, pks: Sequence[int]) -> Need:
    way = Contact.objects.filter(member=OuterRef("pk")).filter(Q(phone_usable=True) | ~Q(email="") | ~Q(city=""))
    owing = Invoice.objects.filter(member=OuterRef("pk"), rest__gt=0)
    members = Member.objects.filter(center__in=pks, merged_into__isnull=True).exclude(standing=Standing.GOOD.value)
    return Need(
        count=members.filter(~Exists(way), Exists(owing)).count(),
        one=Text(en="member owes and cannot be reached at all", es="membresía que debe y no hay cómo localizar"),
        many=Text(en="members owe and cannot be reached at all", es="membresías que deben y no hay cómo localizar"),
        note=Text(
            en="No e-mail, no phone that can be dialled, no address on file.",
            es="Sin correo, sin un teléfono que se pueda marcar y sin domicilio.",
        ),
        url=reverse("members") + "?standing=behind&sort=due",
    )


def _instalments(*, pks: Sequence[int], on: date) -> Need:
    due = PlanInstalment.objects.filter(plan__member__center__in=pks, due_on__range=(on, on + SOON))
    return Need(
        count=due.count(),
        one=Text(en="plan instalment due within a week", es="parcialidad que vence en una semana"),
        many=Text(en="plan instalments due within a week", es="parcialidades que vencen en una semana"),
        note=Text(en="A plan ends by itself when one is missed.", es="Un plan termina solo cuando falta una."),
        url=reverse("members") + "?standing=at_risk&sort=due",
    )


def _holds_ending(*, pks: Sequence[int], on: date) -> Need:
    holds = Hold.objects.filter(member__center__in=pks, last_day__range=(on, on + SOON))
    return Need(
        count=holds.count(),
        one=Text(en="hold that ends within a week", es="prórroga que termina en una semana"),
        many=Text(en="holds that end within a week", es="prórrogas que terminan en una semana"),
        note=Text(
            en="Afterwards the days that passed count again.", es="Después vuelven a contar los días transcurridos."
        ),
        url=reverse("members") + "?standing=at_risk&sort=since",
    )


def _credit(*, pks: Sequence[int]) -> Need:
    return Need(
        count=Payment.objects.filter(center__in=pks, unused__gt=0, voided_on__isnull=True).count(),
        one=Text(en="payment larger than what was owed", es="pago mayor que lo que se debía"),
        many=Text(en="payments larger than what was owed", es="pagos mayores que lo que se debía"),
        note=Text(
            en="The rest is kept for the next invoice, unless you give it back.",
            es="El resto queda para el siguiente aviso, salvo que lo devuelva.",
        ),
        url=reverse("payments") + "?credit=1",
    )
