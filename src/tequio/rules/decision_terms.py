"""A rule of decision as it is written down: its terms in words that JSON and TOML carry, and back.

A share is written "1/2" or "50 %" for at least that part, ">2/3" for more than it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tequio.rules.deciding import BlockCounts, Late, RuleOfDecision, Share, Sponsors
from tequio.rules.reasons import Text

PERSON = frozenset({"person"})
MEMBERS = frozenset({"organization", "individual"})

_HALF = Fraction(1, 2)
_MOST_WEIGHT = 100
_SHARE = re.compile(r"\d{1,9}(?:\.\d{1,9}|/\d{1,9})?%?", re.ASCII)
_SHARES = ("quorum", "majority", "quorum_per_center", "majority_per_center")
_FLAGS = ("abstentions_count_for_quorum", "closes_early", "consensus_first")
# The least and the most of each figure.
_FIGURES = {"review_hours": (0, 8760), "delay_days": (0, 365), "vote_days": (1, 365), "member_days": (0, 3650)}
_CHOICES: dict[str, type[StrEnum]] = {"blocks_count": BlockCounts, "sponsors": Sponsors, "late": Late}
TERMS = frozenset({*_SHARES, *_FLAGS, *_FIGURES, *_CHOICES, "weights"})


class TermsError(ValueError):
    """The terms make no rule; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


def rule_from_terms(
    *, code: str, title: Text, decision: str, valid_from: date, terms: Mapping[str, Any]
) -> RuleOfDecision:
    """The rule that terms describe; what they leave out is as RuleOfDecision has it.

    Raises TermsError for a word nobody knows, a figure that cannot be, a rule without quorum or majority, and one by
    which a tie or a minority would pass.
    """
    unknown = ", ".join(sorted(set(terms) - TERMS))
    if unknown:
        raise TermsError(
            en=f"A rule of decision knows no “{unknown}”.", es=f"Una regla de decisión no conoce «{unknown}»."
        )
    for name in ("quorum", "majority"):
        if terms.get(name) is None:
            raise TermsError(en=f"The rule lacks its “{name}”.", es=f"A la regla le falta «{name}».")
    given: dict[str, Any] = {}
    for name, read in _READERS.items():
        if terms.get(name) is not None:
            given[name] = read(name, terms[name])
    rule = RuleOfDecision(code=code, title=title, decision=decision, valid_from=valid_from, **given)
    _refuse_senseless(rule=rule)
    return rule


def terms_of(rule: RuleOfDecision, /) -> dict[str, Any]:
    """The terms of a rule, all of them, as they are kept and frozen: what a vote is held by stands in them."""
    terms: dict[str, Any] = {name: _written(getattr(rule, name)) for name in _SHARES}
    terms |= {name: getattr(rule, name) for name in (*_FLAGS, *_FIGURES)}
    terms |= {name: str(getattr(rule, name)) for name in _CHOICES}
    terms["weights"] = dict(sorted(rule.weights.items()))
    return terms


def share_from(written: str, /) -> Share:
    """The share that "1/2", "50 %" or ">2/3" stand for. Raises TermsError for anything else."""
    text = "".join(written.split())
    more_than = text.startswith(">")
    text = text.removeprefix(">")
    try:
        text = text if _SHARE.fullmatch(text) else ""  # 1e999999999 is a fraction too: nobody would live to see it
        of = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        return Share(of=of, more_than=more_than)
    except (ValueError, ZeroDivisionError) as error:
        raise TermsError(
            en=f"“{written}” is no share. Write it like 1/2, 50 % or >2/3.",
            es=f"«{written}» no es una proporción. Escríbala como 1/2, 50 % o >2/3.",
        ) from error


def _written(share: Share | None) -> str | None:
    if share is None:
        return None
    return f"{'>' if share.more_than else ''}{share.of.numerator}/{share.of.denominator}"


def _refuse_senseless(*, rule: RuleOfDecision) -> None:
    if rule.quorum.of == 0 or (rule.quorum_per_center is not None and rule.quorum_per_center.of == 0):
        raise TermsError(
            en="With that quorum nobody would have to be present.",
            es="Con ese quórum no tendría que estar presente nadie.",
        )
    if rule.majority.of < _HALF or (rule.majority.of == _HALF and not rule.majority.more_than):
        raise TermsError(
            en="With that majority a tie or less would pass: write >1/2, or more.",
            es="Con esa mayoría se aprobaría con un empate o menos: escriba >1/2, o más.",
        )
    if rule.majority_per_center is not None and rule.majority_per_center.of == 0:
        raise TermsError(
            en="With that majority per center no center would have a say.",
            es="Con esa mayoría por centro ningún centro tendría voz.",
        )


def _a_share(name: str, value: Any) -> Share:
    if not isinstance(value, str):
        raise _wrong(name, value)
    return share_from(value)


def _a_flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, value)
    return value


def _a_figure(name: str, value: Any) -> int:
    least, most = _FIGURES[name]
    if type(value) is not int or not least <= value <= most:
        raise TermsError(
            en=f"“{name}” is a whole number from {least} to {most}.",
            es=f"«{name}» es un número entero de {least} a {most}.",
        )
    return value


def _a_choice(name: str, value: Any) -> StrEnum:
    kind = _CHOICES[name]
    if value not in list(kind):
        known = ", ".join(kind)
        raise TermsError(en=f"“{name}” is one of: {known}.", es=f"«{name}» es uno de: {known}.")
    return kind(value)


def _weights(_name: str, value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping) or set(value) not in (PERSON, MEMBERS):
        raise TermsError(
            en="Weights are those of a person, or of an organization and an individual.",
            es="Los pesos son los de una persona, o los de una organización y una persona física.",
        )
    for weight in value.values():
        if type(weight) is not int or not 1 <= weight <= _MOST_WEIGHT:
            raise TermsError(
                en=f"A weight is a whole number from 1 to {_MOST_WEIGHT}.",
                es=f"Un peso es un número entero de 1 a {_MOST_WEIGHT}.",
            )
    return dict(value)


def _wrong(name: str, value: Any) -> TermsError:
    return TermsError(en=f"“{name}” cannot be {value!r}.", es=f"«{name}» no puede ser {value!r}.")


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(_SHARES, _a_share),
    **dict.fromkeys(_FLAGS, _a_flag),
    **dict.fromkeys(_FIGURES, _a_figure),
    **dict.fromkeys(_CHOICES, _a_choice),
    "weights": _weights,
}
