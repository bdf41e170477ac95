"""After a year of everything at once, every promise of the follow-up still holds."""

from collections import defaultdict
from datetime import timedelta

import pytest

import simulated_year
from simulated_year import FIRST_DAY, World, at_hour, live
from tequio.dues.models import Invoice
from tequio.dues.rules_in_force import payment_policies
from tequio.followup import facts
from tequio.followup.models import CallItem, Dispatch, Notice
from tequio.followup.operations.making import make_notices, outlook
from tequio.followup.operations.settling import settle_mails
from tequio.followup.policies_in_force import ladder_on, ladders
from tequio.followup.queries.explaining import member_story
from tequio.kernel.mail.models import OutgoingMail
from tequio.members.models import ContactAttempt, Member
from tequio.members.queries import families
from tequio.project.checking import differences
from tequio.rules.followup import Action

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHOLE = 365
ORDER = ("reminder", "warning", "letter", "call", "last", "paused")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((80, 130, 3), id="a small organization for four months"),
        pytest.param((850, WHOLE, 5), id="850 members for a year", marks=pytest.mark.long),
    ],
)
def world(request, django_db_setup, django_db_blocker, tmp_path_factory):
    from django.db import transaction

    from tequio.kernel.mail import sending
    from tequio.project import daily

    members, days, seed = request.param
    made = World(seed=seed)
    made.days = days
    patch = pytest.MonkeyPatch()
    patch.setattr(sending.transports, "configured", lambda: made.post)
    patch.setattr(daily, "reaches_people", lambda: True)
    with django_db_blocker.unblock(), transaction.atomic():
        live(world=made, folder=tmp_path_factory.mktemp("year"), members=members, days=days)
        made.post.away = False
        simulated_year.night(world=made, day=FIRST_DAY + (days + 1) * DAY)
        yield made
        transaction.set_rollback(True)
    patch.undo()


def last_day(world):
    return FIRST_DAY + (world.days + 1) * DAY


def taken(invoice_pk):
    """When each step of a charge was first taken; one that came back later was taken all the same."""
    first = {}
    columns = ("step", "dispatch__sent_on", "dispatch__came_back_on")
    for step, sent_on, came_back_on in Notice.objects.filter(invoice_id=invoice_pk).values_list(*columns):
        day = sent_on or came_back_on  # refused by the server at once, it came back on the day it was to go
        if day is not None:
            first[step] = min(day, first.get(step, day))
    return first


def test_everything_that_can_happen_happened(world):
    wanted = {"notices", "nights", "payments", "letters", "calls"}
    if world.days == WHOLE:
        wanted |= {"holds", "left", "letters_back", "bounces", "dropped", "released", "refused"}

    assert wanted - {what for what, many in world.happened.items() if many} == set()


def test_nothing_went_out_that_was_paid_paused_or_left(world):
    assert world.broken == []


def test_there_is_one_standing_notice_for_a_charge_and_a_step(world):
    rows = list(Notice.objects.filter(ended=False).values_list("invoice_id", "step"))

    assert len(rows) == len(set(rows))


def test_each_mail_went_out_once(world):
    sent = [message.extra_headers["Message-ID"] for message in world.post.sent]

    assert len(sent) == len(set(sent))
    assert sorted(sent) == sorted(OutgoingMail.objects.filter(state="sent").values_list("message_id", flat=True))


def test_no_step_was_skipped_but_those_that_reach_nobody_and_a_person_did_by_hand(world):
    for invoice_pk, member in set(Notice.objects.values_list("invoice_id", "dispatch__member")):
        days = {ORDER.index(step): day for step, day in taken(invoice_pk).items()}
        missing = set(range(max(days, default=-1) + 1)) - set(days)
        for place in missing:
            after = min(day for other, day in days.items() if other > place)
            assert ContactAttempt.objects.filter(member=member, on__lte=after).exists(), (invoice_pk, days)


def test_no_step_was_taken_before_the_one_before_it_was_delivered(world):
    for invoice_pk in set(Notice.objects.values_list("invoice_id", flat=True)):
        days = [day for _, day in sorted((ORDER.index(step), day) for step, day in taken(invoice_pk).items())]

        assert days == sorted(days), (invoice_pk, days)


def test_no_call_was_put_down_before_a_warning_was_delivered_or_a_person_had_tried(world):
    attempts = defaultdict(list)
    for code, day in ContactAttempt.objects.values_list("member__code", "on"):
        attempts[code].append(day)
    for notice in Notice.objects.filter(dispatch__channel="call").select_related("dispatch__member", "invoice"):
        made_on = notice.dispatch.made_on
        warned = Notice.objects.filter(
            invoice=notice.invoice, dispatch__channel__in=["mail", "letter"], dispatch__sent_on__lt=made_on
        ).exclude(dispatch__came_back_on__lte=made_on)
        tried = any(day <= made_on for day in attempts[notice.dispatch.member.code])

        assert warned.exists() or tried, (notice.pk, made_on)


def test_nobody_was_disabled_whom_no_person_had_tried_to_reach(world):
    here = Member.objects.filter(memberships__left_on__isnull=True, merged_into__isnull=True)
    cut_off = here.filter(standing__in=["disabled", "inactive"])
    assert cut_off.exists()
    for member in cut_off:
        assert ContactAttempt.objects.filter(member=member).exists(), member.code


def answers(on):
    """What the night is told of every late charge: (member's code, the charge, what follows)."""
    policies, payment = ladders(), payment_policies()
    for center in simulated_year.centers():
        policy, known = ladder_on(policies=policies[center.pk], on=on), facts.money_known_on(center=center)
        quiet = facts.is_quiet(center=center, on=on)
        heads = facts.late_members(center=center, due_through=on)
        for debtor in facts.debtors(heads=heads, counted=families(heads=heads), on=on, quiet=quiet):
            for charge in debtor.charges:
                answer = outlook(
                    debtor=debtor,
                    charge=charge,
                    policy=policy,
                    payment=payment.get(center.pk, []),
                    known=known,
                    on=on,
                )
                yield debtor.code, charge, answer


def test_nothing_that_is_due_was_left_out(world):
    for code, charge, answer in answers(last_day(world)):
        assert answer.action is not Action.SEND or answer.step in charge.taken, (code, answer)


def test_a_members_page_says_of_every_charge_what_the_night_is_told(world):
    on = last_day(world)
    stories = {}
    for code, charge, answer in answers(on):
        if code not in stories:
            stories[code] = member_story(code=code, on=on, today=on)
        [told] = [story for story in stories[code].charges if story.number == charge.charge.number]

        assert (told.action, told.step, told.channel, told.reason) == (
            answer.action,
            answer.step,
            answer.channel,
            answer.reason,
        ), code
    assert len(stories) > 3


def test_the_same_night_again_does_nothing(world):
    at = at_hour(last_day(world), 18)
    before = (Dispatch.objects.count(), Notice.objects.count(), OutgoingMail.objects.count(), CallItem.objects.count())

    made = make_notices(actor="test", at=at)
    settle_mails(actor="test", at=at)

    assert (made.dispatches, made.held, made.tasks) == (0, 0, 0)
    assert before == (
        Dispatch.objects.count(),
        Notice.objects.count(),
        OutgoingMail.objects.count(),
        CallItem.objects.count(),
    )


def test_every_dispatch_that_waits_by_mail_has_its_mail_and_every_call_its_place(world):
    for pk in Dispatch.objects.filter(channel="mail", state="waiting").values_list("pk", flat=True):
        assert OutgoingMail.objects.filter(once_key=f"followup.notice:dispatch:{pk}", state="waiting").exists(), pk
    for pk, member_pk in Dispatch.objects.filter(channel="call", state="waiting").values_list("pk", "member_id"):
        assert CallItem.objects.filter(member_id=member_pk, closed_at__isnull=True).exists(), pk


def test_the_ledger_balances_and_everything_stored_twice_agrees(world):
    assert list(differences()) == []
    assert Invoice.objects.filter(rest__lt=0).count() == 0
