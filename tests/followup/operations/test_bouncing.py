"""Bounces make room for the next channel."""

import json
from datetime import timedelta

import pytest

from delivery_reports import answer, report
from nights import noon
from tequio.followup.models import BadAddress, Dispatch, Task
from tequio.followup.operations.bouncing import Bounces, take_bounces
from tequio.followup.operations.tasks import close_task
from tequio.kernel.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOME = {"street": "1 Main St", "city": "Troy", "state": "NY", "postal_code": "12180", "country": "US"}


def mail_ids():
    return list(OutgoingMail.objects.order_by("pk").values_list("message_id", flat=True))


def dispatches():
    return list(Dispatch.objects.order_by("pk").values_list("step", "channel", "state"))


def test_a_bounce_lets_the_ladder_take_the_step_by_letter_and_asks_for_an_address(late, night):
    due = late(HOME)
    night(due + 10 * DAY)

    done = take_bounces(mails=[report(message_id=mail_ids()[0]), answer()], actor="test", at=noon(due + 11 * DAY))
    night(due + 12 * DAY)

    assert done == Bounces(read=2, came_back=1, not_ours=1)
    assert dispatches() == [("reminder", "mail", "came_back"), ("reminder", "letter", "waiting")]
    assert list(Task.objects.values_list("kind", flat=True)) == ["bounced"]
    assert BadAddress.objects.get().why == "bounced 5.1.1"


def test_the_same_report_again_changes_nothing(late, night):
    due = late(HOME)
    night(due + 10 * DAY)
    raw = report(message_id=mail_ids()[0])
    take_bounces(mails=[raw, raw], actor="test", at=noon(due + 11 * DAY))

    done = take_bounces(mails=[raw], actor="test", at=noon(due + 12 * DAY))

    assert done == Bounces(read=1, known_already=1)
    assert (BadAddress.objects.count(), Task.objects.count()) == (1, 1)


def test_a_full_mailbox_comes_back_and_says_nothing_against_the_address(late, night):
    due = late(HOME)
    night(due + 10 * DAY)

    take_bounces(mails=[report(message_id=mail_ids()[0], status="5.2.2")], actor="test", at=noon(due + 11 * DAY))

    assert dispatches() == [("reminder", "mail", "came_back")]
    assert BadAddress.objects.count() == 0
    assert Task.objects.count() == 0


def test_a_delay_changes_nothing(late, night):
    due = late(HOME)
    night(due + 10 * DAY)
    raw = report(message_id=mail_ids()[0], status="4.4.1", action="delayed")

    done = take_bounces(mails=[raw], actor="test", at=noon(due + 11 * DAY))

    assert done == Bounces(read=1, without_consequence=1)
    assert dispatches() == [("reminder", "mail", "sent")]


def test_a_made_up_message_id_is_not_ours(late, night):
    due = late(HOME)
    night(due + 10 * DAY)
    raw = report(message_id="<tequio.0123456789abcdef0123456789abcdef@example.org>")

    done = take_bounces(mails=[raw], actor="test", at=noon(due + 11 * DAY))

    assert done == Bounces(read=1, not_ours=1)


def test_a_flood_of_bounces_concludes_nothing_until_a_person_has_looked(late, night):
    due = late(*({} for _ in range(24)))
    night(due + 10 * DAY)
    raw = [report(message_id=one) for one in mail_ids()]

    first = take_bounces(mails=raw, actor="test", at=noon(due + 11 * DAY))
    task = Task.objects.get()
    state_then = {state for _, _, state in dispatches()}
    close_task(pk=task.pk, note="looked", actor="user:1", at=noon(due + 12 * DAY))
    second = take_bounces(mails=raw, actor="test", at=noon(due + 12 * DAY))

    assert (first.came_back, first.waiting, first.flooded) == (0, 24, ["us"])
    assert (task.kind, task.member) == ("many_came_back", None)
    assert state_then == {"sent"}
    assert (second.came_back, second.flooded) == (24, [])
    assert {state for _, _, state in dispatches()} == {"came_back"}


def test_an_invoice_that_bounced_takes_its_address_out_of_use(members, at, post):
    from tequio.dues.letters.operations import mail_invoices
    from tequio.dues.operations import billing
    from tequio.kernel.mail.sending import deliver_waiting

    members({})
    terms = billing.terms_of(as_of=at.date(), through=at.date(), center_code=None)
    run = billing.run_dues(terms=terms, actor="test", at=at)
    mail_invoices(run_pk=run.run_pk, actor="test", at=at)
    deliver_waiting(at=at, transport=post)
    refused = report(message_id=mail_ids()[0], status="5.7.1")
    unknown = report(message_id=mail_ids()[0])

    assert take_bounces(mails=[refused], actor="test", at=at) == Bounces(read=1, without_consequence=1)
    assert take_bounces(mails=[unknown], actor="test", at=at) == Bounces(read=1, came_back=1)
    assert take_bounces(mails=[unknown], actor="test", at=at) == Bounces(read=1, known_already=1)
    assert list(Task.objects.values_list("kind", flat=True)) == ["bounced"]


def test_the_command_says_what_it_read(late, night, cli, tmp_path):
    due = late(HOME)
    night(due + 10 * DAY)
    (tmp_path / "one.eml").write_bytes(report(message_id=mail_ids()[0]))

    code, out, _ = cli("follow-up", "bounces", tmp_path / "one.eml", "--json")

    assert code == 0
    assert json.loads(out) == {
        "read": 1,
        "came_back": 1,
        "known_already": 0,
        "without_consequence": 0,
        "not_ours": 0,
        "unreadable": 0,
        "waiting": 0,
        "flooded": [],
    }
