"""Fields and forms as the pages use them: both languages, days and amounts as the rules take them."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import get_language

from tequio.kernel.errors import Refusal
from tequio.rules.money import AmountError, minor_units
from tequio.rules.reasons import Text

_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?", re.ASCII)
LONGEST_NOTE = 300


class _Lazy:
    """A sentence that is chosen when it is shown, so that forms can be written once for both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text.to((get_language() or "en")[:2])


def say(*, en: str, es: str) -> Any:
    """A label or hint in the language of the page that shows it."""
    return lazystr(_Lazy(Text(en=en, es=es)))


class PlainForm(forms.Form):
    """A form whose fields say what is wrong with them, to eyes and to screen readers."""

    use_required_attribute = False  # the server says what is missing, in the person's language, all at once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete()
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                continue
            described = [f"id_{name}_hint"] if field.help_text else []
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
                described.append(f"id_{name}_fault")
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)

    def complete(self) -> None:
        """Add the fields and choices that depend on what the form is about, before anything is read of it."""

    def refuse(self, refusal: Refusal) -> None:
        """Show what an operation refused on top of the form; what was typed stays."""
        self.add_error(None, refusal.text.to((get_language() or "en")[:2]))


class DayField(forms.DateField):
    """A day; browsers offer a calendar, and 2016-07-15 or 15/07/2016 typed by hand is understood too."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class AmountField(forms.CharField):
    """An amount in whole units as people write it, 1,234.50; cleaned to minor units.."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), max_length=20, **kwargs
        )

    def clean(self, value: Any) -> Any:
        """Minor units; None where nothing was typed and nothing is required."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return minor_units(amount=text.replace(",", "") if _GROUPED.fullmatch(text) else text)
        except AmountError as error:
            raise forms.ValidationError(error.text.to((get_language() or "en")[:2])) from error


def note_field(*, label: Any, required: bool = True, hint: Any = "") -> forms.CharField:
    """A reason or note in a few words, as long as the tables keep."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_NOTE,
        help_text=hint,
        widget=forms.TextInput(attrs={"size": 50}),
    )


def whole_url(*, path: str, query: dict[str, Any]) -> str:
    """An address with the filters that are set."""
    kept = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in query.items()
        if value not in (None, "", False)
    }
    return f"{path}?{urlencode(kept)}" if kept else path
