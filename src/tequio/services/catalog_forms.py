"""Forms of the maintenance team: terms that were decided elsewhere, a new service, settings, loans, removing."""

from typing import Any

from django import forms

from tequio.decisions.effect_forms import code_field, text_fields
from tequio.decisions.models import Decision
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, PlainForm, note_field, say
from tequio.rules.money import WHOLE_SHARE
from tequio.rules.reasons import Text
from tequio.services.effects.counts import AS_NEEDED
from tequio.services.effects.forms import count_fields, loan_fields, names_as_field, works_as_field
from tequio.services.models import ServiceKind, ServiceSettings
from tequio.services.operations.catalog import LONGEST_CODE, LONGEST_NAME
from tequio.services.operations.opening import LONGEST_HOLDER

_SHOWN = 500


def decision_field() -> forms.ChoiceField:
    """The decision something cites, the latest first."""
    return forms.ChoiceField(
        label=say(en="Decision behind it", es="Acuerdo que lo respalda"),
        choices=[
            (code, say(en=f"{code}: {en}", es=f"{code}: {es}"))
            for code, en, es in Decision.objects.order_by("-decided_on", "-pk").values_list(
                "code", "title_en", "title_es"
            )[:_SHOWN]
        ],
    )


def service_field() -> forms.ChoiceField:
    """A service of the catalog."""
    names = [(kind.code, text_of(row=kind, name="name")) for kind in ServiceKind.objects.order_by("position", "code")]
    return forms.ChoiceField(
        label=say(en="Service", es="Servicio"), choices=[(code, say(en=n.en, es=n.es)) for code, n in names]
    )


class TermsOfOneForm(PlainForm):
    """What comes with dues of one service from a day on, as a decision said."""

    def complete(self) -> None:
        """The services and decisions there are."""
        self.fields["service"] = service_field()
        self.fields["valid_from"] = DayField(label=say(en="From", es="Desde el"))
        self.fields.update(count_fields())
        self.fields["decision"] = decision_field()

    def clean(self) -> dict[str, Any]:
        """Counts as the operation takes them: None for as many as needed."""
        said = super().clean() or self.cleaned_data
        return {key: None if value == AS_NEEDED else value for key, value in said.items()}


class NewServiceForm(PlainForm):
    """A service that is not on the list yet."""

    code = code_field(longest=LONGEST_CODE, like="radio")

    def complete(self) -> None:
        """Its names, and how its accounts are named."""
        self.fields.update(text_fields("name", label=Text(en="Name", es="Nombre"), longest=LONGEST_NAME))
        self.fields["works_as"] = works_as_field()
        self.fields["names_as"] = names_as_field()


class SettingsForm(PlainForm):
    """How careful the program is."""

    breaker_share = forms.DecimalField(
        label=say(
            en="Per cent of members that may be shut out in a day",
            es="Por ciento de membresías que pueden quedar fuera en un día",
        ),
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=say(
            en="With more than that nobody is, before two people have looked at the list.",
            es="Si son más, no queda fuera ninguna antes de que dos personas revisen la lista.",
        ),
    )
    breaker_fewest = forms.IntegerField(
        label=say(en="Members that may be in any case", es="Membresías que pueden quedar fuera de todos modos"),
        min_value=0,
        max_value=3650,
    )
    export_days = forms.IntegerField(
        label=say(
            en="Days an offered export waits before anything may be removed",
            es="Días que espera una copia ofrecida antes de poder eliminar algo",
        ),
        min_value=0,
        max_value=3650,
    )
    most_tries = forms.IntegerField(
        label=say(en="Tries before a person has to look", es="Intentos antes de que lo revise una persona"),
        min_value=1,
        max_value=100,
    )
    domains = forms.CharField(
        label=say(
            en="Domains on which every member may open addresses",
            es="Dominios en los que toda membresía puede abrir direcciones",
        ),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40, "autocomplete": "off"}),
        max_length=4000,
        required=False,
        help_text=say(en="one a line", es="uno por línea"),
    )

    def __init__(self, *args: Any, row: ServiceSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "breaker_share": f"{row.breaker_share * 100 / WHOLE_SHARE:.2f}",
            "breaker_fewest": row.breaker_fewest,
            "export_days": row.export_days,
            "most_tries": row.most_tries,
            "domains": "\n".join(row.domains),
        }

    def clean_breaker_share(self) -> int:
        """The share in ten-thousandths."""
        return int(self.cleaned_data["breaker_share"] * WHOLE_SHARE / 100)


class LendForm(PlainForm):
    """Services lent to a coalition, as a decision said."""

    code = code_field(longest=40, like="water-2031")

    def complete(self) -> None:
        """To whom, what, how long, by which decision."""
        self.fields.update(loan_fields())
        self.fields["decision"] = decision_field()


class LentAccountForm(PlainForm):
    """An account for a coalition."""

    name = forms.CharField(
        label=say(en="Address or name", es="Dirección o nombre"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    held_by = forms.CharField(label=say(en="Who uses it", es="Quién la usa"), max_length=LONGEST_HOLDER, required=False)

    def complete(self) -> None:
        """Of which service."""
        self.fields = {"service": service_field(), **self.fields}


class EndForm(PlainForm):
    """The last day of what is lent."""

    until = DayField(label=say(en="Lent through", es="Prestado hasta el"))


class OfferForm(PlainForm):
    """How a copy was offered."""

    how = note_field(
        label=say(en="How it was offered, and where the copy is had", es="Cómo se ofreció, y dónde se obtiene la copia")
    )


class RemoveForm(PlainForm):
    """Removing for good: the person types how many accounts go."""

    count = forms.IntegerField(
        label=say(en="How many accounts will be gone", es="Cuántas cuentas desaparecerán"),
        help_text=say(en="Type the number that stands above.", es="Escriba el número que está arriba."),
    )


class ApplicationForm(PlainForm):
    """An application that lets people in by their account here."""

    code = code_field(longest=40, like="cloud-app")

    def complete(self) -> None:
        """Its names, its service, where it takes people back."""
        self.fields.update(text_fields("name", label=Text(en="Name", es="Nombre"), longest=LONGEST_NAME))
        self.fields["service"] = service_field()
        self.fields["addresses"] = forms.CharField(
            label=say(
                en="Where it takes people back, one address a line", es="A dónde regresa, una dirección por línea"
            ),
            widget=forms.Textarea(attrs={"rows": 3, "cols": 60, "autocomplete": "off"}),
            max_length=4000,
            help_text=say(
                en="https://..., each exactly as the application asks",
                es="https://..., cada una exactamente como la pide la aplicación",
            ),
        )
        self.fields["keeps_secret"] = forms.BooleanField(
            label=say(
                en="It runs on a server and can keep a secret", es="Corre en un servidor y puede guardar un secreto"
            ),
            required=False,
            initial=True,
        )
