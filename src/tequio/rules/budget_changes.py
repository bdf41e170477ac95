"""What turns one version of a budget into the next: amendments, their conflicts, two versions compared."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from tequio.rules.budget import Amounts, Assumption, Budget, BudgetError, Line, Side, checked
from tequio.rules.money import printed
from tequio.rules.reasons import Text

_Thing = TypeVar("_Thing", Line, Assumption)


class Action(StrEnum):
    """What a difference does."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line or one assumption that is added, changed or removed.

    `now` is how it stands in the version the difference was written against (none where it is added), `then` how it
    would stand (none where it is removed).
    """

    action: Action
    now: Line | Assumption | None = None
    then: Line | Assumption | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is about: a line by its code, or an assumption by its name."""
        thing = self.then or self.now
        if isinstance(thing, Line):
            return "line", thing.code
        if isinstance(thing, Assumption):
            return "assumption", thing.name
        raise BudgetError(en="A difference is about something.", es="Una diferencia trata de algo.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A difference somebody asks for: its number, against which version, why, and who asked."""

    number: int
    against: int
    difference: Difference
    why: Text
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why amendments cannot be taken (together): which, and a sentence that names both sides."""

    numbers: tuple[int, ...]
    text: Text


def written_against(
    *, budget: Budget, action: Action, then: Line | Assumption | None, key: tuple[str, str]
) -> Difference:
    """A difference against a budget, or BudgetError where the budget has not what it changes, or has what it adds."""
    kind, name = key
    now = budget.line(name) if kind == "line" else budget.assumption(name)
    word_en, word_es = ("line", "el renglón") if kind == "line" else ("assumption", "el supuesto")
    if action == Action.ADD and now is not None:
        raise BudgetError(
            en=f"There is a {word_en} “{name}” already: change it instead.",
            es=f"Ya existe {word_es} «{name}»: mejor cámbielo.",
        )
    if action != Action.ADD and now is None:
        raise BudgetError(
            en=f"There is no {word_en} “{name}” to {action.value}.", es=f"No existe {word_es} «{name}» en esta versión."
        )
    if action == Action.CHANGE and now == then:
        raise BudgetError(
            en=f"The {word_en} “{name}” would stay as it is.", es=f"Así, {word_es} «{name}» quedaría igual."
        )
    difference = Difference(action=action, now=now, then=None if action == Action.REMOVE else then)
    amended(budget=budget, differences=[difference])  # refuses what the next version could not be
    return difference


def amended(*, budget: Budget, differences: Sequence[Difference]) -> Budget:
    """The budget with the differences made: changed where they stood, added at the end of its side. It is checked.

    Refuses one whose `now` is not what the budget says: the version moved on under it.
    """
    lines, assumptions = list(budget.lines), list(budget.assumptions)
    for difference in differences:
        kind, name = difference.key
        now = budget.line(name) if kind == "line" else budget.assumption(name)
        if now != difference.now:
            raise BudgetError(
                en=f"“{name}” is not as it was when this change was written: the version moved on.",
                es=f"«{name}» ya no está como cuando se escribió este cambio: la versión cambió.",
            )
        before, after = difference.now, difference.then
        if isinstance(before, Line | None) and isinstance(after, Line | None):
            lines = _with(lines, before, after)
        elif isinstance(before, Assumption | None) and isinstance(after, Assumption | None):
            assumptions = _with(assumptions, before, after)
    changed = replace(budget, lines=_sides_in_order(lines), assumptions=tuple(assumptions))
    checked(budget=changed)
    return changed


def _with(rows: Sequence[_Thing], now: _Thing | None, then: _Thing | None) -> list[_Thing]:
    """The rows with one of them replaced where it stood, added at the end, or gone."""
    made: list[_Thing] = []
    for row in rows:
        if row != now:
            made.append(row)
        elif then is not None:
            made.append(then)
    if now is None and then is not None:
        made.append(then)
    return made


def _sides_in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Income before expense, each in the order it has."""
    return tuple(sorted(lines, key=lambda line: line.side == Side.EXPENSE))


def conflicts(*, number: int, budget: Budget, amendments: Sequence[Amendment]) -> tuple[Conflict, ...]:
    """Why these amendments cannot be taken together into version `number` as it stands; nothing where they can.

    Two amendments of one line or assumption: people choose between them. One written against an earlier version:
    only if what it changes has moved since; otherwise it still says what it said.
    """
    found = []
    about: dict[tuple[str, str], list[Amendment]] = defaultdict(list)
    for amendment in amendments:
        about[amendment.difference.key].append(amendment)
    for (_, name), asked in about.items():
        if len(asked) > 1:
            numbers = tuple(amendment.number for amendment in asked)
            words = ", ".join(map(str, numbers))
            who = "; ".join(f"{amendment.number}: {amendment.asked_by}" for amendment in asked)
            found.append(
                Conflict(
                    numbers=numbers,
                    text=Text(
                        en=f"Amendments {words} are about the same line, “{name}” ({who}). Take one of them.",
                        es=f"Las modificaciones {words} tratan del mismo renglón, «{name}» ({who}). Tome una sola.",
                    ),
                )
            )
    for amendment in amendments:
        kind, name = amendment.difference.key
        now = budget.line(name) if kind == "line" else budget.assumption(name)
        if now != amendment.difference.now:
            found.append(
                Conflict(
                    numbers=(amendment.number,),
                    text=Text(
                        en=f"Amendment {amendment.number} was written against version {amendment.against}, where "
                        f"“{name}” {_stood(amendment.difference.now, 'en', budget.currency)}; in version {number} it "
                        f"{_stood(now, 'en', budget.currency)}. Write it anew.",
                        es=f"La modificación {amendment.number} se escribió contra la versión {amendment.against}, "
                        f"donde «{name}» {_stood(amendment.difference.now, 'es', budget.currency)}; en la versión "
                        f"{number} {_stood(now, 'es', budget.currency)}. Hay que escribirla de nuevo.",
                    ),
                )
            )
    return tuple(found)


def _stood(thing: Line | Assumption | None, language: str, currency: str) -> str:
    spanish = language == "es"
    if thing is None:
        return "no existía" if spanish else "was not there"
    if isinstance(thing, Assumption):
        return f"{'era' if spanish else 'was'} {thing.value}"
    said = thing.formula or printed(minor=thing.amount or 0, currency=currency)
    return f"{'era' if spanish else 'was'} {said}"


def next_version(*, number: int, budget: Budget, accepted: Sequence[Amendment]) -> Budget:
    """Version n and its accepted amendments make version n+1. Refuses conflicts, all of them in one sentence each."""
    found = conflicts(number=number, budget=budget, amendments=accepted)
    if found:
        raise BudgetError(
            en=" ".join(conflict.text.en for conflict in found), es=" ".join(conflict.text.es for conflict in found)
        )
    return amended(budget=budget, differences=[amendment.difference for amendment in accepted])


def after_each(*, number: int, budget: Budget, amendments: Sequence[Amendment]) -> list[Amounts]:
    """The budget worked out after the first amendment, after the first two, and so on: "the total after each"."""
    return [
        checked(budget=next_version(number=number, budget=budget, accepted=amendments[: count + 1]))
        for count in range(len(amendments))
    ]


def differences(*, old: Budget, new: Budget) -> tuple[Difference, ...]:
    """What turns one budget into the other: made to `old` they give `new`, but for the order of its lines."""
    found: list[Difference] = []
    for old_things, new_things in (
        ({a.name: a for a in old.assumptions}, {a.name: a for a in new.assumptions}),
        ({line.code: line for line in old.lines}, {line.code: line for line in new.lines}),
    ):
        for name in dict.fromkeys((*old_things, *new_things)):
            now, then = old_things.get(name), new_things.get(name)
            if now == then:
                continue
            action = Action.ADD if now is None else Action.REMOVE if then is None else Action.CHANGE
            found.append(Difference(action=action, now=now, then=then))
    return tuple(found)


def said(*, difference: Difference, currency: str) -> Text:
    """A difference as a sentence, in both languages."""
    now, then = difference.now, difference.then
    if isinstance(now, Assumption) or isinstance(then, Assumption):
        return _assumption_said(
            now=now if isinstance(now, Assumption) else None, then=then if isinstance(then, Assumption) else None
        )
    old, new = (now if isinstance(now, Line) else None), (then if isinstance(then, Line) else None)
    if new is None:
        return Text(
            en=f"Remove {old.name.en if old else ''} ({_stands(old, currency)}).",
            es=f"Quitar {old.name.es if old else ''} ({_stands(old, currency)}).",
        )
    side = Text(en="income", es="ingreso") if new.side == Side.INCOME else Text(en="expense", es="gasto")
    if old is None:
        return Text(
            en=f"Add {_stands(new, currency)} of {side.en}: {new.name.en}.",
            es=f"Agregar {_stands(new, currency)} de {side.es}: {new.name.es}.",
        )
    if (old.amount, old.formula) != (new.amount, new.formula):
        return Text(
            en=f"{new.name.en}: {_stands(new, currency)} instead of {_stands(old, currency)}.",
            es=f"{new.name.es}: {_stands(new, currency)} en lugar de {_stands(old, currency)}.",
        )
    return Text(
        en=f"{new.name.en}: another account, fund, name or other months; the amount stays {_stands(new, currency)}.",
        es=f"{new.name.es}: otra cuenta, fondo, nombre u otros meses; la cantidad sigue en {_stands(new, currency)}.",
    )


def _assumption_said(*, now: Assumption | None, then: Assumption | None) -> Text:
    if then is None:
        label = now.label if now else Text(en="", es="")
        return Text(en=f"No longer assume: {label.en}.", es=f"Ya no suponer: {label.es}.")
    if now is None:
        return Text(en=f"Assume {then.label.en}: {then.value}.", es=f"Suponer {then.label.es}: {then.value}.")
    return Text(
        en=f"Assume {then.label.en}: {then.value} instead of {now.value}.",
        es=f"Suponer {then.label.es}: {then.value} en lugar de {now.value}.",
    )


def _stands(line: Line | None, currency: str) -> str:
    if line is None:
        return "-"
    return line.formula or printed(minor=line.amount or 0, currency=currency)
