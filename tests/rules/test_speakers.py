"""Who speaks next, and why."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from tequio.rules.reasons import Text
from tequio.rules.speakers import TURN, Spoken, Waiting, needs_interpretation, queue

AT = datetime(2016, 2, 6, 16, tzinfo=UTC)
NAMES = {"york": Text(en="New York", es="Nueva York"), "centro": Text(en="Mexico City", es="Ciudad de México")}


def asks(code, who, place, minute, *, language="en"):
    asked = AT + timedelta(minutes=minute)
    return Waiting(code=code, who=who, place=place, place_name=NAMES[place], language=language, asked_at=asked)


def spoke(who, place, minute, *, here=True):
    return Spoken(who=who, place=place, here=here, began_at=AT + timedelta(minutes=minute))


def order(waiting, spoken=(), follow=("en",)):
    return [one.code for one in queue(waiting=waiting, spoken=spoken, follow=follow)]


def test_cities_take_turns_and_within_one_who_asked_first():
    waiting = [asks(1, "a", "york", 0), asks(2, "b", "york", 1), asks(3, "c", "centro", 2), asks(4, "d", "centro", 3)]
    assert order(waiting) == [1, 3, 2, 4]


def test_who_has_not_spoken_on_the_item_comes_first_then_who_has_not_spoken_in_the_meeting():
    waiting = [asks(1, "a", "york", 0), asks(2, "b", "york", 1), asks(3, "c", "york", 2)]
    spoken = [spoke("a", "centro", -2), spoke("b", "centro", -3, here=False)]
    assert order(waiting, spoken) == [3, 2, 1]


def test_having_spoken_weighs_more_than_the_city():
    waiting = [asks(1, "a", "centro", 0), asks(2, "b", "york", 1)]
    assert order(waiting, [spoke("a", "york", -1)]) == [2, 1]


def test_the_order_does_not_hang_on_the_order_in_which_turns_are_read():
    waiting = [asks(1, "a", "york", 0), asks(2, "b", "centro", 0), asks(3, "c", "york", 1), asks(4, "a", "york", 2)]
    spoken = [spoke("x", "centro", -5), spoke("y", "york", -9)]
    assert {tuple(order(list(w), list(s))) for w in permutations(waiting) for s in permutations(spoken)} == {
        (1, 2, 3, 4)
    }


def test_each_place_says_its_reason_in_both_languages():
    waiting = [asks(1, "a", "york", 0), asks(2, "b", "centro", 1), asks(3, "c", "centro", 2)]
    first, second, third = queue(waiting=waiting, spoken=[spoke("a", "york", -1), spoke("z", "york", 0)], follow=())
    assert (first.code, second.code, third.code) == (2, 3, 1)
    assert first.why == Text(
        en="Has not spoken in this meeting yet; sits in another place than whoever speaks before (Mexico City); "
        "asked before the others of whom that is true.",
        es="Todavía no ha hablado en esta reunión; está en otro lugar que quien habla antes (Ciudad de México); "
        "lo pidió antes que las demás en el mismo caso.",
    )
    assert second.why.en == (
        "Has not spoken in this meeting yet; sits in the same place as whoever speaks before (Mexico City)."
    )
    assert third.why.es == "Ya habló en este punto; está en otro lugar que quien habla antes (Nueva York)."


def test_who_spoke_on_other_items_only_is_told_so():
    (only,) = queue(waiting=[asks(1, "a", "york", 0)], spoken=[spoke("a", "york", -1, here=False)], follow=())
    assert only.why.en.startswith("Has not spoken on this item, only on others before")


def test_a_turn_that_is_interpreted_takes_twice_the_time_and_the_others_wait_for_it():
    waiting = [asks(1, "a", "york", 0, language="es"), asks(2, "b", "centro", 1)]
    first, second = queue(waiting=waiting, spoken=[], follow={"en"})
    assert (first.lasts, first.interpreted, first.begins_in) == (2 * TURN, True, timedelta(0))
    assert (second.lasts, second.interpreted, second.begins_in) == (TURN, False, 2 * TURN)
    assert needs_interpretation(language="en", follow={"en", "es"})
    assert not needs_interpretation(language="en", follow={"en"})
