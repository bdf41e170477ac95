"""Notes as paragraphs, and the paragraphs of a translation that are older than they."""

from tequio.rules.paragraphs import Beside, abreast, fingerprint, in_its_place, joined, paragraphs, tidied

TEXT = "Budget\n\n- Dana presents\n  - five percent fewer\n- Approved"


def test_each_line_is_a_paragraph_and_bullets_hang_as_deep_as_they_are_indented():
    found = paragraphs(text=TEXT)
    assert [(one.words, one.bullet, one.depth, one.line) for one in found] == [
        ("Budget", False, 0, 1),
        ("Dana presents", True, 1, 3),
        ("five percent fewer", True, 2, 4),
        ("Approved", True, 1, 5),
    ]
    assert joined(found) == TEXT


def test_what_is_kept_has_no_invisible_marks_and_at_most_one_empty_line():
    assert tidied("\n\n- a \u202eb\u200b\r\n\r\n\r\n\t- c\x00  d\n\n") == "- a b\n\n  - c d"
    assert tidied(tidied("  x\n\n\n y ")) == tidied("  x\n\n\n y ") == "  x\n\n y"


def test_a_fingerprint_is_of_the_words_alone():
    first, second = paragraphs(text="- We  agree")[0], paragraphs(text="    1. We agree")[0]
    assert first.fingerprint == second.fingerprint == fingerprint(words=" We agree ")
    assert first.fingerprint != fingerprint(words="We disagree")


def test_deep_nesting_is_shown_only_so_deep():
    text = "\n".join("  " * depth + "- x" for depth in range(60))
    assert max(one.depth for one in paragraphs(text=tidied(text))) <= 8


def test_a_translation_of_the_very_text_is_not_older():
    prints = [one.fingerprint for one in paragraphs(text=TEXT)]
    found = abreast(text=TEXT, translation=["a", "b", "c", "d"], made_of=prints)
    assert [(pair.state, pair.translation) for pair in found.pairs] == [(Beside.SAME, word) for word in "abcd"]
    assert not found.is_older
    assert found.why().es == "La traducción es de este mismo texto."


def test_a_translation_is_older_paragraph_by_paragraph():
    prints = [one.fingerprint for one in paragraphs(text=TEXT)]
    changed = "Budget\n- Dana presents version 1\n  - five percent fewer\n- New one\n- Another"
    found = abreast(text=changed, translation=["a", "b", "c", "d"], made_of=prints)
    assert [(pair.state, pair.original.words if pair.original else None, pair.translation) for pair in found.pairs] == [
        (Beside.SAME, "Budget", "a"),
        (Beside.OLDER, "Dana presents version 1", "b"),
        (Beside.SAME, "five percent fewer", "c"),
        (Beside.OLDER, "New one", "d"),
        (Beside.MISSING, "Another", ""),
    ]
    assert [pair.translation for pair in found.concerned] == ["b", "d", ""]
    assert found.why().en == ("The translation is older than the text. Paragraphs: 2 changed since; 1 not translated.")


def test_what_was_taken_out_of_the_text_is_gone_and_moving_bullets_about_changes_nothing():
    prints = [one.fingerprint for one in paragraphs(text=TEXT)]
    shorter = abreast(text="Budget\n* Dana presents", translation=["a", "b", "c", "d"], made_of=prints)
    assert [pair.state for pair in shorter.pairs] == [Beside.SAME, Beside.SAME, Beside.GONE, Beside.GONE]


def test_a_translated_paragraph_hangs_as_its_original_does():
    one = paragraphs(text=TEXT)[2]
    assert in_its_place(original=one, translated="cinco por ciento menos") == "  - cinco por ciento menos"
