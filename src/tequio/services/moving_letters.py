"""Letters about moving in: the reminder that something is due, and the notice that an account has moved."""

from datetime import date

from tequio.kernel.mail.composing import Composed, Facts, Paragraph, Wording
from tequio.kernel.mail.kinds import MailKind
from tequio.rules.moving import Step
from tequio.rules.reasons import Text, long_date
from tequio.services.models import MovingMailbox

REMINDER, MOVED = "moving_reminder", "moving_moved"
KINDS = (
    MailKind(code=REMINDER, name=Text(en="reminder about moving in", es="recordatorio sobre la mudanza")),
    MailKind(code=MOVED, name=Text(en="notice that an account has moved", es="aviso de que una cuenta se mudó")),
)


def reminder(*, box: MovingMailbox, step: Step, last_day: date, language: str) -> Composed:
    """What is asked of a member next, and by when."""
    word = Wording(language=language)
    day = long_date(day=last_day, language=language)
    asked = {
        Step.CONTACT: word(en="We have not reached you yet.", es="Todavía no hemos podido contactarle."),
        Step.CONSENT: word(
            en="We move nothing without your word: answer this mail to say yes or no.",
            es="No mudamos nada sin su palabra: responda a este correo y díganos sí o no.",
        ),
        Step.COPY: word(
            en="Your mail will be copied; nothing is deleted at the old provider.",
            es="Copiaremos su correo; no se borra nada con el proveedor anterior.",
        ),
        Step.FORWARD: word(
            en="The old address stops forwarding then: tell whoever still writes to it.",
            es="Entonces la dirección anterior deja de reenviar: avise a quien todavía le escriba ahí.",
        ),
        Step.DONE: "",
    }[step]
    return Composed(
        language=language,
        subject=word(en=f"Moving your mailbox: by {day}", es=f"La mudanza de su buzón: antes del {day}"),
        blocks=(
            Paragraph(text=asked),
            Facts(
                rows=(
                    (word(en="Old address", es="Dirección anterior"), box.old_address),
                    (word(en="New address", es="Dirección nueva"), box.new_address),
                    (word(en="Last day", es="Último día"), day),
                )
            ),
            Paragraph(
                text=word(
                    en="If it should wait or not happen at all, a word is enough. Thank you.",
                    es="Si debe esperar o no hacerse, basta con decirlo. Gracias.",
                )
            ),
        ),
    )


def moved(*, box: MovingMailbox, language: str) -> Composed:
    """Your account has moved: where it is, what was copied, until when the old address forwards."""
    word = Wording(language=language)
    until = long_date(day=box.forward_until, language=language) if box.forward_until else ""
    return Composed(
        language=language,
        subject=word(en="Your account has moved", es="Su cuenta se mudó"),
        blocks=(
            Paragraph(
                text=word(
                    en=f"Your mailbox is here now, as {box.new_address}. Make a password for each device on "
                    "your member’s page of services.",
                    es=f"Su buzón ya está aquí, como {box.new_address}. Cree una contraseña para cada dispositivo en "
                    "la página de servicios de su membresía.",
                )
            ),
            Facts(
                rows=(
                    (word(en="Old address", es="Dirección anterior"), box.old_address),
                    (word(en="Messages there", es="Mensajes allá"), f"{box.count_before:,}"),
                    (word(en="Messages here", es="Mensajes aquí"), f"{box.count_after:,}"),
                    (word(en="It forwards until", es="Reenvía hasta el"), until),
                )
            ),
            Paragraph(
                text=word(
                    en="If something is missing, tell us before then: nothing was deleted at the old provider by us.",
                    es="Si falta algo, avísenos antes: nosotros no borramos nada con el proveedor anterior.",
                )
            ),
        ),
    )
