"""Amendments: edits of paragraphs and effects, taken one by one, and what clashes."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.rules.amending import Asked, Content, Edit, Place, applied, edits_between, is_substantive, taken
from tequio.rules.differences import How, differences, word_runs
from tequio.rules.reasons import Text
from tequio.rules.wording import NOTHING, Words

EN, ES, EFFECTS = Place("text", "en"), Place("text", "es"), Place("effects")


def content(en="A\n\nB\n\nC", es="", *, effects=(), **given):
    return Content(
        words=Words(original="en", ask=Text(en="Do it.", es=""), text=Text(en=en, es=es), **given),
        effects=tuple({"kind": "k", "data": {"n": n}} for n in effects),
    )


def asked(number, base, after):
    return Asked(number=number, base=base, edits=edits_between(before=base, after=after))


def english(found):
    return found.content and found.content.words.text.en


@pytest.mark.parametrize(
    ("after", "edits"),
    [
        ("A\n\nB\n\nC", ()),
        ("A\n\nb\n\nC", (Edit(place=EN, at=1, takes=True, puts="b"),)),
        ("A\n\nC", (Edit(place=EN, at=1, takes=True, puts=None),)),
        ("A\n\nX\n\nB\n\nC", (Edit(place=EN, at=1, takes=False, puts="X"),)),
        ("A\n\nB\n\nC\n\nX", (Edit(place=EN, at=3, takes=False, puts="X"),)),
        (
            "a\n\nB\n\nX\n\nY",
            (
                Edit(place=EN, at=0, takes=True, puts="a"),
                Edit(place=EN, at=2, takes=True, puts="X"),
                Edit(place=EN, at=3, takes=False, puts="Y"),
            ),
        ),
    ],
    ids=["nothing", "replaced", "removed", "put between", "put at the end", "several"],
)
def test_what_changed_is_found_paragraph_by_paragraph(after, edits):
    assert edits_between(before=content(), after=content(after)) == edits


def test_effects_are_changed_by_position():
    edits = edits_between(before=content(effects=[1, 2]), after=content(effects=[1, 3, 4]))

    assert [(e.place, e.at, e.takes, e.puts["data"]["n"]) for e in edits] == [
        (EFFECTS, 1, True, 3),
        (EFFECTS, 2, False, 4),
    ]


def test_an_edit_about_a_position_that_is_not_there_is_no_edit():
    with pytest.raises(ValueError, match="no position 3"):
        applied(content=content(), edits=[Edit(place=EN, at=3, takes=True, puts="X")])


texts = st.lists(st.sampled_from("ABCDE"), max_size=6).map("\n\n".join)
contents = st.builds(
    lambda en, es, effects: content(en, es, effects=effects), texts, texts, st.lists(st.integers(0, 3), max_size=4)
)


@given(contents, contents)
def test_the_edits_between_two_texts_make_the_one_of_the_other(before, after):
    assert applied(content=before, edits=edits_between(before=before, after=after)) == after


@given(contents, contents)
def test_an_amendment_against_the_text_of_today_is_always_taken_whole(base, after):
    assert taken(current=base, asked=[asked(1, base, after)]).content == after


@given(contents, contents, contents)
def test_nothing_is_overwritten_what_others_changed_stays_or_the_amendment_is_not_taken(base, current, after):
    found = taken(current=current, asked=[asked(1, base, after)])

    if found.content is None:
        assert found.moved
    for one in found.moved:
        assert one.now != one.was or one.was is None


@given(st.permutations([1, 2, 3]), st.lists(st.sampled_from(["x", "y", None]), min_size=3, max_size=3))
def test_the_order_in_which_amendments_of_different_paragraphs_are_taken_never_matters(order, wishes):
    base = content()
    every = {
        n: Asked(number=n, base=base, edits=(Edit(place=EN, at=n - 1, takes=True, puts=wish),))
        for n, wish in enumerate(wishes, start=1)
    }
    at_once = taken(current=base, asked=list(every.values())).content
    current = base

    for number in order:
        current = taken(current=current, asked=[every[number]]).content

    assert current == at_once


def test_amendments_against_an_older_version_find_their_paragraph_where_it_is_now():
    base, current = content(), content("New\n\nA\n\nB\n\nC")

    assert english(taken(current=current, asked=[asked(1, base, content("A\n\nB\n\nc"))])) == "New\n\nA\n\nB\n\nc"


def test_an_amendment_of_a_paragraph_that_was_changed_since_is_not_taken_and_both_are_shown():
    base, current = content(), content("A\n\nB, yes\n\nC")

    found = taken(current=current, asked=[asked(4, base, content("A\n\nB, no\n\nC"))])

    assert found.content is None
    assert [(m.number, m.place, m.at, m.was, m.now, m.wanted) for m in found.moved] == [
        (4, EN, 1, "B", "B, yes", "B, no")
    ]


def test_an_amendment_of_a_paragraph_that_is_gone_is_not_taken():
    found = taken(current=content("A\n\nC"), asked=[asked(4, content(), content("A\n\nb\n\nC"))])

    assert [(m.was, m.now, m.wanted) for m in found.moved] == [("B", None, "b")]


def test_what_stands_there_already_as_it_was_wanted_is_in_nobodys_way():
    current = content("A\n\nb\n\nC")

    assert taken(current=current, asked=[asked(4, content(), content("A\n\nb\n\nC"))]).content == current


def test_two_amendments_of_one_paragraph_clash_in_whatever_order_they_come():
    base = content()
    both = [asked(1, base, content("A\n\nb\n\nC")), asked(2, base, content("A\n\nC"))]

    for order in permutations(both):
        found = taken(current=base, asked=order)
        assert found.content is None
        assert [(c.first, c.second, c.place, c.at, c.now, c.first_wants, c.second_wants) for c in found.clashes] == [
            (1, 2, EN, 1, "B", "b", None)
        ]


def test_of_three_amendments_of_one_paragraph_every_two_clash():
    base = content()
    three = [asked(n, base, content(f"A\n\nb{n}\n\nC")) for n in (1, 2, 3)]

    assert [(c.first, c.second) for c in taken(current=base, asked=three).clashes] == [(1, 2), (1, 3), (2, 3)]


def test_two_amendments_that_want_the_same_do_not_clash():
    base, wanted = content(), content("A\n\nb\n\nC")

    assert taken(current=base, asked=[asked(1, base, wanted), asked(2, base, wanted)]).content == wanted


def test_two_amendments_of_one_effect_clash():
    base = content(effects=[1])
    found = taken(current=base, asked=[asked(1, base, content(effects=[2])), asked(2, base, content(effects=[3]))])

    assert [(c.place, c.at, c.first_wants["data"], c.second_wants["data"]) for c in found.clashes] == [
        (EFFECTS, 0, {"n": 2}, {"n": 3})
    ]


def test_new_paragraphs_at_one_spot_follow_the_numbers_of_the_amendments():
    base = content("A")
    one, two = asked(1, base, content("A\n\nX")), asked(2, base, content("A\n\nY"))
    first = taken(current=base, asked=[one]).content

    assert english(taken(current=base, asked=[two, one])) == "A\n\nX\n\nY"
    assert english(taken(current=first, asked=[two])) == "A\n\nX\n\nY"


def test_an_amendment_of_one_language_leaves_the_other_as_it_is():
    base = content("A\n\nB", "a\n\nb")

    found = taken(current=base, asked=[asked(1, base, content("A\n\nB!", "a\n\nb"))]).content

    assert (found.words.text.en, found.words.text.es) == ("A\n\nB!", "a\n\nb")


@pytest.mark.parametrize(
    ("after", "substantive"),
    [
        (content(), False),
        (content("a\n\nb - \n\nC!"), False),
        (content(es="Otra cosa"), False),
        (content(resources=Text(en="Ten hours.", es="")), False),
        (content(in_favor=Text(en="Good.", es=""), against=Text(en="Bad.", es="")), False),
        (content("A\n\nB\n\nD"), True),
        (content(effects=[1]), True),
    ],
    ids=["same", "capitals and dots", "translation", "resources", "for and against", "text", "effects"],
)
def test_only_another_ask_text_or_effect_makes_it_another_question(after, substantive):
    assert is_substantive(before=content(), after=after) is substantive


def test_differences_are_read_paragraph_by_paragraph_and_word_by_word():
    found = differences(before=content("One hen.\n\nB"), after=content("Two hens.\n\nB", "Dos gallinas."))

    assert [(d.place, d.at, d.before, d.after) for d in found] == [
        (EN, 0, "One hen.", "Two hens."),
        (ES, 0, None, "Dos gallinas."),
    ]
    assert [(run.how, run.text) for run in found[0].runs] == [
        (How.GONE, "One"),
        (How.NEW, "Two"),
        (How.SAME, " "),
        (How.GONE, "hen"),
        (How.NEW, "hens"),
        (How.SAME, "."),
    ]


@given(st.text(alphabet="ab .ñ", max_size=30), st.text(alphabet="ab .ñ", max_size=30))
def test_the_words_of_a_difference_put_together_are_the_old_text_and_the_new_one(before, after):
    runs = word_runs(before=before, after=after)

    assert "".join(run.text for run in runs if run.how is not How.NEW) == before
    assert "".join(run.text for run in runs if run.how is not How.GONE) == after


def test_a_paragraph_that_is_too_long_to_compare_is_shown_whole():
    before, after = "a b " * 2_500, "b a " * 2_500

    assert [run.how for run in word_runs(before=before, after=after)] == [How.GONE, How.NEW]


def test_a_text_that_says_the_same_has_no_difference():
    same = content(resources=NOTHING)

    assert differences(before=same, after=same) == ()
