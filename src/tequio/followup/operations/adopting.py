"""Putting a ladder in force: dated, per center, citing its decision, and never changed afterwards."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.decisions.models import Decision
from tequio.followup.drafting import TERMS, StepLine, Terms, refuse_ladder
from tequio.followup.models import FollowUpPolicy, FollowUpStep
from tequio.followup.written import WrittenLadder
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.reasons import Text

__all__ = ["TERMS", "StepLine", "Terms", "adopt", "adopt_follow_up_policy"]


@transaction.atomic
def adopt(*, ladder: WrittenLadder, decision: Decision, actor: str, at: datetime) -> list[FollowUpPolicy]:
    """Put a ladder that was written as data (written.ladder_written) in force in each of its centers, by a decision.

    The same ladder again by the same decision returns the policies there are. Refuses a code another decision has
    taken, a day on which another ladder begins, and a center nobody knows; then nothing is adopted anywhere.
    """
    found = []
    for name in ladder.centers:
        center = center_by_code(code=name)
        policy = adopt_follow_up_policy(
            center=center,
            code=ladder.code_in(center=name),
            title=ladder.title,
            valid_from=ladder.valid_from,
            decision=decision,
            terms=ladder.terms_in(center=name),
            steps=ladder.steps,
            assumed=list(ladder.assumed),
            actor=actor,
            at=at,
        )
        if policy.decision_id != decision.pk:
            raise Refusal(
                en=f"{policy.code} was adopted by another decision ({policy.decision.code}). Choose another code.",
                es=f"{policy.code} se adoptó con otro acuerdo ({policy.decision.code}). Elija otra clave.",
            )
        found.append(policy)
    return found


@transaction.atomic
def adopt_follow_up_policy(
    *,
    center: Center,
    code: str,
    title: Text,
    valid_from: date,
    decision: Decision,
    terms: Terms,
    steps: Sequence[StepLine],
    assumed: list[str],
    actor: str,
    at: datetime,
) -> FollowUpPolicy:
    """Put a ladder in force from a day. The same code again returns the policy there is, unchanged.

    Refuses a second one for one day, steps without a channel or out of order, a ladder that begins with a call, and
    figures that cannot be kept.
    """
    there = FollowUpPolicy.objects.filter(code=code).first()
    if there is not None:
        return there
    taken = FollowUpPolicy.objects.filter(center=center, valid_from=valid_from).first()
    if taken is not None:
        raise Refusal(
            en=f"{taken.code} is in force in {center.code} from {valid_from} already.",
            es=f"{taken.code} ya rige en {center.code} desde el {valid_from}.",
        )
    refuse_ladder(code=code, steps=steps, terms=terms)
    policy = FollowUpPolicy.objects.create(
        center=center,
        code=code,
        title_en=title.en,
        title_es=title.es,
        valid_from=valid_from,
        decision=decision,
        assumed=assumed,
        **asdict(terms),
    )
    FollowUpStep.objects.bulk_create(
        FollowUpStep(
            policy=policy,
            key=step.key,
            days=step.days,
            channels=list(step.channels),
            standings=list(step.standings),
            title_en=step.title.en,
            title_es=step.title.es,
            text_en=step.text.en,
            text_es=step.text.es,
        )
        for step in steps
    )
    journal.append(
        kind=Kind.FOLLOW_UP_POLICY_ADOPTED,
        subject=f"follow_up_policy:{code}",
        actor=actor,
        at=at,
        payload={"valid_from": valid_from.isoformat(), "decision": decision.code},
    )
    return policy
