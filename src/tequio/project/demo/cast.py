"""Who plays what in the demo's year: members picked from the imported roll for the scenes that must occur."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from tequio.members.models import Contact, Member
from tequio.project.demo.roll import PLANTED
from tequio.rules.periods import first_period_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as the casting sees it; `first_period` is when its first billed year starts."""

    code: str
    center: str
    language: str
    currency: str
    in_arrears: bool
    first_period: date
    has_phone: bool = True
    operations: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """One member for each scene that is written out in scenes.py."""

    keeps_plan: Person
    breaks_plan: Person
    comes_back_on_contact: Person
    dissolved: Person
    hold_in_new_york: Person
    hold_in_mexico: Person
    reduced: Person
    solidarity: Person
    comped: Person
    paid_double: Person
    entered_twice: Person
    leaves: Person
    leaves_and_returns: Person
    limited_and_back: Person

    def codes(self) -> frozenset[str]:
        """The ids of all of them."""
        return frozenset(getattr(self, part.name).code for part in fields(self))


def everybody() -> list[Person]:
    """The imported members in the order of their ids."""
    rows = Member.objects.select_related("center").order_by("code")
    phones = set(Contact.objects.exclude(phone="").values_list("member_id", flat=True))
    return [
        Person(
            code=row.code,
            center=row.center.code,
            language=row.center.language,
            currency=row.center.currency,
            in_arrears=row.opening_balance > 0,
            first_period=first_period_start(paid_until=row.paid_until, owes=row.opening_balance > 0),
            has_phone=row.pk in phones,
            operations=row.operations,
        )
        for row in rows
    ]


def choose(*, rng: random.Random, people: Sequence[Person]) -> Cast:
    """Give every part to a member of its own: the first that fits best, else one that fits at all."""
    planted = {p.member_id for p in PLANTED} | {p.same_as for p in PLANTED}
    free = [p for p in people if p.code not in planted]
    rng.shuffle(free)

    def pick(*, arrears: bool, months: range, center: str | None = None, called: bool = False) -> Person:
        fits = [p for p in free if p.in_arrears == arrears and center in (None, p.center)]
        fits = [p for p in fits if p.has_phone and p.operations] if called else fits
        found = next((p for p in fits if p.first_period.month in months), fits[0])
        free.remove(found)
        return found

    # A plan is clearest where the next invoice comes after its end.
    late_in_the_year, spring_to_autumn = range(9, 13), range(4, 11)
    return Cast(
        hold_in_mexico=pick(arrears=True, months=range(1, 13), center="mx"),
        keeps_plan=pick(arrears=True, months=late_in_the_year, center="us"),
        breaks_plan=pick(arrears=True, months=late_in_the_year, center="us"),
        comes_back_on_contact=pick(arrears=True, months=late_in_the_year, center="us"),
        dissolved=pick(arrears=True, months=range(6, 13), center="us"),
        hold_in_new_york=pick(arrears=True, months=range(1, 13), center="us"),
        reduced=pick(arrears=False, months=spring_to_autumn, center="mx"),
        solidarity=pick(arrears=False, months=spring_to_autumn, center="us"),
        comped=pick(arrears=False, months=spring_to_autumn, center="us"),
        paid_double=pick(arrears=False, months=spring_to_autumn, center="us"),
        entered_twice=pick(arrears=False, months=spring_to_autumn, center="mx"),
        leaves=pick(arrears=False, months=range(2, 6), center="mx"),
        leaves_and_returns=pick(arrears=False, months=spring_to_autumn, center="us"),
        # Two months late when the rule of October begins, and not yet four.
        limited_and_back=pick(arrears=False, months=range(7, 9), center="us", called=True),
    )
