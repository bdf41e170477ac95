"""An invoice as a letter: what is asked and why, how to pay it, and how to ask for time. Dues are not a price."""

from tequio.dues.paper.addresses import address_lines
from tequio.dues.paper.facts import InvoiceFacts, LineFacts
from tequio.dues.paper.letters import (
    LONGEST_NAME,
    Banner,
    Fact,
    Letter,
    Passage,
    Row,
    Stub,
    Table,
    amount_text,
    figure,
    on_line,
    sender_lines,
    whom_to_ask,
)
from tequio.dues.paper.plain_text import breakable, one_line, several_lines
from tequio.dues.queries import InvoiceCredit
from tequio.rules.dues import Part, RateKind
from tequio.rules.reasons import Text, long_date

_MOST_CREDITS = 3  # more of them are added up, so that the figures stay on one page
_LONGEST_REASON = 120
_PAY_WIDTH, _PAY_LINES = 50, 5
_PART_NOTES = {
    Part.MEMBERSHIP.value: Text(en="The part every member carries.", es="La parte que aportan todas las membresías."),
    Part.OPERATIONS.value: Text(en="The part of members who use it.", es="La parte de quienes los usan."),
}
_RATE_NAMES = {
    RateKind.REDUCED.value: Text(en="Reduced rate", es="Cuota reducida"),
    RateKind.SOLIDARITY.value: Text(en="Solidarity rate", es="Cuota solidaria"),
}
# What the program itself notes as a reason; whatever people note stays in their words.
_KNOWN_REASONS = {"the roll was corrected": Text(en="the roll was corrected", es="se corrigió el padrón")}


def invoice_letter(*, facts: InvoiceFacts) -> Letter:
    """The letter of an invoice, in the language the invoice was made in."""
    language = "es" if facts.language == "es" else "en"
    open_ = facts.cancelled_on is None and facts.rest > 0
    notes = [_why(facts, language)]
    if facts.in_plan and open_:
        notes.insert(0, _plan(language))
    return Letter(
        language=language,
        country=facts.center.country,
        on=facts.invoiced_on,
        kind=Text(en="Invoice", es="Aviso de cuota").to(language),
        number=facts.number,
        sender=one_line(facts.center.name.to(language), most=LONGEST_NAME),
        sender_lines=sender_lines(center=facts.center),
        address=address_lines(to=facts.to, from_country=facts.center.country, language=language),
        facts=_head_facts(facts, language),
        banner=_banner(facts, language),
        lead="",
        table=_table(facts, language),
        passages=(_how_to_pay(facts, language), _ask(facts, language)) if open_ else (),
        online=on_line(link=facts.link, language=language) if open_ else None,
        notes=tuple(notes),
        thanks=Text(
            en="Thank you. This organization lives on what its members give.",
            es="Gracias. Esta organización vive de lo que aporta su membresía.",
        ).to(language),
        stub=_stub(facts, language) if open_ else None,
    )


def _head_facts(facts: InvoiceFacts, language: str) -> tuple[Fact, ...]:
    def day(label: Text, value: str, *, strong: bool = False) -> Fact:
        return Fact(label=label.to(language), value=value, strong=strong)

    due = long_date(day=facts.due_on, language=language)
    found = [day(Text(en="Date", es="Fecha"), long_date(day=facts.invoiced_on, language=language))]
    if facts.opening:
        found.append(day(Text(en="Owed since", es="Se debe desde"), due))
    else:
        found.append(day(Text(en="Your year", es="Su año"), _period(facts, language)))
        if facts.cancelled_on is None and facts.rest > 0:
            found.append(day(Text(en="Please pay by", es="Vence el"), due, strong=True))
        else:
            found.append(day(Text(en="Due date", es="Vencimiento"), due))
    found.append(day(Text(en="Member", es="Membresía"), breakable(facts.to.member_code, most=40)))
    found.append(day(Text(en="Reference", es="Referencia"), facts.reference, strong=True))
    if facts.short_reference:
        found.append(day(Text(en="For transfers", es="Para transferir"), facts.short_reference, strong=True))
    return tuple(found)


def _period(facts: InvoiceFacts, language: str) -> str:
    start, end = (long_date(day=d, language=language) for d in (facts.period_start, facts.period_end))
    return Text(en=f"{start} to {end}", es=f"{start} al {end}").to(language)


def _banner(facts: InvoiceFacts, language: str) -> Banner | None:
    if facts.cancelled_on is not None:
        day = long_date(day=facts.cancelled_on, language=language)
        noted = one_line(facts.cancelled_because, most=_LONGEST_REASON)
        reason = breakable(_KNOWN_REASONS.get(noted, Text(en=noted, es=noted)).to(language), most=_LONGEST_REASON)
        why = Text(en=f" Reason: {reason}", es=f" Motivo: {reason}").to(language) if reason else ""
        return Banner(
            tone="brick",
            head=Text(en=f"Cancelled on {day}", es=f"Cancelado el {day}").to(language),
            text=Text(en="Please do not pay this invoice.", es="Por favor, no pague este aviso.").to(language) + why,
        )
    if facts.rest == 0:
        day = long_date(day=facts.settled_on or facts.invoiced_on, language=language)
        paid = not any(credit.by == "write-off" for credit in facts.credits)
        head = Text(en=f"Paid in full on {day}", es=f"Pagado por completo el {day}")
        return Banner(
            tone="agave",
            head=(head if paid else Text(en=f"Settled on {day}", es=f"Saldado el {day}")).to(language),
            text=Text(en="Nothing is left to pay. Thank you.", es="No queda nada por pagar. Gracias.").to(language),
        )
    return None


def _table(facts: InvoiceFacts, language: str) -> Table:
    lowered = () if facts.cancelled_on else _lowered(facts, language)
    open_sum = 0 if facts.cancelled_on else facts.rest
    whole = open_sum == facts.total and not lowered
    left = Text(en="To pay", es="Por pagar") if whole else Text(en="Left to pay", es="Resta por pagar")
    total = Row(name=Text(en="Total", es="Total").to(language), amount=figure(facts.total))
    return Table(
        heads=(Text(en="What it is for", es="Concepto").to(language), "", facts.currency),
        rows=tuple(
            Row(name=x.name.to(language), note=_line_note(facts, x).to(language), amount=figure(x.amount))
            for x in facts.lines
        ),
        subtotal=None if whole else total,
        lowered=lowered,
        total=Row(name=left.to(language), amount=amount_text(minor=open_sum, currency=facts.currency)),
    )


def _line_note(facts: InvoiceFacts, line: LineFacts) -> Text:
    if facts.opening:
        start, end = facts.period_start, facts.period_end
        return Text(
            en=f"For {long_date(day=start, language='en')} to {long_date(day=end, language='en')}.",
            es=f"Del {long_date(day=start, language='es')} al {long_date(day=end, language='es')}.",
        )
    if facts.share is not None and line.tariff is not None and facts.rate_kind in _RATE_NAMES:
        name, percent = _RATE_NAMES[facts.rate_kind], f"{facts.share / 100:g}\u00a0%"
        table = amount_text(minor=line.tariff, currency=facts.currency)
        return Text(en=f"{name.en}: {percent} of {table}.", es=f"{name.es}: {percent} de {table}.")
    return _PART_NOTES.get(line.part, Text(en="", es=""))


def _lowered(facts: InvoiceFacts, language: str) -> tuple[Row, ...]:
    credits = facts.credits
    if len(credits) <= _MOST_CREDITS:
        return tuple(Row(name=_credit_name(c).to(language), amount=figure(-c.amount)) for c in credits)
    rows = []
    for let_go in (False, True):
        some = [c for c in credits if (c.by == "write-off") is let_go]
        if some:
            last = some[-1].on
            en, es = long_date(day=last, language="en"), long_date(day=last, language="es")
            name = (
                Text(en=f"No longer asked for, the last of it since {en}", es=f"Condonado, lo último el {es}")
                if let_go
                else Text(
                    en=f"Paid less given back, {len(some)} entries, the last on {en}",
                    es=f"Pagado menos devuelto, {len(some)} movimientos, el último del {es}",
                )
            )
            rows.append(Row(name=name.to(language), amount=figure(-sum(c.amount for c in some))))
    return tuple(rows)


def _credit_name(credit: InvoiceCredit) -> Text:
    en, es = long_date(day=credit.on, language="en"), long_date(day=credit.on, language="es")
    if credit.by == "write-off":
        return Text(en=f"No longer asked for, since {en}", es=f"Condonado el {es}")
    if credit.amount < 0:
        return Text(en=f"Given back on {en}, of payment {credit.by}", es=f"Devuelto el {es}, del pago {credit.by}")
    return Text(en=f"Paid on {en}, receipt {credit.by}", es=f"Pagado el {es}, recibo {credit.by}")


def _how_to_pay(facts: InvoiceFacts, language: str) -> Passage:
    whom = whom_to_ask(center=facts.center)
    said = several_lines(facts.center.pay_to.to(language), width=_PAY_WIDTH, lines=_PAY_LINES)
    lines = [breakable(line, most=_PAY_WIDTH) for line in said] or [
        Text(en=f"Ask {whom.en} how to pay.", es=f"Pregunte a {whom.es} cómo pagar.").to(language)
    ]
    reference = facts.reference.replace(" ", "\u00a0")
    give = Text(en=f"Give the reference {reference}.", es=f"Anote la referencia {reference}.")
    if facts.short_reference:
        give = Text(
            en=f"Give the reference {reference}; for a transfer in Mexico, {facts.short_reference}.",
            es=f"Anote la referencia {reference}; en una transferencia, {facts.short_reference}.",
        )
    lines.append(give.to(language))
    return Passage(head=Text(en="How to pay", es="Cómo pagar").to(language), lines=tuple(lines))


def _ask(facts: InvoiceFacts, language: str) -> Passage:
    whom = whom_to_ask(center=facts.center)
    text = Text(
        en="Dues are not a price. Pay what you can, ask to pay in parts, or ask for more time: tick a line below, or "
        f"tell {whom.en}. No reason is needed.",
        es="La cuota no es un precio. Pague lo que pueda, pida pagar en partes o pida más tiempo: marque una línea "
        f"abajo, o avise a {whom.es}. No hace falta dar razones.",
    )
    head = Text(en="If it is too much, or too soon", es="Si es mucho, o es muy pronto")
    return Passage(head=head.to(language), lines=(text.to(language),))


def _plan(language: str) -> Passage:
    return Passage(
        head=Text(en="Payment plan", es="Plan de pagos").to(language),
        lines=(
            Text(
                en="A payment plan was agreed for this invoice. What counts is each instalment and its day.",
                es="Para este aviso se acordó un plan de pagos. Lo que cuenta es cada parcialidad y su fecha.",
            ).to(language),
        ),
    )


def _why(facts: InvoiceFacts, language: str) -> Passage:
    if facts.opening or facts.rule is None:
        whom = whom_to_ask(center=facts.center)
        head = Text(en="Where this balance comes from", es="De dónde viene este saldo")
        text = Text(
            en="It comes from before this program: the member roll said so when it was brought in. "
            f"If it is not right, tell {whom.en}.",
            es="Viene de antes de este programa: así lo decía el padrón cuando se importó. "
            f"Si no es correcto, avise a {whom.es}.",
        )
        return Passage(head=head.to(language), lines=(text.to(language),))
    rule = facts.rule
    since, decided = (long_date(day=d, language=language) for d in (rule.valid_from, rule.decided_on))
    title, decision, body, source = (
        one_line(x.to(language), most=most)
        for x, most in ((rule.title, 80), (rule.decision, 100), (rule.body, 40), (rule.source, 80))
    )
    source = source if source.endswith((".", "…")) else source + "."
    text = Text(
        en=f"{title}, in force from {since}. Decided on {decided} by {body}: {decision}. Source: {source}",
        es=f"{title}; rige desde el {since}. Acuerdo del {decided}, {body}: {decision}. Fuente: {source}",
    )
    head = Text(en="Why this amount", es="Por qué este monto")
    return Passage(head=head.to(language), lines=(text.to(language),))


def _stub(facts: InvoiceFacts, language: str) -> Stub:
    rest = amount_text(minor=facts.rest, currency=facts.currency)
    name = breakable(facts.to.member_name, most=60) or facts.to.member_code
    found = [
        Fact(label=Text(en="Member", es="Membresía").to(language), value=name),
        Fact(label=Text(en="Invoice", es="Aviso").to(language), value=facts.number),
        Fact(label=Text(en="To pay", es="Por pagar").to(language), value=rest, strong=True),
        Fact(label=Text(en="Reference", es="Referencia").to(language), value=facts.reference, strong=True),
    ]
    if facts.short_reference:
        label = Text(en="For transfers", es="Para transferir").to(language)
        found.append(Fact(label=label, value=facts.short_reference, strong=True))
    ticks = (
        Text(en=f"All of it: {rest}", es=f"Todo: {rest}"),
        Text(en=f"This much now: {facts.currency} ", es=f"Por ahora: {facts.currency} "),
        Text(en="In parts, please", es="En parcialidades, por favor"),
        Text(en="More time, until ", es="Más tiempo, hasta el "),
    )
    sender = one_line(facts.center.name.to(language), most=LONGEST_NAME)
    code = facts.reference.replace(" ", "")
    return Stub(
        head=Text(en="Send this part with your payment", es="Envíe esta parte con su pago").to(language),
        send_to=(sender, *sender_lines(center=facts.center)),
        facts=tuple(found),
        ticks=tuple(tick.to(language) for tick in ticks),
        code=code,
        code_caption=Text(en="The reference as a code", es="La referencia como código").to(language),
        code_alt=Text(en=f"QR code of the reference {code}", es=f"Código QR de la referencia {code}").to(language),
    )
