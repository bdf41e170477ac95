"""Accounts as people look at them: how each is wanted, how it was seen, and what is under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.members.models import Member
from tequio.members.queries import family_of, head_of, member_by_code
from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.connectors.contract import seen_for
from tequio.services.models import AppPassword, Job, JobState, Lending, SeenState, ServiceAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account. `under_way`: a server still has to be asked. `agrees`: seen as wanted, None where nobody looked."""

    pk: int
    service: str
    service_name: Text
    name: str
    owner: str
    held_by: str
    wanted: str
    why: Text
    wanted_since: datetime
    closed_on: date | None
    seen: str
    seen_at: datetime | None
    failed: bool
    under_way: bool

    @property
    def agrees(self) -> bool | None:
        """Whether it was seen as it is wanted; None where that is not known."""
        if self.failed or self.seen == SeenState.UNKNOWN:
            return None
        return self.seen == seen_for(wanted=State(self.wanted)).value

    def as_dict(self) -> dict[str, Any]:
        """The account as JSON output carries it."""
        return {
            "service": self.service,
            "name": self.name,
            "owner": self.owner,
            "wanted": self.wanted,
            "why": self.why.as_dict(),
            "wanted_since": self.wanted_since,
            "seen": self.seen,
            "seen_at": self.seen_at,
            "agrees": self.agrees,
            "under_way": self.under_way,
        }


def accounts_listed(*, member_code: str = "", service: str = "") -> list[AccountRow]:
    """Accounts by service and name, of one member or service or of all."""
    rows = ServiceAccount.objects.order_by("kind__position", "name")
    if member_code:
        rows = rows.filter(member_id__in=family_of(head=head_of(member=member_by_code(code=member_code))))
    if service:
        rows = rows.filter(kind__code=service)
    return _rows(rows)


def accounts_of(*, member: Member) -> list[AccountRow]:
    """The accounts of a member and of those counted as it, in the order of the catalog and of their opening."""
    family = family_of(head=member)
    return _rows(ServiceAccount.objects.filter(member_id__in=family).order_by("kind__position", "pk"))


def accounts_lent(*, lending: Lending) -> list[AccountRow]:
    """The accounts of whom services were lent to, in the order of the catalog and of their opening."""
    return _rows(ServiceAccount.objects.filter(lending=lending).order_by("kind__position", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many accounts a member has of each service, closed and removed ones left out, and how many are suspended."""

    counts: list[tuple[Text, int]]
    suspended: int


def counted(*, member: Member) -> Counted:
    """A member's accounts counted, for its page. One query."""
    own = ServiceAccount.objects.filter(Q(member=member) | Q(member__merged_into=member), closed_on__isnull=True)
    rows = (
        own.exclude(wanted=State.REMOVED)
        .values("kind__position", "kind__name_en", "kind__name_es")
        .annotate(n=Count("pk"), shut=Count("pk", filter=Q(wanted=State.SUSPENDED)))
        .order_by("kind__position")
    )
    found = list(rows)
    return Counted(
        counts=[(Text(en=r["kind__name_en"], es=r["kind__name_es"]), r["n"]) for r in found],
        suspended=sum(r["shut"] for r in found),
    )


def account_by_pk(*, pk: int) -> AccountRow:
    """One account. Refuses one there is none of."""
    found = _rows(ServiceAccount.objects.filter(pk=pk))
    if not found:
        raise Refusal(en="There is no such account.", es="No hay tal cuenta.")
    return found[0]


def jobs_of(*, account_pk: int, most: int = 20) -> Sequence[Job]:
    """What was done for an account, the newest first."""
    return list(Job.objects.filter(account=account_pk).order_by("-generation")[:most])


def passwords_in_use(*, account_pk: int) -> list[AppPassword]:
    """The app passwords of an account that are in use, the newest first."""
    return list(AppPassword.objects.filter(account=account_pk, revoked_at__isnull=True).order_by("-made_at", "-pk"))


def _rows(accounts: Any) -> list[AccountRow]:
    waits = Job.objects.filter(Q(state=JobState.WAITING) | Q(state=JobState.DEAD), account=OuterRef("pk"))
    rows = accounts.select_related("kind", "member", "lending", "observation").annotate(under_way=Exists(waits))
    return [_row(account) for account in rows]


def _row(account: Any) -> AccountRow:
    seen = getattr(account, "observation", None)
    failed = seen is not None and seen.failed_at is not None and (seen.seen_at is None or seen.failed_at > seen.seen_at)
    return AccountRow(
        pk=account.pk,
        service=account.kind.code,
        service_name=text_of(row=account.kind, name="name"),
        name=account.name,
        owner=account.member.code if account.member is not None else account.lending.code,
        held_by=account.held_by,
        wanted=account.wanted,
        why=text_of(row=account, name="why"),
        wanted_since=account.wanted_since,
        closed_on=account.closed_on,
        seen=seen.state if seen is not None else SeenState.UNKNOWN.value,
        seen_at=seen.seen_at if seen is not None else None,
        failed=failed,
        under_way=account.under_way,
    )
