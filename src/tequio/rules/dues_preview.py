"""What would another dues table do? Who pays more, the same, less; a year's income; what makes up for a loss.

A pure function over groups of members who are asked alike, so that a roll of a hundred thousand is some hundred steps.
What each group owes is what billing would ask it: rules/dues.lines_for, with its own rate. Amounts are minor units of
the center's currency; centers are never added up.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import NamedTuple, TypeVar

from tequio.rules.dues import DuesTable, DuesTableError, Kind, lines_for
from tequio.rules.money import WHOLE_SHARE

_PERCENT = 100


class Group(NamedTuple):
    """Members of a center who are asked alike: how many they are, and all that their dues follow from.

    `share` is their own rate in basis points: 10,000 is the table, 0 is waived.
    """

    center: str
    kind: str
    sector: str
    band: int | None
    operations: bool
    share: int
    heads: int


class Turn(StrEnum):
    """How a change of the table touches a member."""

    MORE = "more"
    SAME = "same"
    LESS = "less"
    WAIVED = "waived"  # asked for nothing before or after, whatever the table
    UNPRICED = "unpriced"  # the new table has no amount for it, so it could not be billed


@dataclass(frozen=True, slots=True)
class Change:
    """A group with what each of its members is asked a year, before and after; None where a table has no amount."""

    group: Group
    before: int | None
    after: int | None

    @property
    def turn(self) -> Turn:
        """How the change touches each of them."""
        if not self.group.share:
            return Turn.WAIVED
        if self.after is None:
            return Turn.UNPRICED
        before = self.before or 0
        if self.after == before:
            return Turn.SAME
        return Turn.MORE if self.after > before else Turn.LESS

    @property
    def difference(self) -> int:
        """How much more each of them is asked a year; negative for less."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many members there are, and how many of them each turn touches."""

    members: int = 0
    more: int = 0
    same: int = 0
    less: int = 0
    waived: int = 0
    unpriced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppositions:
    """What a person supposes will happen, in whole percent and heads.

    `drop_operations`: of those who take operations and support now, how many drop it. `members_change`: how many
    members there are then, more or fewer, of every group alike. `new_without_operations`: members who join beside
    that, by center, asked the table itself without operations, organizations and individuals as there are today.
    """

    drop_operations: int = 0
    members_change: int = 0
    new_without_operations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """How many new members without operations make up for a loss: as there are of each kind today, or of one kind.

    None where no number does, because the table asks such members for nothing.
    """

    loss: int
    mixed: int | None
    by_kind: Mapping[str, int | None]


def changes(
    *, groups: Iterable[Group], before: Mapping[str, DuesTable], after: Mapping[str, DuesTable]
) -> list[Change]:
    """What each group is asked under the tables of its center now (`before`, none where it has no table) and then."""
    found = []
    for group in groups:
        old = before.get(group.center)
        found.append(
            Change(
                group,
                None if old is None else _asked(table=old, group=group),
                _asked(table=after[group.center], group=group),
            )
        )
    return found


By = TypeVar("By", bound=Hashable)


def tallies(*, changes: Iterable[Change], by: Callable[[Group], By]) -> dict[By, Tally]:
    """The members counted by whatever `by` makes of their group, how many pay more, the same and less."""
    counts: dict[By, dict[str, int]] = {}
    for change in changes:
        row = counts.setdefault(by(change.group), dict.fromkeys(("members", *(turn.value for turn in Turn)), 0))
        row["members"] += change.group.heads
        row[change.turn.value] += change.group.heads
    return {key: Tally(**row) for key, row in counts.items()}


@dataclass(frozen=True)
class CenterIncome:
    """A year's dues of one center, if everybody is asked once and pays; what it comes to under suppositions."""

    center: str
    table: DuesTable
    changes: Sequence[Change]

    @cached_property
    def now(self) -> int:
        """With the table in force."""
        return sum(change.group.heads * (change.before or 0) for change in self.changes)

    @cached_property
    def after(self) -> int:
        """With the new table and the members of today as they are."""
        return sum(change.group.heads * (change.after or 0) for change in self.changes)

    def supposed(self, *, suppose: Suppositions) -> int:
        """With the new table, under suppositions; half a cent rounded up."""
        there = Fraction(_PERCENT + suppose.members_change, _PERCENT)
        new = suppose.new_without_operations.get(self.center, 0)
        whole = self._staying(dropping=suppose.drop_operations) * there + new * (self.per_new_member or 0)
        return _rounded(whole)

    def make_up(self, *, suppose: Suppositions) -> MakeUp:
        """How many new members without operations bring income back to what it is now.

        Counted are those beyond what the suppositions have joining already; 0 where nothing is lost.
        """
        loss = max(0, self.now - self.supposed(suppose=suppose))
        by_kind = {kind.value: _enough(loss=loss, each=self._new_member(kind=kind)) for kind in Kind}
        return MakeUp(loss=loss, mixed=_enough(loss=loss, each=self.per_new_member), by_kind=by_kind)

    @cached_property
    def per_new_member(self) -> Fraction | None:
        """What a new member without operations brings on average, if they are of the kinds that there are today.

        None where the table has no amount for any of them.
        """
        weights = dict.fromkeys(Kind, 0)
        for change in self.changes:
            weights[Kind(change.group.kind)] += change.group.heads
        if not any(weights.values()):
            weights = dict.fromkeys(Kind, 1)
        priced = {kind: amount for kind in Kind if (amount := self._new_member(kind=kind)) is not None}
        heads = sum(weights[kind] for kind in priced)
        if not heads:
            return None
        return Fraction(sum(weights[kind] * amount for kind, amount in priced.items()), heads)

    def _new_member(self, *, kind: Kind) -> int | None:
        one = Group(self.center, kind.value, "", None, operations=False, share=WHOLE_SHARE, heads=1)
        return _asked(table=self.table, group=one)

    def _staying(self, *, dropping: int) -> Fraction:
        """What the members of today bring if so many percent of those with operations drop it."""
        share = Fraction(dropping, _PERCENT)
        whole = Fraction(0)
        for change in self.changes:
            group, amount = change.group, Fraction(change.after or 0)
            if group.operations and dropping and change.after is not None:
                without = _asked(table=self.table, group=_without_operations(group))
                amount = amount * (1 - share) + (without or 0) * share
            whole += group.heads * amount
        return whole


def incomes(*, changes: Iterable[Change], after: Mapping[str, DuesTable]) -> dict[str, CenterIncome]:
    """The income of each center that has a new table, by center; never added up across them."""
    mine: dict[str, list[Change]] = {center: [] for center in after}
    for change in changes:
        mine[change.group.center].append(change)
    return {center: CenterIncome(center, after[center], tuple(rows)) for center, rows in mine.items()}


def largest_first(*, changes: Iterable[Change]) -> list[Change]:
    """The groups whose members' dues change, by how much each is asked more or less, the largest change first."""
    moved = [change for change in changes if change.turn in (Turn.MORE, Turn.LESS)]
    return sorted(moved, key=lambda change: (-abs(change.difference), change.group[:3], str(change.group)))


def _asked(*, table: DuesTable, group: Group) -> int | None:
    """What billing asks one member of a group a year; None where the table has no amount for it."""
    if not group.share:
        return 0
    try:
        lines = lines_for(table=table, kind=group.kind, band=group.band, operations=group.operations, share=group.share)
    except DuesTableError:
        return None
    return sum(line.amount for line in lines)


def _without_operations(group: Group) -> Group:
    return Group(
        group.center, group.kind, group.sector, group.band, operations=False, share=group.share, heads=group.heads
    )


def _enough(*, loss: int, each: Fraction | int | None) -> int | None:
    if not loss:
        return 0
    return ceil(Fraction(loss) / each) if each else None


def _rounded(amount: Fraction) -> int:
    """To a whole minor unit, half of one up."""
    return int((amount * 2 + 1) // 2)
