"""Reading a rule book: each value of its kind, or a refusal that names where it is wrong."""

import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tequio.decisions.models import Body, Decision
from tequio.kernel.errors import Refusal, fault_of
from tequio.rules.money import MINOR_PER_UNIT
from tequio.rules.reasons import Text

MOST_BYTES = 1_000_000
MOST_DAYS = 32_767  # what a column of days holds
_MOST = 10**9  # units; more is a mistyped amount


class BookRefusal(Refusal):
    """What is wrong with a rule book; `why` is the reason alone."""

    def __init__(self, *, why: Text) -> None:
        super().__init__(
            en=f"The rule book cannot be loaded: {why.en}.", es=f"No se puede cargar el reglamento: {why.es}."
        )
        self.why = why


def read(*, path: Path) -> dict[str, Any]:
    """The book behind a path. Refuses a file that cannot be read, is too large or is no TOML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        why = fault_of(error=error)
        raise Refusal(en=f"{path} cannot be read: {why.en}.", es=f"No se puede leer {path}: {why.es}.") from error
    return parsed(data=data)


def parsed(*, data: bytes) -> dict[str, Any]:
    """The book in the bytes of a file. Refuses what is too large, no TOML, or holds what no text column can keep."""
    if len(data) > MOST_BYTES:
        raise wrong("it is larger than a rule book can be", "es más grande de lo que puede ser un reglamento")
    try:
        text = data.decode()
        book = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise wrong(
            "it is not text in UTF-8; a rule book is a text file (TOML)",
            "no es texto en UTF-8; un reglamento es un archivo de texto (TOML)",
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise wrong(f"it is not TOML ({error})", f"no es TOML ({error})") from error
    if _holds_nul(book):
        raise wrong("it holds a character no text has (U+0000)", "tiene un carácter que ningún texto lleva (U+0000)")
    return book


def _holds_nul(value: Any) -> bool:
    """Whether a NUL stands anywhere in a book: PostgreSQL keeps none."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str) and "\0" in one:
            return True
        if isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one
    return False


def rows(book: dict[str, Any], name: str, *, known: Collection[str]) -> list[dict[str, Any]]:
    """The tables of a list of a book, empty where there is none; refuses a key that is not `known`."""
    rows = book.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise wrong(f"“{name}” is a list of tables: [[{name}]]", f"«{name}» es una lista de tablas: [[{name}]]")
    for row in rows:
        refuse_unknown(keys=row, known=known, where="")
    return rows


def refuse_unknown(*, keys: Iterable[str], known: Collection[str], where: str) -> None:
    """Refuse a key nobody reads: it is a typing mistake, and a rule would be missing. `where` is told, if given."""
    unknown = ", ".join(sorted(set(keys) - set(known)))
    if unknown:
        place = f" ({where})" if where else ""
        raise wrong(f"unknown: {unknown}{place}", f"desconocido: {unknown}{place}")


def need(row: dict[str, Any], key: str, kind: type) -> Any:
    """A value of a kind that has to be there."""
    value = row.get(key)
    if not isinstance(value, kind):
        raise missing(row, key)
    return value


def missing(row: dict[str, Any], key: str) -> Refusal:
    """A refusal of what is missing or wrong under a key."""
    where = str(row.get("code", "?"))[:60]
    return wrong(f"“{key}” is missing or wrong in “{where}”", f"«{key}» falta o está mal en «{where}»")


def text(row: dict[str, Any], key: str, *, longest: int) -> Text:
    """A text in both languages."""
    value = need(row, key, dict)
    text = Text(en=need(value, "en", str), es=need(value, "es", str))
    if max(len(text.en), len(text.es)) > longest:
        raise wrong(f"“{key}” is longer than {longest} letters", f"«{key}» pasa de {longest} letras")
    return text


def code(row: dict[str, Any], *, longest: int) -> str:
    """The code of a row."""
    code: str = need(row, "code", str)
    if not code or len(code) > longest:
        raise wrong(f"a code has 1 to {longest} letters", f"un código tiene de 1 a {longest} letras")
    return code


def day(row: dict[str, Any], key: str) -> date:
    """A day."""
    value = row.get(key)
    if type(value) is not date:  # a moment is a date too, for Python, but a rule begins on a day
        raise missing(row, key)
    return value


def days(row: dict[str, Any], key: str) -> int:
    """A number of days, or any whole number a column holds."""
    value = row.get(key)
    if type(value) is not int or not 0 <= value <= MOST_DAYS:
        raise missing(row, key)
    return value


def flag(row: dict[str, Any], key: str, *, default: bool) -> bool:
    """Yes or no."""
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise missing(row, key)
    return value


def words(row: dict[str, Any], key: str) -> list[str]:
    """A list of words; empty where there is none."""
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise missing(row, key)
    return value


def exact(value: Any, *, times: int) -> int | None:
    """A number of the book times something, if that is whole and not beyond all reason; None otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or abs(number) > _MOST:
        return None
    exact = number * times
    return int(exact) if exact == int(exact) else None


def minor(amount: Any) -> int:
    """An amount in minor units."""
    minor = exact(amount, times=MINOR_PER_UNIT)
    if minor is None and isinstance(amount, Decimal) and amount.is_finite() and abs(amount) <= _MOST:
        raise wrong(f"“{amount}” has more than two decimals", f"«{amount}» tiene más de dos decimales")
    if minor is None or minor < 0:
        raise wrong(f"“{amount}” is not an amount", f"«{amount}» no es una cantidad")
    return minor


def wrong(en: str, es: str) -> BookRefusal:
    """A refusal of the whole book, saying why."""
    return BookRefusal(why=Text(en=en, es=es))


def body_of(code: str) -> Body:
    """The body of a code."""
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise wrong(f"there is no body “{code}”", f"no existe la instancia «{code}»")
    return body


def decision_of(code: str) -> Decision:
    """The decision of a code."""
    decision = Decision.objects.filter(code=code).first()
    if decision is None:
        raise wrong(f"there is no decision “{code}”", f"no existe el acuerdo «{code}»")
    return decision
