"""The ladders as a list for people: each with its steps, its figures, its decision and what is assumed."""

from tequio.dues.policies import RuleRow
from tequio.followup.models import FollowUpPolicy, FollowUpStep
from tequio.kernel.texts import text_of
from tequio.rules.ladder import CHANNEL_NAMES, Channel
from tequio.rules.money import printed
from tequio.rules.reasons import Text
from tequio.rules.standing import STANDING_NAMES, Standing

KIND = "follow_up"
Line = tuple[str, Text, Text]  # the word in `assumed` that covers it, what it is, its figure


def ladders_listed() -> list[RuleRow]:
    """Every follow-up policy, by center and first day. Two queries."""
    policies = FollowUpPolicy.objects.select_related("center", "decision").prefetch_related("steps")
    return [
        RuleRow(
            code=policy.code,
            kind=KIND,
            center=policy.center.code,
            title=text_of(row=policy, name="title"),
            valid_from=policy.valid_from,
            figures=_in_a_line(step_lines(policy=policy)),
            decision=policy.decision.code,
            decision_title=text_of(row=policy.decision, name="title"),
            decided_on=policy.decision.decided_on,
            source=text_of(row=policy.decision, name="source"),
            assumed=list(policy.assumed),
        )
        for policy in policies.order_by("center__code", "valid_from")
    ]


def ladder_lines() -> dict[str, list[Line]]:
    """What each policy says, line by line, by its code. Two queries."""
    policies = FollowUpPolicy.objects.select_related("center").prefetch_related("steps").order_by("pk")
    return {policy.code: [*step_lines(policy=policy), *term_lines(policy=policy)] for policy in policies}


def step_lines(*, policy: FollowUpPolicy) -> list[Line]:
    """The steps of a ladder: on which day, what, by which channels, for whom."""
    return [
        ("steps", text_of(row=step, name="title"), _of_step(step))
        for step in sorted(policy.steps.all(), key=lambda s: s.days)
    ]


def _of_step(step: FollowUpStep) -> Text:
    names = [CHANNEL_NAMES[Channel(channel)] for channel in step.channels]
    standings = [STANDING_NAMES[Standing(standing)] for standing in step.standings]
    only_en = f"; only while {' or '.join(s.en for s in standings)}" if standings else ""
    only_es = f"; solo estando {' o '.join(s.es for s in standings)}" if standings else ""
    by_en, by_es = ", else ".join(n.en for n in names), "; si no, por ".join(n.es for n in names)
    return Text(
        en=f"from day {step.days} after the due date, by {by_en}{only_en}",
        es=f"desde el día {step.days} después del vencimiento, por {by_es}{only_es}",
    )


def term_lines(*, policy: FollowUpPolicy) -> list[Line]:
    """The figures of a ladder that members are touched by."""
    p = policy
    lines: list[Line] = [
        ("apart_days", Text(en="Between two steps", es="Entre dos pasos"), _days(p.apart_days)),
        (
            "money_known_days",
            Text(
                en="Nobody is reminded if the money was last entered more than",
                es="No se recuerda nada si el dinero se registró hace más de",
            ),
            _days(p.money_known_days),
        ),
        (
            "call_from_hour",
            Text(en="Calls, where the member is", es="Llamadas, en la hora de la membresía"),
            _hours(p),
        ),
        ("promise_days", Text(en="Longest promise", es="Promesa más larga"), _days(p.promise_days)),
        (
            "preview_above",
            Text(
                en="A person looks first when a notice about being cut off goes to",
                es="Una persona revisa antes si un aviso de suspensión va a",
            ),
            Text(en=f"more than {p.preview_above} members", es=f"más de {p.preview_above} membresías"),
        ),
        (
            "two_people_share",
            Text(en="Two people look first above", es="Dos personas revisan antes por arriba de"),
            Text(en=f"{p.two_people_share / 100:g} % of the members", es=f"{p.two_people_share / 100:g} % del padrón"),
        ),
        ("postage", Text(en="Postage of a letter", es="Franqueo de una carta"), _money(p)),
    ]
    if p.hold_days_in_call:
        lines.append(
            (
                "hold_days_in_call",
                Text(en="Time a caller may give", es="Tiempo que puede dar quien llama"),
                _days(p.hold_days_in_call),
            )
        )
    if p.plan_parts_in_call:
        said = Text(en=f"up to {p.plan_parts_in_call}", es=f"hasta {p.plan_parts_in_call}")
        lines.append(
            (
                "plan_parts_in_call",
                Text(en="Instalments a caller may agree", es="Parcialidades que puede acordar quien llama"),
                said,
            )
        )
    if p.reduced_to_in_call:
        said = Text(
            en=f"{p.reduced_to_in_call / 100:g} % of the table", es=f"{p.reduced_to_in_call / 100:g} % de la tabla"
        )
        lines.append(
            (
                "reduced_to_in_call",
                Text(en="Lowest rate a caller may give", es="Cuota más baja que puede dar quien llama"),
                said,
            )
        )
    if p.held_back_share:
        said = Text(
            en=f"{p.held_back_share / 100:g} % of the members, {p.held_back_days} days later",
            es=f"{p.held_back_share / 100:g} % del padrón, {p.held_back_days} días después",
        )
        lines.append(
            (
                "held_back_share",
                Text(en="Called later, to compare with", es="Se les llama después, para comparar"),
                said,
            )
        )
    return lines


def _in_a_line(lines: list[Line]) -> Text:
    return Text(
        en="; ".join(f"{name.en}: {said.en}" for _, name, said in lines),
        es="; ".join(f"{name.es}: {said.es}" for _, name, said in lines),
    )


def _days(days: int) -> Text:
    return Text(en=f"{days} day{'s' * (days != 1)}", es=f"{days} día{'s' * (days != 1)}")


def _hours(policy: FollowUpPolicy) -> Text:
    first, last = policy.call_from_hour, policy.call_to_hour
    if policy.call_on_sundays:
        return Text(en=f"{first}:00 to {last}:00, Sundays too", es=f"de {first}:00 a {last}:00, también en domingo")
    return Text(en=f"{first}:00 to {last}:00, no Sundays", es=f"de {first}:00 a {last}:00, no en domingo")


def _money(policy: FollowUpPolicy) -> Text:
    amount = printed(minor=policy.postage, currency=policy.center.currency)
    return Text(en=amount, es=amount)
