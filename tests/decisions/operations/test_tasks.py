"""Tasks: opened, handed over, closed once."""

from datetime import date

import pytest

from committees import ACTOR, AT, DAY, body, both, fresh, person, seat, sitting
from tequio.decisions.models import ActionItem
from tequio.decisions.operations.founding import cancel_sitting
from tequio.decisions.operations.tasks import bring_up, close_task, hand_over, open_task
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return body()


def opened(of, **given):
    return open_task(**{"title": both("Write it"), "body": of, "actor": ACTOR, "at": AT, **given})


def test_a_task_has_its_owner_its_day_and_its_line_in_the_journal(made):
    ana = person("Ana")
    task = opened(made, owner=ana, due_on=date(2016, 8, 1))

    assert (task.kind, task.owner, task.due_on, task.closed_at) == ("task", ana, date(2016, 8, 1), None)
    event = Event.objects.get(kind="decision.task_opened")
    assert (event.subject, event.payload) == (
        f"task:{task.pk}",
        {"body": "committee", "kind": "task", "owner": ana.actor, "due_on": "2016-08-01", "decision": None},
    )


def test_what_makes_no_task_is_refused(made):
    gone = person("Gone")
    gone.is_active = False
    gone.save()

    for given in ({"title": Text(en="Write it", es=" ")}, {"owner": gone}, {"sitting": sitting(body("other"))}):
        with pytest.raises(Refusal):
            opened(made, **given)
    assert ActionItem.objects.count() == 0


def test_a_task_is_handed_over_or_put_off_while_it_is_open(made):
    task = opened(made, owner=person("Ana"))
    beto = person("Beto")

    hand_over(task=task, owner=beto, due_on=date(2016, 9, 1), actor=ACTOR, at=AT)

    assert (fresh(task).owner, fresh(task).due_on) == (beto, date(2016, 9, 1))
    close_task(task=task, note="done", actor=ACTOR, at=AT)
    with pytest.raises(Refusal, match="is closed"):
        hand_over(task=task, owner=None, due_on=None, actor=ACTOR, at=AT)


def test_a_task_is_closed_once_with_what_came_of_it(made):
    task = opened(made)

    assert close_task(task=task, note="  written ", actor="ana", at=AT + DAY)
    assert not close_task(task=task, note="again", actor="beto", at=AT + 2 * DAY)
    assert (fresh(task).closed_at, fresh(task).closed_by, fresh(task).closed_note) == (AT + DAY, "ana", "written")
    assert Event.objects.filter(kind="decision.task_closed").count() == 1


def sittings(*tasks):
    return [fresh(task).sitting for task in tasks]


def test_what_was_not_done_at_its_sitting_comes_back_at_the_next_until_it_is_closed(made):
    first = sitting(made)
    late, done = opened(made, sitting=first), opened(made, sitting=first)
    close_task(task=done, note="", actor=ACTOR, at=AT)
    assert bring_up(actor=ACTOR, at=AT + 2 * DAY) == 0  # no sitting is planned: it stays as it is

    second = sitting(made, starts_at=AT + 14 * DAY, at=AT + 2 * DAY)

    assert sittings(late, done) == [second, first]
    assert bring_up(actor=ACTOR, at=AT + 2 * DAY) == 0
    assert bring_up(actor=ACTOR, at=AT + 14 * DAY) == 0  # the sitting lasts


def test_a_search_that_stands_on_no_agenda_comes_on_that_of_the_sitting_that_is_planned(made):
    seat(made, office="co_chair", search=True)
    task = ActionItem.objects.get()

    there = sitting(made)

    assert sittings(task) == [there]


def test_where_a_sitting_is_cancelled_its_tasks_go_to_the_next_one(made):
    first, second = sitting(made, starts_at=AT + DAY), sitting(made, starts_at=AT + 14 * DAY)
    task = opened(made, sitting=first)

    cancel_sitting(sitting=first, actor=ACTOR, at=AT)

    assert sittings(task) == [second]


def test_a_task_that_is_due_on_a_day_is_not_moved(made):
    task = opened(made, due_on=date(2016, 7, 1))
    sitting(made, starts_at=AT + DAY)

    assert (fresh(task).sitting, fresh(task).due_on) == (None, date(2016, 7, 1))
