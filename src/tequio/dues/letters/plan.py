"""The letter that puts a payment plan in writing."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import PlanFacts
from tequio.kernel.mail.composing import Amount, Amounts, Composed, Facts, Paragraph, Wording


def compose(*, facts: PlanFacts) -> Composed:
    """Write the letter: each instalment with its day, what keeps the plan, and what to do when one is too much."""
    word = Wording(language=facts.to.language)
    account = facts.account
    total = sum(part.amount for part in facts.parts)
    rows = [
        Amount(
            label=wording.on_day(day=part.due_on, word=word),
            amount=wording.figure(minor=part.amount, account=account),
        )
        for part in facts.parts
    ]
    rows.append(
        Amount(
            label=word(en="Together", es="En total"), amount=wording.figure(minor=total, account=account), is_total=True
        )
    )
    count = len(facts.parts)
    amount = wording.money(minor=total, account=account)
    numbers = ", ".join(facts.numbers)
    return wording.letter(
        to=facts.to,
        account=account,
        subject=word(en=f"Your payment plan: {count} instalments", es=f"Su plan de pagos: {count} parcialidades"),
        blocks=[
            Paragraph(
                text=word(
                    en=f"This is the plan we agreed: {amount} in {count} instalments.",
                    es=f"Este es el plan que acordamos: {amount} en {count} parcialidades.",
                )
            ),
            Facts(
                rows=(
                    wording.member_fact(to=facts.to, word=word),
                    (word(en="Covers", es="Cubre"), numbers),
                )
            ),
            Amounts(
                caption=word(
                    en=f"Each by this day, in {account.currency}",
                    es=f"Cada una a más tardar en esta fecha, en {account.currency}",
                ),
                rows=tuple(rows),
            ),
            Paragraph(
                text=word(
                    en="While the instalments come in time, nothing is switched off. Paying ahead counts. If one is "
                    "missed the plan ends and the rest is due, so write to us before its day if one month does not "
                    "work out; we will find a way.",
                    es="Mientras las parcialidades lleguen a tiempo no se suspende nada. Lo que adelante también "
                    "cuenta. Si falta una, el plan termina y se debe lo que reste; por eso, si un mes no se puede, "
                    "escríbanos antes de la fecha y vemos cómo resolverlo.",
                )
            ),
            *wording.ending(account=account, word=word),
        ],
    )
