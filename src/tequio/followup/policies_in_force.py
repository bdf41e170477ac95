"""The follow-up policies as the rule wants them, and as whoever calls needs them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tequio.followup.models import FollowUpPolicy, FollowUpStep
from tequio.kernel.texts import text_of
from tequio.rules import ladder as rules
from tequio.rules.ladder import Channel
from tequio.rules.reasons import Text
from tequio.rules.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """What a step says: the subject of its mail and the opening of mail and letter, or the script of its call."""

    title: Text
    opening: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A policy in force: its row, the ladder as the rule takes it, and the texts of its steps by key."""

    row: FollowUpPolicy
    ladder: rules.FollowUpPolicy
    texts: dict[str, StepText]


def ladders() -> dict[int, list[InForce]]:
    """Every follow-up policy of every center, oldest first. Two queries."""
    steps: dict[int, list[FollowUpStep]] = {}
    for step in FollowUpStep.objects.order_by("policy_id", "days"):
        steps.setdefault(step.policy_id, []).append(step)
    found: dict[int, list[InForce]] = {}
    for row in FollowUpPolicy.objects.select_related("decision").order_by("center_id", "valid_from"):
        found.setdefault(row.center_id, []).append(_in_force(row=row, steps=steps.get(row.pk, [])))
    return found


def ladder_on(*, policies: list[InForce], on: date) -> InForce | None:
    """The policy in force on a day: of those begun, the last to begin. None before the first."""
    begun = [policy for policy in policies if policy.row.valid_from <= on]
    return begun[-1] if begun else None


def step_texts(*, policy_pks: Iterable[int]) -> dict[tuple[int, str], StepText]:
    """The texts of some policies' steps, by policy and key. One query."""
    steps = FollowUpStep.objects.filter(policy_id__in=list(policy_pks)).order_by("pk")
    return {(step.policy_id, step.key): _text(step=step) for step in steps}


def _text(*, step: FollowUpStep) -> StepText:
    return StepText(title=text_of(row=step, name="title"), opening=text_of(row=step, name="text"))


def _in_force(*, row: FollowUpPolicy, steps: list[FollowUpStep]) -> InForce:
    return InForce(
        row=row,
        ladder=rules.FollowUpPolicy(
            code=row.code,
            title=text_of(row=row, name="title"),
            decision=row.decision.code,
            valid_from=row.valid_from,
            steps=tuple(
                rules.Step(
                    key=step.key,
                    days=step.days,
                    channels=tuple(Channel(name) for name in step.channels),
                    standings=frozenset(Standing(name) for name in step.standings),
                )
                for step in steps
            ),
            apart_days=row.apart_days,
            arrives_after={Channel.MAIL: row.mail_days, Channel.LETTER: row.letter_days, Channel.CALL: 0},
            money_known_days=row.money_known_days,
            held_back_days=row.held_back_days,
        ),
        texts={step.key: _text(step=step) for step in steps},
    )
