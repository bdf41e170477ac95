"""Saving the contacts of a roll: new ones made, changed ones brought up to date, none removed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tequio.kernel import bulk
from tequio.kernel.encryption import encrypted, fingerprint
from tequio.members.intake.roll import RollContact
from tequio.members.models import Contact

_COLUMNS = ("member_id", "position", "name", "is_representative", "is_billing", "is_technical", "email", "phone") + (
    "phone_usable",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "language",
    "fingerprint",
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A contact that is there already, by what it can be known again by."""

    pk: int
    email: str
    name: str
    print: str

    @property
    def both(self) -> str:
        """E-mail address and name, as they are compared together."""
        return f"{self.email} {self.name}"


def save_contacts(*, contacts: Mapping[str, Sequence[RollContact]], pks: Mapping[str, int]) -> int:
    """Make new contacts and bring changed ones up to date; returns how many rows were written.

    A row that says the same as one that is there is that one. Otherwise a contact is known again by its e-mail
    address and name together, then by either alone; but by the address alone only where nobody else of that member
    has it, for people share addresses. Each is taken once; whoever is not known is new.
    """
    there = _known(member_pks=set(pks.values()))
    fresh: list[tuple[Any, ...]] = []
    renewed: list[tuple[Any, ...]] = []
    for code, rows in contacts.items():
        left = list(there.get(pks[code], ()))
        unseen: list[tuple[int, RollContact, str]] = []
        for position, row in enumerate(rows):
            print_ = _print(row=row)
            if not _take(left=left, field="print", value=print_):
                unseen.append((position, row, print_))
        shared = Counter(known.email for known in there.get(pks[code], ()))
        matches = _matches(left=left, unseen=[row for _, row, _ in unseen], shared=shared)
        for (position, row, print_), match in zip(unseen, matches, strict=True):
            values = _values(member_pk=pks[code], position=position, row=row, print_=print_)
            if match is None:
                fresh.append(values)
            else:
                renewed.append((*values, match.pk))
    bulk.insert(model=Contact, columns=_COLUMNS, rows=fresh)
    bulk.update_by_id(model=Contact, columns=_COLUMNS, rows=renewed)
    return len(fresh) + len(renewed)


def _known(*, member_pks: set[int]) -> dict[int, list[_Known]]:
    found: dict[int, list[_Known]] = defaultdict(list)
    rows = Contact.objects.order_by("pk").values_list("member_id", "pk", "email", "name", "fingerprint")
    for member_pk, pk, email, name, print_ in rows.iterator(chunk_size=5000):
        if member_pk in member_pks:
            found[member_pk].append(_Known(pk, email.casefold(), name.casefold(), print_))
    return found


def _matches(*, left: list[_Known], unseen: Sequence[RollContact], shared: Counter[str]) -> list[_Known | None]:
    """For each row the contact it is known again as: those who agree in more are found first."""
    found: list[_Known | None] = [None] * len(unseen)
    for field in ("both", "name", "email"):
        for position, row in enumerate(unseen):
            email, name = row.email.casefold(), row.name.casefold()
            value = {"both": email and f"{email} {name}", "name": name, "email": email}[field]
            if found[position] is None and not (field == "email" and shared[email] > 1):
                found[position] = _take(left=left, field=field, value=value)
    return found


def _take(*, left: list[_Known], field: str, value: str) -> _Known | None:
    """Take the first contact with this value out of the list; none for an empty value."""
    for position, known in enumerate(left):
        if value and getattr(known, field) == value:
            return left.pop(position)
    return None


def _print(*, row: RollContact) -> str:
    fields = (row.name, ";".join(row.roles), row.email, row.phone, row.street, row.city, row.state)
    return fingerprint("row", *fields, row.postal_code, row.country, row.language)


def _values(*, member_pk: int, position: int, row: RollContact, print_: str) -> tuple[Any, ...]:
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
        print_,
    )
