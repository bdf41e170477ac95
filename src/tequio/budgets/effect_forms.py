"""The forms in which the effects on budgets are written without JSON."""

from typing import Any, ClassVar

from django import forms

from tequio.budgets.models import AmendmentState, BudgetAmendment, BudgetVersion
from tequio.decisions.effect_forms import EffectForm, first_day_field
from tequio.kernel.web.forms import say


class _OfAVersion(EffectForm):
    """A version of a budget, and from when it holds."""

    def more_fields(self) -> dict[str, forms.Field]:
        """The versions there are, the newest budget first."""
        versions = BudgetVersion.objects.select_related("budget__center").order_by(
            "-budget__year", "budget__center__code", "-number"
        )
        choices = [
            (
                f"{v.budget.center.code}/{v.budget.year}/{v.number}",
                say(
                    en=f"{v.budget.center.name_en} {v.budget.year}, version {v.number}",
                    es=f"{v.budget.center.name_es} {v.budget.year}, versión {v.number}",
                ),
            )
            for v in versions
        ]
        return {
            "version": forms.ChoiceField(label=say(en="Version", es="Versión"), choices=choices),
            "from": first_day_field(),
        }

    def to_data(self) -> dict[str, Any]:
        """The center, the year, the version and the first day."""
        center, year, number = self.cleaned_data["version"].split("/")
        return {
            "center": center,
            "year": int(year),
            "version": int(number),
            "from": self.day("from"),
            "rejected": [],
        }


class AdoptVersionForm(_OfAVersion):
    """A version as it was presented."""

    kind: ClassVar[str] = "budget.adopt_version"


class AmendForm(_OfAVersion):
    """A version with some of the amendments asked of it."""

    kind: ClassVar[str] = "budget.amend"

    def more_fields(self) -> dict[str, forms.Field]:
        """The version, and two choices among the open amendments."""
        rows = (
            BudgetAmendment.objects.filter(state=AmendmentState.OPEN)
            .select_related("budget__center")
            .order_by("budget__center__code", "-budget__year", "number")
        )
        choices = [
            (
                f"{row.budget.center.code}/{row.budget.year}/{row.number}",
                say(
                    en=f"{row.budget.center.code} {row.budget.year}, no. {row.number}: {row.why_en} ({row.asked_by})",
                    es=f"{row.budget.center.code} {row.budget.year}, núm. {row.number}: {row.why_es} ({row.asked_by})",
                ),
            )
            for row in rows
        ]
        return {
            **super().more_fields(),
            "accepted": forms.MultipleChoiceField(
                label=say(en="Amendments taken", es="Modificaciones que se toman"), choices=choices
            ),
            "rejected": forms.MultipleChoiceField(
                label=say(en="Not taken, and kept on record", es="Que no se toman, y quedan en el registro"),
                choices=choices,
                required=False,
            ),
        }

    def to_data(self) -> dict[str, Any]:
        """The version with the numbers of its amendments; one of another budget is for the kind to refuse."""
        data = super().to_data()
        stem = f"{data['center']}/{data['year']}/"

        def numbers(name: str) -> list[int]:
            # One of another budget has no number here: none at all is refused by the kind.
            return [int(key.rsplit("/", 1)[1]) for key in self.cleaned_data[name] if key.startswith(stem)]

        return {**data, "accepted": numbers("accepted"), "rejected": numbers("rejected")}
