"""What people intend, said in one sentence: tasks, proposals, changes of a budget, where somebody stands."""

import re
from typing import Final

from tequio.rules.notes.contexts import Around, is_empty_entry, is_rule_of_table
from tequio.rules.notes.decisions import in_decision_list
from tequio.rules.notes.gathered import Gathered
from tequio.rules.notes.phrases import book
from tequio.rules.notes.records import Item, Kind, Outcome
from tequio.rules.notes.sentence import Sentence
from tequio.rules.notes.tasks import due_of, owner_of
from tequio.rules.notes.words import folded, word_set
from tequio.rules.reasons import Text

_MARKED_TASK: Final = re.compile(r"\[ ?\]\s|\[\s\]")
_DONE: Final = re.compile(r"[-*]?\s{0,2}\[[xX✓]\]|~~")
_COMMAND: Final = re.compile(r"^.{0,80}?#\w+\s")
_POSITION_FIRST: Final = 3
_NAMES_LENGTH: Final = 80


def find_deferral(
    sentence: Sentence, item: Item, *, into: Gathered, listed: bool, outcome: Outcome | None = None
) -> None:
    """A point put off to another meeting.

    `listed`: the sentence is a point of an agenda; `outcome`: what it decides, if anything.
    """
    if not sentence.free and not sentence.label and outcome is not Outcome.DEFERRED:
        return
    deferred = None if sentence.is_question or listed else sentence.first("deferred", "deferred_soft")
    if deferred is None and outcome is Outcome.DEFERRED:
        deferred = sentence.first("put_off")
    if deferred is None and not (sentence.label in book().lists["label_deferral"] and sentence.rest):
        return
    phrase = sentence.phrase(deferred) if deferred else sentence.label
    why = Text(en=f"It says “{phrase}”: deferred.", es=f"Dice «{phrase}»: pospuesto.")
    sure = deferred.sign.confidence if deferred else 0.8
    into.add(Kind.DEFERRAL, sentence.text, item, why, sure, outcome=Outcome.DEFERRED, due=due_of(sentence.text))


def find_task(sentence: Sentence, item: Item, *, around: Around, who: str | None, into: Gathered) -> bool:
    """Something somebody is to do, and whether the sentence itself says who. `who` speaks, in a transcript."""
    text = sentence.text
    if sentence.is_question or around.context in {"past", "agenda", "absent"}:
        return False
    boxed = ("[" in text[:8] or "~~" in text[:4]) and _DONE.match(text)
    if boxed:
        return False
    lists = book().lists
    if sentence.label in lists["label_owner"] and sentence.rest and len(sentence.rest) <= _NAMES_LENGTH:
        into.give_last_task(owner=sentence.rest)
        if around.context != "task":
            return True
    in_list = around.context == "task"
    labelled = sentence.label in lists["label_task"] or sentence.command in {"action", "todo"}
    marked = text[0] == "[" and bool(_MARKED_TASK.match(text))
    rest = sentence.rest if labelled and sentence.label else text
    if sentence.command:
        rest = _COMMAND.sub("", text)
    owner, says = owner_of(rest, words=sentence.words, in_list=in_list or labelled or marked, speaker=who)
    if owner is None:
        owner = (sentence.note if labelled else "") or around.owner
    in_list = in_list and item.depth <= around.top + 1
    reason = _reason_for_task(
        sentence,
        labelled=labelled and bool(rest.strip()),
        marked=marked,
        owner=owner if says else None,
        heading=around.heading if in_list else "",
    )
    if reason is not None:
        outcome = Outcome.ASSIGNED if owner else None
        into.add(Kind.TASK, text, item, *reason, outcome=outcome, owner=owner, due=due_of(text))
    return reason is not None and owner is not None


def _reason_for_task(
    sentence: Sentence, *, labelled: bool, marked: bool, owner: str | None, heading: str
) -> tuple[Text, float] | None:
    """Why a sentence is something to do, and how sure that is: the strongest reason there is."""
    text = sentence.text
    if labelled:
        label = sentence.label or sentence.command
        return Text(en=f"It is labelled “{label}”.", es=f"Lleva la etiqueta «{label}»."), 0.9
    if marked:
        return Text(en="It has an empty box before it.", es="Tiene una casilla vacía delante."), 0.85
    if heading and text[-1] != ":" and not is_empty_entry(text) and not is_rule_of_table(text):
        return Text(en=f"It stands below “{heading}”.", es=f"Está bajo «{heading}»."), 0.8
    if owner:
        return Text(en=f"It says that {owner} is to do it.", es=f"Dice que lo hará {owner}."), 0.7
    sign = sentence.first("task")
    if sign is None:
        return None
    phrase = sentence.phrase(sign)
    return Text(en=f"It says “{phrase}”: something to do.", es=f"Dice «{phrase}»: algo por hacer."), 0.55


def find_budget_change(sentence: Sentence, item: Item, *, around: Around, into: Gathered) -> None:
    """A change somebody asks for in a budget."""
    budget = sentence.first("budget_change")
    if around.context == "budget" or (budget is not None and not sentence.is_question):
        phrase = sentence.phrase(budget) if budget else around.heading
        why = Text(
            en=f"It asks for a change of a budget: “{phrase}”.", es=f"Pide un cambio de un presupuesto: «{phrase}»."
        )
        into.add(Kind.BUDGET_CHANGE, sentence.text, item, why, 0.9 if around.context == "budget" else 0.7)


def find_proposal(sentence: Sentence, item: Item, *, around: Around, decided: bool, into: Gathered) -> None:
    """A proposal, unless the same sentence decides it."""
    text, label = sentence.text, sentence.label
    if not label and not sentence.free and around.context != "proposal":
        return
    sign = sentence.first("proposal")
    if label in book().lists["label_proposal"] or label.startswith(_PROPOSED):
        why = Text(en=f"It is labelled “{label}”.", es=f"Lleva la etiqueta «{label}».")
        into.propose(text, item, why, 0.9)
    elif sign is not None and not decided:
        phrase = sentence.phrase(sign)
        into.propose(
            text, item, Text(en=f"It says “{phrase}”: a proposal.", es=f"Dice «{phrase}»: una propuesta."), 0.7
        )
    elif around.context == "proposal" and item.depth <= around.top and not decided and item.text.startswith(text):
        into.add(Kind.PROPOSAL, text, item, in_decision_list(around.heading), 0.5)


_WHO: Final = r"[A-ZÁÉÍÓÚÑ][\w.'’-]*(?:\s(?:[A-ZÁÉÍÓÚÑ][\w.'’-]*|de|del|la|y|and|&)){0,6}"
_MOVED_BY: Final = (
    r"(?:(?i:moved|seconded|motioned|propone[n]?|secunda[n]?)(?:\s(?i:by|por))?\s?[:–-]?\s"
    r"|(?i:proposed|second|2nd|motion|motion\smade|mover|proposer|seconder|propuest[oa]|secundad[oa])"
    r"(?:\s(?i:by|por)\s?:?|\s?[:–-])\s)"
)
_MOVERS: Final = re.compile(
    rf"\W{{0,4}}(?:{_MOVED_BY}{_WHO}\W{{0,3}}){{1,3}}$"
    rf"|\W{{0,4}}{_WHO}\s(?i:moved|moves|motioned|motions|proposed|proposes)\W{{1,3}}(?:and\s)?{_WHO}\s"
    r"(?i:seconded|seconds|2nds?|2nded)\W{0,3}$"
)
_LONGEST_MOVERS: Final = 120
# Words one of which such a line has: most lines have none, and are not looked at letter by letter.
MOVING: Final = word_set(
    "moved seconded motioned propone proponen secunda secundan proposed second 2nd motion mover proposer seconder "
    "propuesta propuesto secundada secundado moves motions proposes seconds 2nds 2nded"
)
_MOVED_BELOW: Final = Text(en="Below it stands who moved it.", es="Debajo dice quién lo propuso.")


def names_movers(text: str) -> bool:
    """Whether a line only says who moved and who seconded what stands above it."""
    return len(text) <= _LONGEST_MOVERS and bool(_MOVERS.match(text))


def propose_above(item: Item, *, into: Gathered) -> None:
    """Take what stands above a line of movers for the motion, unless a proposal waits there already."""
    if into.proposal is None or into.age > 1:
        into.propose(item.text, item, _MOVED_BELOW, 0.85)


_PROPOSED: Final = ("proposed ", "proposal ", "propuesta ", "motion ")


def find_position(sentence: Sentence, item: Item, *, who: str | None, into: Gathered) -> None:
    """Where somebody stands: for, against, in doubt."""
    position = sentence.first("position")
    if position is None or sentence.is_question:
        return
    phrase, first = sentence.phrase(position), sentence.written[0]
    is_name = position.start and first[:1].isupper() and folded(first) not in book().lists["no_name"]
    owner = who or (first if is_name else None)
    if owner or position.start <= _POSITION_FIRST:
        why = Text(en=f"It says “{phrase}”: where somebody stands.", es=f"Dice «{phrase}»: la postura de alguien.")
        into.add(Kind.POSITION, sentence.text, item, why, 0.7 if owner else 0.5, owner=owner)
