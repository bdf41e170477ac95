"""The forms of dues and payments: what a person types, checked before an operation sees it."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language

from tequio.centers.models import Center
from tequio.dues.names import COMES_BY, RATES
from tequio.dues.operations.agreeing import FEWEST_PARTS, MOST_PARTS
from tequio.dues.operations.paying import EARLIEST, refuse_day
from tequio.kernel.errors import Refusal
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import AmountField, DayField, PlainForm, note_field, say
from tequio.rules.reasons import Text

# What hidden fields say where they are missing or forged: a person cannot see them, only send the form again.
_HIDDEN: dict[str, Any] = {
    "label": say(en="This form", es="Este formulario"),
    "error_messages": dict.fromkeys(
        ("required", "invalid", "min_value", "max_value", "max_length"),
        say(
            en="It came incomplete. Look at it and send it again.", es="Llegó incompleto. Revíselo y envíelo otra vez."
        ),
    ),
}
LONGEST_AHEAD = 30  # years an agreement may reach; more is a mistyped date
_PERCENT = re.compile(r"(\d{1,5})(?:[.,](\d{1,2}))?", re.ASCII)


def named(names: dict[str, Text]) -> list[tuple[str, Any]]:
    """Choices of a field, each named in the language of the page that shows it."""
    return [
        (value, say(en=text.en[:1].upper() + text.en[1:], es=text.es[:1].upper() + text.es[1:]))
        for value, text in names.items()
    ]


class DatedForm(PlainForm):
    """A form whose days are refused where they can only be mistyped: `near` within a year, `far` within decades."""

    near: ClassVar[tuple[str, ...]] = ()
    far: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        """Say of each day that cannot be meant why not."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in (*self.near, *self.far):
            on = cleaned.get(name)
            if on is None:
                continue
            try:
                if name in self.near:
                    refuse_day(on=on, at=self.at)
                else:
                    _refuse_far(on=on, at=self.at)
            except Refusal as refusal:
                self.add_error(name, refusal.text.to((get_language() or "en")[:2]))
        return cleaned

    def see(self, **seen: object) -> None:
        """Put what the person sees now in the hidden fields, so that sending it again means that."""
        self.data = {**dict(self.data.items()), **{name: str(value) for name, value in seen.items()}}


def _refuse_far(*, on: date, at: datetime) -> None:
    if not EARLIEST.year <= on.year <= at.year + LONGEST_AHEAD:
        raise Refusal(
            en=f"Give a day between {EARLIEST.year} and {at.year + LONGEST_AHEAD}.",
            es=f"Indique un día entre {EARLIEST.year} y {at.year + LONGEST_AHEAD}.",
        )


class ChooseForm(DatedForm):
    """What a dues run is to bill."""

    near = ("as_of", "through")

    as_of = DayField(
        label=say(en="Invoice date", es="Fecha de los avisos"),
        help_text=say(en="It also picks the dues policy.", es="También elige la política de cuotas."),
    )
    through = DayField(
        label=say(en="Periods through", es="Periodos hasta"),
        required=False,
        help_text=say(
            en="Every period that starts by this day; the invoice date if left empty.",
            es="Todo periodo que empiece a más tardar ese día; la fecha de los avisos si lo deja vacío.",
        ),
    )
    centers = forms.MultipleChoiceField(
        label=say(en="Centers", es="Centros"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say(en="Choose at least one center.", es="Elija al menos un centro.")},
    )

    def __init__(self, *args: Any, centers: Sequence[Center], **kwargs: Any) -> None:
        self.offered = centers
        super().__init__(*args, **kwargs)
        self._offer()

    def full_clean(self) -> None:
        """Check what was sent against the centers offered: a form that was sent is checked while it is being made."""
        self._offer()
        super().full_clean()

    def _offer(self) -> None:
        chosen = self.fields["centers"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        language = (get_language() or "en")[:2]
        chosen.choices = [(c.code, f"{text_of(row=c, name='name').to(language)} ({c.currency})") for c in self.offered]


class ConfirmForm(PlainForm):
    """The confirmation of a preview: the hash it had, and the count, typed."""

    preview_hash = forms.CharField(widget=forms.HiddenInput, max_length=64, **_HIDDEN)
    count = forms.CharField(
        label=say(en="How many invoices?", es="¿Cuántos avisos de cuota?"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )

    def __init__(self, *args: Any, wanted: int, **kwargs: Any) -> None:
        self.wanted = wanted
        super().__init__(*args, **kwargs)
        # The page gives the hint itself, with the number in it.
        described = self.fields["count"].widget.attrs
        described["aria-describedby"] = f"id_count_hint {described.get('aria-describedby', '')}".strip()

    def clean_count(self) -> int:
        """The count, only if it is the one shown."""
        typed = "".join(c for c in self.cleaned_data["count"] if c not in " ,.\u00a0")
        if typed != str(self.wanted):
            raise forms.ValidationError(
                Text(
                    en="That is not the count shown above. Nothing was made.",
                    es="Ese no es el número que se muestra arriba. No se hizo nada.",
                ).to((get_language() or "en")[:2])
            )
        return self.wanted


class ReasonForm(PlainForm):
    """A reason, and nothing else: for what is taken back."""

    reason = note_field(
        label=say(en="Reason", es="Motivo"),
        hint=say(en="Whoever reads it later was not there.", es="Quien lo lea después no estuvo ahí."),
    )


def _method() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=say(en="How the money came", es="Cómo llegó el dinero"),
        choices=named(COMES_BY),
        widget=forms.RadioSelect,
        error_messages={"required": say(en="Choose one.", es="Elija uno.")},
    )


class PaymentForm(DatedForm):
    """Money that came from a member."""

    near = ("on",)

    once_key = forms.UUIDField(widget=forms.HiddenInput, **_HIDDEN)
    amount = AmountField(label=say(en="Amount", es="Cantidad"))
    on = DayField(label=say(en="Day it came", es="Día en que llegó"))
    method = _method()
    note = note_field(
        label=say(en="Note", es="Nota"),
        required=False,
        hint=say(en="Optional: a check’s number, who brought it.", es="Opcional: número de cheque, quién lo trajo."),
    )

    def fresh_key(self) -> None:
        """Give the form a key of its own again, where the one it came with was used or is none."""
        self.see(once_key=uuid.uuid4())


class RefundForm(DatedForm):
    """Money given back. `seen` is how many refunds the payment had when the form was shown."""

    near = ("on",)

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000, **_HIDDEN)
    amount = AmountField(label=say(en="Amount to give back", es="Cantidad que se devuelve"))
    on = DayField(label=say(en="Day it was given back", es="Día en que se devolvió"))
    method = _method()
    reason = note_field(label=say(en="Reason", es="Motivo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].label = say(en="How it was given back", es="Cómo se devolvió")


class WriteOffForm(DatedForm):
    """What is no longer asked for. `seen` is what was left when the form was shown, in minor units."""

    near = ("on",)

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, **_HIDDEN)
    amount = AmountField(
        label=say(en="Amount", es="Cantidad"),
        required=False,
        help_text=say(en="Leave it empty for all that is left.", es="Déjelo vacío para todo lo que resta."),
    )
    on = DayField(label=say(en="From which day", es="Desde qué día"))
    reason = note_field(label=say(en="Reason", es="Motivo"))


class HoldForm(DatedForm):
    """A pause of what follows late dues."""

    far = ("until", "first_day")

    until = DayField(label=say(en="Last day", es="Último día"))
    first_day = DayField(
        label=say(en="First day", es="Primer día"),
        required=False,
        help_text=say(en="Today, if left empty.", es="Hoy, si lo deja vacío."),
    )
    reason = note_field(label=say(en="Reason", es="Motivo"))


class PlanForm(DatedForm):
    """Dues in instalments, as asked for: shown before anything is agreed."""

    near = ("first_on",)

    first_on = DayField(label=say(en="First instalment due", es="Vence la primera parcialidad"))
    count = forms.IntegerField(
        label=say(en="Instalments", es="Parcialidades"),
        min_value=FEWEST_PARTS,
        max_value=MOST_PARTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={"invalid": say(en="Give a whole number.", es="Indique un número entero.")},
    )


class AgreedPlanForm(PlanForm):
    """The same, agreed: with the total that was shown, in minor units."""

    total = forms.IntegerField(widget=forms.HiddenInput, min_value=0, **_HIDDEN)
    note = note_field(label=say(en="Note", es="Nota"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_on", "count"):
            self.fields[name].widget = forms.HiddenInput(attrs={"id": f"agreed_{name}"})


class PercentField(forms.CharField):
    """A percentage as people write it, 62.5; cleaned to ten-thousandths."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6}),
            max_length=10,
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Ten-thousandths; None where nothing was typed."""
        text = super().clean(value).removesuffix("%").strip()
        if not text:
            return None
        found = _PERCENT.fullmatch(text)
        if found is None:
            raise forms.ValidationError(
                Text(en="Give a percentage like 50 or 62.5.", es="Indique un porcentaje como 50 o 62.5.").to(
                    (get_language() or "en")[:2]
                )
            )
        return int(found[1]) * 100 + int(((found[2] or "") + "00")[:2])


class RateForm(DatedForm):
    """A rate of a member's own."""

    far = ("valid_from", "valid_until")

    kind = forms.ChoiceField(
        label=say(en="Kind of rate", es="Tipo de cuota"),
        choices=named(RATES),
        widget=forms.RadioSelect,
        error_messages={"required": say(en="Choose one.", es="Elija uno.")},
    )
    percent = PercentField(
        label=say(en="Percent of the table", es="Por ciento de la tabla"),
        required=False,
        help_text=say(en="Leave it empty where dues are waived.", es="Déjelo vacío si queda exenta."),
    )
    valid_from = DayField(label=say(en="From", es="Desde"))
    valid_until = DayField(
        label=say(en="Last day", es="Último día"),
        required=False,
        help_text=say(en="Until further notice, if left empty.", es="Hasta nuevo aviso, si lo deja vacío."),
    )
    reason = note_field(label=say(en="Reason", es="Motivo"))

    def clean(self) -> dict[str, Any] | None:
        """Ask for the percentage where the kind needs one."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "comped":
            cleaned["percent"] = 0
        elif "percent" in cleaned and cleaned["percent"] is None:
            self.add_error(
                "percent",
                Text(en="Give the percentage.", es="Indique el porcentaje.").to((get_language() or "en")[:2]),
            )
        return cleaned
