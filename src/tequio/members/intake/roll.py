"""The whole of a member roll as read: members, contacts, rejected rows, likely duplicates and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tequio.members.intake import mapping as mappings
from tequio.members.intake.applying import Identifier, applied, in_own_words
from tequio.members.intake.checking import Checker
from tequio.members.intake.duplicates import likely_duplicates
from tequio.members.intake.reading import NumberedRow, opened_roll
from tequio.members.intake.reasons import RowFault
from tequio.members.intake.records import Rejected, RollContact, RollMember
from tequio.members.intake.sheets import read_sheet
from tequio.members.intake.translating import CenterNames
from tequio.rules.reasons import Text

__all__ = ["Rejected", "Roll", "RollContact", "RollMember", "read_mapped", "read_roll"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """What a correct import of the file creates, and what a person should look at.

    `members` by id and `contacts` are in the order of the file. Phones are counted on kept rows only; a doubtful one
    can be read as a number that nobody is given. `ignored_columns` are columns of the file a roll does not have.
    `lacking` are columns of a roll that a mapped file does not have; `notes` say how it was read.
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
    lacking: frozenset[str] = frozenset()
    notes: tuple[Text, ...] = ()

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
    with opened_roll(path=path) as file:
        read = _read(rows=file, currencies=currencies, languages=languages)
        return read.roll(encoding=file.encoding, ignored_columns=file.ignored_columns)


def read_mapped(
    *,
    path: Path | str,
    mapping: mappings.Mapping,
    centers: Sequence[CenterNames],
    on: date,
    identify: Identifier,
) -> Roll:
    """Read and check any spreadsheet at `path` through a mapping; `on` is the day of import.

    Rows keep the numbers they have in that file, and reasons name its own headings. Refuses a file that holds no
    table, and a mapping that does not fit it or leaves open what must be known.
    """
    sheet = read_sheet(path=path)
    rows = applied(sheet=sheet, mapping=mapping, centers=centers, on=on, identify=identify)
    read = _read(
        rows=rows,
        currencies={center.code: center.currency for center in centers},
        languages={center.code: center.language for center in centers},
    )
    read.rejected = [
        Rejected(row=r.row, code=r.code, text=in_own_words(text=r.text, mapping=mapping)) for r in read.rejected
    ]
    used = {heading for headings in mapping.columns.values() for heading in headings}
    return read.roll(
        encoding=sheet.encoding,
        ignored_columns=tuple(heading for heading in sheet.headings if heading not in used),
        lacking=mapping.lacking,
        notes=sheet.notes,
    )


@dataclass(slots=True, kw_only=True)
class _Read:
    """What the rows of a file come to."""

    checker: Checker
    contacts: list[RollContact]
    rejected: list[Rejected]
    normalized: int = 0
    unusable: int = 0
    doubtful: int = 0

    def roll(
        self,
        *,
        encoding: str,
        ignored_columns: tuple[str, ...],
        lacking: frozenset[str] = frozenset(),
        notes: tuple[Text, ...] = (),
    ) -> Roll:
        return Roll(
            encoding=encoding,
            ignored_columns=ignored_columns,
            centers=tuple(self.checker.currencies),
            members=self.checker.members,
            contacts=self.contacts,
            rejected=self.rejected,
            phones_normalized=self.normalized,
            phones_unusable=self.unusable,
            phones_doubtful=self.doubtful,
            lacking=lacking,
            notes=notes,
        )


def _read(*, rows: Iterable[NumberedRow], currencies: Mapping[str, str], languages: Mapping[str, str]) -> _Read:
    """Check rows one by one; a bad one is set aside with its reason."""
    checker = Checker(currencies=currencies, languages=languages)
    read = _Read(checker=checker, contacts=[], rejected=[])
    for number, values in rows:
        try:
            if isinstance(values, RowFault):
                raise values
            checked = checker.check(number=number, values=values)
        except RowFault as fault:
            read.rejected.append(Rejected(row=number, code=fault.code, text=fault.text))
            continue
        read.contacts.append(checked.contact)
        if checked.phone:
            read.normalized += checked.phone.normalized
            read.unusable += not checked.phone.usable
            read.doubtful += checked.phone.doubtful
    return read
