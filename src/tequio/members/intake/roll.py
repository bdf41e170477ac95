"""The whole of a member roll as read: members, contacts, rejected rows, likely duplicates and what they add up to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tequio.members.intake.checking import Checker
from tequio.members.intake.duplicates import likely_duplicates
from tequio.members.intake.reading import opened_roll
from tequio.members.intake.reasons import RowFault
from tequio.members.intake.records import Rejected, RollContact, RollMember

__all__ = ["Rejected", "Roll", "RollContact", "RollMember", "read_roll"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """What a correct import of the file creates, and what a person should look at.

    `members` by id and `contacts` are in the order of the file. Phones are counted on kept rows only; a doubtful one
    can be read as a number that nobody is given. `ignored_columns` are columns of the file a roll does not have.
    """

    encoding: str
    ignored_columns: tuple[str, ...]
    centers: tuple[str, ...]
    members: dict[str, RollMember]
    contacts: list[RollContact]
    rejected: list[Rejected]
    phones_normalized: int
    phones_unusable: int
    phones_doubtful: int

    def by_group(self) -> dict[str, int]:
        """Members by center, kind and operations: {"us/organization/yes": 355}. Groups without members are left out."""
        groups = Counter(
            f"{member.center}/{member.kind}/{'yes' if member.operations else 'no'}" for member in self.members.values()
        )
        return dict(sorted(groups.items()))

    def opening(self) -> dict[str, int]:
        """What members owe from before, by center, in minor units of its currency. Every center is there."""
        owed = dict.fromkeys(self.centers, 0)
        for member in self.members.values():
            owed[member.center] += member.balance_due
        return owed

    def duplicates(self) -> list[tuple[str, str]]:
        """Pairs of ids (earlier, later) that a person should compare."""
        members = self.members.values()
        return likely_duplicates(members=((member.member_id, member.center, member.name) for member in members))


def read_roll(*, path: Path | str, currencies: Mapping[str, str], languages: Mapping[str, str]) -> Roll:
    """Read and check the CSV file at `path`, a row per contact; no row is half kept.

    `currencies` and `languages` give the currency and the language of each center by its code. Refuses a file that is
    no roll at all; a bad row is rejected and all others are kept.
    """
    checker = Checker(currencies=currencies, languages=languages)
    contacts: list[RollContact] = []
    rejected: list[Rejected] = []
    normalized = unusable = doubtful = 0
    with opened_roll(path=path) as file:
        for number, values in file:
            try:
                if isinstance(values, RowFault):
                    raise values
                checked = checker.check(number=number, values=values)
            except RowFault as fault:
                rejected.append(Rejected(row=number, code=fault.code, text=fault.text))
                continue
            contacts.append(checked.contact)
            if checked.phone:
                normalized += checked.phone.normalized
                unusable += not checked.phone.usable
                doubtful += checked.phone.doubtful
        encoding, ignored_columns = file.encoding, file.ignored_columns
    return Roll(
        encoding=encoding,
        ignored_columns=ignored_columns,
        centers=tuple(currencies),
        members=checker.members,
        contacts=contacts,
        rejected=rejected,
        phones_normalized=normalized,
        phones_unusable=unusable,
        phones_doubtful=doubtful,
    )
