"""Saving a member roll: all of it or nothing, and the same file again changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.queries import all_centers
from tequio.kernel import bulk
from tequio.kernel.bulk import stored_day
from tequio.kernel.encryption import encrypted, fingerprint
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.operations import Happening
from tequio.members import hooks
from tequio.members.intake.duplicates import likeness_key
from tequio.members.intake.roll import Roll, RollContact, RollMember, read_roll
from tequio.members.models import Contact, Member, Membership
from tequio.rules.periods import first_period_start
from tequio.rules.reasons import Text

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
_CONTACT_COLUMNS = (
    "member_id",
    "position",
    "name",
    "is_representative",
    "is_billing",
    "is_technical",
    "email",
    "phone",
    "phone_usable",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "language",
    "row_key",
    "fingerprint",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something in the file the program will not decide: a person must."""

    row: int
    code: str
    text: Text


@dataclass(slots=True, kw_only=True)
class ImportResult:
    """What a roll held, and what importing it wrote (`changed`: members and contacts made or altered)."""

    roll: Roll
    changed: int = 0
    questions: list[Question] = field(default_factory=list)


def import_roll(*, path: Path, actor: str, at: datetime, dry_run: bool = False) -> ImportResult:
    """Import a member roll (CSV, one row per contact) in one transaction.

    Rows in error are set aside with their reason; all others are kept. Members and contacts already known are
    updated where the file says otherwise; nothing is removed because a file lacks it. Opening balances are booked
    once. With `dry_run` everything is done and taken back. Refuses a file that is no roll.
    """
    centers = {center.code: center for center in all_centers()}
    roll = read_roll(
        path=path,
        currencies={code: center.currency for code, center in centers.items()},
        languages={code: center.language for code, center in centers.items()},
    )
    result = ImportResult(roll=roll)
    with transaction.atomic():
        _save(result=result, centers=centers, actor=actor, at=at)
        if dry_run:
            transaction.set_rollback(True)
    return result


def _save(*, result: ImportResult, centers: dict[str, Center], actor: str, at: datetime) -> None:
    # Whoever changes many members of a center holds its row, so two imports, or an import and a dues run, take turns.
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    roll = result.roll
    pks, known = _known_members(codes=roll.members)
    contacts = _contacts_by_member(contacts=roll.contacts)
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
    happenings, altered, moved = _update_members(
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
    written = _save_contacts(contacts=contacts, pks=pks)
    result.changed = len(made) + len(altered) + written
    if result.changed:
        hooks.refresh_standings(member_pks=[pks[m.member_id] for m in made] + moved, actor=actor, at=at)
        payload = {"members_made": len(made), "members_changed": len(altered), "contacts_written": written}
        happenings.append(Happening(kind=Kind.MEMBERS_IMPORTED, subject="members", payload=payload))
        journal.append_many(happenings=happenings, actor=actor, at=at)


def _known_members(*, codes: Iterable[str]) -> tuple[dict[str, int], dict[str, tuple[Any, ...]]]:
    wanted = set(codes)
    pks: dict[str, int] = {}
    known: dict[str, tuple[Any, ...]] = {}
    rows = Member.objects.order_by("pk").values_list("pk", *_MEMBER_COLUMNS).iterator(chunk_size=5000)
    for pk, *values in rows:
        if values[0] in wanted:
            pks[values[0]] = pk
            known[values[0]] = tuple(values)
    return pks, known


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
    known: dict[str, tuple[Any, ...]],
    centers: dict[str, Center],
    pks: dict[str, int],
    languages: dict[str, str],
    result: ImportResult,
    actor: str,
    at: datetime,
) -> tuple[list[Happening], list[str], list[int]]:
    """Bring known members to what the file says; returns the events, the codes altered and the ids to restand."""
    happenings: list[Happening] = []
    altered: list[str] = []
    moved: list[int] = []
    for member in members:
        code, old = member.member_id, known[member.member_id]
        new = _member_values(member=member, centers=centers)
        changed = {name for name, before, after in zip(_MEMBER_COLUMNS, old, new, strict=True) if before != after}
        if not changed:
            continue
        values = dict(zip(_MEMBER_COLUMNS, new, strict=True))
        if "center_id" in changed:
            changed.discard("center_id")
            result.questions.append(
                Question(
                    row=member.row,
                    code="center_moved",
                    text=Text(
                        en=f"{code} is in another center here. Moving a member between centers is decided by a person.",
                        es=f"{code} está aquí en otro centro. Pasar una membresía de un centro a otro lo decide una "
                        "persona.",
                    ),
                )
            )
        if changed & {"paid_until", "opening_balance"}:
            opening = _opening(member=member, centers=centers, pk=pks[code], language=languages[code], is_new=False)
            if hooks.book_openings(openings=[opening], actor=actor, at=at):
                changed -= {"paid_until", "opening_balance"}
                result.questions.append(
                    Question(
                        row=member.row,
                        code="opening_in_use",
                        text=Text(
                            en=f"{code} was billed or has paid since the first import; its opening stays as it was.",
                            es=f"{code} ya recibió avisos o pagó desde la primera importación; su saldo inicial queda "
                            "como estaba.",
                        ),
                    )
                )
            else:
                Membership.objects.filter(member_id=pks[code], left_on__isnull=True).update(
                    first_period_on=_first_period(member=member)
                )
                moved.append(pks[code])
        if changed:
            Member.objects.filter(pk=pks[code]).update(**{name: values[name] for name in changed})
            altered.append(code)
            happenings.append(
                Happening(kind=Kind.MEMBER_CHANGED, subject=f"member:{code}", payload={"fields": sorted(changed)})
            )
    return happenings, altered, moved


def _save_contacts(*, contacts: dict[str, list[RollContact]], pks: dict[str, int]) -> int:
    """Make new contacts and bring changed ones up to date; returns how many rows were written."""
    there: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    ours = set(pks.values())
    for member_pk, pk, row_key, print_ in (
        Contact.objects.order_by("pk").values_list("member_id", "pk", "row_key", "fingerprint").iterator(5000)
    ):
        if member_pk in ours:
            there[member_pk].append((pk, row_key, print_))
    fresh: list[tuple[Any, ...]] = []
    renewed: list[tuple[Any, ...]] = []
    for code, rows in contacts.items():
        member_pk = pks[code]
        known = there.get(member_pk, [])
        same = {print_: [pk for pk, _, other in known if other == print_] for _, _, print_ in known}
        unseen: list[tuple[int, RollContact, str, str]] = []
        for position, row in enumerate(rows):
            row_key, print_ = _keys(row=row)
            if same.get(print_):
                same[print_].pop(0)
            else:
                unseen.append((position, row, row_key, print_))
        unmatched = {pk for pks_left in same.values() for pk in pks_left}
        left = {row_key: pk for pk, row_key, _ in known if pk in unmatched}
        for position, row, row_key, print_ in unseen:
            values = _contact_values(member_pk=member_pk, position=position, row=row, row_key=row_key, print_=print_)
            match = left.pop(row_key, None)
            if match is None:
                fresh.append(values)
            else:
                renewed.append((*values, match))
    bulk.insert(model=Contact, columns=_CONTACT_COLUMNS, rows=fresh)
    bulk.update_by_id(model=Contact, columns=_CONTACT_COLUMNS, rows=renewed)
    return len(fresh) + len(renewed)


def _keys(*, row: RollContact) -> tuple[str, str]:
    """How a contact of the file is known again: by its e-mail or else its name, and by everything it says."""
    fields = (row.name, ";".join(row.roles), row.email, row.phone, row.street, row.city, row.state)
    return (
        fingerprint("contact", row.email.casefold() or row.name.casefold()),
        fingerprint("row", *fields, row.postal_code, row.country, row.language),
    )


def _contact_values(*, member_pk: int, position: int, row: RollContact, row_key: str, print_: str) -> tuple[Any, ...]:
    return (
        member_pk,
        position,
        row.name,
        "representative" in row.roles,
        "billing" in row.roles,
        "technical" in row.roles,
        row.email,
        encrypted(row.phone),
        row.phone_usable,
        encrypted(row.street),
        row.city,
        row.state,
        row.postal_code,
        row.country,
        row.language,
        row_key,
        print_,
    )
