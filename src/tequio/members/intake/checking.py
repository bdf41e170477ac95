"""From a row of text to a member and a contact, or to the first reason why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from tequio.members.intake.phones import Phone, read_phone, region_of
from tequio.members.intake.reasons import fault
from tequio.members.intake.records import CAPS, RollContact, RollMember, RollRow
from tequio.rules.money import AmountError, minor_units
from tequio.rules.reasons import LANGUAGES

KINDS: Final = ("organization", "individual")
ROLES: Final = ("representative", "billing", "technical")
OPERATIONS: Final[Mapping[str, bool]] = {"yes": True, "no": False}
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_BAND = re.compile(r"[1-9]")
# One address: anything but spaces, brackets, quotes and separators, then a domain of at least two labels. Letters
# beyond ASCII are allowed on both sides, because such addresses exist; whether mail arrives is not decided here.
_LOCAL = re.compile(r"[^\s@\"(),:;<>\[\]\\.]+(?:\.[^\s@\"(),:;<>\[\]\\.]+)*")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LOCAL_AT_MOST = 64
# What is remembered is short: the caches must not keep the huge fields of a bad file.
_DAY_LENGTH = 10
_AMOUNT_AT_MOST = 32
_SHARED_AT_MOST = 64
# Control characters, and the separators that break lines. Marks of direction and zero-width characters stay: names
# are written with them. The street alone may have line breaks and tabs.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_STREET = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SHORTEST_CAP = min(CAPS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """A row without fault. `member` is the one already known where an earlier row told of it."""

    member: RollMember
    contact: RollContact
    phone: Phone | None


@dataclass(slots=True, kw_only=True)
class Checker:
    """Checks the rows of one file in their order, and keeps the members of the rows it found in order.

    `currencies` and `languages` give each center's currency and language by its code.
    """

    currencies: Mapping[str, str]
    languages: Mapping[str, str]
    members: dict[str, RollMember] = field(default_factory=dict)
    # One object for each city, sector and the like: a roll repeats them a hundred thousand times.
    _shared: dict[str, str] = field(default_factory=dict)

    def check(self, *, number: int, values: RollRow) -> CheckedRow:
        """The member and the contact of a row. Raises RowFault with the first reason that applies, and keeps nothing.

        The order is that of the roll's contract, then our own additional reasons.
        """
        row = RollRow._make(map(str.strip, values))
        member = self._contract(number=number, row=row)
        _check_own_reasons(row=row)
        known = self.members.get(row.member_id)
        if known is None:
            known = self.members[row.member_id] = member
        phone = self._phone(row=row, currency=known.currency)
        return CheckedRow(member=known, contact=self._contact(number=number, row=row, phone=phone), phone=phone)

    def _contract(self, *, number: int, row: RollRow) -> RollMember:
        """The member as this row describes it, if none of the contract's reasons applies."""
        if not row.member_id:
            raise fault(code="member_id_missing")
        if row.kind not in KINDS:
            raise fault(code="kind_missing")
        currency = self.currencies.get(row.center)
        if currency is None:
            raise fault(code="center_unknown", value=row.center, centers=", ".join(self.currencies))
        joined_on = _day(text=row.joined_on, column="joined_on")
        paid_until = _day(text=row.paid_until, column="paid_until")
        balance_due = _amount(row.balance_due) if len(row.balance_due) <= _AMOUNT_AT_MOST else None
        if balance_due is None:
            raise fault(code="amount_invalid", value=row.balance_due)
        if row.currency != currency:
            raise fault(code="currency_mismatch", center=row.center, currency=currency, value=row.currency)
        if row.email and not is_email(text=row.email):
            raise fault(code="email_invalid")
        first = self.members.get(row.member_id)
        member = RollMember(
            member_id=row.member_id,
            name=row.member_name,
            kind=self._one(row.kind),
            center=self._one(row.center),
            joined_on=joined_on,
            sector=self._one(row.sector),
            income_band=int(row.income_band) if _BAND.fullmatch(row.income_band) else None,
            operations=row.operations == "yes",
            paid_until=paid_until,
            balance_due=balance_due,
            currency=currency,
            row=number,
        )
        if first is not None:
            _check_agrees(first=first, member=member, row=row)
        return member

    def _contact(self, *, number: int, row: RollRow, phone: Phone | None) -> RollContact:
        one = self._one
        return RollContact(
            member_id=self.members[row.member_id].member_id,
            name=row.contact_name,
            roles=_roles(row.contact_roles),
            email=row.email,
            phone=phone.text if phone else "",
            phone_usable=phone.usable if phone else None,
            phone_doubtful=bool(phone and phone.doubtful),
            street=row.street,
            city=one(row.city),
            state=one(row.state),
            postal_code=one(row.postal_code),
            country=one(row.country.upper()),
            language=one(row.language or self.languages.get(row.center, "")),
            row=number,
        )

    def _phone(self, *, row: RollRow, currency: str) -> Phone | None:
        if not row.phone:
            return None
        return read_phone(text=row.phone, region=region_of(country=row.country, currency=currency))

    def _one(self, text: str) -> str:
        return self._shared.setdefault(text, text) if len(text) <= _SHARED_AT_MOST else text


def is_email(*, text: str) -> bool:
    """Whether the text is one e-mail address, by its form alone."""
    local, at, domain = text.rpartition("@")
    return bool(
        at
        and len(text) <= CAPS["email"]
        and len(local) <= _LOCAL_AT_MOST
        and text.isprintable()
        and _LOCAL.fullmatch(local)
        and _DOMAIN.fullmatch(domain)
    )


def _day(*, text: str, column: str) -> date:
    day = _iso_day(text) if len(text) == _DAY_LENGTH else None
    if day is None:
        raise fault(code="date_invalid" if text else "date_missing", value=text, column=column)
    return day


@lru_cache(maxsize=8192)
def _iso_day(text: str) -> date | None:
    """The day of YYYY-MM-DD, a day that exists; None for all other text. Remembered: a roll has few distinct days."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


@lru_cache(maxsize=1024)
def _amount(text: str) -> int | None:
    """Minor units, None where the text is no amount or below zero."""
    try:
        amount = minor_units(amount=text)
    except AmountError:
        return None
    return amount if amount >= 0 else None


@lru_cache(maxsize=64)
def _roles(text: str) -> tuple[str, ...]:
    """The roles in a text like "representative;billing", each once."""
    return tuple(dict.fromkeys(role.strip() for role in text.split(";") if role.strip()))


def _check_agrees(*, first: RollMember, member: RollMember, row: RollRow) -> None:
    """Raises conflict_with_line where a member's column differs from its first kept row.

    Dates and amounts are compared by value: 100 and 100.00 do not contradict each other. A band or an answer that
    cannot be read at all differs from one that was.
    """
    said_operations = "yes" if first.operations else "no"
    differs = {
        "member_name": first.name != member.name,
        "kind": first.kind != member.kind,
        "center": first.center != member.center,
        "joined_on": first.joined_on != member.joined_on,
        "sector": first.sector != member.sector,
        "income_band": str(first.income_band or "") != row.income_band,
        "operations": said_operations != row.operations,
        "paid_until": first.paid_until != member.paid_until,
        "balance_due": first.balance_due != member.balance_due,
    }
    for column, different in differs.items():
        if different:
            raise fault(code="conflict_with_line", column=column, row=first.row)


def _check_own_reasons(*, row: RollRow) -> None:
    """Raises the reasons the contract does not know."""
    if not row.member_name:
        raise fault(code="name_missing")
    if row.operations not in OPERATIONS:
        raise fault(code="operations_invalid", value=row.operations)
    if row.income_band and not _BAND.fullmatch(row.income_band):
        raise fault(code="income_band_invalid", value=row.income_band)
    unknown = next((role for role in _roles(row.contact_roles) if role not in ROLES), None)
    if unknown is not None:
        raise fault(code="roles_invalid", value=unknown)
    if row.country and not _COUNTRY.fullmatch(row.country):
        raise fault(code="country_invalid", value=row.country)
    if row.language and row.language not in LANGUAGES:
        raise fault(code="language_unknown", value=row.language)
    if max(map(len, row)) > _SHORTEST_CAP:
        _check_lengths(row=row)
    _check_characters(row=row)


def _check_lengths(*, row: RollRow) -> None:
    for column, value in zip(RollRow._fields, row, strict=True):
        if len(value) > CAPS[column]:
            raise fault(code="field_too_long", column=column, cap=CAPS[column])


def _check_characters(*, row: RollRow) -> None:
    # An id is typed and compared; a character nobody sees would make two members of one.
    if not row.member_id.isprintable():
        raise fault(code="text_unprintable", column="member_id")
    if not _CONTROL.search("".join(row)):
        return
    for column, value in zip(RollRow._fields, row, strict=True):
        if (_CONTROL_IN_STREET if column == "street" else _CONTROL).search(value):
            raise fault(code="text_unprintable", column=column)
