"""A rule book: centers, bodies, decisions and policies as one TOML file, loaded whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tequio.banking.operations.accounts import open_account
from tequio.centers.models import Center
from tequio.centers.operations import open_center
from tequio.centers.queries import center_by_code
from tequio.dues.operations.adopting import TariffLine, Thresholds, adopt_dues_policy, adopt_payment_policy
from tequio.followup.operations.adopting import TERMS, StepLine, Terms, adopt_follow_up_policy
from tequio.ledger.operations import open_books
from tequio.project import bodies_in_book, meetings_in_book, reading, services_in_book
from tequio.project.bodies_in_book import Loader
from tequio.rules.dues import Kind as MemberKind
from tequio.rules.dues import Part
from tequio.rules.money import WHOLE_SHARE, share_of
from tequio.rules.reasons import Text

SAMPLE = Path(__file__).with_name("sample_rules.toml")
_MOST_STEP_DAYS = 3_650
_LONGEST_POLICY = 47  # with the center's code in front it fits its column
_NAMING = ("code", "year", "body", "valid_from")  # what a book calls an entry by, the first that is there
_LONGEST_NAMED = 60
_THRESHOLDS = frozenset(Thresholds.__dataclass_fields__)
# What each list of a rule book may say.
_KEYS: dict[str, frozenset[str]] = {
    "centers": frozenset({"code", "name", "currency", "language", "zone", "short_references"}),
    "bank_accounts": frozenset({"code", "center", "name", "numbers"}),
    "bodies": bodies_in_book.BODY,
    "decisions": bodies_in_book.DECISION,
    "mandates": bodies_in_book.MANDATE,
    "decision_rules": bodies_in_book.RULE,
    "seats": bodies_in_book.SEAT,
    "priorities": bodies_in_book.PRIORITIES,
    "places": meetings_in_book.PLACE,
    "series": meetings_in_book.SERIES,
    "dues": frozenset({"code", "decision", "valid_from", "title", "assumed", "bands", "default_band", "tables"}),
    "payment_policies": frozenset({"code", "decision", "valid_from", "centers", "title", "assumed"}) | _THRESHOLDS,
    "follow_up_policies": frozenset({"code", "decision", "valid_from", "centers", "title", "assumed", "postage"})
    | {"steps"}
    | TERMS,
    "services": services_in_book.SERVICE,
    "service_terms": services_in_book.TERMS,
}


def load_rules(*, path: Path, actor: str, at: datetime, decided_before: date | None = None) -> dict[str, int]:
    """Load a rule book in one transaction; returns how many of each are in the file.

    What is there already (by code) stays as it is: a rule in force is never changed, a new one is adopted. Refuses
    a file that is not TOML, holds a key nobody knows or a figure that cannot be kept, or names something missing.
    With `decided_before`, what was decided on that day or later is left out, as if it had not been decided yet.
    """
    book = reading.read(path=path)
    if decided_before is not None:
        book = _as_of(book, before=decided_before)
    entries = entries_of(book=book)
    with transaction.atomic():
        for entry in entries:
            entry.load(actor=actor, at=at)
    return {name: sum(1 for entry in entries if entry.list_name == name) for name in LISTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One table of one of a book's lists, like a [[decisions]]."""

    list_name: str
    row: dict[str, Any]

    @property
    def named(self) -> str:
        """What the book calls it: its code, or what stands in for one; empty where it says neither."""
        said = next((self.row[key] for key in _NAMING if self.row.get(key)), "")
        return str(said)[:_LONGEST_NAMED]

    def load(self, *, actor: str, at: datetime) -> None:
        """Put into force what it says, in the caller's transaction. Refuses it whole."""
        _LOADERS[self.list_name](row=self.row, actor=actor, at=at)

    def said(self) -> Text | None:
        """What it says, in a sentence, once it is loaded; where its list has more to say than a code."""
        says = _SAYERS.get(self.list_name)
        return says(row=self.row) if says is not None else None


def entries_of(*, book: dict[str, Any]) -> list[Entry]:
    """Everything a book holds, what others cite first. Refuses lists and keys nobody knows."""
    reading.refuse_unknown(keys=book, known=_KEYS, where="")
    return [Entry(list_name=name, row=row) for name in _LOADERS for row in reading.rows(book, name, known=_KEYS[name])]


def _as_of(book: dict[str, Any], *, before: date) -> dict[str, Any]:
    """The book without decisions of a day or later, and without the rules that cite them."""
    decisions = book.get("decisions", [])
    later = {row.get("code") for row in decisions if isinstance(row, dict) and row.get("decided_on", before) >= before}
    return {
        name: [row for row in rows if {row.get("decision"), row.get("code")}.isdisjoint(later)]
        if isinstance(rows, list)
        else rows
        for name, rows in book.items()
    }


def _load_center(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    center = open_center(
        code=reading.need(row, "code", str),
        name=reading.text(row, "name", longest=120),
        currency=reading.need(row, "currency", str),
        language=reading.need(row, "language", str),
        zone=reading.need(row, "zone", str),
        short_references=reading.flag(row, "short_references", default=False),
        actor=actor,
        at=at,
    )
    open_books(center=center)


def _load_account(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    open_account(
        code=reading.need(row, "code", str),
        center_code=reading.need(row, "center", str),
        name=reading.need(row, "name", str),
        numbers=reading.words(row, "numbers"),
        actor=actor,
        at=at,
    )


def _load_dues(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    bands = _bands(row)
    default_band = row.get("default_band")
    if default_band is not None and (type(default_band) is not int or default_band not in bands):
        raise reading.wrong(
            f"the default band {default_band} is none of the bands", f"el rango {default_band} no es de los rangos"
        )
    for center_code, table in reading.need(row, "tables", dict).items():
        center = center_by_code(code=center_code)
        if not isinstance(table, dict):
            raise reading.missing(row, "tables")
        assumed = set(reading.words(table, "assumed"))
        tariffs = []
        for kind, parts in table.items():
            if kind == "assumed":
                continue
            if kind not in set(MemberKind) or not isinstance(parts, dict):
                raise reading.wrong(f"“{kind}” is no kind of member with amounts", f"«{kind}» no es un tipo con montos")
            reading.refuse_unknown(keys=parts, known=set(Part), where=kind)
            for part, amount in parts.items():
                minor = reading.minor(amount)
                tariffs += [
                    TariffLine(
                        kind=kind,
                        part=part,
                        band=band,
                        amount=share_of(minor=minor, basis_points=share),
                        assumed=part in assumed,
                    )
                    for band, share in bands.items()
                ]
        adopt_dues_policy(
            center=center,
            code=f"{center.code}-{reading.code(row, longest=_LONGEST_POLICY)}",
            title=reading.text(row, "title", longest=200),
            valid_from=reading.day(row, "valid_from"),
            decision=reading.decision_of(reading.need(row, "decision", str)),
            tariffs=tariffs,
            default_band=default_band,
            assumed=sorted({*reading.words(row, "assumed"), *assumed}),
            actor=actor,
            at=at,
        )


def _load_payment_policy(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    thresholds: dict[str, Any] = {}
    for name in sorted(_THRESHOLDS & set(row)):
        if name == "attempt_required":
            thresholds[name] = reading.flag(row, name, default=True)
        elif name == "works":
            thresholds[name] = reading.need(row, name, dict)
        else:
            thresholds[name] = reading.days(row, name)
    for center_code in reading.words(row, "centers"):
        center: Center = center_by_code(code=center_code)
        adopt_payment_policy(
            center=center,
            code=f"{center.code}-{reading.code(row, longest=_LONGEST_POLICY)}",
            title=reading.text(row, "title", longest=200),
            valid_from=reading.day(row, "valid_from"),
            decision=reading.decision_of(reading.need(row, "decision", str)),
            thresholds=Thresholds(**thresholds),
            assumed=reading.words(row, "assumed"),
            actor=actor,
            at=at,
        )


_STEP_KEYS = frozenset({"key", "days", "channels", "standings", "title", "text"})
_FLAGS = frozenset({"call_on_sundays"})
_LONGEST_TEXT = 2_000


def _load_follow_up_policy(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    terms: dict[str, Any] = {
        name: reading.flag(row, name, default=False) if name in _FLAGS else reading.days(row, name)
        for name in sorted(TERMS & set(row))
    }
    steps = [_step(step) for step in reading.need(row, "steps", list)]
    postage = row.get("postage", {})
    if not isinstance(postage, dict):
        raise reading.missing(row, "postage")
    for center_code in reading.words(row, "centers"):
        center: Center = center_by_code(code=center_code)
        adopt_follow_up_policy(
            center=center,
            code=f"{center.code}-{reading.code(row, longest=_LONGEST_POLICY)}",
            title=reading.text(row, "title", longest=200),
            valid_from=reading.day(row, "valid_from"),
            decision=reading.decision_of(reading.need(row, "decision", str)),
            terms=Terms(**terms, postage=reading.minor(postage.get(center_code, 0))),
            steps=steps,
            assumed=reading.words(row, "assumed"),
            actor=actor,
            at=at,
        )


def _step(step: Any) -> StepLine:
    if not isinstance(step, dict):
        raise reading.wrong("“steps” is a list of tables", "«steps» es una lista de tablas")
    reading.refuse_unknown(keys=step, known=_STEP_KEYS, where="steps")
    days = step.get("days")
    if type(days) is not int or not -_MOST_STEP_DAYS <= days <= _MOST_STEP_DAYS:
        raise reading.wrong("a step has its days, like days = 31", "un paso tiene sus días, como days = 31")
    return StepLine(
        key=reading.need(step, "key", str),
        days=days,
        channels=tuple(reading.words(step, "channels")),
        standings=tuple(reading.words(step, "standings")),
        title=reading.text(step, "title", longest=150),
        text=reading.text(step, "text", longest=_LONGEST_TEXT),
    )


def _bands(row: dict[str, Any]) -> dict[int | None, int]:
    """The share of the table each income band pays, in basis points; the whole of it where there are no bands."""
    value = row.get("bands", {})
    if not isinstance(value, dict):
        raise reading.missing(row, "bands")
    bands: dict[int | None, int] = {}
    for band, share in value.items():
        points = reading.exact(share, times=WHOLE_SHARE)
        if not band.isascii() or not band.isdigit() or points is None or points < 0 or int(band) > reading.MOST_DAYS:
            raise reading.wrong(f"band {band} = {share} is not a share", f"el rango {band} = {share} no es una parte")
        bands[int(band)] = points
    return bands or {None: WHOLE_SHARE}


# In this order: each cites only what stands before it.
_LOADERS: Mapping[str, Loader] = {
    "centers": _load_center,
    "bank_accounts": _load_account,
    **bodies_in_book.LOADERS,
    **meetings_in_book.LOADERS,
    "dues": _load_dues,
    "payment_policies": _load_payment_policy,
    "follow_up_policies": _load_follow_up_policy,
    **services_in_book.LOADERS,
}
LISTS = tuple(_LOADERS)
_SAYERS = {"series": meetings_in_book.series_said}
