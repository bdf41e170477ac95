"""Reading what somebody wrote as the data of an effect: every key known, every value of its kind, or a sentence.

Whatever comes in is hostile: a list where a table belongs, a figure of a thousand digits, a word nobody knows.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text, long_date

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_LONGEST_SHOWN = 40
MOST_DAYS = 32_767  # what a column of days holds


def shown(value: object, /) -> str:
    """A value as a sentence quotes it: not longer than it is worth."""
    said = str(value)
    return said if len(said) <= _LONGEST_SHOWN else said[: _LONGEST_SHOWN - 1] + "…"


def refuse_unknown(*, keys: Iterable[str], known: Collection[str], where: str = "") -> None:
    """Refuse a key nobody reads: it is a typing mistake, and something would be missing."""
    unknown = sorted(shown(key) for key in set(keys) - set(known))
    if unknown:
        place = f" ({where})" if where else ""
        raise Refusal(
            en=f"Nobody knows “{'”, “'.join(unknown)}”{place}. There are: {', '.join(sorted(known))}.",
            es=f"No se conoce «{'», «'.join(unknown)}»{place}. Existen: {', '.join(sorted(known))}.",
        )


def wrong(*, key: str, en: str, es: str) -> Refusal:
    """A refusal of what was written under a key."""
    return Refusal(en=f"“{key}” {en}.", es=f"«{key}» {es}.")


def bilingual(*, data: Mapping[str, Any], key: str, longest: int) -> Text:
    """A text in both languages, neither of them empty."""
    value = data.get(key)
    if not isinstance(value, Mapping) or set(value) != {"en", "es"}:
        raise wrong(
            key=key,
            en='needs its text in both languages: {"en": ..., "es": ...}',
            es='lleva su texto en los dos idiomas: {"en": ..., "es": ...}',
        )
    said = {language: words.strip() if isinstance(words, str) else "" for language, words in value.items()}
    if not all(said.values()):
        raise wrong(key=key, en="is empty in one of the languages", es="está vacío en uno de los idiomas")
    if max(map(len, said.values())) > longest:
        raise wrong(key=key, en=f"is longer than {longest} letters", es=f"pasa de {longest} letras")
    return Text(en=said["en"], es=said["es"])


def day_from(*, data: Mapping[str, Any], key: str, on: date) -> date:
    """A day written like 2016-07-01, not before `on`: nothing begins in the past."""
    value = data.get(key)
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise wrong(key=key, en="is a day like 2016-07-01", es="es una fecha como 2016-07-01")
    if found < on:
        raise Refusal(
            en=f"It cannot begin on {long_date(day=found, language='en')}: that day is over. "
            f"The earliest is {long_date(day=on, language='en')}.",
            es=f"No puede empezar el {long_date(day=found, language='es')}: ese día ya pasó. "
            f"Lo más pronto es el {long_date(day=on, language='es')}.",
        )
    return found


def code(*, data: Mapping[str, Any], key: str = "code", longest: int) -> str:
    """A code: small letters, figures, hyphens."""
    value = data.get(key)
    if not isinstance(value, str) or len(value) > longest or not _CODE.fullmatch(value):
        raise wrong(
            key=key,
            en=f"has 1 to {longest} small letters, figures and hyphens, like dues-2016",
            es=f"lleva de 1 a {longest} minúsculas, cifras y guiones, como cuotas-2016",
        )
    return value


def number(*, data: Mapping[str, Any], key: str, least: int = 0, most: int = MOST_DAYS) -> int:
    """A whole number within limits."""
    value = data.get(key)
    if type(value) is not int or not least <= value <= most:
        raise wrong(
            key=key, en=f"is a whole number from {least} to {most}", es=f"es un número entero de {least} a {most}"
        )
    return value


def flag(*, data: Mapping[str, Any], key: str, default: bool) -> bool:
    """Yes or no."""
    value = data.get(key, default)
    if not isinstance(value, bool):
        raise wrong(key=key, en="is true or false", es="es true o false")
    return value


def words(*, data: Mapping[str, Any], key: str) -> list[str]:
    """A list of words, possibly empty; each once."""
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise wrong(key=key, en="is a list of words", es="es una lista de palabras")
    if len(set(value)) != len(value):
        raise wrong(key=key, en="names something twice", es="nombra algo dos veces")
    return value


def table(*, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table of keys and values that is not empty."""
    value = data.get(key)
    if not isinstance(value, Mapping) or not value or not all(isinstance(name, str) for name in value):
        raise wrong(key=key, en="is a table and has something in it", es="es una tabla y no está vacía")
    return value
