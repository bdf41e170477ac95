"""Seats, terms and the search for somebody while a seat stays open."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from committees import ACTOR, AT, DAY, body, both, committee, person, seat, sits, sitting
from tequio.decisions.models import ActionItem, Seat, Term
from tequio.decisions.operations.seating import appoint, close_seat, end_term, end_terms_due, open_seat
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

pytestmark = pytest.mark.django_db
ON = date(2016, 7, 15)


def appointed(to, user, *, starts_on=ON, ends_on=None):
    return appoint(seat=to, user=user, starts_on=starts_on, ends_on=ends_on, decision=None, actor=ACTOR, at=AT)


def opened(of, **given):
    return open_seat(
        **{
            "body": of,
            "office": "co_chair",
            "title": both("Co-chair"),
            "center": None,
            "votes": False,
            "opened_on": ON,
            "decision": None,
            "actor": ACTOR,
            "at": AT,
            **given,
        }
    )


def searches():
    return list(ActionItem.objects.filter(kind="search").order_by("pk").values_list("title_en", "sitting", "closed_at"))


def test_an_open_seat_is_searched_for_at_the_next_sitting_until_somebody_takes_it():
    made = body()
    upcoming = sitting(made, starts_at=AT + DAY)
    empty = opened(made)
    assert (empty.code, searches()) == ("committee-co-chair-1", [("Find somebody: Co-chair", upcoming.pk, None)])

    appointed(empty, person())

    assert searches() == [("Find somebody: Co-chair", upcoming.pk, AT)]


def test_seats_of_one_office_are_numbered():
    made = body()

    assert [opened(made).code for _ in range(2)] == ["committee-co-chair-1", "committee-co-chair-2"]


def test_a_term_has_its_planned_end_and_the_journal_names_nobody():
    made = body()
    user = person("Ana")
    term = appointed(opened(made), user, ends_on=date(2019, 7, 15))

    assert (term.starts_on, term.ends_on, term.ended_on) == (ON, date(2019, 7, 15), None)
    assert Event.objects.get(kind="body.term_began").payload == {
        "seat": "committee-co-chair-1",
        "person": user.actor,
        "from": "2016-07-15",
        "until": "2019-07-15",
        "decision": None,
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ends_on": ON}, "ends after it begins"),
        ({"starts_on": date(2016, 7, 14)}, "is there from 15 July 2016 on"),
    ],
    ids=str,
)
def test_a_term_that_cannot_be_is_refused(given, said):
    with pytest.raises(Refusal, match=said):
        appointed(opened(body()), person(), **given)
    assert Term.objects.count() == 0


def test_a_seat_is_held_by_one_person_at_a_time():
    made = body()
    held = opened(made)
    appointed(held, person("Ana"))

    with pytest.raises(Refusal, match="Ana holds that seat"):
        appointed(held, person("Beto"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(seat=held, user=person("Caro"), starts_on=ON)


def test_a_term_that_has_run_out_makes_way_for_the_next():
    made = body()
    held = opened(made, opened_on=date(2013, 1, 1))
    first = appointed(held, person("Ana"), starts_on=date(2013, 7, 15), ends_on=ON)

    appointed(held, person("Beto"))

    first.refresh_from_db()
    assert first.ended_on == ON


def test_nobody_votes_twice_by_two_seats_of_one_body_but_may_hold_an_office_besides():
    made, people = committee(2)

    with pytest.raises(Refusal, match="by another seat already"):
        appointed(seat(made), people[0])
    assert appointed(opened(made), people[0]).pk


def test_a_closed_account_and_a_closed_seat_are_refused():
    made = body()
    gone = person("Gone")
    gone.is_active = False
    gone.save()
    closed = opened(made)
    close_seat(seat=closed, on=ON, decision=None, actor=ACTOR, at=AT)

    with pytest.raises(Refusal, match="account of Gone is closed"):
        appointed(opened(made), gone)
    with pytest.raises(Refusal, match="That seat was closed"):
        appointed(closed, person())
    assert (Seat.objects.get(pk=closed.pk).closed_on, searches()[0][2]) == (ON, AT)


def test_a_seat_somebody_holds_is_not_closed():
    made = body()
    held = opened(made)
    appointed(held, person("Ana"))

    with pytest.raises(Refusal, match="the term ends first"):
        close_seat(seat=held, on=ON, decision=None, actor=ACTOR, at=AT)


def test_when_a_term_ends_somebody_else_is_looked_for():
    made = body()
    term = sits(made, person("Ana"))
    end_term(term=term, on=ON, decision=None, actor=ACTOR, at=AT)

    assert Term.objects.get().ended_on == ON
    assert searches() == [("Find somebody: member", None, None)]
    with pytest.raises(Refusal, match="ended already"):
        end_term(term=term, on=ON, decision=None, actor=ACTOR, at=AT)


def test_a_term_ends_not_before_it_began():
    term = sits(body(), person("Ana"))

    with pytest.raises(Refusal, match="ends after it begins"):
        end_term(term=term, on=date(2014, 12, 31), decision=None, actor=ACTOR, at=AT)


def test_the_daily_work_ends_terms_on_their_planned_day_and_not_before():
    made = body()
    held = opened(made, opened_on=date(2013, 1, 1))
    appointed(held, person("Ana"), starts_on=date(2013, 7, 15), ends_on=ON)
    sits(made, person("Beto"))

    assert end_terms_due(on=date(2016, 7, 14), actor=ACTOR, at=AT) == 0
    assert end_terms_due(on=ON, actor=ACTOR, at=AT) == 1
    assert end_terms_due(on=ON, actor=ACTOR, at=AT) == 0
    assert [title for title, *_ in searches() if "Co-chair" in title] != []
