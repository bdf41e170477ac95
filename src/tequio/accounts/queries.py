"""What reads accounts: the people, and what is held about one."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch

from tequio.accounts.held import held_elsewhere
from tequio.accounts.models import Grant, Role, User
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text

ROLE_NAMES = {
    Role.ADMINISTRATOR.value: Text(en="administrator", es="administración"),
    Role.TREASURER.value: Text(en="treasurer", es="tesorería"),
    Role.AUDITOR.value: Text(en="auditor", es="auditoría"),
    Role.CALLER.value: Text(en="caller", es="llamadas"),
    Role.MAINTAINER.value: Text(en="maintenance team", es="equipo de mantenimiento"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One account with its roles; `safe` says whether a second factor is set up."""

    pk: int
    name: str
    email: str
    language: str
    is_active: bool
    roles: list[tuple[str, str | None]]
    safe: bool


def people() -> list[Person]:
    """Every account, by name. Three queries."""
    grants = Prefetch("grants", queryset=Grant.objects.select_related("center").order_by("role", "center__code"))
    safe = set(Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    return [
        Person(
            pk=user.pk,
            name=user.name,
            email=user.email,
            language=user.language,
            is_active=user.is_active,
            roles=[(grant.role, grant.center.code if grant.center else None) for grant in user.grants.all()],
            safe=user.pk in safe,
        )
        for user in User.objects.order_by("name", "pk").prefetch_related(grants)
    ]


def user_by_email(*, email: str) -> User:
    """The account of an address. Refuses an address nobody has."""
    user = User.objects.filter(email=email.strip().casefold()).first()
    if user is None:
        raise Refusal(en=f"There is no account for {email}.", es=f"No hay ninguna cuenta para {email}.")
    return user


def names_of(*, actors: set[str]) -> dict[str, str]:
    """The names behind actors of the journal ("user:7"); the command line's stay as they are."""
    numbers = {int(actor.removeprefix("user:")) for actor in actors if actor.removeprefix("user:").isdigit()}
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "name")}


def data_about(*, user: User) -> dict[str, object]:
    """All that is held about a person as an account: for the page "what we hold about me"."""
    return {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "last_login": user.last_login,
        "roles": [
            {"role": role, "center": center}
            for role, center in Grant.objects.filter(user=user).values_list("role", "center__code")
        ],
        "second_factors": [
            {"kind": kind, "since": since, "last_used": used}
            for kind, since, used in Authenticator.objects.filter(user=user).values_list(
                "type", "created_at", "last_used_at"
            )
        ],
        **held_elsewhere(user=user),
    }
