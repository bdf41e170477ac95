"""What the styleguide shows: the colors with their contrast, a chart and a form with invented words."""

from dataclasses import dataclass
from typing import Any

from django import forms
from markupsafe import Markup

from tequio.kernel.errors import Refusal
from tequio.kernel.web.charts import Drawing, Series, columns, lines
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, say
from tequio.kernel.web.lists import ListPage
from tequio.kernel.web.tokens import Token, color_tokens, contrast
from tequio.rules.reasons import Language, Text

# What each color is for, and the contrast it needs beside paper and shade: WCAG 2.2 asks 4.5 of text and 3 of the
# edges of controls and of shapes that mean something. Hair draws lines that nothing depends on.
TEXT, SHAPE = 4.5, 3.0
MEANINGS: dict[str, tuple[Text, float | None]] = {
    "paper": (Text(en="the page", es="la página"), None),
    "shade": (Text(en="the row under the pointer", es="el renglón bajo el puntero"), None),
    "ink": (Text(en="text, rules", es="texto, líneas"), TEXT),
    "quiet": (Text(en="the second voice: notes, heads of columns", es="la segunda voz: notas, encabezados"), TEXT),
    "edge": (Text(en="edges of fields, the fifth series", es="orilla de los campos, la quinta serie"), SHAPE),
    "hair": (Text(en="lines nothing depends on", es="líneas de las que nada depende"), None),
    "brick": (Text(en="identity, the one main action, faults", es="identidad, la acción principal, errores"), TEXT),
    "agave": (Text(en="good standing, done", es="al corriente, hecho"), SHAPE),
    "marigold": (Text(en="at risk, open; shapes only", es="en riesgo, abierto; solo formas"), SHAPE),
    "night": (Text(en="links, information", es="enlaces, información"), TEXT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """One color as the page shows it: in both themes at once, with its contrast to the page in each."""

    token: Token
    meaning: Text
    needs: float | None
    light: Markup
    dark: Markup
    on_light: str
    on_dark: str


def swatches() -> list[Swatch]:
    """Every color of the style sheet, in the order of the file."""
    tokens = color_tokens()
    paper = tokens["paper"]
    return [
        Swatch(
            token=token,
            meaning=MEANINGS[name][0],
            needs=MEANINGS[name][1],
            light=_square(token.light),
            dark=_square(token.dark),
            on_light=f"{contrast(one=token.light, other=paper.light):.1f}",
            on_dark=f"{contrast(one=token.dark, other=paper.dark):.1f}",
        )
        for name, token in tokens.items()
    ]


def _square(color: str) -> Markup:
    return Markup(
        '<svg width="32" height="16" aria-hidden="true"><rect width="32" height="16" fill="{}"/></svg>'
    ).format(color)


class _Form(PlainForm):
    """Fields of every kind, filled in wrongly on purpose."""

    name = forms.CharField(label=say(en="Name", es="Nombre"))
    on = DayField(label=say(en="Day", es="Día"))
    amount = AmountField(label=say(en="Amount", es="Cantidad"), help_text=say(en="in whole units", es="en unidades"))
    way = forms.ChoiceField(
        label=say(en="How it came", es="Cómo llegó"),
        choices=[("cash", say(en="cash", es="efectivo")), ("check", say(en="check", es="cheque"))],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=say(en="I have counted it", es="Ya lo conté"), required=False)


@dataclass(frozen=True, slots=True)
class _Example:
    """Keeps the form from what base.html says on top of a page: nobody sent it."""

    form: _Form


def shown(*, language: Language) -> dict[str, Any]:
    """What the page of the styleguide is made from."""
    form = _Form({"name": "", "on": "", "amount": "12,5", "way": "cash"})
    form.refuse(Refusal(en="The books are closed on that day.", es="Los libros de ese día están cerrados."))
    return {
        "swatches": swatches(),
        "example": _Example(form=form),
        "charts": _charts(language=language),
        "list": ListPage(rows=[], count=148, first=51, last=100, previous="#5", next="#5"),
        "text_needs": f"{TEXT:g}",
        "shape_needs": f"{SHAPE:g}",
    }


def _charts(*, language: Language) -> list[Drawing]:
    months = Text(en="Jan Feb Mar Apr May Jun", es="ene feb mar abr may jun").to(language).split()
    words = [
        Text(en="good standing", es="al corriente"),
        Text(en="at risk", es="en riesgo"),
        Text(en="disabled", es="suspendida"),
    ]
    names = [word.to(language) for word in words]
    figures = ([52, 55, 58, 57, 60, 63], [12, 11, 8, 10, 9, 7], [6, 6, 5, 5, 4, 3])
    said = Text(en="Invented figures of half a year.", es="Cifras inventadas de medio año.").to(language)
    series = [
        Series(name=name, values=values, place=place)
        for place, (name, values) in enumerate(zip(names, figures, strict=True))
    ]
    rising = Text(en="Good standing rose from 52 to 63", es="Al corriente subieron de 52 a 63").to(language)
    income = Text(en="Income kept near the plan", es="Los ingresos siguieron de cerca al plan").to(language)
    plan = Text(en="plan", es="plan").to(language)
    came = Text(en="received", es="recibido").to(language)
    return [
        columns(key="columns", title=rising, description=said, axis=months, places=months, series=series),
        lines(
            key="lines",
            title=income,
            description=said,
            axis=months,
            places=months,
            series=[
                Series(name=plan, values=[400, 400, 400, 450, 450, 450], place=1),
                Series(name=came, values=[380, 410, 395, 430, 470, None], place=0),
            ],
        ),
    ]
