"""Letters about signing in: a code, and news of what was changed on one's own account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tequio.rules.reasons import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, ready to send."""

    subject: str
    body: str


_NOT_YOU = Text(
    en="If this was not you, sign in, change your password and tell an administrator.",
    es="Si no fue usted, entre, cambie su contraseña y avise a una persona de la administración.",
)
_NEWS = {
    "account/email/password_changed": Text(en="Your password was changed.", es="Se cambió su contraseña."),
    "account/email/password_set": Text(en="A password was set for you.", es="Se estableció una contraseña para usted."),
    "mfa/email/totp_activated": Text(
        en="Codes from an app are now your second factor.", es="Los códigos de una aplicación son ya su segundo paso."
    ),
    "mfa/email/totp_deactivated": Text(
        en="Codes from an app are no longer your second factor.",
        es="Los códigos de una aplicación ya no son su segundo paso.",
    ),
    "mfa/email/recovery_codes_generated": Text(
        en="New recovery codes were made; the old ones no longer work.",
        es="Se hicieron códigos de recuperación nuevos; los anteriores ya no sirven.",
    ),
    "mfa/email/webauthn_added": Text(en="A passkey was added.", es="Se agregó una llave de acceso."),
    "mfa/email/webauthn_removed": Text(en="A passkey was removed.", es="Se quitó una llave de acceso."),
}


def letter_for(*, occasion: str, language: str, context: Mapping[str, Any]) -> Letter | None:
    """The letter for an occasion in `language`; None for occasions of which nobody needs to hear."""
    if occasion == "account/email/login_code":
        return _code(code=str(context["code"]), language=language)
    news = _NEWS.get(occasion)
    if news is None:
        return None
    return Letter(subject=f"Tequio: {news.to(language)}", body=f"{news.to(language)}\n\n{_NOT_YOU.to(language)}\n")


def _code(*, code: str, language: str) -> Letter:
    subject = Text(en=f"Your code to sign in: {code}", es=f"Su código para entrar: {code}")
    body = Text(
        en=f"Your code to sign in to Tequio is\n\n    {code}\n\nIt is good for a few minutes, once. "
        "Nobody will ever ask you for it. If you did not ask for a code, you need not do anything.\n",
        es=f"Su código para entrar a Tequio es\n\n    {code}\n\nVale unos minutos y una sola vez. "
        "Nadie se lo va a pedir nunca. Si usted no pidió un código, no tiene que hacer nada.\n",
    )
    return Letter(subject=subject.to(language), body=body.to(language))


def invitation(*, name: str, address: str, url: str, language: str) -> Letter:
    """The letter that tells a person it may sign in; it carries no secret."""
    subject = Text(en="You can sign in to Tequio", es="Ya puede entrar a Tequio")
    body = Text(
        en=f"Hello {name},\n\nan account was opened for you with this address, {address}.\n\n"
        f"Sign in here with a code that is sent to you:\n{url}\n\nNobody will ever ask you for that code.\n",
        es=f"Hola, {name}:\n\nSe abrió una cuenta para usted con esta dirección, {address}.\n\n"
        f"Entre aquí con un código que le llegará por correo:\n{url}\n\nNadie le va a pedir nunca ese código.\n",
    )
    return Letter(subject=subject.to(language), body=body.to(language))
