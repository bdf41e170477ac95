"""The demo organization's member roll: the spreadsheet a volunteer would bring on the first days of 2016."""

import csv
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from tequio.members.intake.duplicates import likeness_key
from tequio.project.demo import names
from tequio.rules.reasons import Text

COLUMNS = names.words(
    text="member_id member_name kind center joined_on sector income_band operations paid_until balance_due currency "
    "contact_name contact_roles email phone street city state postal_code country language"
)
# Fewer leave no room for the planted defects; more would run out of names that differ.
FEWEST_MEMBERS, MOST_MEMBERS = 80, 3_000

# The roll is the one of the first days of this year.
_STORY_YEAR = 2016
# The organization's published shape (2012 and 2022).
_MEXICAN_SHARE = 0.20
_ORGANIZATION_SHARE = 2 / 3
_ARREARS_SHARE = 0.105
_OPERATIONS_SHARE = 0.85
# The demo's own guesses.
_UNDECLARED_SHARE = 0.20
_PART_OWED_SHARE = 0.30
_ADDRESS_SHARE = 0.22
_SPANISH_IN_US_SHARE = 0.12
_JOINED_IN_YEAR = dict(zip(range(2005, 2016), (6, 6, 8, 9, 10, 12, 12, 11, 8, 7, 6), strict=True))
_INCOME_BANDS = {"1": 22, "2": 30, "3": 28, "4": 14, "5": 6}
_ALL_ROUND = "representative;billing"
_ROLES_BY_CONTACTS = {
    1: ((_ALL_ROUND,),),
    2: ((_ALL_ROUND, "technical"), ("representative", "billing;technical"), ("representative", "billing")),
    3: (("representative", "representative;technical", "billing"), (_ALL_ROUND, "representative", "technical")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One defect put into the roll on purpose, so that the demo shows what the import makes of it.

    `code` is the import's reason code for the row, or "duplicate" or "phone_unusable" for what the import lists
    and keeps. `contact` counts the member's rows from 1; `same_as` is the other half of a duplicate.
    """

    code: str
    member_id: str
    column: str
    value: str
    what: Text
    rejected: bool = False
    contact: int = 1
    same_as: str = ""


PLANTED = (
    Planted(
        code="duplicate",
        member_id="NY-0041",
        same_as="NY-0009",
        column="member_name",
        value="PATIENT OAR BIKE WORKSHOP COOPERATIVE",
        what=Text(
            en="NY-0041 is NY-0009 entered again, in capitals.",
            es="NY-0041 es NY-0009, capturada otra vez y en mayúsculas.",
        ),
    ),
    Planted(
        code="duplicate",
        member_id="MX-0013",
        same_as="MX-0003",
        column="member_name",
        value="Colectivo Fotografico Raices del Mezquite",
        what=Text(
            en="MX-0013 is MX-0003 entered again, without its accents.",
            es="MX-0013 es MX-0003, capturada otra vez y sin acentos.",
        ),
    ),
    Planted(
        code="phone_unusable",
        member_id="NY-0017",
        column="phone",
        value="the shop downstairs, ask for Delia",
        what=Text(
            en="NY-0017 has a sentence where its phone number should be.",
            es="NY-0017 tiene una frase donde debería ir su teléfono.",
        ),
    ),
    Planted(
        code="email_invalid",
        member_id="MX-0006",
        contact=2,
        column="email",
        value="avisos arroba example.org",
        rejected=True,
        what=Text(
            en="The second contact of MX-0006 has an e-mail without its @.",
            es="El segundo contacto de MX-0006 tiene un correo sin arroba.",
        ),
    ),
    Planted(
        code="date_invalid",
        member_id="NY-0026",
        column="joined_on",
        value="2005-09-31",
        rejected=True,
        what=Text(
            en="NY-0026 joined on 31 September, which does not exist; its only row is refused, the member left out.",
            es="NY-0026 ingresó el 31 de septiembre, día que no existe; su única fila se rechaza y queda fuera.",
        ),
    ),
)
_PLANTED_IDS = frozenset(p.member_id for p in PLANTED) | frozenset(p.same_as for p in PLANTED if p.same_as)
_TWINS = {p.member_id: p for p in PLANTED if p.same_as}
# The members whose defect needs a certain name, a second contact, or a row of their own.
_NAMED = {
    "NY-0009": ("Patient Oar Bike Workshop Cooperative", "cooperative"),
    "MX-0003": ("Colectivo Fotográfico Raíces del Mezquite", "media"),
}
_WITH_TWO_CONTACTS = frozenset({"MX-0006"})
_INDIVIDUALS = frozenset({"NY-0026"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Center:
    """A center as the roll needs it; `dues` are whole units a year before the split of 2016 (MXN: assumed sums)."""

    code: str
    prefix: str
    currency: str
    dues: dict[str, int]
    part_owed: dict[str, Sequence[int]]


_NEW_YORK = _Center(
    code="us",
    prefix="NY",
    currency="USD",
    dues={"organization": 200, "individual": 100},
    part_owed={"organization": (50, 80, 100, 150), "individual": (25, 40, 50)},
)
_MEXICO_CITY = _Center(
    code="mx",
    prefix="MX",
    currency="MXN",
    dues={"organization": 4_100, "individual": 3_280},
    part_owed={"organization": (1_100, 2_050, 2_600), "individual": (780, 1_640)},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A member before it becomes rows; `owed` is whole units of the center's currency, 0 for a member in order."""

    member_id: str
    name: str
    kind: str
    center: _Center
    joined_on: date
    sector: str
    income_band: str
    operations: bool
    owed: int
    contacts: tuple[dict[str, str], ...] = ()

    def rows(self) -> Iterator[dict[str, str]]:
        """One row a contact, the member's columns the same in each."""
        # Late is who has not paid the year that began on last year's anniversary.
        paid_until = self.joined_on.replace(year=_STORY_YEAR - 1 if self.owed else _STORY_YEAR)
        own = {
            "member_id": self.member_id,
            "member_name": self.name,
            "kind": self.kind,
            "center": self.center.code,
            "joined_on": self.joined_on.isoformat(),
            "sector": self.sector,
            "income_band": self.income_band,
            "operations": "yes" if self.operations else "no",
            "paid_until": paid_until.isoformat(),
            "balance_due": f"{self.owed}.00",
            "currency": self.center.currency,
        }
        for contact in self.contacts:
            yield own | contact


def write_roll(*, path: Path, members: int = 760, seed: int = 2016) -> None:
    """This function will write a roll of `members` members to `path`: UTF-8 CSV, one row a contact.

    The same `members` and `seed` give the same bytes. The duplicates of PLANTED count as members, and the one
    member whose only row is unreadable counts too. Amounts are whole units of the center's currency.
    Raises ValueError for fewer than FEWEST_MEMBERS or more than MOST_MEMBERS. Source of the shape: what the
    organization published for 2012 and 2022, dues before the split of 2016.
    """
    if not FEWEST_MEMBERS <= members <= MOST_MEMBERS:
        raise ValueError(f"A demo roll has {FEWEST_MEMBERS} to {MOST_MEMBERS} members, not {members}.")
    rng = random.Random(seed)
    taken = {likeness_key(name=name) for name, _ in _NAMED.values()}
    mexican = round(members * _MEXICAN_SHARE)
    rows = [
        row
        for center, count in ((_NEW_YORK, members - mexican), (_MEXICO_CITY, mexican))
        for member in _members_of(rng=rng, center=center, count=count, taken=taken)
        for row in member.rows()
    ]
    _plant(rows=rows)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _plant(*, rows: Sequence[dict[str, str]]) -> None:
    """Write the values of PLANTED over those of the rows they name (duplicates are members of their own)."""
    for planted in PLANTED:
        if not planted.same_as:
            own = [row for row in rows if row["member_id"] == planted.member_id]
            own[planted.contact - 1][planted.column] = planted.value


def _members_of(*, rng: random.Random, center: _Center, count: int, taken: set[str]) -> list[_Member]:
    """The members of a center, numbered as they joined; their names, but for accents and case, go into `taken`."""
    ids = [f"{center.prefix}-{number:04d}" for number in range(1, count + 1)]
    joined = dict(zip(ids, sorted(_joining_day(rng=rng) for _ in ids), strict=True))
    free = [i for i in ids if i not in _PLANTED_IDS]
    abroad = dict(zip(rng.sample(free, len(names.ABROAD)), names.ABROAD, strict=True)) if center is _NEW_YORK else {}
    organizations = _drawn(
        rng=rng,
        ids=ids,
        share=_ORGANIZATION_SHARE,
        surely=[i for i in ids if i in abroad or (i in _PLANTED_IDS and i not in _INDIVIDUALS)],
        never=_INDIVIDUALS,
    )
    # Who joined last year has paid the first one, and a planted member's row may be refused: neither is late.
    settled = [i for i in ids if joined[i].year == _STORY_YEAR - 1 or i in _PLANTED_IDS]
    late = _drawn(rng=rng, ids=ids, share=_ARREARS_SHARE, never=settled)
    part_owed = _drawn(rng=rng, ids=sorted(late), share=_PART_OWED_SHARE)
    with_operations = _drawn(rng=rng, ids=ids, share=_OPERATIONS_SHARE)
    undeclared = _drawn(rng=rng, ids=ids, share=_UNDECLARED_SHARE)
    members: dict[str, _Member] = {}
    for member_id in ids:
        if member_id in _TWINS:
            twin = _TWINS[member_id]
            members[member_id] = _entered_again(member=members[twin.same_as], twin=twin, joined_on=joined[member_id])
            continue
        kind = "organization" if member_id in organizations else "individual"
        owed = 0
        if member_id in late:
            owed = rng.choice(center.part_owed[kind]) if member_id in part_owed else center.dues[kind]
        band = "" if member_id in undeclared else rng.choices([*_INCOME_BANDS], weights=[*_INCOME_BANDS.values()])[0]
        member = _Member(
            member_id=member_id,
            name="",
            kind=kind,
            center=center,
            joined_on=joined[member_id],
            sector="",
            income_band=band,
            operations=member_id in with_operations,
            owed=owed,
        )
        members[member_id] = _introduced(rng=rng, member=member, abroad=abroad.get(member_id), taken=taken)
    return list(members.values())


def _drawn(
    *, rng: random.Random, ids: Sequence[str], share: float, surely: Sequence[str] = (), never: Collection[str] = ()
) -> frozenset[str]:
    """A share of the members, drawn so that the count is exact: `surely` among them, `never` not."""
    others = [i for i in ids if i not in surely and i not in never]
    return frozenset(surely) | frozenset(rng.sample(others, max(0, round(len(ids) * share) - len(surely))))


def _joining_day(*, rng: random.Random) -> date:
    """A day from 2005 to 2015, no 29 February: every later year has the anniversary."""
    year = rng.choices([*_JOINED_IN_YEAR], weights=[*_JOINED_IN_YEAR.values()])[0]
    # Counted in a year without 29 February.
    return (date(2015, 1, 1) + timedelta(days=rng.randrange(365))).replace(year=year)


def _entered_again(*, member: _Member, twin: Planted, joined_on: date) -> _Member:
    """The member as somebody typed it in a second time: the first contact alone, with another address."""
    contact = member.contacts[0]
    email = contact["email"].partition("@")[0] + ".2@example.net"
    again = contact | {"email": email, "phone": "", "contact_roles": _ALL_ROUND}
    return replace(member, member_id=twin.member_id, name=twin.value, joined_on=joined_on, contacts=(again,))


def _introduced(*, rng: random.Random, member: _Member, abroad: names.Abroad | None, taken: set[str]) -> _Member:
    """The member with its name, sector and contacts."""
    if abroad:
        named = replace(member, name=abroad.name, sector=abroad.sector)
        people, place, language = [abroad.contact], abroad.place, abroad.language
    else:
        place = rng.choice(names.PLACES[member.center.code])
        language = "es" if member.center is _MEXICO_CITY or rng.random() < _SPANISH_IN_US_SHARE else "en"
        named = _named(rng=rng, member=member, language=language, place=place, taken=taken)
        people = _people(rng=rng, member=named, language=language, country=place.country)
    taken.add(likeness_key(name=named.name))
    # The refused contact must not be the one invoices go to.
    choices = _ROLES_BY_CONTACTS[len(people)]
    roles = choices[0] if member.member_id in _WITH_TWO_CONTACTS else rng.choice(choices)
    contacts = (
        _contact(rng=rng, member=named, name=person, place=place) | {"contact_roles": role, "language": language}
        for person, role in zip(people, roles, strict=True)
    )
    return replace(named, contacts=tuple(contacts))


def _named(*, rng: random.Random, member: _Member, language: str, place: names.Place, taken: set[str]) -> _Member:
    """The member with a sector and a name nobody else has, however it is spelled."""
    if member.member_id in _NAMED:
        name, sector = _NAMED[member.member_id]
        return replace(member, name=name, sector=sector)
    while True:
        if member.kind == "organization":
            name, sector = names.organization_name(rng=rng, language=language, place=place)
        else:
            name = names.person_name(rng=rng, language=language, country=place.country)
            sector = rng.choice(names.SECTORS)
        if likeness_key(name=name) not in taken:
            return replace(member, name=name, sector=sector)


def _people(*, rng: random.Random, member: _Member, language: str, country: str) -> list[str]:
    """The names of the member's contacts: an individual's own, or one to three people of an organization."""
    if member.kind == "individual":
        return [member.name]
    count = 2 if member.member_id in _WITH_TWO_CONTACTS else rng.choice((1, 2, 2, 3))
    by_given: dict[str, str] = {}
    while len(by_given) < count:
        # Two of one given name in one organization would share an e-mail.
        person = names.person_name(rng=rng, language=language, country=country)
        by_given.setdefault(person.split()[0], person)
    return list(by_given.values())


def _contact(*, rng: random.Random, member: _Member, name: str, place: names.Place) -> dict[str, str]:
    """A contact's columns except role and language; most have no postal address, some no phone."""
    has_address = rng.random() < _ADDRESS_SHARE and place.postal != ""
    organization = member.name if member.kind == "organization" else ""
    return {
        "contact_name": name,
        "email": names.email_address(rng=rng, member_id=member.member_id, organization=organization, person=name),
        "phone": names.phone_number(rng=rng, place=place),
        "street": names.street_line(rng=rng, country=place.country) if has_address else "",
        "city": place.city if has_address else "",
        "state": place.state if has_address else "",
        "postal_code": names.postal_code(rng=rng, place=place) if has_address else "",
        "country": place.country,
    }
