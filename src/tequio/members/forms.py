"""Forms about members: leaving and coming back, a contact, who signs in, a file, and the search for two entries."""

from typing import Any, Final

from django import forms

from tequio.accounts.forms import LANGUAGES
from tequio.kernel.web.forms import DayField, PlainForm, note_field, say

LONGEST_NUMBER: Final = 40
LONGEST_SEARCH: Final = 200
_REACHED = [
    ("attempted", say(en="Tried, nobody was reached", es="Se intentó; no se habló con nadie")),
    ("reached", say(en="Reached somebody", es="Se habló con alguien")),
]


class LeaveForm(PlainForm):
    """The first day a member no longer belongs."""

    on = DayField(
        label=say(en="First day out", es="Primer día fuera"),
        help_text=say(
            en="the first day it no longer belongs; the day before is its last",
            es="el primer día en que ya no pertenece; el anterior es el último",
        ),
    )


class RejoinForm(PlainForm):
    """The first day a member belongs again."""

    on = DayField(
        label=say(en="First day back", es="Primer día de vuelta"),
        help_text=say(en="its years of dues start on this day", es="sus años de cuota empiezan este día"),
    )


class ContactForm(PlainForm):
    """Somebody tried to reach a member: when, who, and how it went."""

    on = DayField(label=say(en="Day", es="Día"))
    by = forms.CharField(
        label=say(en="Who tried", es="Quién lo intentó"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    outcome = forms.ChoiceField(
        label=say(en="How it went", es="Cómo salió"), choices=_REACHED, widget=forms.RadioSelect
    )
    note = note_field(
        label=say(en="Note", es="Nota"),
        required=False,
        hint=say(
            en="in a few words; the member can ask to read it", es="en pocas palabras; la membresía puede pedir leerla"
        ),
    )
    once_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AccessForm(PlainForm):
    """The person who shall sign in for a member, by the address of its account."""

    email = forms.EmailField(
        label=say(en="E-mail address of the account", es="Correo de la cuenta"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class NewPersonForm(AccessForm):
    """A person without an account yet: opened together with the access."""

    name = forms.CharField(
        label=say(en="Name", es="Nombre"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(label=say(en="Language", es="Idioma"), choices=LANGUAGES)


class MergeForm(forms.Form):
    """The two entries to compare, by member number; from the address, so nothing is required."""

    kept = forms.CharField(required=False, max_length=LONGEST_NUMBER)
    merged = forms.CharField(required=False, max_length=LONGEST_NUMBER)


class FileForm(PlainForm):
    """A member roll to read."""

    file = forms.FileField(
        label=say(en="Member roll", es="Padrón"),
        allow_empty_file=True,  # the reader says what is wrong with an empty file, as with any other
        error_messages={"required": say(en="Choose a file first.", es="Elija primero un archivo.")},
    )

    def __init__(self, *args: Any, centers: list[tuple[str, str]], **kwargs: Any) -> None:
        several = [("", say(en="several centers", es="de varios centros"))] if len(centers) != 1 else []
        center = forms.ChoiceField(
            label=say(en="Whose roll it is", es="De quién es el padrón"),
            required=False,
            choices=[*several, *centers],
            help_text=say(
                en="its saved columns are offered, and rows without a center are taken as this one's",
                es="se ofrecen sus columnas guardadas, y las filas que no digan centro se toman como de este",
            ),
        )
        # Before the form copies them: PlainForm looks for faults as soon as it is made.
        self.base_fields = {**type(self).base_fields, "center": center}  # type: ignore[misc]  # CONFIG: Django's own way in is a metaclass
        super().__init__(*args, **kwargs)
