"""What this program decides differently from the sign-in library: invitations only, encrypted secrets, own words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.translation import get_language

from tequio.accounts.letters import letter_for
from tequio.accounts.models import User
from tequio.kernel.encryption import decrypted, encrypted


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # CONFIG: the library ships no types
    """Sign-in by invitation, with limits for an address, for an account, and for all sign-ins together."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - CONFIG: the library's signature
        """Nobody makes an account alone: an administrator invites."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse further tries beyond a limit; the one for everybody holds off guessing from many addresses."""
        super().pre_authenticate(request, **credentials)
        self._everyone = ratelimit.consume(
            request, app="allauth.account", action="login_failed_everywhere", key="everyone"
        )
        if not self._everyone:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who signs in with these credentials; what went well is not counted against the limits."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and self._everyone:
            self._everyone.rollback()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the program's own letters, in the language of the person it goes to."""
        user = context.get("user") or User.objects.filter(email=email.casefold()).first()
        language = user.language if isinstance(user, User) else (get_language() or "en")[:2]
        letter = letter_for(occasion=template_prefix, language=language, context=context)
        if letter is None:
            return
        message = EmailMultiAlternatives(
            subject=letter.subject, body=letter.body, from_email=self.get_from_email(), to=[email]
        )
        message.extra_headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
        message.send()

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in passing: every page says what it did in its own words."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # CONFIG: the library ships no types
    """Secrets of second factors are kept encrypted, with the instance's own key."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return decrypted(encrypted_text)
