"""`tequio tick`: the daily work, safe to run at any hour and as often as one likes; missed days are caught up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tequio.centers.queries import all_centers
from tequio.dues.operations import billing
from tequio.dues.operations.standings import refresh_standings
from tequio.dues.rules_in_force import dues_on, payment_policies
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.account import policy_on


@dataclass(frozen=True, slots=True, kw_only=True)
class TickResult:
    """What the daily work did."""

    resumed: list[int]
    runs: list[int]
    standings_changed: int
    without_dues: list[str]


def tick(*, actor: str, at: datetime) -> TickResult:
    """Finish runs that were cut off, bill what has come due for billing, and work out every standing again.

    Each center bills on its own day of today: every period starting within the policy's days of notice that has
    no invoice, however many days were missed. Centers whose dues are not in force yet are named.
    """
    from zoneinfo import ZoneInfo

    resumed = [o.run_pk for o in billing.resume_unfinished(actor=actor, at=at) if o.run_pk is not None]
    runs: list[int] = []
    without: list[str] = []
    policies = payment_policies()
    for center in all_centers():
        today = at.astimezone(ZoneInfo(center.zone)).date()
        if center.pk not in dues_on(on=today):
            without.append(center.code)
            continue
        policy = policy_on(policies=policies.get(center.pk, []), on=today)
        through = today + timedelta(days=policy.notice_days if policy else 0)
        terms = billing.terms_of(as_of=today, through=through, center_code=center.code)
        outcome = billing.run_dues(terms=terms, actor=actor, at=at)
        if outcome.run_pk is not None:
            runs.append(outcome.run_pk)
    changed = refresh_standings(actor=actor, at=at)
    if resumed or runs or changed:
        journal.append(
            kind=Kind.TICK,
            subject="instance",
            actor=actor,
            at=at,
            payload={"resumed": resumed, "runs": runs, "standings_changed": changed},
        )
    return TickResult(resumed=resumed, runs=runs, standings_changed=changed, without_dues=without)
