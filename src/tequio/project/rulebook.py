"""A rule book: centers, bodies, decisions and policies as one TOML file, loaded whole or not at all."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.operations import open_center
from tequio.centers.queries import center_by_code
from tequio.decisions.models import Body, Decision
from tequio.decisions.operations import found_body, record_decision
from tequio.dues.operations.adopting import TariffLine, Thresholds, adopt_dues_policy, adopt_payment_policy
from tequio.kernel.errors import Refusal
from tequio.ledger.operations import open_books
from tequio.rules.money import MINOR_PER_UNIT, WHOLE_SHARE, share_of
from tequio.rules.reasons import Text

SAMPLE = Path(__file__).with_name("sample_rules.toml")
_MOST_BYTES = 1_000_000
_THRESHOLDS = frozenset(Thresholds.__dataclass_fields__)


def load_rules(*, path: Path, actor: str, at: datetime) -> dict[str, int]:
    """Load a rule book in one transaction; returns how many of each are in the file.

    What is there already (by code) stays as it is: a rule in force is never changed, a new one is adopted. Refuses
    a file that is not TOML, or names something missing, and says where.
    """
    book = _read(path=path)
    with transaction.atomic():
        for row in _rows(book, "centers"):
            center = open_center(
                code=_need(row, "code", str),
                name=_text(row, "name"),
                currency=_need(row, "currency", str),
                language=_need(row, "language", str),
                zone=_need(row, "zone", str),
                short_references=bool(row.get("short_references", False)),
                actor=actor,
                at=at,
            )
            open_books(center=center)
        for row in _rows(book, "bodies"):
            found_body(code=_need(row, "code", str), name=_text(row, "name"))
        for row in _rows(book, "decisions"):
            record_decision(
                code=_need(row, "code", str),
                body=_body(_need(row, "body", str)),
                title=_text(row, "title"),
                decided_on=_need(row, "decided_on", date),
                source=_text(row, "source"),
                actor=actor,
                at=at,
            )
        for row in _rows(book, "dues"):
            _load_dues(row=row, actor=actor, at=at)
        for row in _rows(book, "payment_policies"):
            _load_payment_policy(row=row, actor=actor, at=at)
    return {name: len(_rows(book, name)) for name in ("centers", "bodies", "decisions", "dues", "payment_policies")}


def _load_dues(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    bands: dict[int | None, int] = {int(band): _share(share) for band, share in row.get("bands", {}).items()}
    if not bands:
        bands = {None: WHOLE_SHARE}
    for center_code, table in _need(row, "tables", dict).items():
        center = center_by_code(code=center_code)
        assumed = set(table.get("assumed", []))
        tariffs = []
        for kind, parts in table.items():
            if kind == "assumed":
                continue
            for part, amount in parts.items():
                minor = _minor(amount)
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
            code=f"{center.code}-{_need(row, 'code', str)}",
            title=_text(row, "title"),
            valid_from=_need(row, "valid_from", date),
            decision=_decision(_need(row, "decision", str)),
            tariffs=tariffs,
            default_band=row.get("default_band"),
            assumed=sorted({*row.get("assumed", []), *assumed}),
            actor=actor,
            at=at,
        )


def _load_payment_policy(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    known = {"code", "decision", "valid_from", "centers", "title", "assumed"}
    unknown = set(row) - known - _THRESHOLDS
    if unknown:
        raise _wrong(f"unknown: {', '.join(sorted(unknown))}", f"desconocido: {', '.join(sorted(unknown))}")
    for center_code in _need(row, "centers", list):
        center: Center = center_by_code(code=center_code)
        adopt_payment_policy(
            center=center,
            code=f"{center.code}-{_need(row, 'code', str)}",
            title=_text(row, "title"),
            valid_from=_need(row, "valid_from", date),
            decision=_decision(_need(row, "decision", str)),
            thresholds=Thresholds(**{key: value for key, value in row.items() if key in _THRESHOLDS}),
            assumed=list(row.get("assumed", [])),
            actor=actor,
            at=at,
        )


def _read(*, path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise _wrong("it is larger than a rule book can be", "es más grande de lo que puede ser un reglamento")
        return tomllib.loads(data.decode(), parse_float=Decimal)
    except OSError as error:
        raise Refusal(
            en=f"{path} cannot be read: {error.strerror}.", es=f"No se puede leer {path}: {error.strerror}."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(f"it is not TOML ({error})", f"no es TOML ({error})") from error


def _rows(book: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = book.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(f"“{name}” is a list of tables: [[{name}]]", f"«{name}» es una lista de tablas: [[{name}]]")
    return rows


def _need(row: dict[str, Any], key: str, kind: type) -> Any:
    value = row.get(key)
    if not isinstance(value, kind):
        where = row.get("code", "?")
        raise _wrong(f"“{key}” is missing or wrong in “{where}”", f"«{key}» falta o está mal en «{where}»")
    return value


def _text(row: dict[str, Any], key: str) -> Text:
    value = _need(row, key, dict)
    return Text(en=_need(value, "en", str), es=_need(value, "es", str))


def _body(code: str) -> Body:
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise _wrong(f"there is no body “{code}”", f"no existe la instancia «{code}»")
    return body


def _decision(code: str) -> Decision:
    decision = Decision.objects.filter(code=code).first()
    if decision is None:
        raise _wrong(f"there is no decision “{code}”", f"no existe el acuerdo «{code}»")
    return decision


def _minor(amount: Any) -> int:
    try:
        exact = Decimal(amount) * MINOR_PER_UNIT
    except (TypeError, ArithmeticError, ValueError) as error:
        raise _wrong(f"“{amount}” is not an amount", f"«{amount}» no es una cantidad") from error
    if exact != int(exact):
        raise _wrong(f"“{amount}” has more than two decimals", f"«{amount}» tiene más de dos decimales")
    return int(exact)


def _share(share: Any) -> int:
    return int(Decimal(share) * WHOLE_SHARE)


def _wrong(en: str, es: str) -> Refusal:
    return Refusal(en=f"The rule book cannot be loaded: {en}.", es=f"No se puede cargar el reglamento: {es}.")
