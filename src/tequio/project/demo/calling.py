"""The volunteer callers of the demo: once a week they take the top of the debtor list and try."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tequio.centers.queries import center_by_code
from tequio.dues.debtors import debtors
from tequio.members.operations import log_contact
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.cast import Person
from tequio.project.demo.habits import Habit, method
from tequio.project.demo.scenes import CALLERS, owed, pay
from tequio.rules.standing import Standing

_CALLS_A_WEEK = {"us": 6, "mx": 2}
_LATE_ENOUGH = timedelta(days=45)
_LEFT_ALONE = timedelta(days=35)
_ANSWERS = 0.6


@dataclass(slots=True, kw_only=True)
class Callers:
    """Whom the callers know, how each pays, and when each was tried last."""

    agenda: Agenda
    people: Mapping[str, Person]
    habits: Mapping[str, Habit]
    rngs: Mapping[str, random.Random]
    spared: frozenset[str]
    tried: dict[str, date] = field(default_factory=dict)

    def call(self, *, at: datetime) -> None:
        """Try the oldest debts of each center that were not tried lately; whoever is inactive is left to a meeting."""
        today = at.date()
        for center_code, calls in _CALLS_A_WEEK.items():
            rows, _ = debtors(on=today, center=center_by_code(code=center_code), first=len(self.people))
            due = [
                self.people[row.code]
                for row in rows
                if today - row.oldest_due >= _LATE_ENOUGH
                and row.standing != Standing.INACTIVE
                and row.code not in self.spared
                and today - self.tried.get(row.code, date.min) >= _LEFT_ALONE
            ]
            for person in due[:calls]:
                self._try(person=person, at=at)

    def _try(self, *, person: Person, at: datetime) -> None:
        """Nobody answers the first time; from the second on most do, and those who waited for it pay soon after."""
        today, rng, caller = at.date(), self.rngs[person.code], CALLERS[person.center]
        reached = person.code in self.tried and rng.random() < _ANSWERS
        self.tried[person.code] = today
        outcome = "reached" if reached else "attempted"
        log_contact(code=person.code, on=today, by=caller, outcome=outcome, actor=caller, at=at)
        if reached and self.habits[person.code] in (Habit.WHEN_REACHED, Habit.PART):
            how = method(rng=rng, center=person.center)
            self.agenda.add(
                on=today + timedelta(days=rng.randrange(2, 21)),
                scene=lambda at: pay(person=person, amount=owed(code=person.code), at=at, method=how),
            )
