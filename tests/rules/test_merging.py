"""Two changes of one text put together: nothing is lost, and it is told."""

from random import Random

from tequio.rules.merging import merged
from tequio.rules.paragraphs import paragraphs

BASE = "- one\n- two\n- three"


def together(*, theirs, mine, base=BASE, language="en"):
    return merged(base=base, theirs=theirs, mine=mine, their_name="Ana", my_name="Bo", language=language)


def test_changes_of_different_paragraphs_are_both_taken_and_nobody_has_to_choose():
    found = together(theirs="- ONE\n- two\n- three", mine="- one\n- two\n- three\n- four")
    assert found.text == "- ONE\n- two\n- three\n- four"
    assert found.clashes == ()
    assert [text.es for text in found.told] == [
        "Ana escribió aquí al mismo tiempo que usted. No se perdió nada: el texto tiene lo que escribieron los dos."
    ]


def test_what_both_added_at_the_end_stands_one_after_the_other_and_the_same_once():
    found = together(theirs=f"{BASE}\n- four\n- five", mine=f"{BASE}\n- four\n- six")
    assert found.text == f"{BASE}\n- four\n- five\n- six"
    assert "Ana’s stands first" in found.told[1].en


def test_the_last_line_changed_by_one_and_followed_by_another_clash_in_nothing():
    found = together(theirs="- one\n- two\n- THREE", mine=f"{BASE}\n- four")
    assert (found.text, found.clashes) == ("- one\n- two\n- THREE\n- four", ())


def test_both_wordings_of_one_paragraph_stay_each_under_its_name():
    found = together(theirs="- one\n- zwei\n- three", mine="- one\n- deux\n- three")
    assert found.text == "- one\n- [as Ana wrote it] zwei\n- [as Bo wrote it] deux\n- three"
    assert found.clashes[0].was == "two"
    assert found.told[1].es == (
        "Los dos cambiaron «two». Ahí están las dos redacciones, cada una con su nombre: elijan una."
    )
    assert (
        "[así lo escribió Ana] zwei"
        in together(theirs="- one\n- zwei\n- three", mine="- one\n- deux\n- three", language="es").text
    )


def test_what_one_took_out_and_the_other_changed_stays_and_says_so():
    found = together(theirs="- one\n- three", mine="- one\n- deux\n- three")
    assert found.text == "- one\n- [Bo wrote it so; Ana took it out] deux\n- three"


def test_alike_changes_and_no_changes_are_told_as_nothing():
    assert together(theirs="- one\n- two", mine="- one\n- two").told == ()
    assert together(theirs=BASE, mine=f"{BASE}\n- x").told == ()
    assert together(theirs=f"{BASE}\n- x", mine=BASE).text == f"{BASE}\n- x"


def test_no_word_that_anybody_added_is_ever_lost():
    chance = Random(6)
    for _ in range(300):
        base = [f"- b{number}" for number in range(chance.randrange(6))]
        sides = []
        for name in "xy":
            side = [line for line in base if chance.random() > 0.2]
            side = [f"- {name}{line[2:]}" if chance.random() < 0.3 else line for line in side]
            for number in range(chance.randrange(3)):
                side.insert(chance.randrange(len(side) + 1), f"- {name}new{number}")
            sides.append("\n".join(side))
        found = together(base="\n".join(base), theirs=sides[0], mine=sides[1]).text
        said = {one.words.split("] ")[-1] for one in paragraphs(text=found)}
        before = set(base)
        added = {line[2:] for side in sides for line in side.split("\n") if line and line not in before}
        assert added <= said, (base, sides, found)


def test_ten_thousand_lines_that_are_much_alike_are_put_together_with_nothing_lost():
    base = "\n".join(f"- line {number % 7}" for number in range(10_000))
    found = together(base=base, theirs=f"{base}\n- from Ana", mine=f"- from Bo\n{base}").text
    assert found.count("- line") == 10_000
    assert "- from Ana" in found
    assert "- from Bo" in found
