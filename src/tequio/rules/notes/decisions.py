"""What a sentence decides: the outcome, how sure that is, and the words it follows from."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from tequio.rules.notes.contexts import context_of
from tequio.rules.notes.leading import said_by_leader
from tequio.rules.notes.phrases import Found, book
from tequio.rules.notes.records import Kind, Outcome
from tequio.rules.notes.sentence import Sentence, sentence_of
from tequio.rules.notes.verdicts import LEAST, OPTIONS, Verdict, Voice
from tequio.rules.notes.votes import HINTS, Tally, counts_plus_ones, tally_of
from tequio.rules.notes.words import folded, tokens, without_breaks, word_set
from tequio.rules.reasons import Text

_NOTHING: Final = word_set(
    "none no n/a na tbd ninguno ninguna nada pending pendiente sin not nothing unclear undecided open - ? tba"
)
_PERSONAL: Final = frozenset({"agreed", "agrees", "agree", "decided", "decides", "chose", "voted", "votes", "opted"})
_DETAILS: Final = re.compile(
    r"\b(?:new proposal|proposal should|details?|how (?:this|it)|work out|written proposal|bring back|develop(?:ed)?|"
    r"nueva propuesta|propuesta por escrito|detalles|desarrollar|c[oó]mo)\b.*\b(?:next|pr[oó]xim[oa]|siguiente)\b",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[^\W\d_]")  # "Approved: 21/10/10" says when minutes were approved
_IN_CHAT: Final = 0.7  # what one person says in a chat is seldom what all decide

_NOBODY: Final = Voice()


def verdict_of(  # noqa: PLR0911 - WONTFIX: a way to say it, an answer
    sentence: Sentence, *, after: str = "", voice: Voice = _NOBODY
) -> Verdict | None:
    """The decision of a sentence, or None.

    `after` is the sentence that follows; `voice` is whose it is, in a transcript.
    """
    if sentence.is_question or sentence.label.startswith(OPTIONS) or _only_names(sentence.text):
        return None
    if sentence.label in book().lists["bodies"] and sentence.rest:
        return verdict_of(
            sentence_of(sentence.rest), after=after, voice=Voice(leads=voice.leads, closes=voice.closes)
        )  # "TSC: agrees to ...": the body speaks
    may_count = counts_plus_ones(sentence.text) or not HINTS.isdisjoint(sentence.words)
    tally = tally_of(sentence.text, words=sentence.words) if may_count else None
    if sentence.label and tally is None and not _LETTER.search(without_breaks(sentence.rest)):
        return None
    labelled = _by_label(sentence)
    if labelled is not None:
        return _finished(sentence, labelled, tally=tally, after=after)
    best = _best(sentence, voice=voice)
    if best is not None:
        outcome = best.sign.outcome or Outcome.APPROVED
        phrase = sentence.phrase(best)
        verdict = Verdict(
            outcome,
            best.sign.confidence * (_IN_CHAT if voice.spoken and not voice.leads and best.sign.group in _SOFT else 1),
            _said(phrase, outcome),
            is_election=best.sign.kind is Kind.ELECTION,
        )
        finished = _finished(sentence, verdict, tally=tally, after=after)
        return finished if finished.confidence >= LEAST else None
    if tally is not None and not sentence.guards:
        return verdict_of_tally(tally)
    return said_by_leader(sentence, closes=voice.closes, asked=voice.asked) if voice.leads else None


def _only_names(text: str) -> bool:
    """Whether a line is an empty box of a form, or the name of a list: "[ ] Failed", "4. Acuerdos adoptados"."""
    if text.startswith("[ ]"):
        return True
    return " " in text.lstrip("0123456789.) ") and context_of(text) is not None  # "Approved." alone is an answer


def verdict_of_tally(tally: Tally) -> Verdict | None:
    """The decision that numbers alone say, if more are on one side."""
    if tally.passes is None:
        return None
    outcome = Outcome.APPROVED if tally.passes else Outcome.NOT_APPROVED
    return Verdict(outcome, 0.65, counted_why(tally), is_vote=True, tally=tally, is_count=True, by="count")


_WEAK: Final = frozenset({"agreed", "approved_bare"})
_SOFT: Final = _WEAK | {"settled", "closing"}


def _best(sentence: Sentence, *, voice: Voice) -> Found | None:
    """The sign that decides: a refusal before an approval it contains, then the surest."""
    if not sentence.free:
        return None
    kept = [found for found in sentence.deciding() if not (found.sign.group in _WEAK and _is_personal(sentence, found))]
    kept += sentence.kept("elected", "elected_soft", "deferred")
    if not kept:
        return None
    if not voice.leads:
        kept = [found for found in kept if found.sign.group != "closing"]
    if voice.spoken and not voice.leads:
        kept = [found for found in kept if not (found.sign.group in _WEAK and len(sentence.words) <= _SHORT_ASSENT)]
    refused = [found for found in kept if found.sign.outcome is Outcome.NOT_APPROVED]
    if refused:
        return refused[0]
    open_ = [found for found in kept if not (_is_positive(found) and sentence.is_negated(found))]
    if not open_:
        return None
    special = [
        found
        for found in open_
        if found.sign.outcome in {Outcome.CONTINUE, Outcome.WITHDRAWN, Outcome.NO_QUORUM, Outcome.DEFERRED}
    ]
    if special:
        return max(special, key=lambda found: found.sign.confidence)
    elections = [found for found in open_ if found.sign.kind is Kind.ELECTION]
    return elections[0] if elections else max(open_, key=lambda found: (found.sign.confidence, -found.start))


_SHORT_ASSENT: Final = 4


def _is_positive(found: Found) -> bool:
    """Whether a word of no before the sign would turn it round; "no objections" has its own within."""
    return found.sign.outcome is Outcome.APPROVED


def _is_personal(sentence: Sentence, found: Found) -> bool:
    """Whether one person agreed or decided, not a body: a name stands before the word."""
    lists = book().lists
    for at in range(found.start, found.end):
        if sentence.words[at] in _PERSONAL and at > 0 and sentence.is_one_clause(at - 1, at):
            before, written = sentence.words[at - 1], sentence.written[at - 1]
            if before in {"has", "have", "also", "then"} and at > 1:
                before, written = sentence.words[at - 2], sentence.written[at - 2]
            if before in {"i", "he", "she", "who"}:
                return True
            return (
                written[:1].isupper()
                and before not in lists["no_name"]
                and before not in lists["bodies"]
                and not written.isupper()
            )
    return False


_COMMANDS: Final = frozenset({"agreed", "agree", "accepted", "resolved", "approved", "decision", "rejected"})


def _by_label(sentence: Sentence) -> Verdict | None:  # noqa: PLR0911 - WONTFIX: a label, an answer
    """A decision because a label or a command of a meeting's robot says so."""
    if sentence.command in _COMMANDS:
        outcome = Outcome.NOT_APPROVED if sentence.command == "rejected" else outcome_said(sentence)
        return Verdict(outcome or Outcome.APPROVED, 0.97, _labelled(f"#{sentence.command}"), by="command")
    label, lists = sentence.label, book().lists
    if not label:
        return None
    if label not in deciding_labels():
        return _answered(sentence)
    first = folded(sentence.rest).strip(" .*_'-?").split()
    if not first or (first[0] in _NOTHING and len(first) <= _FEW):
        return None
    stated = outcome_said(sentence)
    if label in lists["label_decision"]:
        sure = 0.7 if label.startswith(("conclu", "consens", "outcome")) else 0.95
        return Verdict(stated or Outcome.APPROVED, sure, _labelled(label), by="label")
    if label in lists["label_elected"]:
        return Verdict(Outcome.APPROVED, 0.8, _labelled(label), is_election=True, by="label")
    if label in lists["label_rejected"]:
        return Verdict(Outcome.NOT_APPROVED, 0.9, _labelled(label), by="label")
    if label in lists["label_result"] and stated is not None and not sentence.guards:
        return Verdict(stated, 0.9, _labelled(label), is_vote=True, by="label")
    return None


_FEW: Final = 4


def _answered(sentence: Sentence) -> Verdict | None:
    """A question before the colon and nothing but its answer behind it: "Licence for the translators: yes"."""
    answer = " ".join(tokens(folded(sentence.rest))[: _FEW + 1])
    lists = book().lists
    if answer in lists["answer_yes"] and sentence.label not in lists["label_question"]:
        return Verdict(Outcome.APPROVED, 0.6, _labelled(answer), by="answer")
    if answer in lists["answer_no"] and sentence.label not in lists["label_question"]:
        return Verdict(Outcome.NOT_APPROVED, 0.6, _labelled(answer), by="answer")
    return None


@cache
def deciding_labels() -> frozenset[str]:
    """The labels that say what follows is a decision, or its outcome."""
    lists = book().lists
    return lists["label_decision"] | lists["label_rejected"] | lists["label_result"] | lists["label_elected"]


def outcome_said(sentence: Sentence) -> Outcome | None:
    """The outcome that the words after a label state, if they do."""
    if not sentence.free:
        return None
    order = (
        Outcome.NOT_APPROVED,
        Outcome.DEFERRED,
        Outcome.WITHDRAWN,
        Outcome.NO_QUORUM,
        Outcome.CONTINUE,
        Outcome.APPROVED,
    )
    stated = {
        found.sign.outcome
        for found in sentence.kept(
            "approved",
            "agreed",
            "approved_bare",
            "settled",
            "not_approved",
            "continue",
            "withdrawn",
            "deferred",
            "deferred_soft",
            "no_quorum",
        )
    }
    return next((outcome for outcome in order if outcome in stated), None)


def _finished(sentence: Sentence, verdict: Verdict, *, tally: Tally | None, after: str) -> Verdict:
    """The verdict with what else the sentence says: with modifications, in principle, by how many votes."""
    outcome = verdict.outcome
    if outcome is Outcome.APPROVED and sentence.has("with_modifications"):
        outcome = Outcome.WITH_MODIFICATIONS
    elif outcome is Outcome.APPROVED and (sentence.has("in_principle") or (after and _DETAILS.search(after[:400]))):
        outcome = Outcome.IN_PRINCIPLE
    is_vote = verdict.is_vote or tally is not None or not _VOTING.isdisjoint(sentence.words)
    return Verdict(
        outcome,
        verdict.confidence,
        verdict.why,
        is_election=verdict.is_election,
        is_vote=is_vote,
        tally=tally,
        by=verdict.by,
    )


_VOTING: Final = word_set(
    "vote votes voted voting votacion votaron vota votos unanimous unanimously unanimidad unanime ayes"
)


def name_of_outcome(outcome: Outcome) -> Text:
    """An outcome in words."""
    return _OUTCOMES[outcome]


_OUTCOMES: Final = {
    Outcome.APPROVED: Text(en="approved", es="aprobado"),
    Outcome.WITH_MODIFICATIONS: Text(en="approved with modifications", es="aprobado con modificaciones"),
    Outcome.IN_PRINCIPLE: Text(en="approved in principle", es="aprobado en principio"),
    Outcome.CONTINUE: Text(en="to be developed further", es="se sigue desarrollando"),
    Outcome.NOT_APPROVED: Text(en="not approved", es="no aprobado"),
    Outcome.NO_QUORUM: Text(en="no quorum", es="sin quórum"),
    Outcome.DEFERRED: Text(en="deferred", es="pospuesto"),
    Outcome.WITHDRAWN: Text(en="withdrawn", es="retirado"),
    Outcome.ASSIGNED: Text(en="assigned", es="asignado"),
}


@lru_cache(maxsize=2048)
def _said(phrase: str, outcome: Outcome) -> Text:
    name = _OUTCOMES[outcome]
    return Text(en=f"It says “{phrase}”: {name.en}.", es=f"Dice «{phrase}»: {name.es}.")


@lru_cache(maxsize=512)
def _labelled(label: str) -> Text:
    return Text(en=f"It is labelled “{label}”.", es=f"Lleva la etiqueta «{label}».")


def counted_why(tally: Tally) -> Text:
    """Why numbers alone are a decision, and what they do not say."""
    favor, against = tally.favor or 0, tally.against or 0
    return Text(
        en=f"It counts {favor} in favor and {against} against; whether that is enough, the body's rule says.",
        es=f"Cuenta {favor} a favor y {against} en contra; si basta, lo dice la regla de la instancia.",
    )


def in_decision_list(heading: str) -> Text:
    """Why a line is a decision: what it stands below."""
    return Text(en=f"It stands below “{heading}”.", es=f"Está bajo «{heading}».")


def tally_why(tally: Tally | None) -> Text:
    """Why a sentence is a vote, with what it counts."""
    if tally is None:
        return Text(en="It speaks of a vote without numbers.", es="Habla de una votación sin números.")
    parts = [
        ("in favor", "a favor", tally.favor),
        ("against", "en contra", tally.against),
        ("abstaining", "abstenciones", tally.abstain),
    ]
    known: Sequence[tuple[str, str, int]] = [(en, es, number) for en, es, number in parts if number is not None]
    return Text(
        en="It counts a vote: " + ", ".join(f"{number} {en}" for en, _, number in known) + ".",
        es="Cuenta una votación: " + ", ".join(f"{number} {es}" for _, es, number in known) + ".",
    )
