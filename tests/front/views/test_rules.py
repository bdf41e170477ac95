"""The page of the rules: each with its figures, its decision, its day, and what of it is assumed."""

import html
import re
from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from tequio.dues.operations.adopting import Thresholds, adopt_payment_policy
from tequio.rules.reasons import Text


def _page(client):
    return html.unescape(client.get("/rules/").content.decode())


def _rule(page, code):
    """The text of one rule, without markup."""
    begins = page.index(f'<section class="part" id="{code}">')
    text = re.sub(r"<[^>]+>", " ", page[begins : page.index("</section>", begins)]).replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


def test_members_may_read_the_rules(members, signed_in):
    members({})
    assert signed_in(member="M1").get("/rules/").status_code == 200


def test_nobody_reads_them_without_signing_in(sample_rules, client):
    answer = client.get("/rules/")
    assert (answer.status_code, answer["Location"]) == (303, "/account/login/?next=%2Frules%2F")


def test_a_rule_stands_with_its_figures_and_its_decision(sample_rules, signed_in):
    said = _rule(_page(signed_in("auditor")), "us-payment-2012")
    assert "in force from 1 January 2012 through 31 December 2021 assumed" in said
    for line in (
        "Notice 14 days before the due date",
        "At risk from day 31 after the due date",
        "Disabled from day 91 after the due date",
        "Back when reached, once for each disabling 14 days",
        "Inactive after being disabled for 3 months",
        "off: sites, lists, sign-in; on hold: mail",
        "Leadership Committee, 1 January 2012",
        "Payment policy of 2012; the day is assumed",
    ):
        assert line in said, line


def test_a_dues_table_is_a_table_with_what_is_assumed_marked(sample_rules, signed_in):
    said = _rule(_page(signed_in("auditor")), "mx-dues-2016")
    assert "Organization MXN 1,025.00 assumed MXN 3,075.00 MXN 4,100.00" in said
    assert "Individual MXN 820.00 assumed MXN 2,460.00 MXN 3,280.00" in said


def test_bands_stand_in_order(sample_rules, signed_in):
    said = _rule(_page(signed_in("auditor")), "us-dues-2022")
    assert re.findall(r"Organization, band (\d) assumed USD ([\d.,]+)", said) == [
        ("1", "25.00"),
        ("2", "37.50"),
        ("3", "50.00"),
        ("4", "75.00"),
        ("5", "125.00"),
    ]
    assert "pays by band 3" in said
    assert "Also assumed: the income bands, the band of who declared none" in said


def test_the_page_speaks_spanish(sample_rules, signed_in):
    said = _rule(_page(signed_in("auditor", language="es")), "mx-payment-2012")
    assert "vigente desde el 1 de enero de 2012 hasta el 31 de diciembre de 2021 supuesto" in said
    assert "Suspendida desde el día 91 después del vencimiento" in said
    assert "Comité de Dirección, 1 de enero de 2012" in said


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("us-payment-2011", "no longer in force"),
        ("us-payment-2012", "in force"),
        ("us-payment-2022", "to come"),
        ("us-dues-2010", "no longer in force"),
        ("us-dues-2016", "in force"),
        ("us-dues-2022", "to come"),
    ],
)
def test_which_rule_is_in_force_today_is_told(sample_rules, signed_in, code, state):
    said = _rule(_page(signed_in("auditor")), code)
    assert re.search(r"(no longer in force|in force|to come) from", said).group(1) == state


@pytest.mark.parametrize(("day", "code"), [("2016-06-30", "us-dues-2010"), ("2016-07-01", "us-dues-2016")])
def test_a_rule_is_in_force_from_its_first_day_to_the_day_before_the_next(sample_rules, day, code):
    from tequio.front.queries.rule_list import IN_FORCE, rules_by_center

    on = date.fromisoformat(day)
    us = next(c for c in rules_by_center(days={"us": on, "mx": on}) if c.center.code == "us")
    assert [rule.row.code for rule in us.dues if rule.state == IN_FORCE] == [code]


def test_the_member_page_s_link_finds_its_rule(members, signed_in):
    """The member's page links to the rule by its code."""
    members({"paid_until": "2016-01-10", "balance_due": "200.00"})
    client = signed_in("auditor")
    from tequio.members.models import Member

    page = client.get(f"/members/{Member.objects.get().pk}/").content.decode()
    (code,) = set(re.findall(r'href="/rules/#([\w-]+)"', page))
    assert f'id="{code}"' in _page(client)


def test_there_is_a_page_before_there_are_rules(db, signed_in):
    assert "Rules appear here once a rule book is loaded" in _page(signed_in("auditor"))


def test_hostile_titles_stay_words(sample_rules, signed_in, at):
    from tequio.centers.models import Center
    from tequio.decisions.models import Decision

    title = '<script>alert("1")</script>\u202e'
    adopt_payment_policy(
        center=Center.objects.get(code="us"),
        code="us-payment-2017",
        title=Text(en=title, es=title),
        valid_from=date(2017, 1, 1),
        decision=Decision.objects.first(),
        thresholds=Thresholds(at_risk_from=1, works={"disabled": {"off": ["<u>"]}}),
        assumed=["<i>"],
        actor="test",
        at=at,
    )
    page = signed_in("auditor").get("/rules/").content.decode()
    assert ("<script" in page, "<u>" in page, "<i>" in page, "&lt;script&gt;" in page) == (False, False, False, True)


def test_the_queries_do_not_grow_with_the_rules(sample_rules, signed_in, at):
    from django.db import connection

    from tequio.centers.models import Center
    from tequio.decisions.models import Decision

    client = signed_in("auditor")
    client.get("/rules/")
    with CaptureQueriesContext(connection) as few:
        client.get("/rules/")
    for year in range(2023, 2033):
        adopt_payment_policy(
            center=Center.objects.get(code="us"),
            code=f"us-payment-{year}",
            title=Text(en="a", es="a"),
            valid_from=date(year, 1, 1),
            decision=Decision.objects.first(),
            thresholds=Thresholds(at_risk_from=1),
            assumed=[],
            actor="test",
            at=at,
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/rules/")
    assert len(many) == len(few)


def test_a_ladder_stands_with_its_steps_its_figures_and_its_decision(sample_rules, signed_in):
    said = _rule(_page(signed_in("auditor")), "us-follow-up-2016")
    for line in (
        "A reminder about your dues from day 10 after the due date, by e-mail, else letter assumed",
        "What comes next if your dues stay open from day 76 after the due date, by letter, else e-mail assumed",
        "from day 92 after the due date, by e-mail, else letter; only while disabled",
        "Calls, where the member is 10:00 to 20:00, no Sundays",
        "Two people look first above 5 % of the members assumed",
        "Postage of a letter USD 0.49 assumed",
        "Time a caller may give 30 days assumed",
    ):
        assert line in said, line
    assert "2016-02-follow-up" in said
