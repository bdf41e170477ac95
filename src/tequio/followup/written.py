"""A follow-up policy as somebody wrote it: plain data, checked word by word, in the form a proposal or a file keeps.

{"code", "title": {"en", "es"}, "valid_from", "centers": ["us"], "steps": [{"key", "days", "channels", "standings",
"title", "text"}], "terms": {figure: number}, "postage": {"us": "0.49"}, "assumed": [...]}.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tequio.decisions.effects import written
from tequio.followup.drafting import LONGEST_KEY, TERMS, StepLine, Terms, refuse_ladder
from tequio.rules import ladder as rules
from tequio.rules.ladder import Channel
from tequio.rules.money import MINOR_PER_UNIT, AmountError, minor_units
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

LONGEST_CODE = 47  # with the center's code in front it fits its column
_KEYS = frozenset({"code", "title", "valid_from", "centers", "steps", "terms", "postage", "assumed"})
_STEP_KEYS = frozenset({"key", "days", "channels", "standings", "title", "text"})
_ASSUMABLE = TERMS | {"valid_from", "steps", "postage"}
_FLAGS = frozenset({"call_on_sundays"})
_LONGEST_TITLE, _LONGEST_STEP, _LONGEST_TEXT = 200, 150, 4000
_MOST_STEP_DAYS = 3650
_MOST_POSTAGE = 10**7  # minor units; more is a mistyped amount


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLadder:
    """A ladder as it was written, every word of it checked. `postage` is in minor units, by center."""

    code: str
    title: Text
    valid_from: date
    centers: tuple[str, ...]
    steps: tuple[StepLine, ...]
    terms: Terms
    postage: Mapping[str, int]
    assumed: tuple[str, ...]

    def code_in(self, *, center: str) -> str:
        """The code of its policy in one center."""
        return f"{center}-{self.code}"

    def terms_in(self, *, center: str) -> Terms:
        """Its figures in one center."""
        return Terms(**{**asdict(self.terms), "postage": self.postage.get(center, 0)})

    def as_rule(self, *, center: str) -> rules.FollowUpPolicy:
        """The ladder as the rule takes it, before any decision has put it in force."""
        terms = self.terms
        return rules.FollowUpPolicy(
            code=self.code_in(center=center),
            title=self.title,
            decision="",
            valid_from=self.valid_from,
            steps=tuple(
                rules.Step(
                    key=step.key,
                    days=step.days,
                    channels=tuple(Channel(name) for name in step.channels),
                    standings=frozenset(Standing(name) for name in step.standings),
                )
                for step in self.steps
            ),
            apart_days=terms.apart_days,
            arrives_after={Channel.MAIL: terms.mail_days, Channel.LETTER: terms.letter_days, Channel.CALL: 0},
            money_known_days=terms.money_known_days,
            held_back_days=terms.held_back_days,
        )

    def as_data(self) -> dict[str, Any]:
        """The form in which it is kept: everything said, nothing left to a default."""
        terms = {name: value for name, value in asdict(self.terms).items() if name != "postage" and value is not None}
        return {
            "code": self.code,
            "title": self.title.as_dict(),
            "valid_from": self.valid_from.isoformat(),
            "centers": list(self.centers),
            "steps": [
                {
                    "key": step.key,
                    "days": step.days,
                    "channels": list(step.channels),
                    "standings": list(step.standings),
                    "title": step.title.as_dict(),
                    "text": step.text.as_dict(),
                }
                for step in self.steps
            ],
            "terms": terms,
            "postage": {center: _amount(minor) for center, minor in sorted(self.postage.items())},
            "assumed": list(self.assumed),
        }


def ladder_written(*, data: Mapping[str, Any], on: date) -> WrittenLadder:
    """Read a follow-up policy from data somebody wrote; refuses, with a sentence, whatever cannot be kept.

    Refuses an unknown key, a day before `on`, a text in one language only, steps out of order, a ladder that begins
    with a call, figures beyond their limits. Whether its centers exist is for who adopts it.
    """
    written.refuse_unknown(keys=data, known=_KEYS)
    code = written.code(data=data, longest=LONGEST_CODE)
    centers = written.words(data=data, key="centers")
    if not centers:
        raise written.wrong(key="centers", en="names at least one center", es="nombra al menos un centro")
    steps = data.get("steps")
    if not isinstance(steps, list) or not steps:
        raise written.wrong(key="steps", en="is a list of steps and has one at least", es="es una lista de pasos")
    assumed = written.words(data=data, key="assumed")
    written.refuse_unknown(keys=assumed, known=_ASSUMABLE, where="assumed")
    found = WrittenLadder(
        code=code,
        title=written.bilingual(data=data, key="title", longest=_LONGEST_TITLE),
        valid_from=written.day_from(data=data, key="valid_from", on=on),
        centers=tuple(centers),
        steps=tuple(_step(step) for step in steps),
        terms=_terms(data.get("terms", {})),
        postage=_postage(data.get("postage", {}), centers=centers),
        assumed=tuple(sorted(assumed)),
    )
    refuse_ladder(code=code, steps=list(found.steps), terms=found.terms)
    return found


def _step(step: Any) -> StepLine:
    if not isinstance(step, Mapping):
        raise written.wrong(key="steps", en="is a list of tables", es="es una lista de tablas")
    written.refuse_unknown(keys=map(str, step), known=_STEP_KEYS, where="steps")
    return StepLine(
        key=written.code(data=step, key="key", longest=LONGEST_KEY),
        days=written.number(data=step, key="days", least=-_MOST_STEP_DAYS, most=_MOST_STEP_DAYS),
        channels=tuple(written.words(data=step, key="channels")),
        standings=tuple(written.words(data=step, key="standings")),
        title=written.bilingual(data=step, key="title", longest=_LONGEST_STEP),
        text=written.bilingual(data=step, key="text", longest=_LONGEST_TEXT),
    )


def _terms(terms: Any) -> Terms:
    if not isinstance(terms, Mapping):
        raise written.wrong(key="terms", en="is a table of figures", es="es una tabla de cifras")
    written.refuse_unknown(keys=map(str, terms), known=TERMS, where="terms")
    said: dict[str, Any] = {
        name: written.flag(data=terms, key=name, default=False)
        if name in _FLAGS
        else written.number(data=terms, key=name)
        for name in terms
    }
    return Terms(**said)


def _postage(postage: Any, *, centers: list[str]) -> dict[str, int]:
    if not isinstance(postage, Mapping):
        raise written.wrong(key="postage", en="is a table by center", es="es una tabla por centro")
    written.refuse_unknown(keys=map(str, postage), known=centers, where="postage")
    return {center: _minor(amount) for center, amount in postage.items()}


def _minor(amount: Any) -> int:
    try:
        minor = minor_units(amount=amount) if isinstance(amount, str) else -1
    except AmountError:
        minor = -1
    if not 0 <= minor <= _MOST_POSTAGE:
        raise written.wrong(key="postage", en='is an amount like "0.49"', es='es un monto como "0.49"')
    return minor


def _amount(minor: int) -> str:
    return f"{minor // MINOR_PER_UNIT}.{minor % MINOR_PER_UNIT:02d}"
