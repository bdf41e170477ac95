"""Saving a member roll: all of it or nothing, and the same file again changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from tequio.centers.models import Center
from tequio.centers.queries import all_centers
from tequio.kernel import bulk
from tequio.kernel.background import Progress
from tequio.kernel.bulk import stored_day
from tequio.kernel.encryption import fingerprint
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.members import hooks
from tequio.members.intake.duplicates import likeness_key
from tequio.members.intake.mapping import Mapping
from tequio.members.intake.roll import Roll, RollContact, RollMember, read_mapped, read_roll
from tequio.members.intake.translating import CenterNames
from tequio.members.models import Member, Membership
from tequio.members.operations.contacts import save_contacts
from tequio.members.operations.lacking import keep_contacts, keep_member
from tequio.rules.periods import first_period_start
from tequio.rules.reasons import Text

_ID_DIGITS = 12  # hexadecimal: two of a million names share one with a chance of one in five hundred
_MEMBER_COLUMNS = (
    "code",
    "name",
    "search_name",
    "kind",
    "center_id",
    "sector",
    "income_band",
    "operations",
    "paid_until",
    "opening_balance",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something in the file the program will not decide: a person must."""

    row: int
    code: str
    text: Text


@dataclass(slots=True, kw_only=True)
class ImportResult:
    """What a roll held, and what importing it wrote (`changed`: members and contacts made or altered).

    `members_made`, `members_changed` and `contacts_written` are its parts. `mapping` is the one the file went through.
    """

    roll: Roll
    mapping: Mapping | None = None
    changed: int = 0
    members_made: int = 0
    members_changed: int = 0
    contacts_written: int = 0
    questions: list[Question] = field(default_factory=list)


def import_roll(
    *,
    path: Path,
    actor: str,
    at: datetime,
    dry_run: bool = False,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import a member roll (one row per contact) in one transaction: CSV, or any spreadsheet through a mapping.

    Rows in error are set aside with their reason; all others are kept. Members and contacts already known are
    updated where the file says otherwise; nothing is removed because a file lacks it, not a row and not a column.
    Opening balances are booked once. With `dry_run` everything is done and taken back. Refuses a file that is no roll.
    """
    progress = progress or Progress()
    centers = {center.code: center for center in all_centers()}
    progress.step = 1
    if mapping is None:
        roll = read_roll(
            path=path,
            currencies={code: center.currency for code, center in centers.items()},
            languages={code: center.language for code, center in centers.items()},
        )
    else:
        # The day of import is that of the moment in UTC: it only fills in what a file does not say.
        roll = read_mapped(
            path=path,
            mapping=mapping,
            centers=names_of_centers(centers=centers.values()),
            on=at.astimezone(UTC).date(),
            identify=id_of_name,
        )
    result = ImportResult(roll=roll, mapping=mapping)
    with transaction.atomic():
        _save(result=result, centers=centers, actor=actor, at=at, progress=progress)
        if dry_run:
            transaction.set_rollback(True)
    return result


def names_of_centers(*, centers: Iterable[Center]) -> list[CenterNames]:
    """The centers as people may write them in a file of their own."""
    return [
        CenterNames(code=c.code, names=(c.name_en, c.name_es), currency=c.currency, language=c.language)
        for c in centers
    ]


def id_of_name(center: str, name: str, /) -> str:
    """The id of a member without one: the same for the same center and name, whatever the accents and capitals.

    A keyed hash, because ids stand in the journal, which holds no name.
    """
    return "N-" + fingerprint("member-of-name", center, likeness_key(name=name))[:_ID_DIGITS].upper()


def _save(*, result: ImportResult, centers: dict[str, Center], actor: str, at: datetime, progress: Progress) -> None:
    # Whoever changes many members of a center holds its row, so two imports, or an import and a dues run, take turns.
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    progress.step = 2
    roll = result.roll
    pks, known = _known_members(codes=roll.members)
    if roll.lacking:
        _keep_what_is_known(roll=roll, known=known)
    contacts = _contacts_by_member(contacts=roll.contacts)
    if roll.lacking:
        held = {code: rows for code, rows in contacts.items() if code in known}
        contacts = {**contacts, **keep_contacts(contacts=held, pks=pks, lacking=roll.lacking)}
    made = [m for m in roll.members.values() if m.member_id not in known]
    pks.update(zip((m.member_id for m in made), bulk.reserve_ids(model=Member, count=len(made)), strict=True))
    languages = {
        code: next((c.language for c in contacts[code] if "billing" in c.roles), contacts[code][0].language)
        for code in roll.members
    }
    openings = [
        _opening(member=m, centers=centers, pk=pks[m.member_id], language=languages[m.member_id], is_new=True)
        for m in made
        if m.balance_due
    ]
    _insert_members(members=made, centers=centers, pks=pks)
    happenings, restand = _update_members(
        members=(m for m in roll.members.values() if m.member_id in known),
        known=known,
        centers=centers,
        pks=pks,
        languages=languages,
        result=result,
        actor=actor,
        at=at,
    )
    hooks.book_openings(openings=openings, actor=actor, at=at)
    progress.step = 3
    written = save_contacts(contacts=contacts, pks=pks)
    result.members_made, result.members_changed, result.contacts_written = len(made), len(happenings), written
    result.changed = len(made) + len(happenings) + written
    if result.changed:
        hooks.refresh_standings(member_pks=[pks[m.member_id] for m in made] + restand, actor=actor, at=at)
        payload = {"members_made": len(made), "members_changed": len(happenings), "contacts_written": written}
        happenings.append(Happening(kind=Kind.MEMBERS_IMPORTED, subject="members", payload=payload))
        journal.append_many(happenings=happenings, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class _Known:
    """A member that is there already: its columns, and the period of membership the first roll began."""

    values: tuple[Any, ...]
    membership_pk: int
    joined_on: date
    first_period_on: date


def _known_members(*, codes: Iterable[str]) -> tuple[dict[str, int], dict[str, _Known]]:
    wanted = set(codes)
    periods: dict[int, tuple[int, date, date]] = {}
    memberships = Membership.objects.order_by("-joined_on", "-pk")
    for row in memberships.values_list("member_id", "pk", "joined_on", "first_period_on").iterator(5000):
        periods[row[0]] = row[1:]
    pks: dict[str, int] = {}
    known: dict[str, _Known] = {}
    rows = Member.objects.order_by("pk").values_list("pk", *_MEMBER_COLUMNS).iterator(chunk_size=5000)
    for pk, *values in rows:
        if values[0] in wanted:
            pks[values[0]] = pk
            known[values[0]] = _Known(tuple(values), *periods[pk])
    return pks, known


def _keep_what_is_known(*, roll: Roll, known: dict[str, _Known]) -> None:
    """Put what is known in the place of defaults: a file without a column says nothing of it."""
    for code in roll.members.keys() & known.keys():
        old = dict(zip(_MEMBER_COLUMNS, known[code].values, strict=True))
        stored = {
            "kind": old["kind"],
            "sector": old["sector"],
            "income_band": old["income_band"],
            "operations": old["operations"],
            "paid_until": old["paid_until"],
            "balance_due": old["opening_balance"],
            "joined_on": known[code].joined_on,
        }
        roll.members[code] = keep_member(member=roll.members[code], known=stored, lacking=roll.lacking)


def _contacts_by_member(*, contacts: Iterable[RollContact]) -> dict[str, list[RollContact]]:
    grouped: dict[str, list[RollContact]] = defaultdict(list)
    for contact in contacts:
        grouped[contact.member_id].append(contact)
    return grouped


def _member_values(*, member: RollMember, centers: dict[str, Center]) -> tuple[Any, ...]:
    return (
        member.member_id,
        member.name,
        likeness_key(name=member.name),
        member.kind,
        centers[member.center].pk,
        member.sector,
        member.income_band,
        member.operations,
        member.paid_until,
        member.balance_due,
    )


def _opening(*, member: RollMember, centers: dict[str, Center], pk: int, language: str, is_new: bool) -> hooks.Opening:
    return hooks.Opening(
        member_pk=pk,
        member_code=member.member_id,
        center_pk=centers[member.center].pk,
        currency=member.currency,
        due_on=member.paid_until,
        amount=member.balance_due,
        language=language,
        is_new=is_new,
    )


def _insert_members(*, members: list[RollMember], centers: dict[str, Center], pks: dict[str, int]) -> None:
    bulk.insert(
        model=Member,
        columns=("id", *_MEMBER_COLUMNS, "standing"),
        rows=[(pks[m.member_id], *_adapted(_member_values(member=m, centers=centers)), "good") for m in members],
    )
    bulk.insert(
        model=Membership,
        columns=("member_id", "joined_on", "first_period_on"),
        rows=[(pks[m.member_id], *_adapted((m.joined_on, _first_period(member=m)))) for m in members],
    )


def _adapted(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as the engine's own driver takes them: SQLite keeps days as text."""
    return tuple(stored_day(value) if isinstance(value, date) else value for value in values)


def _first_period(*, member: RollMember) -> date:
    return first_period_start(paid_until=member.paid_until, owes=member.balance_due > 0)


def _update_members(
    *,
    members: Iterable[RollMember],
    known: dict[str, _Known],
    centers: dict[str, Center],
    pks: dict[str, int],
    languages: dict[str, str],
    result: ImportResult,
    actor: str,
    at: datetime,
) -> tuple[list[Happening], list[int]]:
    """Bring known members to what the file says; returns an event for each altered, and the ids to restand."""
    happenings: list[Happening] = []
    rows: list[tuple[Any, ...]] = []
    restand: list[int] = []
    for member in members:
        code, old = member.member_id, known[member.member_id]
        values = dict(zip(_MEMBER_COLUMNS, _member_values(member=member, centers=centers), strict=True))
        before = dict(zip(_MEMBER_COLUMNS, old.values, strict=True))
        changed = {name for name in _MEMBER_COLUMNS if values[name] != before[name]}
        if "center_id" in changed:
            changed -= {"center_id"}
            result.questions.append(_center_moved(member=member))
        if changed & {"paid_until", "opening_balance"}:
            opening = _opening(member=member, centers=centers, pk=pks[code], language=languages[code], is_new=False)
            if hooks.book_openings(openings=[opening], actor=actor, at=at):
                changed -= {"paid_until", "opening_balance"}
                result.questions.append(_opening_in_use(member=member))
            else:
                _move_first_period(member=member, old=old)
                restand.append(pks[code])
        if member.joined_on != old.joined_on and _move_joining(member=member, old=old):
            changed.add("joined_on")
            restand.append(pks[code])
        if not changed:
            continue
        new = [values[name] if name in changed else before[name] for name in _MEMBER_COLUMNS]
        rows.append((*_adapted(new), pks[code]))
        happenings.append(
            Happening(kind=Kind.MEMBER_CHANGED, subject=f"member:{code}", payload={"fields": sorted(changed)})
        )
    bulk.update_by_id(model=Member, columns=_MEMBER_COLUMNS, rows=rows)
    return happenings, restand


def _move_first_period(*, member: RollMember, old: _Known) -> None:
    """Let the years start where the corrected roll says, unless the member left and came back since."""
    before = first_period_start(paid_until=old.values[8], owes=old.values[9] > 0)
    Membership.objects.filter(pk=old.membership_pk, left_on__isnull=True, first_period_on=before).update(
        first_period_on=_first_period(member=member)
    )


def _move_joining(*, member: RollMember, old: _Known) -> bool:
    """Take over a corrected day of joining; False where the member left before that day."""
    open_or_later = Q(left_on__isnull=True) | Q(left_on__gte=member.joined_on)
    moved = Membership.objects.filter(open_or_later, pk=old.membership_pk).update(joined_on=member.joined_on)
    return moved == 1


def _center_moved(*, member: RollMember) -> Question:
    code = member.member_id
    return Question(
        row=member.row,
        code="center_moved",
        text=Text(
            en=f"{code} is in another center here. Moving a member between centers is decided by a person.",
            es=f"{code} está aquí en otro centro. Pasar una membresía de un centro a otro lo decide una persona.",
        ),
    )


def _opening_in_use(*, member: RollMember) -> Question:
    code = member.member_id
    return Question(
        row=member.row,
        code="opening_in_use",
        text=Text(
            en=f"{code} was billed or has paid since the first import; its opening stays as it was.",
            es=f"{code} ya recibió avisos o pagó desde la primera importación; su saldo inicial queda como estaba.",
        ),
    )
