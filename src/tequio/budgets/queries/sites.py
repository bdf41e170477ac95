"""The question of one server site or several, with the guesses people made so far."""

from dataclasses import dataclass

from tequio.budgets.models import SitesGuess
from tequio.rules.reasons import Text
from tequio.rules.sites import MEASURES, ONE, SEVERAL, YEARS, Answer, Range, Spread, answered, guessed

ASSUMED = Text(en="assumed by the program", es="lo supone el programa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The answer without drills and with them, ready to print."""

    undrilled: Answer
    drilled: Answer


def sites_question() -> Question:
    """Both answers, from the last guess of each name. One query."""
    last: dict[str, Range] = {}
    for row in SitesGuess.objects.order_by("pk"):
        last[row.name] = guessed(name=row.name, low=row.low, likely=row.likely, high=row.high, said_by=row.said_by)
    guesses = list(last.values())
    return Question(undrilled=answered(guesses=guesses, drilled=False), drilled=answered(guesses=guesses, drilled=True))


def said(*, value: float, unit: str, currency: str) -> str:
    """A guess in its unit."""
    if unit == "money":
        return f"{currency} {value:,.0f}"
    return f"{value:g} %" if unit == "%" else f"{value:g}"


def figure(*, measure: str, value: float, currency: str) -> Text:
    """A measure as people read it: money, hours, or so many of a hundred."""
    if measure == "cost":
        return _same(f"{currency} {value:,.0f}")
    if measure == "hours":
        return Text(en=f"{value:.0f} hours", es=f"{value:.0f} horas")
    return Text(en=f"{value * 100:.1f} of 100", es=f"{value * 100:.1f} de 100")


def ranges(*, measure: str, spread: Spread, currency: str) -> Text:
    """A measure with its range: the likeliest, from the best to the worst."""
    likely, best, worst = (
        figure(measure=measure, value=value, currency=currency) for value in (spread.likely, spread.best, spread.worst)
    )
    return Text(en=f"{likely.en} (from {best.en} to {worst.en})", es=f"{likely.es} (de {best.es} a {worst.es})")


def better_said(*, answer: Answer, measure: str) -> Text:
    """Which option is better by a measure."""
    better = answer.better[measure]
    if not better:
        return Text(en="alike", es="iguales")
    return Text(en="one site", es="un sitio") if better == ONE else Text(en="several sites", es="varios sitios")


def turns_said(*, answer: Answer, currency: str) -> list[Text]:
    """What would change the answer: a sentence for each guess whose range does."""
    sentences = []
    for turn in answer.turns:
        value = said(value=turn.at, unit=turn.guess.unit, currency=currency)
        measure = MEASURES[turn.measure]
        now = better_said(answer=answer, measure=turn.measure)
        sentences.append(
            Text(
                en=f"If “{turn.guess.label.en}” were {value}, “{measure.en}” would no longer favor {now.en}.",
                es=f"Si «{turn.guess.label.es}» fuera {value}, «{measure.es}» ya no favorecería a {now.es}.",
            )
        )
    return sentences


def summary(*, question: Question) -> list[Text]:
    """The answer in a few sentences: what several sites buy, what a drill buys, and what hits all at once."""
    plain, drilled = question.undrilled.found, question.drilled.found
    one, several = (round(plain[option]["data"].likely * 100) for option in (ONE, SEVERAL))
    with_drill = round(drilled[ONE]["data"].likely * 100)
    weeks = [round(plain[option]["week"].likely * 100) for option in (ONE, SEVERAL)]
    return [
        Text(
            en=f"Of a hundred organizations like ours, within {YEARS} years {one} with one site would lose data for "
            f"ever, and {several} with several sites.",
            es=f"De cien organizaciones como la nuestra, en {YEARS} años {one} con un solo sitio perderían datos para "
            f"siempre, y {several} con varios sitios.",
        ),
        Text(
            en=f"With one site and a restore that is tried every year it would be {with_drill}: a drill costs hours, a "
            "second site costs money every year.",
            es=f"Con un sitio y una restauración que se prueba cada año serían {with_drill}: un simulacro cuesta "
            "horas, un segundo sitio cuesta dinero cada año.",
        ),
        Text(
            en=f"Without service for more than a week: {weeks[0]} and {weeks[1]} of a hundred. An attack or a legal "
            "order hits all sites at once, however many there are.",
            es=f"Sin servicio por más de una semana: {weeks[0]} y {weeks[1]} de cien. Un ataque o una orden legal "
            "alcanza a todos los sitios a la vez, sean los que sean.",
        ),
    ]


def _same(shown: str) -> Text:
    return Text(en=shown, es=shown)
