"""Counting a vote: its frozen rule and electorate and the ballots, as the rule of decision reads them."""

from collections.abc import Iterable
from dataclasses import dataclass

from tequio.decisions.models import Elector as ElectorRow
from tequio.decisions.models import Vote
from tequio.kernel.texts import text_of
from tequio.rules.deciding import Choice, Elector, Outcome, RuleOfDecision, outcome_of
from tequio.rules.decision_terms import rule_from_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """An elector of a vote with its ballot: what it says, who cast it; an empty choice where there is none."""

    elector: Elector
    choice: str = ""
    cast_by: int | None = None


def frozen_rule(*, vote: Vote) -> RuleOfDecision:
    """The rule a vote is held by, as it was frozen when it opened."""
    row = vote.rule_row
    return rule_from_terms(
        code=row.code,
        title=text_of(row=row, name="title"),
        decision=row.decision.code,
        valid_from=row.valid_from,
        terms=vote.rule,
    )


def cast_in(*, vote: Vote) -> list[Cast]:
    """The electors of a vote with their ballots, in one query."""
    rows = ElectorRow.objects.filter(vote=vote).values_list(
        "user_id", "member__code", "center", "weight", "ballot__choice", "ballot__user_id"
    )
    return [
        Cast(
            elector=Elector(code=code or f"user:{user_pk}", center=center, weight=weight),
            choice=choice or "",
            cast_by=cast_by,
        )
        for user_pk, code, center, weight, choice, cast_by in rows
    ]


def ballots_in(cast: Iterable[Cast], /) -> dict[str, Choice]:
    """The last word of each elector that said something, by code."""
    return {one.elector.code: Choice(one.choice) for one in cast if one.choice}


def outcome_of_vote(*, vote: Vote, cast: list[Cast]) -> Outcome:
    """What a vote comes to, or would if it closed now."""
    return outcome_of(rule=frozen_rule(vote=vote), electorate=[one.elector for one in cast], ballots=ballots_in(cast))
