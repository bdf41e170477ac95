"""What a preview shows first: whom to look at, what changed since the last run, and no figure across currencies."""

import re

from tests.dues.doing import pay, rate, run
from tests.dues.views.looking import heading, preview, queries, text_of, url

from tequio.members.models import Contact, Member


def said(client, run_pk, kind=""):
    """The exceptions of a preview, as (member, what is unusual, what the run will do)."""
    page = client.get(url("dues_preview", run_pk=run_pk) + (f"?kind={kind}" if kind else ""))
    assert page.status_code == 200
    whole = page.content.decode()
    table = whole[whole.index('id="exceptions"') :]
    rows = re.findall(r'(?s)<tr><th scope="row">(.*?)</th><td class="all">(.*?)</td><td class="all">(.*?)</td>', table)
    return [tuple(" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row) for row in rows]


def test_nobody_to_write_to_comes_first(members, treasurer):
    members(
        {"member_id": "A1", "member_name": "Unreachable", "email": ""},
        {"member_id": "A2", "member_name": "By Post", "email": "", "street": "7 Mill Road", "city": "Kingston"},
    )
    run_pk = preview(treasurer)
    assert said(treasurer, run_pk) == [
        (
            "Unreachable A1",
            "no way to send it No contact has an e-mail or postal address.",
            "Makes it; somebody has to hand it over or call.",
        )
    ]
    assert heading(treasurer.get(url("dues_preview", run_pk=run_pk))) == "2 invoices; one member needs a look"


def test_a_contact_corrected_meanwhile_is_no_exception_any_more(members, treasurer):
    members({"member_id": "A1", "email": ""})
    run_pk = preview(treasurer)
    Contact.objects.update(email="found@example.org")
    assert said(treasurer, run_pk) == []


def test_a_contact_of_a_merged_entry_serves(members, treasurer, at):
    from tequio.members.operations import merge_members

    members({"member_id": "A1", "email": ""}, {"member_id": "A2"})
    merge_members(kept="A1", merged="A2", actor="test", at=at)
    assert said(treasurer, preview(treasurer)) == []


def test_older_dues_and_credit_are_told_with_what_the_run_does(members, treasurer):
    members({"member_id": "A1", "balance_due": "75.00", "paid_until": "2015-03-01"}, {"member_id": "A2"})
    pay("A2", 60, on="2016-07-01")
    assert said(treasurer, preview(treasurer)) == [
        (
            "Member 1 A1",
            "still owes older dues USD 75.00 open since 1 March 2015.",
            "Makes it all the same; a payment settles the oldest first.",
        ),
        ("Member 2 A2", "has credit USD 60.00 paid ahead.", "Uses the credit at once: USD 140.00 to pay."),
    ]


def test_the_credit_the_page_announces_is_what_the_run_uses(members, treasurer):
    from tests.dues.doing import rests
    from tests.dues.views.looking import confirm

    members({"member_id": "A1"})
    pay("A1", 60, on="2016-07-01")
    run_pk = preview(treasurer)
    assert said(treasurer, run_pk)[0][2] == "Uses the credit at once: USD 140.00 to pay."
    confirm(treasurer, run_pk, 1)
    assert [row[1] for row in rests("A1")] == [140.0]


def test_a_rate_that_ended_and_one_that_will_end_are_told(members, treasurer):
    members({"member_id": "A1"}, {"member_id": "A2"}, {"member_id": "A3"}, {"member_id": "A4"})
    rate("A1", "reduced", 5000, until="2016-06-30")
    rate("A2", "reduced", 2500, until="2016-12-31")
    rate("A3", "reduced", 2500, until="2026-12-31")
    rate("A4", "comped", 0, valid_from="2014-01-01", until="2014-12-31")
    assert [row[:2] for row in said(treasurer, preview(treasurer))] == [
        ("Member 1 A1", "own rate ended 50 % of the table through 30 June 2016."),
        ("Member 2 A2", "own rate ends soon 25 % of the table through 31 December 2016."),
    ]


def test_a_rate_renewed_since_is_no_exception(members, treasurer):
    members({"member_id": "A1"})
    rate("A1", "reduced", 5000, until="2016-06-30")
    rate("A1", "reduced", 5000, valid_from="2016-07-01")
    assert said(treasurer, preview(treasurer)) == []


def test_who_is_set_aside_is_told_with_the_reason(members, treasurer):
    members({"member_id": "A1"}, {"member_id": "A2"})
    rate("A1", "comped", 0)
    assert said(treasurer, preview(treasurer)) == [
        ("Member 1 A1", "set aside Dues are waived for this member on this day.", "Makes no invoice.")
    ]


def test_who_changed_kind_since_the_last_bill_is_told(members, treasurer):
    members({"member_id": "A1"}, {"member_id": "A2"})
    run("2016-07-15")
    Member.objects.filter(code="A1").update(kind="individual")
    run_pk = preview(treasurer, as_of="2017-03-01")
    assert said(treasurer, run_pk, "kind_changed") == [
        ("Member 1 A1", "changed kind Was billed as organization.", "Bills it as individual.")
    ]
    page = text_of(treasurer.get(url("dues_preview", run_pk=run_pk)))
    assert "Center in New York Asked more 0" not in page
    assert "Center in New York 0 1 1 0" in page  # more, less, the same, first


def test_several_periods_at_once_are_told(members, treasurer):
    members({"member_id": "A1", "paid_until": "2015-03-01"})
    found = said(treasurer, preview(treasurer))
    assert found[0][1:] == ("several periods at once 2 periods, the first from 1 March 2015.", "Makes 2 invoices.")


def test_who_has_no_contact_for_payments_is_told(members, treasurer):
    members({"member_id": "A1", "contact_roles": "representative"})
    found = said(treasurer, preview(treasurer))
    assert [row[1] for row in found] == ["no billing contact No contact is named for payments."]


def test_a_filter_leaves_one_kind_and_unknown_words_leave_all(members, treasurer):
    members({"member_id": "A1", "email": ""}, {"member_id": "A2", "contact_roles": "technical"})
    run_pk = preview(treasurer)
    assert [row[0] for row in said(treasurer, run_pk, "no_billing")] == ["Member 2 A2"]
    assert [row[0] for row in said(treasurer, run_pk, "nonsense")] == ["Member 1 A1", "Member 2 A2"]


def test_exceptions_in_spanish_speak_spanish(members, enter):
    members({"member_id": "B1", "center": "mx", "email": ""})
    teso = enter("treasurer mx", language="es")
    assert said(teso, preview(teso, centers=("mx",))) == [
        (
            "Member 1 B1",
            "no hay cómo enviarlo Ningún contacto tiene correo electrónico ni domicilio.",
            "Lo hace; alguien tiene que entregarlo o llamar.",
        )
    ]


def test_a_hostile_name_stays_text(members, treasurer):
    members({"member_id": "A1", "member_name": "<script>alert(1)</script>\u202eevil", "email": ""})
    page = treasurer.get(url("dues_preview", run_pk=preview(treasurer))).content.decode()
    assert "<script>" not in page
    assert 'dir="auto">&lt;script&gt;' in page


def test_the_first_run_and_the_policies_since_the_last_are_told(members, treasurer):
    members({"member_id": "A1"})
    assert "This would be the first run." in text_of(
        treasurer.get(url("dues_preview", run_pk=preview(treasurer, as_of="2016-04-01")))
    )
    run("2016-04-01")
    page = text_of(treasurer.get(url("dues_preview", run_pk=preview(treasurer, as_of="2017-03-01"))))
    assert "The last was run" in page
    assert "A new dues policy is in force since" in page


def test_the_queries_of_a_preview_do_not_grow_with_its_members(many, treasurer):
    counts = []
    for rows in (3, 60):
        many(rows, email="", balance_due="5.00", paid_until="2015-03-01")
        counts.append(queries(treasurer, url("dues_preview", run_pk=preview(treasurer))))
    assert counts[0] == counts[1]


def test_a_crowd_of_one_kind_does_not_hide_the_only_one_of_another(members, treasurer):
    crowd = [{"member_id": f"A{number}", "email": ""} for number in range(1, 60)]
    members(*crowd, {"member_id": "Z1", "contact_roles": "technical"})
    run_pk = preview(treasurer)
    assert [row[0].split()[-1] for row in said(treasurer, run_pk)] == ["A1", "A10", "A11", "A12", "A13", "Z1"]
    assert len(said(treasurer, run_pk, "unreachable")) == 50
    page = text_of(treasurer.get(url("dues_preview", run_pk=run_pk)))
    assert "The first 5 of each kind." in page
    assert "59 no way to send it" in page
