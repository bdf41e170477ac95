"""The members of a day as a preview of dues sees them: grouped by all that their dues follow from.

Who belongs, and as what, is what billing bills (dues/billing_facts.py): members that stand for themselves, by their
own membership or by the open one of a member merged into them, each with the rate of its own that holds that day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from tequio.dues.billing_facts import bills, of_head
from tequio.dues.models import MemberRate
from tequio.kernel import bulk
from tequio.members.models import Membership
from tequio.rules.dues import share_on
from tequio.rules.dues_preview import Change, Group
from tequio.rules.money import WHOLE_SHARE

_Key = tuple[str, str, str, int | None, bool, int]
# Everything that a member's dues follow from but its own rate, center and sector first, as `Group` has them.
_COLUMNS = ("member__center__code", "kind", "sector", "band", "takes_operations")


class OwnRate(NamedTuple):
    """A member with a rate of its own that day: its id, its name, and the group of one that it is."""

    head_pk: int
    code: str
    name: str
    group: Group


class Named(NamedTuple):
    """A member whose dues change: its id and name, and the change."""

    code: str
    name: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPays:
    """The members of some centers on a day: all of them in groups, and by name those with a rate of their own."""

    on: date
    center_pks: Sequence[int]
    groups: Sequence[Group]
    own_rates: Sequence[OwnRate]

    def first_of(self, *, changes: Iterable[Change], most: int) -> list[Named]:
        """The members of some groups of one center, the groups in their order; by id where the change is the same.

        At most `most` of them, with a query for each size of change until there are as many.
        """
        found: list[Named] = []
        by_size: dict[int, list[Change]] = defaultdict(list)
        for change in changes:
            by_size[abs(change.difference)].append(change)
        for alike in by_size.values():
            if len(found) >= most:
                break
            of_group = {change.group[:-1]: change for change in alike}
            own = [
                Named(row.code, row.name, of_group[row.group[:-1]])
                for row in self.own_rates
                if row.group[:-1] in of_group
            ]
            table = self._paying_the_table(changes=alike, most=most)
            found += sorted([*own, *table], key=lambda named: named.code)[: most - len(found)]
        return found

    def _paying_the_table(self, *, changes: Sequence[Change], most: int) -> list[Named]:
        """The first members by id of those groups that have no rate of their own."""
        groups = {change.group[:-1]: change for change in changes if change.group.share == WHOLE_SHARE}
        wanted = Q()
        for center, kind, _, band, operations, _ in groups:
            one = Q(member__center__code=center, kind=kind, takes_operations=operations)
            wanted |= one & (Q(band__isnull=True) if band is None else Q(band=band))
        if not groups:
            return []
        rows = (
            belonging(on=self.on, center_pks=self.center_pks)
            .filter(wanted)
            .exclude(head__in=bulk.these(row.head_pk for row in self.own_rates))
            .order_by("code", "pk")
            .values_list(*_COLUMNS, "code", "name")[:most]
        )
        return [
            Named(code, name, groups[center, kind, sector, band, bool(operations), WHOLE_SHARE])
            for center, kind, sector, band, operations, code, name in rows
        ]


def who_pays(*, on: date, center_pks: Sequence[int]) -> WhoPays:
    """The members who belong to some centers on a day. Three queries, whatever their number."""
    rows = belonging(on=on, center_pks=center_pks)
    heads: Counter[_Key] = Counter()
    for *asked_by, count in rows.order_by().values_list(*_COLUMNS).annotate(count=Count("pk")):
        heads[_group_key(asked_by, share=WHOLE_SHARE)] += count
    own_rates = []
    shares = _shares(on=on)
    own = rows.filter(head__in=bulk.these(shares)).order_by("pk").values_list(*_COLUMNS, "head", "code", "name")
    for *asked_by, head, code, name in own if shares else ():
        key = _group_key(asked_by, share=shares[head])
        heads[_group_key(asked_by, share=WHOLE_SHARE)] -= 1
        heads[key] += 1
        own_rates.append(OwnRate(head, code, name, Group(*key, 1)))
    groups = [Group(*key, count) for key, count in sorted(heads.items(), key=str) if count]
    return WhoPays(on=on, center_pks=center_pks, groups=groups, own_rates=own_rates)


def _group_key(asked_by: Sequence[Any], *, share: int) -> _Key:
    center, kind, sector, band, operations = asked_by
    return (center, kind, sector, band, bool(operations), share)


def belonging(*, on: date, center_pks: Sequence[int]) -> Any:
    """The memberships of a day that bill, with the member each is billed to."""
    return (
        Membership.objects.filter(bills(), joined_on__lte=on, member__center_id__in=center_pks)
        .filter(Q(left_on__isnull=True) | Q(left_on__gt=on))
        .annotate(
            head=Coalesce("member__merged_into_id", "member_id"),
            code=Coalesce("member__merged_into__code", "member__code"),
            name=Coalesce("member__merged_into__name", "member__name"),
            kind=Coalesce("member__merged_into__kind", "member__kind"),
            sector=Coalesce("member__merged_into__sector", "member__sector"),
            band=of_head("income_band"),
            takes_operations=of_head("operations"),
        )
    )


def _shares(*, on: date) -> dict[int, int]:
    """The own rate that holds on a day, by the id of the member it counts for; who pays the table is not in it."""
    rates: dict[int, list[tuple[str, int, date, date | None]]] = defaultdict(list)
    rows = (
        MemberRate.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
        .order_by("pk")
        .values_list(
            Coalesce("member__merged_into_id", "member_id"), "kind", "basis_points", "valid_from", "valid_until"
        )
    )
    for head, *terms in rows:
        rates[head].append(tuple(terms))
    found = {head: share_on(rates=terms, on=on)[1] for head, terms in rates.items()}
    return {head: share for head, share in found.items() if share != WHOLE_SHARE}
