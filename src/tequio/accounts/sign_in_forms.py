"""The forms of signing in, in this program's own words. What they check is the sign-in library's."""

from typing import Any, ClassVar

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms

from tequio.accounts.limits import try_of_all, try_of_one
from tequio.kernel.web.forms import PlainForm, say

_ADDRESS = say(en="E-mail address", es="Correo electrónico")
_PASSWORD = say(en="Password", es="Contraseña")
_TEN = say(en="ten characters or more; a sentence of your own is good", es="diez letras o más; sirve una frase propia")


class OwnWords:
    """Puts this program's labels and hints in the place of the library's, and no text inside empty fields.

    Stands between PlainForm, which ties hints and faults to their fields, and the library's form.
    """

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    attributes: ClassVar[dict[str, dict[str, str]]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))


class SignInForm(PlainForm, OwnWords, library.LoginForm):  # type: ignore[misc]  # CONFIG: the library ships no types
    """Address and password."""

    labels: ClassVar = {"login": _ADDRESS, "password": _PASSWORD}
    attributes: ClassVar = {"login": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}}


class AskForCodeForm(PlainForm, OwnWords, library.RequestLoginCodeForm):  # type: ignore[misc]  # CONFIG: as above
    """The address a code is sent to."""

    labels: ClassVar = {"email": _ADDRESS}
    attributes: ClassVar = {"email": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}}

    def clean_email(self) -> str:
        """The address, unless codes were asked for too often."""
        if try_of_all(context.request, action="code_asked_everywhere") is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        address: str = super().clean_email()
        return address


class CodeForm(PlainForm, OwnWords, library.ConfirmLoginCodeForm):  # type: ignore[misc]  # CONFIG: as above
    """The code that was sent."""

    labels: ClassVar = {"code": say(en="Code from the letter", es="Código del correo")}
    hints: ClassVar = {"code": say(en="eight digits, like 1234-5678", es="ocho cifras, como 1234-5678")}
    attributes: ClassVar = {"code": {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "12"}}

    def clean_code(self) -> str:
        """The right code. Guesses count for the address, whether anybody has it or not."""
        stage = context.request._login_stage  # noqa: SLF001 - CONFIG: where the library keeps it
        counted = try_of_one(context.request, pool="code_everywhere", key=f"code:{stage.state.get('email', '')}")
        if counted is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        counted.went_well()
        return code


class PasswordAgainForm(PlainForm, OwnWords, library.ReauthenticateForm):  # type: ignore[misc]  # CONFIG: as above
    """The password once more, before something that matters."""

    labels: ClassVar = {"password": _PASSWORD}


class _TheSameTwice:
    """Says so where the second password differs from the first."""

    def clean(self: Any) -> dict[str, Any]:
        """What was typed; unequal passwords are a fault of the second."""
        typed: dict[str, Any] = forms.Form.clean(self) or {}
        first, second = typed.get("password1"), typed.get("password2")
        if first and second and first != second:
            self.add_error("password2", say(en="This is not the same as above.", es="No es la misma que arriba."))
        return typed


class ChangePasswordForm(PlainForm, OwnWords, _TheSameTwice, library.ChangePasswordForm):  # type: ignore[misc]  # CONFIG: as above
    """The old password and a new one, twice."""

    labels: ClassVar = {
        "oldpassword": say(en="Password until now", es="Contraseña actual"),
        "password1": say(en="New password", es="Contraseña nueva"),
        "password2": say(en="The new password again", es="La contraseña nueva, otra vez"),
    }
    hints: ClassVar = {"password1": _TEN}


class SetPasswordForm(PlainForm, OwnWords, _TheSameTwice, library.SetPasswordForm):  # type: ignore[misc]  # CONFIG: as above
    """A first password, twice."""

    labels: ClassVar = {
        "password1": say(en="New password", es="Contraseña nueva"),
        "password2": say(en="The password again", es="La contraseña, otra vez"),
    }
    hints: ClassVar = {"password1": _TEN}
