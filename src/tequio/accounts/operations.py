"""What writes accounts: people, their roles, their language."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.accounts.models import Grant, Role, User
from tequio.centers.models import Center
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind


@transaction.atomic
def add_person(*, email: str, name: str, language: str, actor: str, at: datetime) -> User:
    """Open an account for a person, who signs in by a code sent to the address. Refuses an address that has one."""
    email, name = email.strip().casefold(), " ".join(name.split())
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(
            en=f"“{email[:60]}” is not an e-mail address.", es=f"«{email[:60]}» no es una dirección de correo."
        ) from error
    if not name or len(name) > User._meta.get_field("name").max_length:
        raise Refusal(en="Give a name of up to 120 letters.", es="Indique un nombre de hasta 120 letras.")
    if language not in ("en", "es"):
        raise Refusal(en="The language is en or es.", es="El idioma es en o es.")
    if User.objects.filter(email=email).exists():
        raise Refusal(
            en=f"There is an account for {email} already.", es=f"Ya existe una cuenta para {email}."
        )
    user = User.objects.create_user(email=email, name=name, language=language)
    _note(kind=Kind.PERSON_ADDED, user=user, payload={}, actor=actor, at=at)
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, center: Center | None, actor: str, at: datetime) -> bool:
    """Give a person a role (a treasurer's in one center); False where it has it already."""
    if role not in set(Role):
        raise Refusal(
            en="A role is administrator, treasurer or auditor.",
            es="Una función es administrator (administración), treasurer (tesorería) o auditor (auditoría).",
        )
    if (role == Role.TREASURER) != (center is not None):
        raise Refusal(
            en="A treasurer keeps the money of one center; the other roles reach everywhere.",
            es="La tesorería es de un solo centro; las demás funciones alcanzan a todos.",
        )
    _, made = Grant.objects.get_or_create(user=user, role=role, center=center)
    if made:
        payload = {"role": role, "center": center.code if center else None}
        _note(kind=Kind.ROLE_GRANTED, user=user, payload=payload, actor=actor, at=at)
    return made


@transaction.atomic
def take_role(*, user: User, role: str, center: Center | None, actor: str, at: datetime) -> None:
    """Take a role from a person. Refuses to take the last administrator's."""
    if role == Role.ADMINISTRATOR and Grant.objects.filter(role=role, user__is_active=True).exclude(user=user).count() == 0:
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
    """Let a person sign in no more: its roles end, its sessions too; its number stays in the journal."""
    for grant in list(Grant.objects.select_related("center").filter(user=user)):
        take_role(user=user, role=grant.role, center=grant.center, actor=actor, at=at)
    User.objects.filter(pk=user.pk).update(is_active=False)
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    _note(kind=Kind.ACCOUNT_CLOSED, user=user, payload={}, actor=actor, at=at)


def choose_language(*, user: User, language: str) -> None:
    """Speak to a person in this language from now on, in pages and in letters."""
    if language not in ("en", "es"):
        raise Refusal(en="The language is en or es.", es="El idioma es en o es.")
    User.objects.filter(pk=user.pk).update(language=language)


def _note(*, kind: Kind, user: User, payload: dict[str, object], actor: str, at: datetime) -> None:
    journal.append(kind=kind, subject=f"user:{user.pk}", actor=actor, at=at, payload=payload)
