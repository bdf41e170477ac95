"""Writing an effect on a series of meetings without JSON."""

from typing import Any

from django import forms

from tequio.decisions.effect_forms import EffectForm, body_choices, code_field, first_day_field, text_fields
from tequio.decisions.effects.in_order import Foreseen
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import say
from tequio.meetings.forms.hours import clock_choices, place_fields, places_chosen
from tequio.meetings.models import Series
from tequio.meetings.queries.series import last_terms
from tequio.meetings.series_terms import LONGEST_NAME
from tequio.rules.deadlines import CHAIN, MOST_DAYS, NAMES
from tequio.rules.reasons import Text
from tequio.rules.recurrence import MOST_WEEKS, WEEKDAYS, WHICH

_BODIES = 3
_LONGEST = 24 * 60
_KINDS = {
    "weekday_of_month": Text(en="on a weekday of the month (first Saturday)", es="un día del mes (primer sábado)"),
    "day_of_month": Text(en="on a day of the month (the 15th)", es="una fecha del mes (el 15)"),
    "weekday": Text(en="on a day of the week", es="un día de la semana"),
}
_DAYS_ES = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_WHICH_ES = ("primero", "segundo", "tercero", "cuarto", "último")
_ORDINALS = (
    Text(en="First body", es="Primera instancia"),
    Text(en="Second body, if they share the meeting", es="Segunda instancia, si comparten la reunión"),
    Text(en="Third body, if they share the meeting", es="Tercera instancia, si comparten la reunión"),
)
_MINUTES = (
    Text(en="Minutes of the first", es="Minutos de la primera"),
    Text(en="Minutes of the second", es="Minutos de la segunda"),
    Text(en="Minutes of the third", es="Minutos de la tercera"),
)


def _named(text: Text) -> Any:
    return say(en=text.en, es=text.es)


def _recurrence_fields(*, needed: bool) -> dict[str, forms.Field]:
    """How it comes again. Where it is not needed, nothing chosen leaves it as it is."""
    nothing = [] if needed else [("", say(en="as it is now", es="como está ahora"))]
    return {
        "kind": forms.ChoiceField(
            label=say(en="It comes again", es="Se repite"),
            choices=[*nothing, *((kind, _named(text)) for kind, text in _KINDS.items())],
            required=needed,
        ),
        "every": forms.IntegerField(
            label=say(en="Every how many months or weeks", es="Cada cuántos meses o semanas"),
            min_value=1,
            max_value=MOST_WEEKS,
            initial=1,
            required=False,
        ),
        "which": forms.ChoiceField(
            label=say(en="Which one of the month", es="Cuál del mes"),
            choices=[(en, say(en=en, es=es)) for en, es in zip(WHICH, _WHICH_ES, strict=True)],
        ),
        "weekday": forms.ChoiceField(
            label=say(en="Weekday", es="Día de la semana"),
            choices=[(en, say(en=en.title(), es=es)) for en, es in zip(WEEKDAYS, _DAYS_ES, strict=True)],
            initial="saturday",
        ),
        "day": forms.IntegerField(
            label=say(en="Day of the month", es="Fecha del mes"),
            help_text=say(
                en="For the second kind. A month without it has its last day.",
                es="Para el segundo modo. Un mes que no la tiene usa su último día.",
            ),
            min_value=1,
            max_value=31,
            required=False,
        ),
    }


def _meeting_fields(*, needed: bool, foreseen: Foreseen) -> dict[str, forms.Field]:
    """The hour, the bodies with their minutes, the places, what is due before."""
    bodies = body_choices(foreseen=foreseen)
    found: dict[str, forms.Field] = {
        "hour": forms.TimeField(
            label=say(en="Hour", es="Hora"),
            widget=forms.TimeInput(attrs={"type": "time"}),
            initial="12:00" if needed else None,
            required=needed,
        ),
        "zone": forms.ChoiceField(
            label=say(en="On the clock of", es="Según el reloj de"),
            choices=[*([] if needed else [("", say(en="as it is now", es="como está ahora"))]), *clock_choices()],
            required=needed,
        ),
    }
    for number in range(_BODIES):
        first = number == 0 and needed
        nothing = [] if first else [("", say(en="none", es="ninguna"))]
        found[f"body_{number}"] = forms.ChoiceField(
            label=_named(_ORDINALS[number]), choices=[*nothing, *bodies], required=first
        )
        found[f"minutes_{number}"] = forms.IntegerField(
            label=_named(_MINUTES[number]), min_value=1, max_value=_LONGEST, initial=60, required=False
        )
    found |= place_fields(chosen=needed)
    for kind in CHAIN:
        name = NAMES[kind]
        found[f"due_{kind}"] = forms.IntegerField(
            label=say(en=f"{name.en}: days before", es=f"{name.es}: días antes"),
            min_value=0,
            max_value=MOST_DAYS,
            required=False,
        )
    return found


class _SeriesForm(EffectForm):
    """What both forms have in common: reading what was typed of terms."""

    def terms(self) -> dict[str, Any]:
        """The terms that were typed; without what was left empty."""
        typed = self.cleaned_data
        data: dict[str, Any] = {}
        if typed["name_en"] or typed["name_es"]:
            data["name"] = self.bilingual("name")
        if typed["kind"]:
            data["recurrence"] = self._recurrence()
        if typed["hour"]:
            data["hour"] = f"{typed['hour']:%H:%M}"
        if typed["zone"]:
            data["zone"] = typed["zone"]
        bodies = [
            {"body": typed[f"body_{number}"], "minutes": typed[f"minutes_{number}"] or 60}
            for number in range(_BODIES)
            if typed[f"body_{number}"]
        ]
        if bodies:
            data["bodies"] = bodies
        if places := places_chosen(typed):
            data["places"] = places
        due = [{"kind": kind, "days": typed[f"due_{kind}"]} for kind in CHAIN if typed[f"due_{kind}"] is not None]
        if due:
            data["deadlines"] = due
        return data

    def _recurrence(self) -> dict[str, Any]:
        typed = self.cleaned_data
        kind = typed["kind"]
        found: dict[str, Any] = {"kind": kind, "every": typed["every"] or 1}
        if kind == "weekday_of_month":
            found["which"] = typed["which"]
        if kind == "day_of_month":
            found["day"] = typed["day"]
        else:
            found["weekday"] = typed["weekday"]
        return found


class CreateSeriesForm(_SeriesForm):
    """A series: who, when, where, what is due before."""

    kind = "series.create"

    code = code_field(longest=40, like="leadership")
    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """The name, how it comes again, and all the rest."""
        return {
            **text_fields("name", label=Text(en="Name", es="Nombre"), longest=LONGEST_NAME),
            **_recurrence_fields(needed=True),
            **_meeting_fields(needed=True, foreseen=self.foreseen),
        }

    def to_data(self) -> dict[str, Any]:
        """The series."""
        return {"code": self.cleaned_data["code"], "from": self.day("valid_from"), **self.terms()}


class ChangeSeriesForm(_SeriesForm):
    """What changes of a series; what is left empty stays as it is. Or that it ends."""

    kind = "series.change"

    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """Which one, whether it ends, and what changes."""
        choices = []
        for series in Series.objects.order_by("code"):
            row = last_terms(series=series)
            name = text_of(row=row, name="name") if row else Text(en=series.code, es=series.code)
            choices.append((series.code, _named(name)))
        names = text_fields("name", label=Text(en="Another name", es="Otro nombre"), longest=LONGEST_NAME)
        for field in names.values():
            field.required = False
        return {
            "series": forms.ChoiceField(label=say(en="Series", es="Serie"), choices=choices),
            "ends": forms.BooleanField(
                label=say(en="It ends on that day; leave the rest empty", es="Termina ese día; deje lo demás vacío"),
                required=False,
            ),
            **names,
            **_recurrence_fields(needed=False),
            **_meeting_fields(needed=False, foreseen=self.foreseen),
        }

    def to_data(self) -> dict[str, Any]:
        """The change."""
        ends = {"ends": True} if self.cleaned_data["ends"] else {}
        return {"series": self.cleaned_data["series"], "from": self.day("valid_from"), **ends, **self.terms()}


FORMS = (CreateSeriesForm, ChangeSeriesForm)
