"""A rule book: centers, bodies, decisions and policies as one TOML file, loaded whole or not at all."""

import tomllib
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from tequio.banking.operations.accounts import open_account
from tequio.centers.models import Center
from tequio.centers.operations import open_center
from tequio.centers.queries import center_by_code
from tequio.decisions.models import Body, Decision
from tequio.decisions.operations import found_body, record_decision
from tequio.dues.operations.adopting import TariffLine, Thresholds, adopt_dues_policy, adopt_payment_policy
from tequio.followup.operations.adopting import TERMS, StepLine, Terms, adopt_follow_up_policy
from tequio.kernel.errors import Refusal, fault_of
from tequio.ledger.operations import open_books
from tequio.rules.dues import Kind as MemberKind
from tequio.rules.dues import Part
from tequio.rules.money import MINOR_PER_UNIT, WHOLE_SHARE, share_of
from tequio.rules.reasons import Text

SAMPLE = Path(__file__).with_name("sample_rules.toml")
_MOST_BYTES = 1_000_000
_MOST = 10**9  # units; more is a mistyped amount
_MOST_DAYS = 32_767  # what a column of days holds
_MOST_STEP_DAYS = 3_650
_LONGEST_POLICY = 47  # with the center's code in front it fits its column
_THRESHOLDS = frozenset(Thresholds.__dataclass_fields__)
# What each list of a rule book may say.
_KEYS: dict[str, frozenset[str]] = {
    "centers": frozenset({"code", "name", "currency", "language", "zone", "short_references"}),
    "bank_accounts": frozenset({"code", "center", "name", "numbers"}),
    "bodies": frozenset({"code", "name"}),
    "decisions": frozenset({"code", "body", "decided_on", "title", "source"}),
    "dues": frozenset({"code", "decision", "valid_from", "title", "assumed", "bands", "default_band", "tables"}),
    "payment_policies": frozenset({"code", "decision", "valid_from", "centers", "title", "assumed"}) | _THRESHOLDS,
    "follow_up_policies": frozenset({"code", "decision", "valid_from", "centers", "title", "assumed", "postage"})
    | {"steps"}
    | TERMS,
}


def load_rules(*, path: Path, actor: str, at: datetime) -> dict[str, int]:
    """Load a rule book in one transaction; returns how many of each are in the file.

    What is there already (by code) stays as it is: a rule in force is never changed, a new one is adopted. Refuses
    a file that is not TOML, holds a key nobody knows or a figure that cannot be kept, or names something missing.
    """
    book = _read(path=path)
    _refuse_unknown(keys=book, known=_KEYS, where="")
    with transaction.atomic():
        for row in _rows(book, "centers"):
            center = open_center(
                code=_need(row, "code", str),
                name=_text(row, "name", longest=120),
                currency=_need(row, "currency", str),
                language=_need(row, "language", str),
                zone=_need(row, "zone", str),
                short_references=_flag(row, "short_references", default=False),
                actor=actor,
                at=at,
            )
            open_books(center=center)
        for row in _rows(book, "bank_accounts"):
            open_account(
                code=_need(row, "code", str),
                center_code=_need(row, "center", str),
                name=_need(row, "name", str),
                numbers=_words(row, "numbers"),
                actor=actor,
                at=at,
            )
        for row in _rows(book, "bodies"):
            found_body(code=_code(row, longest=40), name=_text(row, "name", longest=120))
        for row in _rows(book, "decisions"):
            record_decision(
                code=_code(row, longest=60),
                body=_body(_need(row, "body", str)),
                title=_text(row, "title", longest=300),
                decided_on=_day(row, "decided_on"),
                source=_text(row, "source", longest=300),
                actor=actor,
                at=at,
            )
        for row in _rows(book, "dues"):
            _load_dues(row=row, actor=actor, at=at)
        for row in _rows(book, "payment_policies"):
            _load_payment_policy(row=row, actor=actor, at=at)
        for row in _rows(book, "follow_up_policies"):
            _load_follow_up_policy(row=row, actor=actor, at=at)
    return {name: len(_rows(book, name)) for name in _KEYS}


def _load_dues(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    bands = _bands(row)
    default_band = row.get("default_band")
    if default_band is not None and (type(default_band) is not int or default_band not in bands):
        raise _wrong(
            f"the default band {default_band} is none of the bands", f"el rango {default_band} no es de los rangos"
        )
    for center_code, table in _need(row, "tables", dict).items():
        center = center_by_code(code=center_code)
        assumed = set(_words(table, "assumed"))
        tariffs = []
        for kind, parts in table.items():
            if kind == "assumed":
                continue
            if kind not in set(MemberKind) or not isinstance(parts, dict):
                raise _wrong(f"“{kind}” is no kind of member with amounts", f"«{kind}» no es un tipo con montos")
            _refuse_unknown(keys=parts, known=set(Part), where=kind)
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
            code=f"{center.code}-{_code(row, longest=_LONGEST_POLICY)}",
            title=_text(row, "title", longest=200),
            valid_from=_day(row, "valid_from"),
            decision=_decision(_need(row, "decision", str)),
            tariffs=tariffs,
            default_band=default_band,
            assumed=sorted({*_words(row, "assumed"), *assumed}),
            actor=actor,
            at=at,
        )


def _load_payment_policy(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    thresholds: dict[str, Any] = {}
    for name in sorted(_THRESHOLDS & set(row)):
        if name == "attempt_required":
            thresholds[name] = _flag(row, name, default=True)
        elif name == "works":
            thresholds[name] = _need(row, name, dict)
        else:
            thresholds[name] = _days(row, name)
    for center_code in _words(row, "centers"):
        center: Center = center_by_code(code=center_code)
        adopt_payment_policy(
            center=center,
            code=f"{center.code}-{_code(row, longest=_LONGEST_POLICY)}",
            title=_text(row, "title", longest=200),
            valid_from=_day(row, "valid_from"),
            decision=_decision(_need(row, "decision", str)),
            thresholds=Thresholds(**thresholds),
            assumed=_words(row, "assumed"),
            actor=actor,
            at=at,
        )


_STEP_KEYS = frozenset({"key", "days", "channels", "standings", "title", "text"})
_FLAGS = frozenset({"call_on_sundays"})
_LONGEST_TEXT = 2_000


def _load_follow_up_policy(*, row: dict[str, Any], actor: str, at: datetime) -> None:
    terms: dict[str, Any] = {
        name: _flag(row, name, default=False) if name in _FLAGS else _days(row, name)
        for name in sorted(TERMS & set(row))
    }
    steps = [_step(step) for step in _need(row, "steps", list)]
    postage = row.get("postage", {})
    if not isinstance(postage, dict):
        raise _missing(row, "postage")
    for center_code in _words(row, "centers"):
        center: Center = center_by_code(code=center_code)
        adopt_follow_up_policy(
            center=center,
            code=f"{center.code}-{_code(row, longest=_LONGEST_POLICY)}",
            title=_text(row, "title", longest=200),
            valid_from=_day(row, "valid_from"),
            decision=_decision(_need(row, "decision", str)),
            terms=Terms(**terms, postage=_minor(postage.get(center_code, 0))),
            steps=steps,
            assumed=_words(row, "assumed"),
            actor=actor,
            at=at,
        )


def _step(step: Any) -> StepLine:
    if not isinstance(step, dict):
        raise _wrong("“steps” is a list of tables", "«steps» es una lista de tablas")
    _refuse_unknown(keys=step, known=_STEP_KEYS, where="steps")
    days = step.get("days")
    if type(days) is not int or not -_MOST_STEP_DAYS <= days <= _MOST_STEP_DAYS:
        raise _wrong("a step has its days, like days = 31", "un paso tiene sus días, como days = 31")
    return StepLine(
        key=_need(step, "key", str),
        days=days,
        channels=tuple(_words(step, "channels")),
        standings=tuple(_words(step, "standings")),
        title=_text(step, "title", longest=150),
        text=_text(step, "text", longest=_LONGEST_TEXT),
    )


def _read(*, path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise _wrong("it is larger than a rule book can be", "es más grande de lo que puede ser un reglamento")
        return tomllib.loads(data.decode(), parse_float=Decimal)
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(en=f"{path} cannot be read: {why.en}.", es=f"No se puede leer {path}: {why.es}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(f"it is not TOML ({error})", f"no es TOML ({error})") from error


def _rows(book: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = book.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(f"“{name}” is a list of tables: [[{name}]]", f"«{name}» es una lista de tablas: [[{name}]]")
    for row in rows:
        _refuse_unknown(keys=row, known=_KEYS[name], where=name)
    return rows


def _refuse_unknown(*, keys: Iterable[str], known: Collection[str], where: str) -> None:
    """Refuse a key nobody reads: it is a typing mistake, and a rule would be missing."""
    unknown = ", ".join(sorted(set(keys) - set(known)))
    if unknown:
        place = f" ({where})" if where and where not in _KEYS else ""
        raise _wrong(f"unknown: {unknown}{place}", f"desconocido: {unknown}{place}")


def _need(row: dict[str, Any], key: str, kind: type) -> Any:
    value = row.get(key)
    if not isinstance(value, kind):
        raise _missing(row, key)
    return value


def _missing(row: dict[str, Any], key: str) -> Refusal:
    where = str(row.get("code", "?"))[:60]
    return _wrong(f"“{key}” is missing or wrong in “{where}”", f"«{key}» falta o está mal en «{where}»")


def _text(row: dict[str, Any], key: str, *, longest: int) -> Text:
    value = _need(row, key, dict)
    text = Text(en=_need(value, "en", str), es=_need(value, "es", str))
    if max(len(text.en), len(text.es)) > longest:
        raise _wrong(f"“{key}” is longer than {longest} letters", f"«{key}» pasa de {longest} letras")
    return text


def _code(row: dict[str, Any], *, longest: int) -> str:
    code: str = _need(row, "code", str)
    if not code or len(code) > longest:
        raise _wrong(f"a code has 1 to {longest} letters", f"un código tiene de 1 a {longest} letras")
    return code


def _day(row: dict[str, Any], key: str) -> date:
    value = row.get(key)
    if type(value) is not date:  # a moment is a date too, for Python, but a rule begins on a day
        raise _missing(row, key)
    return value


def _days(row: dict[str, Any], key: str) -> int:
    value = row.get(key)
    if type(value) is not int or not 0 <= value <= _MOST_DAYS:
        raise _missing(row, key)
    return value


def _flag(row: dict[str, Any], key: str, *, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise _missing(row, key)
    return value


def _words(row: dict[str, Any], key: str) -> list[str]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _missing(row, key)
    return value


def _bands(row: dict[str, Any]) -> dict[int | None, int]:
    """The share of the table each income band pays, in basis points; the whole of it where there are no bands."""
    value = row.get("bands", {})
    if not isinstance(value, dict):
        raise _missing(row, "bands")
    bands: dict[int | None, int] = {}
    for band, share in value.items():
        points = _exact(share, times=WHOLE_SHARE)
        if not band.isascii() or not band.isdigit() or points is None or points < 0 or int(band) > _MOST_DAYS:
            raise _wrong(f"band {band} = {share} is not a share", f"el rango {band} = {share} no es una parte")
        bands[int(band)] = points
    return bands or {None: WHOLE_SHARE}


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


def _exact(value: Any, *, times: int) -> int | None:
    """A number of the book times something, if that is whole and not beyond all reason; None otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or abs(number) > _MOST:
        return None
    exact = number * times
    return int(exact) if exact == int(exact) else None


def _minor(amount: Any) -> int:
    minor = _exact(amount, times=MINOR_PER_UNIT)
    if minor is None and isinstance(amount, Decimal) and amount.is_finite() and abs(amount) <= _MOST:
        raise _wrong(f"“{amount}” has more than two decimals", f"«{amount}» tiene más de dos decimales")
    if minor is None or minor < 0:
        raise _wrong(f"“{amount}” is not an amount", f"«{amount}» no es una cantidad")
    return minor


def _wrong(en: str, es: str) -> Refusal:
    return Refusal(en=f"The rule book cannot be loaded: {en}.", es=f"No se puede cargar el reglamento: {es}.")
