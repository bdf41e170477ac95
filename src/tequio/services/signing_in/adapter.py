"""What the sign-in library asks of this program: keys, words by which applications know people, what they are told."""

import os
import secrets
from collections.abc import Iterable
from typing import Any, Literal

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.internal.private_keys import filter_keys
from allauth.idp.oidc.models import Client, PrivateKey, Token
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.db import IntegrityError, transaction

from tequio.accounts.models import User
from tequio.kernel import clock, instance
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.web.forms import say
from tequio.services.models import Subject
from tequio.services.signing_in.admission import admission, application_of
from tequio.services.signing_in.claims import claims_of

KEY_FILE = "oidc.key"
SCOPES = ("openid", "profile", "email", "groups", "quota")
_BITS = 2048


class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]  # CONFIG: the library ships no types
    """The provider's own ways: one word for each person and application, claims from what a member may have."""

    scope_display = {
        "openid": say(en="that you are the same person as last time", es="que usted es la misma persona que antes"),
        "profile": say(en="your name, your login and your language", es="su nombre, su usuario y su idioma"),
        "email": say(en="your e-mail address", es="su correo electrónico"),
        "groups": say(en="which services your member may use", es="qué servicios puede usar su membresía"),
        "quota": say(en="how much room you have", es="cuánto espacio tiene"),
    }

    def get_issuer(self) -> str:
        """Where this instance is reached, whatever host a request came by."""
        return str(settings.SITE_URL)

    def list_private_keys(
        self, *, did_activate: Literal[True] | None = None, is_active: Literal[True] | None = None
    ) -> list[PrivateKey]:
        """The instance's own key, made the first time it is asked for and kept beside its other secrets."""
        found: list[PrivateKey] = filter_keys(
            [PrivateKey(pem=signing_key())], did_activate=did_activate, is_active=is_active
        )
        return found

    def get_user_sub(self, client: Client, user: User) -> str:
        """The word by which this application knows a person. Random: nothing follows from it, here or elsewhere."""
        application = application_of(client=client)
        if application is None:
            return secrets.token_urlsafe(32)  # of a closed one: nobody is known to it any more
        known = Subject.objects.filter(application=application, user=user).first()
        if known is not None:
            return known.word
        at = clock.now()
        try:
            with transaction.atomic():
                made = Subject.objects.create(
                    application=application, user=user, word=secrets.token_urlsafe(32), first_at=at
                )
                journal.append(
                    kind=Kind.APPLICATION_ENTERED,
                    subject=f"application:{application.code}",
                    actor=user.actor,
                    at=at,
                    payload={},
                )
                return made.word
        except IntegrityError:  # the same person in two windows
            return Subject.objects.get(application=application, user=user).word

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:
        """The person an application knows by a word, if it still gets in: a code made before ends with its standing."""
        known = Subject.objects.select_related("user").filter(application__client=client, word=sub).first()
        if known is None or not admission(client=client, user=known.user).admitted:
            return None
        return known.user

    def is_introspection_allowed(self, token: Token, *, caller_client: Client) -> bool:  # noqa: ARG002 - CONFIG: as above
        """Whether a token counts as active: only while its person gets in."""
        return token.user is None or admission(client=token.client, user=token.user).admitted

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """What the provider says of itself beside the library's words."""
        data["subject_types_supported"] = ["pairwise"]
        data["scopes_supported"] = list(SCOPES)
        data["response_types_supported"] = ["code"]
        data["grant_types_supported"] = ["authorization_code", "refresh_token"]

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],  # noqa: ARG002 - CONFIG: the library's signature
        user: User,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,  # noqa: ARG002 - CONFIG: as above
        **_: Any,
    ) -> dict[str, Any]:
        """What an application is told of a person: what it asked for and the person granted, from entitlements."""
        known: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        account = admission(client=client, user=user).account
        return known | (claims_of(user=user, account=account, scopes=set(scopes)) if account is not None else {})


def signing_key() -> str:
    """The key by which what applications are told is signed; readable by this user alone."""
    path = instance.secret_path(KEY_FILE)
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        beside = path.with_name(f"{KEY_FILE}.{secrets.token_hex(6)}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, instance.SECRET)
        with os.fdopen(handle, "wb") as stream:
            stream.write(pem)
        try:
            os.link(beside, path)  # whoever was first: the key never changes under a process that has read it
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return path.read_text(encoding="ascii")
