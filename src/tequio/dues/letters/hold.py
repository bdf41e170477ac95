"""The letter that puts a hold in writing: more time."""

from tequio.dues.letters import wording
from tequio.dues.letters.about import HoldFacts
from tequio.kernel.mail.composing import Composed, Facts, Paragraph, Wording


def compose(*, facts: HoldFacts) -> Composed:
    """Write the letter: until when nothing follows, what is owed then, and how to pay."""
    word = Wording(language=facts.to.language)
    first, last = (wording.on_day(day=day, word=word) for day in (facts.first_day, facts.last_day))
    return wording.letter(
        to=facts.to,
        account=facts.account,
        subject=word(en=f"You have more time: through {last}", es=f"Tiene prórroga hasta el {last}"),
        blocks=[
            Paragraph(
                text=word(
                    en=f"You have more time. From {first} through {last}, that day included, nothing is switched off "
                    "because of dues that are open.",
                    es=f"Le confirmamos su prórroga. Del {first} al {last}, incluido ese día, no se suspende nada por "
                    "cuotas pendientes.",
                )
            ),
            Facts(rows=(wording.member_fact(to=facts.to, word=word),)),
            Paragraph(
                text=word(
                    en="Should it not be enough, write to us before it ends.",
                    es="Si no le alcanza, escríbanos antes de que termine.",
                )
            ),
            *wording.balance(account=facts.account, word=word),
            *wording.ending(account=facts.account, word=word),
        ],
    )
