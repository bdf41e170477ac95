"""What another ladder would do with the members that are late today, beside the one in force."""

from dataclasses import dataclass
from datetime import date

from tequio.centers.models import Center
from tequio.dues.rules_in_force import payment_policies
from tequio.followup import facts
from tequio.followup.facts import Debtor
from tequio.followup.policies_in_force import StepText, ladder_on, ladders
from tequio.followup.written import WrittenLadder
from tequio.members.queries import families
from tequio.rules.account import PaymentPolicy
from tequio.rules.followup import Outlook, is_held_back, next_step
from tequio.rules.ladder import FollowUpPolicy
from tequio.rules.ladders_compared import Asked, Compared, StepChange, compare, steps_compared
from tequio.rules.reasons import Text

SLICE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPreview:
    """A ladder beside the one in force in a center: the steps that change, and what each does with who is late."""

    center: str
    on: date
    before: Text | None
    before_code: str | None
    changes: tuple[StepChange, ...]
    compared: Compared


def ladder_preview(*, center: Center, ladder: WrittenLadder, on: date) -> LadderPreview:
    """What a ladder would do in a center if it were in force on a day, beside the one that is. Writes nothing.

    Both are asked about the same late members with the same facts, as if the center's money were entered that day:
    what is due does not hang on when somebody looks. A dozen queries for each two thousand members that are late.
    """
    in_force = ladder_on(policies=ladders().get(center.pk, []), on=on)
    after = ladder.as_rule(center=center.code)
    before = in_force.ladder if in_force else None
    payment = payment_policies().get(center.pk, [])
    first = min(step.days for policy in (before, after) if policy for step in policy.steps)
    heads = facts.late_members(center=center, due_through=date.fromordinal(on.toordinal() - first))
    counted = families(heads=heads)
    quiet = facts.is_quiet(center=center, on=on)
    asked: list[Asked] = []
    for start in range(0, len(heads), SLICE):
        for debtor in facts.debtors(heads=heads[start : start + SLICE], counted=counted, on=on, quiet=quiet):
            asked += _asked(
                debtor=debtor,
                before=(before, in_force.row.held_back_share if in_force else 0),
                after=(after, ladder.terms.held_back_share),
                payment=payment,
                on=on,
            )
    return LadderPreview(
        center=center.code,
        on=on,
        before=before.title if before else None,
        before_code=before.code if before else None,
        changes=steps_compared(before=before, after=after),
        compared=compare(asked=asked, names=_names(ladder=ladder, texts=in_force.texts if in_force else {})),
    )


def _names(*, ladder: WrittenLadder, texts: dict[str, StepText]) -> dict[str, Text]:
    old = {key: text.title for key, text in texts.items()}
    return {**old, **{step.key: step.title for step in ladder.steps}}


def _asked(
    *,
    debtor: Debtor,
    before: tuple[FollowUpPolicy | None, int],
    after: tuple[FollowUpPolicy | None, int],
    payment: list[PaymentPolicy],
    on: date,
) -> list[Asked]:
    """The same question to both ladders, about each open charge of a member."""

    def ask(charge: facts.OpenCharge, policy: FollowUpPolicy | None, share: int) -> Outlook:
        return next_step(
            charge=charge.charge,
            day_zero=facts.day_zero(charge=charge.charge, policies=payment, on=on),
            policy=policy,
            notices=charge.notices,
            reachable_by=debtor.reach.channels,
            pauses=debtor.pauses,
            attempts=debtor.attempts,
            money_known_on=on,
            on=on,
            standing=debtor.standing,
            belongs=debtor.belongs,
            held_back=bool(share)
            and policy is not None
            and is_held_back(policy_code=policy.code, member_code=debtor.code, share=share),
        )

    return [Asked(member=debtor.pk, before=ask(c, *before), after=ask(c, *after)) for c in debtor.charges]
