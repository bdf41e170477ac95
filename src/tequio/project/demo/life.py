"""The demo's year: the organization lives through 2016, day by day, by the program's own operations."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from tequio.dues.models import Invoice
from tequio.members.operations import ImportResult, import_roll
from tequio.project.daily import tick
from tequio.project.demo import (
    budgeting,
    cast,
    doors,
    february,
    gatherings,
    guests,
    habits,
    june,
    scenes,
    spring,
    story,
)
from tequio.project.demo.agenda import Agenda, moment
from tequio.project.demo.calling import Callers
from tequio.project.demo.cast import Cast, Person
from tequio.project.demo.desk import work_the_desk
from tequio.project.demo.habits import Habit, Intention
from tequio.project.demo.roll import write_roll
from tequio.project.demo.scenes import Stage
from tequio.project.demo.statements import hand_in_statements
from tequio.project.rulebook import SAMPLE, load_rules

FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2016, 12, 31)
MEMBERS, SEED = 760, 2016
_CALLERS_REST_FROM = date(2016, 12, 1)  # so that whoever comes in as a caller finds somebody to call
_ACTOR = "demo"
_TICK_WEEKDAY, _DESK_WEEKDAY, _CALL_WEEKDAY = 0, 1, 2
_DAY = timedelta(days=1)
# What an individual paid last year: half of what most organizations will owe, too much after the split for some.
_PAID_AHEAD = {"us": 100_00, "mx": 3_280_00}

Progress = Callable[[date], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What a report needs to know besides the database: the roll, what the import said, and who played what."""

    roll: Path
    imported: ImportResult
    cast: Cast
    last_day: date = LAST_DAY


def live(*, folder: Path, members: int = MEMBERS, seed: int = SEED, progress: Progress | None = None) -> Year:
    """Load the sample rules and an invented roll into an empty, migrated database, and live through 2016.

    The roll is written to `folder`. The same `members` and `seed` lead to the same year, whatever the engine.
    `progress` is called with every day that is over. Raises ValueError where write_roll does.
    """
    roll = folder / "roll.csv"
    write_roll(path=roll, members=members, seed=seed)
    at = moment(day=FIRST_DAY)
    # What the committee decides in June is decided in the demonstration itself (story.py).
    load_rules(path=SAMPLE, actor=_ACTOR, at=at, decided_before=story.JUNE)
    imported = import_roll(path=roll, actor=_ACTOR, at=at)
    people = cast.everybody()
    rng = random.Random(f"{seed}:cast")
    chosen = cast.choose(rng=rng, people=people)
    year = _Living(people=people, chosen=chosen, seed=seed, rng=rng)
    with doors.served(folder=folder):
        _live_through(year=year, progress=progress)
    return Year(roll=roll, imported=imported, cast=chosen)


def _live_through(*, year: "_Living", progress: Progress | None) -> None:
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + number * _DAY
        # One commit a day: a thousand of them would wait for the disk, and nothing here is worth that.
        with transaction.atomic():
            year.live_through(day=day)
        if progress is not None:
            progress(day)


class _Living:
    """A year under way: the agenda, the callers, and the chance each member carries for itself.

    Each member draws from a chance of its own, so what one does never moves what another does.
    """

    def __init__(self, *, people: Iterable[Person], chosen: Cast, seed: int, rng: random.Random) -> None:
        self.people = {person.code: person for person in people}
        self.stage = Stage(agenda=Agenda(), cast=chosen)
        self.rngs = {code: random.Random(f"{seed}:{code}") for code in self.people}
        self.habits = _habits(people=self.people, chosen=chosen, rng=rng)
        self.callers = Callers(
            agenda=self.stage.agenda,
            people=self.people,
            habits=self.habits,
            rngs=self.rngs,
            spared=chosen.codes() - {chosen.breaks_plan.code},
        )
        scenes.write_agenda(stage=self.stage)
        budgeting.write_agenda(agenda=self.stage.agenda)
        self.story = told = story.Story(at=moment(day=FIRST_DAY))
        february.write_agenda(agenda=self.stage.agenda, story=told)
        spring.write_agenda(agenda=self.stage.agenda, story=told)
        june.write_agenda(agenda=self.stage.agenda, story=told)
        doors.write_agenda(agenda=self.stage.agenda, story=told, person=chosen.limited_and_back)
        guests.write_agenda(agenda=self.stage.agenda, story=told, spared=chosen.codes())
        for code, person in self.people.items():
            if code not in chosen.codes():
                self._begin(person=person)

    def live_through(self, *, day: date) -> None:
        """The daily work where it is due, then what is in the agenda, then the desk and the calls."""
        at = moment(day=day)
        # Two weeks of notice leave room for a tick a week; the first of a month is when a new rule begins.
        if day.weekday() == _TICK_WEEKDAY or day.day == 1 or day == LAST_DAY:
            result = tick(actor=_ACTOR, at=at)
            made = Invoice.objects.select_related("member").filter(run_id__in=result.runs).order_by("pk")
            for invoice in made:
                self._receive(invoice=invoice)
        self.stage.agenda.play(on=day)
        gatherings.hold_what_meets(story=self.story, at=at)
        if day.weekday() == _DESK_WEEKDAY:
            work_the_desk(at=at)
        if day.weekday() == _CALL_WEEKDAY and day < _CALLERS_REST_FROM:
            self.callers.call(at=at)
        if day == LAST_DAY:
            hand_in_statements(spared=self.stage.cast.codes(), at=at)
            self.callers.ask_for_calls(at=at)

    def _begin(self, *, person: Person) -> None:
        """What a member does before any invoice of the year: pay an old debt, or the dues to come."""
        rng, habit = self.rngs[person.code], self.habits[person.code]
        on = FIRST_DAY + timedelta(days=rng.randrange(4, 110))
        if person.in_arrears and habit is Habit.LATE:
            self._intend(person=person, intention=Intention(on=on))
        elif person.in_arrears and habit is Habit.TOO_MUCH:
            surplus = habits.surplus_on(rng=rng, total=scenes.owed(code=person.code))
            self._intend(person=person, intention=Intention(on=on, surplus=surplus))
        elif habit is Habit.AHEAD:
            early = FIRST_DAY + timedelta(days=rng.randrange(4, 40))
            self._intend(person=person, intention=Intention(on=early, amount=_PAID_AHEAD[person.center]))

    def _receive(self, *, invoice: Invoice) -> None:
        """A new invoice reaches its member, who decides when to pay what credit did not."""
        person = self.people[invoice.member.code]
        if invoice.rest == 0 or scenes.on_invoice(stage=self.stage, person=person, invoice=invoice):
            return
        for intention in habits.intentions(
            rng=self.rngs[person.code],
            habit=self.habits[person.code],
            total=invoice.rest,
            invoiced_on=invoice.invoiced_on,
            due_on=invoice.due_on,
        ):
            self._intend(person=person, intention=intention)

    def _intend(self, *, person: Person, intention: Intention) -> None:
        how = habits.method(rng=self.rngs[person.code], center=person.center)

        def carry_out(at: datetime) -> None:
            amount = intention.amount
            if amount is None:
                open_now = scenes.owed(code=person.code)
                amount = open_now + intention.surplus if open_now else 0
            scenes.pay(person=person, amount=amount, at=at, method=how)

        self.stage.agenda.add(on=intention.on, scene=carry_out)


def _habits(*, people: Mapping[str, Person], chosen: Cast, rng: random.Random) -> dict[str, Habit]:
    """Everybody's habit; whoever has a part in a scene pays promptly besides it."""
    free = [person for person in people.values() if person.code not in chosen.codes()]
    late = [person.code for person in free if person.in_arrears]
    settled = [person.code for person in free if not person.in_arrears]
    return (
        dict.fromkeys(chosen.codes(), Habit.PROMPT)
        | {chosen.breaks_plan.code: Habit.NEVER}
        | habits.habits_of(rng=rng, codes=late, shares=habits.SHARES_IN_ARREARS, otherwise=Habit.LATE)
        | habits.habits_of(rng=rng, codes=settled, shares=habits.SHARES, otherwise=Habit.PROMPT)
    )
