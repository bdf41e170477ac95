"""Two ladders beside each other."""

from dataclasses import replace

from tests.rules.test_followup import LADDER, look

from tequio.rules.followup import Action, Outlook
from tequio.rules.ladder import Channel, Step
from tequio.rules.ladders_compared import Asked, compare, steps_compared
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing

WHY = Text(en="why", es="por qué")
NAMES = {"reminder": Text(en="Reminder", es="Recordatorio")}


def send(channel=Channel.MAIL):
    return Outlook(action=Action.SEND, reason=WHY, step="reminder", channel=channel)


WAIT = Outlook(action=Action.WAIT, reason=WHY, step="reminder")
TASK = Outlook(action=Action.TASK, reason=WHY, step="reminder")
DONE = Outlook(action=Action.DONE, reason=WHY)


def test_the_same_ladder_changes_nothing():
    assert steps_compared(before=LADDER, after=LADDER) == ()


def test_steps_that_come_go_or_move_are_told_in_the_order_of_their_days():
    reminder, _, call = LADDER.steps
    last = Step(key="last", days=90, channels=(Channel.LETTER,), standings=frozenset({Standing.DISABLED}))
    after = replace(LADDER, steps=(replace(reminder, days=3), call, last))

    said = [(change.key, change.said.es) for change in steps_compared(before=LADDER, after=after)]

    assert said == [
        (
            "reminder",
            (
                "Antes: desde el día 10, por correo; si no, por carta. Después: desde el día 3, por correo; si no, por "
                "carta."
            ),
        ),
        ("warning", "Ya no: desde el día 31, por correo; si no, por carta."),
        ("last", "Nuevo: desde el día 90, por carta, solo estando suspendida."),
    ]


def test_without_a_ladder_before_every_step_is_new():
    assert [change.before for change in steps_compared(before=None, after=LADDER)] == [None] * 3


def test_members_are_counted_once_for_each_way_and_each_answer():
    asked = [
        Asked(member=1, before=WAIT, after=send()),
        Asked(member=1, before=WAIT, after=send()),  # two charges, one mail
        Asked(member=2, before=send(), after=WAIT),
        Asked(member=3, before=send(), after=send(Channel.LETTER)),
        Asked(member=4, before=TASK, after=DONE),
    ]

    found = compare(asked=asked, names=NAMES)

    assert found.members == 4
    assert found.tonight_before == {Channel.MAIL: 2}
    assert found.tonight_after == {Channel.MAIL: 1, Channel.LETTER: 1}
    assert (found.sooner, found.later, found.tasks_before, found.tasks_after) == (1, 1, 1, 0)
    assert [(row.before.en, row.after.en, row.members) for row in found.rows] == [
        ("Reminder: at once, by e-mail", "Reminder: at once, by letter", 1),
        ("Reminder: at once, by e-mail", "Reminder: waits", 1),
        ("Reminder: needs a person", "why", 1),
        ("Reminder: waits", "Reminder: at once, by e-mail", 1),
    ]


def test_one_answer_compared_with_itself_is_neither_sooner_nor_later():
    answer = look(10)

    found = compare(asked=[Asked(member=1, before=answer, after=answer)], names={})

    assert (found.sooner, found.later, found.tonight_before) == (0, 0, found.tonight_after)
