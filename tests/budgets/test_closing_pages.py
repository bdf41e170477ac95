"""Months and years closed on pages: how each stands, what its closing does, what keeps it open, what came meanwhile."""

from dataclasses import replace
from datetime import date

import pytest

from budgets.test_booking import RACKS, entered, posted
from signing_in import sign_in
from tequio.accounts.operations import add_person, grant_role
from tequio.budgets.operations.booking import drop
from tequio.budgets.queries.closing import by_account, months_of, period_of
from tequio.centers.queries import center_by_code
from tequio.kernel import clock
from tequio.ledger.models import ClosedPeriod

pytestmark = pytest.mark.usefixtures("two_centers")
YEAR, CLOSE = "/bookings/us/closing/2016/", "/bookings/us/closing/2016/close/"


@pytest.fixture(autouse=True)
def now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def us(two_centers):
    return center_by_code(code="us")


@pytest.fixture
def enter(client, us, at):
    def come(role="treasurer", language="en"):
        user = add_person(email=f"{role}@example.org", name=role, language=language, actor="test", at=at)
        grant_role(user=user, role=role, center=us if role == "treasurer" else None, actor="test", at=at)
        return sign_in(client, user)

    return come


def booked(us, at, *, on, amount=500_00):
    return posted(replace(RACKS, on=on, amount=amount), at=at, center=us)


def closed():
    return list(ClosedPeriod.objects.order_by("pk").values_list("center__code", "first_day", "last_day"))


def test_a_month_is_looked_at_and_closed_on_its_page(enter, us, at):
    booked(us, at, on=date(2016, 2, 29))
    page = enter()
    shown = page.get(f"{CLOSE}?month=2").content.decode()
    assert "From then on nothing is booked from 1 Feb 2016 to 29 Feb 2016." in shown
    assert "This cannot be undone." in shown
    assert "One entry is posted in it" in shown
    assert page.post(f"{CLOSE}?month=2", {"seen": "1"})["Location"] == YEAR
    assert closed() == [("us", date(2016, 2, 1), date(2016, 2, 29))]
    assert "One month of 2016 is closed" in page.get(YEAR).content.decode()
    again = page.post(f"{CLOSE}?month=2", {"seen": "1"})
    assert again.status_code == 422
    assert "The books are closed from 2016-02-01 to 2016-02-29 already." in again.content.decode()
    assert len(closed()) == 1


def test_a_draft_keeps_its_month_open_and_is_named_with_its_link(enter, us, at):
    draft = entered(replace(RACKS, on=date(2016, 6, 30)), at=at, center=us)
    page = enter(language="es")
    shown = page.get(f"{CLOSE}?month=6").content.decode()
    assert "Aún no se puede cerrar: junio de 2016" in shown
    assert "Un gasto o ingreso de estos días es un borrador" in shown
    assert f'href="/booking/{draft.pk}/"' in shown
    assert 'name="seen"' not in shown
    sent = page.post(f"{CLOSE}?month=6", {"seen": "0"})
    assert sent.status_code == 422
    assert "Primero asiéntelos o descártelos." in sent.content.decode()
    drop(booking_pk=draft.pk, reason="x", actor="test", at=at)
    assert page.post(f"{CLOSE}?month=6", {"seen": "0"}).status_code == 303
    assert closed() == [("us", date(2016, 6, 1), date(2016, 6, 30))]


def test_what_was_booked_since_the_page_was_shown_is_looked_at_first(enter, us, at):
    page = enter()
    page.get(f"{CLOSE}?month=5")
    booked(us, at, on=date(2016, 5, 3))
    answer = page.post(f"{CLOSE}?month=5", {"seen": "0"})
    assert answer.status_code == 422
    assert "there are 1 entries now, and you looked at 0" in answer.content.decode()
    assert closed() == []


@pytest.mark.parametrize(
    ("query", "says"),
    [("?month=7", "31 July 2016 is not over"), ("", "31 December 2016 is not over"), ("?month=12", "is not over")],
)
def test_what_is_not_over_yet_is_not_closed(enter, query, says):
    page = enter()
    assert "Not over yet:" in page.get(CLOSE + query).content.decode()
    assert page.post(CLOSE + query, {"seen": "0"}).status_code == 422
    assert closed() == []


def test_a_year_that_is_over_is_closed_with_its_months(enter, us, at):
    page = enter()
    last = CLOSE.replace("2016", "2015")
    assert "Close the year 2015" in page.get(last).content.decode()
    assert page.post(last, {"seen": "0"}).status_code == 303
    assert closed() == [("us", date(2015, 1, 1), date(2015, 12, 31))]
    assert "The year 2015 is closed" in page.get(YEAR.replace("2016", "2015")).content.decode()
    assert all(month.closed_at for month in months_of(center=us, year=2015, on=date(2016, 7, 15)))


@pytest.mark.parametrize("month", ["0", "13", "-1", "²", "1" * 40, "x"])
def test_there_are_twelve_months(enter, month):
    assert enter().get(CLOSE, {"month": month}).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"seen": ""}, {"seen": "-1"}, {"seen": "many"}])
def test_whoever_closes_says_what_was_looked_at(enter, typed):
    assert enter().post(f"{CLOSE}?month=2", typed).status_code == 422
    assert closed() == []


def test_an_auditor_reads_how_the_months_stand_and_closes_none(enter):
    page = enter("auditor")
    assert f'href="{CLOSE}' not in page.get(YEAR).content.decode()
    assert page.post(f"{CLOSE}?month=2", {"seen": "0"}).status_code == 403
    assert closed() == []


def test_months_add_up_to_the_year_in_five_queries(us, at, django_assert_num_queries):
    on = date(2016, 7, 15)
    for day, amount in ((date(2016, 1, 1), 10_00), (date(2016, 2, 29), 20_00), (date(2016, 6, 30), 40_00)):
        booked(us, at, on=day, amount=amount)
    with django_assert_num_queries(5):
        months = months_of(center=us, year=2016, on=on)
    year = period_of(center=us, year=2016, month=None, on=on)
    assert [month.expense for month in months[:6]] == [10_00, 20_00, 0, 0, 0, 40_00]
    assert (
        (sum(m.expense for m in months), sum(m.entries for m in months)) == (year.expense, year.entries) == (70_00, 3)
    )
    assert [row.amount for row in by_account(center=us, period=year)] == [70_00]
    assert [month.over for month in months] == [True] * 6 + [False] * 6
