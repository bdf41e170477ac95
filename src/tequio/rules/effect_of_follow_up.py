"""What does following up bring in? Money that came after a contact, counted once, and never called its cause.

Source: the organization asked for "a measure of what chasing brings in against what it costs". What came after a
contact might have come without it; only a comparison group, called later, can say more, and only when it is large
enough.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import comb
from statistics import median

from tequio.rules.reasons import Text

CHANCE = 0.05  # a difference this rare by chance alone is told as more than a coincidence
FEWEST = 10  # members in each group; with fewer nothing can be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Something that was said to a member: the step, the channel, who said it, and the day."""

    member: int
    step: str
    channel: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Money that settled something late of a member on a day, in minor units of one currency."""

    member: int
    on: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What followed on contacts of one sort within the days counted: money, members that paid, days to it."""

    contacts: int
    members: int
    paid: int
    amount: int
    median_days: float | None


def last_contacts(
    *, contacts: Iterable[Contact], received: Sequence[Received], within_days: int
) -> list[tuple[Received, Contact | None]]:
    """For each amount the last contact of that member in the days before it, the day itself included; None without.

    So each amount is counted once, however many letters a member got before it paid.
    """
    by_member: dict[int, list[Contact]] = defaultdict(list)
    for contact in sorted(contacts, key=lambda c: c.on):
        by_member[contact.member].append(contact)
    found: list[tuple[Received, Contact | None]] = []
    for money in received:
        before = [c for c in by_member.get(money.member, ()) if 0 <= (money.on - c.on).days <= within_days]
        found.append((money, before[-1] if before else None))
    return found


def followed_by(
    *,
    contacts: Sequence[Contact],
    received: Sequence[Received],
    within_days: int,
    sort: Callable[[Contact], str],
) -> dict[str, Followed]:
    """What followed on the contacts of each sort (step, channel, caller), each amount counted once."""
    told: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        told[sort(contact)].append(contact)
    money: dict[str, list[tuple[Received, Contact]]] = defaultdict(list)
    for amount, last in last_contacts(contacts=contacts, received=received, within_days=within_days):
        if last is not None:
            money[sort(last)].append((amount, last))
    return {
        name: Followed(
            contacts=len(some),
            members=len({c.member for c in some}),
            paid=len({amount.member for amount, _ in money[name]}),
            amount=sum(amount.amount for amount, _ in money[name]),
            median_days=median((amount.on - c.on).days for amount, c in money[name]) if money[name] else None,
        )
        for name, some in told.items()
    }


def chance_of(*, paid: int, of: int, other_paid: int, other_of: int) -> float:
    """How often a difference at least this large comes by chance alone: Fisher's exact test, both sides.

    0 to 1. Nobody is needed to believe it: every table with the same sums is counted.
    """
    all_paid, total = paid + other_paid, of + other_of
    ways = comb(total, all_paid)

    def share(k: int) -> float:
        return comb(of, k) * comb(other_of, all_paid - k) / ways

    seen = share(paid)
    lowest, highest = max(0, all_paid - other_of), min(of, all_paid)
    return min(1.0, sum(p for p in map(share, range(lowest, highest + 1)) if p <= seen * (1 + 1e-9)))


def compared(*, called_paid: int, called: int, held_paid: int, held: int, within_days: int) -> Text:
    """What the comparison group says, in a sentence; that it says nothing, where it is too small or too close."""
    counts = Text(
        en=f"Of {called} called {called_paid} paid within {within_days} days; of {held} called later, {held_paid}.",
        es=f"De {called} a las que se llamó pagaron {called_paid} en {within_days} días; de {held} a las que se llama "
        f"después, {held_paid}.",
    )
    if min(called, held) < FEWEST:
        return Text(
            en=f"{counts.en} That is too few to tell anything.", es=f"{counts.es} Son muy pocas para decir algo."
        )
    chance = chance_of(paid=called_paid, of=called, other_paid=held_paid, other_of=held)
    if chance > CHANCE:
        return Text(
            en=f"{counts.en} Such a difference comes by chance too often: it may be only a coincidence in time.",
            es=f"{counts.es} Una diferencia así se da por azar con frecuencia: puede ser solo coincidencia.",
        )
    return Text(
        en=f"{counts.en} By chance alone such a difference is rare (under {CHANCE:.0%}).",
        es=f"{counts.es} Por puro azar una diferencia así es rara (menos de {CHANCE:.0%}).",
    )
