"""Every mail the program writes, with invented facts, its two languages side by side."""

from dataclasses import dataclass

from tequio.accounts import letters as signing_in
from tequio.dues.letters.samples import samples as dues_samples
from tequio.kernel.mail.composing import Composed
from tequio.kernel.mail.kinds import name_of
from tequio.meetings import letter_samples
from tequio.rules.reasons import LANGUAGES, Text

_CODE = Text(en="code to sign in", es="código para entrar")
_INVITED = Text(en="invitation to sign in", es="invitación a entrar")
_NEWS = Text(en="change of an account", es="cambio de una cuenta")
_OCCASIONS = (
    *("account/email/password_changed", "account/email/password_set", "mfa/email/totp_activated"),
    *("mfa/email/totp_deactivated", "mfa/email/recovery_codes_generated", "mfa/email/webauthn_added"),
    "mfa/email/webauthn_removed",
)
_NAMES = {"en": "Dolores Whitfield", "es": "Itzel Barragán"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One mail in both languages. `form` counts the forms a kind of mail takes: paid in full, in part, ahead."""

    number: int
    name: Text
    form: int
    forms: int
    letters: dict[str, Composed]


def samples() -> list[Sample]:
    """Every mail in every form it takes, numbered from one in an order that stays."""
    found: list[tuple[Text, dict[str, Composed]]] = []
    written = [*dues_samples(), *letter_samples.samples()]
    by_language = {
        language: [(kind, letter) for kind, spoken, letter in written if spoken == language] for language in LANGUAGES
    }
    for each in zip(*by_language.values(), strict=True):
        letters: dict[str, Composed] = {language: letter for language, (_, letter) in zip(LANGUAGES, each, strict=True)}
        found.append((name_of(code=each[0][0]), letters))
    found += _about_signing_in()
    names = [name for name, _ in found]
    return [
        Sample(
            number=position + 1,
            name=name,
            form=names[: position + 1].count(name),
            forms=names.count(name),
            letters=letters,
        )
        for position, (name, letters) in enumerate(found)
    ]


def _about_signing_in() -> list[tuple[Text, dict[str, Composed]]]:
    codes: dict[str, Composed] = {
        language: signing_in.code_letter(code="ABC-123", language=language) for language in LANGUAGES
    }
    invitations: dict[str, Composed] = {
        language: signing_in.invitation(
            name=_NAMES[language],
            address="person@example.org",
            url="https://example.org/account/login/code/",
            language=language,
        )
        for language in LANGUAGES
    }
    found = [(_INVITED, invitations), (_CODE, codes)]
    for occasion in _OCCASIONS:
        news = {language: signing_in.news(occasion=occasion, language=language) for language in LANGUAGES}
        found.append((_NEWS, {language: letter for language, letter in news.items() if letter is not None}))
    return found


def sample_html(*, number: int, language: str) -> str | None:
    """The HTML twin of one mail; None where there is none of that number or language."""
    found = next((sample for sample in samples() if sample.number == number), None)
    letter = found.letters.get(language) if found else None
    return letter.html if letter else None
