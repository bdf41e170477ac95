"""The template language: Jinja2, with what pages of this program need to speak two languages and print figures."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import format_date
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from jinja2.runtime import Context
from markupsafe import Markup

from tequio.kernel import clock
from tequio.kernel.web import pages
from tequio.rules.money import printed
from tequio.rules.reasons import long_date


def environment(**options: Any) -> jinja2.Environment:
    """Jinja2 as Django starts it, strict about names that are not there."""
    found = jinja2.Environment(  # noqa: S701 - CONFIG: Django turns autoescape on in `options`
        **{**options, "undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    found.globals.update(
        {
            "static": static,
            "url": _url,
            "say": say,
            "money": money,
            "short_day": short_day,
            "long_day": long_day,
            "navigation": _navigation,
            "dateline": _dateline,
            "other_language": _other_language,
            "moment": moment,
            "month_name": month_name,
            "in_words": in_words,
            "demo": settings.DEMO,
            "wrong_forms": wrong_forms,
        }
    )
    found.filters["text"] = lambda text: text.to(_language())
    return found


def _language() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"


@jinja2.pass_context
def wrong_forms(context: Context) -> list[BaseForm]:
    """The forms a page was given that were sent with faults, in the order it was given them."""
    found: list[BaseForm] = []
    for value in context.get_all().values():
        found += [form for form in _forms_in(value) if form.errors and form not in found]
    return found


def _forms_in(value: Any) -> Iterator[BaseForm]:
    """A form, those of a dictionary by name, or those of pairs with what they are about."""
    if isinstance(value, BaseForm):
        yield value
    elif isinstance(value, dict):
        yield from (form for form in value.values() if isinstance(form, BaseForm))
    elif isinstance(value, list) and value and isinstance(value[0], tuple):
        yield from (part for pair in value if isinstance(pair, tuple) for part in pair if isinstance(part, BaseForm))


def say(en: str, es: str) -> Markup:
    """One of two sentences, by the language of the page. Both stand side by side in the template."""
    return Markup(es if _language() == "es" else en)  # noqa: S704 - CONFIG: constants of templates, never data


def _url(name: str, **words: Any) -> str:
    return reverse(name, kwargs=words)


def money(minor: int, currency: str) -> Markup:
    """An amount, the ISO code set smaller before it."""
    code, _, figure = printed(minor=minor, currency=currency).partition(" ")
    return Markup(f'<span class="iso">{code}</span>&nbsp;{figure}')  # noqa: S704 - CONFIG: three letters and digits


@lru_cache(maxsize=4096)
def _short(day: date, language: str) -> str:
    return format_date(day, "d MMM y", locale="es_MX" if language == "es" else "en")


def short_day(day: date | None) -> str:
    """A day for a table, like "2 May 2016"; nothing for none."""
    return _short(day, _language()) if day else ""


def long_day(day: date) -> str:
    """A day in a sentence, like "2 de mayo de 2016"."""
    return long_date(day=day, language=_language())


_WORDS = {
    "en": ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"],
    "es": [
        *("ninguna", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
    ],
}


def in_words(count: int) -> str:
    """A small number as a heading says it; larger ones stay figures."""
    words = _WORDS[_language()]
    return words[count] if 0 <= count < len(words) else str(count)


def month_name(day: date) -> str:
    """The month of a day, like "May 2016" or "mayo de 2016"."""
    if _language() == "es":
        return format_date(day, "MMMM 'de' y", locale="es_MX")
    return format_date(day, "MMMM y", locale="en")


def moment(at: datetime, zone: str) -> str:
    """A moment in a zone, to the minute: "2 May 2016, 14:05"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_short(local.date(), _language())}, {local:%H:%M}"


def _navigation(request: HttpRequest) -> Sequence[pages.Link]:
    return pages.navigation(request)


def _dateline() -> dict[str, Any]:
    now = clock.now()
    hours = [(place.name.to(_language()), f"{now.astimezone(ZoneInfo(place.zone)):%H:%M}") for place in pages.places()]
    zone = next((place.zone for place in pages.places()), "UTC")
    today = now.astimezone(ZoneInfo(zone)).date()
    if _language() == "es":
        day = format_date(today, "EEEE d 'de' MMMM 'de' y", locale="es_MX")
    else:
        day = format_date(today, "EEEE d MMMM y", locale="en")
    return {"day": day[:1].upper() + day[1:], "hours": hours}


def _other_language(request: Any) -> Markup:
    """The link that shows this very page in the other language."""
    other = "en" if _language() == "es" else "es"
    back = request.get_full_path() if request.method == "GET" else request.path
    return Markup('<a class="tongue" href="/language/{}/?back={}" lang="{}" hreflang="{}">{}</a>').format(
        other, quote(back), other, other, "Español" if other == "es" else "English"
    )
