"""Notices about being cut off that go to many wait for people."""

from datetime import date, timedelta

import pytest

from nights import noon
from tequio.centers.models import Center
from tequio.decisions.models import Decision
from tequio.dues.operations import paying
from tequio.followup.models import CallItem, Dispatch, Notice, Release
from tequio.followup.operations.adopting import StepLine, Terms, adopt_follow_up_policy
from tequio.followup.operations.releasing import refuse_release, release
from tequio.kernel.errors import Refusal
from tequio.kernel.mail.models import OutgoingMail
from tequio.members.models import Member
from tequio.members.operations import log_contact
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAME = Text(en="x", es="x")


@pytest.fixture
def cut_off(late, nights):
    """A function: so many members are disabled, and the ladder comes to telling them; the day it does."""

    def make(many, *, others=0, terms=None, channels=("mail",), **given):
        settled = [{"member_id": f"X{n}", "balance_due": "0.00", "paid_until": "2017-01-01"} for n in range(others)]
        due = late(*({**given} for _ in range(many)), *settled)
        adopt_follow_up_policy(
            center=Center.objects.get(code="us"),
            code="short",
            title=NAME,
            valid_from=date(2016, 3, 1),
            decision=Decision.objects.order_by("pk").first(),
            terms=terms or Terms(preview_above=3, two_people_share=5000),
            steps=[
                StepLine(key="reminder", days=1, channels=("mail",), title=NAME, text=NAME),
                StepLine(key="paused", days=5, channels=channels, title=NAME, text=NAME, standings=("disabled",)),
            ],
            assumed=[],
            actor="test",
            at=noon(date(2016, 3, 1)),
        )
        nights(due, 1)
        for member in Member.objects.filter(invoices__rest__gt=0).distinct():
            on = due + 50 * DAY
            log_contact(code=member.code, on=on, by="Rosa", outcome="attempted", actor="test", at=noon(on))
        nights(due, 92)
        return due + 92 * DAY

    return make


def states():
    """How many dispatches of the last step there are in each state."""
    found = {}
    for state in Dispatch.objects.filter(step="paused").values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_a_few_go_out_by_themselves(cut_off):
    cut_off(3)

    assert (states(), Release.objects.count()) == ({"sent": 3}, 0)


def test_more_than_a_few_wait_and_nobody_is_told_before_a_person_has_looked(cut_off, post):
    cut_off(4, others=6)

    row = Release.objects.get()
    assert (states(), row.needs_two, row.members_then) == ({"held": 4}, False, 10)
    assert OutgoingMail.objects.filter(state="waiting").count() == 0
    assert len(post.sent) == 4, "the reminders, and nothing else"


def test_one_person_lets_them_go(cut_off, night, post):
    on = cut_off(4, others=6)

    goes = release(pk=Release.objects.get().pk, seen=4, actor="user:1", at=noon(on))
    night(on + DAY)

    assert goes is True
    assert states() == {"sent": 4}
    assert len(post.sent) == 8


def test_above_the_share_of_members_two_people_are_needed(cut_off, night):
    on = cut_off(4, others=2)
    pk = Release.objects.get().pk

    first = release(pk=pk, seen=4, actor="user:1", at=noon(on))
    night(on + DAY)
    after_one = states()
    with pytest.raises(Refusal, match="another person"):
        release(pk=pk, seen=4, actor="user:1", at=noon(on + DAY))
    second = release(pk=pk, seen=4, actor="user:2", at=noon(on + DAY))
    night(on + 2 * DAY)

    assert (first, after_one, second, states()) == (False, {"held": 4}, True, {"sent": 4})


def test_a_number_that_changed_since_it_was_seen_is_refused(cut_off):
    on = cut_off(4, others=6)

    with pytest.raises(Refusal, match="It was 5 when you looked and is 4 now"):
        release(pk=Release.objects.get().pk, seen=5, actor="user:1", at=noon(on))
    assert states() == {"held": 4}


def test_what_was_decided_is_decided_once(cut_off):
    on = cut_off(4, others=6)
    pk = Release.objects.get().pk
    release(pk=pk, seen=4, actor="user:1", at=noon(on))

    with pytest.raises(Refusal, match="decided already"):
        release(pk=pk, seen=4, actor="user:2", at=noon(on))
    with pytest.raises(Refusal, match="decided already"):
        refuse_release(pk=pk, actor="user:2", at=noon(on))


def test_refused_they_come_due_again_the_next_night_and_wait_again(cut_off, night):
    on = cut_off(4, others=6)
    refuse_release(pk=Release.objects.get().pk, actor="user:1", at=noon(on))
    after = states()

    night(on + DAY)

    assert after == {"dropped": 4}
    assert states() == {"dropped": 4, "held": 4}
    assert Notice.objects.filter(step="paused", ended=False).count() == 4


def test_who_pays_while_it_is_held_is_not_told(cut_off, night, post):
    on = cut_off(4, others=6)
    paying.add_payment(code="M2", amount=10000, currency="USD", on=on, method="check", actor="test", at=noon(on))
    night(on + DAY)
    pk = Release.objects.get().pk

    with pytest.raises(Refusal, match="It was 4 when you looked and is 3 now"):
        release(pk=pk, seen=4, actor="user:1", at=noon(on + DAY))
    release(pk=pk, seen=3, actor="user:1", at=noon(on + DAY))
    night(on + 2 * DAY)

    assert states() == {"dropped": 1, "sent": 3}
    assert {mail.to[0] for mail in post.sent[4:]} == {"m1@example.org", "m3@example.org", "m4@example.org"}


def test_new_ones_do_not_join_what_somebody_has_looked_at(cut_off, late, night):
    on = cut_off(4, others=2)
    release(pk=Release.objects.get().pk, seen=4, actor="user:1", at=noon(on))
    late(*({} for _ in range(5)), *({"member_id": f"X{n}", "balance_due": "0.00"} for n in range(2)))
    log_contact(code="M5", on=on, by="Rosa", outcome="attempted", actor="test", at=noon(on))

    night(on + DAY)
    night(on + 5 * DAY)

    assert Release.objects.get().dispatches.count() == 4
    assert Dispatch.objects.filter(step="paused", member__code="M5").count() == 0


def test_calls_that_were_held_come_on_the_call_list_when_they_are_let_go(cut_off):
    on = cut_off(4, others=6, channels=("call",), phone="+1 212 555 0100")
    before = CallItem.objects.count()

    release(pk=Release.objects.get().pk, seen=4, actor="user:1", at=noon(on))

    assert (before, CallItem.objects.filter(closed_at__isnull=True).count()) == (0, 4)


def test_a_release_nobody_made_is_refused_in_words(sample_rules):
    with pytest.raises(Refusal, match="There is no release 7"):
        release(pk=7, seen=1, actor="user:1", at=noon(date(2016, 3, 1)))
