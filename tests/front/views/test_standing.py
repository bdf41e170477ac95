"""The page of the standing report: by role, in both languages, for today and for a past day, as a spreadsheet."""

import re

import pytest
from django.test.utils import CaptureQueriesContext
from tests.dues.doing import moment

from tequio.front import operations
from tequio.front.queries import standing_report


@pytest.fixture
def roll(members):
    """Two in New York, one of them 187 days late; one in Mexico City, 44 days late, with a name that is markup."""
    return members(
        {"member_id": "N1", "paid_until": "2016-01-10", "balance_due": "200.00"},
        {"member_id": "N2", "paid_until": "2016-12-01"},
        {
            "member_id": "X1",
            "member_name": "<script>alert(1)</script>",
            "center": "mx",
            "paid_until": "2016-06-01",
            "balance_due": "1025.00",
        },
    )


def _cells(html, head):
    """The figures of the row that begins with these words, without markup."""
    row = next(row for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL) if head in row)
    return [re.sub(r"<[^>]+>", "", cell).replace("&nbsp;", " ") for cell in re.findall(r"<td.*?</td>", row)]


def test_amounts_stand_in_each_center_s_own_currency_and_are_never_summed(roll, signed_in):
    page = signed_in("auditor").get("/standing/").content.decode()
    mexico, new_york = page.index('id="mx"'), page.index('id="us"')
    assert _cells(page[mexico:new_york], "31–60 days") == ["1", "MXN 1,025.00", ""]
    assert _cells(page[new_york:], "151–365 days") == ["1", "USD 200.00", ""]
    assert _cells(page[mexico:new_york], "Together") == ["1", "MXN 1,025.00", "MXN 0.00"]
    assert "USD" not in page[mexico:new_york]
    assert "2 members are behind" in page


def test_the_page_speaks_spanish(roll, signed_in):
    page = signed_in("auditor", language="es").get("/standing/").content.decode()
    assert "2 membresías están atrasadas" in page
    assert _cells(page[page.index('id="us"') :], "151 a 365 días") == ["1", "USD 200.00", ""]
    assert "en riesgo" in page
    assert "at risk" not in page


def test_figures_lead_to_the_members_behind_them(roll, signed_in):
    client = signed_in("auditor")
    page = client.get("/standing/").content.decode()
    address = "/members/?center=us&amp;standing=at_risk"
    assert address in page
    assert "N1" in client.get(address.replace("&amp;", "&")).content.decode()


def test_a_treasurer_sees_its_own_center_alone(roll, signed_in):
    client = signed_in("treasurer", center="mx")
    page = client.get("/standing/").content.decode()
    assert ('id="mx"' in page, 'id="us"' in page, "One member is behind" in page) == (True, False, True)
    rows = b"".join(client.get("/standing/list.csv").streaming_content).decode().splitlines()
    assert {row.split(",")[0] for row in rows} == {"center", "mx"}


def test_a_member_does_not_see_it(roll, signed_in):
    client = signed_in(member="N1")
    assert [client.get(a).status_code for a in ("/standing/", "/standing/list.csv")] == [403, 403]


def test_a_past_day_is_worked_out(roll, signed_in):
    page = signed_in("auditor").get("/standing/?on=2016-06-02").content.decode()
    assert "One member was behind" in page
    assert _cells(page[page.index('id="mx"') :], "1–30 days") == ["1", "MXN 1,025.00", ""]
    assert 'href="/standing/list.csv?on=2016-06-02"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2016-07-16", "That day has not come yet."),
        ("yesterday", "Enter a valid date."),
        ("2016-02-30", "Enter a valid"),
    ],
)
def test_a_day_that_is_none_is_told_and_today_is_shown(roll, signed_in, asked, said):
    answer = signed_in("auditor").get("/standing/", {"on": asked})
    page = answer.content.decode()
    assert (answer.status_code, said in page, "2 members are behind" in page) == (200, True, True)


@pytest.mark.parametrize("asked", ["", "2016-07-15", "15/07/2016", "1066-10-14", "0001-01-01"])
def test_any_day_gives_a_page(roll, signed_in, asked):
    assert signed_in("auditor").get("/standing/", {"on": asked}).status_code == 200


def test_a_roll_too_large_for_past_days_is_told_so(roll, signed_in, monkeypatch):
    monkeypatch.setattr(standing_report, "MOST_MEMBERS", 2)
    page = signed_in("auditor").get("/standing/?on=2016-06-02").content.decode()
    assert "up to 2 members; this roll is larger" in page
    assert "2 members are behind" in page


def test_the_chart_and_its_table_show_the_months_that_were_counted(roll, signed_in):
    operations.record_history(months=15, at=moment("2016-07-15"))
    page = signed_in("auditor").get("/standing/").content.decode()
    us = page[page.index('id="us"') :]
    assert us.count('<svg class="chart"') == 2
    assert "Center in New York: 1 of 2 in good standing on 30 June 2016" in us
    assert _cells(us, "30 Jun 2016") == ["1", "1", "0", "0", "0"]
    assert _cells(us, "30 Jun 2015") == ["2", "0", "0", "0", "0"]
    assert "31 May 2015" not in us
    assert "Before the roll was imported on 15 July 2016" in us


def test_without_counted_months_the_page_says_what_will_appear(roll, signed_in):
    page = signed_in("auditor").get("/standing/").content.decode()
    assert "tequio standing history" in page
    assert '<svg class="chart"' not in page


def test_there_is_a_page_before_there_is_anybody(sample_rules, signed_in):
    page = signed_in("auditor").get("/standing/").content.decode()
    assert "There is nobody to report on yet" in page


def test_a_treasurer_whose_role_was_taken_has_nothing_to_see(roll, signed_in, at):
    from tequio.accounts.models import User
    from tequio.accounts.operations import take_role
    from tequio.centers.models import Center

    client = signed_in("treasurer", center="us")
    us = Center.objects.get(code="us")
    take_role(user=User.objects.get(), role="treasurer", center=us, actor="test", at=at)
    assert client.get("/standing/").status_code == 403


def test_the_queries_do_not_grow_with_the_members(members, signed_in):
    from django.db import connection

    members({"member_id": "N1", "paid_until": "2016-01-10", "balance_due": "200.00"}, {"center": "mx"})
    client = signed_in("auditor")
    client.get("/standing/")
    with CaptureQueriesContext(connection) as few:
        client.get("/standing/")
    late = {"paid_until": "2016-01-10", "balance_due": "200.00"}
    members(*({**late, "member_id": f"Z{n}", "center": "mx" if n % 2 else "us"} for n in range(30)))
    with CaptureQueriesContext(connection) as many:
        client.get("/standing/")
    assert len(many) == len(few)
    assert len(few) <= 14
