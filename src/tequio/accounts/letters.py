"""Letters about signing in: a code, news of what was changed on one's own account, an invitation."""

from tequio.kernel.mail.composing import Composed, Facts, Link, Paragraph
from tequio.rules.reasons import Text

CODE = "account/email/login_code"  # what the sign-in library calls the occasion
UNKNOWN = "account/email/unknown_account"

_NOT_YOU = Text(
    en="If this was not you, sign in, change your password and tell an administrator.",
    es="Si no fue usted, entre, cambie su contraseña y avise a una persona de la administración.",
)
_NEWS = {
    "account/email/password_changed": Text(en="Your password was changed.", es="Se cambió su contraseña."),
    "account/email/password_set": Text(en="A password was set for you.", es="Se estableció una contraseña para usted."),
    "mfa/email/totp_activated": Text(
        en="Codes from an app are now your second step.", es="Los códigos de una aplicación son ya su segundo paso."
    ),
    "mfa/email/totp_deactivated": Text(
        en="Codes from an app are no longer your second step.",
        es="Los códigos de una aplicación ya no son su segundo paso.",
    ),
    "mfa/email/recovery_codes_generated": Text(
        en="New recovery codes were made; the old ones no longer work.",
        es="Se hicieron códigos de recuperación nuevos; los anteriores ya no sirven.",
    ),
    "mfa/email/webauthn_added": Text(en="A passkey was added.", es="Se agregó una llave de acceso."),
    "mfa/email/webauthn_removed": Text(en="A passkey was removed.", es="Se quitó una llave de acceso."),
}


def news(*, occasion: str, language: str) -> Composed | None:
    """The letter about a change; None for occasions of which nobody needs to hear."""
    said = _NEWS.get(occasion)
    if said is None:
        return None
    blocks = (Paragraph(text=said.to(language)), Paragraph(text=_NOT_YOU.to(language)))
    return Composed(language=language, subject=f"Tequio: {said.to(language).rstrip('.')}", blocks=blocks)


def code_letter(*, code: str, language: str) -> Composed:
    """The letter that brings a code to sign in."""
    subject = Text(en=f"Your code to sign in: {code}", es=f"Su código para entrar: {code}")
    name = Text(en="Your code to sign in to Tequio", es="Su código para entrar a Tequio")
    rest = Text(
        en="It is good for fifteen minutes, once. Nobody will ever ask you for it. If you did not ask for a code, you "
        "need not do anything.",
        es="Vale quince minutos y una sola vez. Nadie se lo va a pedir nunca. Si usted no pidió un código, no tiene "
        "que hacer nada.",
    )
    blocks = (Facts(rows=((name.to(language), code),)), Paragraph(text=rest.to(language)))
    return Composed(language=language, subject=subject.to(language), blocks=blocks)


def invitation(*, name: str, address: str, url: str, language: str) -> Composed:
    """The letter that tells a person it may sign in; it carries no secret."""
    subject = Text(en="You can sign in to Tequio", es="Ya puede entrar a Tequio")
    hello = Text(en=f"Hello {name},", es=f"Hola, {name}:")
    opened = Text(
        en=f"An account was opened for you with this address, {address}.",
        es=f"Se abrió una cuenta para usted con esta dirección, {address}.",
    )
    here = Text(
        en="Sign in here with a code that is sent to you", es="Entre aquí con un código que le llegará por correo"
    )
    never = Text(en="Nobody will ever ask you for that code.", es="Nadie le va a pedir nunca ese código.")
    blocks = (
        Paragraph(text=hello.to(language)),
        Paragraph(text=opened.to(language)),
        Link(label=here.to(language), url=url),
        Paragraph(text=never.to(language)),
    )
    return Composed(language=language, subject=subject.to(language), blocks=blocks)
