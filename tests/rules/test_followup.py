"""Whom to contact next, how, and why not yet."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.account import Charge
from tequio.rules.followup import Action, next_step
from tequio.rules.ladder import Channel, FollowUpPolicy, Notice, Pause, PauseKind, Step
from tequio.rules.reasons import Text

DUE = date(2016, 3, 1)
MAIL, LETTER, CALL = Channel.MAIL, Channel.LETTER, Channel.CALL
LADDER = FollowUpPolicy(
    code="ladder",
    title=Text(en="Ladder", es="Escalera"),
    decision="2016-ladder",
    valid_from=date(2016, 1, 1),
    steps=(
        Step(key="reminder", days=10, channels=(MAIL, LETTER)),
        Step(key="warning", days=31, channels=(MAIL, LETTER)),
        Step(key="call", days=60, channels=(CALL,)),
    ),
    apart_days=7,
    arrives_after={MAIL: 2, LETTER: 6, CALL: 0},
    money_known_days=10,
)
ALL = frozenset(Channel)


def day(number):
    """The day `number` days after the due date."""
    return DUE + timedelta(days=number)


def look(number, **given):
    """What follows on the day `number` after the due date, with the money known to that day."""
    facts = {
        "charge": Charge(number="US-1", due_on=DUE, amount=20000, invoiced_on=day(-14)),
        "day_zero": DUE,
        "policy": LADDER,
        "notices": [],
        "reachable_by": ALL,
        "pauses": [],
        "attempts": [],
        "money_known_on": day(number),
        "on": day(number),
        **given,
    }
    return next_step(**facts)


def sent(step, number, channel=MAIL, came_back=None):
    return Notice(
        step=step,
        channel=channel,
        sent_on=day(number),
        came_back_on=None if came_back is None else day(came_back),
    )


def said(outlook):
    return outlook.action, outlook.step, outlook.channel


REMINDED, WARNED = sent("reminder", 10), sent("warning", 31)


@pytest.mark.parametrize(
    ("number", "notices", "answer"),
    [
        (9, [], (Action.WAIT, "reminder", None)),
        (10, [], (Action.SEND, "reminder", MAIL)),
        (40, [], (Action.SEND, "reminder", MAIL)),
        (10, [REMINDED], (Action.WAIT, "reminder", None)),
        (11, [REMINDED], (Action.WAIT, "reminder", None)),
        (12, [REMINDED], (Action.WAIT, "warning", None)),
        (30, [REMINDED], (Action.WAIT, "warning", None)),
        (31, [REMINDED], (Action.SEND, "warning", MAIL)),
        (33, [REMINDED, WARNED], (Action.WAIT, "call", None)),
        (60, [REMINDED, WARNED], (Action.SEND, "call", CALL)),
        (61, [REMINDED, WARNED, sent("call", 60, CALL)], (Action.DONE, None, None)),
    ],
)
def test_steps_come_on_their_days_one_after_the_other(number, notices, answer):
    assert said(look(number, notices=notices)) == answer


def test_complaint_1_a_missed_night_is_caught_up():
    assert said(look(11)) == (Action.SEND, "reminder", MAIL)


def test_complaint_2_nothing_is_sent_twice():
    assert look(10, notices=[REMINDED]).action is Action.WAIT


def test_complaint_3_another_channel_does_not_break_the_ladder():
    posted = sent("reminder", 10, LETTER)
    assert said(look(31, notices=[posted])) == (Action.SEND, "warning", MAIL)


def test_complaint_10_the_call_never_comes_before_a_warning_was_delivered():
    only_call = FollowUpPolicy(
        **{f: getattr(LADDER, f) for f in ("code", "title", "decision", "valid_from", "apart_days")},
        steps=(LADDER.steps[2],),
        arrives_after=LADDER.arrives_after,
        money_known_days=10,
    )
    assert said(look(60, policy=only_call)) == (Action.TASK, "call", None)
    assert said(look(60, policy=only_call, attempts=[day(5)])) == (Action.SEND, "call", CALL)
    assert said(look(60, policy=only_call, attempts=[day(-1)])) == (Action.TASK, "call", None)


def test_what_was_caught_up_is_not_followed_by_the_next_step_the_same_week():
    late = sent("reminder", 40)
    assert said(look(46, notices=[late])) == (Action.WAIT, "warning", None)
    assert said(look(47, notices=[late])) == (Action.SEND, "warning", MAIL)


def test_a_bounce_moves_to_the_next_channel_at_once():
    bounced = sent("reminder", 10, came_back=11)
    assert said(look(11, notices=[bounced])) == (Action.SEND, "reminder", LETTER)


def test_when_every_channel_came_back_somebody_has_to_find_another():
    back = [sent("reminder", 10, came_back=11), sent("reminder", 12, LETTER, came_back=20)]
    assert said(look(20, notices=back)) == (Action.TASK, "reminder", None)


CALLABLE = frozenset({CALL})


@pytest.mark.parametrize(
    ("number", "attempts", "answer", "by_hand"),
    [
        (12, [], (Action.TASK, "reminder", None), ()),
        (12, [9], (Action.TASK, "reminder", None), ()),  # before its day: a person is still asked for
        (12, [12], (Action.WAIT, "warning", None), ("reminder",)),
        (31, [12], (Action.TASK, "warning", None), ("reminder",)),
        (31, [31], (Action.WAIT, "call", None), ("reminder", "warning")),
        (59, [12], (Action.TASK, "warning", None), ("reminder",)),
        (60, [0], (Action.SEND, "call", CALL), ("reminder", "warning")),  # once its call has come, any attempt will do
        (60, [-1], (Action.TASK, "reminder", None), ()),
    ],
)
def test_a_step_no_way_reaches_is_passed_once_a_person_has_tried(number, attempts, answer, by_hand):
    outlook = look(number, reachable_by=CALLABLE, attempts=[day(n) for n in attempts])

    assert (said(outlook), outlook.by_hand) == (answer, by_hand)


def test_who_has_no_phone_gets_the_letters_after_the_call_once_a_person_has_tried():
    longer = replace(LADDER, steps=(*LADDER.steps, Step(key="last", days=76, channels=(LETTER,))))
    facts = {"policy": longer, "notices": [REMINDED, WARNED], "reachable_by": frozenset({MAIL, LETTER})}

    assert said(look(80, **facts)) == (Action.TASK, "call", None)
    assert said(look(75, **facts, attempts=[day(5)])) == (Action.TASK, "call", None)
    assert said(look(80, **facts, attempts=[day(5)])) == (Action.SEND, "last", LETTER)


def test_an_address_found_after_the_call_does_not_turn_the_ladder_back():
    called = {"notices": [sent("call", 60, CALL)], "attempts": [day(60)]}

    assert said(look(65, **called, reachable_by=CALLABLE)) == (Action.DONE, None, None)
    assert said(look(65, **called)) == (Action.DONE, None, None)
    assert look(65, **called).by_hand == ("reminder", "warning")
    assert said(look(65, notices=[sent("call", 60, CALL, came_back=61)])) == (Action.SEND, "reminder", MAIL)


def of_before(number, days, **given):
    """A notice of an earlier ladder, whose step stood on a day this ladder knows nothing of."""
    return replace(sent("old", number, **given), days=days)


@pytest.mark.parametrize(
    ("notices", "number", "answer"),
    [
        ([of_before(10, 5)], 12, (Action.WAIT, "reminder", None)),
        ([of_before(10, 5)], 17, (Action.SEND, "reminder", MAIL)),  # apart_days after what went out
        ([of_before(10, 10)], 20, (Action.WAIT, "warning", None)),
        ([of_before(20, 20)], 31, (Action.SEND, "warning", MAIL)),
        ([of_before(40, 45)], 41, (Action.WAIT, "old", None)),  # it may still come back
        ([of_before(40, 45)], 60, (Action.SEND, "call", CALL)),
        ([of_before(40, 45, came_back=42)], 60, (Action.SEND, "reminder", MAIL)),
        ([replace(of_before(40, 45), sent_on=None)], 60, (Action.WAIT, "old", MAIL)),
        ([of_before(70, 90)], 90, (Action.DONE, None, None)),
        ([of_before(20, 20), sent("warning", 31)], 60, (Action.SEND, "call", CALL)),
    ],
)
def test_a_new_ladder_goes_on_where_the_one_before_it_was(notices, number, answer):
    assert said(look(number, notices=notices)) == answer


def test_a_step_both_ladders_have_is_taken_once_on_whatever_day_it_stood():
    assert said(look(31, notices=[replace(sent("reminder", 3), days=3)])) == (Action.SEND, "warning", MAIL)


def test_a_member_with_a_letter_box_alone_gets_a_letter():
    assert said(look(10, reachable_by=frozenset({LETTER}))) == (Action.SEND, "reminder", LETTER)


def test_nobody_is_reminded_of_what_is_paid():
    paid = Charge(number="US-1", due_on=DUE, amount=20000, invoiced_on=day(-14), credits=((day(9), 20000),))
    assert look(10, charge=paid).action is Action.DONE


@pytest.mark.parametrize("kind", list(PauseKind))
def test_a_pause_holds_the_ladder_still_through_its_last_day(kind):
    pause = Pause(kind=kind, first_day=day(5), last_day=day(20))
    outlook = look(20, pauses=[pause])
    assert (outlook.action, outlook.until) == (Action.WAIT, day(21))
    assert look(21, pauses=[pause]).action is Action.SEND


def test_a_pause_without_an_end_waits_for_a_person():
    outlook = look(200, pauses=[Pause(kind=PauseKind.CLAIM, first_day=day(5), last_day=None)])
    assert (outlook.action, outlook.until) == (Action.WAIT, None)


@pytest.mark.parametrize(("known", "action"), [(day(0), Action.SEND), (day(-1), Action.WAIT), (None, Action.WAIT)])
def test_no_reminder_while_the_money_is_not_known(known, action):
    assert look(10, money_known_on=known).action is action


def test_without_a_policy_nobody_is_reminded():
    assert look(100, policy=None).action is Action.DONE


def test_every_answer_says_why_in_both_languages():
    outlook = look(10, notices=[REMINDED])
    assert outlook.reason == Text(
        en="What was sent by e-mail on 11 March 2016 may still come back.",
        es="Lo enviado por correo el 11 de marzo de 2016 todavía puede regresar.",
    )


@given(
    nights=st.lists(st.booleans(), min_size=140, max_size=140),
    bounces=st.lists(st.booleans(), min_size=12, max_size=12),
    reachable=st.sets(st.sampled_from(list(Channel))),
    paid_on=st.one_of(st.none(), st.integers(0, 140)),
    held=st.tuples(st.integers(0, 100), st.integers(0, 40)),
)
def test_lived_through_day_by_day_with_missed_nights_and_bounces_it_keeps_its_word(
    nights, bounces, reachable, paid_on, held
):
    notices, left = [], list(bounces)
    credits = ((day(paid_on), 20000),) if paid_on is not None else ()
    charge = Charge(number="US-1", due_on=DUE, amount=20000, invoiced_on=day(-14), credits=credits)
    pause = Pause(kind=PauseKind.HOLD, first_day=day(held[0]), last_day=day(sum(held)))
    for number, awake in enumerate(nights):
        if not awake:
            continue
        outlook = look(number, charge=charge, notices=notices, reachable_by=frozenset(reachable), pauses=[pause])
        if outlook.action is not Action.SEND:
            continue
        came_back = number + 1 if left and left.pop() else None
        notices.append(sent(outlook.step, number, outlook.channel, came_back=came_back))
        assert outlook.channel in reachable
        assert paid_on is None or number < paid_on
        assert not held[0] <= number <= sum(held)
        if outlook.channel is CALL:
            arrived = [n for n in notices[:-1] if n.came_back_on is None]
            assert [n.step for n in arrived] == ["reminder", "warning"]
    kept = [(n.step, n.channel) for n in notices]
    assert len(kept) == len(set(kept))
    assert [n.step for n in notices] == sorted((n.step for n in notices), key=["reminder", "warning", "call"].index)
