"""The decision paper of the sites question, in both languages: what was guessed, what follows, what would change it."""

import json
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from tequio.budgets.queries import sites as queries
from tequio.budgets.queries.sites import Question
from tequio.kernel.paper.compiling import TypesettingError, compiled
from tequio.kernel.paper.glyphs import drawable, latin_only
from tequio.rules.reasons import LANGUAGES, Language, Text, long_date
from tequio.rules.sites import DOTS, MEASURES, ONE, SEVERAL

_STANDARD = "ua-1"  # tagged and readable aloud: ISO 14289-1
_TITLE = Text(en="One server site or several?", es="¿Un sitio de servidores o varios?")


def sites_paper(*, question: Question, currency: str, on: date) -> bytes:
    """The paper as PDF: English first, then Spanish; the same bytes for the same guesses and day."""
    data = json.dumps(
        {
            "title": f"{_TITLE.en} / {_TITLE.es}",
            "date": [on.year, on.month, on.day],
            "parts": [_part(question=question, currency=currency, on=on, language=language) for language in LANGUAGES],
        },
        ensure_ascii=False,
    )
    template = (files("tequio.budgets") / "sites_paper.typ").read_text(encoding="utf-8")
    moment = int(datetime.combine(on, time(12), UTC).timestamp())  # noon, so that no zone moves the day
    try:
        return compiled(files={"main": template, "paper.json": drawable(data)}, standard=_STANDARD, timestamp=moment)
    except TypesettingError:
        return compiled(files={"main": template, "paper.json": latin_only(data)}, standard=_STANDARD, timestamp=moment)


def _part(*, question: Question, currency: str, on: date, language: Language) -> dict[str, Any]:
    """All the paper says, in one language."""

    def word(en: str, es: str) -> str:
        return es if language == "es" else en

    plain = question.undrilled
    rows = [
        [
            name.to(language),
            *(
                queries.ranges(measure=measure, spread=plain.found[option][measure], currency=currency).to(language)
                for option in (ONE, SEVERAL)
            ),
            queries.better_said(answer=plain, measure=measure).to(language),
        ]
        for measure, name in MEASURES.items()
    ]
    return {
        "language": language,
        "title": _TITLE.to(language),
        "day": long_date(day=on, language=language),
        "summary": [text.to(language) for text in queries.summary(question=question)],
        "table_head": word("Both options", "Las dos opciones"),
        "heads": [word("By", "En"), word("One site", "Un sitio"), word("Several", "Varios"), word("Better", "Mejor")],
        "rows": rows,
        "dots_head": word(
            "Data lost for ever within ten years, of a hundred", "Datos perdidos para siempre en diez años, de cien"
        ),
        "dots": [
            {"name": name, "count": answer.found[option]["data"].dots, "of": DOTS}
            for name, answer, option in (
                (word("one site", "un sitio"), question.undrilled, ONE),
                (word("several sites", "varios sitios"), question.undrilled, SEVERAL),
                (word("one site, backups drilled", "un sitio, respaldos probados"), question.drilled, ONE),
                (word("several, backups drilled", "varios, respaldos probados"), question.drilled, SEVERAL),
            )
        ],
        "turns_head": word("What would change the answer", "Qué cambiaría la respuesta"),
        "turns": [text.to(language) for text in queries.turns_said(answer=plain, currency=currency)]
        or [word("Nothing within these ranges.", "Nada dentro de estos rangos.")],
        "guesses_head": word("Who guessed what", "Quién estimó qué"),
        "guess_heads": [
            word("Guess", "Supuesto"),
            word("Least", "Lo menos"),
            word("Likeliest", "Lo más probable"),
            word("Most", "Lo más"),
            word("Who", "Quién"),
        ],
        "guesses": [
            [
                guess.label.to(language),
                *(
                    queries.said(value=value, unit=guess.unit, currency=currency)
                    for value in (guess.low, guess.likely, guess.high)
                ),
                guess.said_by or queries.ASSUMED.to(language),
            ]
            for guess in plain.guesses
        ],
    }
