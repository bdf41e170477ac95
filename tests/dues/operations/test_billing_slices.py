"""A slice reads what belongs to its members and nothing else, so that a run grows with its members and no faster."""

import re

import pytest
from django.db import connection
from tests.dues.doing import moment, pay, rate, run

from tequio.dues.billing_facts import billing_contacts, credits_of
from tequio.members.models import Contact, Member
from tequio.members.operations import merge_members

GROWING = ("members_member", "members_membership", "members_contact", "dues_invoice", "dues_payment", "ledger_entry")


def merged(kept, *others):
    for other in others:
        merge_members(kept=kept, merged=other, actor="test", at=moment("2016-07-15"))


def pk_of(code):
    return Member.objects.get(code=code).pk


def plans_of(*, work):
    """The plan SQLite makes for each SELECT and UPDATE that the work sends."""
    sent = []

    def listen(execute, sql, params, many, context):
        if not many and sql.startswith(("SELECT", "UPDATE")):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        work()
    found = []
    with connection.cursor() as cursor:
        for sql, params in sent:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            found += [(row[3], sql) for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize("analyzed", [False, True], ids=["without statistics", "with statistics"])
@pytest.mark.parametrize("center", [None, "us"], ids=["all centers", "one center"])
def test_no_statement_of_a_run_reads_a_whole_table(members, analyzed, center):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, as it should")
    members(*({"center": code} for _ in range(40) for code in ("us", "mx")))
    if analyzed:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    plans = plans_of(work=lambda: run(center=center))
    assert len(plans) > 10
    table = re.compile(rf"SCAN ({'|'.join(GROWING)})\b")
    assert [plan for plan in plans if table.match(plan[0])] == []
    # Nor members by their center: that is all of them again, for every slice.
    assert [plan for plan in plans if plan[0].startswith("SEARCH members_member ") and "center_id=?" in plan[0]] == []


def test_the_contact_of_a_merged_member_serves_where_the_one_it_counts_as_has_none(members):
    members({}, {}, {})
    merged("M2", "M1", "M3")
    kept = pk_of("M2")
    assert billing_contacts(member_pks=[kept])[kept][0] == Contact.objects.get(member__code="M2").pk
    Contact.objects.filter(member=kept).delete()
    for span in ([kept], [pk_of("M1"), kept], [pk_of("M1"), kept, pk_of("M3")], [kept, pk_of("M3")]):
        assert billing_contacts(member_pks=span)[kept][0] == Contact.objects.get(member__code="M1").pk


def test_credit_of_a_merged_member_is_counted_once_and_the_oldest_comes_first(members):
    members({}, {}, {})
    newer, older = pay("M1", 20, on="2016-07-10"), pay("M3", 10, on="2016-07-01")
    merged("M2", "M1", "M3")
    kept = pk_of("M2")
    for span in ([kept], [pk_of("M1"), kept], [pk_of("M1"), pk_of("M3")]):
        found = credits_of(member_pks=span)[kept]
        assert [(c.payment_pk, c.unused) for c in found] == [(older.pk, 1000), (newer.pk, 2000)]


def test_the_rate_of_a_merged_member_holds_once_for_the_one_it_counts_as(members):
    members({}, {}, {})
    rate("M3", "reduced", 5000)
    merged("M2", "M3")
    run()
    assert Member.objects.get(code="M2").invoices.get(kind="dues").total == 10_000
