"""The page of what follow-up brings."""

from datetime import date, timedelta

import pytest
from tests.followup.ladders import ladder_data, step
from tests.followup.views.conftest import words_of

from nights import noon
from tequio.decisions.models import Decision
from tequio.dues.operations import paying
from tequio.followup.operations.adopting import adopt
from tequio.followup.written import ladder_written

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def pay(code, on):
    paying.add_payment(code=code, amount=10000, currency="USD", on=on, method="cash", actor="t", at=noon(on))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["USD 100.00 followed on what was said this month", "nobody can tell whether any of these figures"]),
        ("es", ["USD 100.00 llegaron después de lo dicho este mes", "más que una coincidencia en el tiempo"]),
    ],
)
def test_it_says_what_followed_and_that_nobody_can_tell_why(late, nights, enter, moment, language, said):
    due = late({}, {})
    nights(due, 10)
    pay("M1", due + 12 * DAY)
    moment(noon(due + 60 * DAY))

    page = words_of(enter("treasurer", center="us", language=language).get("/follow-up/report/?month=2016-07"))

    for part in said:
        assert part in page, part


def test_a_comparison_group_is_told_by_its_counts_and_when_it_is_too_small(late, nights, enter, moment):
    due = late({}, {}, {})
    ladder = ladder_data(
        valid_from=due.isoformat(),
        steps=[step("reminder", 5, "mail"), step("call", 20, "call")],
        terms={"held_back_share": 5000, "held_back_days": 60},
    )
    adopt(
        ladder=ladder_written(data=ladder, on=due),
        decision=Decision.objects.order_by("pk").first(),
        actor="t",
        at=noon(due),
    )
    nights(due, 5, 20)
    moment(noon(due + 60 * DAY))

    page = words_of(enter("treasurer", center="us").get("/follow-up/report/?month=2016-08"))

    assert "called later" in page
    assert "That is too few to tell anything." in page


def test_a_treasurer_sees_its_own_center_and_an_auditor_both(late, enter, moment):
    moment(noon(late({}) + 5 * DAY))

    own = words_of(enter("treasurer", center="us").get("/follow-up/report/"))
    both = words_of(enter("auditor").get("/follow-up/report/"))

    assert ("Center in New York" in own, "Center in Mexico City" in own) == (True, False)
    assert ("Center in New York" in both, "Center in Mexico City" in both) == (True, True)


@pytest.mark.parametrize("query", ["month=2016-13", "month=x", "window=7", "month=2099-01&window=<b>"])
def test_a_month_or_a_number_of_days_that_cannot_be_shows_this_month(late, enter, moment, query):
    moment(noon(late({}) + 5 * DAY))

    answer = enter("treasurer", center="us").get(f"/follow-up/report/?{query}")

    assert answer.status_code == 200
    assert date(2016, 7, 1).strftime("%B") in words_of(answer)
