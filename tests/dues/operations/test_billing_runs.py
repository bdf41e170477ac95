"""Runs as such: slices, resuming after a fault, progress, closed books, and what they cost the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dues.doing import asked, day, moment, rate, run, terms

from tequio.centers.models import Center
from tequio.dues.models import Invoice
from tequio.dues.operations import billing
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.kernel.runs.models import Run, RunState
from tequio.ledger.operations import close_period


class PowerCutError(Exception):
    pass


@pytest.fixture
def cut_off(monkeypatch):
    """A function that has the next run die while writing its n-th slice, in the middle of it."""
    whole = billing.write_slice

    def cut(*, at_slice):
        calls = []

        def dying(**given):
            calls.append(given)
            whole(**given)
            if len(calls) == at_slice:
                raise PowerCutError

        monkeypatch.setattr(billing, "write_slice", dying)
        with pytest.raises(PowerCutError):
            run()
        monkeypatch.setattr(billing, "write_slice", whole)

    return cut


def numbered():
    return sorted(Invoice.objects.values_list("number", "member__code"))


EXPECTED = [(f"US-{n:06d}", f"M{n}") for n in range(1, 8)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 10_000])
def test_slices_of_any_size_come_to_the_same_invoices(many, monkeypatch, size):
    many(7)
    monkeypatch.setattr(billing, "SLICE", size)
    run()
    assert numbered() == EXPECTED
    assert list(Run.objects.values_list("state", flat=True)) == ["finished"]


@pytest.mark.parametrize(("at_slice", "kept"), [(1, 0), (2, 3), (3, 6)])
def test_a_run_cut_off_in_the_middle_is_finished_by_the_same_command(many, monkeypatch, cut_off, at_slice, kept):
    many(7)
    monkeypatch.setattr(billing, "SLICE", 3)
    cut_off(at_slice=at_slice)
    assert numbered() == EXPECTED[:kept]
    begun = list(Run.objects.values_list("pk", "state"))
    again = run()
    assert numbered() == EXPECTED
    if kept:
        assert (begun, again.run_pk) == ([(again.run_pk, "running")], begun[0][0])
    assert list(Run.objects.values_list("pk", "state")) == [(again.run_pk, "finished")]
    kinds = Event.objects.filter(kind__startswith="dues.run").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["dues.run_started", "dues.run_finished"]


def test_a_run_cut_off_after_its_last_slice_is_told_whole_by_the_one_that_ends_it(many, monkeypatch):
    many(3)
    rate("M2", "comped", 0)

    def killed(**_):
        raise PowerCutError

    whole = billing._finish
    monkeypatch.setattr(billing, "_finish", killed)
    with pytest.raises(PowerCutError):
        run()
    monkeypatch.setattr(billing, "_finish", whole)
    cut = Run.objects.get()
    assert (cut.state, len(asked())) == ("running", 2)
    outcome = run()
    assert (outcome.run_pk, [s.member_code for s in outcome.set_aside]) == (cut.pk, ["M2"])
    assert (Run.objects.get().state, len(asked())) == ("finished", 2)


def test_a_run_cut_off_is_finished_before_another_one_begins(many, monkeypatch, cut_off):
    many(7)
    monkeypatch.setattr(billing, "SLICE", 3)
    cut_off(at_slice=2)
    resumed = billing.resume_unfinished(actor="test", at=moment("2016-07-20"))
    assert [o.resumed for o in resumed] == [True]
    assert numbered() == EXPECTED
    assert set(Invoice.objects.values_list("invoiced_on", flat=True)) == {day("2016-07-15")}
    assert billing.resume_unfinished(actor="test", at=moment("2016-07-20")) == []


def test_the_terms_about_to_be_run_are_left_to_that_run(many, monkeypatch, cut_off):
    many(7)
    monkeypatch.setattr(billing, "SLICE", 3)
    cut_off(at_slice=2)
    assert billing.resume_unfinished(actor="test", at=moment("2016-07-15"), except_terms=terms()) == []
    assert Run.objects.get().state == RunState.RUNNING
    run()


def test_a_run_of_one_center_is_resumed_as_one_of_one_center(members, monkeypatch):
    members({}, {"center": "mx"}, {})
    monkeypatch.setattr(billing, "SLICE", 1)
    begun = Run.objects.create(
        kind="dues",
        parameters={"as_of": "2016-07-15", "through": {"us": "2016-07-15"}},
        state="running",
        actor="test",
        created_at=moment("2016-07-15"),
    )
    billing.resume_unfinished(actor="test", at=moment("2016-07-15"))
    assert [row[0] for row in asked()] == ["M1", "M3"]
    assert Run.objects.get(pk=begun.pk).state == RunState.FINISHED


def test_progress_is_told_after_every_slice(many, monkeypatch):
    many(7)
    monkeypatch.setattr(billing, "SLICE", 3)
    told = []
    run(progress=told.append)
    assert told == [3, 6, 7]


def test_a_run_says_in_the_journal_how_many_invoices_it_made(many):
    many(3)
    run()
    event = Event.objects.get(kind="dues.run_finished")
    assert (event.subject, event.payload["invoices"]) == (f"run:{Run.objects.get().pk}", 3)


def test_a_run_into_closed_books_is_refused_before_anything_is_written(members):
    members({}, {"center": "mx"})
    close_period(
        center=Center.objects.get(code="mx"),
        first_day=day("2016-07-01"),
        last_day=day("2016-07-31"),
        actor="test",
        at=moment("2016-08-01"),
    )
    with pytest.raises(Refusal, match="closed from 2016-07-01 to 2016-07-31"):
        run()
    assert (Invoice.objects.count(), Run.objects.count()) == (0, 0)
    run(center="us")
    run("2016-08-01")
    assert [row[0] for row in asked()] == ["M2", "M1"]


def statements(action):
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def test_statements_do_not_grow_with_the_members_of_a_slice(many):
    many(20)
    few = statements(run)
    many(2_200)
    lots = statements(lambda: run(at="2016-07-15", through="2016-07-15"))
    assert (Invoice.objects.count(), lots) == (2_200, few)


def test_each_slice_more_costs_the_same_and_less_than_ten_statements_a_thousand_members(many, monkeypatch):
    many(1_200)
    whole_slice = billing.SLICE

    def cost(slices, as_of):
        monkeypatch.setattr(billing, "SLICE", 1_200 // slices)
        return statements(lambda: run(as_of))

    one, two, three, four = (cost(n, f"{2015 + n}-07-15") for n in (1, 2, 3, 4))
    each = two - one
    assert (three - two, four - three) == (each, each)
    assert each <= 10 * whole_slice / 1_000


def test_a_run_takes_at_most_ten_statements_a_thousand_members(many):
    many(6_000)
    made = statements(run)
    assert (Invoice.objects.count(), made <= 60) == (6_000, True), f"{made} statements"


def test_a_second_run_costs_the_same_however_many_members_there_are(many):
    many(5)
    run()
    few = statements(run)
    many(105)
    run("2016-07-15")
    assert statements(run) == few
