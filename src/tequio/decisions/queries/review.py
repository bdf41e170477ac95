"""The review clock of a proposal: by which rule, who held it back, into which sittings votes let it."""

from datetime import date

from tequio.accounts.models import User
from tequio.decisions.models import About, Body, DecisionRule, Delay, Proposal, Vote
from tequio.decisions.queries.in_force import may_sponsor, rule_on
from tequio.decisions.queries.seated import sits_on
from tequio.rules import review_clock
from tequio.rules.deciding import RuleOfDecision, Verdict


def rule_if_any(*, body: Body, on: date) -> RuleOfDecision | None:
    """The rule of decision a body goes by on a day; None where it has none yet."""
    there = DecisionRule.objects.filter(body=body, valid_from__lte=on).exists()
    return rule_on(body=body, on=on) if there else None


def may_sponsor_there(*, user: User, body: Body, on: date) -> bool:
    """Whether a person may bring a proposal before a body on a day: by its rule; without one, who sits on it."""
    rule = rule_if_any(body=body, on=on)
    if not user.is_active:
        return False
    if rule is None:
        return sits_on(user=user, body=body, on=on)
    return may_sponsor(rule=rule, body=body, user=user, on=on)


def delays_of(*, proposal: Proposal) -> list[review_clock.Delay]:
    """Who held a proposal back, when and for how long."""
    rows = Delay.objects.filter(proposal=proposal).order_by("at", "pk").values_list("user_id", "at", "days")
    return [review_clock.Delay(by=str(user), at=at, days=days) for user, at, days in rows]


def let_into(*, proposal: Proposal) -> set[int]:
    """The sittings into which recorded votes let a proposal, as it is now, although it came too late for them."""
    passed = Vote.objects.filter(
        proposal=proposal, about=About.LET_IN, verdict=Verdict.PASSED.value, opened_at__gte=proposal.changed_at
    )
    return {vote.let_into_id for vote in passed.only("let_into_id") if vote.let_into_id is not None}
