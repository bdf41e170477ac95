"""Why: a sentence in both languages, and the little grammar that dates and counts need for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, Language] = ("en", "es")

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One sentence or name in both languages; neither is the translation of the other."""

    en: str
    es: str

    def to(self, language: str) -> str:
        """The text in `language`; English for a language the program does not speak."""
        return self.es if language == "es" else self.en

    def as_dict(self) -> dict[str, str]:
        """The text as JSON output carries it."""
        return {"en": self.en, "es": self.es}


def long_date(*, day: date, language: str) -> str:
    """A date as a letter would print it: "3 March 2016", "3 de marzo de 2016"."""
    month = _MONTHS["es" if language == "es" else "en"][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{day.day} {month} {day.year}"


def days_text(*, days: int, language: str) -> str:
    """A number of days in words that agree: "1 day", "31 days", "1 día", "31 días"."""
    if language == "es":
        return f"{days} día" if days == 1 else f"{days} días"
    return f"{days} day" if days == 1 else f"{days} days"


def both(*, sentence: Callable[[Language], str]) -> Text:
    """A Text from a function that writes the sentence in the language it is given."""
    return Text(en=sentence("en"), es=sentence("es"))
