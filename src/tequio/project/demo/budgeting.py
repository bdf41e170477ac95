"""The budgets of the demo's year: presented in February, amended, voted, and what came and went beside them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from tequio.budgets.models import BookingState, ExpectedIncome, ExpectedKind, Transfer
from tequio.budgets.operations import booking as bookings
from tequio.budgets.operations import expecting
from tequio.budgets.operations.amending import ask_amendment
from tequio.budgets.operations.booking import Came, What
from tequio.budgets.operations.closing import close_month
from tequio.budgets.operations.drafting import begin, copy_forward, present, write_draft
from tequio.budgets.operations.expecting import Promise
from tequio.budgets.operations.scenarios import save_scenario
from tequio.budgets.operations.spending import set_limit
from tequio.budgets.operations.transferring import receive, send
from tequio.budgets.queries.versions import budget_of
from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.decisions.models import Decision
from tequio.ledger.operations import open_fund
from tequio.project.demo.agenda import Agenda
from tequio.project.demo.budget_figures import (
    AMENDMENTS,
    ASSUMPTIONS,
    LAST_YEAR,
    LIMITS,
    LINES,
    MONTHLY,
    OFFICE,
    ONCE,
    SCENARIOS,
    SECOND,
    Once,
)
from tequio.rules import budget as rule
from tequio.rules.budget import Side
from tequio.rules.budget_changes import Action
from tequio.rules.reasons import Text

YEAR = 2016
_PRESENTED, _ASKED = date(2016, 1, 25), date(2016, 1, 30)
_IN_FORCE = date(2016, 2, 7)  # the day after the vote
_PROJECT = "community-map"


def write_agenda(*, agenda: Agenda) -> None:
    """Put what happens to the budgets into the agenda."""
    agenda.add(on=date(2016, 1, 4), scene=_last_year)
    agenda.add(on=_PRESENTED, scene=_present)
    agenda.add(on=_ASKED, scene=_ask)
    agenda.add(on=date(2016, 2, 8), scene=_expect)
    agenda.add(on=date(2016, 2, 10), scene=_scenarios)
    for month in range(1, 13):
        agenda.add(on=date(2016, month, 28), scene=_month)
    for once in ONCE:
        agenda.add(on=once[1], scene=partial(_once, once))
    agenda.add(on=date(2016, 4, 5), scene=_send)
    agenda.add(on=date(2016, 4, 8), scene=_arrives)
    agenda.add(on=date(2016, 5, 20), scene=_settle)
    agenda.add(on=date(2016, 9, 12), scene=_grant_comes)
    agenda.add(on=date(2016, 12, 20), scene=_begin_next_year)
    agenda.add(on=date(2016, 12, 30), scene=_close)


def _once(once: Once, at: datetime) -> None:
    center, _, what, account, amount, fund = once
    _book(center=center, what=what, account=account, amount=amount, fund=fund, at=at)


def _last_year(at: datetime) -> None:
    """What the books before the program say of 2015, in one figure each, so that it stands beside this year's."""
    for code, rows in LAST_YEAR.items():
        for account, amount in rows:
            what = What(
                side=_side(account),
                on=date(2015, 12, 31),
                account=account,
                what="2015, from the old books / de los libros anteriores",
                amount=amount,
            )
            row = bookings.enter(center=center_by_code(code=code), what=what, by=None, actor=OFFICE[code], at=at)
            bookings.submit(booking_pk=row.pk, actor=OFFICE[code], at=at)


def _side(account: str) -> Side:
    return Side.INCOME if account.startswith("income-") else Side.EXPENSE


def _present(at: datetime) -> None:
    for code, lines in LINES.items():
        center = center_by_code(code=code)
        budget = begin(center=center, year=YEAR, actor=OFFICE[code], at=at)
        written = rule.Budget(year=YEAR, currency=center.currency, lines=lines, assumptions=ASSUMPTIONS[code])
        write_draft(budget=budget, written=written, actor=OFFICE[code], at=at)
        present(budget=budget, actor=OFFICE[code], at=at)


def _ask(at: datetime) -> None:
    budget = budget_of(center="us", year=YEAR)
    for line, asked_by, why in AMENDMENTS:
        ask_amendment(
            budget=budget,
            action=Action.ADD,
            name=line.code,
            then=line,
            why=why,
            asked_by=asked_by,
            source="letters to the treasurer, 30 January 2016",
            actor=OFFICE["us"],
            at=at,
        )


def amended_budget() -> Sequence[dict[str, Any]]:
    """What the proposal of New York's budget does: the version presented, with the four changes asked of it."""
    return [{"kind": "budget.amend", "data": {**_written("us"), "accepted": [1, 2, 3, 4], "rejected": []}}]


def budget_as_presented() -> Sequence[dict[str, Any]]:
    """What the proposal of Mexico City's budget does: the version presented, as it is."""
    return [{"kind": "budget.adopt_version", "data": _written("mx")}]


def _written(center: str) -> dict[str, Any]:
    return {"center": center, "year": YEAR, "version": 1, "from": _IN_FORCE.isoformat()}


def limit_spending(*, decisions: Mapping[str, Decision], at: datetime) -> None:
    """Above which amount a second person approves an expense, in each center, by the decision on its budget."""
    for code, amount in LIMITS.items():
        set_limit(
            center=center_by_code(code=code),
            amount=amount,
            valid_from=_IN_FORCE,
            decision=decisions[code],
            actor=OFFICE[code],
            at=at,
        )


def _expect(at: datetime) -> None:
    """Mexico reports: a grant, a contribution not yet paid, money raised for one project. New York plans a drive."""
    us, mx = center_by_code(code="us"), center_by_code(code="mx")
    open_fund(
        center=mx,
        code=_PROJECT,
        name=Text(en="Community map", es="Mapa comunitario"),
        actor=OFFICE["mx"],
        at=at,
    )
    for center, promise in (
        (
            mx,
            _promise(ExpectedKind.GRANT, "Tezontle Foundation", "Fundación Tezontle", 4_800_00, 90, date(2016, 9, 12)),
        ),
        (
            mx,
            _promise(
                *(ExpectedKind.CONTRIBUTION, "Weavers’ union", "Unión de tejedoras", 3_600_00, 50, date(2016, 11, 30))
            ),
        ),
        (
            us,
            Promise(
                kind=ExpectedKind.DRIVE,
                name=Text(en="Year-end drive", es="Campaña de fin de año"),
                amount=6_000_00,
                currency="USD",
                likelihood=75,
                expected_on=date(2016, 12, 15),
                said_by="Ines Quiroga",
                account="income-drives",
            ),
        ),
    ):
        expecting.expect(center=center, promise=promise, actor=OFFICE[center.code], at=at)
    _book(
        center="mx",
        what="Colecta para el mapa",
        account="income-donations",
        amount=2_800_00,
        fund=_PROJECT,
        at=at,
    )


def _promise(kind: ExpectedKind, en: str, es: str, amount: int, likelihood: int, expected_on: date) -> Promise:
    return Promise(
        kind=kind,
        name=Text(en=en, es=es),
        amount=amount,
        currency="",  # the notes do not say
        likelihood=likelihood,
        expected_on=expected_on,
        said_by=OFFICE["mx"],
    )


def _scenarios(at: datetime) -> None:
    for code, key, name, of_budget, of_forecast, said_by in SCENARIOS:
        save_scenario(
            budget=budget_of(center=code, year=YEAR),
            code=key,
            name=name,
            budget_values=of_budget,
            forecast_values=of_forecast,
            said_by=said_by,
            actor=OFFICE[code],
            at=at,
        )


def _month(at: datetime) -> None:
    for center, first, what, account, amount in MONTHLY:
        if at.month >= first:
            _book(center=center, what=what, account=account, amount=amount, at=at)


def _book(
    *,
    center: str,
    what: str,
    account: str,
    amount: int,
    at: datetime,
    fund: str = "general",
    expected_pk: int | None = None,
    came: Came | None = None,
) -> None:
    """Enter something that was paid or came today; above the limit the second person approves it the same day."""
    found = center_by_code(code=center)
    given = What(
        side=_side(account),
        on=at.date(),
        account=account,
        what=what,
        amount=None if came else amount,
        fund=fund,
        expected_pk=expected_pk,
        came=came,
    )
    row = bookings.enter(center=found, what=given, by=None, actor=OFFICE[center], at=at)
    row = bookings.submit(booking_pk=row.pk, actor=OFFICE[center], at=at)
    if row.state == BookingState.WAITING and at.date() < date(2016, 12, 15):
        bookings.approve(booking_pk=row.pk, by=None, actor=SECOND[center], at=at)


def _send(at: datetime) -> None:
    send(
        sender=center_by_code(code="us"),
        receiver=center_by_code(code="mx"),
        sent_on=at.date(),
        amount=1_000_00,
        rate="17.55",
        rate_on=at.date(),
        rate_source="the central bank / el banco central",
        actor=OFFICE["us"],
        at=at,
    )


def _arrives(at: datetime) -> None:
    transfer = Transfer.objects.order_by("-pk")[0]
    receive(transfer_pk=transfer.pk, received_on=at.date(), amount=17_430_00, actor=OFFICE["mx"], at=at)


def _grant() -> int:
    return ExpectedIncome.objects.get(center__code="mx", kind=ExpectedKind.GRANT).pk


def _settle(at: datetime) -> None:
    """Somebody asked: the foundation pays in dollars, which Mexico's books do not keep."""
    expecting.settle_currency(expected_pk=_grant(), currency="USD", actor=OFFICE["mx"], at=at)
    expecting.confirm(expected_pk=_grant(), actor=OFFICE["mx"], at=at)


def _grant_comes(at: datetime) -> None:
    came = Came(amount=4_800_00, currency="USD", rate="18.9075", rate_on=at.date())
    _book(
        center="mx",
        what="Fundación Tezontle",
        account="income-grants",
        amount=0,
        at=at,
        expected_pk=_grant(),
        came=came,
    )


def _begin_next_year(at: datetime) -> None:
    copy_forward(center=center_by_code(code="us"), year=YEAR + 1, actor=OFFICE["us"], at=at)


def _close(at: datetime) -> None:
    """The first half of the year is closed: nothing more is booked in it."""
    centers: Sequence[Center] = (center_by_code(code="us"), center_by_code(code="mx"))
    for center in centers:
        for month in range(1, 7):
            close_month(center=center, year=YEAR, month=month, actor=OFFICE[center.code], at=at)
