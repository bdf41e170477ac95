"""What follows from a vote that closed: the end of its question, a decision, tasks, a place on the next agenda.

An end is the computed verdict and the qualifier of the motion that was voted (rules/dividing.py). Nothing is carried
out here: the effects of a decision wait for their day and for a person (carrying_out.py).
"""

from datetime import date, datetime

from tequio.accounts.models import User
from tequio.decisions.effects.registry import Effect
from tequio.decisions.models import (
    About,
    ActionKind,
    Decision,
    DecisionEffect,
    How,
    Proposal,
    Question,
    Sitting,
    Slot,
    SlotReason,
    Stage,
    Vote,
)
from tequio.decisions.operations.amending import adopt_amendments, reject_amendments
from tequio.decisions.operations.tasks import open_task
from tequio.decisions.queries.hours import day_everywhere
from tequio.decisions.queries.sittings import next_sitting
from tequio.kernel.clock import day_in
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.kernel.texts import text_of
from tequio.rules.deciding import Outcome, Verdict
from tequio.rules.dividing import CARRIED_OUT, FINAL, End, Qualifier, end_of, end_of_whole
from tequio.rules.motions import left_open
from tequio.rules.reasons import Text, long_date

_SLOT_AFTER = {
    End.DEFERRED: SlotReason.DEFERRED,
    End.NO_QUORUM: SlotReason.NO_QUORUM,
    End.IN_PRINCIPLE: SlotReason.DETAILS,
    End.CONTINUE_DEVELOPING: SlotReason.EVALUATION,
}


def follow(*, vote: Vote, outcome: Outcome, actor: str, at: datetime) -> None:
    """Do what follows from a vote, in the transaction that closes it. The vote's proposal is held."""
    if vote.about == About.QUESTION:
        _follow_question(vote=vote, outcome=outcome, actor=actor, at=at)
    elif vote.about == About.AMENDMENT:
        _follow_amendment(vote=vote, outcome=outcome, actor=actor, at=at)
    elif vote.about == About.LET_IN and outcome.verdict is Verdict.PASSED:
        put_on_agenda(proposal=vote.proposal, sitting=vote.let_into, reason=SlotReason.LET_IN, at=at)


def _follow_question(*, vote: Vote, outcome: Outcome, actor: str, at: datetime) -> None:
    question, proposal = vote.question, vote.proposal
    assert question is not None  # noqa: S101 - CONFIG: a vote about a question has one
    end = end_of(verdict=outcome.verdict, motion=Qualifier(vote.qualifier))
    proposal.stage = Stage.REVIEW
    if end is not None:
        questions = [question]
        if end is End.WITH_MODIFICATIONS and vote.qualifier_data.get("amendments"):
            questions.append(_take_amendments(vote=vote, actor=actor, at=at))
        decision = _decide(vote=vote, question=question, outcome=outcome, end=end, at=at)
        Question.objects.filter(pk__in=[one.pk for one in questions]).update(end=end.value, ended_at=at)
        if _is_over(question=question, at=at):
            proposal.stage = Stage.DECIDED
        _open_tasks(vote=vote, decision=decision, end=end, actor=actor, at=at)
        _put_on_next_agenda(vote=vote, end=end, at=at)
        journal.append(
            kind=Kind.DECISION_TAKEN,
            subject=f"decision:{decision.code}",
            actor=actor,
            at=at,
            payload={"proposal": proposal.code, "vote": vote.pk, "end": end.value},
        )
    proposal.save(update_fields=["stage"])


def _decide(*, vote: Vote, question: Question, outcome: Outcome, end: End, at: datetime) -> Decision:
    """The decision of a vote, with its counts as they were computed, and its effects waiting."""
    day = _day_of(vote=vote, at=at)
    open_, count = left_open(end=end), outcome.count
    decision = Decision.objects.create(
        code=_free_code(proposal=vote.proposal, question=question),
        body=vote.body,
        title_en=question.title_en,
        title_es=question.title_es,
        decided_on=day,
        source_en=f"Vote {vote.pk}, {vote.body.name_en}, counted on {long_date(day=day, language='en')}",
        source_es=f"Votación {vote.pk}, {vote.body.name_es}, contada el {long_date(day=day, language='es')}",
        recorded=False,
        counts_stated=True,
        in_favor=count.favor,
        against=count.against,
        abstained=count.abstain,
        blocked=count.block,
        end=end.value,
        proposal=vote.proposal,
        question=question,
        vote=vote,
        sitting=vote.sitting,
        not_decided_en=open_.en,
        not_decided_es=open_.es,
        evaluate_on=_day_in(vote, "evaluate_on"),
        decided_at=at,
    )
    if end in CARRIED_OUT:
        _let_effects_wait(decision=decision, vote=vote)
    return decision


def _let_effects_wait(*, decision: Decision, vote: Vote) -> None:
    """The effects as the electorate saw them, each waiting for its day and for a person."""
    effects = [Effect.of(written) for written in vote.seen["written"]]
    previews = vote.seen["effects"]
    DecisionEffect.objects.bulk_create(
        DecisionEffect(
            decision=decision,
            position=position,
            kind=effect.kind,
            data=dict(effect.data),
            base=dict(effect.base),
            effective_on=date.fromisoformat(previews[position]["effective_on"]),
        )
        for position, effect in enumerate(effects)
    )


def _day_of(*, vote: Vote, at: datetime) -> date:
    """The day of a decision: the sitting's where it was taken in one, else the day the vote was to close."""
    if vote.how == How.SITTING and vote.sitting is not None:
        return day_in(zone=vote.sitting.zone, at=vote.sitting.starts_at)
    return day_everywhere(at=min(at, vote.closes_at))


def _free_code(*, proposal: Proposal, question: Question) -> str:
    """The proposal's code, the part's number, and which time it was voted if not the first."""
    stem = f"{proposal.code}-{question.number}" if question.number else proposal.code
    times = Decision.objects.filter(proposal=proposal, question__number=question.number).count()
    code = stem if not times else f"{stem}-vote-{times + 1}"
    while Decision.objects.filter(code=code).exists():
        times += 1
        code = f"{stem}-vote-{times + 1}"
    return code


def _is_over(*, question: Question, at: datetime) -> bool:
    """Whether every question of a version has ended for good; the whole of a divided one ends with its parts."""
    questions = list(Question.objects.filter(version=question.version_id).order_by("number"))
    parts = [one for one in questions if one.number] or questions
    ends = [End(one.end) for one in parts if one.end]
    if len(ends) < len(parts):
        return False
    whole, end = questions[0], end_of_whole(parts=ends)
    if whole.number == 0 and whole not in parts and end is not None:
        whole.end, whole.ended_at = end.value, at
        whole.save(update_fields=["end", "ended_at"])
    return all(end in FINAL for end in ends)


def _open_tasks(*, vote: Vote, decision: Decision, end: End, actor: str, at: datetime) -> None:
    """The task that an end asks for: the details, the evaluation, the writing. Nothing for the others."""
    made = _TASKS.get(end)
    if made is None:
        return
    kind, frame = made
    title = text_of(row=decision, name="title")
    words = vote.qualifier_data.get("task")
    named = Text(**words) if words else Text(en=frame.en.format(title.en), es=frame.es.format(title.es))
    due_on = _day_in(vote, "due_on") or _day_in(vote, "evaluate_on")
    sitting = _sitting_in(vote)
    if sitting is None and due_on is None:
        sitting = next_sitting(body=vote.body, after=_after(vote, at))
    open_task(
        kind=kind,
        title=Text(en=named.en[:300], es=named.es[:300]),
        body=vote.body,
        owner=_owner_in(vote),
        due_on=due_on,
        sitting=sitting,
        decision=decision,
        proposal=vote.proposal,
        actor=actor,
        at=at,
    )


_TASKS = {
    End.IN_PRINCIPLE: (
        ActionKind.DETAILS,
        Text(en="Write the details: {}", es="Escribir los detalles: {}"),
    ),
    End.CONTINUE_DEVELOPING: (
        ActionKind.EVALUATION,
        Text(en="Evaluate how it goes: {}", es="Evaluar cómo va: {}"),
    ),
    End.PUT_IN_WRITING: (
        ActionKind.PUT_IN_WRITING,
        Text(en="Put in writing: {}", es="Poner por escrito: {}"),
    ),
}


def _put_on_next_agenda(*, vote: Vote, end: End, at: datetime) -> None:
    reason = _SLOT_AFTER.get(end)
    if reason is None:
        return
    sitting = _sitting_in(vote)
    if sitting is None:
        evaluate_on = _day_in(vote, "evaluate_on")
        after = _after(vote, at)
        if evaluate_on is not None:
            after = max(after, datetime.combine(evaluate_on, datetime.min.time(), tzinfo=at.tzinfo))
        sitting = next_sitting(body=vote.body, after=after)
    put_on_agenda(proposal=vote.proposal, sitting=sitting, reason=reason, at=at)


def put_on_agenda(*, proposal: Proposal, sitting: Sitting | None, reason: str, at: datetime) -> Slot | None:
    """Put a proposal on the agenda of a sitting, instead of any other it stands on; None where none is planned."""
    Slot.objects.filter(proposal=proposal, ended_at__isnull=True).update(ended_at=at)
    if sitting is None:
        return None
    return Slot.objects.create(proposal=proposal, sitting=sitting, reason=reason, made_at=at)


def _after(vote: Vote, at: datetime) -> datetime:
    """The moment after which the next sitting begins: never the one this vote was taken in."""
    return max(at, vote.sitting.starts_at) if vote.sitting is not None else at


def _day_in(vote: Vote, name: str) -> date | None:
    written = vote.qualifier_data.get(name)
    return date.fromisoformat(written) if written else None


def _sitting_in(vote: Vote) -> Sitting | None:
    pk = vote.qualifier_data.get("sitting")
    return Sitting.objects.filter(pk=pk, cancelled_at__isnull=True).first() if pk else None


def _owner_in(vote: Vote) -> User | None:
    """Whom the motion named; where it named nobody, the sponsor."""
    pk = vote.qualifier_data.get("owner")
    owner = User.objects.filter(pk=pk).first() if pk else vote.proposal.sponsor
    return owner if owner is not None and owner.is_active else None


def _take_amendments(*, vote: Vote, actor: str, at: datetime) -> Question:
    """Take the amendments that the motion named into the text, and return the question of the version they make."""
    numbers = vote.qualifier_data["amendments"]
    written = vote.seen["written"]
    version = adopt_amendments(proposal=vote.proposal, numbers=numbers, as_voted=written, actor=actor, at=at)
    if version.made_at == at:  # its words or effects are other than they were: so its last change was now
        Proposal.objects.filter(pk=vote.proposal_id).update(changed_at=at)
    return Question.objects.get(version=version, number=0)


def _follow_amendment(*, vote: Vote, outcome: Outcome, actor: str, at: datetime) -> None:
    """What the vote adopted is taken into the text; what it did not is over. Without a quorum it may be voted again."""
    amendment = vote.amendment
    assert amendment is not None  # noqa: S101 - CONFIG: a vote about an amendment has one
    if outcome.verdict is Verdict.PASSED:
        number, written = amendment.number, vote.seen["written"]
        adopt_amendments(proposal=vote.proposal, numbers=[number], as_voted=written, actor=actor, at=at)
    elif outcome.verdict is Verdict.REJECTED:
        reject_amendments(proposal=vote.proposal, numbers=[amendment.number], by=None, actor=actor, at=at)
