"""Scenarios: other values for the assumptions of a budget and of the forecast, kept under a name."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tequio.budgets.models import Budget, Scenario
from tequio.budgets.operations.drafting import subject
from tequio.budgets.queries.versions import content, shown_version
from tequio.budgets.writing import LONGEST_NAME, refusal_of, sentence
from tequio.decisions.effects.written import code as read_code
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.budget import BudgetError, amounts
from tequio.rules.forecasting import GuessError, instead
from tequio.rules.reasons import Text

_MOST = 20
_FIGURE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?")


@transaction.atomic
def save_scenario(
    *,
    budget: Budget,
    code: str,
    name: Text,
    budget_values: Mapping[str, str],
    forecast_values: Mapping[str, float],
    said_by: str,
    actor: str,
    at: datetime,
) -> Scenario:
    """Keep a scenario, in place of the one of that code.

    Refuses assumptions the version shown has not or the forecast does not know, and values that cannot be.
    """
    key = read_code(data={"code": code}, longest=40)
    said = sentence(text=name, key="name", longest=LONGEST_NAME)
    who = " ".join(said_by.split())[:LONGEST_NAME]
    if not who:
        raise Refusal(en="Say who assumes it.", es="Diga quién lo supone.")
    if not budget_values and not forecast_values:
        raise Refusal(en="A scenario changes at least one assumption.", es="Un escenario cambia al menos un supuesto.")
    try:
        if budget_values:
            amounts(budget=content(version=shown_version(budget=budget)), instead=budget_values)
        if forecast_values:
            instead(guesses=(), values=forecast_values)
    except BudgetError as error:
        raise refusal_of(error=error) from error
    except GuessError as error:
        raise Refusal(en=error.text.en, es=error.text.es) from error
    there = Scenario.objects.filter(budget=budget)
    if there.count() >= _MOST and not there.filter(code=key).exists():
        raise Refusal(
            en=f"A budget has at most {_MOST} scenarios.", es=f"Un presupuesto tiene {_MOST} escenarios a lo más."
        )
    scenario, _ = Scenario.objects.update_or_create(
        budget=budget,
        code=key,
        defaults={
            "name_en": said.en,
            "name_es": said.es,
            "budget_values": dict(budget_values),
            "forecast_values": dict(forecast_values),
            "said_by": who,
            "saved_at": at,
        },
    )
    journal.append(
        kind=Kind.SCENARIO_SAVED,
        subject=subject(budget=budget),
        actor=actor,
        at=at,
        payload={"scenario": key, "budget": dict(budget_values), "forecast": dict(forecast_values)},
    )
    return scenario


def values_from_words(*, words: list[str]) -> tuple[dict[str, str], dict[str, float]]:
    """Assumptions written as NAME=VALUE: those of the forecast by their own names, all others the budget's."""
    from tequio.rules.forecasting import NAMES

    of_budget: dict[str, str] = {}
    of_forecast: dict[str, float] = {}
    for word in words:
        name, sign, value = word.partition("=")
        name, value = name.strip(), value.strip()
        if not sign or not name or not value:
            raise Refusal(
                en=f"“{word[:40]}” is no assumption: write NAME=VALUE.",
                es=f"«{word[:40]}» no es un supuesto: escriba NOMBRE=VALOR.",
            )
        if name in NAMES:
            of_forecast[name] = guess_value(name=name, written=value)
        else:
            of_budget[name] = value
    return of_budget, of_forecast


def guess_value(*, name: str, written: str) -> float:
    """A value of a forecast's assumption as it is written: 5 or "5 %" of shares, 110.00 of money, 40 of counts."""
    from tequio.rules.forecasting import NAMES

    unit = NAMES[name][1]
    text = written.removesuffix("%").strip()
    # A comma parts thousands; "2,5" is refused, not read as 25.
    value = float(text.replace(",", "")) if _FIGURE.fullmatch(text) else -1.0
    if not 0 <= value < 10**12:
        shown = written[:20]
        raise Refusal(en=f"“{shown}” is no value for {name}.", es=f"«{shown}» no es un valor para {name}.")
    return value / 100 if unit == "%" else value * 100 if unit == "money" else value
