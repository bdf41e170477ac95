"""A member's year from its payments, as figures and on paper."""

import json
from datetime import date

import pytest
from tests.dues.doing import pay, rate, refund, run, void

from tequio.dues.paper import yearly_pdf
from tequio.dues.yearly import member_year
from tequio.kernel.errors import Refusal


def test_a_year_is_what_came_in_it_less_what_was_given_back(members):
    members({"paid_until": "2016-03-01"})
    run("2016-07-15")
    pay("M1", 200, on="2016-07-20")
    extra = pay("M1", 50, on="2016-08-01")
    refund(extra, 20, on="2016-08-05")
    void(pay("M1", 10, on="2016-08-06"), at="2016-08-07")
    pay("M1", 5, on="2017-01-01", at="2017-01-01")
    year = member_year(code="M1", year=2016)
    assert [(p.amount, p.given_back) for p in year.payments] == [(20_000, 0), (5_000, 2_000)]
    assert (year.kept, year.parts.gift, year.parts.in_return, year.parts.credit) == (23_000, 5_000, 15_000, 3_000)


def test_a_solidarity_rate_is_given_above_the_table(members):
    members({})
    rate("M1", "solidarity", 15_000)
    run("2016-07-15")
    pay("M1", 300)
    parts = member_year(code="M1", year=2016).parts
    assert (parts.membership, parts.above, parts.in_return) == (5_000, 10_000, 15_000)


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_printed_in_the_members_language(members, language):
    members({"language": language})
    run("2016-07-15")
    pay("M1", 200)
    content = yearly_pdf(code="M1", year=2016, on=date(2017, 1, 5))
    assert content.startswith(b"%PDF-")


def test_a_year_in_which_nothing_came_is_refused(members):
    members({})
    with pytest.raises(Refusal):
        yearly_pdf(code="M1", year=2015, on=date(2016, 1, 5))


def test_the_command_says_the_same_in_json(members, cli):
    members({})
    run("2016-07-15")
    pay("M1", 200)
    _, out, _ = cli("payments", "year", "--member", "M1", "--year", "2016", "--json")
    said = json.loads(out)
    assert (said["received"], said["gift"], said["in_return"], said["currency"]) == (200, 50, 150, "USD")
