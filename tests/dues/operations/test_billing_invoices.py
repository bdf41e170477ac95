"""What an invoice carries: its number, the contact and language it goes to, its entry, and the credit that pays it."""

import pytest
from tests.dues.doing import asked, disagreements, pay, rests, run

from tequio.dues.models import Allocation, Invoice, Payment
from tequio.ledger.models import Entry, Leg
from tequio.members.models import Contact


def goes_to(code):
    invoice = Invoice.objects.select_related("contact").get(member__code=code, kind="dues")
    return invoice.contact.name if invoice.contact else None, invoice.language


def person(code, name, roles, language):
    return {
        "member_id": code,
        "member_name": "Member",
        "contact_name": name,
        "contact_roles": roles,
        "language": language,
        "email": f"{name.lower()}@example.org",
    }


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([("Ada", "technical", "en"), ("Bea", "representative", "en"), ("Cio", "billing", "es")], ("Cio", "es")),
        ([("Ada", "technical", "es"), ("Bea", "representative", "en")], ("Bea", "en")),
        ([("Ada", "technical", "es"), ("Bea", "technical", "en")], ("Ada", "es")),
        ([("Ada", "representative", "en"), ("Bea", "billing", "en"), ("Cio", "billing", "es")], ("Bea", "en")),
    ],
)
def test_an_invoice_goes_to_billing_else_a_representative_else_the_first(members, contacts, expected):
    members(*(person("M1", *contact) for contact in contacts))
    run()
    assert goes_to("M1") == expected


def test_an_invoice_without_any_contact_speaks_the_language_of_its_center(members):
    members({"language": "es"}, {"center": "mx", "language": "en"})
    Contact.objects.all().delete()
    run()
    assert [goes_to("M1"), goes_to("M2")] == [(None, "en"), (None, "es")]


def test_each_center_has_a_series_without_gaps(members):
    members({}, {"center": "mx"}, {}, {"center": "mx"})
    run("2016-07-15")
    run("2017-03-01")
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"{center}-{n:06d}" for center in ("MX", "US") for n in range(1, 5)]


def test_each_invoice_has_one_entry_on_the_invoice_date(members):
    members({}, {"operations": "no"})
    run()
    entries = Entry.objects.filter(kind="invoice").order_by("pk")
    assert [(e.on.isoformat(), e.note, e.posted) for e in entries] == [
        ("2016-07-15", "US-000001", True),
        ("2016-07-15", "US-000002", True),
    ]
    legs = Leg.objects.filter(entry__in=entries).order_by("entry_id", "account__code")
    assert [
        (leg.account.code, leg.member.code, leg.currency, leg.amount)
        for leg in legs.select_related("account", "member")
    ] == [
        ("us-income-membership", "M1", "USD", -5_000),
        ("us-income-operations", "M1", "USD", -15_000),
        ("us-receivable", "M1", "USD", 20_000),
        ("us-income-membership", "M2", "USD", -5_000),
        ("us-receivable", "M2", "USD", 5_000),
    ]


def test_credit_pays_the_next_invoice_in_the_run_itself(members):
    members({})
    payment = pay("M1", 200, on="2016-07-01")
    run()
    payment.refresh_from_db()
    assert (rests("M1"), payment.unused) == ([("US-000001", 0, "2016-07-15")], 0)
    use = Allocation.objects.select_related("entry").get()
    assert (use.on.isoformat(), use.amount, use.entry.kind) == ("2016-07-15", 20_000, "credit_use")


def test_credit_that_is_too_small_leaves_a_rest(members):
    members({})
    pay("M1", 120.5)
    run()
    assert rests("M1") == [("US-000001", 79.5, None)]


def test_credit_is_used_oldest_first_on_the_oldest_period_first(members):
    members({"paid_until": "2015-03-01"})
    newer = pay("M1", 150, on="2016-07-10")
    older = pay("M1", 100, on="2016-07-01")
    run()
    used = Allocation.objects.order_by("pk").values_list("payment__number", "invoice__period_start", "amount")
    assert [(number, start.isoformat(), amount) for number, start, amount in used] == [
        (older.number, "2015-03-01", 10_000),
        (newer.number, "2015-03-01", 10_000),
        (newer.number, "2016-03-01", 5_000),
    ]
    assert [rest for _, rest, _ in rests("M1")] == [0, 150]


def test_credit_left_over_waits_for_the_next_year(members):
    members({})
    payment = pay("M1", 500)
    run("2016-07-15")
    run("2017-03-01")
    run("2018-03-01")
    payment.refresh_from_db()
    assert ([rest for _, rest, _ in rests("M1")], payment.unused) == ([0, 0, 100], 0)


def test_credit_from_money_dated_after_the_invoice_settles_it_on_the_day_the_money_came(members):
    members({})
    pay("M1", 200, on="2016-08-20", at="2016-07-15")
    run("2016-07-15")
    assert rests("M1") == [("US-000001", 0, "2016-08-20")]
    assert Entry.objects.get(kind="credit_use").on.isoformat() == "2016-08-20"


def test_one_member_s_credit_pays_nobody_else(members):
    members({}, {})
    pay("M1", 1000)
    run()
    assert (rests("M1"), rests("M2")) == ([("US-000001", 0, "2016-07-15")], [("US-000002", 200, None)])


def test_a_voided_payment_is_no_credit(members):
    from tests.dues.doing import void

    members({})
    payment = pay("M1", 200)
    void(payment)
    run()
    assert rests("M1") == [("US-000001", 200, None)]
    assert Payment.objects.get().unused == 0


def test_what_a_run_makes_agrees_with_the_books(members):
    members({}, {"center": "mx"}, {"paid_until": "2013-01-31", "balance_due": "60.00"})
    run()
    assert (len(asked()), disagreements()) == (5, [])
