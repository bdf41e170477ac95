"""What a file does not speak of stays as it is: columns it lacks are taken from who is already known."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tequio.members.intake.records import RollContact, RollMember
from tequio.members.models import Contact

_CONTACT_COLUMNS = ("email", "phone", "street", "city", "state", "postal_code", "country", "language")


def keep_member(*, member: RollMember, known: Mapping[str, Any], lacking: frozenset[str]) -> RollMember:
    """The member as the roll has it, but as it is known in what the file lacks.

    `known` holds the stored values by the names of RollMember.
    """
    return replace(member, **{column: known[column] for column in lacking & set(known)})


def keep_contacts(
    *, contacts: Mapping[str, Sequence[RollContact]], pks: Mapping[str, int], lacking: frozenset[str]
) -> dict[str, list[RollContact]]:
    """The contacts by member, each with what the file lacks from the contact it is known again as.

    They are known again as in save_contacts: by e-mail address and name, then the name, then an address that nobody
    else of the member has. Where the file has neither, the only contact of a member is its only contact.
    """
    wanted = lacking & {*_CONTACT_COLUMNS, "contact_name", "contact_roles"}
    if not wanted:
        return {code: list(rows) for code, rows in contacts.items()}
    there = _known(member_pks={pks[code] for code in contacts})
    return {
        code: _kept(rows=rows, left=list(there.get(pks[code], ())), wanted=wanted) for code, rows in contacts.items()
    }


def _known(*, member_pks: set[int]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.order_by("pk").iterator(chunk_size=5000):
        if contact.member_id in member_pks:
            found[contact.member_id].append(contact)
    return found


def _kept(*, rows: Sequence[RollContact], left: list[Contact], wanted: frozenset[str]) -> list[RollContact]:
    matches: list[Contact | None] = [None] * len(rows)
    by_name, by_email = "contact_name" not in wanted, "email" not in wanted
    addresses = [contact.email.casefold() for contact in left]
    for step in ("both", "name", "email"):
        for position, row in enumerate(rows):
            if matches[position] is not None:
                continue
            for contact in left:
                same_name = by_name and row.name != "" and row.name.casefold() == contact.name.casefold()
                same_email = by_email and row.email != "" and row.email.casefold() == contact.email.casefold()
                alone = addresses.count(contact.email.casefold()) == 1
                if {"both": same_name and same_email, "name": same_name, "email": same_email and alone}[step]:
                    matches[position] = contact
                    left.remove(contact)
                    break
    if not by_name and not by_email and len(rows) == len(left) == 1:
        matches = [left[0]]
    return [
        row if contact is None else _filled(row=row, contact=contact, wanted=wanted)
        for row, contact in zip(rows, matches, strict=True)
    ]


def _filled(*, row: RollContact, contact: Contact, wanted: frozenset[str]) -> RollContact:
    told: dict[str, Any] = {column: getattr(contact, column) for column in _CONTACT_COLUMNS if column in wanted}
    if "phone" in told:
        told["phone_usable"] = contact.phone_usable
    if "contact_name" in wanted:
        told["name"] = contact.name
    if "contact_roles" in wanted:
        roles = {
            "representative": contact.is_representative,
            "billing": contact.is_billing,
            "technical": contact.is_technical,
        }
        told["roles"] = tuple(role for role, has in roles.items() if has)
    return replace(row, **told)
