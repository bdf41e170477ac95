"""The forms of the caller: what came of a call, hours worked, results of a sheet."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from tequio.followup.models import CallOutcome
from tequio.followup.operations.calling import Outcome
from tequio.followup.operations.hardship import Ask, Hardship
from tequio.followup.queries.call_page import OUTCOME_NAMES
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, note_field, say
from tequio.rules.reasons import Text

_ASKS = {
    Ask.TIME: Text(en="time until a day", es="tiempo, hasta una fecha"),
    Ask.PLAN: Text(en="monthly instalments", es="parcialidades mensuales"),
    Ask.REDUCED: Text(en="a reduced rate from now on", es="una cuota reducida de aquí en adelante"),
    Ask.OTHER: Text(en="something else", es="otra cosa"),
}
_HIGHEST_PERCENT = 99
_MOST_PARTS = 36
_DAY_MINUTES = 24 * 60


def _capital(text: Text) -> Any:
    return say(en=text.en[:1].upper() + text.en[1:], es=text.es[:1].upper() + text.es[1:])


class CallForm(PlainForm):
    """What came of a call. One form with everything: it works where nothing can be shown or hidden by a script."""

    claim = forms.CharField(widget=forms.HiddenInput, max_length=64)
    outcome = forms.ChoiceField(
        label=say(en="What came of it", es="Qué resultó"),
        choices=[(kind.value, _capital(name)) for kind, name in OUTCOME_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": say(en="Choose what came of the call.", es="Elija qué resultó de la llamada.")},
    )
    pay_on = DayField(
        label=say(en="Promised to pay on", es="Prometió pagar el"),
        required=False,
        help_text=say(en="only with a promise", es="solo si prometió"),
    )
    back_on = DayField(
        label=say(en="Call again on", es="Volver a llamar el"),
        required=False,
        help_text=say(en="only to call again", es="solo si hay que volver a llamar"),
    )
    back_at = forms.TimeField(
        label=say(en="at, by their clock", es="a las, en su hora local"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ask = forms.ChoiceField(
        label=say(en="If it cannot pay now, what would help", es="Si por ahora no puede pagar, qué le serviría"),
        required=False,
        choices=[("", "—"), *((ask.value, _capital(name)) for ask, name in _ASKS.items())],
    )
    until = DayField(label=say(en="Time until", es="Tiempo hasta"), required=False)
    parts = forms.IntegerField(
        label=say(en="How many instalments", es="Cuántas parcialidades"),
        required=False,
        min_value=2,
        max_value=_MOST_PARTS,
    )
    percent = forms.IntegerField(
        label=say(en="Percent of the table", es="Por ciento de la tabla"),
        required=False,
        min_value=1,
        max_value=_HIGHEST_PERCENT,
    )
    note = note_field(
        label=say(en="Note", es="Nota"),
        required=False,
        hint=say(en="what the next caller should know", es="lo que debe saber quien llame después"),
    )

    def outcome_given(self, *, zone: str) -> Outcome:
        """What was filled in, as the operation takes it; hours are by the clock of `zone`."""
        said = self.cleaned_data
        kind = CallOutcome(said["outcome"])
        return Outcome(
            kind=kind,
            note=said["note"],
            pay_on=said["pay_on"] if kind is CallOutcome.PROMISED else None,
            call_back_at=self._back(zone=zone) if kind is CallOutcome.CALL_BACK else None,
            hardship=self._hardship() if kind is CallOutcome.HARDSHIP else None,
        )

    def _back(self, *, zone: str) -> datetime | None:
        on, hour = self.cleaned_data["back_on"], self.cleaned_data["back_at"]
        if on is None:
            return None
        # An hour the clock skips in spring is the one after it; of one it has twice in autumn the first.
        return datetime.combine(on, hour or time(10), tzinfo=ZoneInfo(zone))

    def _hardship(self) -> Hardship | None:
        said = self.cleaned_data
        if not said["ask"]:
            return None
        return Hardship(
            ask=Ask(said["ask"]),
            until=said["until"],
            parts=said["parts"],
            basis_points=said["percent"] * 100 if said["percent"] else None,
        )


class SheetLine(CallForm):
    """One call of a sheet on paper, typed back: all that the screen asks, on the day it was made. Empty: not called."""

    called_on = DayField(
        label=say(en="Called on", es="Se llamó el"),
        required=False,
        help_text=say(en="today if left empty", es="hoy si se deja vacío"),
    )
    field_order = ("claim", "outcome", "called_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Choices drop down here: ten lists of buttons would be a scroll of their own.
        choices = [("", "—"), *((kind.value, _capital(name)) for kind, name in OUTCOME_NAMES.items())]
        self.fields["outcome"] = forms.ChoiceField(label=self.fields["outcome"].label, choices=choices, required=False)

    def says_something(self) -> bool:
        """Whether something came of it: a line without an outcome is a call that was not made."""
        return bool(self.data.get(self.add_prefix("outcome")))


class HoursForm(PlainForm):
    """Time that was worked, paid or given."""

    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    center = forms.ChoiceField(label=say(en="Center", es="Centro"))
    on = DayField(label=say(en="Day", es="Día"))
    minutes = forms.IntegerField(label=say(en="Minutes", es="Minutos"), min_value=1, max_value=_DAY_MINUTES)
    cost = AmountField(
        label=say(en="Paid", es="Pagado"),
        required=False,
        help_text=say(en="leave empty where the time is given", es="deje vacío si el tiempo es donado"),
    )
    note = note_field(label=say(en="Note", es="Nota"), required=False)

    def __init__(self, *args: Any, centers: list[tuple[str, str]], **kwargs: Any) -> None:
        self.offered = centers
        super().__init__(*args, **kwargs)
        self._offer()

    def full_clean(self) -> None:
        """Check what was typed, against the centers there are."""
        self._offer()  # PlainForm looks for faults before __init__ comes back here
        super().full_clean()

    def _offer(self) -> None:
        self.fields["center"].choices = self.offered  # type: ignore[attr-defined]  # CONFIG: stubs know only the base field
