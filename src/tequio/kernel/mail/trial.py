"""The test mail, by which a person sees that mail leaves this instance and arrives."""

from tequio.kernel.mail.composing import Amount, Amounts, Composed, Facts, Heading, Paragraph, Wording


def trial(*, language: str, sender: str) -> Composed:
    """A mail with every kind of content, so that it can be looked at in a mail program."""
    word = Wording(language=language)
    return Composed(
        language=language,
        subject=word(en="Tequio: test mail", es="Tequio: correo de prueba"),
        blocks=(
            Paragraph(
                text=word(
                    en="This is a test. If you can read it, mail leaves this instance and reaches you.",
                    es="Esta es una prueba. Si puede leerla, el correo sale de esta instancia y le llega.",
                )
            ),
            Facts(rows=((word(en="Sent from", es="Remitente"), sender),)),
            Heading(text=word(en="Figures line up", es="Las cifras se alinean")),
            Amounts(
                caption=word(en="Invented amounts in USD", es="Cantidades inventadas en USD"),
                rows=(
                    Amount(label=word(en="Membership dues", es="Cuota de membresía"), amount="50.00"),
                    Amount(label=word(en="Operations and support", es="Operación y soporte"), amount="1,150.00"),
                    Amount(label=word(en="Together", es="Total"), amount="1,200.00", is_total=True),
                ),
            ),
            Paragraph(
                text=word(
                    en="Nothing needs to be done about this message. Thank you for looking.",
                    es="No hay que hacer nada con este mensaje. Gracias por revisarlo.",
                )
            ),
        ),
    )
