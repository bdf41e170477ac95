"""Who gets in to an application now: the one place that says so, asked at every step of a sign-in.

A person gets in by an account of the application's service that is its own, of a member it still belongs to, and that
is wanted open or limited (services/operations/wanting.py, from rules/entitlement.py).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.idp.oidc.models import Client

from tequio.accounts.models import User
from tequio.accounts.viewers import members_of
from tequio.members.models import Member
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.models import Application, ServiceAccount

LETS_IN = (State.OPEN.value, State.LIMITED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Whether a person gets in, by which account, and if not why. `member_pk`: whose dues it is about, if anybody's."""

    account: ServiceAccount | None
    why_not: Text | None
    member_pk: int | None = None

    @property
    def admitted(self) -> bool:
        """Whether it gets in."""
        return self.why_not is None


def application_of(*, client: Client) -> Application | None:
    """The application behind a client of the library, unless it was closed."""
    return Application.objects.select_related("kind").filter(client=client, closed_on__isnull=True).first()


def admission(*, client: Client, user: User) -> Admission:
    """Whether a person gets in to the application behind a client now. Four queries."""
    application = application_of(client=client)
    if application is None:
        return Admission(
            account=None,
            why_not=Text(en="This application is no longer open.", es="Esta aplicación ya no está abierta."),
        )
    return admissions(applications=[application], user=user)[application.pk]


def admissions(*, applications: Sequence[Application], user: User) -> dict[int, Admission]:
    """Whether a person gets in to each of these applications, by their ids. Three queries, however many they are."""
    if not user.is_active:
        return {one.pk: Admission(account=None, why_not=_nobody()) for one in applications}
    mine = members_of(user.pk)
    family = Member.objects.filter(pk__in=mine).values_list("pk", flat=True)
    merged = Member.objects.filter(merged_into__in=mine).values_list("pk", flat=True)
    accounts = ServiceAccount.objects.select_related("member__merged_into", "member__center", "kind").filter(
        person=user,
        kind__in={one.kind_id for one in applications},
        closed_on__isnull=True,
        member__in=[*family, *merged],
    )
    by_kind: dict[int, list[ServiceAccount]] = defaultdict(list)
    for account in accounts.exclude(wanted=State.REMOVED).order_by("pk"):
        by_kind[account.kind_id].append(account)
    return {one.pk: _by_accounts(by_kind[one.kind_id]) for one in applications}


def _by_accounts(listed: Sequence[ServiceAccount]) -> Admission:
    """The first that lets in; else why the first does not."""
    for account in listed:
        if account.wanted in LETS_IN:
            return Admission(account=account, why_not=None)
    if listed and listed[0].member is not None:
        shut, head = listed[0], listed[0].member.merged_into or listed[0].member
        return Admission(account=shut, why_not=Text(en=shut.why_en, es=shut.why_es), member_pk=head.pk)
    return Admission(account=None, why_not=_nobody())


def _nobody() -> Text:
    return Text(
        en="No account of this service is yours. Ask whoever looks after your member’s services to name you on one.",
        es="Ninguna cuenta de este servicio es suya. Pida a quien cuida los servicios de su membresía que le asigne "
        "una.",
    )
