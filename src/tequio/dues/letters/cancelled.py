"""The letter that takes an invoice back."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import CancelledFacts
from tequio.kernel.mail.composing import Composed, Facts, Paragraph, Wording


def compose(*, facts: CancelledFacts) -> Composed:
    """Write the letter: which invoice no longer counts, and what became of money that was paid on it."""
    word = Wording(language=facts.to.language)
    account = facts.account
    amount = wording.money(minor=facts.total, account=account)
    day, start, end = (
        wording.on_day(day=day, word=word) for day in (facts.cancelled_on, facts.period_start, facts.period_end)
    )
    return wording.letter(
        to=facts.to,
        account=account,
        subject=word(en=f"Invoice {facts.number} is cancelled", es=f"El aviso de cuota {facts.number} queda cancelado"),
        blocks=[
            Paragraph(
                text=word(
                    en=f"Invoice {facts.number} over {amount} was a mistake of ours, and we are sorry. Since {day} it "
                    "is cancelled: please do not pay it.",
                    es=f"El aviso de cuota {facts.number} por {amount} fue un error nuestro; le ofrecemos una "
                    f"disculpa. Desde el {day} queda cancelado: por favor no lo pague.",
                )
            ),
            Facts(
                rows=(
                    wording.member_fact(to=facts.to, word=word),
                    (word(en="It was for", es="Era por"), word(en=f"{start} to {end}", es=f"del {start} al {end}")),
                )
            ),
            Paragraph(
                text=word(
                    en="If you had paid something on it, that money is still yours: it goes to your dues, or back to "
                    "you if you ask for it. If dues for this period are still to come, a new invoice will say so.",
                    es="Si ya había pagado algo, ese dinero sigue siendo de usted: se aplica a su cuota, o se lo "
                    "devolvemos si lo pide. Si todavía falta la cuota de ese periodo, le llegará un aviso nuevo.",
                )
            ),
            *wording.balance(account=account, word=word),
            *wording.ending(account=account, word=word),
        ],
    )
