"""What letters about dues have in common: the greeting, what is owed, what follows, how to pay, how to ask, thanks."""

from collections.abc import Sequence
from datetime import date

from tequio.dues.letters.about import Account, Addressee, Owed, Step
from tequio.kernel.mail.composing import Amount, Amounts, Block, Composed, Facts, Heading, Paragraph, Points, Wording
from tequio.kernel.mail.plain_text import name_in_line, together
from tequio.rules.money import printed
from tequio.rules.reasons import days_text, long_date
from tequio.rules.standing import STANDING_NAMES, Standing


def money(*, minor: int, account: Account) -> str:
    """An amount in a sentence, with its currency, not torn apart at the end of a line."""
    return together(printed(minor=minor, currency=account.currency))


def figure(*, minor: int, account: Account) -> str:
    """An amount in a table whose caption names the currency."""
    return printed(minor=minor, currency=account.currency).removeprefix(f"{account.currency} ")


def on_day(*, day: date, word: Wording) -> str:
    """A date in a sentence: "29 July 2016", "29 de julio de 2016"."""
    return long_date(day=day, language=word.language)


def letter(*, to: Addressee, account: Account, subject: str, blocks: Sequence[Block]) -> Composed:
    """A whole letter: greeting, what it says, and who signs it."""
    word = Wording(language=to.language)
    other = "en" if word.language == "es" else "es"
    name = name_in_line(to.name) or name_in_line(to.member)
    return Composed(
        language=word.language,
        subject=subject,
        blocks=(
            Paragraph(text=word(en=f"Dear {name},", es=f"Buen día, {name}:")),
            *blocks,
            Paragraph(text=name_in_line(account.center.to(word.language))),
            Paragraph(
                text=Wording(language=other)(
                    en="You would rather read this in English? Answer this message and we will write in English.",
                    es="¿Prefiere leer esto en español? Responda a este correo y le escribimos en español.",
                ),
                language=other,
            ),
        ),
    )


def member_fact(*, to: Addressee, word: Wording) -> tuple[str, str]:
    """The row that says which member a letter is about."""
    return word(en="Member", es="Membresía"), f"{name_in_line(to.member)} ({to.code})"


def thanks(*, word: Wording) -> Paragraph:
    """The last sentence of a letter."""
    return Paragraph(
        text=word(
            en="Thank you. What each of us puts in is what keeps all of this running.",
            es="Muchas gracias. Lo que cada quien aporta es lo que mantiene todo esto funcionando.",
        )
    )


def balance(*, account: Account, word: Wording) -> list[Block]:
    """Everything that is owed on the letter's day, or that nothing is, and what is paid ahead."""
    if not account.owed:
        if account.credit:
            ahead = money(minor=account.credit, account=account)
            return [
                Paragraph(
                    text=word(
                        en=f"Nothing is owed. {ahead} that you paid ahead stays for the next dues.",
                        es=f"No queda nada por pagar. Tiene {ahead} a favor, que se aplicarán a su próxima cuota.",
                    )
                )
            ]
        return [Paragraph(text=word(en="Nothing is owed.", es="No queda nada por pagar."))]
    return [Heading(text=word(en="What is owed", es="Lo que se debe")), owed_table(account=account, word=word)]


def owed_table(*, account: Account, word: Wording) -> Amounts:
    """A table of every charge with something left, and their sum."""
    rows = [
        Amount(
            label=charge_name(charge=charge, on=account.on, word=word),
            amount=figure(minor=charge.rest, account=account),
        )
        for charge in account.owed
    ]
    total = Amount(
        label=word(en="To pay", es="Por pagar"), amount=figure(minor=account.total, account=account), is_total=True
    )
    caption = word(en=f"Amounts in {account.currency}", es=f"Cantidades en {account.currency}")
    return Amounts(caption=caption, rows=(*rows, total))


def charge_name(*, charge: Owed, on: date, word: Wording) -> str:
    """A charge in a table: its number, and since or until when it is due."""
    day = on_day(day=charge.due_on, word=word)
    what = word(en="Opening balance", es="Saldo inicial") if charge.opening else word(en="Invoice", es="Aviso de cuota")
    when = (
        word(en=f"was due {day}", es=f"venció el {day}")
        if charge.due_on < on
        else word(en=f"due {day}", es=f"vence el {day}")
    )
    return f"{what} {charge.number}, {when}"


def how_to_pay(*, account: Account, word: Wording) -> list[Block]:
    """Whom to pay, how much and with which reference; nothing where nothing is owed."""
    if not account.owed:
        return []
    oldest = account.owed[0]
    rows = [
        (word(en="Pay to", es="A nombre de"), account.ways.payee.to(word.language)),
        (word(en="Amount", es="Cantidad"), _asked_now(account=account, word=word)),
        (word(en="Reference", es="Referencia"), together(oldest.reference)),
    ]
    if oldest.short_reference:
        rows.append((word(en="Number for transfers", es="Referencia numérica"), oldest.short_reference))
    if account.ways.address:
        rows.append((word(en="Address", es="Dirección"), account.ways.address))
    lines = tuple(line for line in (text.to(word.language) for text in account.ways.told) if line)
    told: Block = Points(items=lines)
    if not lines:
        told = Paragraph(
            text=word(
                en="Pay by transfer, check or cash, and give the reference. If you need our account number or "
                "address, answer this message and a person will send it to you.",
                es="Puede pagar por transferencia, con cheque o en efectivo; anote la referencia. Si le hace falta "
                "el número de cuenta o la dirección, responda a este correo y una persona se los manda.",
            )
        )
    several: list[Block] = []
    if len(account.owed) > 1:
        several = [
            Paragraph(
                text=word(
                    en="One payment for everything is enough; it settles the oldest first.",
                    es="Basta un solo pago por todo; cubre primero lo más antiguo.",
                )
            )
        ]
    return [Heading(text=word(en="How to pay", es="Cómo pagar")), Facts(rows=tuple(rows)), told, *several]


def on_line(*, link: str, word: Wording) -> list[Block]:
    """Where a charge is seen, paid and answered without an account; nothing where it has no link."""
    if not link:
        return []
    return [
        Paragraph(
            text=word(
                en="See how to pay, send a proof, correct your data, or tell us that you cannot pay, without an "
                f"account (the address is yours alone): {link}",
                es="Vea cómo pagar, envíe un comprobante, corrija sus datos o díganos que no puede pagar, sin cuenta "
                f"(la dirección es solo suya): {link}",
            )
        )
    ]


def _asked_now(*, account: Account, word: Wording) -> str:
    """What to pay next: all of it, or an instalment where a plan was agreed."""
    if account.plan_next is None:
        return money(minor=account.total, account=account)
    due, amount = account.plan_next
    part, day = money(minor=amount, account=account), on_day(day=due, word=word)
    return word(en=f"{part} by {day}", es=f"{part} a más tardar el {day}")


def asking_for_time(*, account: Account, word: Wording) -> list[Block]:
    """How to say that it cannot be paid now. Nothing where nothing is owed."""
    if not account.owed:
        return []
    if account.plan_next is not None:
        sentence = word(
            en="Answer this message before the instalment's day. You can pay a part of it or ask us for more time. "
            "You do not have to explain anything.",
            es="Responda a este correo antes de la fecha de la parcialidad. Puede pagar una parte o pedir una "
            "prórroga. No tiene que dar explicaciones.",
        )
        return [
            Heading(text=word(en="If you cannot pay it now", es="Si por ahora no se puede")),
            Paragraph(text=sentence),
        ]
    return [
        Heading(text=word(en="If you cannot pay it now", es="Si por ahora no se puede")),
        Paragraph(
            text=word(
                en="Answer this message. You can pay what you are able to, pay in monthly instalments, or ask us for "
                "more time. You do not have to explain anything.",
                es="Responda a este correo. Puede pagar lo que esté a su alcance, pagar en parcialidades mensuales o "
                "pedir una prórroga. No tiene que dar explicaciones.",
            )
        ),
    ]


def what_follows(*, account: Account, word: Wording, first: Sequence[str] = ()) -> list[Block]:
    """What happens next and when, as a list; `first` are sentences that come before the steps."""
    items = [*first]
    if account.paused and account.owed:
        items.append(
            word(
                en="Services are paused now. They work again as soon as what is owed is paid; if that takes longer, "
                "talk to us.",
                es="Los servicios están suspendidos por ahora. Vuelven en cuanto se pague lo que se debe; si eso va a "
                "tardar, hable con nosotros.",
            )
        )
    if account.held_until is not None and account.owed:
        day = on_day(day=account.held_until, word=word)
        items.append(
            word(
                en=f"Through {day} you have more time: nothing is switched off.",
                es=f"Hasta el {day} tiene prórroga: no se suspende nada.",
            )
        )
    if account.plan_next is not None and account.owed:
        due, amount = account.plan_next
        items.append(
            word(
                en=f"{on_day(day=due, word=word)}: the next instalment of your plan, "
                f"{money(minor=amount, account=account)}. While the plan is kept, nothing is switched off.",
                es=f"{on_day(day=due, word=word)}: la siguiente parcialidad de su plan, "
                f"{money(minor=amount, account=account)}. Mientras el plan se cumpla, no se suspende nada.",
            )
        )
    else:
        items += [_step(step=step, word=word) for step in account.steps]
    if not items:
        return []
    return [Heading(text=word(en="What happens next", es="Qué sigue")), Points(items=tuple(items))]


def _step(*, step: Step, word: Wording) -> str:
    day = on_day(day=step.on, word=word)
    name = STANDING_NAMES[step.standing].to(word.language)
    if step.standing is not Standing.DISABLED:
        works = word(en=" Everything keeps working.", es=" Todo sigue funcionando.") if step.all_works else ""
        return word(
            en=f"{day}: if something is still open then, the standing becomes “{name}”.{works}",
            es=f"{day}: si para entonces queda algo pendiente, la situación pasa a «{name}».{works}",
        )
    after_attempt = word(
        en=", but only after one of us has tried to reach you",
        es=", pero solo después de que alguien haya tratado de comunicarse con usted",
    )
    said = word(
        en=f"{day}: if something is still open then, services pause{after_attempt if step.needs_attempt else ''}.",
        es=f"{day}: si para entonces queda algo pendiente, se suspenden los servicios"
        f"{after_attempt if step.needs_attempt else ''}.",
    )
    if step.mail_kept:
        said += word(en=" Incoming mail is kept for you.", es=" El correo que le llegue se guarda.")
    if step.return_days:
        days = days_text(days=step.return_days, language=word.language)
        said += word(
            en=f" Once we have spoken, everything works again at once, for {days}; paid, it stays so.",
            es=f" En cuanto hablemos, todo vuelve a funcionar de inmediato por {days}; si se paga, así se queda.",
        )
    return said


def ending(*, account: Account, word: Wording, first: Sequence[str] = ()) -> list[Block]:
    """The end of every letter, in this order: what follows, how to pay, how to ask for time, thanks."""
    return [
        *what_follows(account=account, word=word, first=first),
        *how_to_pay(account=account, word=word),
        *asking_for_time(account=account, word=word),
        thanks(word=word),
    ]
