"""What importing a roll does, found out by doing it: a preview does it and takes it back, a confirmation keeps it."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Max

from tequio.centers.models import Center
from tequio.kernel.background import Progress
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event
from tequio.kernel.journal.operations import canonical
from tequio.members.intake.duplicates import likely_duplicates
from tequio.members.intake.mapping import Mapping
from tequio.members.intake.reading import opened_roll
from tequio.members.intake.roll import Roll
from tequio.members.models import Contact, Member
from tequio.members.operations.importing import import_roll

ROWS_AT_MOST = 20_000
STEPS = 4  # reading, members, contacts, and looking at what came of it
ROWS_NAMED = 30
PARTS = ("made", "changed", "contacts", "rejected", "questions", "duplicates")
_AT_ONCE = 500  # codes or names in one query; SQLite has a limit on them


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What an import does, as lists a page shows and a spreadsheet takes; nothing in it but text and numbers.

    `key` is the same for the same outcome of the same values: what is confirmed is what was previewed.
    """

    key: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    openings: list[tuple[str, str, int]] = field(default_factory=list)  # center, currency, minor units
    notes: list[tuple[str, str]] = field(default_factory=list)  # English, Spanish
    made: list[tuple[int, str, str, str]] = field(default_factory=list)  # row, number, name, center
    changed: list[tuple[int, str, str, list[str]]] = field(default_factory=list)  # row, number, name, columns
    contacts: list[tuple[str, str, str, bool]] = field(default_factory=list)  # number, name, e-mail, whether new
    rejected: list[tuple[int, str, str, str]] = field(default_factory=list)  # row, code, English, Spanish
    questions: list[tuple[int, str, str, str]] = field(default_factory=list)  # as above
    duplicates: list[tuple[str, str, str, str]] = field(default_factory=list)  # number, name, number, name

    def as_json(self) -> dict[str, Any]:
        """The outcome as JSON keeps it."""
        return asdict(self)


def carry_out(
    *,
    path: Path,
    mapping: Mapping | None,
    centers: Collection[str] | None,
    actor: str,
    at: datetime,
    progress: Progress | None = None,
) -> Outcome:
    """Import the roll at `path` in the caller's transaction and say what that did.

    `centers` are the codes of the centers a person may import for, None for all. Refuses a file that is no roll, one
    of more than 20,000 rows, and one that touches a member of another center; the caller's transaction then ends.
    """
    # The locks an import takes anyway, taken before looking at what is there: so nothing else comes in between.
    list(Center.objects.select_for_update().order_by("pk").values_list("pk"))
    last_member = Member.objects.aggregate(last=Max("pk"))["last"] or 0
    last_event = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    prints = dict(Contact.objects.values_list("pk", "fingerprint").iterator(chunk_size=5000))
    progress = progress or Progress()
    result = import_roll(path=path, mapping=mapping, actor=actor, at=at, progress=progress)
    progress.step = STEPS
    roll = result.roll
    rows = len(roll.contacts) + len(roll.rejected)
    if rows > ROWS_AT_MOST:
        raise too_many_rows()
    if centers is not None:
        _refuse_foreign(roll=roll, centers=centers, last_member=last_member)
    events = Event.objects.filter(pk__gt=last_event, kind=Kind.MEMBER_CHANGED.value, actor=actor).order_by("pk")
    changed = {
        subject.removeprefix("member:"): payload["fields"]
        for subject, payload in events.values_list("subject", "payload")
    }
    found = Outcome(
        openings=_openings(roll=roll),
        notes=[(note.en, note.es) for note in roll.notes],
        made=[
            (roll.members[code].row, code, name, center)
            for code, name, center in Member.objects.filter(pk__gt=last_member)
            .order_by("pk")
            .values_list("code", "name", "center__code")
        ],
        changed=[(roll.members[code].row, code, roll.members[code].name, fields) for code, fields in changed.items()],
        contacts=_contacts(before=prints),
        rejected=[(r.row, r.code, r.text.en, r.text.es) for r in roll.rejected],
        questions=[(q.row, q.code, q.text.en, q.text.es) for q in result.questions],
        duplicates=_duplicates(roll=roll),
    )
    found.counts = {
        "rows": rows,
        "members": len(roll.members),
        **{name: len(getattr(found, name)) for name in PARTS},
        "contacts_new": sum(1 for *_, new in found.contacts if new),
    }
    found.key = _key(found=found, roll=roll, mapping=mapping)
    return found


def is_roll(*, path: Path) -> bool:
    """Whether the file has the columns of a roll under their own names, so that nobody need say which is which."""
    try:
        with opened_roll(path=path):
            return True
    except Refusal:
        return False


def too_many_rows() -> Refusal:
    """The refusal of a file too long for a page."""
    return Refusal(
        en=f"The file has more than {ROWS_AT_MOST:,} rows, too many for a page. Split it, or import it with the "
        "command “tequio members import”.",
        es=f"El archivo tiene más de {ROWS_AT_MOST:,} filas, demasiadas para una página. Divídalo, o impórtelo con "
        "la orden «tequio members import».",
    )


def _refuse_foreign(*, roll: Roll, centers: Collection[str], last_member: int) -> None:
    """Refuse a file with a row of another center, or of a member that is in another center here."""
    elsewhere = {code for code, member in roll.members.items() if member.center not in centers}
    for codes in _slices(roll.members):
        known = Member.objects.filter(pk__lte=last_member, code__in=codes).exclude(center__code__in=centers)
        elsewhere.update(known.values_list("code", flat=True))
    rows = sorted(contact.row for contact in roll.contacts if contact.member_id in elsewhere)
    if not rows:
        return
    named = ", ".join(str(row) for row in rows[:ROWS_NAMED]) + (", …" if len(rows) > ROWS_NAMED else "")
    own = ", ".join(sorted(centers))
    raise Refusal(
        en=f"You import for {own}. These rows are of members of other centers ({len(rows)}): {named}. Take them out "
        "of the file, or ask an administrator to import it. Nothing was imported.",
        es=f"Usted importa para {own}. Estas filas son de membresías de otros centros ({len(rows)}): {named}. "
        "Quítelas del archivo, o pida a la administración que lo importe. No se importó nada.",
    )


def _openings(*, roll: Roll) -> list[tuple[str, str, int]]:
    currencies = {member.center: member.currency for member in roll.members.values()}
    return [(center, currencies[center], minor) for center, minor in roll.opening().items() if center in currencies]


def _contacts(*, before: dict[int, str]) -> list[tuple[str, str, str, bool]]:
    """The contacts that are new, or whose row says otherwise than before."""
    rows = Contact.objects.order_by("member_id", "position").values_list(
        "pk", "fingerprint", "member__code", "name", "email"
    )
    return [
        (code, name, email, pk not in before)
        for pk, print_, code, name, email in rows.iterator(chunk_size=5000)
        if before.get(pk) != print_
    ]


def _duplicates(*, roll: Roll) -> list[tuple[str, str, str, str]]:
    """Pairs of members not merged yet that look like one, at least one of them in the file."""
    names: dict[str, str] = {}
    likely: list[tuple[str, str, str]] = []
    wanted: set[str] = set()
    for codes in _slices(roll.members):
        wanted.update(Member.objects.filter(code__in=codes).values_list("search_name", flat=True))
    for search_names in _slices(sorted(wanted)):
        rows = Member.objects.filter(search_name__in=search_names, merged_into__isnull=True).order_by("pk")
        for code, center, name in rows.values_list("code", "center__code", "name"):
            names[code] = name
            likely.append((code, center, name))
    pairs = likely_duplicates(members=likely)
    return [(a, names[a], b, names[b]) for a, b in pairs if a in roll.members or b in roll.members]


def _slices(values: Iterable[str]) -> Iterable[Sequence[str]]:
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _key(*, found: Outcome, roll: Roll, mapping: Mapping | None) -> str:
    """A hash of everything the import does: of what it says, and of every value it saves."""
    said = canonical({**found.as_json(), "mapping": mapping.as_json() if mapping else None})
    values = hashlib.sha256(said.encode())
    for record in (*roll.members.values(), *roll.contacts):
        values.update(repr(record).encode("utf-8", "surrogatepass"))
    return values.hexdigest()
