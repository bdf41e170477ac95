"""Writing the effects on services without JSON: the terms in force with other counts, a new service, a loan."""

from typing import Any

from django import forms

from tequio.centers.models import Center
from tequio.decisions.effect_forms import EffectForm, code_field, first_day_field, text_fields
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import DayField, say
from tequio.rules.reasons import Text
from tequio.services.effects.counts import AS_NEEDED
from tequio.services.effects.lending import EndLoan, LendServices
from tequio.services.effects.terms import AdoptServiceTerms, OfferService
from tequio.services.models import Lending, ServiceKind
from tequio.services.operations.catalog import LONGEST_CODE, LONGEST_NAME, MOST, NAMES_AS

_NAMES_AS = {
    "address": Text(en="an address (ana@example.org)", es="una dirección (ana@example.org)"),
    "login": Text(en="a login (ana)", es="un usuario (ana)"),
    "host": Text(en="a host name (radio.example.org)", es="un nombre de sitio (radio.example.org)"),
    "identifier": Text(en="an identifier (radio_2)", es="un identificador (radio_2)"),
}


class CountField(forms.CharField):
    """A count, or `*` for as many as needed; cleaned to how effects write it, None where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}), **kwargs)

    def clean(self, value: Any) -> Any:
        """A number, `as_needed`, or None."""
        typed = super().clean(value).strip()
        if typed in ("*", AS_NEEDED):
            return AS_NEEDED
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal()) or int(typed) > MOST:
            fault = say(en="A number, or * for as many as needed.", es="Un número, o * para los que necesite.")
            raise forms.ValidationError(fault)
        return int(typed)


def typed_count(many: int | None) -> str:
    """A count as a field begins with it."""
    return "*" if many is None else str(many)


def names_as_field() -> forms.ChoiceField:
    """How accounts of a service are named."""
    return forms.ChoiceField(
        label=say(en="An account of it is", es="Una cuenta de él es"),
        choices=[(one, say(en=_NAMES_AS[one].en, es=_NAMES_AS[one].es)) for one in NAMES_AS],
    )


def works_as_field() -> forms.CharField:
    """The word payment policies use for a service."""
    return forms.CharField(
        label=say(en="What payment policies call it", es="Cómo lo llaman las políticas de pago"),
        max_length=LONGEST_CODE,
        help_text=say(en="mail, sites, lists or sign_in", es="mail, sites, lists o sign_in"),
    )


def count_fields() -> dict[str, forms.Field]:
    """What comes with each dues part."""
    return {
        "membership": CountField(
            label=say(en="With membership", es="Con la membresía"),
            help_text=say(en="* for as many as needed", es="* para los que necesite"),
        ),
        "operations": CountField(
            label=say(en="With operations and support", es="Con operación y soporte"),
            help_text=say(en="* for as many as needed", es="* para los que necesite"),
        ),
    }


class TermsForm(EffectForm):
    """The catalog as it is, with other counts."""

    kind = AdoptServiceTerms.name

    def more_fields(self) -> dict[str, forms.Field]:
        """The first day, and two counts for every service."""
        found: dict[str, forms.Field] = {"valid_from": first_day_field()}
        self.before: dict[str, tuple[str, str]] = {}
        for service in ServiceKind.objects.order_by("position", "code"):
            name, last = text_of(row=service, name="name"), service.terms.order_by("-valid_from").first()
            begun = (typed_count(last.with_membership), typed_count(last.with_operations)) if last else ("0", "0")
            self.before[service.code] = begun
            for part, word, value in (
                ("membership", Text(en="with membership", es="con la membresía"), begun[0]),
                ("operations", Text(en="with operations and support", es="con operación y soporte"), begun[1]),
            ):
                found[f"{service.code}-{part}"] = CountField(
                    label=say(en=f"{name.en}: {word.en}", es=f"{name.es}: {word.es}"), initial=value, required=False
                )
        return found

    def to_data(self) -> dict[str, Any]:
        """The services whose counts were changed; all of them where none was, so that the kind can say so."""
        said = {
            code: {part: self.cleaned_data[f"{code}-{part}"] for part in ("membership", "operations")}
            for code in self.before
        }
        changed = {
            code: row
            for code, row in said.items()
            if tuple("*" if many == AS_NEEDED else str(many) for many in row.values()) != self.before[code]
        }
        return {"valid_from": self.day("valid_from"), "services": changed or said}


class ServiceForm(EffectForm):
    """A service that is new."""

    kind = OfferService.name
    code = code_field(longest=LONGEST_CODE, like="radio")

    def more_fields(self) -> dict[str, forms.Field]:
        """Its names, how it is called and named, its first day and its counts."""
        return {
            **text_fields("name", label=Text(en="Name", es="Nombre"), longest=LONGEST_NAME),
            "works_as": works_as_field(),
            "names_as": names_as_field(),
            "valid_from": first_day_field(),
            **count_fields(),
        }

    def to_data(self) -> dict[str, Any]:
        """The service's data."""
        said = self.cleaned_data
        return {
            **{key: said[key] for key in ("code", "works_as", "names_as", "membership", "operations")},
            "name": self.bilingual("name"),
            "valid_from": self.day("valid_from"),
        }


def loan_fields() -> dict[str, forms.Field]:
    """To whom something is lent, what, and how long."""
    centers = [(c.code, text_of(row=c, name="name")) for c in Center.objects.order_by("code")]
    found: dict[str, forms.Field] = {
        "name": forms.CharField(label=say(en="Name of the coalition", es="Nombre de la coalición"), max_length=200),
        "center": forms.ChoiceField(
            label=say(en="Center that lends", es="Centro que presta"),
            choices=[(code, say(en=name.en, es=name.es)) for code, name in centers],
        ),
        "valid_from": DayField(label=say(en="From", es="Desde el")),
        "until": DayField(label=say(en="Through, if it ends", es="Hasta el, si termina"), required=False),
        "email": forms.EmailField(
            label=say(en="E-mail of the coalition", es="Correo de la coalición"), max_length=254, required=False
        ),
        "language": forms.ChoiceField(
            label=say(en="Language", es="Idioma"),
            choices=[("en", say(en="English", es="inglés")), ("es", say(en="Spanish", es="español"))],
        ),
    }
    for service in ServiceKind.objects.order_by("position", "code"):
        name = text_of(row=service, name="name")
        found[f"lent-{service.code}"] = forms.IntegerField(
            label=say(en=f"How many: {name.en}", es=f"Cuántos: {name.es}"),
            min_value=0,
            max_value=MOST,
            required=False,
        )
    return found


def counts_lent(said: dict[str, Any]) -> dict[str, int]:
    """What was typed as lent, by service."""
    return {name.removeprefix("lent-"): many for name, many in said.items() if name.startswith("lent-") and many}


class LoanForm(EffectForm):
    """Services lent to a coalition."""

    kind = LendServices.name
    code = code_field(longest=40, like="water-2031")

    def more_fields(self) -> dict[str, forms.Field]:
        """To whom, what, how long."""
        return loan_fields()

    def to_data(self) -> dict[str, Any]:
        """The loan's data."""
        said = self.cleaned_data
        return {
            **{key: said[key] for key in ("code", "name", "center", "email", "language")},
            "counts": counts_lent(said),
            "from": self.day("valid_from"),
            "until": self.day("until"),
        }


class EndLoanForm(EffectForm):
    """The last day of what is lent."""

    kind = EndLoan.name
    until = DayField(label=say(en="Through", es="Hasta el"))

    def more_fields(self) -> dict[str, forms.Field]:
        """Which loan."""
        loans = Lending.objects.order_by("code").values_list("code", "name")
        return {
            "loan": forms.ChoiceField(
                label=say(en="What was lent to", es="Lo que se prestó a"),
                choices=[(code, f"{name} ({code})") for code, name in loans],
            )
        }

    def to_data(self) -> dict[str, Any]:
        """The end's data."""
        return {"loan": self.cleaned_data["loan"], "until": self.day("until")}


FORMS = (TermsForm, ServiceForm, LoanForm, EndLoanForm)
KINDS = (AdoptServiceTerms(), OfferService(), LendServices(), EndLoan())
