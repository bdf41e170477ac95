"""What is in force in a body on a day: its rule of decision and its mandate."""

from datetime import date

from tequio.accounts.models import User
from tequio.decisions.models import Body, DecisionRule, Mandate
from tequio.decisions.queries.seated import sits_on
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.rules.deciding import RuleOfDecision, Sponsors
from tequio.rules.decision_terms import rule_from_terms
from tequio.rules.reasons import long_date


def body_by_code(*, code: str) -> Body:
    """The body of a code. Refuses a code nobody has."""
    body = Body.objects.filter(code=code).first()
    if body is None:
        known = ", ".join(Body.objects.order_by("code").values_list("code", flat=True))
        raise Refusal(
            en=f"There is no body “{code}”. There are: {known}.",
            es=f"No existe la instancia «{code}». Existen: {known}.",
        )
    return body


def rule_row_on(*, body: Body, on: date) -> DecisionRule:
    """The rule of decision that a body goes by on a day. Refuses a body that has none yet."""
    row = (
        DecisionRule.objects.select_related("decision")
        .filter(body=body, valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise Refusal(
            en=f"{body.name_en} has no rule of decision in force on {long_date(day=on, language='en')}.",
            es=f"{body.name_es} no tiene regla de decisión vigente el {long_date(day=on, language='es')}.",
        )
    return row


def rule_of(row: DecisionRule, /) -> RuleOfDecision:
    """The rule that a row keeps."""
    return rule_from_terms(
        code=row.code,
        title=text_of(row=row, name="title"),
        decision=row.decision.code,
        valid_from=row.valid_from,
        terms=row.terms,
    )


def rule_on(*, body: Body, on: date) -> RuleOfDecision:
    """The rule of decision that a body goes by on a day. Refuses a body that has none yet."""
    return rule_of(rule_row_on(body=body, on=on))


def mandate_on(*, body: Body, on: date) -> Mandate | None:
    """What a body is for on a day; None where nobody wrote it down."""
    return Mandate.objects.filter(body=body, valid_from__lte=on).order_by("-valid_from").first()


def may_sponsor(*, rule: RuleOfDecision, body: Body, user: User, on: date) -> bool:
    """Whether a person may bring a proposal before a body by its rule."""
    return rule.sponsors is Sponsors.ANYBODY or sits_on(body=body, user=user, on=on)
