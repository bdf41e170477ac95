"""How far a member is from having its accounts removed: standing, offers, the first day, what would go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tequio.dues.accounts import accounts_of
from tequio.members.models import Member
from tequio.members.queries import family_of
from tequio.rules.entitlement import ServiceStanding, State, removable_from
from tequio.rules.standing import Standing, standing_on
from tequio.services.models import ExportOffer, ServiceAccount
from tequio.services.operations.settings import settings
from tequio.services.queries.entitled import standing_of, terms_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Where a member stands on the way. `first`: the first day accounts may be removed; None: nothing allows it."""

    standing: ServiceStanding
    inactive: bool
    offer: ExportOffer | None
    before: Sequence[ExportOffer]
    first: date | None
    may_remove: bool
    accounts: int
    export_days: int


def removal_of(*, member: Member, at: datetime) -> Removal:
    """Where a member stands, worked out anew by the rule that `remove_accounts` asks."""
    center = terms_at(at=at).centers[member.center_id]
    account = accounts_of(heads=[member.pk])[member.pk]
    verdict = standing_on(account=account, policies=center.policies, on=center.day)
    standing = standing_of(verdict=verdict, works=center.works, policy=center.policy)
    offers = list(ExportOffer.objects.filter(member=member).order_by("-offered_on", "-pk"))
    offer = next((one for one in offers if one.removed_on is None and one.ended_on is None), None)
    days = settings().export_days
    first = removable_from(standing=standing, export_offered_on=offer.offered_on if offer else None, export_days=days)
    left = ServiceAccount.objects.filter(member_id__in=family_of(head=member)).exclude(wanted=State.REMOVED)
    return Removal(
        standing=standing,
        inactive=standing.standing is Standing.INACTIVE,
        offer=offer,
        before=[one for one in offers if one is not offer],
        first=first,
        may_remove=first is not None and first <= center.day,
        accounts=left.count(),
        export_days=days,
    )
