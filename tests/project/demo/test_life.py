from datetime import date, timedelta

import pytest
from django.db.models import Count, F, Sum

from tequio.centers.queries import all_centers
from tequio.dues.accounts import accounts_of
from tequio.dues.models import Allocation, Invoice, InvoiceLine, MemberRate, Payment, Refund, WriteOff
from tequio.dues.queries import invoices_of, payments_of, standing_of
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.journal.models import Event
from tequio.members.models import ContactAttempt, Member, Membership
from tequio.project.checking import differences
from tequio.project.demo.figures import center_year
from tequio.project.demo.scenes import CALLERS
from tequio.rules.standing import Cause
from tequio.services.models import Job, ServiceAccount

pytestmark = pytest.mark.django_db

SPLIT = date(2016, 7, 1)


@pytest.fixture(scope="module")
def cast(year):
    return year.cast


def standing(person, on):
    verdict = standing_of(code=person.code, on=on).verdict
    return verdict.standing.value, verdict.cause


def test_everything_stored_twice_agrees_at_the_end(year):
    assert list(differences()) == []


def test_every_kind_of_event_the_demo_promises_occurred(year):
    # What the committee does and where it meets is held by test_story.py; budgets are told by budgeting.py.
    deciding = ("body.", "proposal.", "amendment.", "vote.", "decision.", "effect", "action.", "person.")
    budgets = ("budget.", "booking.", "income.", "transfer.", "ledger.")
    meetings = ("meeting.", "minutes.", "notes.")
    found = {
        kind
        for kind in Event.objects.values_list("kind", flat=True)
        if not kind.startswith(deciding + budgets + meetings)
    }
    promised = {
        Kind.CENTER_OPENED,
        Kind.DUES_POLICY_ADOPTED,
        Kind.PAYMENT_POLICY_ADOPTED,
        Kind.FOLLOW_UP_POLICY_ADOPTED,
        Kind.BANK_ACCOUNT_OPENED,
        Kind.BANK_ACCOUNT_CHANGED,
        Kind.STATEMENT_IMPORTED,
        Kind.MEMBERS_IMPORTED,
        Kind.MEMBERS_MERGED,
        Kind.MEMBER_LEFT,
        Kind.MEMBER_REJOINED,
        Kind.CONTACT_LOGGED,
        Kind.RATE_GRANTED,
        Kind.HOLD_GRANTED,
        Kind.PLAN_AGREED,
        Kind.DUES_RUN_STARTED,
        Kind.DUES_RUN_FINISHED,
        Kind.PAYMENT_RECEIVED,
        Kind.PAYMENT_REFUNDED,
        Kind.PAYMENT_VOIDED,
        Kind.INVOICE_WRITTEN_OFF,
        Kind.STANDING_CHANGED,
        Kind.TICK,
        Kind.MONEY_READ,
        Kind.NOTICES_MADE,
        Kind.NOTICES_SENT,
        Kind.LETTERS_PRINTED,
        Kind.LETTERS_POSTED,
        Kind.CALL_MADE,
        Kind.CALL_ASKED,
        Kind.CALL_HOURS_ENTERED,
        Kind.PROMISE_MADE,
        Kind.PROMISE_ENDED,
        Kind.TASK_OPENED,
        Kind.TASK_CLOSED,
        Kind.SERVICE_OFFERED,
        Kind.SERVICE_TERMS_ADOPTED,
        Kind.SERVICES_SET,
        Kind.SERVICE_ACCOUNT_OPENED,
        Kind.SERVICE_KEY_MADE,
        Kind.SERVICES_CHANGED,
        *(Kind.APPLICATION_REGISTERED, Kind.SERVICES_LENT, Kind.SERVICE_ACCOUNT_CLOSED),
        *(Kind.WAVE_BEGUN, Kind.MOVING_ADDED, Kind.MOVING_STEP, Kind.MOVING_UNDONE, Kind.MOVING_REMINDED),
        Kind.BALANCE_BROUGHT,
    }
    assert found == promised


def test_it_tells_of_every_day_of_2016_in_order(year, days):
    assert days == [date(2016, 1, 1) + timedelta(days=n) for n in range(366)]


def test_nothing_happened_outside_2016(year):
    moments = Event.objects.order_by("at")
    assert (moments.first().at.date(), moments.last().at.date()) == (date(2016, 1, 1), date(2016, 12, 31))


def test_standings_are_those_of_the_last_day(year):
    assert set(Member.objects.filter(merged_into__isnull=True).values_list("standing_on", flat=True)) == {year.last_day}


def test_invoices_before_july_have_one_part_under_the_old_dues_and_later_ones_two_under_the_new(year):
    lines = InvoiceLine.objects.filter(invoice__policy__isnull=False).values_list(
        "invoice__invoiced_on", "invoice__policy__code", "part"
    )
    assert {(on >= SPLIT, policy.partition("-")[2], part) for on, policy, part in lines} == {
        (False, "dues-2010", "membership"),
        (True, "dues-2016", "membership"),
        (True, "dues-2016", "operations"),
    }


def test_every_center_bills_before_and_after_the_split(year):
    rows = Invoice.objects.filter(policy__isnull=False).values_list("policy__code", flat=True)
    assert set(rows) == {"us-dues-2010", "us-dues-2016", "mx-dues-2010", "mx-dues-2016"}


@pytest.mark.parametrize("code", ["us", "mx"])
def test_the_sums_of_a_center_meet(year, code):
    center = next(c for c in all_centers() if c.code == code)
    f = center_year(center=center, year=year)
    billed = sum(row.membership + row.operations for row in f.billed)
    assert f.brought_over + billed - f.paid + f.given_back - f.written_off == f.open.total() - f.credit


def test_some_pay_in_full_some_in_part_some_in_two_halves_and_some_never(year):
    in_full = Invoice.objects.filter(rest=0, allocations__amount=F("total"))
    in_part = Invoice.objects.filter(rest__gt=0, rest__lt=F("total"))
    parts = Allocation.objects.filter(invoice__rest=0, invoice__plans=None).values("invoice")
    in_two = parts.annotate(payments=Count("payment", distinct=True)).filter(payments=2)
    never = Invoice.objects.filter(rest=F("total"), due_on__lt=year.last_day - timedelta(days=90))
    assert [bool(rows.exists()) for rows in (in_full, in_part, in_two, never)] == [True] * 4


def test_some_pay_before_the_due_date_and_some_more_than_a_month_after(year):
    settled = Invoice.objects.filter(kind="dues", settled_on__isnull=False)
    days = {(settled_on - due_on).days for settled_on, due_on in settled.values_list("settled_on", "due_on")}
    assert (min(days) < 0, max(days) > 30) == (True, True)


def test_credit_is_used_by_the_next_invoice_and_some_is_left_at_the_end(year):
    used = Allocation.objects.filter(entry__kind="credit_use", invoice__kind="dues")
    assert used.exists()
    assert all(a.payment.on <= a.invoice.invoiced_on for a in used.select_related("payment", "invoice"))
    assert Payment.objects.filter(unused__gt=0).exists()


def test_one_plan_is_kept_and_one_is_broken_after_two_instalments(cast):
    ends = {}
    for person in (cast.keeps_plan, cast.breaks_plan):
        pk = Member.objects.get(code=person.code).pk
        [(_, broken)] = accounts_of(heads=[pk])[pk].plan_ends()
        ends[person.code] = broken
    assert ends == {cast.keeps_plan.code: None, cast.breaks_plan.code: date(2016, 5, 2)}


def test_a_member_reached_while_disabled_is_back_for_fourteen_days_and_then_until_it_pays_it_is_not(cast):
    person = cast.comes_back_on_contact
    assert [
        standing(person, on)
        for on in (
            date(2016, 4, 12),
            date(2016, 4, 13),
            date(2016, 4, 26),
            date(2016, 4, 27),
            date(2016, 5, 5),
            date(2016, 5, 6),
        )
    ] == [
        ("disabled", Cause.DAYS),
        ("at_risk", Cause.RETURNED),
        ("at_risk", Cause.RETURNED),
        ("disabled", Cause.DAYS),
        ("disabled", Cause.DAYS),
        ("good", Cause.NOTHING_OVERDUE),
    ]


def test_a_member_is_limited_called_pays_and_is_back_while_the_payment_is_entered(year, cast):
    person = cast.limited_and_back
    days = (date(2016, 10, 2), date(2016, 10, 3), date(2016, 10, 16), date(2016, 10, 17))
    assert [standing(person, on) for on in days] == [
        ("at_risk", Cause.DAYS),
        ("limited", Cause.DAYS),
        ("limited", Cause.DAYS),
        ("good", Cause.NOTHING_OVERDUE),
    ]
    door = center_year(center=next(c for c in all_centers() if c.code == "us"), year=year).door
    assert (door.code, door.shut_on, door.called_on, door.paid_on) == (
        person.code,
        date(2016, 10, 3),
        date(2016, 10, 12),
        date(2016, 10, 17),
    )
    assert (door.mail_kept, door.seconds) == (True, 1)
    states = ServiceAccount.objects.filter(member__code=person.code).values_list("kind__code", "wanted")
    assert dict(states) == {"site": "open", "mailbox": "open"}
    said = (year.roll.parent / "sites.htpasswd").read_text(encoding="utf-8")
    assert [line for line in said.splitlines() if line.startswith("radio.example.org:$6$")] != []
    own = Job.objects.filter(account__member__code=cast.limited_and_back.code, account__kind__code="mailbox")
    told = list(own.filter(state="done").values_list("wanted", flat=True))
    assert (told.count("limited"), told.count("suspended")) == (1, 0)


def test_the_callers_reach_some_and_only_try_others(year):
    calls = ContactAttempt.objects.values_list("by", "outcome")
    assert set(calls) == {(name, outcome) for name in CALLERS.values() for outcome in ("attempted", "reached")}


def test_a_hold_lasts_sixty_days_and_says_why_in_the_language_of_the_center(cast):
    for person in (cast.hold_in_new_york, cast.hold_in_mexico):
        [hold] = Member.objects.get(code=person.code).holds.all()
        assert (hold.last_day - hold.first_day).days == 60
        assert ("office" in hold.reason, "oficina" in hold.reason) == (person.center == "us", person.center == "mx")


def test_a_reduced_and_a_solidarity_rate_are_billed_and_a_comped_member_is_not(cast):
    found = dict(MemberRate.objects.order_by("kind").values_list("kind", "member__code"))
    assert found == {"comped": cast.comped.code, "reduced": cast.reduced.code, "solidarity": cast.solidarity.code}
    shares = {}
    for person in (cast.reduced, cast.solidarity):
        [invoice] = invoices_of(code=person.code)
        table = invoice.lines.aggregate(total=Sum("tariff__amount"))["total"]
        shares[invoice.rate.kind] = (2 * invoice.total, table)
    assert {kind: twice / table for kind, (twice, table) in shares.items()} == {"reduced": 1, "solidarity": 3}
    assert invoices_of(code=cast.comped.code) == []
    assert all(MemberRate.objects.values_list("reason", flat=True))


def test_what_was_paid_double_is_given_back(cast):
    [refund] = Refund.objects.select_related("payment__member")
    [invoice] = invoices_of(code=cast.paid_double.code)
    assert (refund.payment.member.code, refund.payment.amount) == (cast.paid_double.code, 2 * invoice.total)
    assert (refund.amount, refund.from_credit, invoice.rest) == (invoice.total, invoice.total, 0)


def test_a_payment_entered_twice_is_voided_and_the_first_stands(cast):
    first, second = payments_of(code=cast.entered_twice.code)
    [invoice] = invoices_of(code=cast.entered_twice.code)
    assert (first.voided_on, first.amount, invoice.rest) == (None, invoice.total, 0)
    assert (second.amount, second.voided_on, second.unused) == (first.amount, second.on + timedelta(days=1), 0)


def test_the_debt_of_a_dissolved_group_is_written_off_with_a_reason_and_it_leaves(cast):
    let_go = WriteOff.objects.select_related("invoice__member")
    assert {(row.invoice.member.code, bool(row.reason), row.invoice.rest) for row in let_go} == {
        (cast.dissolved.code, True, 0)
    }
    assert Membership.objects.get(member__code=cast.dissolved.code).left_on == date(2016, 5, 12)


def test_one_member_leaves_and_another_comes_back_and_is_billed_by_the_split_from_that_day(cast):
    assert Membership.objects.get(member__code=cast.leaves.code).left_on == date(2016, 9, 1)
    periods = Membership.objects.filter(member__code=cast.leaves_and_returns.code).order_by("joined_on")
    assert [(p.joined_on > date(2016, 1, 1), p.left_on) for p in periods] == [(False, date(2016, 3, 14)), (True, None)]
    [invoice] = invoices_of(code=cast.leaves_and_returns.code)
    assert (invoice.period_start, invoice.policy.code) == (date(2016, 10, 3), "us-dues-2016")


def test_one_pair_of_planted_duplicates_is_merged_and_the_other_waits(year):
    merged = Member.objects.filter(merged_into__isnull=False).values_list("code", "merged_into__code")
    assert list(merged) == [("NY-0041", "NY-0009")]
    assert year.imported.roll.duplicates() == [("NY-0009", "NY-0041"), ("MX-0003", "MX-0013")]
