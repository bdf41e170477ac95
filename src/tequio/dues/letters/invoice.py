"""The letter with a new invoice."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import InvoiceFacts
from tequio.kernel.mail.composing import Amount, Amounts, Block, Composed, Facts, Heading, Paragraph, Wording
from tequio.rules.dues import RateKind
from tequio.rules.money import WHOLE_SHARE


def compose(*, facts: InvoiceFacts) -> Composed:
    """Write the letter: what is asked and why, what was settled already, what else is open, what follows."""
    word = Wording(language=facts.to.language)
    paid = facts.rest == 0
    if facts.opening:
        subject = word(en=f"Balance {facts.number} from earlier dues", es=f"Saldo {facts.number} de cuotas anteriores")
    elif paid:
        subject = word(en=f"Your dues are paid: {facts.number}", es=f"Su cuota está pagada: {facts.number}")
    else:
        subject = word(en=f"Dues: invoice {facts.number}", es=f"Cuota: aviso {facts.number}")
    due = wording.on_day(day=facts.due_on, word=word)
    first = [] if paid or facts.due_on < facts.account.on else [_on_due_day(facts=facts, word=word)]
    return wording.letter(
        to=facts.to,
        account=facts.account,
        subject=subject,
        blocks=[
            Paragraph(text=_opening(facts=facts, word=word)),
            Facts(
                rows=(
                    wording.member_fact(to=facts.to, word=word),
                    (word(en="Invoice", es="Aviso de cuota"), facts.number),
                    *_period(facts=facts, word=word),
                    (word(en="Please pay by", es="Fecha límite"), due),
                )
            ),
            _lines(facts=facts, word=word),
            *_reasons(facts=facts, word=word),
            *_all_of_it(facts=facts, word=word),
            *_link(facts=facts, word=word),
            Paragraph(
                text=word(
                    en="The invoice is attached as a PDF, to print or to keep.",
                    es="Adjuntamos el aviso en PDF, para imprimirlo o guardarlo.",
                )
            ),
            *wording.ending(account=facts.account, word=word, first=first),
        ],
    )


def _opening(*, facts: InvoiceFacts, word: Wording) -> str:
    if facts.rest == 0:
        return word(
            en="This is the invoice of your dues for a new period. What you had paid ahead covers all of it: there is "
            "nothing to pay.",
            es="Este es el aviso de su cuota de un nuevo periodo. Con lo que ya había pagado queda cubierta: no tiene "
            "que pagar nada.",
        )
    amount = wording.money(minor=facts.rest, account=facts.account)
    due = wording.on_day(day=facts.due_on, word=word)
    if facts.opening:
        return word(
            en=f"In our books {amount} of earlier dues is still open. If you see it differently, tell us and we will "
            "look at it together.",
            es=f"En nuestros libros quedan pendientes {amount} de cuotas anteriores. Si usted tiene otra cuenta, "
            "díganos y lo revisamos en conjunto.",
        )
    if facts.due_on < facts.account.on:
        return word(
            en=f"Of your dues {amount} is open; it was due on {due}.",
            es=f"De su cuota quedan por pagar {amount}, que vencieron el {due}.",
        )
    return word(
        en=f"Your dues for the coming period are {amount}, due on {due}.",
        es=f"Su cuota del nuevo periodo es de {amount} y vence el {due}.",
    )


def _on_due_day(*, facts: InvoiceFacts, word: Wording) -> str:
    due = wording.on_day(day=facts.due_on, word=word)
    return word(en=f"{due}: the dues fall due.", es=f"{due}: vence la cuota.")


def _period(*, facts: InvoiceFacts, word: Wording) -> list[tuple[str, str]]:
    if facts.opening:
        return []
    start, end = (wording.on_day(day=day, word=word) for day in (facts.period_start, facts.period_end))
    return [(word(en="Period", es="Periodo"), word(en=f"{start} to {end}", es=f"del {start} al {end}"))]


def _lines(*, facts: InvoiceFacts, word: Wording) -> Amounts:
    account = facts.account
    rows = [
        Amount(
            label=line.name.to(word.language) + (word(en=" (optional)", es=" (opcional)") if line.optional else ""),
            amount=wording.figure(minor=line.amount, account=account),
        )
        for line in facts.lines
    ]
    if facts.lowered:
        rows.append(
            Amount(
                label=word(en="Paid or credited already", es="Ya pagado o abonado"),
                amount=wording.figure(minor=-facts.lowered, account=account),
            )
        )
    rows.append(
        Amount(
            label=word(en="To pay for this invoice", es="Por pagar de este aviso"),
            amount=wording.figure(minor=facts.rest, account=account),
            is_total=True,
        )
    )
    caption = word(en=f"Amounts in {account.currency}", es=f"Cantidades en {account.currency}")
    return Amounts(caption=caption, rows=tuple(rows))


def _reasons(*, facts: InvoiceFacts, word: Wording) -> list[Block]:
    """Which rule asks this, who decided it and when; the member's own rate; what may be left out."""
    said: list[Block] = []
    if facts.policy and facts.decided_by and facts.decided_on:
        policy, body = facts.policy.to(word.language), facts.decided_by.to(word.language)
        day = wording.on_day(day=facts.decided_on, word=word)
        said.append(
            Paragraph(
                text=word(
                    en=f"Why this amount: {policy} (decided on {day}, {body}).",
                    es=f"Por qué esta cantidad: {policy} (acuerdo del {day}, {body}).",
                )
            )
        )
    if facts.own_rate:
        kind, share = facts.own_rate
        percent = f"{share * 100 / WHOLE_SHARE:g}"
        said.append(
            Paragraph(
                text=word(
                    en=f"It is your solidarity rate, {percent} percent of the table: you pay for others too, "
                    "and that is felt."
                    if kind == RateKind.SOLIDARITY
                    else f"It is your reduced rate, {percent} percent of the table.",
                    es=f"Es su cuota solidaria, {percent} por ciento de la tabla: usted paga también por otras "
                    "personas, y se nota."
                    if kind == RateKind.SOLIDARITY
                    else f"Es su cuota reducida, {percent} por ciento de la tabla.",
                )
            )
        )
    if facts.rest and any(line.optional for line in facts.lines):
        said.append(
            Paragraph(
                text=word(
                    en="Operations and support is optional. If you do not want it this year, answer this message "
                    "and we take it off.",
                    es="La operación y soporte es opcional. Si este año no la quiere, responda a este correo y la "
                    "quitamos.",
                )
            )
        )
    return said


def _link(*, facts: InvoiceFacts, word: Wording) -> list[Block]:
    """Where it is seen, paid and answered without an account."""
    links = [charge.link for charge in facts.account.owed if charge.number == facts.number]
    return wording.on_line(link=links[0], word=word) if links else []


def _all_of_it(*, facts: InvoiceFacts, word: Wording) -> list[Block]:
    """Everything that is owed, where that is more than this invoice."""
    if [charge.number for charge in facts.account.owed] in ([], [facts.number]):
        return []
    return [
        Heading(text=word(en="Together with earlier dues", es="Junto con lo anterior")),
        wording.owed_table(account=facts.account, word=word),
    ]
