"""A step of the ladder on paper: the same facts as its mail, in the window of an envelope, with a stub to send back."""

from collections.abc import Sequence
from datetime import date, datetime

from tequio.centers.models import Center
from tequio.dues.letters.about import Owed
from tequio.dues.letters.wording import on_day, what_follows
from tequio.dues.paper.addresses import address_lines
from tequio.dues.paper.facts import Addressee, CenterFacts, addressee, center_facts
from tequio.dues.paper.letters import (
    LONGEST_NAME,
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
from tequio.dues.paper.typesetting import typeset
from tequio.followup.letters.notice import NoticeFacts, notice_facts, paragraphs, why
from tequio.followup.models import Dispatch, LetterBatch
from tequio.followup.reach import reaches
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.composing import Points, Wording
from tequio.members.models import Contact
from tequio.members.queries import families
from tequio.rules.ladder import Channel
from tequio.rules.reasons import Text

_PAY_WIDTH, _PAY_LINES = 50, 5
_MOST_CHARGES = 5  # more of them are added up, so that the figures stay on one page
_MOST_STEPS = 2
_LONGEST_STEP = 320


def batch_letters(*, batch: LetterBatch, at: datetime) -> bytes:
    """The PDF of a batch, one letter a page in the order of posting, with what is owed at this moment.

    Who has paid since is left out. Refuses a batch of which nobody is left.
    """
    rows = list(batch.dispatches.select_related("member", "center").order_by("posting_place", "pk"))
    facts = notice_facts(dispatches=rows, channel=Channel.LETTER, at=at)
    contacts = contacts_of(dispatches=rows)
    center = center_facts(row=batch.center)
    letters = [
        notice_letter(
            facts=facts[row.pk],
            center=center,
            to=addressee(member=contacts[row.pk].member, contact=contacts[row.pk]),
            number=letter_number(center=batch.center, dispatch=row),
            code=facts[row.pk].to.code,
        )
        for row in rows
        if row.pk in facts and row.pk in contacts
    ]
    if not letters:
        raise Refusal(
            en="Everybody in this batch has paid, or is written to no more.",
            es="En este lote ya todas pagaron, o ya no se les escribe.",
        )
    return typeset(letters=letters)


def contacts_of(*, dispatches: Sequence[Dispatch]) -> dict[int, Contact]:
    """The contact each letter goes to; a member without a postal address is absent. Five queries."""
    heads = {row.pk: row.member.merged_into_id or row.member_id for row in dispatches}
    reached = reaches(counted=families(heads=set(heads.values())))
    wanted = {pk: reached[head].contacts.get(Channel.LETTER) for pk, head in heads.items()}
    found = Contact.objects.select_related("member").in_bulk([pk for pk in wanted.values() if pk is not None])
    return {pk: found[contact] for pk, contact in wanted.items() if contact is not None}


def letter_number(*, center: Center, dispatch: Dispatch) -> str:
    """The number on a letter, by which it is found again when it comes back."""
    return f"{center.code.upper()}-L-{dispatch.pk:06d}"


def notice_letter(*, facts: NoticeFacts, center: CenterFacts, to: Addressee, number: str, code: str) -> Letter:
    """The letter of a step, in the language of the person it goes to."""
    language = "es" if facts.to.language == "es" else "en"
    word = Wording(language=language)
    return Letter(
        language=language,
        country=center.country,
        on=facts.account.on,
        kind=one_line(facts.step.title.to(language), most=LONGEST_NAME),
        number=number,
        sender=one_line(center.name.to(language), most=LONGEST_NAME),
        sender_lines=sender_lines(center=center),
        address=address_lines(to=to, from_country=center.country, language=language),
        facts=(
            Fact(label=word(en="Date", es="Fecha"), value=on_day(day=facts.account.on, word=word)),
            Fact(label=word(en="Member", es="Membresía"), value=breakable(code, most=40)),
            Fact(
                label=word(en="Owed", es="Se debe"),
                value=amount_text(minor=facts.account.total, currency=facts.account.currency),
                strong=True,
            ),
        ),
        banner=None,
        lead=" ".join(paragraphs(text=facts.step.opening.to(language))),
        table=_table(facts=facts, word=word),
        passages=(_how_to_pay(facts=facts, center=center, word=word), _ask(center=center, word=word)),
        online=on_line(link=facts.account.owed[0].link, language=language),
        notes=_notes(facts=facts, word=word),
        thanks=word(
            en="If you have paid in these days, thank you. What each of us puts in keeps all of this running.",
            es="Si pagó en estos días, muchas gracias. Lo que cada quien aporta mantiene todo esto funcionando.",
        ),
        stub=_stub(facts=facts, center=center, to=to, number=number, word=word),
    )


def _table(*, facts: NoticeFacts, word: Wording) -> Table:
    owed = facts.account.owed
    rows = [
        Row(
            name=word(en=f"Invoice {charge.number}", es=f"Aviso {charge.number}"),
            note=_due(charge=charge, today=facts.account.on, word=word),
            amount=figure(charge.rest),
        )
        for charge in owed[:_MOST_CHARGES]
    ]
    others = owed[_MOST_CHARGES:]
    if others:
        rows.append(
            Row(
                name=word(en=f"{len(others)} more", es=f"Otros {len(others)}"),
                amount=figure(sum(charge.rest for charge in others)),
            )
        )
    return Table(
        heads=(word(en="What is owed", es="Lo que se debe"), "", facts.account.currency),
        rows=tuple(rows),
        subtotal=None,
        lowered=(),
        total=Row(
            name=word(en="To pay", es="Por pagar"),
            amount=amount_text(minor=facts.account.total, currency=facts.account.currency),
        ),
    )


def _due(*, charge: Owed, today: date, word: Wording) -> str:
    day = on_day(day=charge.due_on, word=word)
    return word(en=f"Due on {day}.", es=f"{'Venció' if charge.due_on < today else 'Vence'} el {day}.")


def _how_to_pay(*, facts: NoticeFacts, center: CenterFacts, word: Wording) -> Passage:
    whom = whom_to_ask(center=center)
    said = several_lines(center.pay_to.to(word.language), width=_PAY_WIDTH, lines=_PAY_LINES)
    lines = [breakable(line, most=_PAY_WIDTH) for line in said] or [
        Text(en=f"Ask {whom.en} how to pay.", es=f"Pregunte a {whom.es} cómo pagar.").to(word.language)
    ]
    oldest = facts.account.owed[0]
    reference = oldest.reference.replace(" ", "\u00a0")
    give = word(en=f"Give the reference {reference}.", es=f"Anote la referencia {reference}.")
    if oldest.short_reference:
        give = word(
            en=f"Give the reference {reference}; for a transfer in Mexico, {oldest.short_reference}.",
            es=f"Anote la referencia {reference}; en una transferencia, {oldest.short_reference}.",
        )
    return Passage(head=word(en="How to pay", es="Cómo pagar"), lines=(*lines, give))


def _ask(*, center: CenterFacts, word: Wording) -> Passage:
    whom = whom_to_ask(center=center)
    text = Text(
        en="Dues are not a price. Pay what you can, ask to pay in parts, or ask for more time: tick a line below, or "
        f"tell {whom.en}. No reason is needed.",
        es="La cuota no es un precio. Pague lo que pueda, pida pagar en partes o pida más tiempo: marque una línea "
        f"abajo, o avise a {whom.es}. No hace falta dar razones.",
    )
    return Passage(
        head=word(en="If it is too much, or too soon", es="Si es mucho, o es muy pronto"),
        lines=(text.to(word.language),),
    )


def _notes(*, facts: NoticeFacts, word: Wording) -> tuple[Passage, ...]:
    """What follows and when, as the mail says it, and which rule sends the letter."""
    steps = [
        one_line(item, most=_LONGEST_STEP)
        for block in what_follows(account=facts.account, word=word)
        if isinstance(block, Points)
        for item in block.items[:_MOST_STEPS]
    ]
    follows = (Passage(head=word(en="What happens next", es="Qué sigue"), lines=(" ".join(steps),)),) if steps else ()
    reason = Passage(head=word(en="The rule", es="La regla"), lines=(why(facts=facts, word=word),))
    return (*follows, reason)


def _stub(*, facts: NoticeFacts, center: CenterFacts, to: Addressee, number: str, word: Wording) -> Stub:
    account = facts.account
    oldest = account.owed[0]
    rest = amount_text(minor=account.total, currency=account.currency)
    code = oldest.reference.replace(" ", "")
    found = [
        Fact(label=word(en="Member", es="Membresía"), value=breakable(to.member_name, most=60) or to.member_code),
        Fact(label=word(en="Letter", es="Carta"), value=number),
        Fact(label=word(en="To pay", es="Por pagar"), value=rest, strong=True),
        Fact(label=word(en="Reference", es="Referencia"), value=oldest.reference, strong=True),
    ]
    if oldest.short_reference:
        found.append(
            Fact(label=word(en="For transfers", es="Para transferir"), value=oldest.short_reference, strong=True)
        )
    return Stub(
        head=word(en="Send this part with your payment", es="Envíe esta parte con su pago"),
        send_to=(one_line(center.name.to(word.language), most=LONGEST_NAME), *sender_lines(center=center)),
        facts=tuple(found),
        ticks=(
            word(en=f"All of it: {rest}", es=f"Todo: {rest}"),
            word(en=f"This much now: {account.currency} ", es=f"Por ahora: {account.currency} "),
            word(en="In parts, please", es="En parcialidades, por favor"),
            word(en="More time, until ", es="Más tiempo, hasta el "),
        ),
        code=code,
        code_caption=word(en="The reference as a code", es="La referencia como código"),
        code_alt=word(en=f"QR code of the reference {code}", es=f"Código QR de la referencia {code}"),
    )
