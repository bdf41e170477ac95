"""The stored standing: a projection of the pure rule, written here and nowhere else."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models.functions import Coalesce

from tequio.centers.models import Center
from tequio.dues import hooks
from tequio.dues.accounts import accounts_of
from tequio.dues.rules_in_force import payment_policies
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.members.models import Member
from tequio.rules.account import PaymentPolicy
from tequio.rules.standing import standing_on

BATCH = 5000


def refresh_standings(*, member_pks: Sequence[int] | None = None, actor: str, at: datetime) -> int:
    """Work out the stored standing again, for the day it is in each member's center; returns how many changed.

    `member_pks` None means everybody. For a member merged into another, the one it counts as is worked out.
    Each change is an event of the journal.
    """
    if member_pks is None:
        heads = Member.objects.filter(merged_into__isnull=True).order_by("pk")
        pks = list(heads.values_list("pk", flat=True))
    else:
        found: set[int] = set()
        wanted = sorted(set(member_pks))
        for position in range(0, len(wanted), BATCH):
            batch = Member.objects.filter(pk__in=wanted[position : position + BATCH])
            found.update(batch.values_list(Coalesce("merged_into_id", "pk"), flat=True))
        pks = sorted(found)
    if not pks:
        return 0
    policies = payment_policies()
    everybody = member_pks is None
    changed = 0
    for position in range(0, len(pks), BATCH):
        with transaction.atomic():
            if everybody:
                # Whoever writes about one member holds its center first; so does this, or they could wait in a ring.
                list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
            changed += _refresh(heads=pks[position : position + BATCH], policies=policies, actor=actor, at=at)
    return changed


def _refresh(*, heads: list[int], policies: Mapping[int, Sequence[PaymentPolicy]], actor: str, at: datetime) -> int:
    stored = (
        Member.objects.filter(pk__range=(heads[0], heads[-1]))
        .order_by("pk")
        .values_list("pk", "code", "center_id", "center__zone", "standing", "standing_since", "standing_on")
    )
    accounts = accounts_of(heads=heads)
    days: dict[str, date] = {}
    same: dict[date, list[int]] = {}
    happenings: list[Happening] = []
    moved: list[tuple[str, date | str, date | str, int]] = []
    changed = 0
    for pk, code, center_pk, zone, standing, since, on in stored:
        if pk not in accounts:
            continue
        day = days.setdefault(zone, at.astimezone(ZoneInfo(zone)).date())
        verdict = standing_on(account=accounts[pk], policies=policies.get(center_pk, []), on=day)
        if (verdict.standing.value, verdict.since) == (standing, since):
            if on != day:
                same.setdefault(day, []).append(pk)
            continue
        moved.append((verdict.standing.value, stored_day(verdict.since), stored_day(day), pk))
        if verdict.standing.value != standing:
            changed += 1
            payload = {"from": standing, "to": verdict.standing.value, "since": verdict.since.isoformat()}
            happenings.append(Happening(kind=Kind.STANDING_CHANGED, subject=f"member:{code}", payload=payload))
    bulk.update_by_id(model=Member, columns=("standing", "standing_since", "standing_on"), rows=moved)
    for day, pks in same.items():
        for position in range(0, len(pks), 500):
            Member.objects.filter(pk__in=pks[position : position + 500]).update(standing_on=day)
    if moved:
        happenings += hooks.standings_moved(member_pks=[row[-1] for row in moved], actor=actor, at=at)
    journal.append_many(happenings=happenings, actor=actor, at=at)
    return changed
