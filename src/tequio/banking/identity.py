"""Which lines of a file are there already: by the bank's id where it can be trusted, else by what the line says.

Nothing is added twice, and nothing is dropped that may be new: where neither is certain a line is a possible twin, and
a person says.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHORT_ID = 7  # characters; an id as short as this may count from one in every file
NEAR = 10  # days a booking may move between two files that give it the same long id
_SAME_SHIFT = 3  # lines whose balances moved by one amount: something was booked before them since


class Standing(StrEnum):
    """What a line of a file is to those already there."""

    NEW = "new"
    KNOWN = "known"
    TWIN = "twin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What identity looks at. `words` recognizes the text; `family` is the format, for texts are alike within one."""

    number: int  # place in the file, or id of the line that is there
    on: date
    amount: int
    bank_id: str
    words: str
    balance: int | None
    family: str


def standings(
    *, fresh: Sequence[Line], known: Sequence[Line], alike: Callable[[int, int], bool]
) -> Mapping[int, tuple[Standing, int | None]]:
    """For each line of a file what it is, and the line it may be; `alike` compares the texts of two formats.

    `known` are the account's lines over the days of the file and some more. The fresh ones are given in their order.
    """
    answer: dict[int, tuple[Standing, int | None]] = {}
    left = {line.number: line for line in known}
    trusted = _trusted(fresh)
    _by_id(fresh, left=left, trusted=trusted, answer=answer)
    # Everything the bank numbers was told apart by its number, and some lines were recognized by it: it is stable.
    stable = any(standing is Standing.KNOWN for standing, _ in answer.values())
    _by_content(fresh, left=left, trusted=trusted if stable else frozenset(), known=known, answer=answer)
    _across_formats(fresh, left=left, answer=answer, alike=alike)
    for line in fresh:
        answer.setdefault(line.number, (Standing.NEW, None))
    return answer


def _trusted(lines: Sequence[Line]) -> frozenset[str]:
    """The ids that stand once in the file and say something."""
    times = Counter(line.bank_id for line in lines if line.bank_id)
    return frozenset(bank_id for bank_id, count in times.items() if count == 1 and bank_id.strip("0 -"))


def _by_id(
    fresh: Sequence[Line],
    *,
    left: dict[int, Line],
    trusted: frozenset[str],
    answer: dict[int, tuple[Standing, int | None]],
) -> None:
    by_id: dict[str, list[Line]] = defaultdict(list)
    for line in left.values():
        if line.bank_id:
            by_id[line.bank_id].append(line)
    for line in fresh:
        if line.bank_id not in trusted:
            continue
        apart = 0 if len(line.bank_id) <= SHORT_ID else NEAR
        for there in by_id.get(line.bank_id, ()):
            same = there.amount == line.amount and abs((there.on - line.on).days) <= apart
            if same and there.number in left:
                del left[there.number]
                answer[line.number] = Standing.KNOWN, there.number
                break


def _by_content(
    fresh: Sequence[Line],
    *,
    left: dict[int, Line],
    trusted: frozenset[str],
    known: Sequence[Line],
    answer: dict[int, tuple[Standing, int | None]],
) -> None:
    """The same day, amount and words: the same line, as often as it stands there; unless ids or balances differ."""
    groups: dict[tuple[date, int, str, str], list[Line]] = defaultdict(list)
    for line in left.values():
        groups[line.on, line.amount, line.words, line.family].append(line)
    differing: list[tuple[Line, Line]] = []
    for line in fresh:
        there = groups.get((line.on, line.amount, line.words, line.family))
        if line.number in answer or not there:
            continue
        exact = [one for one in there if one.balance == line.balance and _ids_agree(one, line)]
        if not exact and line.bank_id in trusted and all(one.bank_id for one in there):
            continue  # the bank numbers its lines, its numbers are stable, and this one is another
        one = exact[0] if exact else there[0]
        there.remove(one)
        del left[one.number]
        if exact or (one.balance is None and not line.bank_id) or (line.balance is None and not line.bank_id):
            answer[line.number] = Standing.KNOWN, one.number
        else:
            differing.append((line, one))
    _settle_differing(differing, fresh=fresh, known=known, answer=answer)


def _ids_agree(one: Line, other: Line) -> bool:
    return one.bank_id == other.bank_id or not one.bank_id or not other.bank_id


def _settle_differing(
    differing: Sequence[tuple[Line, Line]],
    *,
    fresh: Sequence[Line],
    known: Sequence[Line],
    answer: dict[int, tuple[Standing, int | None]],
) -> None:
    """Lines that say the same but for their id or balance.

    A bank that numbers anew with every download, or that booked something before them since, changes all of them
    alike: days that hold exactly what they held are the same days. A single one may be a second payment.
    """
    days_fresh, days_known = _days(fresh), _days(known)
    shifts = Counter(
        line.balance - there.balance
        for line, there in differing
        if line.balance is not None and there.balance is not None
    )
    for line, there in differing:
        shift = None if line.balance is None or there.balance is None else line.balance - there.balance
        moved_together = shift is not None and shift != 0 and shifts[shift] >= _SAME_SHIFT
        same_day = days_fresh[line.on] == days_known[line.on] and sum(days_fresh[line.on].values()) > 1
        numbered_anew = not shift and line.bank_id != there.bank_id and same_day
        certain = moved_together or numbered_anew
        answer[line.number] = (Standing.KNOWN if certain else Standing.TWIN), there.number


def _days(lines: Sequence[Line]) -> dict[date, Counter[tuple[int, str]]]:
    days: dict[date, Counter[tuple[int, str]]] = defaultdict(Counter)
    for line in lines:
        days[line.on][line.amount, line.words] += 1
    return days


def _across_formats(
    fresh: Sequence[Line],
    *,
    left: dict[int, Line],
    answer: dict[int, tuple[Standing, int | None]],
    alike: Callable[[int, int], bool],
) -> None:
    """The same day and amount from another format of the same bank: the same line where the texts share a word."""
    groups: dict[tuple[date, int], list[Line]] = defaultdict(list)
    for line in left.values():
        groups[line.on, line.amount].append(line)
    waiting: list[Line] = []
    for line in fresh:
        there = [one for one in groups.get((line.on, line.amount), ()) if one.family != line.family]
        if line.number in answer or not there:
            continue
        same = next((one for one in there if alike(line.number, one.number)), None)
        if same is None:
            waiting.append(line)
            continue
        groups[line.on, line.amount].remove(same)
        answer[line.number] = Standing.KNOWN, same.number
    for line in waiting:
        there = [one for one in groups[line.on, line.amount] if one.family != line.family]
        if there:
            groups[line.on, line.amount].remove(there[0])
            answer[line.number] = Standing.TWIN, there[0].number
