"""Forms in which effects are written without JSON. Each topic registers one for each of its kinds at start-up.

A form turns what a person typed into an effect's data; whether that can be is for the kind to say, so that a page and
a file handed in on the command line are held to the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from tequio.decisions.effects.in_order import NOTHING, Foreseen
from tequio.decisions.effects.registry import kind_of
from tequio.decisions.models import Body
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, PlainForm, say
from tequio.rules.reasons import Text


class EffectForm(PlainForm):
    """A form for one kind of effect. `on` is the day it is written: what begins, begins later.

    `foreseen` is what the effects that stand before it in the text will have made, which it may be about.
    """

    kind: ClassVar[str]

    def __init__(self, *args: Any, on: date, foreseen: Foreseen = NOTHING, **kwargs: Any) -> None:
        self.on, self.foreseen = on, foreseen
        # Django copies what it finds here, and looks what was sent through before a subclass could add to `fields`.
        self.base_fields = {**type(self).base_fields, **self.more_fields()}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def more_fields(self) -> dict[str, forms.Field]:
        """The fields that follow from what there is: centers, steps, seats. After those of the class."""
        return {}

    def to_data(self) -> dict[str, Any]:
        """The effect's data, from a valid form."""
        raise LookupError(f"the form of {type(self).kind} does not say its data")

    def bilingual(self, name: str) -> dict[str, str]:
        """What was typed in the fields NAME_en and NAME_es, as data carry it."""
        return {"en": self.cleaned_data[f"{name}_en"], "es": self.cleaned_data[f"{name}_es"]}

    def day(self, name: str) -> str | None:
        """The day typed in a field, as data carry it; None where there is none."""
        value: date | None = self.cleaned_data[name]
        return value.isoformat() if value else None


def code_field(*, longest: int, like: str) -> forms.CharField:
    """A code, by which a rule or a body is named for good."""
    return forms.CharField(
        label=say(en="Code", es="Código"),
        max_length=longest,
        help_text=say(
            en=f"Small letters, figures and hyphens, like {like}. It names it for good.",
            es=f"Minúsculas, cifras y guiones, como {like}. La nombra para siempre.",
        ),
    )


def body_choices(*, foreseen: Foreseen = NOTHING) -> list[tuple[str, Any]]:
    """The bodies that have not ended, by code; then those that effects before this one will have founded."""
    rows = Body.objects.filter(ended_on__isnull=True).order_by("code")
    there = [(body.code, foreseen.name_of(body.code) or text_of(row=body, name="name")) for body in rows]
    to_be = [
        (
            code,
            Text(
                en=f"{one.name.en} (founded by effect {one.effect})",
                es=f"{one.name.es} (se crea en el efecto {one.effect})",
            ),
        )
        for code, one in sorted(foreseen.founded.items())
        if code not in dict(there)
    ]
    return [(code, say(en=text.en, es=text.es)) for code, text in [*there, *to_be] if code not in foreseen.ended]


def first_day_field() -> DayField:
    """The first day of what an effect makes."""
    return DayField(
        label=say(en="From", es="Desde el"),
        help_text=say(en="Its first day; it cannot be over.", es="Su primer día; no puede haber pasado."),
    )


def text_fields(name: str, *, label: Text, longest: int, area: bool = False) -> dict[str, forms.Field]:
    """A text in both languages: the fields NAME_en and NAME_es."""

    def field(language: Text) -> forms.CharField:
        widget = forms.Textarea(attrs={"rows": 3, "cols": 60}) if area else forms.TextInput(attrs={"size": 50})
        words = say(en=f"{label.en}, in {language.en}", es=f"{label.es}, en {language.es}")
        return forms.CharField(label=words, max_length=longest, widget=widget)

    return {
        f"{name}_en": field(Text(en="English", es="inglés")),
        f"{name}_es": field(Text(en="Spanish", es="español")),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A kind of effect that can be written on a page."""

    kind: str
    title: Text
    form: type[EffectForm]

    @property
    def slug(self) -> str:
        """The kind as an address holds it."""
        return self.kind.replace(".", "-")

    def make(self, *, data: Mapping[str, Any] | None, on: date, foreseen: Foreseen = NOTHING) -> EffectForm:
        """The form, empty or with what was sent."""
        return self.form(data, on=on, foreseen=foreseen)


_forms: dict[str, type[EffectForm]] = {}


def register(*forms: type[EffectForm]) -> None:
    """Offer these forms."""
    for form in forms:
        _forms[form.kind] = form


def offered() -> Sequence[Offered]:
    """Every kind that has a form, by name."""
    return [Offered(kind=name, title=kind_of(name=name).title, form=form) for name, form in sorted(_forms.items())]


def offered_as(*, slug: str) -> Offered | None:
    """The kind an address names; None where there is none."""
    return next((one for one in offered() if one.slug == slug), None)
