"""The forms of the services: opening an account, handing it over, a password for a device, an exception."""

from collections.abc import Sequence

from django import forms

from tequio.kernel.web.forms import DayField, PlainForm, note_field, say
from tequio.rules.reasons import Text
from tequio.services.operations.opening import LONGEST_HOLDER
from tequio.services.operations.passwords import PROTOCOLS

_TEXT = forms.TextInput(attrs={"autocomplete": "off"})
PROTOCOL_NAMES = {
    "": Text(en="everything", es="todo"),
    "imap": Text(en="reading mail (IMAP)", es="leer correo (IMAP)"),
    "smtp": Text(en="sending mail (SMTP)", es="enviar correo (SMTP)"),
    "pop3": Text(en="fetching mail (POP3)", es="bajar correo (POP3)"),
    "web": Text(en="web", es="web"),
    "dav": Text(en="calendars and files (DAV)", es="calendarios y archivos (DAV)"),
    "chat": Text(en="chat", es="chat"),
}


class OpenForm(PlainForm):
    """A new account: which service, under which name, for whom."""

    service = forms.ChoiceField(label=say(en="Service", es="Servicio"))
    name = forms.CharField(
        label=say(en="Address or name", es="Dirección o nombre"),
        max_length=254,
        widget=_TEXT,
        help_text=say(
            en="ana@example.org for a mailbox, radio.example.org for a site, a login for the rest",
            es="ana@example.org para un buzón, radio.example.org para un sitio, un usuario para lo demás",
        ),
    )
    held_by = forms.CharField(
        label=say(en="Who uses it", es="Quién la usa"), max_length=LONGEST_HOLDER, required=False, widget=_TEXT
    )

    def __init__(self, *args: object, services: Sequence[tuple[str, Text]], **kwargs: object) -> None:
        self.services = services
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """Offer these services."""
        field = self.fields["service"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, say(en=name.en, es=name.es)) for code, name in self.services]


class HandOverForm(PlainForm):
    """Who uses an account from now on."""

    held_by = forms.CharField(
        label=say(en="Who uses it from now on", es="Quién la usa de ahora en adelante"),
        max_length=LONGEST_HOLDER,
        widget=_TEXT,
    )


class PasswordForm(PlainForm):
    """A password for one device."""

    device = forms.CharField(
        label=say(en="Device", es="Dispositivo"),
        max_length=60,
        widget=_TEXT,
        help_text=say(en="the phone, the laptop at the office", es="el teléfono, la computadora de la oficina"),
    )
    protocol = forms.ChoiceField(
        label=say(en="What it opens", es="Qué abre"),
        choices=[(p, say(en=PROTOCOL_NAMES[p].en, es=PROTOCOL_NAMES[p].es)) for p in PROTOCOLS],
        required=False,
    )


class ExceptionForm(PlainForm):
    """More of a service than the terms give, or open whatever is owed."""

    service = forms.ChoiceField(label=say(en="Service", es="Servicio"))
    more = forms.IntegerField(
        label=say(en="How many more", es="Cuántas más"), min_value=0, max_value=10_000, required=False
    )
    keeps_open = forms.BooleanField(
        label=say(en="Keep it open whatever it owes", es="Mantenerlo abierto deba lo que deba"), required=False
    )
    until = DayField(label=say(en="Through", es="Hasta el"))
    reason = note_field(label=say(en="Reason", es="Motivo"))

    def __init__(self, *args: object, services: Sequence[tuple[str, Text]], **kwargs: object) -> None:
        self.services = services
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """Offer these services."""
        field = self.fields["service"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, say(en=name.en, es=name.es)) for code, name in self.services]
