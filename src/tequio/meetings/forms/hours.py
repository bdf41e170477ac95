"""Fields by which a day, an hour, a clock and places are chosen, on every form about when and where."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from tequio.centers.models import Center
from tequio.decisions.queries.hours import city_of
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, PlainForm, say
from tequio.meetings.models import Place
from tequio.rules.clocks import OnTheClock, moment_of

PLACE = "place-"


def clock_choices() -> list[tuple[str, Any]]:
    """The clocks of the centers and places, by the cities they hang in."""
    zones = [
        *Center.objects.order_by("pk").values_list("zone", flat=True),
        *Place.objects.filter(closed_on__isnull=True).order_by("pk").values_list("zone", flat=True),
    ]
    found = dict.fromkeys(zones) or {"UTC": None}
    return [(zone, say(en=city_of(zone=zone).en, es=city_of(zone=zone).es)) for zone in found]


def place_fields(*, chosen: bool) -> dict[str, forms.Field]:
    """A box for each place; `chosen`: the cities are ticked to begin with."""
    found: dict[str, forms.Field] = {}
    for place in Place.objects.filter(closed_on__isnull=True).order_by("pk"):
        name = text_of(row=place, name="name")
        label = (
            say(en=f"Open to those {name.en.lower()}", es=f"Abierta a quienes están {name.es.lower()}")
            if place.online
            else say(en=f"People meet in {name.en}", es=f"Se reúnen en {name.es}")
        )
        found[f"{PLACE}{place.code}"] = forms.BooleanField(
            label=label, required=False, initial=chosen and not place.online
        )
    return found


def places_chosen(typed: Mapping[str, Any], /) -> list[str]:
    """The codes of the places that were ticked."""
    return [name.removeprefix(PLACE) for name, value in typed.items() if name.startswith(PLACE) and value]


class HourForm(PlainForm):
    """A day and an hour by a clock."""

    day = DayField(label=say(en="Day", es="Día"))
    hour = forms.TimeField(label=say(en="Hour", es="Hora"), widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label=say(en="On the clock of", es="Según el reloj de"))

    def complete(self) -> None:
        """The clocks of the centers and places."""
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.choices = clock_choices()

    def moment(self) -> OnTheClock:
        """The moment that was typed, and what is to be told of it where clocks are changed then."""
        typed = self.cleaned_data
        return moment_of(day=typed["day"], hour=typed["hour"], zone=typed["zone"])

    def starts_at(self) -> datetime:
        """The moment that was typed."""
        return self.moment().at
