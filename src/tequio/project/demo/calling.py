"""The callers of the demo: once a week they call the best of the call list, and say what came of it."""

import contextlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.dues.debtors import debtors
from tequio.followup.models import CallItem, CallOutcome
from tequio.followup.operations.asking import ask_to_call
from tequio.followup.operations.call_hours import enter_hours
from tequio.followup.operations.calling import CLAIM, Outcome, claim, save_call
from tequio.followup.operations.hardship import Ask, Hardship
from tequio.followup.queries.call_list import policy_of, ready_items
from tequio.kernel.errors import Refusal
from tequio.members.models import ContactAttempt, Member
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.cast import Person
from tequio.project.demo.habits import Habit, method
from tequio.project.demo.scenes import CALLERS, OFFICE, owed, pay
from tequio.rules.reasons import Text

_CALLS_A_WEEK = {"us": 8, "mx": 4}
_MINUTES_A_CALL = 12
_PAID_AN_HOUR = {"us": 15_00, "mx": 0}  # in New York somebody is hired, in Mexico City the hours are given
_ANSWERS = 0.6
_ASKS_FOR_TIME = 0.15

_NOTES = {
    CallOutcome.NO_ANSWER: Text(en="Rang out.", es="Sonó y nadie contestó."),
    CallOutcome.PROMISED: Text(en="Friendly; will ask its treasurer.", es="Amable; lo verá con su tesorería."),
    CallOutcome.HARDSHIP: Text(en="A slow month; asks for a little time.", es="Mes flojo; pide un poco de tiempo."),
    CallOutcome.REACHED: Text(en="Knows about it.", es="Ya está enterada."),
}


@dataclass(slots=True, kw_only=True)
class Callers:
    """Whom the callers know, and how each pays."""

    agenda: Agenda
    people: Mapping[str, Person]
    habits: Mapping[str, Habit]
    rngs: Mapping[str, random.Random]
    spared: frozenset[str]

    def call(self, *, at: datetime) -> None:
        """Call the best of each center's list, and keep the hours it took."""
        for center_code, calls in _CALLS_A_WEEK.items():
            center = center_by_code(code=center_code)
            ready = ready_items(center_pks=[center.pk], at=at)
            codes = dict(Member.objects.filter(pk__in=[r.member_pk for r in ready]).values_list("pk", "code"))
            made = 0
            for row in ready:
                person = self.people[codes[row.member_pk]]
                if made < calls and person.code not in self.spared:
                    self._call(item_pk=row.pk, person=person, center=center, at=at)
                    made += 1
            if made:
                self._keep_hours(center=center, calls=made, at=at)

    def ask_for_calls(self, *, at: datetime) -> None:
        """Before the year ends the office asks that those who owe the longest be called, however far the ladder is."""
        for center_code, calls in _CALLS_A_WEEK.items():
            rows, _ = debtors(on=at.date(), center=center_by_code(code=center_code), first=calls)
            for row in rows:
                with contextlib.suppress(Refusal):  # no number, or asked not to be called
                    ask_to_call(code=row.code, actor=OFFICE[center_code], at=at)

    def _call(self, *, item_pk: int, person: Person, center: Center, at: datetime) -> None:
        caller, rng = CALLERS[person.center], self.rngs[person.code]
        claim(item_pk=item_pk, actor=caller, at=at, until=at + CLAIM)
        outcome = self._outcome(person=person, center=center, rng=rng, on=at.date())
        save_call(
            item_pk=item_pk,
            claim_mark=CallItem.objects.get(pk=item_pk).claim,
            outcome=outcome,
            caller=caller,
            actor=caller,
            at=at,
        )
        if outcome.pay_on is not None:
            how = method(rng=rng, center=person.center)
            self.agenda.add(
                on=outcome.pay_on,
                scene=lambda at: pay(person=person, amount=owed(code=person.code), at=at, method=how),
            )

    def _outcome(self, *, person: Person, center: Center, rng: random.Random, on: date) -> Outcome:
        """Nobody answers the first time; from the second on most do, and those who waited for it promise and pay."""

        def say(kind: CallOutcome) -> str:
            return _NOTES[kind].to(person.language)

        if not ContactAttempt.objects.filter(member__code=person.code).exists() or rng.random() >= _ANSWERS:
            return Outcome(kind=CallOutcome.NO_ANSWER, note=say(CallOutcome.NO_ANSWER))
        if self.habits[person.code] in (Habit.WHEN_REACHED, Habit.PART):
            pay_on = on + timedelta(days=rng.randrange(2, 21))
            return Outcome(kind=CallOutcome.PROMISED, pay_on=pay_on, note=say(CallOutcome.PROMISED))
        days = policy_of(center_pk=center.pk, on=on).hold_days_in_call
        if days and rng.random() < _ASKS_FOR_TIME:
            asked = Hardship(ask=Ask.TIME, until=on + timedelta(days=days))
            return Outcome(kind=CallOutcome.HARDSHIP, hardship=asked, note=say(CallOutcome.HARDSHIP))
        return Outcome(kind=CallOutcome.REACHED, note=say(CallOutcome.REACHED))

    def _keep_hours(self, *, center: Center, calls: int, at: datetime) -> None:
        minutes = calls * _MINUTES_A_CALL
        cost = _PAID_AN_HOUR[center.code] * minutes // 60
        enter_hours(
            center=center,
            on=at.date(),
            minutes=minutes,
            cost=cost,
            note="",
            once_key=f"{center.code} {at.date().isoformat()}",
            actor=CALLERS[center.code],
            at=at,
        )
