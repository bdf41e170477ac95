"""Any order of paying, owing, calling, holding, closing and faults, held to a plain model after every step.

The model walks day by day over what was entered and knows nothing of the program's own rules.
"""

from datetime import date, timedelta

from dues.doing import hold, pay, tried, void
from services.having import look, mailbox, moment, wanted, work
from tequio.dues.models import Invoice
from tequio.kernel.errors import Refusal
from tequio.services.operations import opening
from tequio.services.operations.comparing import compare

NAME = "ana@example.org"
FIRST = date(2016, 7, 15)
ACTIONS = ("pay", "owe", "call", "try", "hold", "day", "days", "close", "reopen", "look again")


class Model:
    """What was entered, and whether the door should be open on a day."""

    def __init__(self):
        self.tried, self.paid_on, self.reached, self.holds, self.closed = None, None, set(), [], False

    def open(self, on):
        return self.may(on) and not self.closed

    def may(self, on):
        until, answer = None, True
        for number in range((on - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            owing = self.paid_on is None or self.paid_on > day
            shut = owing and self.tried is not None and self.tried < day
            if not shut:
                until, answer = None, True
                continue
            if any(first <= day <= last for first, last in self.holds):
                answer = True
                continue
            if until is None and day in self.reached:
                until = day + timedelta(days=13)
            answer = until is not None and day <= until
        return answer


class Life:
    """M1 and its mailbox, from FIRST on; `agrees(state)` is asked after every step."""

    def __init__(self, connector, agrees):
        self.connector, self.agrees = connector, agrees
        self.model, self.today, self.minutes, self.payment = Model(), FIRST, 0, None
        self.owed = Invoice.objects.get(member__code="M1").rest
        self.account = mailbox("M1", "ana")
        work(connector)

    def step(self, action, fault=None):
        """Do something, or have a `fault` happen to the server; then look, compare, work, and hold all to the model."""
        if fault is not None:
            fault()
        else:
            getattr(self, f"_{action.replace(' ', '_')}")()
        if action in {"pay", "call", "hold"} and self.model.open(self.today):
            assert wanted()[NAME] == "open", (action, "nobody who paid or was reached is out")
        look(self.today)
        compare(connector=self.connector, now=lambda: moment(self.today), actor="test")
        for _ in range(3):
            self.minutes += 5
            work(self.connector, self.today, seconds=60 * self.minutes)
        should = "open" if self.model.open(self.today) else "suspended"
        assert wanted() == {NAME: should}, (action, self.today)
        self.agrees(should)

    def _pay(self):
        if self.model.paid_on is None:
            self.payment = pay("M1", self.owed / 100, on=self.today, at=self.today)
            self.model.paid_on = self.today

    def _owe(self):
        if self.payment is not None:
            void(self.payment, at=self.today)
            self.payment = self.model.paid_on = None

    def _try(self, outcome="attempted"):
        tried("M1", self.today, outcome=outcome, at=self.today)
        self.model.tried = self.model.tried or self.today

    def _call(self):
        self._try("reached")
        self.model.reached.add(self.today)

    def _hold(self):
        until = self.today + timedelta(days=2)
        hold("M1", until, at=self.today)
        self.model.holds.append((self.today, until))

    def _day(self):
        self.today += timedelta(days=1)

    def _days(self):
        self.today += timedelta(days=6)

    def _close(self):
        if not self.model.closed:
            opening.close_account(account_pk=self.account.pk, actor="test", at=moment(self.today))
            self.model.closed = True

    def _reopen(self):
        """Its owner opens it again, which it may while everything works; as long as it does not, that is refused."""
        if self.model.closed:
            try:
                opening.reopen_account(account_pk=self.account.pk, actor="test", at=moment(self.today))
            except Refusal:
                assert not self.model.may(self.today), "who paid may open it again"
            else:
                self.model.closed = False

    def _look_again(self):
        pass
