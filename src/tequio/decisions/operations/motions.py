"""What a motion says besides yes: the sitting, the day, the person or the modifications that its qualifier needs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tequio.accounts.models import User
from tequio.decisions.models import Body, Sitting
from tequio.decisions.queries.sittings import sitting_of
from tequio.kernel.errors import Refusal
from tequio.rules.dividing import Qualifier
from tequio.rules.reasons import Text
from tequio.rules.wording import cleaned_line

LONGEST_WORDS = 300
_KEYS: Mapping[Qualifier, frozenset[str]] = {
    Qualifier.NONE: frozenset(),
    Qualifier.WITH_MODIFICATIONS: frozenset({"amendments", "words"}),
    Qualifier.IN_PRINCIPLE: frozenset({"owner", "sitting", "due_on", "task"}),
    Qualifier.CONTINUE_DEVELOPING: frozenset({"evaluate_on", "owner", "task"}),
    Qualifier.DEFER: frozenset({"sitting"}),
    Qualifier.PUT_IN_WRITING: frozenset({"owner", "sitting", "due_on", "task"}),
}


def qualifier_from(name: str, /) -> Qualifier:
    """The qualifier of a name. Refuses one nobody knows: an outcome nobody voted cannot be had."""
    if name not in set(Qualifier):
        known = ", ".join(Qualifier)
        raise Refusal(en=f"A motion is one of: {known}.", es=f"Una moción es una de: {known}.")
    return Qualifier(name)


def checked_motion(*, qualifier: Qualifier, data: Mapping[str, Any], body: Body, on: date) -> dict[str, Any]:
    """What a motion says besides yes, as it is kept: people and sittings by number, days as 2016-07-15.

    Refuses what the qualifier knows nothing of, a past day, a sitting of another body, and what it cannot do without:
    "continue developing" its day of evaluation, "put in writing" its person, "with modifications" what they are.
    """
    unknown = ", ".join(sorted(set(data) - _KEYS[qualifier]))
    if unknown:
        raise Refusal(en=f"This motion knows no “{unknown}”.", es=f"Esta moción no conoce «{unknown}».")
    given = {name: value for name, value in data.items() if value not in (None, "", [], {})}
    kept = {name: _READERS[name](value, body, on) for name, value in given.items()}
    _refuse_lacking(qualifier=qualifier, kept=kept)
    return kept


def _refuse_lacking(*, qualifier: Qualifier, kept: Mapping[str, Any]) -> None:
    if qualifier is Qualifier.CONTINUE_DEVELOPING and "evaluate_on" not in kept:
        raise Refusal(
            en="“Continue developing” says on which day it will be evaluated.",
            es="«Seguir desarrollando» dice en qué fecha se evaluará.",
        )
    if qualifier is Qualifier.PUT_IN_WRITING and "owner" not in kept:
        raise Refusal(en="“Put in writing” says by whom.", es="«Poner por escrito» dice quién lo hará.")
    if qualifier is Qualifier.WITH_MODIFICATIONS and not kept:
        raise Refusal(
            en="“With modifications” says which: amendments by number, or words in both languages.",
            es="«Con modificaciones» dice cuáles: por su número, o con palabras en los dos idiomas.",
        )


def _a_day(value: Any, _body: Body, on: date) -> str:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refusal(
            en=f"“{value}” is not a day. Write it like 2016-07-15.",
            es=f"«{value}» no es una fecha. Escríbala como 2016-07-15.",
        ) from error
    if day < on:
        raise Refusal(en="That day is over.", es="Esa fecha ya pasó.")
    return day.isoformat()


def _a_sitting(value: Any, body: Body, _on: date) -> int:
    pk = value.pk if isinstance(value, Sitting) else value
    if type(pk) is not int or sitting_of(body=body, pk=pk) is None:
        raise Refusal(
            en=f"{body.name_en} has no such sitting, or it was cancelled.",
            es=f"{body.name_es} no tiene esa sesión, o se canceló.",
        )
    return pk


def _a_person(value: Any, _body: Body, _on: date) -> int:
    pk = value.pk if isinstance(value, User) else value
    if type(pk) is not int or not User.objects.filter(pk=pk, is_active=True).exists():
        raise Refusal(en="That person has no account here.", es="Esa persona no tiene cuenta aquí.")
    return pk


def _words(value: Any, _body: Body, _on: date) -> dict[str, str]:
    if isinstance(value, Text):
        value = value.as_dict()
    if not isinstance(value, Mapping) or set(value) != {"en", "es"}:
        raise _not_both()
    words = {language: cleaned_line(str(value[language])) for language in ("en", "es")}
    if not all(words.values()):
        raise _not_both()
    if max(map(len, words.values())) > LONGEST_WORDS:
        raise Refusal(
            en=f"Say it in {LONGEST_WORDS} characters at most.", es=f"Dígalo en {LONGEST_WORDS} caracteres cuando más."
        )
    return words


def _not_both() -> Refusal:
    return Refusal(en="Say it in both languages.", es="Dígalo en los dos idiomas.")


def _numbers(value: Any, _body: Body, _on: date) -> list[int]:
    if not isinstance(value, list | tuple) or not all(type(one) is int for one in value):
        raise Refusal(en="Amendments are named by their numbers.", es="Las modificaciones se nombran por su número.")
    return sorted(set(value))


_READERS = {
    "evaluate_on": _a_day,
    "due_on": _a_day,
    "sitting": _a_sitting,
    "owner": _a_person,
    "task": _words,
    "words": _words,
    "amendments": _numbers,
}
