"""What this program decides differently from the sign-in library: invitations only, encrypted secrets, own words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from tequio.accounts.letters import CODE, UNKNOWN, code_letter, news
from tequio.accounts.limits import Try, try_of_all
from tequio.accounts.middleware import FACTORS
from tequio.accounts.models import User
from tequio.accounts.sending import CannotSendError, is_sending_possible, no_mail, send_code, send_news
from tequio.kernel import clock
from tequio.kernel.encryption import decrypted, encrypted
from tequio.kernel.web.forms import say

TROUBLE = "sign_in_trouble"  # in the session: what the next page of signing in has to say first
FRESH = 5 * 60  # seconds in which a sign-in need not be repeated before something that matters


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # CONFIG: the library ships no types
    """Sign-in by invitation, with limits for an address, for an account, and for all sign-ins together."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": say(
            en="The address and the password do not belong together. You can have a code sent to you instead.",
            es="El correo y la contraseña no corresponden. También puede pedir un código por correo.",
        ),
        "incorrect_code": say(
            en="This is not the code. Look at the newest letter.", es="Ese no es el código. Vea el correo más reciente."
        ),
        "incorrect_password": say(en="This is not your password.", es="Esa no es su contraseña."),
        "enter_current_password": say(en="This is not your password.", es="Esa no es su contraseña."),
        "too_many_login_attempts": say(
            en="Too many tries. To protect the account, wait five minutes before the next one.",
            es="Demasiados intentos. Para proteger la cuenta, espere cinco minutos antes del siguiente.",
        ),
        "rate_limited": say(
            en="Too many tries. Wait five minutes before the next one.",
            es="Demasiados intentos. Espere cinco minutos antes del siguiente.",
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - CONFIG: the library's signature
        """Nobody makes an account alone: an administrator invites."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether `next=` may lead there: to this very site only, not to every host that reaches it."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse further tries beyond a limit; the one for everybody holds off guessing from many addresses."""
        self._everyone: Try | None = try_of_all(request, action="password_everywhere")
        if self._everyone is None:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who signs in with these credentials; what went well is not counted against the limits."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and self._everyone is not None:
            self._everyone.went_well()
        return user

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002 - CONFIG: as above
        """Whether to ask again before something that matters: not within five minutes of signing in."""
        request = context.request
        if did_recently_reauthenticate(request):
            return False
        records = get_authentication_records(request, request.user)
        if is_mfa_enabled(request.user, FACTORS):
            records = [record for record in records if record["method"] == "mfa"]
        return not records or clock.now().timestamp() - records[-1]["at"] > FRESH

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How to show again who one is: by the second factor where there is one, so a password alone changes none."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [method for method in methods if method["id"].startswith("mfa_")]
        return second or methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - CONFIG: as above
        """Where a changed password leads: to one's own account."""
        return reverse("my_account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the program's own letters, in the language of the person it goes to.

        Where no mail can leave, whoever asks for a code is told (503); news of what was changed wait in the queue.
        """
        user = User.objects.filter(email=email.casefold()).first()
        language = user.language if user is not None else (get_language() or "en")[:2]
        if template_prefix == CODE:
            try:
                send_code(letter=code_letter(code=str(context["code"]), language=language), address=email)
            except CannotSendError as error:
                raise ImmediateHttpResponse(no_mail(self.request)) from error
        elif template_prefix == UNKNOWN:
            # No letter to strangers; but what happens is the same as with a known address, as far as it can be seen.
            if not is_sending_possible():
                raise ImmediateHttpResponse(no_mail(self.request))
        elif (letter := news(occasion=template_prefix, language=language)) is not None:
            send_news(letter=letter, address=email)

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *_: Any, message: Any = None, **__: Any
    ) -> None:
        """Say nothing in passing, every page says what it did; but keep what went wrong for the page that follows."""
        del message_template
        if level >= messages.ERROR and message:
            request.session[TROUBLE] = str(message)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # CONFIG: the library ships no types
    """Secrets of second factors are kept encrypted, with the instance's own key."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": say(
            en="This code is not right, or was used already. The app shows a new one every half minute.",
            es="Ese código no es correcto o ya se usó. La aplicación muestra uno nuevo cada medio minuto.",
        ),
        "cannot_generate_recovery_codes": say(
            en="Recovery codes need a second step first.",
            es="Para tener códigos de recuperación hace falta un segundo paso.",
        ),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return decrypted(encrypted_text)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Who a passkey is for, as the device shows it."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.name}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Which site a passkey is for, as the device shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Tequio"}
