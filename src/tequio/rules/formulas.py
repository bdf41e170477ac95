"""Formulas of budgets: numbers, names, + - * / and parentheses, percent. Exact until the end, rounded once, stated how.

A language of our own and a small one, so that whoever reads a budget can read every formula in it, and so that no
formula can do anything but arithmetic. Numbers are in whole units, as people write them: `members * 50 * 95 %`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tequio.rules.money import MINOR_PER_UNIT
from tequio.rules.reasons import Text

LONGEST = 300
_DEEPEST = 30
_LARGEST = 10**13  # minor units: what columns and spreadsheets carry
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,13}(?:\.\d{1,6})?)|(?P<name>[a-z][a-z0-9_]{0,39})|(?P<sign>[-+*/()%]))", re.ASCII
)
_PERCENTAGE = re.compile(r"\s*(\d{1,13}(?:\.\d{1,6})?)\s*%\s*", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


class FormulaError(ValueError):
    """The formula cannot be read or worked out; `text` says why in both languages."""

    def __init__(self, *, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, es=es)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    written: str

    @property
    def value(self) -> Fraction:
        """Exactly what was written."""
        return Fraction(self.written)


@dataclass(frozen=True, slots=True)
class Name:
    """An assumption, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Both:
    """Two parts and the sign between them."""

    sign: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class One:
    """A part with a minus before it, or a percent sign after it."""

    sign: str
    inner: "Tree"


Tree = Number | Name | Both | One


def parsed(*, formula: str) -> Tree:
    """What a formula says. Refuses with FormulaError what is not one, naming the place."""
    if len(formula) > LONGEST:
        raise FormulaError(
            en=f"A formula has at most {LONGEST} characters.", es=f"Una fórmula tiene {LONGEST} caracteres a lo más."
        )
    reader = _Reader(words=list(_words(formula=formula)), formula=formula)
    tree = reader.sum(depth=0)
    reader.refuse_rest()
    return tree


def names_in(*, tree: Tree) -> Iterator[str]:
    """The names a formula speaks of, in its order, each once."""
    yield from dict.fromkeys(_names(tree))


def _names(tree: Tree) -> Iterator[str]:
    match tree:
        case Name(name):
            yield name
        case Both(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case One(_, inner):
            yield from _names(inner)
        case Number():
            return


def worked_out(*, tree: Tree, values: Mapping[str, Fraction], formula: str) -> Fraction:
    """The exact value, with the values of its names. Refuses an unknown name and a division by nothing."""
    match tree:
        case Number():
            return tree.value
        case Name(name):
            if name not in values:
                raise unknown(name=name, formula=formula, known=values)
            return values[name]
        case One(sign, inner):
            value = worked_out(tree=inner, values=values, formula=formula)
            return -value if sign == "-" else value / 100
        case Both(sign, left, right):
            first = worked_out(tree=left, values=values, formula=formula)
            second = worked_out(tree=right, values=values, formula=formula)
            if sign == "/" and second == 0:
                raise FormulaError(
                    en=f"“{formula}” divides by {written(tree=right)}, which is nothing.",
                    es=f"«{formula}» divide entre {written(tree=right)}, que es cero.",
                )
            if sign == "+":
                return first + second
            if sign == "-":
                return first - second
            return first * second if sign == "*" else first / second


def unknown(*, name: str, formula: str, known: Mapping[str, object]) -> FormulaError:
    """What is said of a name that is no assumption, with those there are."""
    there = ", ".join(sorted(known)) or "-"
    return FormulaError(
        en=f"“{formula}” speaks of “{name}”, which is no assumption of this budget. There are: {there}.",
        es=f"«{formula}» habla de «{name}», que no es un supuesto de este presupuesto. Existen: {there}.",
    )


def written(*, tree: Tree) -> str:
    """A formula in one way of writing it, with the parentheses it needs and no others."""
    match tree:
        case Number():
            return tree.written
        case Name(name):
            return name
        case One("%", inner):
            return f"{_inside(inner, apart=isinstance(inner, Both | One))} %"
        case One(_, inner):
            return f"-{_inside(inner, apart=isinstance(inner, Both))}"
        case Both(sign, left, right):
            product = sign in "*/"
            first = _inside(left, apart=product and isinstance(left, Both) and left.sign in "+-")
            second = _inside(
                right,
                apart=(isinstance(right, Both) and (product or right.sign in "+-"))
                or (isinstance(right, One) and right.sign == "-"),
            )
            return f"{first} {sign} {second}"


def _inside(tree: Tree, *, apart: bool) -> str:
    return f"({written(tree=tree)})" if apart else written(tree=tree)


def rounded(*, value: Fraction, formula: str) -> int:
    """Whole units as minor units: half a cent away from nothing. Refuses what no budget holds."""
    exact = abs(value) * MINOR_PER_UNIT
    quotient, rest = divmod(exact.numerator, exact.denominator)
    minor = quotient + (1 if rest * 2 >= exact.denominator else 0)
    if minor > _LARGEST:
        raise FormulaError(
            en=f"“{formula}” comes to more than a budget can hold.",
            es=f"«{formula}» da más de lo que cabe en un presupuesto.",
        )
    return minor if value >= 0 else -minor


def shown(*, value: Fraction) -> str:
    """A value as people read it: whole, or with at most six decimals and none that say nothing."""
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{abs(float(value)):.6f}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def percentage(*, formula: str) -> str | None:
    """The number of a formula that is nothing but a percentage, like "5" of "5 %"; None for any other."""
    found = _PERCENTAGE.fullmatch(formula)
    return found[1] if found else None


def _words(*, formula: str) -> Iterator[tuple[str, str, int]]:
    """The words of a formula: what each is, how it is written, where it stands (from 1)."""
    place = 0
    end = len(formula.rstrip())
    while place < end:
        found = _TOKEN.match(formula, place)
        if found is None:
            start = place + len(formula[place:]) - len(formula[place:].lstrip())
            raise FormulaError(
                en=f"“{formula}” cannot be read from character {start + 1} on: “{formula[start : start + 12]}”. A "
                "formula has numbers like 1234.5, names like members_at_start, + - * / %, and parentheses.",
                es=f"«{formula}» no se puede leer desde el carácter {start + 1}: «{formula[start : start + 12]}». Una "
                "fórmula lleva números como 1234.5, nombres como members_at_start, + - * / % y paréntesis.",
            )
        kind = found.lastgroup or ""
        yield kind, found[kind], found.start(kind) + 1
        place = found.end()


class _Reader:
    """Reads a formula's words from left to right: a sum of products of parts."""

    def __init__(self, *, words: list[tuple[str, str, int]], formula: str) -> None:
        self.words = words
        self.formula = formula
        self.next = 0

    def peek(self) -> str:
        """The next sign, or nothing."""
        return self.words[self.next][1] if self.next < len(self.words) else ""

    def sum(self, *, depth: int) -> Tree:
        """Products with + or - between them."""
        tree = self.product(depth=depth)
        while self.peek() in ("+", "-"):
            sign = self.take()
            tree = Both(sign, tree, self.product(depth=depth))
        return tree

    def product(self, *, depth: int) -> Tree:
        """Parts with * or / between them."""
        tree = self.part(depth=depth)
        while self.peek() in ("*", "/"):
            sign = self.take()
            tree = Both(sign, tree, self.part(depth=depth))
        return tree

    def part(self, *, depth: int) -> Tree:
        """A number, a name, or something in parentheses; a minus before it, a percent sign after it."""
        if depth > _DEEPEST:
            raise FormulaError(
                en=f"“{self.formula}” has too many parentheses inside one another.",
                es=f"«{self.formula}» tiene demasiados paréntesis anidados.",
            )
        if self.peek() == "-":
            self.take()
            return One("-", self.part(depth=depth + 1))
        if self.next >= len(self.words):
            raise FormulaError(
                en=f"“{self.formula}” ends too early: a number or a name is missing.",
                es=f"«{self.formula}» termina antes de tiempo: falta un número o un nombre.",
            )
        kind, word, place = self.words[self.next]
        tree: Tree
        if kind == "number":
            self.take()
            tree = Number(word)
        elif kind == "name":
            self.take()
            tree = Name(word)
        elif word == "(":
            self.take()
            tree = self.sum(depth=depth + 1)
            if self.peek() != ")":
                raise FormulaError(
                    en=f"In “{self.formula}” the parenthesis opened at character {place} is not closed.",
                    es=f"En «{self.formula}» no se cierra el paréntesis abierto en el carácter {place}.",
                )
            self.take()
        else:
            raise self.unexpected()
        while self.peek() == "%":
            self.take()
            tree = One("%", tree)
        return tree

    def take(self) -> str:
        """The next word, read."""
        self.next += 1
        return self.words[self.next - 1][1]

    def refuse_rest(self) -> None:
        """Refuse what stands after a whole formula."""
        if self.next < len(self.words):
            raise self.unexpected()

    def unexpected(self) -> FormulaError:
        """What is said of a word where it cannot stand."""
        _, word, place = self.words[self.next]
        return FormulaError(
            en=f"In “{self.formula}” the “{word}” at character {place} cannot stand there.",
            es=f"En «{self.formula}» no puede ir «{word}» en el carácter {place}.",
        )
