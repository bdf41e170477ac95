"""The forms of the second factor, in this program's own words. What they check is the sign-in library's."""

from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base import forms as library
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.cache import cache

from tequio.accounts.limits import try_of_all
from tequio.accounts.sign_in_forms import OwnWords
from tequio.kernel.web.forms import PlainForm, say

LONGEST_NAME = 60
_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "12"}


class _Code(OwnWords):
    """A code from the app, or a recovery code."""

    labels: ClassVar = {"code": say(en="Code", es="Código")}
    hints: ClassVar = {
        "code": say(
            en="the six digits the app shows now, or a recovery code",
            es="las seis cifras que la aplicación muestra ahora, o un código de recuperación",
        )
    }
    attributes: ClassVar = {"code": _CODE}

    def clean_code(self) -> str:
        """The right code. The library counts guesses for the account; here they are counted for all together."""
        counted = try_of_all(context.request, action="second_factor_everywhere")
        if counted is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]  # CONFIG: of the library's form this is mixed into
        authenticator: Any = self.authenticator  # type: ignore[attr-defined]  # CONFIG: as above
        if authenticator.type == Authenticator.Type.TOTP and not first_use(user_pk=authenticator.user_id, code=code):
            raise get_second_factor_adapter().validation_error("incorrect_code")
        counted.went_well()
        return code


def first_use(*, user_pk: int, code: str) -> bool:
    """Whether a code from the app is used for the first time; it opens nothing twice as long as clocks accept it.

    The library remembers it for one period only, while MFA_TOTP_TOLERANCE accepts it for longer.
    """
    seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(f"second-factor-used:{user_pk}:{normalize_user_code(code)}", 1, timeout=seconds))


class SecondFactorForm(PlainForm, _Code, library.AuthenticateForm):  # type: ignore[misc]  # CONFIG: the library ships no types
    """The second step of signing in."""


class SecondFactorAgainForm(PlainForm, _Code, library.ReauthenticateForm):  # type: ignore[misc]  # CONFIG: as above
    """The second step once more, before something that matters."""


class FirstCodeForm(PlainForm, OwnWords, ActivateTOTPForm):  # type: ignore[misc]  # CONFIG: as above
    """The first code from the app, which shows that the app works."""

    labels: ClassVar = {"code": say(en="Code the app shows", es="Código que muestra la aplicación")}
    hints: ClassVar = {"code": say(en="six digits, new every half minute", es="seis cifras, nuevas cada medio minuto")}
    attributes: ClassVar = {"code": _CODE}


class AddPasskeyForm(PlainForm, OwnWords, AddWebAuthnForm):  # type: ignore[misc]  # CONFIG: as above
    """A name for a passkey, and whether it signs in alone."""

    labels: ClassVar = {
        "name": say(en="A name for it", es="Un nombre para ella"),
        "passwordless": say(en="Sign in with it alone", es="Entrar solo con ella"),
    }
    hints: ClassVar = {
        "name": say(en="like “my phone”", es="como «mi teléfono»"),
        "passwordless": say(
            en="the phone or key asks for your finger, face or PIN",
            es="el teléfono o la llave pide su huella, cara o PIN",
        ),
    }
    attributes: ClassVar = {"name": {"maxlength": str(LONGEST_NAME)}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": "", "passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """The name; a passkey made without one is kept all the same."""
        name = " ".join(str(self.cleaned_data["name"]).split())[:LONGEST_NAME]
        return name or str(say(en="Passkey", es="Llave de acceso"))


class NamePasskeyForm(PlainForm, OwnWords, EditWebAuthnForm):  # type: ignore[misc]  # CONFIG: as above
    """Another name for a passkey."""

    labels: ClassVar = {"name": say(en="A name for it", es="Un nombre para ella")}

    def clean_name(self) -> str:
        """The name, in one line."""
        return " ".join(str(self.cleaned_data["name"]).split())[:LONGEST_NAME]
