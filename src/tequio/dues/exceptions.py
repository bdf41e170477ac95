"""What is unusual about a preview: whom to look at before confirming, each with what the run will do about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Min, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from tequio.dues.models import Invoice, InvoiceKind, InvoiceLine, MemberRate, Payment
from tequio.dues.previewed import Previewed, PreviewedInvoice
from tequio.kernel import bulk
from tequio.kernel.bulk import day
from tequio.members.models import Contact, Member
from tequio.rules.dues import Part
from tequio.rules.money import printed
from tequio.rules.reasons import Text, long_date

_A_YEAR = timedelta(days=400)  # and a little: how far back the bill of the year before can lie
_NAMED_AT_ONCE = 500
_HEAD_CODE = Coalesce("member__merged_into__code", "member__code")

KINDS = {
    "unreachable": Text(en="no way to send it", es="no hay cómo enviarlo"),
    "set_aside": Text(en="set aside", es="aparte"),
    "owes": Text(en="still owes older dues", es="debe cuotas anteriores"),
    "several": Text(en="several periods at once", es="varios periodos a la vez"),
    "kind_changed": Text(en="changed kind", es="cambió de tipo"),
    "rate_ended": Text(en="own rate ended", es="terminó su cuota propia"),
    "rate_ending": Text(en="own rate ends soon", es="su cuota propia termina pronto"),
    "credit": Text(en="has credit", es="tiene saldo a favor"),
    "no_billing": Text(en="no billing contact", es="sin contacto de pagos"),
}
# How urgent each is, as the shapes of the design system say it.
SHAPES = dict.fromkeys(KINDS, "told") | {
    "unreachable": "refused",
    "set_aside": "inactive",
    "owes": "at_risk",
    "several": "at_risk",
}
_KIND_NAMES = {
    "organization": Text(en="organization", es="organización"),
    "individual": Text(en="individual", es="persona"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """One member with something unusual: what, and what the run will do. `asked` is what it bills, in minor units."""

    kind: str
    member_code: str
    center_code: str
    what: Text
    does: Text
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A preview as one person sees it: the centers it may see, with their currencies, and the invoice date."""

    plan: Previewed
    as_of: date
    currencies: dict[str, str]


def unusual(*, seen: Seen) -> list[Unusual]:
    """Everybody of a preview with something unusual, the most urgent kind first. Ten queries, however many members.

    Read from the facts of this moment: whoever corrects a contact in another tab sees it gone on the next look.
    """
    mine = [invoice for invoice in seen.plan.invoices if invoice.center_code in seen.currencies]
    billed: dict[str, list[PreviewedInvoice]] = {}
    for invoice in mine:
        billed.setdefault(invoice.member_code, []).append(invoice)
    found = list(_set_aside(seen=seen))
    if billed:
        for look in _LOOKS:
            found += look(seen, billed)
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda row: (order[row.kind], row.member_code))


_Billed = dict[str, list[PreviewedInvoice]]


def _row(*, kind: str, invoices: Sequence[PreviewedInvoice], what: Text, does: Text) -> Unusual:
    return Unusual(
        kind=kind,
        member_code=invoices[0].member_code,
        center_code=invoices[0].center_code,
        what=what,
        does=does,
        asked=sum(invoice.total for invoice in invoices),
    )


def _set_aside(*, seen: Seen) -> Iterator[Unusual]:
    codes = [row.member_code for row in seen.plan.set_aside]
    if not codes:
        return
    members = Member.objects.filter(center__code__in=seen.currencies, merged_into__isnull=True)
    # Asked by center where naming each code would be more than one statement takes; others stay unseen either way.
    asked = members.filter(code__in=codes) if len(codes) <= _NAMED_AT_ONCE else members
    centers = dict(asked.values_list("code", "center__code"))
    for row in seen.plan.set_aside:
        if row.member_code in centers:
            yield Unusual(
                kind="set_aside",
                member_code=row.member_code,
                center_code=centers[row.member_code],
                what=row.text,
                does=Text(en="Makes no invoice.", es="No hace aviso de cuota."),
                asked=0,
            )


def _unreachable(seen: Seen, billed: _Billed) -> Iterator[Unusual]:
    """Members nobody can write to: no contact, its own or of what was merged into it, has an e-mail or a street."""
    usable = Contact.objects.exclude(email="", street="")
    members = Member.objects.filter(center__code__in=seen.currencies, merged_into__isnull=True)
    alone = members.filter(
        ~Exists(usable.filter(member=OuterRef("pk"))), ~Exists(usable.filter(member__merged_into=OuterRef("pk")))
    )
    for code in alone.values_list("code", flat=True):
        if code in billed:
            yield _row(
                kind="unreachable",
                invoices=billed[code],
                what=Text(
                    en="No contact has an e-mail or postal address.",
                    es="Ningún contacto tiene correo electrónico ni domicilio.",
                ),
                does=Text(
                    en="Makes it; somebody has to hand it over or call.",
                    es="Lo hace; alguien tiene que entregarlo o llamar.",
                ),
            )


def _owes(seen: Seen, billed: _Billed) -> Iterator[Unusual]:
    rows = Invoice.objects.filter(center__code__in=seen.currencies, rest__gt=0, due_on__lt=seen.as_of).order_by()
    for code, oldest, owed in (
        rows.annotate(head=_HEAD_CODE).values_list("head").annotate(Min("due_on"), Sum("rest")).order_by("head")
    ):
        if code in billed:
            amount = printed(minor=owed, currency=seen.currencies[billed[code][0].center_code])
            yield _row(
                kind="owes",
                invoices=billed[code],
                what=Text(
                    en=f"{amount} open since {long_date(day=oldest, language='en')}.",
                    es=f"{amount} por pagar desde el {long_date(day=oldest, language='es')}.",
                ),
                does=Text(
                    en="Makes it all the same; a payment settles the oldest first.",
                    es="El aviso se hace de todos modos; un pago cubre primero lo más antiguo.",
                ),
            )


def _credit(seen: Seen, billed: _Billed) -> Iterator[Unusual]:
    rows = Payment.objects.filter(center__code__in=seen.currencies, unused__gt=0, voided_on__isnull=True).order_by()
    for code, credit in rows.annotate(head=_HEAD_CODE).values_list("head").annotate(Sum("unused")).order_by("head"):
        if code in billed:
            currency = seen.currencies[billed[code][0].center_code]
            left = max(0, sum(invoice.total for invoice in billed[code]) - credit)
            has, rest = printed(minor=credit, currency=currency), printed(minor=left, currency=currency)
            yield _row(
                kind="credit",
                invoices=billed[code],
                what=Text(en=f"{has} paid ahead.", es=f"{has} a su favor."),
                does=Text(
                    en=f"Uses the credit at once: {rest} to pay.",
                    es=f"Usa el saldo a favor de inmediato: quedan por pagar {rest}.",
                ),
            )


def _several(_: Seen, billed: _Billed) -> Iterator[Unusual]:
    for invoices in billed.values():
        count = len(invoices)
        if count > 1:
            first = min(invoice.period_start for invoice in invoices)
            yield _row(
                kind="several",
                invoices=invoices,
                what=Text(
                    en=f"{count} periods, the first from {long_date(day=first, language='en')}.",
                    es=f"{count} periodos, el primero desde el {long_date(day=first, language='es')}.",
                ),
                does=Text(en=f"Makes {count} invoices.", es=f"Hace {count} avisos de cuota."),
            )


def _rates(seen: Seen, billed: _Billed) -> Iterator[Unusual]:
    """Own rates that ended within the year before the invoice date, or end within the year it begins."""
    rows = (
        MemberRate.objects.filter(member__center__code__in=seen.currencies, valid_from__lte=seen.as_of)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=seen.as_of - _A_YEAR))
        .order_by("valid_from", "pk")
        .values_list(_HEAD_CODE, "valid_until", "basis_points")
    )
    last: dict[str, tuple[date | None, int]] = {}
    for code, until, share in rows:
        before = last.get(code)
        covers = until is None or until >= seen.as_of
        if before is None or covers or (before[0] is not None and before[0] < seen.as_of):
            last[code] = (until, share)
    for code, (until, share) in last.items():
        if code not in billed or until is None:
            continue
        ended = until < seen.as_of
        if not ended and until > max(invoice.period_end for invoice in billed[code]):
            continue
        yield _row(
            kind="rate_ended" if ended else "rate_ending",
            invoices=billed[code],
            what=_through(share=share, day=until),
            does=Text(
                en="Asks the table’s amount; or renew the rate first.",
                es="Pide el monto de la tabla; o renueve antes la cuota propia.",
            )
            if ended
            else Text(
                en="Asks its own rate this once more.",
                es="Pide su cuota propia esta vez todavía.",
            ),
        )


def _through(*, share: int, day: date) -> Text:
    """A rate of its own with its last day: "50 % of the table through 30 June 2016"."""
    en = f"{share / 100:g} % of the table" if share else "Dues waived"
    es = f"{share / 100:g} % de la tabla" if share else "Exenta de cuota"
    return Text(
        en=f"{en} through {long_date(day=day, language='en')}.",
        es=f"{es} hasta el {long_date(day=day, language='es')}.",
    )


def _kind_changed(seen: Seen, billed: _Billed) -> Iterator[Unusual]:
    for code, (_, kind, _) in bills_before(seen=seen, billed=billed).items():
        now = billed[code][0].kind
        if kind and kind != now:
            yield _row(
                kind="kind_changed",
                invoices=billed[code],
                what=Text(en=f"Was billed as {_KIND_NAMES[kind].en}.", es=f"Se le cobró como {_KIND_NAMES[kind].es}."),
                does=Text(en=f"Bills it as {_KIND_NAMES[now].en}.", es=f"Le cobra como {_KIND_NAMES[now].es}."),
            )


def _no_billing(seen: Seen, billed: _Billed) -> Iterator[Unusual]:
    """Members who can be written to, though none of their contacts is the one for payments."""
    contacts = Contact.objects.filter(member__center__code__in=seen.currencies)
    usable = contacts.exclude(email="", street="")
    with_billing = set(contacts.filter(is_billing=True).values_list(_HEAD_CODE, flat=True))
    for code in sorted(set(usable.values_list(_HEAD_CODE, flat=True)) - with_billing):
        if code in billed:
            yield _row(
                kind="no_billing",
                invoices=billed[code],
                what=Text(en="No contact is named for payments.", es="Ningún contacto es el de pagos."),
                does=Text(
                    en="Addresses it to the representative, or whoever comes first.",
                    es="Lo dirige a quien representa, o al primer contacto.",
                ),
            )


def bills_before(*, seen: Seen, billed: _Billed) -> dict[str, tuple[date, str, int]]:
    """For each member its bill of the period before: when it began, as what kind, and its total. One query."""
    first = min(invoices[0].period_start for invoices in billed.values())
    lines = (
        InvoiceLine.objects.filter(
            invoice__center__code__in=seen.currencies,
            invoice__kind=InvoiceKind.DUES,
            invoice__cancelled_on__isnull=True,
            invoice__period_start__gte=first - _A_YEAR,
            part=Part.MEMBERSHIP.value,
        )
        .order_by("invoice__period_start", "pk")
        .values_list(
            Coalesce("invoice__member__merged_into__code", "invoice__member__code"),
            "invoice__period_start",
            "tariff__kind",
            F("invoice__total"),
        )
    )
    found: dict[str, tuple[date, str, int]] = {}
    for code, start, kind, total in bulk.rows(queryset=lines):
        if code in billed and day(start) < billed[code][0].period_start:
            found[code] = (day(start), kind or "", total)
    return found


_LOOKS: tuple[Callable[[Seen, _Billed], Iterator[Unusual]], ...] = (
    *(_unreachable, _owes, _several, _kind_changed, _rates, _credit, _no_billing),
)
