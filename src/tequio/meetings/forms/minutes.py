"""The form in which it is entered that minutes were approved."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tequio.decisions.operations.recording import Counts
from tequio.kernel.web.forms import PlainForm, say


def _number(*, en: str, es: str) -> forms.IntegerField:
    return forms.IntegerField(label=say(en=en, es=es), required=False, min_value=0, max_value=1_000_000)


class ApproveForm(PlainForm):
    """At which meeting, with changes or as they were, and the numbers where they were counted."""

    part = forms.TypedChoiceField(label=say(en="At the meeting of", es="En la reunión del"), coerce=int)
    with_changes = forms.BooleanField(
        label=say(
            en="Approved with changes, which stand in the notes already",
            es="Se aprobó con cambios, que ya están en las notas",
        ),
        required=False,
    )
    in_favor = _number(en="For", es="A favor")
    against = _number(en="Against", es="En contra")
    abstained = _number(en="Abstained", es="Abstenciones")

    def __init__(self, *args: Any, parts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        self.parts = parts
        super().__init__(*args, **kwargs)

    def complete(self) -> None:
        """The later meetings there are."""
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - CONFIG: tells the type checker
        field.choices = self.parts
        self.fields["in_favor"].help_text = say(
            en="empty where nobody counted: by a show of hands", es="vacío si nadie contó: a mano alzada"
        )

    def clean(self) -> dict[str, Any]:
        """Numbers come together."""
        said = super().clean() or {}
        if (said.get("in_favor") is None) != (said.get("against") is None):
            self.add_error(
                "against",
                say(
                    en="Say both how many were for it and how many against, or neither.",
                    es="Diga cuántos a favor y cuántos en contra, o ninguno.",
                ),
            )
        return said

    def counts(self) -> Counts | None:
        """The numbers, where they were counted."""
        said = self.cleaned_data
        if said.get("in_favor") is None or said.get("against") is None:
            return None
        return Counts(in_favor=said["in_favor"], against=said["against"], abstained=said["abstained"])
