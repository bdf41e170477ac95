"""What writes accounts: people, their roles, their language."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.accounts.models import OF_A_CENTER, Grant, Role, User
from tequio.accounts.sessions import end_sessions
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind

LONGEST_NAME = 120


@transaction.atomic
def add_person(*, email: str, name: str, language: str, actor: str, at: datetime) -> User:
    """Open an account for a person, who signs in by a code sent to the address, or one that was closed again.

    Refuses an address that has an open one.
    """
    email, name = email.strip().casefold(), " ".join(name.split())
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(
            en=f"“{email[:60]}” is not an e-mail address.", es=f"«{email[:60]}» no es una dirección de correo."
        ) from error
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(en="Give a name of up to 120 letters.", es="Indique un nombre de hasta 120 letras.")
    if language not in ("en", "es"):
        raise Refusal(en="The language is en or es.", es="El idioma es en o es.")
    user = User.objects.select_for_update().filter(email=email).first()
    if user is not None and user.is_active:
        raise Refusal(en=f"There is an account for {email} already.", es=f"Ya existe una cuenta para {email}.")
    if user is None:
        user = User.objects.create_user(email=email, name=name, language=language)
    else:
        user.name, user.language, user.is_active = name, language, True
        user.save(update_fields=["name", "language", "is_active"])
    _note(kind=Kind.PERSON_ADDED, user=user, payload={}, actor=actor, at=at)
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, center: Center | None, actor: str, at: datetime) -> bool:
    """Give a person a role (a treasurer's and a caller's in one center); False where it has it already."""
    if not user.is_active:
        raise Refusal(en="This account is closed.", es="Esta cuenta está cerrada.")
    if role not in set(Role):
        raise Refusal(
            en="A role is administrator, treasurer, auditor or caller.",
            es="Una función es administrator (administración), treasurer (tesorería), auditor "
            "(auditoría) o caller (llamadas).",
        )
    if (role in OF_A_CENTER) != (center is not None):
        raise Refusal(
            en="A treasurer and a caller work for one center; the other roles reach everywhere.",
            es="La tesorería y las llamadas son de un solo centro; las demás funciones alcanzan a todos.",
        )
    _, made = Grant.objects.get_or_create(user=user, role=role, center=center)
    if made:
        payload = {"role": role, "center": center.code if center else None}
        _note(kind=Kind.ROLE_GRANTED, user=user, payload=payload, actor=actor, at=at)
    return made


@transaction.atomic
def take_role(*, user: User, role: str, center: Center | None, actor: str, at: datetime) -> None:
    """Take a role from a person. Refuses to take the last administrator's."""
    if role == Role.ADMINISTRATOR:
        # Locked, so that two administrators cannot take it from each other in the same moment.
        held = list(
            Grant.objects.select_for_update(of=("self",))
            .filter(role=role, user__is_active=True)
            .values_list("user_id", flat=True)
        )
        if user.pk in held and len(held) == 1:
            raise Refusal(
                en="Somebody has to be administrator: name another one first.",
                es="Alguien tiene que llevar la administración: nombre antes a otra persona.",
            )
    gone, _ = Grant.objects.filter(user=user, role=role, center=center).delete()
    if gone:
        payload = {"role": role, "center": center.code if center else None}
        _note(kind=Kind.ROLE_TAKEN, user=user, payload=payload, actor=actor, at=at)


@transaction.atomic
def close_account(*, user: User, actor: str, at: datetime) -> None:
    """Let a person sign in no more: its roles, password, second factors and sessions end.

    Its number stays in the journal. Refuses the last administrator's account; does nothing to one that is closed.
    """
    if not User.objects.select_for_update().get(pk=user.pk).is_active:
        return
    for grant in list(Grant.objects.select_related("center").filter(user=user)):
        take_role(user=user, role=grant.role, center=grant.center, actor=actor, at=at)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user_pk=user.pk)
    _note(kind=Kind.ACCOUNT_CLOSED, user=user, payload={}, actor=actor, at=at)


def choose_language(*, user: User, language: str) -> None:
    """Speak to a person in this language from now on, in pages and in letters."""
    if language not in ("en", "es"):
        raise Refusal(en="The language is en or es.", es="El idioma es en o es.")
    User.objects.filter(pk=user.pk).update(language=language)


def _note(*, kind: Kind, user: User, payload: Mapping[str, object], actor: str, at: datetime) -> None:
    journal.append(kind=kind, subject=f"user:{user.pk}", actor=actor, at=at, payload=dict(payload))
