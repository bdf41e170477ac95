"""Preview, hash, confirmation, and what happens when facts move between them."""

import pytest
from tests.dues.doing import asked, day, moment, pay, rate, run, terms

from tequio.dues.models import Invoice
from tequio.dues.operations import billing
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import Run
from tequio.members.models import Member
from tequio.members.operations import leave


def preview(**given):
    found = billing.preview_dues(terms=terms(**given))
    billing.save_preview(preview=found, actor="test", at=moment("2016-07-15"))
    return found


def told(rows):
    """Rows of a difference as (member, first day of the period, due day, minor units)."""
    return [tuple(row.split("\t")) for row in rows]


def confirm(preview_hash, **given):
    return billing.confirm_dues(terms=terms(**given), preview_hash=preview_hash, actor="test", at=moment("2016-07-15"))


def test_a_preview_makes_nothing(members):
    members({}, {"center": "mx"})
    found = preview()
    planned = [(i.member_code, i.period_start.isoformat(), i.total) for i in found.invoices]
    assert planned == [("M1", "2016-03-01", 20_000), ("M2", "2016-03-01", 410_000)]
    assert (Invoice.objects.count(), len(found.hash)) == (0, 64)


def test_a_confirmed_preview_is_what_is_made(members):
    members({}, {"center": "mx"}, {"paid_until": "2014-01-31"})
    found = preview()
    confirm(found.hash)
    assert [(row[0], row[1]) for row in sorted(asked())] == sorted(
        (i.member_code, i.period_start.isoformat()) for i in found.invoices
    )
    run_row = Run.objects.get()
    assert (run_row.state, run_row.preview_hash, run_row.previewed_plan) == ("finished", found.hash, None)
    assert Event.objects.get(kind="dues.run_started").payload["preview"] == found.hash


def test_the_first_twelve_digits_of_a_hash_are_enough_and_eleven_are_not(members):
    members({})
    found = preview()
    with pytest.raises(Refusal, match="no preview with that hash"):
        confirm(found.hash[:11])
    confirm(found.hash[:12])
    assert len(asked()) == 1


@pytest.mark.parametrize("wrong", ["0" * 64, "", "%%%%%%%%%%%%%%%%", "________________"])
def test_a_hash_nobody_previewed_is_refused(members, wrong):
    members({})
    preview()
    with pytest.raises(Refusal, match="no preview with that hash"):
        confirm(wrong)
    assert asked() == []


def test_a_hash_holds_for_its_own_dates_alone(members):
    members({})
    found = preview()
    for other in ({"as_of": "2016-07-16"}, {"through": "2016-07-14"}, {"center": "us"}):
        with pytest.raises(Refusal, match="for these dates"):
            confirm(found.hash, **other)


def test_the_same_facts_have_the_same_hash_and_others_another(members):
    members({}, {})
    first = preview().hash
    assert preview().hash == first
    rate("M1", "reduced", 9_999)
    assert preview().hash != first


def test_confirming_twice_makes_it_once(members):
    members({})
    found = preview()
    first, second = confirm(found.hash), confirm(found.hash)
    assert (first.run_pk, len(asked())) == (second.run_pk, 1)


def test_a_member_added_since_is_shown_as_new_and_nothing_is_made(members):
    members({})
    found = preview()
    members({}, {"paid_until": "2016-05-05"})
    with pytest.raises(billing.MovedError) as moved:
        confirm(found.hash)
    assert (told(moved.value.gone), told(moved.value.fresh)) == ([], [("M2", "2016-05-05", "2016-07-29", "20000")])
    assert asked() == []
    billing.save_preview(preview=moved.value.preview, actor="test", at=moment("2016-07-15"))
    confirm(moved.value.preview.hash)
    assert len(asked()) == 2


def test_a_member_changed_since_is_shown_as_it_was_and_as_it_is(members):
    members({}, {})
    found = preview()
    members({}, {"operations": "no"})
    with pytest.raises(billing.MovedError, match="no longer made as shown: 1; new or different ones: 1") as moved:
        confirm(found.hash)
    assert (told(moved.value.gone), told(moved.value.fresh)) == (
        [("M2", "2016-03-01", "2016-07-29", "20000")],
        [("M2", "2016-03-01", "2016-07-29", "5000")],
    )


def test_a_member_that_left_since_is_shown_as_gone(members):
    members({}, {})
    found = preview()
    leave(code="M1", on=day("2016-03-01"), actor="test", at=moment("2016-07-15"))
    with pytest.raises(billing.MovedError) as moved:
        confirm(found.hash)
    assert (told(moved.value.gone), told(moved.value.fresh)) == ([("M1", "2016-03-01", "2016-07-29", "20000")], [])


def test_an_invoice_made_since_is_shown_as_gone(members):
    members({}, {"center": "mx"})
    found = preview()
    run(center="us")
    with pytest.raises(billing.MovedError) as moved:
        confirm(found.hash)
    assert told(moved.value.gone) == [("M1", "2016-03-01", "2016-07-29", "20000")]


def test_a_payment_since_changes_nothing_of_what_is_asked(members):
    members({})
    found = preview()
    pay("M1", 200)
    confirm(found.hash)
    assert Invoice.objects.get().rest == 0


def test_a_preview_of_nothing_makes_no_run(members):
    members({"paid_until": "2017-01-01"})
    found = preview()
    assert confirm(found.hash).run_pk is None
    assert Run.objects.exclude(state="previewed").count() == 0


@pytest.fixture
def facts_move_after_the_first_slice(monkeypatch):
    """Slices of two; after the first is written, member M4 stops taking part in operations and support."""
    monkeypatch.setattr(billing, "SLICE", 2)
    whole = billing.write_slice

    def moving(**given):
        whole(**given)
        Member.objects.filter(code="M4").update(operations=False)

    monkeypatch.setattr(billing, "write_slice", moving)


def test_a_run_stops_before_the_first_slice_that_differs(many, facts_move_after_the_first_slice):
    many(6)
    outcome = confirm(preview().hash)
    assert [row[0] for row in asked()] == ["M1", "M2"]
    assert (outcome.stopped, outcome.set_aside) == (True, [])
    stopped = Run.objects.get()
    assert (stopped.state, stopped.ended_at) == ("stopped", moment("2016-07-15"))
    assert Event.objects.filter(kind="dues.run_stopped").count() == 1


def test_a_stopped_run_is_done_when_the_rest_is_previewed_again(many, facts_move_after_the_first_slice):
    many(6)
    stopped = confirm(preview().hash)
    again = confirm(preview().hash)
    assert again.run_pk != stopped.run_pk
    assert [(row[0], row[3]) for row in asked()] == [
        ("M1", 200),
        ("M2", 200),
        ("M3", 200),
        ("M4", 50),
        ("M5", 200),
        ("M6", 200),
    ]


def test_a_confirmed_run_that_was_cut_off_goes_on_with_the_slices_that_were_previewed(many, monkeypatch):
    many(5)
    monkeypatch.setattr(billing, "SLICE", 2)
    found = preview()
    whole, calls = billing.write_slice, []

    def dying(**given):
        calls.append(given)
        if len(calls) > 1:
            raise InterruptedError
        whole(**given)

    monkeypatch.setattr(billing, "write_slice", dying)
    with pytest.raises(InterruptedError):
        confirm(found.hash)
    monkeypatch.setattr(billing, "write_slice", whole)
    monkeypatch.setattr(billing, "SLICE", 10_000)
    assert Run.objects.get().state == "running"
    confirm(found.hash)
    assert ([row[0] for row in asked()], Run.objects.get().state) == (["M1", "M2", "M3", "M4", "M5"], "finished")


def test_previews_nobody_confirmed_for_a_month_are_forgotten(members):
    members({})
    preview()
    found = billing.preview_dues(terms=terms())
    billing.save_preview(preview=found, actor="test", at=moment("2016-08-15"))
    assert list(Run.objects.values_list("pk", flat=True)) == [found.run_pk]
