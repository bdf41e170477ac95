"""Writing an effect on dues without JSON: a table of dues, and what follows when dues are late."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language

from tequio.centers.models import Center
from tequio.decisions.effect_forms import EffectForm, code_field, first_day_field, text_fields
from tequio.dues.effects import succession
from tequio.dues.effects.amounts import as_written
from tequio.dues.effects.dues_table import kept_of as table_of
from tequio.dues.effects.payment_days import kept_of as thresholds_of
from tequio.dues.models import DuesPolicy, PaymentPolicy
from tequio.dues.names import MEMBER_KINDS
from tequio.dues.threshold_lines import DONE, SERVICES, names_of_thresholds
from tequio.kernel.texts import text_of
from tequio.kernel.web.forms import AmountField, say
from tequio.rules.dues import PART_NAMES, Kind, Part
from tequio.rules.reasons import Text

_BAND = re.compile(r"\s*(\d{1,5})\s*:\s*(.+?)\s*", re.ASCII | re.DOTALL)
_MOST_DAYS = 32_767
_LONGEST_AMOUNTS = 400
_STANDINGS = {
    "limited": Text(en="limited", es="limitada"),
    "disabled": Text(en="disabled", es="suspendida"),
}


class TableAmountField(forms.CharField):
    """An amount of a table as people write it, or one for each income band: "1: 25; 2: 37.50"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "size": 24})
        super().__init__(widget=widget, max_length=_LONGEST_AMOUNTS, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """The amount as a table keeps it: text, or text by band; None where nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        pieces = [piece for piece in re.split(r"[;\n]", text) if piece.strip()]
        found = [_BAND.fullmatch(piece) for piece in pieces]
        if not any(found):
            return _one(text)
        bands = {match[1]: _one(match[2]) for match in found if match}
        if len(bands) != len(pieces):
            said = Text(
                en="Write one amount, or one for each income band, like 1: 25; 2: 37.50.",
                es="Escriba un monto, o uno por rango de ingreso, como 1: 25; 2: 37.50.",
            )
            raise forms.ValidationError(said.to((get_language() or "en")[:2]))
        return bands


def _one(text: str) -> str:
    return as_written(minor=AmountField(required=True).clean(text.strip()))


def as_typed(amount: Any) -> str:
    """A kept amount as a person would type it."""
    if isinstance(amount, Mapping):
        return "; ".join(f"{band}: {value}" for band, value in amount.items())
    return str(amount)


class DuesTableForm(EffectForm):
    """A table of dues: for each center the amounts by kind and part, beginning with those in force."""

    kind = "dues.adopt_policy"

    code = code_field(longest=succession.LONGEST_CODE, like="dues-2016")
    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """The title, and an amount for each center, kind and part."""
        found = text_fields("title", label=Text(en="Title", es="Título"), longest=200)
        default_band = None
        for center in Center.objects.order_by("code"):
            policy = succession.in_force_on(model=DuesPolicy, center=center, on=self.on)
            kept = table_of(policy=policy) if policy else {}
            default_band = default_band or (policy.default_band if policy else None)
            name = text_of(row=center, name="name")
            for kind in Kind:
                for part in Part:
                    who, what = MEMBER_KINDS[kind.value], PART_NAMES[part]
                    amount = kept.get(kind.value, {}).get(part.value)
                    found[_field(center.code, kind, part)] = TableAmountField(
                        label=say(
                            en=f"{name.en}: {who.en}, {what.en.lower()} ({center.currency})",
                            es=f"{name.es}: {who.es}, {what.es.lower()} ({center.currency})",
                        ),
                        initial="" if amount is None else as_typed(amount),
                    )
        found["default_band"] = forms.IntegerField(
            label=say(en="Income band of who declared none", es="Rango de quien no ha declarado"),
            help_text=say(
                en="Only where amounts differ by band, written like 1: 25; 2: 37.50. "
                "A center left empty keeps its table.",
                es="Solo si los montos varían por rango, escritos como 1: 25; 2: 37.50. "
                "Un centro que se deja vacío conserva su tabla.",
            ),
            required=False,
            min_value=1,
            max_value=_MOST_DAYS,
            initial=default_band,
        )
        return found

    def to_data(self) -> dict[str, Any]:
        """The table: centers in which something was typed, amounts that were typed."""
        typed = self.cleaned_data
        tables: dict[str, Any] = {}
        for center in Center.objects.order_by("code"):
            for kind in Kind:
                for part in Part:
                    amount = typed[_field(center.code, kind, part)]
                    if amount is not None:
                        tables.setdefault(center.code, {}).setdefault(kind.value, {})[part.value] = amount
        return {
            "code": typed["code"],
            "title": self.bilingual("title"),
            "valid_from": self.day("valid_from"),
            "tables": tables,
            **({} if typed["default_band"] is None else {"default_band": typed["default_band"]}),
        }


def _field(center: str, kind: Kind, part: Part) -> str:
    return f"{center}-{kind.value}-{part.value}"


class PaymentDaysForm(EffectForm):
    """What follows when dues are late, in the centers marked, beginning with what follows now."""

    kind = "dues.adopt_payment_policy"

    code = code_field(longest=succession.LONGEST_CODE, like="payment-2016")
    valid_from = first_day_field()

    def more_fields(self) -> dict[str, forms.Field]:
        """The title, the centers, the days, and what stops."""
        centers = list(Center.objects.order_by("code"))
        policies = [succession.in_force_on(model=PaymentPolicy, center=center, on=self.on) for center in centers]
        kept = next((thresholds_of(policy=policy) for policy in policies if policy), {})
        found = text_fields("title", label=Text(en="Title", es="Título"), longest=200)
        for center in centers:
            name = text_of(row=center, name="name")
            found[f"center-{center.code}"] = forms.BooleanField(
                label=say(en=name.en, es=name.es), required=False, initial=True
            )
        for field, name in names_of_thresholds():
            found[field] = forms.IntegerField(
                label=say(en=f"{name.en} (days)", es=f"{name.es} (días)")
                if field != "inactive_after_months"
                else say(en=f"{name.en} (months)", es=f"{name.es} (meses)"),
                required=False,
                min_value=0,
                max_value=_MOST_DAYS,
                initial=kept.get(field),
            )
        found["attempt_required"] = forms.BooleanField(
            label=say(
                en="Nobody is disabled before a person has tried to reach the member",
                es="A nadie se suspende antes de que una persona haya tratado de contactar a la membresía",
            ),
            required=False,
            initial=kept.get("attempt_required", True),
        )
        works = kept.get("works", {})
        for standing, called in _STANDINGS.items():
            for service, name in SERVICES.items():
                now = next((how for how in DONE if service in works.get(standing, {}).get(how, [])), "")
                found[f"{standing}-{service}"] = forms.ChoiceField(
                    label=say(
                        en=f"{name.en[:1].upper()}{name.en[1:]} while {called.en}",
                        es=f"{name.es[:1].upper()}{name.es[1:]} estando {called.es}",
                    ),
                    choices=[
                        ("", say(en="works", es="funciona")),
                        *((how, say(en=said.en, es=said.es)) for how, said in DONE.items()),
                    ],
                    required=False,
                    initial=now,
                )
        found["removed_after_export"] = forms.BooleanField(
            label=say(
                en="Data of inactive members are removed after an export was offered",
                es="Los datos de quien queda inactiva se eliminan después de ofrecer una copia",
            ),
            required=False,
            initial=bool(works.get("inactive", {}).get("removed_after_export")),
        )
        return found

    def to_data(self) -> dict[str, Any]:
        """The thresholds typed, for the centers marked."""
        typed = self.cleaned_data
        works: dict[str, Any] = {}
        for standing in _STANDINGS:
            for how in DONE:
                services = [service for service in SERVICES if typed[f"{standing}-{service}"] == how]
                if services:
                    works.setdefault(standing, {})[how] = services
        if typed["removed_after_export"]:
            works["inactive"] = {"removed_after_export": True}
        figures = {field: typed[field] for field, _ in names_of_thresholds() if typed[field]}
        return {
            "code": typed["code"],
            "title": self.bilingual("title"),
            "valid_from": self.day("valid_from"),
            "centers": [code for code in _center_codes() if typed[f"center-{code}"]],
            **figures,
            **({} if typed["attempt_required"] else {"attempt_required": False}),
            **({"works": works} if works else {}),
        }


def _center_codes() -> list[str]:
    return list(Center.objects.order_by("code").values_list("code", flat=True))


FORMS = (DuesTableForm, PaymentDaysForm)
