"""Two entries for one member: counted together, lost nowhere, billed once, and taken apart again exactly."""

import json

import pytest
from tests.dues.doing import asked, day, disagreements, everything, moment, pay, rests, run, tried

from tequio.dues.models import Invoice
from tequio.dues.queries import invoices_of, payments_of, standing_of
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.members.models import Member
from tequio.members.operations import leave, merge_members, rejoin, undo_merge
from tequio.members.queries import attempts_of, belonged_in, head_of, member_by_code

LATE = {"paid_until": "2016-03-01", "balance_due": "80.00"}
PAID = {"paid_until": "2017-03-01"}


def merge(kept, merged):
    merge_members(kept=kept, merged=merged, actor="test", at=moment("2016-07-15"))


def unmerge(merged):
    return undo_merge(merged=merged, actor="test", at=moment("2016-07-15"))


def heads():
    return {
        m.code: m.merged_into.code
        for m in Member.objects.filter(merged_into__isnull=False).select_related("merged_into")
    }


def head(code):
    return head_of(member=member_by_code(code=code)).code


def test_both_ids_find_the_kept_one(members, cli):
    members(PAID, PAID)
    merge("M1", "M2")
    assert [head("M1"), head("M2")] == ["M1", "M1"]
    shown = [json.loads(cli("members", "show", code, "--on", "2016-07-15", "--json")[1]) for code in ("M1", "M2")]
    assert (shown[0], shown[1]["member"]) == (shown[1], "M1")


def test_what_both_have_is_counted_together(members):
    members(LATE, {**LATE, "balance_due": "15.00"})
    pay("M1", 10)
    pay("M2", 20)
    tried("M1", "2016-04-01")
    tried("M2", "2016-05-01")
    merge("M1", "M2")
    for code in ("M1", "M2"):
        assert [i.number for i in invoices_of(code=code)] == ["US-OPEN-00001", "US-OPEN-00002"]
        assert [p.amount for p in payments_of(code=code)] == [1_000, 2_000]
        assert [a.on for a in attempts_of(code=code)] == [day("2016-04-01"), day("2016-05-01")]
        assert standing_of(code=code, on=day("2016-07-15")).balance == {"USD": 6_500}


def test_a_contact_of_the_merged_one_gets_the_invoice_where_the_kept_one_has_none(members):
    from tequio.members.models import Contact

    members({}, {**PAID, "language": "es", "contact_name": "Eva"})
    Contact.objects.filter(member__code="M1").delete()
    merge("M1", "M2")
    run()
    invoice = Invoice.objects.select_related("contact", "member").get()
    assert (invoice.member.code, invoice.contact.name, invoice.language) == ("M1", "Eva", "es")


def test_belonging_is_that_of_either(members):
    members({"joined_on": "2012-05-01"}, {"joined_on": "2008-05-01"})
    leave(code="M2", on=day("2010-02-01"), actor="test", at=moment("2016-07-15"))
    merge("M1", "M2")
    years = range(2007, 2014)
    for code in ("M1", "M2"):
        assert [belonged_in(code=code, year=year) for year in years] == [False, True, True, True, False, True, True]


def test_undoing_restores_every_row(members):
    members(LATE, {**LATE, "balance_due": "15.00"}, PAID)
    pay("M2", 5)
    before = everything()
    merge("M1", "M2")
    assert everything() != before
    assert unmerge("M2") == "M1"
    assert everything() == before


def test_nested_merges_are_one_level_deep_and_come_apart_one_by_one(members):
    members(LATE, LATE, LATE, PAID)
    stages = [everything()]
    for kept, merged in (("M3", "M4"), ("M2", "M3"), ("M1", "M2")):
        merge(kept, merged)
        stages.append(everything())
    assert heads() == {"M2": "M1", "M3": "M1", "M4": "M1"}
    for merged in ("M2", "M3", "M4"):
        stages.pop()
        unmerge(merged)
        assert everything() == stages[-1]
    assert heads() == {}


def test_of_nested_merges_an_inner_one_can_be_undone_first(members):
    members(PAID, PAID, PAID)
    merge("M2", "M3")
    merge("M1", "M2")
    unmerge("M3")
    assert heads() == {"M2": "M1"}
    unmerge("M2")
    assert heads() == {}


def test_what_was_merged_on_its_own_does_not_go_with_another(members):
    members(PAID, PAID, PAID)
    merge("M2", "M3")
    merge("M1", "M2")
    unmerge("M3")
    merge("M1", "M3")
    unmerge("M2")
    assert heads() == {"M3": "M1"}


def test_a_middle_one_takes_its_own_along_wherever_it_had_got_to(members):
    members(PAID, PAID, PAID, PAID)
    merge("M3", "M4")
    merge("M2", "M3")
    merge("M1", "M2")
    unmerge("M3")
    assert heads() == {"M2": "M1", "M4": "M3"}
    unmerge("M2")
    assert heads() == {"M4": "M3"}


def test_a_merge_can_be_made_again_the_other_way(members):
    members(PAID, LATE)
    merge("M1", "M2")
    unmerge("M2")
    merge("M2", "M1")
    assert heads() == {"M1": "M2"}


@pytest.mark.parametrize(
    ("kept", "merged", "says"),
    [
        ("M1", "M1", "already one member"),
        ("M1", "M3", "different centers"),
        ("M1", "M5", "M5 is merged into another member already"),
        ("M5", "M1", "M5 is merged into another member already"),
        ("M1", "M9", "There is no member “M9”"),
        ("M9", "M1", "There is no member “M9”"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_changes(members, kept, merged, says):
    members(PAID, PAID, {**PAID, "center": "mx"}, PAID, PAID)
    merge("M4", "M5")
    before = everything(without=())
    with pytest.raises(Refusal, match=says):
        merge(kept, merged)
    assert everything(without=()) == before


def test_undoing_what_was_not_merged_is_refused(members):
    members(PAID, PAID)
    merge("M1", "M2")
    for code in ("M1", "M9"):
        with pytest.raises(Refusal):
            unmerge(code)
    unmerge("M2")
    with pytest.raises(Refusal, match="is not merged"):
        unmerge("M2")


def test_the_same_roll_after_a_merge_changes_nothing(members):
    roll = [LATE, {**LATE, "balance_due": "15.00"}]
    members(*roll)
    merge("M1", "M2")
    before = everything(without=())
    assert members(*roll).changed == 0
    assert everything(without=()) == before


def test_a_balance_corrected_for_the_merged_one_is_the_kept_one_s_standing(members):
    members(PAID, {"paid_until": "2015-03-01", "balance_due": "15.00"})
    merge("M1", "M2")
    assert Member.objects.get(code="M1").standing == "at_risk"
    members(PAID, PAID)
    assert Member.objects.get(code="M1").standing == "good"
    assert disagreements() == []


def test_a_balance_the_kept_one_has_paid_for_the_merged_one_is_a_question(members):
    members(PAID, {"paid_until": "2015-03-01", "balance_due": "15.00"})
    merge("M1", "M2")
    pay("M1", 15)
    result = members(PAID, {"paid_until": "2015-03-01", "balance_due": "20.00"})
    assert [q.code for q in result.questions] == ["opening_in_use"]
    assert rests("M2") == [("US-OPEN-00001", 0, "2016-07-15")]


def test_the_merged_one_is_not_billed(members):
    members({}, {"paid_until": "2016-04-01"})
    merge("M1", "M2")
    run()
    assert asked() == [("M1", "2016-03-01", "2016-07-29", 200)]


def test_a_period_the_merged_one_was_billed_for_is_not_billed_again(members):
    members({}, {})
    run("2016-03-01", at="2016-07-15")
    cancelled = Invoice.objects.get(member__code="M1")
    from tests.dues.doing import cancel

    cancel(cancelled.number)
    merge("M1", "M2")
    run("2016-07-15")
    assert [row[:2] for row in asked()] == [("M2", "2016-03-01")]
    run("2017-03-01")
    assert [row[:2] for row in asked()] == [("M2", "2016-03-01"), ("M1", "2017-03-01")]


def test_apart_again_each_is_billed_for_itself(members):
    members({}, {})
    merge("M1", "M2")
    run()
    unmerge("M2")
    run()
    assert [row[:2] for row in asked()] == [("M1", "2016-03-01"), ("M2", "2016-03-01")]


def test_a_member_that_was_entered_anew_after_it_left_is_billed_as_the_kept_one(members):
    members({"paid_until": "2014-03-01"}, {"paid_until": "2016-03-01"})
    leave(code="M1", on=day("2014-03-01"), actor="test", at=moment("2016-07-15"))
    merge("M1", "M2")
    run()
    assert [row[:2] for row in asked()] == [("M1", "2016-03-01")]


def test_leaving_is_leaving_under_every_id(members):
    members({"paid_until": "2017-03-01"}, {"paid_until": "2017-03-01"})
    merge("M1", "M2")
    leave(code="M2", on=day("2016-07-01"), actor="test", at=moment("2016-07-15"))
    assert Member.objects.get(code="M1").standing == "inactive"
    assert [belonged_in(code=code, year=2017) for code in ("M1", "M2")] == [False, False]
    rejoin(code="M1", on=day("2016-07-10"), actor="test", at=moment("2016-07-15"))
    assert Member.objects.get(code="M1").standing == "good"


def test_a_merge_and_its_undoing_are_an_event_each(members):
    members(PAID, PAID, PAID)
    merge("M2", "M3")
    merge("M1", "M2")
    unmerge("M2")
    rows = Event.objects.filter(kind__startswith="members.merge").order_by("id")
    assert [(e.kind, e.subject, e.payload) for e in rows] == [
        ("members.merged", "member:M2", {"merged": "M3"}),
        ("members.merged", "member:M1", {"merged": "M2"}),
        ("members.merge_undone", "member:M1", {"merged": "M2"}),
    ]
