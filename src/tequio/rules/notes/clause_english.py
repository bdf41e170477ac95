"""How an English clause decides by its grammar: what becomes of a thing, what "we" do, what whoever does it meets."""

from collections.abc import Sequence
from typing import Final

from tequio.rules.notes.leading import NO
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Outcome
from tequio.rules.notes.words import word_set

Grammar = tuple[str, Outcome]  # the words that say so, and how it ended


def english_clause(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """What a clause, given as its folded words and as written, says was decided; or None."""
    return _it_is(words) or _whoever(words, written) or _thing_moves(words, written) or _we_do(words)


_WH: Final = word_set("what how who which where that as when why it so")
_LONGEST_CHOICE: Final = 7


def _it_is(words: Sequence[str]) -> Grammar | None:
    """Such as "Ghent it is"."""
    if words[-2:] != ["it", "is"] or not 2 < len(words) <= _LONGEST_CHOICE or not _WH.isdisjoint(words[:-2]):  # noqa: PLR2004 - WONTFIX: a word before "it is"
        return None
    return " ".join(words), Outcome.APPROVED


_THIRD: Final = word_set(
    "stays moves goes remains becomes closes opens starts begins ends runs switches reverts rises drops shifts "
    "changes stay move go remain become close open start begin end run switch revert rise drop"
)
IMPLYING: Final = _THIRD | word_set(
    "we'll let's lets anybody anyone whoever"
)  # words without which no English clause is looked at here
_WHITHER: Final = word_set(
    "to at on in up down back for until till from as with out online open closed free unchanged monthly weekly away "
    "live by through every and one two three the"
)
_PERSONS: Final = word_set(
    "i he she it you we they who that which there this what everyone everybody people someone somebody members to "
    "will can may must not don't doesn't didn't and or of"
)
_BEFORE_NOUN: Final = word_set("the a an these those my our your their its his her some two three of in for with")
_FARTHEST: Final = 7

_THE: Final = word_set("the our this these those its their")


def _before_is_name(written: Sequence[str], at: int) -> bool:
    """Whether the word before a verb is written as a name."""
    return written[at - 1][:1].isupper()


_EVERY: Final = word_set("all every each any only no new nobody everyone everybody")


def _thing_moves(  # noqa: PLR0911 - WONTFIX: a way to say it, an answer
    words: Sequence[str], written: Sequence[str]
) -> Grammar | None:
    """Such as "Old parser stays for one more release": a thing, and what comes to be of it."""
    for at in range(1, min(_FARTHEST, len(words) - 1)):
        if words[at] in ("will", "shall") and words[0] in _THE and at > 1:
            verb = next((one for one in words[at + 1 : at + 4] if one not in _LITTLE), "")
            if words[at - 1] in book().lists["bodies"] or verb in book().lists["we_no"] or _before_is_name(written, at):
                return None
            return f"{written[at - 1]} {written[at]}", Outcome.APPROVED
        if words[at] in ("will", "shall") and words[0] in _EVERY:
            return f"{written[0]} … {written[at]}", Outcome.NOT_APPROVED if words[0] in NO else Outcome.APPROVED
        if words[at] not in _THIRD:
            continue
        subject, before = words[:at], written[at - 1]
        if subject[-1] in _BEFORE_NOUN:
            continue
        if words[at + 1] not in _WHITHER or not before[0].islower() or subject[-1] in _PERSONS:
            return None
        if not _PERSONS.isdisjoint(subject[:1]) or (not words[at].endswith("s") and not subject[-1].endswith("s")):
            return None
        return f"{written[at]} {written[at + 1]}", Outcome.APPROVED
    return None


_WHO: Final = word_set("anybody anyone whoever everyone everybody those")
_MEETS: Final = word_set("gets get pays pay loses lose receives receive must")


def _whoever(words: Sequence[str], written: Sequence[str]) -> Grammar | None:
    """Such as "Anybody who writes back gets a payment plan"."""
    if words[0] != "whoever" and not (words[0] in _WHO and words[1] == "who"):
        return None
    met = next((at for at, word in enumerate(words[2:], 2) if word in _MEETS), None)
    return (f"{written[0]} … {written[met]}", Outcome.APPROVED) if met else None


_FIRST: Final = 4
_LEADS: Final = word_set("we'll let's lets")
_PROCEEDS: Final = word_set(
    "start begin continue go move proceed end pick turn run keep hold pause"
)  # with the meeting
_SHALL: Final = (["will"], ["won't"], ["shall"])
_LITTLE: Final = word_set("just only all also now then not be")


def _we_do(words: Sequence[str]) -> Grammar | None:
    """Such as "we'll try", "let's buy two": what "we" do, at the beginning."""
    lists = book().lists
    for at, word in enumerate(words[:_FIRST]):
        if word in _LEADS or (word == "we" and list(words[at + 1 : at + 2]) in _SHALL):
            rest = words[at + 1 :] if word in _LEADS else words[at + 2 :]
            verb = next((one for one in rest[:4] if one not in _LITTLE), "")
            proposes = word.startswith("let")
            if (verb in lists["acts"] and not (proposes and verb in _PROCEEDS)) or (
                verb and not proposes and verb not in lists["we_no"]
            ):
                no = not NO.isdisjoint(words[at : at + 4])
                return f"{word} … {verb}", Outcome.NOT_APPROVED if no else Outcome.APPROVED
    return None
