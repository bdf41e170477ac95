"""The forms of the page behind a link: each small enough for a cheap phone."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tequio.dues.operations.agreeing import FEWEST_PARTS, MOST_PARTS
from tequio.kernel.web.forms import DayField, PlainForm, note_field, say


class ProofForm(PlainForm):
    """A photo or a PDF of a transfer."""

    file = forms.FileField(
        label=say(en="Photo or PDF", es="Foto o PDF"),
        error_messages={
            "required": say(en="Choose a file.", es="Elija un archivo."),
            "empty": say(en="The file is empty.", es="El archivo está vacío."),
        },
    )
    note = note_field(label=say(en="When and how you paid", es="Cuándo y cómo pagó"), required=False)


class TimeForm(PlainForm):
    """Until when a member asks to wait."""

    until = DayField(label=say(en="Until when?", es="¿Hasta cuándo?"))


class PartsForm(PlainForm):
    """In how many parts a member wants to pay."""

    parts = forms.IntegerField(
        label=say(en="In how many monthly parts?", es="¿En cuántas parcialidades mensuales?"),
        min_value=FEWEST_PARTS,
        max_value=MOST_PARTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={"invalid": say(en="Give a whole number.", es="Indique un número entero.")},
    )


class CannotForm(PlainForm):
    """That a member cannot pay; what it wants to say about it."""

    note = note_field(
        label=say(en="What you want us to know", es="Lo que quiera que sepamos"),
        required=False,
        hint=say(en="You need not explain.", es="No tiene que explicar."),
    )


class BandForm(PlainForm):
    """The income range of a member; the amount of each is shown beside it."""

    band = forms.ChoiceField(
        label=say(en="Your range", es="Su rango"),
        widget=forms.RadioSelect,
        error_messages={"required": say(en="Choose one.", es="Elija uno.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        band = forms.ChoiceField(
            label=say(en="Your range", es="Su rango"), widget=forms.RadioSelect, choices=list(choices)
        )
        self.base_fields = {"band": band}  # type: ignore[misc]  # CONFIG: of this form alone
        super().__init__(*args, **kwargs)


def _text(en: str, es: str, most: int, kind: str = "") -> forms.CharField:
    attrs = {"autocomplete": kind} if kind else {}
    return forms.CharField(
        label=say(en=en, es=es), max_length=most, required=False, widget=forms.TextInput(attrs=attrs)
    )


class ContactForm(PlainForm):
    """Whom to reach and where to write."""

    name = _text("Name", "Nombre", 300, "name")
    email = _text("E-mail", "Correo", 254, "email")
    phone = _text("Phone", "Teléfono", 40, "tel")
    street = _text("Street and number", "Calle y número", 200, "street-address")
    city = _text("City", "Ciudad", 120, "address-level2")
    state = _text("State", "Estado", 120, "address-level1")
    postal_code = _text("Postal code", "Código postal", 20, "postal-code")
    country = _text("Country (two letters)", "País (dos letras)", 2, "country")
