"""Tasks: opened, handed over, closed once."""

from datetime import date

import pytest

from committees import ACTOR, AT, DAY, body, both, fresh, person, sitting
from tequio.decisions.models import ActionItem
from tequio.decisions.operations.tasks import close_task, hand_over, open_task
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
